"""What stands on the home page: every count is the length of a list that can be opened."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CompoundSelect, select

from caseapp.domain.calls import HANDED, StatedIdentity
from caseapp.domain.today import NewFromCalls
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import CallRow, EncounterRow
from caseapp.store.tables.people import PersonRow


class TodayStore(Repository):
    """Reads across nouns for the home page."""

    def new_from_calls(self, since: datetime) -> list[NewFromCalls]:
        """Encounters that wait for triage, newest first: new ones since an instant, and all handed there."""
        query = (
            select(EncounterRow, CallRow, PersonRow.display_name)
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .outerjoin(PersonRow, PersonRow.id == EncounterRow.person_id)
            .where(EncounterRow.id.in_(_waiting(since)))
            .order_by(CallRow.received_at.desc())
        )
        return [
            NewFromCalls(
                encounter_id=encounter.id,
                call_id=call.id,
                person_id=encounter.person_id,
                name=name or _stated(encounter),
                call_number=call.number,
                type_text=call.type_text or call.type_initial_text,
                place=call.place or call.city,
                received_at=call.received_at,
                follow_up_wished=encounter.follow_up_wished,
            )
            for encounter, call, name in self._session.execute(query)
        ]

    def triage(self, encounter_id: UUID, *, decision: str, note: str = "") -> None:
        """Write that somebody took it up, merged it, declined it, or handed it to triage and why."""
        row = self._get(EncounterRow, encounter_id)
        row.triage, row.triage_note = decision, note


def _waiting(since: datetime) -> CompoundSelect[UUID]:
    """Two reads by their own indexes; as one condition it would read every meeting there ever was."""
    new = (
        select(EncounterRow.id)
        .join(CallRow, CallRow.id == EncounterRow.call_id)
        .where(CallRow.received_at >= since, EncounterRow.triage == "new")
    )
    return new.union_all(select(EncounterRow.id).where(EncounterRow.triage == HANDED))


def _stated(row: EncounterRow) -> str:
    stated = StatedIdentity(name=row.stated_name, age=row.stated_age, description=row.stated_description)
    return stated.words
