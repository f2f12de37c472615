"""The face sheet and the safety plan in words: labels from the forms, facts of the person, what stays out."""

from collections.abc import Callable, Collection

from caseapp.documents.face_sheet import FaceSheetData, Listed
from caseapp.domain.access import SEALED_NAME
from caseapp.domain.births import Precision, age_on
from caseapp.domain.consents import Consent, tells_substance_use
from caseapp.domain.day_words import month_words, spoken_time
from caseapp.domain.disclosures import Basis, Ground, Ruling
from caseapp.domain.forms import Texts
from caseapp.domain.papers import SUBSTANCE_USE
from caseapp.domain.people import (
    IN_TREATMENT,
    SSN,
    UNKNOWN_PERSON,
    ContactPoint,
    Identifier,
    Name,
    NameKind,
    PersonDetails,
    PointKind,
    other_names,
)
from caseapp.domain.referrals import Referral
from caseapp.domain.relations import EMERGENCY_CONTACT, Relation
from caseapp.services import paper_words as words
from caseapp.services.person_facts import PersonFacts

_SSN_SHOWN = 4

_BASES = {
    Basis.CONSENT: "basis_consent",
    Basis.MEDICAL_EMERGENCY: "basis_emergency",
    Basis.TO_THE_PERSON: "basis_person",
    Basis.INSIDE: "basis_inside",
    Basis.OTHER: "basis_other",
}
"""What the sheet says of each ground."""


def face_sheet(
    texts: Texts, facts: PersonFacts, ruling: Ruling, consent: Consent | None, foot: str, ground: Ground
) -> FaceSheetData:
    """The sheet with what the ruling lets out; an item that stays says that it was left out."""
    allowed = {item.key for item in ruling.allowed}
    out = texts.say("left_out")

    def part(key: str, make: Callable[[], tuple[tuple[str, str], ...]]) -> tuple[tuple[str, str], ...]:
        rows = make()
        return rows if key in allowed else tuple((label, out) for label, _value in rows)

    known = "person" in allowed
    pronouns = texts.word("pronouns", facts.details.pronouns)
    died = facts.details.deceased_on
    told = (pronouns, _born(texts, facts), texts.say("face_died", day=texts.day(died)) if died else "")
    name = texts.say("unknown_person") if facts.name == UNKNOWN_PERSON else facts.name
    sections = (
        (texts.say("face_called"), part("person", lambda: _identity(texts, facts))),
        (texts.say("face_reach"), part("reach", lambda: _reach(texts, facts, allowed))),
        (texts.say("face_alerts"), part("alerts", lambda: _alerts(texts, facts))),
        (texts.say("face_team"), part("team", lambda: _team(texts, facts, allowed))),
    )
    return FaceSheetData(
        language=texts.language,
        agency=words.agency_line(facts.agency),
        title=texts.say("face_title"),
        called=name if known else out,
        under=", ".join(filter(None, told)) if known else "",
        sections=sections,
        lists=(
            _referrals(texts, facts, is_out="referrals" not in allowed, allowed=allowed),
            _consents(texts, facts, is_out="consents" not in allowed, allowed=allowed),
        ),
        basis=_basis(texts, facts, ruling.basis, ground, consent),
        notice=words.part2_notice(facts.agency) if ruling.needs_notice else "",
        consent_title=texts.say("face_consent_copy"),
        consent_copy=_copy(texts, consent, facts) if ruling.needs_notice else (),
        not_recorded=texts.say("not_recorded"),
        foot=foot,
    )


def _identity(texts: Texts, facts: PersonFacts) -> tuple[tuple[str, str], ...]:
    details = facts.details
    legal = next((one for one in details.names if one.kind is NameKind.LEGAL), Name(NameKind.LEGAL))
    languages = texts.words("language", details.languages)
    interpreter = texts.say("interpreter") if details.interpreter_needed else ""
    return (
        (texts.say("face_legal"), "" if legal.do_not_use else legal.full),
        (texts.say("face_other"), _others(legal, details)),
        (texts.say("face_born"), _born(texts, facts)),
        (texts.say("face_gender"), texts.word("gender", details.gender)),
        (texts.say("face_language"), ", ".join(filter(None, (languages, interpreter)))),
        (texts.say("face_veteran"), texts.word("veteran", details.veteran)),
        (texts.say("face_not_recorded_here"), ""),
    )


