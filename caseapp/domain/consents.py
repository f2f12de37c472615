"""Consent: what the person allowed to whom, checked element by element, and whether it is in force."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from caseapp.domain.errors import CaseAppError


class ConsentKind(Enum):
    RELEASE = "release-of-information"
    PART_2 = "42-cfr-part-2"
    VERBAL = "verbal"


class InformationKind(Enum):
    """Kinds of information a consent can name and a document can hold."""

    IDENTITY = "identity"
    CONTACT = "contact"
    CALLS = "calls"
    CARE = "care"
    HEALTH_RISKS = "health-risks"
    SUBSTANCE_USE = "substance-use"
    CLINICAL = "clinical"


class SignatureKind(Enum):
    DRAWN = "drawn"
    PAPER = "paper"
    NONE = "none"


class ConsentIncomplete(CaseAppError):
    """Elements that the law asks for are missing; `missing` names them."""

    code = "consent.incomplete"


class AlreadyRevoked(CaseAppError):
    code = "consent.already-revoked"


@dataclass(frozen=True, slots=True)
class ConsentDetails:
    """The elements of a consent (42 CFR 2.31(a)); `expires_on` or `expiry_event` says when it ends."""

    kind: ConsentKind
    recipients: tuple[str, ...]
    purpose: str
    information: frozenset[InformationKind]
    starts_on: date
    expires_on: date | None = None
    expiry_event: str = ""
    discloser: str = ""
    signed_on: date | None = None
    signature: SignatureKind = SignatureKind.NONE
    witness: str = ""
    right_to_revoke_told: bool = False
    is_for_treatment: bool = False
    redisclosure_told: bool = False
    refusal_told: bool = False
    signer: str = "patient"
    signer_name: str = ""
    copy_given: bool = False


@dataclass(frozen=True, slots=True)
class Consent:
    """A stored consent of one person."""

    id: UUID
    version: int
    person_id: UUID
    details: ConsentDetails
    revoked_at: datetime | None = None
    revoked_reason: str = ""


def missing_elements(details: ConsentDetails) -> tuple[str, ...]:
    """Name the elements of 42 CFR 2.31(a) that are absent; a verbal consent needs a witness instead.

    A Part 2 consent needs all of them; a plain release needs recipient, information, purpose, end and
    signature (45 CFR 164.508(c)).
    """
    checks = [
        ("who may receive it", any(name.strip() for name in details.recipients)),
        ("what may be shared", bool(details.information)),
        ("the purpose", bool(details.purpose.strip())),
        ("when it ends", bool(details.expires_on or details.expiry_event.strip())),
    ]
    if details.kind is ConsentKind.VERBAL:
        checks.append(("who witnessed it", bool(details.witness.strip())))
    else:
        checks.append(("the signature", details.signature is not SignatureKind.NONE))
        checks.append(("the date signed", details.signed_on is not None))
    if details.kind is ConsentKind.PART_2:
        checks.append(("who may disclose it", bool(details.discloser.strip())))
        checks.append(("that it can be revoked", details.right_to_revoke_told))
    return tuple(words for words, holds in checks if not holds)


def check(details: ConsentDetails) -> None:
    """Raise ConsentIncomplete, naming what is missing."""
    missing = missing_elements(details)
    if missing:
        raise ConsentIncomplete(missing=", ".join(missing))


def is_in_force(consent: Consent, *, today: date) -> bool:
    """In force from its first day to its last, both included, unless revoked."""
    details = consent.details
    if consent.revoked_at is not None or today < details.starts_on:
        return False
    return details.expires_on is None or today <= details.expires_on


def names_recipient(details: ConsentDetails, recipient: str) -> bool:
    """Whether the recipient is one of those named, letter case and spacing aside."""
    wanted = " ".join(recipient.casefold().split())
    return any(" ".join(name.casefold().split()) == wanted for name in details.recipients if name.strip())
