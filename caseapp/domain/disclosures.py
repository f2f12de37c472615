"""May this leave, for this recipient, today? One answer for every print, save and export."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from caseapp.domain.consents import Consent, ConsentKind, InformationKind, is_in_force, names_recipient
from caseapp.domain.errors import CaseAppError


class Basis(Enum):
    """On what ground something leaves."""

    CONSENT = "consent"
    MEDICAL_EMERGENCY = "medical-emergency"
    TO_THE_PERSON = "to-the-person"
    OTHER = "other"


class Law(Enum):
    """Which law binds the agency; a setting, never guessed."""

    HIPAA = "hipaa"
    PART_2 = "part-2"
    NEITHER = "neither"


class ConsentMissing(CaseAppError):
    """Nothing allows this to leave for that recipient."""

    code = "disclosure.consent-missing"


class EmergencyFactsMissing(CaseAppError):
    """A medical emergency is documented at once with four facts (42 CFR 2.51(c))."""

    code = "disclosure.emergency-facts-missing"


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


def _covers(consent: Consent, item: Item) -> bool:
    if item.kind not in consent.details.information:
        return False
    return not item.is_substance_use or consent.details.kind is ConsentKind.PART_2


def _best_consent(
    consents: tuple[Consent, ...], items: tuple[Item, ...], recipient: str, today: date
) -> Consent | None:
    usable = [
        consent
        for consent in consents
        if is_in_force(consent, today=today) and names_recipient(consent.details, recipient)
    ]
    return max(usable, key=lambda consent: sum(_covers(consent, item) for item in items), default=None)


def decide_disclosure(
    *,
    items: tuple[Item, ...],
    recipient: str,
    consents: tuple[Consent, ...],
    today: date,
    ground: Ground | None = None,
) -> Ruling:
    """Rule item by item; substance-use items need a Part 2 consent that names them (42 CFR 2.31, 2.33).

    Raises EmergencyFactsMissing or ReasonMissing where another basis is offered without what it needs.
    """
    ground = ground or Ground()
    if ground.basis is Basis.MEDICAL_EMERGENCY:
        return _emergency(items, ground)
    if ground.basis is Basis.TO_THE_PERSON:
        return _whole(items, Basis.TO_THE_PERSON, "Given to the person it is about.")
    if ground.basis is Basis.OTHER:
        return _other(items, ground)
    consent = _best_consent(consents, items, recipient, today)
    if consent is None:
        return Ruling(Basis.CONSENT, (), items, None, _why_not(consents, recipient, today), False)
    return _by_consent(items, consent)


def _emergency(items: tuple[Item, ...], ground: Ground) -> Ruling:
    facts = ground.emergency
    if facts is None or not all(
        words.strip() for words in (facts.receiver, facts.affiliation, facts.discloser, facts.nature)
    ):
        raise EmergencyFactsMissing()
    return _whole(items, Basis.MEDICAL_EMERGENCY, f"Medical emergency: {facts.nature} (42 CFR 2.51).")


def _other(items: tuple[Item, ...], ground: Ground) -> Ruling:
    if not ground.reason.strip():
        raise ReasonMissing()
    kept = tuple(item for item in items if not item.is_substance_use)
    held = tuple(item for item in items if item.is_substance_use)
    words = f"Other basis: {ground.reason.strip()}."
    return Ruling(Basis.OTHER, kept, held, None, words, False)


def _whole(items: tuple[Item, ...], basis: Basis, words: str) -> Ruling:
    return Ruling(basis, items, (), None, words, any(item.is_substance_use for item in items))


def _by_consent(items: tuple[Item, ...], consent: Consent) -> Ruling:
    allowed = tuple(item for item in items if _covers(consent, item))
    held = tuple(item for item in items if not _covers(consent, item))
    details = consent.details
    until = f"until {details.expires_on:%d %b %Y}" if details.expires_on else details.expiry_event
    words = f"Consent of {details.signed_on or details.starts_on:%d %b %Y}, in force {until}."
    notice = any(item.is_substance_use for item in allowed)
    return Ruling(Basis.CONSENT, allowed, held, consent.id, words, notice)


def _why_not(consents: tuple[Consent, ...], recipient: str, today: date) -> str:
    named = [consent for consent in consents if names_recipient(consent.details, recipient)]
    if not named:
        return f"No consent names {recipient}."
    last = max(named, key=lambda consent: consent.details.starts_on)
    if last.revoked_at:
        return f"The consent for {recipient} was revoked on {last.revoked_at:%d %b %Y}."
    if today < last.details.starts_on:
        return f"The consent for {recipient} starts on {last.details.starts_on:%d %b %Y}."
    return f"The consent for {recipient} ended on {last.details.expires_on:%d %b %Y}."
