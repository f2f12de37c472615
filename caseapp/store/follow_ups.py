"""Follow-ups in the database."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm.exc import StaleDataError

from caseapp.domain.contacts import Channel
from caseapp.domain.errors import StaleRecord
from caseapp.domain.follow_ups import Decision, FollowUp, Status
from caseapp.domain.protocols import after_of
from caseapp.domain.series import Series
from caseapp.store.repository import Repository
from caseapp.store.tables.cases import FollowUpRow, FollowUpSeriesRow, ProtocolStepRow
from caseapp.store.tables.people import PersonRow
from caseapp.store.tables.staff import StaffRow


class FollowUpStore(Repository):
    """Reads and writes follow-ups and their series."""

    def add(
        self,
        *,
        person_id: UUID,
        what: str,
        channel: Channel,
        due_on: date,
        due_at: datetime | None,
        owner_id: UUID,
        case_id: UUID | None = None,
        encounter_id: UUID | None = None,
        window: tuple[date, date] | None = None,
        latest_at: datetime | None = None,
        step_id: UUID | None = None,
        run_id: UUID | None = None,
        series_id: UUID | None = None,
        recurs_on: date | None = None,
    ) -> UUID:
        """Write a planned follow-up."""
        follow_up_id = self._new_id()
        earliest_on, latest_on = window or (None, None)
        self._session.add(
            FollowUpRow(
                id=follow_up_id,
                person_id=person_id,
                case_id=case_id,
                encounter_id=encounter_id,
                what=what,
                channel=channel,
                due_on=due_on,
                due_at=due_at,
                earliest_on=earliest_on,
                latest_on=latest_on,
                latest_at=latest_at,
                owner_id=owner_id,
                status=Status.PLANNED,
                attempts=0,
                reason="",
                protocol_step_id=step_id,
                run_id=run_id,
                series_id=series_id,
                recurs_on=recurs_on,
            )
        )
        return follow_up_id

    def get(self, follow_up_id: UUID) -> FollowUp:
        """Raises NoSuchRecord."""
        self._get(FollowUpRow, follow_up_id)
        return self._list(_query().where(FollowUpRow.id == follow_up_id))[0]

    def many(self, follow_up_ids: Iterable[UUID]) -> list[FollowUp]:
        """Those of the ids that are there, soonest first."""
        return self._list(_ordered(_query().where(FollowUpRow.id.in_(list(follow_up_ids)))))

    def planned(
        self,
        *,
        owner_id: UUID | None = None,
        person_id: UUID | None = None,
        case_id: UUID | None = None,
        until: date | None = None,
    ) -> list[FollowUp]:
        """Planned follow-ups, soonest first."""
        query = _query().where(FollowUpRow.status == Status.PLANNED)
        if owner_id is not None:
            query = query.where(FollowUpRow.owner_id == owner_id)
        if person_id is not None:
            query = query.where(FollowUpRow.person_id == person_id)
        if case_id is not None:
            query = query.where(FollowUpRow.case_id == case_id)
        if until is not None:
            query = query.where(FollowUpRow.due_on <= until)
        return self._list(_ordered(query))

    def between(
        self, first: date, last: date, *, owner_id: UUID | None = None, also_cancelled: bool = False
    ) -> list[FollowUp]:
        """Planned ones due on days from first to last, soonest first; `also_cancelled` adds those."""
        kinds = (Status.PLANNED, Status.CANCELLED) if also_cancelled else (Status.PLANNED,)
        query = _query().where(FollowUpRow.status.in_(kinds), FollowUpRow.due_on.between(first, last))
        if owner_id is not None:
            query = query.where(FollowUpRow.owner_id == owner_id)
        return self._list(_ordered(query))

    def of_run(self, run_id: UUID) -> list[FollowUp]:
        """The planned steps of a protocol that was started once, soonest first."""
        query = _query().where(FollowUpRow.run_id == run_id, FollowUpRow.status == Status.PLANNED)
        return self._list(_ordered(query))

    def of_series(self, series_id: UUID, *, from_on: date | None = None) -> list[FollowUp]:
        """The planned occurrences of a series in the order of its rule, from a day of the rule on."""
        query = _query().where(FollowUpRow.series_id == series_id, FollowUpRow.status == Status.PLANNED)
        if from_on is not None:
            query = query.where(or_(FollowUpRow.recurs_on >= from_on, FollowUpRow.recurs_on.is_(None)))
        return self._list(query.order_by(FollowUpRow.recurs_on, FollowUpRow.id))

    def of_person(self, person_id: UUID) -> list[FollowUp]:
        """Every follow-up of a person, newest first."""
        return self._list(
            _query().where(FollowUpRow.person_id == person_id).order_by(FollowUpRow.due_on.desc())
        )

    def decide(self, follow_up: FollowUp, decision: Decision) -> None:
        """Write what an outcome made of it; raises StaleRecord."""
        row = self._get(FollowUpRow, follow_up.id, version=follow_up.version)
        row.status, row.attempts = decision.status, decision.attempts
        if decision.retry_on:
            row.due_on, row.due_at = decision.retry_on, None
        if decision.channel is not None:
            row.channel = decision.channel
        if decision.to_supervisor:
            owner = self._session.get(StaffRow, row.owner_id)
            row.owner_id = owner.supervisor_id if owner and owner.supervisor_id else row.owner_id

    def move(
        self,
        follow_up: FollowUp,
        *,
        due_on: date,
        due_at: datetime | None,
        owner_id: UUID | None = None,
        recurs_on: date | None = None,
        series_id: UUID | None = None,
    ) -> None:
        """Write another day, and whose it is from now on; raises StaleRecord."""
        row = self._get(FollowUpRow, follow_up.id, version=follow_up.version)
        row.due_on, row.due_at = due_on, due_at
        row.owner_id = owner_id or row.owner_id
        row.recurs_on, row.series_id = recurs_on or row.recurs_on, series_id or row.series_id

    def reword(self, follow_up: FollowUp, *, what: str, channel: Channel) -> None:
        """Write what is to be done, and how; raises StaleRecord."""
        row = self._get(FollowUpRow, follow_up.id, version=follow_up.version)
        row.what, row.channel = what, channel

    def cancel(self, follow_up: FollowUp, *, reason: str) -> None:
        """Write that it was dropped and why; raises StaleRecord."""
        row = self._get(FollowUpRow, follow_up.id, version=follow_up.version)
        row.status, row.reason = Status.CANCELLED, reason

    def restore(self, follow_up_id: UUID, *, before: FollowUp, version: int | None = None) -> None:
        """Put back what stood before a change that was undone at once; raises StaleRecord."""
        row = self._get(FollowUpRow, follow_up_id, version=version)
        row.status, row.attempts, row.reason = before.status, before.attempts, before.reason
        row.due_on, row.due_at = before.due_on, before.due_at
        row.what, row.channel, row.owner_id = before.what, Channel(before.channel), before.owner_id
        row.series_id, row.recurs_on = before.series_id, before.recurs_on

    def remove(self, follow_up_id: UUID, *, version: int) -> None:
        """Take away what was planned a moment ago and not touched since; raises StaleRecord."""
        self._session.delete(self._get(FollowUpRow, follow_up_id, version=version))

    def add_series(self, *, person_id: UUID, rule: str, starts_on: date, at: time | None) -> UUID:
        """Write a rule; its occurrences are written one by one."""
        series_id = self._new_id()
        self._session.add(
            FollowUpSeriesRow(id=series_id, person_id=person_id, rule=rule, starts_on=starts_on, at=at)
        )
        return series_id

    def series(self, series_id: UUID) -> Series:
        """Raises NoSuchRecord."""
        row = self._get(FollowUpSeriesRow, series_id)
        return Series(row.id, row.version, row.person_id, row.rule, row.starts_on or date.min, row.at)

    def remove_series(self, series_id: UUID) -> None:
        """Take away a rule that no follow-up has any more."""
        self._session.delete(self._get(FollowUpSeriesRow, series_id))

    def put_series(self, one: Series) -> None:
        """Write another rule, first day and hour."""
        row = self._get(FollowUpSeriesRow, one.id)
        row.rule, row.starts_on, row.at = one.rule, one.starts_on, one.at

    def flush(self) -> None:
        """Write what was asked so far, so that versions can be read; raises StaleRecord."""
        try:
            self._session.flush()
        except StaleDataError as error:
            raise StaleRecord() from error

    def _list(self, query: Select[Any, Any, Any, Any]) -> list[FollowUp]:
        return [_to_follow_up(*found) for found in self._session.execute(query)]


def _query() -> Select[Any, Any, Any, Any]:
    return (
        select(FollowUpRow, PersonRow.display_name, StaffRow.name, ProtocolStepRow.after)
        .join(PersonRow, PersonRow.id == FollowUpRow.person_id)
        .join(StaffRow, StaffRow.id == FollowUpRow.owner_id)
        .outerjoin(ProtocolStepRow, ProtocolStepRow.id == FollowUpRow.protocol_step_id)
    )


def _ordered(query: Select[Any, Any, Any, Any]) -> Select[Any, Any, Any, Any]:
    """As `soonest` orders."""
    return query.order_by(
        FollowUpRow.due_on, FollowUpRow.due_at.is_(None), FollowUpRow.due_at, FollowUpRow.id
    )


def _to_follow_up(row: FollowUpRow, person: str, owner: str, after: Any) -> FollowUp:
    return FollowUp(
        id=row.id,
        version=row.version,
        person_id=row.person_id,
        person_name=person,
        what=row.what,
        channel=row.channel.value,
        due_on=row.due_on,
        due_at=row.due_at,
        owner_id=row.owner_id,
        owner_name=owner,
        status=row.status,
        attempts=row.attempts,
        case_id=row.case_id,
        encounter_id=row.encounter_id,
        reason=row.reason,
        earliest_on=row.earliest_on,
        latest_on=row.latest_on,
        latest_at=row.latest_at,
        series_id=row.series_id,
        recurs_on=row.recurs_on,
        run_id=row.run_id,
        after=after_of(after or {}),
    )
