"""What stands on the papers of a person: facts as words of the form's language, ready to be set."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

from caseapp.documents import release, resource_list
from caseapp.documents.appointment_card import CardData
from caseapp.documents.handoff import PART2_STATEMENT
from caseapp.documents.strokes import Stroke
from caseapp.domain import schedules
from caseapp.domain.consents import Consent, ConsentDetails, ConsentKind, InformationKind, in_order
from caseapp.domain.day_words import long_day, spoken_time
from caseapp.domain.directory import Service as DirectoryEntry
from caseapp.domain.disclosures import Disclosure
from caseapp.domain.forms import Texts
from caseapp.domain.people import PersonDetails, PersonKind, display_name
from caseapp.domain.referrals import Referral, days_waiting
from caseapp.domain.staff import Agency
from caseapp.services.told_words import what_left, why_it_left


def accounted(texts: Texts, one: Disclosure, zone: ZoneInfo) -> tuple[str, ...]:
    at = one.at.astimezone(zone)
    to = ", ".join(filter(None, (one.recipient, one.recipient_address)))
    return (texts.day(at), to, what_left(texts, one), why_it_left(texts, one))


def card(
    texts: Texts,
    agency: Agency,
    referral: Referral,
    service: DirectoryEntry | None,
    at: datetime,
    number: str,
) -> CardData:
    """A card may be found: where the place itself says what it treats, only its street stands."""
    place = "" if referral.is_substance_use else referral.agency_name
    street = ", ".join(filter(None, (service.address, service.city))) if service else ""
    when = spoken_day(at.date(), at, texts.language)
    cannot = texts.say("card_call", phone=referral.to_phone) if referral.to_phone else ""
    bring = ", ".join(service.documents) if service else ""
    return CardData(
        language=texts.language,
        title=texts.say("card_title"),
        lines=(
            (texts.say("card_when"), when),
            (texts.say("card_where"), ", ".join(filter(None, (place, street)))),
            (texts.say("card_with"), referral.accepted_by),
            (texts.say("card_bring"), bring),
            (texts.say("card_cannot"), cannot),
            (texts.say("card_worker"), ", ".join(filter(None, (referral.owner_name, agency.phone)))),
        ),
        crisis=texts.say("crisis"),
        agency_line="" if referral.is_substance_use else agency_line(agency),
        foot=number,
    )


def spoken_day(day: date, at: datetime | None, language: str) -> str:
    """A day, and its hour where one is known, as a person says it."""
    clock = f", {spoken_time(at, language)}" if at else ""
    return f"{long_day(day, language=language)}{clock}"


def about(texts: Texts, details: PersonDetails | None, case_number: str) -> str:
    """Whom a page is about, for its foot: by initials and case, so that no page gets lost among others'."""
    parts = display_name(details).split() if details and details.kind is PersonKind.KNOWN else ()
    large = [part[0] for part in parts if part[:1].isupper()] or [
        part[0] for part in parts if part[:1].isalpha()
    ]
    initials = " ".join(f"{letter}." for letter in large)
    case = f"{texts.say('foot_case')} {case_number}" if case_number else ""
    return ", ".join(filter(None, (initials, case)))


def kinds(texts: Texts, consent: Consent) -> str:
    """The kinds of information that a consent covers, in words."""
    return texts.words("information_kind", in_order(consent.details.information))


def days_words(one: Referral, today: date) -> int:
    waited = days_waiting(step=one.step, sent_on=one.sent_on, last_answer_on=one.last_answer_on, today=today)
    return waited or 0


def part2_notice(agency: Agency) -> str:
    """The statement of 42 CFR 2.32(a) for records of substance use: in the agency's words, or in ours."""
    return agency.part2_notice or PART2_STATEMENT


def agency_line(agency: Agency) -> str:
    """What the agency is called, where it is and its phone, in one line at the head of a paper."""
    return ", ".join(filter(None, (agency.name, agency.address, agency.phone)))


def strokes_of(content: bytes) -> tuple[Stroke, ...]:
    return tuple(tuple((float(x), float(y)) for x, y in stroke) for stroke in json.loads(content or b"[]"))


