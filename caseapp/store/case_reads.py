"""Cases as they are read: whole, of a person, in whose hands, and the caseload."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from caseapp.domain.access import Hands
from caseapp.domain.cases import Case, CaseRow, Goal, Reopening, TeamPeriod
from caseapp.domain.follow_ups import Status
from caseapp.domain.referrals import ENDED
from caseapp.store.bulk import table_of
from caseapp.store.contacts import last_contacts
from caseapp.store.links import LinkStore
from caseapp.store.repository import Repository
from caseapp.store.tables.cases import (
    CaseAssignmentRow,
    CaseFileRow,
    CaseReopeningRow,
    FollowUpRow,
    GoalRow,
)
from caseapp.store.tables.people import PersonRow
from caseapp.store.tables.referrals import ReferralRow
from caseapp.store.tables.staff import ProgramRow, StaffRow

_CASE = table_of(CaseFileRow)
_OPEN = select(_CASE.c.person_id, _CASE.c.id).where(
    _CASE.c.person_id.in_(bindparam("people", expanding=True)), _CASE.c.closed_on.is_(None)
)
"""Put together once: it is asked at every save of a contact."""


class CaseReads(Repository):
    """The part of the store of cases that reads."""

    def hands(self, case_ids: Collection[UUID]) -> dict[UUID, Hands]:
        """In whose hands each of these cases is."""
        staff: dict[UUID, set[UUID]] = {}
        on_team = select(CaseAssignmentRow.case_id, CaseAssignmentRow.staff_id).where(
            CaseAssignmentRow.case_id.in_(case_ids), CaseAssignmentRow.to_on.is_(None)
        )
        for row in self._session.execute(on_team):
            staff.setdefault(row.case_id, set()).add(row.staff_id)
        cases = select(CaseFileRow.id, CaseFileRow.program_id).where(CaseFileRow.id.in_(case_ids))
        return {
            row.id: Hands(frozenset(staff.get(row.id, ())), row.program_id)
            for row in self._session.execute(cases)
        }

    def reopenings(self, case_id: UUID) -> tuple[Reopening, ...]:
        """When a case went on again, newest first."""
        query = (
            select(CaseReopeningRow)
            .where(CaseReopeningRow.case_id == case_id)
            .order_by(CaseReopeningRow.on.desc(), CaseReopeningRow.id.desc())
        )
        return tuple(
            Reopening(row.on, row.reason, row.closed_on, row.close_reason, row.outcome)
            for row in self._session.scalars(query)
        )

    def periods(self, case_id: UUID) -> tuple[TeamPeriod, ...]:
        """The team over time, who is on it now first."""
        query = (
            select(CaseAssignmentRow, StaffRow.name)
            .join(StaffRow, StaffRow.id == CaseAssignmentRow.staff_id)
            .where(CaseAssignmentRow.case_id == case_id)
            .order_by(
                CaseAssignmentRow.to_on.is_not(None),
                CaseAssignmentRow.is_primary.desc(),
                CaseAssignmentRow.from_on.desc(),
                CaseAssignmentRow.id.desc(),
            )
        )
        return tuple(
            TeamPeriod(row.staff_id, name, row.is_primary, row.from_on, row.to_on)
            for row, name in self._session.execute(query)
        )

    def goal_case(self, goal_id: UUID) -> UUID:
        """The case of a goal; raises NoSuchRecord."""
        return self._get(GoalRow, goal_id).case_id

    def open_numbers(self, person_ids: Collection[UUID]) -> dict[UUID, str]:
        """The number of each person's open case."""
        query = select(CaseFileRow.person_id, CaseFileRow.number).where(
            CaseFileRow.person_id.in_(person_ids), CaseFileRow.closed_on.is_(None)
        )
        return {row.person_id: row.number for row in self._session.execute(query)}

    def open_ids(self, person_ids: Collection[UUID]) -> dict[UUID, UUID]:
        """The id of each person's open case, and nothing more of it."""
        found = self._session.execute(_OPEN, {"people": list(person_ids)})
        return {row.person_id: row.id for row in found}

    def get(self, case_id: UUID) -> Case:
        """Raises NoSuchRecord."""
        return self._many([self._get(CaseFileRow, case_id)])[0]

    def of_person(self, person_id: UUID) -> list[Case]:
        """A person's cases, newest first."""
        query = (
            select(CaseFileRow)
            .where(CaseFileRow.person_id == person_id)
            .order_by(CaseFileRow.opened_on.desc())
        )
        return self._many(list(self._session.scalars(query)))

    def open_of_person(self, person_id: UUID) -> Case | None:
        """The open case, if there is one."""
        return next((case for case in self.of_person(person_id) if case.closed_on is None), None)

    def caseload(self, *, staff_id: UUID | None = None, is_open: bool = True) -> list[CaseRow]:
        """Open or ended cases, of one member of staff or of everybody, those without a next step first."""
        ended = CaseFileRow.closed_on
        query = select(CaseFileRow).where(ended.is_(None) if is_open else ended.is_not(None))
        if staff_id is not None:
            mine = select(CaseAssignmentRow.case_id).where(
                CaseAssignmentRow.staff_id == staff_id, CaseAssignmentRow.to_on.is_(None)
            )
            query = query.where(CaseFileRow.id.in_(mine))
        cases = self._many(list(self._session.scalars(query.order_by(CaseFileRow.number))))
        records = self._records_of({case.person_id for case in cases})
        people = list({one for members in records.values() for one in members})
        last, steps = self._last_contacts(people), self._next_steps(people)
        referrals = self._open_referrals(people)
        rows = []
        for case in cases:
            members = records[case.person_id]
            met = [last[one] for one in members if one in last]
            step = min((steps[one] for one in members if one in steps), default=(None, ""))
            row = CaseRow(
                case=case,
                last_contact_on=max(met, default=None),
                next_step_on=step[0],
                next_step=step[1],
                open_referrals=sum(referrals.get(one, 0) for one in members),
            )
            rows.append(row)
        return sorted(rows, key=lambda row: (row.next_step_on or date.min, row.case.number))

    def _records_of(self, people: set[UUID]) -> dict[UUID, list[UUID]]:
        """All linked records of each, their own first; what a sealed one says of somebody is in no list."""
        groups = LinkStore(self._session, self._now).groups(people)
        linked = {one for members in groups.values() if len(members) > 1 for one in members}
        query = select(PersonRow.id).where(PersonRow.id.in_(linked), PersonRow.is_restricted)
        sealed = set(self._session.scalars(query)) if linked else set()
        return {one: [one, *(members - sealed - {one})] for one, members in groups.items()}

    def _last_contacts(self, people: list[UUID]) -> dict[UUID, date]:
        return {one: at.date() for one, at in last_contacts(self._session, people).items()}

    def _next_steps(self, people: list[UUID]) -> dict[UUID, tuple[date, str]]:
        query = (
            select(FollowUpRow.person_id, FollowUpRow.due_on, FollowUpRow.what)
            .where(FollowUpRow.person_id.in_(people), FollowUpRow.status == Status.PLANNED)
            .order_by(FollowUpRow.due_on.desc())
        )
        return {row.person_id: (row.due_on, row.what) for row in self._session.execute(query)}

    def _open_referrals(self, people: list[UUID]) -> dict[UUID, int]:
        query = (
            select(ReferralRow.person_id, func.count())
            .where(ReferralRow.person_id.in_(people), ReferralRow.step.not_in(list(ENDED)))
            .group_by(ReferralRow.person_id)
        )
        return {row[0]: row[1] for row in self._session.execute(query)}

    def _many(self, rows: list[CaseFileRow]) -> list[Case]:
        ids = [row.id for row in rows]
        programs = select(ProgramRow.id, ProgramRow.name)
        named = {row.id: row.name for row in self._session.execute(programs)}
        people = select(PersonRow.id, PersonRow.display_name).where(
            PersonRow.id.in_({row.person_id for row in rows})
        )
        names = {row.id: row.display_name for row in self._session.execute(people)}
        team = self._team(ids)
        goals: dict[UUID, list[Goal]] = {}
        query = select(GoalRow).where(GoalRow.case_id.in_(ids)).order_by(GoalRow.position)
        for row in self._session.scalars(query):
            goal = Goal(row.domain, row.statement, row.target, row.status, row.id)
            goals.setdefault(row.case_id, []).append(goal)
        return [
            replace(
                _to_case(row, names, team.get(row.id, []), tuple(goals.get(row.id, ()))),
                program=named.get(row.program_id, "") if row.program_id else "",
            )
            for row in rows
        ]

    def _team(self, ids: list[UUID]) -> dict[UUID, list[Any]]:
        query = (
            select(CaseAssignmentRow.case_id, CaseAssignmentRow.is_primary, StaffRow.id, StaffRow.name)
            .join(StaffRow, StaffRow.id == CaseAssignmentRow.staff_id)
            .where(CaseAssignmentRow.case_id.in_(ids))
            .order_by(CaseAssignmentRow.is_primary.desc(), CaseAssignmentRow.to_on.is_not(None))
        )
        found: dict[UUID, list[Any]] = {}
        for row in self._session.execute(query):
            found.setdefault(row.case_id, []).append(row)
        return found


def _to_case(row: CaseFileRow, names: dict[UUID, str], team: list[Any], goals: tuple[Goal, ...]) -> Case:
    primary = team[0]
    return Case(
        id=row.id,
        version=row.version,
        number=row.number,
        person_id=row.person_id,
        person_name=names[row.person_id],
        opened_on=row.opened_on,
        opened_from=row.opened_from,
        primary_id=primary.id,
        primary_name=primary.name,
        team=tuple(dict.fromkeys(member.name for member in team)),
        goals=goals,
        closed_on=row.closed_on,
        close_reason=row.close_reason,
        outcome=row.outcome,
    )
