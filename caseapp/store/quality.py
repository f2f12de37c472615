"""Records that lack what the reports need."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, exists, select

from caseapp.store.repository import Repository
from caseapp.store.tables.calls import CallRow, EncounterRow, ResponseRow

MOST = 2000
"""Rows of one list: whoever has more to mend begins with the newest."""

CallLack = tuple[UUID, str, str, datetime]
"""A call's id, number, type and moment."""


class QualityStore(Repository):
    """Reads what is missing since an instant, newest first."""

    def not_screened(self, since: datetime) -> list[CallLack]:
        """Calls of which nobody said whether they were for us."""
        return self._calls(_lacking(since).where(CallRow.eligible.not_in(("yes", "no"))))

    def without_unit(self, since: datetime) -> list[CallLack]:
        """Calls on which no unit is recorded."""
        answered = exists().where(ResponseRow.call_id == CallRow.id)
        return self._calls(_lacking(since).where(~answered))

    def not_identified(self, since: datetime) -> list[CallLack]:
        """Calls on which somebody was met who is not linked with a person."""
        return self._met(since, EncounterRow.person_id.is_(None))

    def without_outcome(self, since: datetime) -> list[CallLack]:
        """Calls with a meeting of which nobody wrote how it ended."""
        return self._met(since, EncounterRow.outcome == "")

    def _met(self, since: datetime, condition: object) -> list[CallLack]:
        query = (
            _lacking(since).join(EncounterRow, EncounterRow.call_id == CallRow.id).where(condition)  # type: ignore[arg-type]
        )
        return self._calls(query)

    def _calls(self, query: Select[UUID, str, str, datetime]) -> list[CallLack]:
        return [(row.id, row.number, row.type_text, row.received_at) for row in self._session.execute(query)]


def _lacking(since: datetime) -> Select[UUID, str, str, datetime]:
    return (
        select(CallRow.id, CallRow.number, CallRow.type_text, CallRow.received_at)
        .where(CallRow.received_at >= since)
        .order_by(CallRow.received_at.desc())
        .limit(MOST)
    )
