"""Rows of contacts and notes to domain values and back, field by field."""

from typing import Any
from uuid import UUID

from caseapp.domain.contacts import Addendum, Contact, ContactDetails, NoteText
from caseapp.store.tables.cases import ContactRow, NoteRow


def columns(details: ContactDetails) -> dict[str, Any]:
    """What a contact's own row says; people and note stand in rows of their own."""
    return {
        "at": details.at,
        "channel": details.channel,
        "outcome": details.outcome,
        "minutes": details.minutes,
        "travel_minutes": details.travel_minutes,
        "is_incoming": details.is_incoming,
        "with_whom": details.with_whom,
        "place": details.place,
        "items": list(details.items),
        "case_id": details.case_id,
        "follow_up_id": details.follow_up_id,
        "is_substance_use": details.is_substance_use or details.note.is_substance_use,
    }


def to_contact(
    row: ContactRow,
    people: tuple[UUID, ...],
    note: NoteRow | None,
    names: dict[UUID | None, str],
    added: dict[UUID, list[Addendum]],
) -> Contact:
    """A contact with its people, note and addenda; `names` are those of staff."""
    details = ContactDetails(
        at=row.at,
        channel=row.channel,
        outcome=row.outcome,
        person_ids=people,
        minutes=row.minutes,
        travel_minutes=row.travel_minutes,
        is_incoming=row.is_incoming,
        with_whom=row.with_whom,
        place=row.place,
        items=tuple(row.items),
        note=_to_note(note),
        case_id=row.case_id,
        follow_up_id=row.follow_up_id,
        is_substance_use=row.is_substance_use,
    )
    return Contact(
        id=row.id,
        version=row.version,
        details=details,
        staff_id=row.staff_id,
        staff_name=names[row.staff_id],
        is_late_entry=row.is_late_entry,
        written_at=row.created_at,
        signed_at=note.signed_at if note else None,
        signed_by=names.get(note.signed_by, "") if note else "",
        needs_cosign=note.needs_cosign if note else False,
        cosigned_at=note.cosigned_at if note else None,
        cosigned_by=names.get(note.cosigned_by, "") if note else "",
        addenda=tuple(added.get(note.id, ())) if note else (),
    )


def _to_note(note: NoteRow | None) -> NoteText:
    if note is None:
        return NoteText()
    return NoteText(
        form=note.form,
        parts=dict(note.parts),
        written_together=note.written_together,
        is_substance_use=note.is_substance_use,
    )
