"""Screening criteria in their versions, and the answer sheets of calls."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from caseapp.domain.screening import Answer, Criterion, CriterionDetails, Sheet
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import CallRow, ScreeningAnswerRow, ScreeningCriterionRow


class ScreeningStore(Repository):
    """Reads and writes what decides whether a non-police team goes."""

    def criteria(self) -> list[Criterion]:
        """Every version of every criterion, in the order of the sheet and then of time."""
        query = select(ScreeningCriterionRow).order_by(
            ScreeningCriterionRow.position, ScreeningCriterionRow.valid_from, ScreeningCriterionRow.id
        )
        return [_to_criterion(row) for row in self._session.scalars(query)]

    def criterion(self, criterion_id: UUID) -> Criterion:
        """Raises NoSuchRecord."""
        return _to_criterion(self._get(ScreeningCriterionRow, criterion_id))

    def add(self, details: CriterionDetails, *, replaces: UUID | None = None) -> UUID:
        """Write a criterion, or the next version of one."""
        criterion_id = self._new_id()
        self._session.add(
            ScreeningCriterionRow(
                id=criterion_id,
                text=details.text.strip(),
                position=details.position,
                valid_from=details.valid_from,
                valid_to=details.valid_to,
                letting_answer=details.letting.value,
                replaces_id=replaces,
            )
        )
        return criterion_id

    def next_position(self) -> int:
        """The place after the last criterion."""
        last = self._session.scalar(select(func.max(ScreeningCriterionRow.position)))
        return 1 if last is None else last + 1

    def end(self, criterion_id: UUID, *, on: date | None, version: int) -> None:
        """Write the last day of a criterion, None to keep it in force; raises StaleRecord."""
        self._get(ScreeningCriterionRow, criterion_id, version=version).valid_to = on

    def answers(self, call_id: UUID) -> dict[UUID, Answer]:
        """Criterion -> what was answered on a call."""
        query = select(ScreeningAnswerRow).where(ScreeningAnswerRow.call_id == call_id)
        return {row.criterion_id: Answer(row.answer) for row in self._session.scalars(query)}

    def write_sheet(self, call_id: UUID, sheet: Sheet, *, version: int) -> None:
        """Write the answers of a call and what was decided; raises StaleRecord."""
        call = self._get(CallRow, call_id, version=version)
        flag_modified(call, "changed_at")
        call.eligible, call.eligible_reason = sheet.eligible, sheet.reason.strip()
        call.not_served_reason = sheet.not_served_reason
        call.screened_by, call.screened_at = sheet.screened_by.strip(), sheet.screened_at
        self._write_answers(call_id, sheet.answers)

    def _write_answers(self, call_id: UUID, answers: Mapping[UUID, Answer]) -> None:
        query = select(ScreeningAnswerRow).where(ScreeningAnswerRow.call_id == call_id)
        held = {row.criterion_id: row for row in self._session.scalars(query)}
        for criterion_id, answer in answers.items():
            if criterion_id in held:
                held[criterion_id].answer = answer.value
            else:
                self._session.add(
                    ScreeningAnswerRow(
                        id=self._new_id(), call_id=call_id, criterion_id=criterion_id, answer=answer.value
                    )
                )


def _to_criterion(row: ScreeningCriterionRow) -> Criterion:
    details = CriterionDetails(
        row.text, Answer(row.letting_answer), row.valid_from, row.valid_to, row.position
    )
    return Criterion(row.id, row.version, details, row.replaces_id)
