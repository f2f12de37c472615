"""Contacts and their notes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from caseapp.domain.contacts import Contact, ContactDetails, NoteText
from caseapp.store.repository import Repository
from caseapp.store.tables.cases import ContactPersonRow, ContactRow, NoteRow
from caseapp.store.tables.staff import StaffRow


class ContactStore(Repository):
    """Reads and writes contacts."""

    def add(self, details: ContactDetails, *, staff_id: UUID, is_late: bool) -> UUID:
        """Write a contact with its people and its note."""
        contact_id = self._new_id()
        self._session.add(
            ContactRow(
                id=contact_id,
                at=details.at,
                channel=details.channel,
                outcome=details.outcome,
                minutes=details.minutes,
                is_incoming=details.is_incoming,
                with_whom=details.with_whom,
                place=details.place,
                items=list(details.items),
                case_id=details.case_id,
                follow_up_id=details.follow_up_id,
                staff_id=staff_id,
                is_late_entry=is_late,
                is_substance_use=details.is_substance_use or details.note.is_substance_use,
            )
        )
        for person_id in dict.fromkeys(details.person_ids):
            self._session.add(ContactPersonRow(contact_id=contact_id, person_id=person_id))
        if details.note.text:
            self._add_note(contact_id, details.note)
        return contact_id

    def get(self, contact_id: UUID) -> Contact:
        """One contact; raises NoSuchRecord."""
        return self._many([self._get(ContactRow, contact_id)])[0]

    def of_person(self, person_id: UUID, *, limit: int = 500) -> list[Contact]:
        """A person's contacts, newest first."""
        query = (
            select(ContactRow)
            .join(ContactPersonRow, ContactPersonRow.contact_id == ContactRow.id)
            .where(ContactPersonRow.person_id == person_id)
            .order_by(ContactRow.at.desc())
            .limit(limit)
        )
        return self._many(list(self._session.scalars(query)))

    def last_by_person(self, staff_id: UUID, person_id: UUID) -> Contact | None:
        """What this member of staff last logged with the person, for "same as last time"."""
        query = (
            select(ContactRow)
            .join(ContactPersonRow, ContactPersonRow.contact_id == ContactRow.id)
            .where(ContactPersonRow.person_id == person_id, ContactRow.staff_id == staff_id)
            .order_by(ContactRow.at.desc())
            .limit(1)
        )
        row = self._session.scalars(query).first()
        return self._many([row])[0] if row else None

    def sign(self, contact_id: UUID, *, staff_id: UUID) -> None:
        """Lock the notes of a contact."""
        for note in self._session.scalars(
            select(NoteRow).where(NoteRow.contact_id == contact_id, NoteRow.signed_at.is_(None))
        ):
            note.signed_at, note.signed_by = self._now, staff_id

    def remove(self, contact_id: UUID) -> None:
        """Take back a contact logged a moment ago; signed ones stay."""
        for note in self._session.scalars(select(NoteRow).where(NoteRow.contact_id == contact_id)):
            self._session.delete(note)
        people = select(ContactPersonRow).where(ContactPersonRow.contact_id == contact_id)
        for row in self._session.scalars(people):
            self._session.delete(row)
        self._session.delete(self._get(ContactRow, contact_id))

    def unsigned_count(self, staff_id: UUID) -> int:
        """Notes that this member of staff has not signed."""
        query = (
            select(func.count())
            .select_from(NoteRow)
            .where(NoteRow.created_by == staff_id, NoteRow.signed_at.is_(None))
        )
        return self._session.scalar(query) or 0

    def _add_note(self, contact_id: UUID, note: NoteText) -> None:
        self._session.add(
            NoteRow(
                id=self._new_id(),
                contact_id=contact_id,
                form=note.form,
                parts=dict(note.parts),
                written_together=note.written_together,
                is_substance_use=note.is_substance_use,
            )
        )

    def _many(self, rows: list[ContactRow]) -> list[Contact]:
        ids = [row.id for row in rows]
        people: dict[UUID, list[UUID]] = {}
        for row in self._session.scalars(
            select(ContactPersonRow).where(ContactPersonRow.contact_id.in_(ids))
        ):
            people.setdefault(row.contact_id, []).append(row.person_id)
        notes = {
            row.contact_id: row
            for row in self._session.scalars(select(NoteRow).where(NoteRow.contact_id.in_(ids)))
        }
        staff = select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_({row.staff_id for row in rows}))
        names = {row.id: row.name for row in self._session.execute(staff)}
        return [
            _to_contact(row, tuple(people.get(row.id, ())), notes.get(row.id), names[row.staff_id])
            for row in rows
        ]


def _to_contact(row: ContactRow, people: tuple[UUID, ...], note: NoteRow | None, name: str) -> Contact:
    text = NoteText()
    signed_at: datetime | None = None
    if note is not None:
        signed_at = note.signed_at
        text = NoteText(
            form=note.form,
            parts=dict(note.parts),
            written_together=note.written_together,
            is_substance_use=note.is_substance_use,
        )
    details = ContactDetails(
        at=row.at,
        channel=row.channel,
        outcome=row.outcome,
        person_ids=people,
        minutes=row.minutes,
        is_incoming=row.is_incoming,
        with_whom=row.with_whom,
        place=row.place,
        items=tuple(row.items),
        note=text,
        case_id=row.case_id,
        follow_up_id=row.follow_up_id,
        is_substance_use=row.is_substance_use,
    )
    return Contact(
        id=row.id,
        version=row.version,
        details=details,
        staff_id=row.staff_id,
        staff_name=name,
        is_late_entry=row.is_late_entry,
        signed_at=signed_at,
    )
