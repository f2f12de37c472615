"""What stands on the home page: every count is the length of a list that can be opened."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from caseapp.domain.calls import StatedIdentity
from caseapp.domain.today import NewFromCalls
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import CallRow, EncounterRow
from caseapp.store.tables.people import PersonRow


class TodayStore(Repository):
    """Reads across nouns for the home page."""

    def new_from_calls(self, since: datetime) -> list[NewFromCalls]:
        """Encounters of calls since an instant that wait for triage, newest first."""
        query = (
            select(EncounterRow, CallRow, PersonRow.display_name)
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .outerjoin(PersonRow, PersonRow.id == EncounterRow.person_id)
            .where(CallRow.received_at >= since, EncounterRow.triage == "new")
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

    def triage(self, encounter_id: UUID, *, decision: str) -> None:
        """Write that somebody took it up, merged it or declined it."""
        self._get(EncounterRow, encounter_id).triage = decision


def _stated(row: EncounterRow) -> str:
    stated = StatedIdentity(name=row.stated_name, age=row.stated_age, description=row.stated_description)
    return stated.words