def _number(texts: Texts, one: Identifier) -> str:
    """A number with whose it is; of a Social Security number the last digits, which tell two people apart."""
    is_ssn = one.scheme == SSN
    shown = f"xxx-xx-{one.value[-_SSN_SHOWN:]}" if is_ssn and len(one.value) > _SSN_SHOWN else one.value
    return f"{texts.within('identifier_kind', one.scheme)} {shown}"


def _others(legal: Name, details: PersonDetails) -> str:
    """Names that stand nowhere else on the sheet."""
    known = {legal.full, *(one.full for one in details.names if one.kind is NameKind.CHOSEN)}
    return ", ".join(name for name in other_names(details) if name not in known)


def _born(texts: Texts, facts: PersonFacts) -> str:
    """As much of the birth date as is known, and the age."""
    birth = facts.details.birth
    if birth is None:
        return ""
    is_exact = birth.precision is Precision.DAY
    age = texts.say("age" if is_exact else "age_about", age=str(age_on(birth, facts.now.date())))
    known = {
        Precision.DAY: texts.day(birth.on),
        Precision.MONTH: month_words(birth.on, texts.language),
        Precision.YEAR: str(birth.on.year),
        Precision.ESTIMATED: "",
    }[birth.precision]
    return f"{known} ({age})" if known else age


def _reach(texts: Texts, facts: PersonFacts, allowed: Collection[str]) -> tuple[tuple[str, str], ...]:
    details = facts.details
    places = [
        ": ".join(
            (texts.word("place_kind", one.kind), ", ".join(filter(None, (*one.text.splitlines(), one.note))))
        )
        for one in details.places_on(facts.now.date())
    ]
    phones = [_point(texts, one) for one in details.points if one.kind is PointKind.PHONE]
    emails = [_email(texts, one) for one in details.points if one.kind is PointKind.EMAIL]
    others = [relation(texts, one) for one in details.relations if one.kind != EMERGENCY_CONTACT]
    is_told = facts.living != IN_TREATMENT or SUBSTANCE_USE.key in allowed
    living = texts.word("living_situation", facts.living) if is_told else texts.say("left_out")
    near = [relation(texts, one) for one in details.relations if one.kind == EMERGENCY_CONTACT]
    return (
        (texts.say("face_living"), living),
        (texts.say("face_places"), "\n".join(places)),
        (texts.say("face_phones"), "\n".join(phones)),
        (texts.say("face_emails"), "\n".join(emails)),
        (texts.say("face_emergency"), "\n".join(near)),
        (texts.say("face_others"), "\n".join(others)),
        (texts.say("face_comes_with"), details.comes_with),
    )


def _point(texts: Texts, one: ContactPoint) -> str:
    ways = ((one.may_voicemail, "may_voicemail"), (one.may_text, "may_text"))
    may = ", ".join(texts.say(name) for is_allowed, name in ways if is_allowed) or texts.say("may_none")
    if one.do_not_mention_us:
        may = texts.say("may_not_mention")
    return f"{one.with_owner}: {may}"


def _email(texts: Texts, one: ContactPoint) -> str:
    hushed = f": {texts.say('may_not_mention')}" if one.do_not_mention_us else ""
    return f"{one.with_owner}{hushed}"


def relation(texts: Texts, one: Relation) -> str:
    """Who it is and what they are to the person, save where the label beside it says so."""
    name = texts.say("sealed") if one.name == SEALED_NAME else one.name
    kind = "" if one.kind == EMERGENCY_CONTACT else texts.within("relation", one.kind)
    return ", ".join(filter(None, (name, kind, one.phone, one.note)))


def _alerts(texts: Texts, facts: PersonFacts) -> tuple[tuple[str, str], ...]:
    live = facts.details.alerts_on(facts.now.date())
    return tuple((texts.word("alert_kind", one.kind), one.text) for one in live) or (("", texts.say("none")),)


