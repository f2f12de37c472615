"""Notes after they were written: read whole, found by their words, signed, added to, printed."""

from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.access import Right, Role
from caseapp.domain.changes import Change, Kind
from caseapp.domain.contacts import Contact
from caseapp.domain.notes import (
    NoteFound,
    NoteToSign,
    check_addendum,
    check_cosign,
    check_sign,
    cosigned_roles,
    standing,
)
from caseapp.services import note_words
from caseapp.services.context import verb
from caseapp.services.groups import members_of, names_of
from caseapp.services.printed_notes import PrintedNotes
from caseapp.store.unit_of_work import UnitOfWork

_KINDS = frozenset({Kind.CONTACT})
_COSIGNED = "cosigned-roles"
WITHHELD = "Clinical note."
"""What stands for the words of a note that the reader's role may not see."""

BEYOND = "Written in a case of others."
"""What stands for the words of a note in a case beyond the reader's scope."""


@dataclass(frozen=True, slots=True)
class OpenNote:
    """One contact read whole, with the names of whom it was with."""

    contact: Contact
    names: tuple[str, ...]
    is_withheld: bool


class NoteService(PrintedNotes):
    """Notes."""

    @verb(Right.SEE_CASES)
    def open(self, *, contact_id: UUID) -> OpenNote:
        """One contact with its note and what was added; the opening is journaled. Raises Sealed."""
        with self._context.write("note.open") as work:
            contact = work.contacts.get(contact_id)
            self._open_all(work, contact, verb="note.open")
            is_withheld = not self._readable(work, [contact])
            names = names_of(self._context, work, contact.details.person_ids)
            work.note("opened", subjects=(contact_id, *contact.details.person_ids))
            work.commit()
        words = WITHHELD if not self._may_read(contact.details.note.form) else BEYOND
        shown = note_words.withheld(contact, words) if is_withheld else contact
        return OpenNote(shown, tuple(names[one] for one in contact.details.person_ids), is_withheld)

    @verb(Right.SEE_CASES)
    def find(self, *, words: str, person_id: UUID | None = None) -> list[NoteFound]:
        """Notes that hold every word, accents aside, newest first; of one person, or of all.

        Notes about somebody the actor may not open, of cases beyond the actor's scope, and clinical ones
        where the role does not read them, are left out. Words of each are shown, so that who was found is
        journaled as looked at. Raises Sealed for a person who may not be opened.
        """
        with self._context.write("note.find") as work:
            people: tuple[UUID, ...] = ()
            if person_id is not None:
                self._context.open_person(work, person_id, verb="note.find")
                people = members_of(self._context, work, person_id)
            found = self._readable(work, work.contacts.with_words(words, person_ids=people))
            found = self._only_open(work, found)
            people = tuple({one: None for each in found for one in each.details.person_ids})
            names = names_of(self._context, work, people)
            if found:
                work.note("found", detail={"notes": len(found)}, subjects=people)
                work.commit()
            return [note_words.found(one, names, words) for one in found]

    @verb(Right.SEE_CASES)
    def to_sign(self, *, only_mine: bool = True) -> list[NoteToSign]:
        """Notes nobody signed yet, oldest first: the actor's, or everybody's."""
        staff_id = self._context.actor.staff_id if only_mine else None
        with self._context.read("note.to-sign") as work:
            return self._lines(work, work.contacts.unsigned(staff_id=staff_id))

    @verb(Right.LEAD_TEAM)
    def to_cosign(self) -> list[NoteToSign]:
        """Signed notes that wait for the second signature, oldest first; not the actor's own."""
        with self._context.read("note.to-cosign") as work:
            return self._lines(
                work,
                [
                    one
                    for one in work.contacts.waiting_for_cosign()
                    if one.staff_id != self._context.actor.staff_id
                ],
            )

    @verb(Right.LOG_CONTACTS)
    def sign(self, *, contact_id: UUID) -> Change:
        """Lock the actor's own note; corrections are addenda from here on.

        Raises NotTheAuthor, NothingToSign or Sealed.
        """
        with self._context.write("note.sign") as work:
            contact = work.contacts.get(contact_id)
            self._open_all(work, contact, verb="note.sign")
            check_sign(contact, actor_id=self._context.actor.staff_id)
            work.contacts.sign(contact_id, staff_id=self._context.actor.staff_id)
            work.about(*contact.details.person_ids)
            work.commit()
        return Change(_KINDS, person_id=contact.details.person_ids[0], record_id=contact_id)

    @verb(Right.LEAD_TEAM)
    def cosign(self, *, contact_id: UUID) -> Change:
        """Write the second signature; raises OwnNote, CosignNotDue or Sealed."""
        with self._context.write("note.cosign") as work:
            contact = work.contacts.get(contact_id)
            self._open_all(work, contact, verb="note.cosign")
            check_cosign(contact, actor_id=self._context.actor.staff_id)
            work.contacts.cosign(contact_id, staff_id=self._context.actor.staff_id)
            work.about(*contact.details.person_ids)
            work.commit()
        return Change(_KINDS, person_id=contact.details.person_ids[0], record_id=contact_id)

    @verb(Right.SEE_STAFF)
    def cosigned_roles(self) -> frozenset[Role]:
        """Whose notes wait for a second signature."""
        with self._context.read("note.cosigned-roles") as work:
            return cosigned_in(work)

    @verb(Right.CHANGE_AGENCY)
    def change_cosigned_roles(self, *, roles: frozenset[Role]) -> Change:
        """Say whose notes wait for a second signature from now on; what is written stays as it was."""
        with self._context.write("note.change-cosigned-roles") as work:
            work.settings.put(_COSIGNED, sorted(one.value for one in roles))
            work.commit()
        return Change(frozenset({Kind.AGENCY}))

    @verb(Right.LOG_CONTACTS)
    def add_addendum(self, *, contact_id: UUID, text: str) -> Change:
        """Add words to a note that stays as it is; raises AddendumEmpty, Sealed or BeyondScope."""
        words = check_addendum(text)
        with self._context.write("note.addendum") as work:
            contact = work.contacts.get(contact_id)
            self._open_all(work, contact, verb="note.addendum")
            self._check_scope(work, contact, verb="note.addendum")
            work.contacts.add_addendum(contact_id, words)
            work.about(contact_id, *contact.details.person_ids)
            work.commit()
        return Change(_KINDS, person_id=contact.details.person_ids[0], record_id=contact_id)

    def _open_all(self, work: UnitOfWork, contact: Contact, *, verb: str) -> None:
        for person_id in contact.details.person_ids:
            self._context.open_person(work, person_id, verb=verb)

    def _only_open(self, work: UnitOfWork, found: list[Contact]) -> list[Contact]:
        closed = self._context.closed(work, (one for each in found for one in each.details.person_ids))
        return [one for one in found if not closed.intersection(one.details.person_ids)]

    def _lines(self, work: UnitOfWork, found: list[Contact]) -> list[NoteToSign]:
        found = self._only_open(work, found)
        names = names_of(self._context, work, (one for each in found for one in each.details.person_ids))
        return [
            NoteToSign(
                contact_id=one.id,
                person_ids=one.details.person_ids,
                names=tuple(names[each] for each in one.details.person_ids),
                at=one.details.at,
                by_id=one.staff_id,
                by=one.staff_name,
                standing=standing(one),
            )
            for one in found
            if one.details.note.text
        ]

    def _check_scope(self, work: UnitOfWork, contact: Contact, *, verb: str) -> None:
        case_id = contact.details.case_id
        if case_id is not None and contact.staff_id != self._context.actor.staff_id:
            self._context.open_case(work, work.cases.get(case_id), verb=verb)


def cosigned_in(work: UnitOfWork) -> frozenset[Role]:
    """The roles whose notes the agency wants signed twice."""
    return cosigned_roles(work.settings.get(_COSIGNED))
