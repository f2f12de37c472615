"""May this leave, for this recipient, today? One answer for every print, save and export."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from caseapp.domain.consents import Consent, ConsentKind, InformationKind, is_in_force, names_recipient
from caseapp.domain.day_words import day_words
from caseapp.domain.errors import CaseAppError


class Basis(Enum):
    """On what ground something leaves."""

    CONSENT = "consent"
    MEDICAL_EMERGENCY = "medical-emergency"
    TO_THE_PERSON = "to-the-person"
    INSIDE = "inside"
    OTHER = "other"


class Law(Enum):
    """Which law binds the agency; a setting, never guessed.

    A Part 2 program says by naming somebody that they are treated for substance use, so every item is covered
    there (42 CFR 2.11, 2.12). Elsewhere the marked items are: they came from such a program or speak of one.
    """

    HIPAA = "hipaa"
    PART_2 = "part-2"
    NEITHER = "neither"


class ConsentMissing(CaseAppError):
    """Nothing allows this to leave for that recipient."""

    code = "disclosure.consent-missing"


class EmergencyFactsMissing(CaseAppError):
    """A medical emergency is documented at once with four facts (42 CFR 2.51(c))."""

    code = "disclosure.emergency-facts-missing"


class RulingChanged(CaseAppError):
    """Between the preview and the print a consent ended, was revoked, or another one counts now."""

    code = "disclosure.ruling-changed"


class SaysSubstanceUse(CaseAppError):
    """What would be copied says something of substance use; only a document with its notice may."""

    code = "disclosure.says-substance-use"


class ReasonMissing(CaseAppError):
    """Another basis needs its reason in writing."""

    code = "disclosure.reason-missing"


@dataclass(frozen=True, slots=True)
class EmergencyFacts:
    """42 CFR 2.51(c): who received it and where, who disclosed, when, and the emergency."""

    receiver: str
    affiliation: str
    discloser: str
    at: datetime
    nature: str


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a document, ticked or not, with the kind of information it is."""

    key: str
    title: str
    kind: InformationKind

    @property
    def is_substance_use(self) -> bool:
        return self.kind is InformationKind.SUBSTANCE_USE


@dataclass(frozen=True, slots=True)
class Ground:
    """What the user offers as basis beyond the consents on file."""

    basis: Basis = Basis.CONSENT
    reason: str = ""
    emergency: EmergencyFacts | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What may leave and on which basis, what is held back, and why in words."""

    basis: Basis
    allowed: tuple[Item, ...]
    held_back: tuple[Item, ...]
    consent_id: UUID | None
    words: str
    needs_notice: bool

    @property
    def may_leave(self) -> bool:
        return bool(self.allowed)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What left: the row of the accounting (45 CFR 164.528(b)(2), 42 CFR 2.25)."""

    id: UUID
    number: str
    person_id: UUID
    at: datetime
    recipient: str
    what: str
    purpose: str
    basis: Basis
    by: str
    consent_id: UUID | None = None
    document_sha256: str = ""
    recipient_address: str = ""
    items: tuple[str, ...] = ()
    reason: str = ""
    emergency: EmergencyFacts | None = None

    @property
    def is_accounted(self) -> bool:
        """What the person got or what stayed inside is not accounted (45 CFR 164.528(a)(1))."""
        return self.basis not in (Basis.TO_THE_PERSON, Basis.INSIDE)


def is_part_2(item: Item, law: Law) -> bool:
    """Whether 42 CFR Part 2 covers an item of an agency under this law."""
    return item.is_substance_use or law is Law.PART_2


def _covers(consent: Consent, item: Item, law: Law) -> bool:
    if item.kind not in consent.details.information:
        return False
    return not is_part_2(item, law) or consent.details.kind is ConsentKind.PART_2


def covered(consent: Consent, law: Law) -> frozenset[InformationKind]:
    """The kinds of information that a consent lets go, by the same rule as each item."""
    kinds = consent.details.information
    return frozenset(kind for kind in kinds if _covers(consent, Item(kind.value, "", kind), law))


def _best_consent(
    consents: tuple[Consent, ...], items: tuple[Item, ...], recipient: str, today: date, law: Law
) -> Consent | None:
    usable = [
        consent
        for consent in consents
        if is_in_force(consent, today=today) and names_recipient(consent.details, recipient)
    ]
    return max(usable, key=lambda consent: sum(_covers(consent, item, law) for item in items), default=None)


