"""Assessments and safety plans in the database."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from caseapp.store.repository import Repository
from caseapp.store.tables.cases import AssessmentRow, SafetyPlanRow
from caseapp.store.tables.staff import StaffRow

Stored = tuple[UUID, UUID, str, str, date, str, dict[str, str], UUID | None]
"""Id, person, instrument, edition, day, by whom, answers, case."""


class AssessmentStore(Repository):
    """Reads and writes what was asked and answered."""

    def add(
        self,
        *,
        person_id: UUID,
        case_id: UUID | None,
        instrument: str,
        edition: str,
        on: date,
        answers: Mapping[str, str],
        score: float | None,
    ) -> UUID:
        """Write an assessment."""
        assessment_id = self._new_id()
        self._session.add(
            AssessmentRow(
                id=assessment_id,
                person_id=person_id,
                case_id=case_id,
                instrument=instrument,
                edition=edition,
                on=on,
                answers=dict(answers),
                score=score,
                is_substance_use=False,
            )
        )
        return assessment_id

    def add_plan(self, *, person_id: UUID, on: date, steps: Mapping[str, str], review_on: date) -> UUID:
        """Write a safety plan; the newest one counts."""
        plan_id = self._new_id()
        self._session.add(
            SafetyPlanRow(id=plan_id, person_id=person_id, on=on, steps=dict(steps), review_on=review_on)
        )
        return plan_id

    def get(self, assessment_id: UUID) -> Stored:
        """One assessment; raises NoSuchRecord."""
        row = self._get(AssessmentRow, assessment_id)
        return next(one for one in self.of_person(row.person_id) if one[0] == assessment_id)

    def of_person(self, person_id: UUID) -> list[Stored]:
        """Assessments of a person, newest first."""
        query = (
            select(AssessmentRow, StaffRow.name)
            .join(StaffRow, StaffRow.id == AssessmentRow.created_by)
            .where(AssessmentRow.person_id == person_id)
            .order_by(AssessmentRow.on.desc(), AssessmentRow.id.desc())
        )
        return [
            (
                row.id,
                row.person_id,
                row.instrument,
                row.edition,
                row.on,
                name,
                _texts(row.answers),
                row.case_id,
            )
            for row, name in self._session.execute(query)
        ]

    def plan_of(self, person_id: UUID) -> Stored | None:
        """The newest safety plan of a person."""
        query = (
            select(SafetyPlanRow, StaffRow.name)
            .join(StaffRow, StaffRow.id == SafetyPlanRow.created_by)
            .where(SafetyPlanRow.person_id == person_id)
            .order_by(SafetyPlanRow.on.desc(), SafetyPlanRow.id.desc())
            .limit(1)
        )
        found = self._session.execute(query).first()
        if found is None:
            return None
        row, name = found
        return (row.id, row.person_id, "safety-plan", "1", row.on, name, _texts(row.steps), None)


def _texts(stored: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in dict(stored).items()}
