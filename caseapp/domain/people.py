"""A person as the field meets them: several names, an uncertain birth date, or no name at all."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from caseapp.domain.access import SEALED_NAME
from caseapp.domain.births import Birth
from caseapp.domain.errors import CaseAppError
from caseapp.domain.names import is_seen, tokens
from caseapp.domain.relations import EMERGENCY_CONTACT, Relation

MAIL = "mail"
"""The kind of place that says: mail is safe there. A letter is addressed to no other."""

UNKNOWN_PERSON = "Unknown person"
"""What somebody is called of whom neither a name to say nor a description is known."""

SSN = "ssn"
"""The scheme of a Social Security number, which no paper shows whole."""


class PersonKind(Enum):
    """Known by a name, or a real record without one."""

    KNOWN = "known"
    UNKNOWN = "unknown"


class NameKind(Enum):
    LEGAL = "legal"
    CHOSEN = "chosen"
    ALIAS = "alias"
    FORMER = "former"


class PointKind(Enum):
    PHONE = "phone"
    EMAIL = "email"


class LinkKind(Enum):
    """A judgement about two records: one person, or not the same person."""

    SAME = "same"
    DIFFERENT = "different"


class Judgement(NamedTuple):
    """What somebody decided about two records, and the reasons they saw then."""

    left_id: UUID
    right_id: UUID
    kind: LinkKind
    evidence: tuple[str, ...]


class NameMissing(CaseAppError):
    """A known person needs at least one name part; an unknown one needs a description."""

    code = "person.name-missing"


class DescriptionMissing(CaseAppError):
    """An unknown person is only found again by what they looked like and where."""

    code = "person.description-missing"


class BornInFuture(CaseAppError):
    """The birth date lies after today."""

    code = "person.born-in-future"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a person; `do_not_use` marks a former name that must never be said."""

    kind: NameKind
    given: str = ""
    family: str = ""
    do_not_use: bool = False

    @property
    def full(self) -> str:
        return " ".join(part for part in (self.given, self.family) if part)

    def as_careful_as(self, other: "Name") -> "Name":
        """This one; never to be used where the same name on another record never is."""
        return replace(self, do_not_use=self.do_not_use or other.do_not_use)


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """A phone or e-mail, whose it is, and what may be said there."""

    kind: PointKind
    value: str
    owner: str = ""
    may_voicemail: bool = False
    may_text: bool = False
    do_not_mention_us: bool = False
    id: UUID | None = None

    @property
    def with_owner(self) -> str:
        """The phone or address, behind whose it is where it is not the person's own."""
        return f"{self.owner} {self.value}" if self.owner else self.value

    @property
    def may_words(self) -> str:
        """What may be left or said there, in words."""
        if self.do_not_mention_us:
            return "do not mention us"
        ways = (("voicemail", self.may_voicemail), ("text", self.may_text))
        allowed = [words for words, may in ways if may]
        return f"may leave {' and '.join(allowed)}" if allowed else "leave no message"

    def as_careful_as(self, other: "ContactPoint") -> "ContactPoint":
        """This one, with no more allowed than on the same phone of another record."""
        return replace(
            self,
            may_voicemail=self.may_voicemail and other.may_voicemail,
            may_text=self.may_text and other.may_text,
            do_not_mention_us=self.do_not_mention_us or other.do_not_mention_us,
        )


@dataclass(frozen=True, slots=True)
class PersonPlace:
    """Where somebody lives, sleeps or is usually found, and since when."""

    kind: str
    text: str
    from_on: date | None = None
    to_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that another system knows the person by."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Alert:
    """What whoever picks the person must know first; it expires so that it stays true."""

    kind: str
    text: str
    expires_on: date | None = None
    id: UUID | None = None


IN_TREATMENT = "205"
"""The living situation that says substance use: a place of treatment or detox (HUD FY2026 list)."""


