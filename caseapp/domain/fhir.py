"""Referrals in HL7 FHIR R4, as the Gravity SDOH Clinical Care guide (STU3) has them: one Task each.

A ServiceRequest says what was asked for and a Task how far it is; a Task is never `ready` or `received`, and
one that was rejected, cancelled or failed says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid5

from caseapp.domain.births import Precision
from caseapp.domain.code_words import InWords
from caseapp.domain.consents import Consent, InformationKind, scope_words
from caseapp.domain.disclosures import Law
from caseapp.domain.people import NameKind, Person
from caseapp.domain.referral_codes import codes_of
from caseapp.domain.referrals import Referral

_TASK_CODES = "http://hl7.org/fhir/CodeSystem/task-code"
_REQUEST = {
    "draft": "draft",
    "completed": "completed",
    **dict.fromkeys(("rejected", "cancelled", "failed"), "revoked"),
}
"""What becomes of the ServiceRequest; it is active while the Task goes on."""


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody whose consent lets these referrals go."""

    person: Person
    consent: Consent
    referrals: Sequence[Referral]


def bundle(
    told: Sequence[Told], *, requester: str, notice: str, law: Law, at: datetime, said: InWords
) -> dict[str, Any]:
    """Everybody whose consent lets it go, with their referrals, as one collection.

    `notice` is that of 42 CFR 2.32(a); it goes, with the scope of the consent, with each referral about
    substance use, and with all of them where the agency is a Part 2 program.
    """
    found: list[dict[str, Any]] = []
    for one in told:
        found.append(_patient(one.person))
        for referral in one.referrals:
            task = _task(referral, requester, said)
            if referral.is_substance_use or law is Law.PART_2:
                task["note"] = [{"text": notice}, {"text": scope_words(one.consent.details, said)}]
            found += (_request(referral), task)
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": at.isoformat(timespec="seconds"),
        "entry": [{"fullUrl": f"urn:uuid:{made['id']}", "resource": made} for made in found],
    }


def may_go(kinds: frozenset[InformationKind], referral: Referral) -> bool:
    """Whether what a consent covers lets a referral go: care, and substance use where it is about that."""
    return InformationKind.CARE in kinds and (
        not referral.is_substance_use or InformationKind.SUBSTANCE_USE in kinds
    )


def _patient(person: Person) -> dict[str, Any]:
    details = person.details
    usable = [one for one in details.names if not one.do_not_use]
    legal = next((one for one in usable if one.kind is NameKind.LEGAL), None)
    made: dict[str, Any] = {"resourceType": "Patient", "id": str(person.id)}
    name = legal or next(iter(usable), None)
    if name is not None:
        made["name"] = [{"text": name.full}]
    if details.birth is not None and details.birth.precision is Precision.DAY:
        made["birthDate"] = details.birth.on.isoformat()
    return made


def _request(referral: Referral) -> dict[str, Any]:
    return {
        "resourceType": "ServiceRequest",
        "id": _request_id(referral),
        "status": _REQUEST.get(codes_of(referral).task_status, "active"),
        "intent": "order",
        "code": {"text": referral.need},
        "subject": {"reference": f"urn:uuid:{referral.person_id}"},
        "performer": [{"display": referral.to_name}],
    }


def _task(referral: Referral, requester: str, said: InWords) -> dict[str, Any]:
    codes, last = codes_of(referral), referral.steps[-1]
    made: dict[str, Any] = {
        "resourceType": "Task",
        "id": str(referral.id),
        "status": codes.task_status,
        "intent": "order",
        "priority": "routine",
        "code": {"coding": [{"system": _TASK_CODES, "code": "fulfill"}]},
        "focus": {"reference": f"urn:uuid:{_request_id(referral)}"},
        "for": {"reference": f"urn:uuid:{referral.person_id}"},
        "authoredOn": referral.steps[0].on.isoformat(),
        "lastModified": last.on.isoformat(),
        "requester": {"display": requester},
        "owner": {"display": referral.to_name},
    }
    if codes.business_status:
        made["businessStatus"] = {"text": codes.business_status}
    if codes.reason:
        made["statusReason"] = {"text": said.word("referral_barrier", codes.reason)}
    return made


def _request_id(referral: Referral) -> str:
    """An id of its own for the other half of the pair, always the same."""
    return str(uuid5(referral.id, "service request"))