def place(texts: Texts, one: DirectoryEntry, now: datetime) -> resource_list.Place:
    hours = schedules.hours_on(one.rules, now.date())
    if hours is None:
        today = texts.say("hours_unknown")
    else:
        said = (
            (spoken_time(opens, texts.language), spoken_time(closes, texts.language))
            for opens, closes in hours
        )
        today = ", ".join(texts.say("hours", opens=opens, closes=closes) for opens, closes in said)
        today = today or texts.say("closed_today")
    checked = (
        texts.say("checked", day=texts.day(one.confirmed_on))
        if one.confirmed_on
        else texts.say("never_checked")
    )
    return resource_list.Place(
        name=one.name,
        organization=one.organization,
        facts=(
            (texts.say("phone"), one.phone),
            (texts.say("place"), ", ".join(filter(None, (one.address, one.city)))),
            (texts.say("hours_today"), today),
            (texts.say("who"), one.eligibility),
            (texts.say("bring"), ", ".join(one.documents)),
            (texts.say("cost"), one.fees),
            (texts.say("languages"), texts.words("language", one.languages)),
        ),
        checked=checked,
    )


def filled_release(
    texts: Texts,
    agency: Agency,
    name: str,
    consent: Consent | None,
    strokes: tuple[Stroke, ...],
    foot: str,
) -> release.ReleaseData:
    details = consent.details if consent else None
    is_part2 = details is not None and details.kind is ConsentKind.PART_2
    statements = [(texts.say("revoke_title"), texts.say("revoke"))]
    if details is None or is_part2 or details.is_for_treatment:
        statements += [("", texts.say("redisclosure")), ("", texts.say("refusal"))]
    signed, blanks = _signature(texts, details)
    return release.ReleaseData(
        language=texts.language,
        agency=agency_line(agency),
        title=texts.say("part2_title" if is_part2 else "title"),
        intro=texts.say("intro"),
        facts=(
            (texts.say("person"), name),
            (texts.say("discloser"), (details.discloser if details else "") or agency.name),
            (texts.say("recipients"), ", ".join(details.recipients) if details else ""),
            (texts.say("purpose"), details.purpose if details else ""),
            (texts.say("ends"), _ends(texts, details)),
        ),
        information_title=texts.say("information"),
        information=tuple(
            release.Tick(texts.say(kind.value), details is not None and kind in details.information)
            for kind in InformationKind
        ),
        statements=tuple(statements),
        signed=signed,
        blanks=blanks,
        signature=strokes,
        revocation_title=texts.say("revocation_title"),
        revocation=_revocation(texts, consent),
        revocation_blanks=()
        if consent and consent.revoked_at
        else (texts.say("revoked_on"), texts.say("how"), texts.say("received_by")),
        foot=foot,
    )


def _ends(texts: Texts, details: ConsentDetails | None) -> str:
    if details is None:
        return ""
    if details.expires_on:
        return texts.say("until_day", day=texts.day(details.expires_on))
    return texts.say("until_event", event=details.expiry_event) if details.expiry_event else ""


def _signature(
    texts: Texts, details: ConsentDetails | None
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, ...], ...]]:
    """What is signed as facts; what is to be signed as lines."""
    if details is None or (details.signed_on is None and details.kind is not ConsentKind.VERBAL):
        lines = ((texts.say("signed_by"), texts.say("date")), (texts.say("relation"), texts.say("witness")))
        return (), lines
    how = texts.say(f"signature_{details.signature.value}", witness=details.witness)
    who = ", ".join(filter(None, (texts.say(details.signer), details.signer_name)))
    day = texts.day(details.signed_on or details.starts_on)
    rows = [(texts.say("signed_by"), f"{who} ({how})"), (texts.say("date"), day)]
    if details.witness:
        rows.append((texts.say("witness"), details.witness))
    if details.copy_given:
        rows.append((texts.say("copy"), day))
    return tuple(rows), ()


def _revocation(texts: Texts, consent: Consent | None) -> tuple[tuple[str, str], ...]:
    if consent is None or consent.revoked_at is None:
        return ()
    return (
        (texts.say("revoked_on"), texts.day(consent.revoked_at.date())),
        (texts.say("how"), consent.revoked_reason),
    )
