"""Follow-ups in the database."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from caseapp.domain.contacts import Channel
from caseapp.domain.follow_ups import Decision, FollowUp, Status
from caseapp.store.repository import Repository
from caseapp.store.tables.cases import FollowUpRow
from caseapp.store.tables.people import PersonRow
from caseapp.store.tables.staff import StaffRow


class FollowUpStore(Repository):
    """Reads and writes follow-ups."""

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
    ) -> UUID:
        """Write a planned follow-up."""
        follow_up_id = self._new_id()
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
                owner_id=owner_id,
                status=Status.PLANNED,
                attempts=0,
                reason="",
            )
        )
        return follow_up_id

    def get(self, follow_up_id: UUID) -> FollowUp:
        """Raises NoSuchRecord."""
        self._get(FollowUpRow, follow_up_id)
        return self._list(_query().where(FollowUpRow.id == follow_up_id))[0]

    def planned(
        self, *, owner_id: UUID | None = None, person_id: UUID | None = None, until: date | None = None
    ) -> list[FollowUp]:
        """Planned follow-ups, soonest first."""
        query = _query().where(FollowUpRow.status == Status.PLANNED)
        if owner_id is not None:
            query = query.where(FollowUpRow.owner_id == owner_id)
        if person_id is not None:
            query = query.where(FollowUpRow.person_id == person_id)
        if until is not None:
            query = query.where(FollowUpRow.due_on <= until)
        return self._list(query.order_by(FollowUpRow.due_on, FollowUpRow.due_at, FollowUpRow.id))

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

    def move(self, follow_up: FollowUp, *, due_on: date, due_at: datetime | None) -> None:
        """Write another day; raises StaleRecord."""
        row = self._get(FollowUpRow, follow_up.id, version=follow_up.version)
        row.due_on, row.due_at = due_on, due_at

    def cancel(self, follow_up: FollowUp, *, reason: str) -> None:
        """Write that it was dropped and why; raises StaleRecord."""
        row = self._get(FollowUpRow, follow_up.id, version=follow_up.version)
        row.status, row.reason = Status.CANCELLED, reason

    def restore(self, follow_up_id: UUID, *, before: FollowUp) -> None:
        """Put back what stood before an outcome that was undone at once."""
        row = self._get(FollowUpRow, follow_up_id)
        row.status, row.attempts = before.status, before.attempts
        row.due_on, row.due_at = before.due_on, before.due_at

    def _list(self, query: Select[Any, Any, Any]) -> list[FollowUp]:
        return [_to_follow_up(row, person, owner) for row, person, owner in self._session.execute(query)]


def _query() -> Select[Any, Any, Any]:
    return (
        select(FollowUpRow, PersonRow.display_name, StaffRow.name)
        .join(PersonRow, PersonRow.id == FollowUpRow.person_id)
        .join(StaffRow, StaffRow.id == FollowUpRow.owner_id)
    )


def _to_follow_up(row: FollowUpRow, person: str, owner: str) -> FollowUp:
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
    )
