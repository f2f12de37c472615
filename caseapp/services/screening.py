"""The agency's screening criteria: data with days of validity, changed by a new version, not rewritten."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.screening import Criterion, CriterionDetails, EndsBeforeStart, check_criterion
from caseapp.services.context import Service, verb

_KINDS = frozenset({Kind.AGENCY})


class ScreeningService(Service):
    """What decides whether a non-police team goes."""

    @verb(Right.SEE_CALLS)
    def criteria(self) -> list[Criterion]:
        """Every version of every criterion."""
        with self._context.read("screening.list") as work:
            return work.screening.criteria()

    @verb(Right.CHANGE_AGENCY)
    def add(self, *, details: CriterionDetails) -> UUID:
        """Write a new criterion after the others; raises CriterionEmpty or EndsBeforeStart."""
        check_criterion(details)
        with self._context.write("screening.add") as work:
            position = details.position or work.screening.next_position()
            criterion_id = work.screening.add(replace(details, position=position))
            work.commit()
        return criterion_id

    @verb(Right.CHANGE_AGENCY)
    def change(self, *, criterion_id: UUID, details: CriterionDetails, version: int) -> UUID:
        """Write the next version, from its first day on; the one before ends the day before.

        Raises CriterionEmpty, EndsBeforeStart, VersionNotLater or StaleRecord.
        """
        with self._context.write("screening.change") as work:
            before = work.screening.criterion(criterion_id)
            check_criterion(details, after=before)
            last_day = details.valid_from - timedelta(days=1)
            if before.details.valid_to is None or before.details.valid_to > last_day:
                work.screening.end(criterion_id, on=last_day, version=version)
            position = details.position or before.details.position
            new_id = work.screening.add(replace(details, position=position), replaces=criterion_id)
            work.commit()
        return new_id

    @verb(Right.CHANGE_AGENCY)
    def end(self, *, criterion_id: UUID, on: date | None, version: int) -> Change:
        """Write the last day of a criterion, None to keep it in force; raises EndsBeforeStart or
        StaleRecord."""
        with self._context.write("screening.end") as work:
            if on is not None and on < work.screening.criterion(criterion_id).details.valid_from:
                raise EndsBeforeStart(field="valid_to")
            work.screening.end(criterion_id, on=on, version=version)
            work.commit()
        return Change(_KINDS, record_id=criterion_id)
