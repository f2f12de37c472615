"""Contacts and their notes."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from caseapp.domain.contacts import Addendum, Contact, ContactDetails, NoteText, Outcome
from caseapp.store.chunks import MANY, chunks
from caseapp.store.contact_rows import columns, to_contact
from caseapp.store.note_words import notes_with
from caseapp.store.repository import Repository
from caseapp.store.tables.base import Base
from caseapp.store.tables.cases import AddendumRow, ContactPersonRow, ContactRow, NoteRow
from caseapp.store.tables.staff import StaffRow


def last_contacts(session: Session, person_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each of these people was met or spoken to last; who never was is left out."""
    found: dict[UUID, datetime] = {}
    for some in chunks(person_ids, MANY):
        query = (
            select(ContactPersonRow.person_id, func.max(ContactRow.at))
            .join(ContactRow, ContactRow.id == ContactPersonRow.contact_id)
            .where(
                ContactPersonRow.person_id.in_(some),
                ContactRow.outcome.in_([one for one in Outcome if one.is_contact]),
            )
            .group_by(ContactPersonRow.person_id)
        )
        found.update((person_id, at) for person_id, at in session.execute(query))
    return found


class ContactStore(Repository):
    """Reads and writes contacts; `add` writes a row with its journal."""

    def __init__(
        self, session: Session, now: datetime, *, add: Callable[[type[Base], dict[str, Any]], None]
    ) -> None:
        super().__init__(session, now)
        self._add = add

    def add(
        self, details: ContactDetails, *, staff_id: UUID, is_late: bool, needs_cosign: bool = False
    ) -> UUID:
        """Write a contact with its people and its note."""
        contact_id = self._new_id()
        own = {"id": contact_id, "staff_id": staff_id, "is_late_entry": is_late}
        self._add(ContactRow, own | columns(details))
        for person_id in dict.fromkeys(details.person_ids):
            self._add(ContactPersonRow, {"contact_id": contact_id, "person_id": person_id})
        if details.note.text:
            self._add_note(contact_id, details.note, needs_cosign=needs_cosign)
        return contact_id

    def last(self, person_ids: Iterable[UUID]) -> dict[UUID, datetime]:
        """When each of these people was met or spoken to last."""
        return last_contacts(self._session, person_ids)

    def change(
        self,
        contact_id: UUID,
        details: ContactDetails,
        *,
        is_late: bool,
        needs_cosign: bool,
        version: int,
    ) -> None:
        """Write the contact and its note over what stood there; raises StaleRecord."""
        row = self._get(ContactRow, contact_id, version=version)
        for name, value in columns(details).items():
            setattr(row, name, value)
        row.is_late_entry = row.is_late_entry or is_late
        flag_modified(row, "place")
        self._change_people(contact_id, details.person_ids)
        note = self._note(contact_id)
        if note is None and details.note.text:
            self._add_note(contact_id, details.note, needs_cosign=needs_cosign)
        elif note is not None:
            note.form, note.parts = details.note.form, dict(details.note.parts)
            note.written_together = details.note.written_together
            note.is_substance_use = details.note.is_substance_use

    def _change_people(self, contact_id: UUID, person_ids: tuple[UUID, ...]) -> None:
        query = select(ContactPersonRow).where(ContactPersonRow.contact_id == contact_id)
        stored = {row.person_id: row for row in self._session.scalars(query)}
        for person_id in stored.keys() - set(person_ids):
            self._session.delete(stored[person_id])
        for person_id in dict.fromkeys(one for one in person_ids if one not in stored):
            self._session.add(ContactPersonRow(contact_id=contact_id, person_id=person_id))

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
        """Lock the note of a contact."""
        note = self._note(contact_id)
        if note is not None:
            note.signed_at, note.signed_by = self._now, staff_id

    def cosign(self, contact_id: UUID, *, staff_id: UUID) -> None:
        """Write the second signature."""
        note = self._note(contact_id)
        if note is not None:
            note.cosigned_at, note.cosigned_by = self._now, staff_id

    def add_addendum(self, contact_id: UUID, text: str) -> None:
        """Add words to a note that stays as it is; without one, an empty note holds them."""
        note = self._note(contact_id)
        if note is None:
            self._add_note(contact_id, NoteText(), needs_cosign=False)
            note = self._note(contact_id)
        if note is not None:
            self._session.add(AddendumRow(id=self._new_id(), note_id=note.id, text=text))

    def with_words(self, query: str, *, person_ids: tuple[UUID, ...] = (), limit: int = 200) -> list[Contact]:
        """Contacts whose note, or what was added to it, holds every word; newest first."""
        ids = notes_with(self._session, query, person_ids=person_ids)
        if not ids:
            return []
        found = (
            select(ContactRow)
            .join(NoteRow, NoteRow.contact_id == ContactRow.id)
            .where(NoteRow.id.in_(ids))
            .order_by(ContactRow.at.desc())
            .limit(limit)
        )
        return self._many(list(self._session.scalars(found)))

    def many(self, contact_ids: tuple[UUID, ...]) -> list[Contact]:
        """Contacts by id, oldest first; what is not there is left out."""
        query = select(ContactRow).where(ContactRow.id.in_(contact_ids)).order_by(ContactRow.at)
        return self._many(list(self._session.scalars(query)))

    def since(self, at: datetime, *, staff_id: UUID | None = None) -> list[Contact]:
        """Contacts that happened since an instant, oldest first; of one member of staff or of everybody."""
        query = select(ContactRow).where(ContactRow.at >= at).order_by(ContactRow.at)
        if staff_id is not None:
            query = query.where(ContactRow.staff_id == staff_id)
        return self._many(list(self._session.scalars(query)))

    def unsigned(self, *, staff_id: UUID | None = None) -> list[Contact]:
        """Contacts whose note nobody signed, oldest first; of one author or of everybody."""
        return self._waiting(NoteRow.signed_at.is_(None), staff_id)

    def waiting_for_cosign(self) -> list[Contact]:
        """Contacts whose signed note waits for a second signature, oldest first."""
        return self._waiting(
            NoteRow.needs_cosign & NoteRow.cosigned_at.is_(None) & NoteRow.signed_at.is_not(None), None
        )

    def _waiting(self, condition: Any, staff_id: UUID | None) -> list[Contact]:
        query = (
            select(ContactRow)
            .join(NoteRow, NoteRow.contact_id == ContactRow.id)
            .where(condition)
            .order_by(ContactRow.at)
        )
        if staff_id is not None:
            query = query.where(NoteRow.created_by == staff_id)
        return self._many(list(self._session.scalars(query)))

    def _note(self, contact_id: UUID) -> NoteRow | None:
        return self._session.scalars(select(NoteRow).where(NoteRow.contact_id == contact_id)).first()

    def remove(self, contact_id: UUID) -> None:
        """Take back a contact logged a moment ago; signed ones stay."""
        for note in self._session.scalars(select(NoteRow).where(NoteRow.contact_id == contact_id)):
            for added in self._session.scalars(select(AddendumRow).where(AddendumRow.note_id == note.id)):
                self._session.delete(added)
            self._session.delete(note)
        people = select(ContactPersonRow).where(ContactPersonRow.contact_id == contact_id)
        for row in self._session.scalars(people):
            self._session.delete(row)
        self._session.delete(self._get(ContactRow, contact_id))

    def _add_note(self, contact_id: UUID, note: NoteText, *, needs_cosign: bool) -> None:
        said = {
            "id": self._new_id(),
            "contact_id": contact_id,
            "form": note.form,
            "parts": dict(note.parts),
            "written_together": note.written_together,
            "is_substance_use": note.is_substance_use,
            "needs_cosign": needs_cosign,
        }
        self._add(NoteRow, said)

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
        names = self._names(rows, list(notes.values()))
        added = self._addenda([one.id for one in notes.values()])
        return [
            to_contact(row, tuple(people.get(row.id, ())), notes.get(row.id), names, added) for row in rows
        ]

    def _names(self, rows: list[ContactRow], notes: list[NoteRow]) -> dict[UUID | None, str]:
        ids = {row.staff_id for row in rows} | {one.signed_by for one in notes}
        query = select(StaffRow.id, StaffRow.name).where(
            StaffRow.id.in_({one for one in ids | {note.cosigned_by for note in notes} if one})
        )
        return {row.id: row.name for row in self._session.execute(query)}

    def _addenda(self, note_ids: list[UUID]) -> dict[UUID, list[Addendum]]:
        query = (
            select(AddendumRow.note_id, AddendumRow.created_at, AddendumRow.text, StaffRow.name)
            .join(StaffRow, StaffRow.id == AddendumRow.created_by)
            .where(AddendumRow.note_id.in_(note_ids))
            .order_by(AddendumRow.created_at, AddendumRow.id)
        )
        found: dict[UUID, list[Addendum]] = {}
        for row in self._session.execute(query):
            found.setdefault(row.note_id, []).append(Addendum(row.created_at, row.name, row.text))
        return found
