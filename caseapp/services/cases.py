"""Episodes of follow-up: open, assign, close."""

from dataclasses import replace
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.cases import Case, CaseAlreadyOpen, CaseRow, Goal, decide_close
from caseapp.domain.changes import Change, Kind
from caseapp.services.context import Service, verb
from caseapp.services.groups import called, open_case

_KINDS = frozenset({Kind.CASE})


class CaseService(Service):
    """Cases."""

    @verb(Right.SEE_CASES)
    def caseload(self, *, only_mine: bool = False) -> list[CaseRow]:
        """Open cases, those without a next step first; sealed people's left out."""
        staff_id = self._context.actor.staff_id if only_mine else None
        with self._context.read("case.list") as work:
            rows = work.cases.caseload(staff_id=staff_id)
            rows = self._context.only_open(work, rows, lambda row: row.case.person_id)
            names = called(self._context, work, (row.case.person_id for row in rows))
            return [
                replace(row, case=replace(row.case, person_name=names[row.case.person_id]))
                if row.case.person_id in names
                else row
                for row in rows
            ]

    @verb(Right.CHANGE_CASES)
    def open_case(
        self,
        *,
        person_id: UUID,
        opened_from: str,
        primary_id: UUID | None = None,
        encounter_id: UUID | None = None,
        goals: tuple[Goal, ...] = (),
        team: tuple[UUID, ...] = (),
    ) -> Case:
        """Open an episode; raises CaseAlreadyOpen. Without a primary worker it is the actor's."""
        today = self._context.today()
        primary = primary_id or self._context.actor.staff_id
        with self._context.write("case.open") as work:
            self._context.open_person(work, person_id, verb="case.open")
            standing = open_case(self._context, work, person_id)
            if standing:
                raise CaseAlreadyOpen(number=standing.number)
            case_id = work.cases.add(
                person_id=person_id,
                opened_on=today,
                opened_from=opened_from,
                primary_id=primary,
                encounter_id=encounter_id,
            )
            for staff_id in team:
                work.cases.assign(case_id, staff_id, from_on=today, is_primary=False)
            for position, goal in enumerate(goals):
                work.cases.add_goal(case_id, goal, position=position)
            if encounter_id:
                work.today.triage(encounter_id, decision="case")
            work.commit()
            return work.cases.get(case_id)

    @verb(Right.CHANGE_CASES)
    def assign(self, *, case_id: UUID, staff_id: UUID, is_primary: bool) -> Change:
        """Put somebody on the team from today; a new primary worker ends the former one's period."""
        with self._context.write("case.assign") as work:
            self._context.open_person(work, work.cases.get(case_id).person_id, verb="case.assign")
            work.cases.assign(case_id, staff_id, from_on=self._context.today(), is_primary=is_primary)
            work.about(case_id)
            work.commit()
        return Change(_KINDS, record_id=case_id)

    @verb(Right.CHANGE_CASES)
    def close(self, *, case_id: UUID, reason: str, outcome: str, version: int) -> Change:
        """End an episode; raises AlreadyClosed, CloseReasonMissing or StaleRecord."""
        with self._context.write("case.close") as work:
            case = work.cases.get(case_id)
            self._context.open_person(work, case.person_id, verb="case.close")
            decide_close(case=case, reason=reason, outcome=outcome)
            work.cases.close(
                case_id, on=self._context.today(), reason=reason, outcome=outcome, version=version
            )
            work.commit(reason=reason)
        return Change(_KINDS, person_id=case.person_id, record_id=case_id)