@dataclass(frozen=True, slots=True)
class LivingSituation:
    """A HUD living situation (FY2026 list) over a span of days."""

    code: str
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """Everything a form can say about a person; what is empty is not recorded, never guessed."""

    kind: PersonKind = PersonKind.KNOWN
    names: tuple[Name, ...] = ()
    description: str = ""
    birth: Birth | None = None
    pronouns: str = ""
    gender: str = ""
    races: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interpreter_needed: bool = False
    veteran: str = ""
    points: tuple[ContactPoint, ...] = ()
    places: tuple[PersonPlace, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    alerts: tuple[Alert, ...] = ()
    relations: tuple[Relation, ...] = ()
    living: tuple[LivingSituation, ...] = ()
    comes_with: str = ""
    deceased_on: date | None = None
    is_restricted: bool = False

    def alerts_on(self, day: date) -> tuple[Alert, ...]:
        """The alerts that hold on a day; one that expired says what is so no more."""
        return tuple(one for one in self.alerts if one.expires_on is None or one.expires_on >= day)

    def places_on(self, day: date) -> tuple[PersonPlace, ...]:
        """The places that were not left by a day."""
        return tuple(one for one in self.places if one.to_on is None or one.to_on > day)


@dataclass(frozen=True, slots=True)
class Person:
    """A stored person with the version that the reader saw."""

    id: UUID
    version: int
    details: PersonDetails

    @property
    def display_name(self) -> str:
        return display_name(self.details)


def check(details: PersonDetails, *, today: date) -> None:
    """Raise NameMissing, DescriptionMissing or BornInFuture for what cannot be saved.

    By a name of signs alone, like "...", nobody is ever found again, so it is none.
    """
    named = any(tokens(name.full) for name in details.names)
    if details.kind is PersonKind.KNOWN and not named:
        raise NameMissing()
    if details.kind is PersonKind.UNKNOWN and not named and not is_seen(details.description):
        raise DescriptionMissing()
    if details.birth and details.birth.on > today:
        raise BornInFuture(on=details.birth.on)


def display_name(details: PersonDetails) -> str:
    """The name to say: chosen before legal before alias, an alias in quotes; never a do-not-use name."""
    usable = [name for name in details.names if not name.do_not_use and name.full]
    by_kind = {name.kind: name for name in reversed(usable)}
    spoken = by_kind.get(NameKind.CHOSEN) or by_kind.get(NameKind.LEGAL)
    alias = by_kind.get(NameKind.ALIAS)
    if spoken is None:
        return f"“{alias.full}”" if alias else details.description.strip() or UNKNOWN_PERSON
    if alias is None or alias.full == spoken.full:
        return spoken.full
    return " ".join(part for part in (spoken.given, f"“{alias.full}”", spoken.family) if part)


def other_names(details: PersonDetails) -> tuple[str, ...]:
    """Names beside the one to say, without those never to be used."""
    if len(details.names) < 2:
        return ()
    names = [one.full for one in details.names if one.full and not one.do_not_use]
    if len(names) < 2:
        return ()
    said = {word.strip("“”") for word in display_name(details).split()}
    return tuple(dict.fromkeys(name for name in names if not said.issuperset(name.split())))


def usual_place(details: PersonDetails, day: date) -> str:
    """Where somebody is found on a day; an address that is only for mail is no such place."""
    return next((one.text for one in details.places_on(day) if one.kind != MAIL), "")


def mail_place(details: PersonDetails, day: date) -> str:
    """The address at which mail is safe for the person on a day, or nothing."""
    return next((one.text for one in details.places_on(day) if one.kind == MAIL), "")


def main_phone(details: PersonDetails) -> ContactPoint | None:
    """The phone that stands first."""
    return next((one for one in details.points if one.kind is PointKind.PHONE), None)


def emergency_contact(details: PersonDetails) -> Relation | None:
    """Whom to call in an emergency, where that is somebody without a record here."""
    said = (one for one in details.relations if one.kind == EMERGENCY_CONTACT)
    return next((one for one in said if one.other_person_id is None), None)


def veil_relations(person: Person, closed: AbstractSet[UUID]) -> Person:
    """The person without any word on a relative whose own record is closed to the reader."""
    if not any(one.other_person_id in closed for one in person.details.relations):
        return person
    relations = tuple(
        Relation(one.kind, SEALED_NAME, other_person_id=one.other_person_id)
        if one.other_person_id in closed
        else one
        for one in person.details.relations
    )
    return replace(person, details=replace(person.details, relations=relations))


def unveil_relations(
    details: PersonDetails, stored: PersonDetails, closed: AbstractSet[UUID]
) -> PersonDetails:
    """What a form wrote, with the stored words where its writer only saw a veiled relative."""
    known = {(one.kind, one.other_person_id): one for one in stored.relations}
    relations = tuple(
        known.get((one.kind, one.other_person_id), one) if one.other_person_id in closed else one
        for one in details.relations
    )
    return replace(details, relations=relations)
