"""Consent: what the person allowed to whom, checked element by element, and whether it is in force."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import partial
from uuid import UUID

from caseapp.domain.code_words import InWords
from caseapp.domain.day_words import day_words
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


PATIENT = "patient"
"""The signer who is the person; else a parent, representative or guardian (42 CFR 2.14, 2.15)."""


class EndsBeforeItStarts(CaseAppError):
    """The last day lies before the first, or the signature after today."""

    code = "consent.days-out-of-order"


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
    signer: str = PATIENT
    signer_name: str = ""
    copy_given: bool = False


@dataclass(frozen=True, slots=True)
class Consent:
    """A stored consent of one person, who is named where it is listed among those of others."""

    id: UUID
    version: int
    person_id: UUID
    details: ConsentDetails
    revoked_at: datetime | None = None
    revoked_reason: str = ""
    person_name: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """One element that the law asks of a consent, and whether it is there."""

    words: str
    is_there: bool
    source: str


_HIPAA = {3: "(1)(i)", 2: "(1)(ii)", 4: "(1)(iii)", 5: "(1)(iv)", 7: "(1)(v)", 8: "(1)(vi)", 9: "(1)(vi)"}
"""Element of 42 CFR 2.31(a) -> the same in 45 CFR 164.508(c)."""


def _source(number: int, *, is_part2: bool) -> str:
    return f"42 CFR 2.31(a)({number})" if is_part2 else f"45 CFR 164.508(c){_HIPAA[number]}"


def elements(details: ConsentDetails) -> tuple[Element, ...]:
    """The elements one by one: of 42 CFR 2.31(a) for a Part 2 consent, else of 45 CFR 164.508(c).

    The person's name, element (a)(1), is that of the record. A verbal consent has a witness instead of a
    signature; it covers no substance use record, which needs one in writing.
    """
    is_part2 = details.kind is ConsentKind.PART_2
    law = partial(_source, is_part2=is_part2)
    found = [
        Element(
            "who may receive it",
            any(name.strip() for name in details.recipients),
            _source(4, is_part2=is_part2),
        ),
        Element("what may be shared", bool(details.information), law(3)),
        Element("the purpose", bool(details.purpose.strip()), law(5)),
        Element(
            "when it ends",
            bool(details.expires_on or details.expiry_event.strip()),
            _source(7, is_part2=is_part2),
        ),
    ]
    if details.kind is ConsentKind.VERBAL:
        return (*found, Element("who witnessed it", bool(details.witness.strip()), "the agency's rule"))
    found.append(
        Element("the signature", details.signature is not SignatureKind.NONE, _source(8, is_part2=is_part2))
    )
    found.append(Element("the date signed", details.signed_on is not None, law(9)))
    if details.signer != PATIENT:
        named = bool(details.signer_name.strip())
        found.append(Element("the name of who signs for the person", named, "2.14, 2.15"))
    if is_part2:
        found.append(
            Element("who may disclose it", bool(details.discloser.strip()), _source(2, is_part2=is_part2))
        )
        found.append(
            Element("that it can be revoked", details.right_to_revoke_told, _source(6, is_part2=is_part2))
        )
    if is_part2 and details.is_for_treatment:
        found.append(
            Element("that it may be redisclosed", details.redisclosure_told, _source(10, is_part2=is_part2))
        )
        found.append(Element("what refusing means", details.refusal_told, law(10)))
    return tuple(found)


def missing_elements(details: ConsentDetails) -> tuple[str, ...]:
    """Name the elements that are absent."""
    return tuple(one.words for one in elements(details) if not one.is_there)


def check(details: ConsentDetails, *, today: date | None = None) -> None:
    """Raise ConsentIncomplete, naming what is missing, or EndsBeforeItStarts."""
    if details.expires_on and details.expires_on < details.starts_on:
        raise EndsBeforeItStarts()
    if today and details.signed_on and details.signed_on > today:
        raise EndsBeforeItStarts()
    missing = missing_elements(details)
    if missing:
        raise ConsentIncomplete(missing=", ".join(missing))


def is_in_force(consent: Consent, *, today: date) -> bool:
    """In force from its first day to its last, both included, unless revoked."""
    details = consent.details
    if consent.revoked_at is not None or today < details.starts_on:
        return False
    return details.expires_on is None or today <= details.expires_on


def in_order(information: AbstractSet[InformationKind]) -> list[str]:
    """The codes of what a consent covers, in the order in which forms name them."""
    return [kind.value for kind in InformationKind if kind in information]


def scope_words(details: ConsentDetails, said: InWords) -> str:
    """The explanation of its scope that may go with a record in place of the consent (42 CFR 2.32(b))."""
    kinds = ", ".join(said.within("information_kind", code) for code in in_order(details.information))
    ends = day_words(details.expires_on) or details.expiry_event
    return f"Consent to {', '.join(details.recipients)} for {details.purpose}: {kinds}; until {ends}."


def tells_substance_use(details: ConsentDetails) -> bool:
    """Whether who knows of this consent knows of substance use: it is for such records, or covers them."""
    return details.kind is ConsentKind.PART_2 or InformationKind.SUBSTANCE_USE in details.information


def names_recipient(details: ConsentDetails, recipient: str) -> bool:
    """Whether the recipient is one of those named, letter case and spacing aside."""
    wanted = " ".join(recipient.casefold().split())
    return any(" ".join(name.casefold().split()) == wanted for name in details.recipients if name.strip())
