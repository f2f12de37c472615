"""Letters and the what's-next card in words: fields filled, and which of them nobody recorded."""

from caseapp.documents.appointment_card import CardData
from caseapp.documents.person_letter import PersonLetterData
from caseapp.domain.contacts import Channel
from caseapp.domain.day_words import long_day
from caseapp.domain.errors import CaseAppError
from caseapp.domain.forms import Texts
from caseapp.domain.papers import PaperKind
from caseapp.services import paper_words as words
from caseapp.services.person_facts import NextStep, PersonFacts

_NAMES = {
    PaperKind.FOLLOW_UP_LETTER: "follow-up",
    PaperKind.MISSED_LETTER: "missed",
    PaperKind.CARING_LETTER: "caring",
}


class NothingPlanned(CaseAppError):
    """A what's-next card says what comes next, and nothing does."""

    code = "paper.nothing-planned"


class NoSuchLetter(CaseAppError):
    """The letter was taken away, or never was."""

    code = "paper.no-such-letter"


def letter(texts: Texts, kind: PaperKind, own: str, facts: PersonFacts, foot: str) -> PersonLetterData:
    """The letter with every field filled.

    What is not recorded says so within a sentence, and takes its line away where that is a label and nothing.
    `own` is the key of a letter of our own. Raises NoSuchLetter.
    """
    values, name = fields(texts, facts), name_of(texts, kind, own)
    unknown = lacking(texts, kind, own, facts)
    address = (facts.formal_name if facts.is_named else "", *facts.mail.splitlines())
    return PersonLetterData(
        language=texts.language,
        agency=words.agency_line(facts.agency),
        title=texts.say(f"{name}_title", **values),
        day=values["today"],
        address=tuple(filter(None, address)),
        greeting=texts.say("greeting" if facts.is_named else "greeting_unnamed", **values),
        text=texts.say_known(f"{name}_text", unknown, **values),
        crisis=texts.say("crisis", **values),
        closing=texts.say("closing", **values),
        signed=texts.say("signed", **values),
        foot=foot,
    )


def fields(texts: Texts, facts: PersonFacts) -> dict[str, str]:
    """What a letter may fill in."""
    missing, step = texts.say("not_recorded"), facts.next_step
    values = {
        "name": facts.formal_name if facts.is_named else "",
        "worker": facts.worker,
        "worker_phone": _unbroken(facts.phone),
        "agency": facts.agency.name,
        "agency_phone": _unbroken(facts.agency.phone),
        "next_day": words.spoken_day(step.on, step.at, texts.language) if step else "",
        "next_step": step.what if step else "",
        "place": place_of(step, facts, texts) if step else "",
        "today": long_day(facts.now.date(), with_year=True, language=texts.language),
    }
    return {name: value.strip() or missing for name, value in values.items()}


def _unbroken(phone: str) -> str:
    """A phone that stays on one line, to be read off and dialled."""
    return phone.replace(" ", "\N{NO-BREAK SPACE}")


def name_of(texts: Texts, kind: PaperKind, own: str) -> str:
    """How the names of a letter's texts start; raises NoSuchLetter."""
    name = _NAMES.get(kind, own)
    if kind not in _NAMES and f"{name}_text" not in texts.own:
        raise NoSuchLetter()
    return name


def lacking(texts: Texts, kind: PaperKind, own: str, facts: PersonFacts) -> tuple[str, ...]:
    """The fields that this letter asks for and nobody recorded."""
    asked = texts.places(f"{name_of(texts, kind, own)}_text", "greeting", "signed", "crisis", "closing")
    values, missing = fields(texts, facts), texts.say("not_recorded")
    return tuple(name for name in asked if values.get(name) == missing)


def next_card(texts: Texts, facts: PersonFacts, number: str) -> CardData:
    """The card of the soonest step; it does not say why. Raises NothingPlanned."""
    step = facts.next_step
    if step is None:
        raise NothingPlanned()
    missing = texts.say("not_recorded")
    is_quiet = step.referral is not None and step.referral.is_substance_use
    phone = (step.referral.to_phone if step.referral else "") or facts.phone
    bring = ", ".join(step.service.documents) if step.service else ""
    rows = (
        ("card_what", step.what) if step.referral is None else ("", ""),
        ("card_when", words.spoken_day(step.on, step.at, texts.language)),
        ("card_where", place_of(step, facts, texts)),
        ("card_with", step.with_whom),
        ("card_bring", bring) if step.referral is not None else ("", ""),
        ("card_cannot", texts.say("card_call", phone=phone) if phone else ""),
        ("card_worker", ", ".join(filter(None, (facts.worker, facts.phone)))),
    )
    return CardData(
        language=texts.language,
        title=texts.say("card_next_title"),
        lines=tuple((texts.say(name), value.strip() or missing) for name, value in rows if name),
        crisis=texts.say("crisis"),
        agency_line="" if is_quiet else words.agency_line(facts.agency),
        foot=number,
    )


def place_of(step: NextStep, facts: PersonFacts, texts: Texts) -> str:
    """Where it is; of a place that itself says what it treats, only the street."""
    if step.referral is not None:
        name = "" if step.referral.is_substance_use else step.referral.agency_name
        street = (step.service.address, step.service.city) if step.service else ()
        return ", ".join(filter(None, (name, *street)))
    if step.channel == Channel.OFFICE.value:
        return facts.agency.address
    told = {Channel.PHONE.value: "card_by_phone", Channel.VISIT.value: "card_visit"}.get(step.channel)
    return texts.say(told) if told else ""