def decide_disclosure(
    *,
    items: tuple[Item, ...],
    recipient: str,
    consents: tuple[Consent, ...],
    today: date,
    ground: Ground | None = None,
    law: Law = Law.HIPAA,
) -> Ruling:
    """Rule item by item; substance-use items need a Part 2 consent that names them (42 CFR 2.31, 2.33).

    Raises EmergencyFactsMissing or ReasonMissing where another basis is offered without what it needs.
    """
    ground = ground or Ground()
    if ground.basis is Basis.MEDICAL_EMERGENCY:
        return _emergency(items, ground, law)
    if ground.basis is Basis.TO_THE_PERSON:
        words = "Given to the person it is about."
        return Ruling(Basis.TO_THE_PERSON, items, (), None, words, needs_notice=False)
    if ground.basis is Basis.INSIDE:
        words = "Stays inside the agency, for work with this person. Carry it with you and destroy it after."
        return Ruling(Basis.INSIDE, items, (), None, words, needs_notice=False)
    if ground.basis is Basis.OTHER:
        return _other(items, ground, law)
    consent = _best_consent(consents, items, recipient, today, law)
    if consent is None:
        return Ruling(Basis.CONSENT, (), items, None, _why_not(consents, recipient, today), False)
    return _by_consent(items, consent, law)


def _emergency(items: tuple[Item, ...], ground: Ground, law: Law) -> Ruling:
    facts = ground.emergency
    if facts is None or not all(
        words.strip() for words in (facts.receiver, facts.affiliation, facts.discloser, facts.nature)
    ):
        raise EmergencyFactsMissing()
    words = f"Medical emergency: {facts.nature.strip()} (42 CFR 2.51)."
    notice = any(is_part_2(item, law) for item in items)
    return Ruling(Basis.MEDICAL_EMERGENCY, items, (), None, words, notice)


def _other(items: tuple[Item, ...], ground: Ground, law: Law) -> Ruling:
    if not ground.reason.strip():
        raise ReasonMissing()
    kept = tuple(item for item in items if not is_part_2(item, law))
    held = tuple(item for item in items if is_part_2(item, law))
    words = f"Other basis: {ground.reason.strip()}."
    return Ruling(Basis.OTHER, kept, held, None, words, False)


def _by_consent(items: tuple[Item, ...], consent: Consent, law: Law) -> Ruling:
    allowed = tuple(item for item in items if _covers(consent, item, law))
    held = tuple(item for item in items if not _covers(consent, item, law))
    details = consent.details
    until = f"until {day_words(details.expires_on)}" if details.expires_on else details.expiry_event
    words = f"Consent of {day_words(details.signed_on or details.starts_on)}, in force {until}."
    notice = any(is_part_2(item, law) for item in allowed)
    return Ruling(Basis.CONSENT, allowed, held, consent.id, words, notice)


def _why_not(consents: tuple[Consent, ...], recipient: str, today: date) -> str:
    named = [consent for consent in consents if names_recipient(consent.details, recipient)]
    if not named:
        return f"No consent names {recipient}."
    last = max(named, key=lambda consent: consent.details.starts_on)
    if last.revoked_at:
        return f"The consent for {recipient} was revoked on {day_words(last.revoked_at)}."
    if today < last.details.starts_on:
        return f"The consent for {recipient} starts on {day_words(last.details.starts_on)}."
    return f"The consent for {recipient} ended on {day_words(last.details.expires_on)}."


@dataclass(frozen=True, slots=True)
class Subjects:
    """Who stands in a row of any list, and whether the row says something of substance use."""

    people: frozenset[UUID]
    says_substance_use: bool


def subjects_of(row: object) -> Subjects:
    """Look through a frozen row for people and marks, so that no list can forget to name them."""
    people: set[UUID] = set()
    marks: list[bool] = []
    _look(row, people, marks, depth=4)
    return Subjects(frozenset(people), any(marks))


def _look(value: object, people: set[UUID], marks: list[bool], depth: int) -> None:
    if depth and isinstance(value, (tuple, list, frozenset, set)):
        for one in value:
            _look(one, people, marks, depth - 1)
    if not depth or not is_dataclass(value) or isinstance(value, type):
        return
    if type(value).__name__ in _PEOPLE:
        people.add(value.id)  # type: ignore[attr-defined]
    for one in fields(value):
        content = getattr(value, one.name)
        if one.name.endswith(("person_id", "person_ids", "with_people")):
            people.update(each for each in _as_tuple(content) if isinstance(each, UUID))
        elif one.name == "is_substance_use":
            marks.append(bool(content))
        else:
            _look(content, people, marks, depth - 1)


_PEOPLE = frozenset({"Person"})
"""Values whose own id is a person's."""


def _as_tuple(content: object) -> tuple[object, ...]:
    return tuple(content) if isinstance(content, (tuple, list, frozenset, set)) else (content,)
