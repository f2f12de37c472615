"""Names for the rows behind a figure, of each kind, so that a list can be read and opened."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select

from caseapp.domain.measures.measure import Kind
from caseapp.store.chunks import chunks
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import CallRow, EncounterRow, ResponderRow
from caseapp.store.tables.cases import CaseFileRow, ContactRow, FollowUpRow
from caseapp.store.tables.people import PersonRow
from caseapp.store.tables.referrals import ReferralRow


class Label(NamedTuple):
    """What a row is called, where it opens, and whom it is about."""

    text: str
    at: datetime | None
    opens: UUID | None
    person_id: UUID | None = None


class LabelStore(Repository):
    """Reads names in one pass a kind."""

    def of(self, kind: Kind, keys: Sequence[bytes]) -> dict[bytes, Label]:
        """Names of the rows that are still there."""
        query, label = _QUERIES[kind]
        found: dict[bytes, Label] = {}
        for some in chunks(UUID(bytes=key) for key in keys):
            for row in self._session.execute(query(some)):
                found[row[0].bytes] = label(row)
        return found


def _calls(ids: list[UUID]) -> Any:
    return select(CallRow.id, CallRow.number, CallRow.received_at).where(CallRow.id.in_(ids))


def _encounters(ids: list[UUID]) -> Any:
    return (
        select(EncounterRow.id, CallRow.number, CallRow.received_at, CallRow.id, EncounterRow.person_id)
        .join(CallRow, CallRow.id == EncounterRow.call_id)
        .where(EncounterRow.id.in_(ids))
    )


def _people(ids: list[UUID]) -> Any:
    return select(PersonRow.id, PersonRow.display_name).where(PersonRow.id.in_(ids))


def _referrals(ids: list[UUID]) -> Any:
    return select(
        ReferralRow.id, ReferralRow.to_name, ReferralRow.created_at, ReferralRow.id, ReferralRow.person_id
    ).where(ReferralRow.id.in_(ids))


def _cases(ids: list[UUID]) -> Any:
    return select(CaseFileRow.id, CaseFileRow.number, CaseFileRow.person_id).where(CaseFileRow.id.in_(ids))


def _contacts(ids: list[UUID]) -> Any:
    return select(ContactRow.id, ContactRow.channel, ContactRow.at).where(ContactRow.id.in_(ids))


def _follow_ups(ids: list[UUID]) -> Any:
    return select(FollowUpRow.id, FollowUpRow.what, FollowUpRow.due_on, FollowUpRow.person_id).where(
        FollowUpRow.id.in_(ids)
    )


def _responders(ids: list[UUID]) -> Any:
    return select(ResponderRow.id, ResponderRow.name, ResponderRow.agency).where(ResponderRow.id.in_(ids))


_QUERIES: dict[Kind, tuple[Callable[[list[UUID]], Any], Callable[[Any], Label]]] = {
    Kind.CALL: (_calls, lambda row: Label(f"Call {row[1]}", row[2], row[0])),
    Kind.ENCOUNTER: (_encounters, lambda row: Label(f"Met on call {row[1]}", row[2], row[3], row[4])),
    Kind.PERSON: (_people, lambda row: Label(row[1], None, row[0], row[0])),
    Kind.REFERRAL: (_referrals, lambda row: Label(f"To {row[1]}", row[2], row[3], row[4])),
    Kind.CASE: (_cases, lambda row: Label(f"Case {row[1]}", None, row[2], row[2])),
    Kind.CONTACT: (_contacts, lambda row: Label(row[1].value.capitalize(), row[2], None)),
    Kind.FOLLOW_UP: (_follow_ups, lambda row: Label(f"{row[1]}, due {row[2]}", None, row[3], row[3])),
    Kind.RESPONDER: (_responders, lambda row: Label(f"{row[1]}, {row[2]}".strip(", "), None, None)),
}
