"""The words of a contact: who may change, sign and co-sign them, and what two people changed at once."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from caseapp.domain.access import Role
from caseapp.domain.contacts import Contact
from caseapp.domain.errors import CaseAppError

COSIGNED_ROLES: frozenset[Role] = frozenset({Role.PEER_SPECIALIST})
"""Whose notes a supervisor signs as well unless the agency says otherwise (as Medicaid peer services ask)."""

_KEPT = "\n\t"


class NotTheAuthor(CaseAppError):
    """Only who wrote a note changes or signs it; everybody else adds an addendum."""

    code = "note.not-the-author"


class NoteLocked(CaseAppError):
    """A signed note stays as it was signed; corrections are addenda."""

    code = "note.locked"


class NothingToSign(CaseAppError):
    """The contact has no note, or it is signed already."""

    code = "note.nothing-to-sign"


class CosignNotDue(CaseAppError):
    """A co-signature comes after the author's, once, where the author's role asks for it."""

    code = "note.cosign-not-due"


class OwnNote(CaseAppError):
    """Nobody co-signs what they wrote themselves."""

    code = "note.own-note"


class AddendumEmpty(CaseAppError):
    code = "note.addendum-empty"


class Standing(Enum):
    """How far a note is: without words there is nothing to sign."""

    NO_NOTE = "no note"
    UNSIGNED = "unsigned"
    WAITS_FOR_COSIGN = "waits for co-signature"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class NoteFound:
    """A note that holds every word of a search, with the words around the first of them."""

    contact_id: UUID
    person_ids: tuple[UUID, ...]
    names: tuple[str, ...]
    at: datetime
    by: str
    excerpt: str
    form: str


@dataclass(frozen=True, slots=True)
class NoteToSign:
    """A line of the list of notes that wait for a signature."""

    contact_id: UUID
    person_ids: tuple[UUID, ...]
    names: tuple[str, ...]
    at: datetime
    by_id: UUID
    by: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two people wrote differently; `base` is what both of them had read."""

    key: str
    base: str
    mine: str
    theirs: str

    @property
    def only_mine(self) -> bool:
        return self.theirs == self.base

    @property
    def only_theirs(self) -> bool:
        return self.mine == self.base


def standing(contact: Contact) -> Standing:
    """Where the note of a contact stands."""
    if not contact.details.note.text:
        return Standing.NO_NOTE
    if contact.signed_at is None:
        return Standing.UNSIGNED
    if contact.needs_cosign and contact.cosigned_at is None:
        return Standing.WAITS_FOR_COSIGN
    return Standing.SIGNED


def cosigned_roles(stored: Iterable[str] | None) -> frozenset[Role]:
    """The roles that the agency names, or the usual ones where it names none; an unknown one is left out."""
    if stored is None:
        return COSIGNED_ROLES
    return frozenset(role for role in Role if role.value in set(stored))


def check_change(contact: Contact, *, actor_id: UUID) -> None:
    """Raise NotTheAuthor or NoteLocked for what may not be changed any more."""
    if contact.staff_id != actor_id:
        raise NotTheAuthor(name=contact.staff_name)
    if contact.signed_at is not None:
        raise NoteLocked()


def check_sign(contact: Contact, *, actor_id: UUID) -> None:
    """Raise NotTheAuthor or NothingToSign."""
    if contact.staff_id != actor_id:
        raise NotTheAuthor(name=contact.staff_name)
    if standing(contact) is not Standing.UNSIGNED:
        raise NothingToSign()


def check_cosign(contact: Contact, *, actor_id: UUID) -> None:
    """Raise OwnNote or CosignNotDue."""
    if contact.staff_id == actor_id:
        raise OwnNote()
    if standing(contact) is not Standing.WAITS_FOR_COSIGN:
        raise CosignNotDue()


def check_addendum(text: str) -> str:
    """The words as they are kept; raises AddendumEmpty."""
    kept = cleaned(text).strip()
    if not kept:
        raise AddendumEmpty()
    return kept


def cleaned(text: str) -> str:
    """The text as it is kept: composed, one kind of line end, no control characters or lone surrogates."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    kept = "".join(
        letter for letter in lines if letter in _KEPT or unicodedata.category(letter) not in ("Cc", "Cs")
    )
    return unicodedata.normalize("NFC", kept)


def differences(
    *, base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]
) -> tuple[Difference, ...]:
    """Every field in which what I typed and what somebody else saved are not the same, in form order."""
    return tuple(
        Difference(key, base.get(key, ""), mine[key], theirs.get(key, ""))
        for key in mine
        if mine[key] != theirs.get(key, "")
    )


def both(one: Difference) -> str:
    """One text that holds both versions whole, for whoever wants neither lost."""
    if one.mine in one.theirs:
        return one.theirs
    return one.mine if one.theirs in one.mine else f"{one.theirs}\n{one.mine}"