def _team(texts: Texts, facts: PersonFacts, allowed: Collection[str]) -> tuple[tuple[str, str], ...]:
    case, step = facts.case, facts.next_step
    tells_all = SUBSTANCE_USE.key in allowed
    goals = [one for one in case.goals if tells_all or not one.tells_substance_use] if case else []
    planned = ""
    if step is not None:
        clock = f" {spoken_time(step.at, texts.language)}" if step.at else ""
        is_quiet = step.referral is not None and step.referral.is_substance_use and not tells_all
        whom = "" if is_quiet else step.with_whom
        planned = ", ".join(filter(None, (f"{texts.day(step.on)}{clock}", step.what, whom)))
    opened = f"{case.number}, {texts.day(case.opened_on)}" if case else ""
    worker = ", ".join(filter(None, (facts.worker, facts.worker_phone))) if case else ""
    numbers = ", ".join(_number(texts, one) for one in facts.details.identifiers)
    return (
        (texts.say("face_case"), opened),
        (texts.say("face_worker"), worker),
        (texts.say("face_members"), ", ".join(case.team) if case else ""),
        (texts.say("face_goals"), "\n".join(f"“{one.statement}”" for one in goals)),
        (texts.say("face_next"), planned),
        (texts.say("face_numbers"), numbers[:1].upper() + numbers[1:]),
    )


def _referrals(texts: Texts, facts: PersonFacts, *, is_out: bool, allowed: Collection[str]) -> Listed:
    def row(one: Referral) -> tuple[str, ...]:
        since = texts.day(one.sent_on or one.created_on)
        return (one.to_name, one.need, texts.word("referral_step", one.step.value), since)

    shown = [one for one in facts.referrals if not one.is_substance_use or SUBSTANCE_USE.key in allowed]
    return Listed(
        title=texts.say("face_referrals"),
        header=tuple(texts.say("face_referrals_head").split("|")),
        rows=texts.say("left_out") if is_out else tuple(row(one) for one in shown),
        shares=(0.36, 0.3, 0.19, 0.15),
        when_empty=texts.say("none"),
    )


def _consents(texts: Texts, facts: PersonFacts, *, is_out: bool, allowed: Collection[str]) -> Listed:
    def row(one: Consent) -> tuple[str, ...]:
        return (
            ", ".join(one.details.recipients),
            words.kinds(texts, one),
            _until(texts, one),
        )

    shown = [
        one for one in facts.consents if not tells_substance_use(one.details) or SUBSTANCE_USE.key in allowed
    ]
    return Listed(
        title=texts.say("face_consents"),
        header=tuple(texts.say("face_consents_head").split("|")),
        rows=texts.say("left_out") if is_out else tuple(row(one) for one in shown),
        shares=(0.34, 0.46, 0.2),
        when_empty=texts.say("none"),
    )


def _basis(texts: Texts, facts: PersonFacts, basis: Basis, ground: Ground, consent: Consent | None) -> str:
    """On which ground the sheet leaves, in the words of the paper; the accounting keeps the ruling's own."""
    if basis is Basis.CONSENT and consent is not None:
        name = "basis_consent" if consent.details.expires_on else "basis_consent_event"
        signed = texts.day(consent.details.signed_on or consent.details.starts_on)
        return texts.say(name, signed=signed, until=_until(texts, consent))
    if basis is Basis.INSIDE and facts.details.is_restricted:
        return f"{texts.say('face_restricted')} {texts.say('basis_inside')}"
    nature = ground.emergency.nature.strip() if ground.emergency else ""
    return texts.say(_BASES[basis], nature=nature, reason=ground.reason.strip())


def _until(texts: Texts, consent: Consent) -> str:
    return texts.day(consent.details.expires_on) or consent.details.expiry_event


def _copy(texts: Texts, consent: Consent | None, facts: PersonFacts) -> tuple[tuple[str, str], ...]:
    """What 42 CFR 2.32(b) wants beside the notice: the consent, or what it says."""
    if consent is None:
        return ()
    recipient, what, until = texts.say("face_consents_head").split("|")
    return (
        (texts.say("face_called"), facts.name),
        (recipient, f"{', '.join(consent.details.recipients)}: {consent.details.purpose}"),
        (what, words.kinds(texts, consent)),
        (until, _until(texts, consent)),
    )
