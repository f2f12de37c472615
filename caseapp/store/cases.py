"""Cases, their team and goals."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from caseapp.domain.cases import Goal
from caseapp.store.case_reads import CaseReads
from caseapp.store.tables.cases import (
    CaseAssignmentRow,
    CaseFileRow,
    CaseReopeningRow,
    FollowUpRow,
    GoalRow,
)
from caseapp.store.tables.staff import StaffProgramRow


class CaseStore(CaseReads):
    """Reads and writes cases."""

    def add(
        self,
        *,
        person_id: UUID,
        opened_on: date,
        opened_from: str,
        primary_id: UUID,
        encounter_id: UUID | None = None,
        program_id: UUID | None = None,
    ) -> UUID:
        """Write a new case with its primary worker; the number counts within the year.

        Without a program it is one of its worker's, where that worker has just one.
        """
        case_id = self._new_id()
        self._session.add(
            CaseFileRow(
                id=case_id,
                number=self._next_number(opened_on.year),
                person_id=person_id,
                program_id=program_id or self._only_program(primary_id),
                opened_on=opened_on,
                opened_from=opened_from,
                encounter_id=encounter_id,
                close_reason="",
                outcome="",
            )
        )
        self.assign(case_id, primary_id, from_on=opened_on, is_primary=True)
        return case_id

    def _only_program(self, staff_id: UUID) -> UUID | None:
        query = select(StaffProgramRow.program_id).where(StaffProgramRow.staff_id == staff_id).limit(2)
        found = list(self._session.scalars(query))
        return found[0] if len(found) == 1 else None

    def assign(self, case_id: UUID, staff_id: UUID, *, from_on: date, is_primary: bool) -> None:
        """Add a period on the team; a new primary worker ends the period of the one before."""
        if is_primary:
            now_primary = select(CaseAssignmentRow).where(
                CaseAssignmentRow.case_id == case_id,
                CaseAssignmentRow.is_primary,
                CaseAssignmentRow.to_on.is_(None),
            )
            for row in self._session.scalars(now_primary):
                row.to_on = from_on
        self._session.add(
            CaseAssignmentRow(
                id=self._new_id(), case_id=case_id, staff_id=staff_id, is_primary=is_primary, from_on=from_on
            )
        )

    def add_goal(self, case_id: UUID, goal: Goal, *, position: int) -> None:
        """Write a need in the person's words."""
        self._session.add(
            GoalRow(
                id=self._new_id(),
                case_id=case_id,
                position=position,
                domain=goal.domain,
                statement=goal.statement,
                target=goal.target,
                status=goal.status,
            )
        )

    def close(self, case_id: UUID, *, on: date, reason: str, outcome: str, version: int) -> None:
        """Write the end of an episode; raises StaleRecord."""
        row = self._get(CaseFileRow, case_id, version=version)
        row.closed_on, row.close_reason, row.outcome = on, reason, outcome

    def reopen(self, case_id: UUID, *, on: date, reason: str, version: int) -> None:
        """Take up a case again, and keep how it had ended; raises StaleRecord."""
        row = self._get(CaseFileRow, case_id, version=version)
        self._session.add(
            CaseReopeningRow(
                id=self._new_id(),
                case_id=case_id,
                on=on,
                reason=reason,
                closed_on=row.closed_on,
                close_reason=row.close_reason,
                outcome=row.outcome,
            )
        )
        row.closed_on, row.close_reason, row.outcome = None, "", ""

    def leave_team(self, case_id: UUID, staff_id: UUID, *, on: date) -> None:
        """End somebody's time on a team; the primary worker's ends when another follows."""
        query = select(CaseAssignmentRow).where(
            CaseAssignmentRow.case_id == case_id,
            CaseAssignmentRow.staff_id == staff_id,
            CaseAssignmentRow.is_primary.is_(False),
            CaseAssignmentRow.to_on.is_(None),
        )
        for row in self._session.scalars(query):
            row.to_on = on

    def change_goal(self, goal_id: UUID, *, status: str) -> None:
        """Write how far a need is."""
        self._get(GoalRow, goal_id).status = status

    def remove(self, case_id: UUID) -> None:
        """Take back a case opened a moment ago, with its team, its goals and the steps planned for it."""
        kinds: tuple[Any, ...] = (GoalRow, CaseAssignmentRow, FollowUpRow)
        for kind in kinds:
            for row in self._session.scalars(select(kind).where(kind.case_id == case_id)):
                self._session.delete(row)
        self._session.delete(self._get(CaseFileRow, case_id))

    def _next_number(self, year: int) -> str:
        self._session.flush()
        query = select(func.max(CaseFileRow.number)).where(CaseFileRow.number.like(f"{year}-%"))
        newest = self._session.scalar(query)
        return f"{year}-{int(newest.split('-')[1]) + 1 if newest else 1:05d}"
