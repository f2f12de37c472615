"""How a text of a form will print, before it is saved: the real page, filled with an invented person."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from caseapp.documents import (
    appointment_card,
    blank_forms,
    face_sheet,
    letter,
    person_letter,
    release,
    safety_plan,
)
from caseapp.documents.page import Built
from caseapp.domain.access import Right
from caseapp.domain.births import Birth
from caseapp.domain.contacts import Channel
from caseapp.domain.disclosures import Basis, Ground, Ruling
from caseapp.domain.forms import Texts, check, is_of_own_letter
from caseapp.domain.papers import PaperKind, items_of
from caseapp.domain.people import Alert, ContactPoint, Name, NameKind, PersonDetails, PointKind
from caseapp.domain.people import PersonPlace as Place
from caseapp.domain.reading import grade
from caseapp.domain.staff import Agency
from caseapp.services import forms, letter_words, plan_words, sheet_words
from caseapp.services import paper_words as words
from caseapp.services.context import Service, verb
from caseapp.services.person_facts import NextStep, PersonFacts

FOOT = "Sample"
_LETTERS = {"missed": PaperKind.MISSED_LETTER, "caring": PaperKind.CARING_LETTER}
_INVENTED = PersonDetails(
    names=(Name(NameKind.LEGAL, "Sam", "Sample"),),
    birth=Birth(date(1980, 5, 12)),
    languages=("English",),
    points=(ContactPoint(PointKind.PHONE, "(541) 555-0142", may_voicemail=True),),
    places=(Place("usually-found", "Library"), Place("mail", "12 Sample Street\nSampletown 00000")),
    alerts=(Alert("trigger", "Loud rooms"), Alert("what-helps", "A walk outside")),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A page with the text in it; `reads_at` is the grade of what a person reads, None for staff's papers."""

    pdf: bytes
    reads_at: float | None


class FormSampleService(Service):
    """Previews texts of forms."""

    @verb(Right.CHANGE_AGENCY)
    def page(self, *, form: str, language: str, name: str, text: str) -> Sample:
        """The page that holds the text, as it would print; raises what `check` raises."""
        with self._context.read("form.sample") as work:
            texts = forms.texts_of(work, form, language)
            check(name, text, forms.known(texts), forms.fields_of(form))
            agency = work.agency.get()
        texts = replace(texts, own={**texts.own, name: text} if text else texts.own)
        now = self._context.now().astimezone(self._context.zone)
        facts = _invented(agency, now)
        built = _build(form, name, texts, facts)
        return Sample(built.pdf, _reads_at(form, name, texts, facts))


def _invented(agency: Agency, now: datetime) -> PersonFacts:
    at = (now + timedelta(days=3)).replace(hour=10, minute=0)
    return PersonFacts(
        person_id=UUID(int=0),
        agency=agency,
        details=_INVENTED,
        case=None,
        worker="Wendy Worker",
        worker_phone="(541) 555-0199",
        consents=(),
        referrals=(),
        next_step=NextStep(at.date(), at, "Talk about a room", "Wendy Worker", Channel.OFFICE.value),
        living="",
        now=now,
    )


def _build(form: str, name: str, texts: Texts, facts: PersonFacts) -> Built:
    if form == "letters":
        return person_letter.build([letter_words.letter(texts, *_letter(name), facts, FOOT)])
    if form == "release":
        return release.build(words.filled_release(texts, facts.agency, "", None, (), FOOT))
    if form == "papers":
        return _paper(name, texts, facts)
    make: dict[str, Callable[[], Built]] = {
        "plan_": lambda: safety_plan.build(plan_words.safety_plan(texts, facts.agency, facts, FOOT)),
        "blank_contact": lambda: blank_forms.contact_record(_blank(texts, facts)),
        "blank_": lambda: blank_forms.referral(_blank(texts, facts), texts.say("send_back")),
        "send_back": lambda: blank_forms.referral(_blank(texts, facts), texts.say("send_back")),
    }
    for start, page in make.items():
        if name.startswith(start):
            return page()
    items = items_of(PaperKind.FACE_SHEET, says_substance_use=False)
    ruling = Ruling(Basis.INSIDE, items, (), None, FOOT, needs_notice=False)
    return face_sheet.build(sheet_words.face_sheet(texts, facts, ruling, None, FOOT, Ground(Basis.INSIDE)))


def _letter(name: str) -> tuple[PaperKind, str]:
    """Which letter shows a text, and its key where it is our own."""
    start = name.split("_", 1)[0]
    if is_of_own_letter(name):
        return PaperKind.OWN_LETTER, start
    return _LETTERS.get(start, PaperKind.FOLLOW_UP_LETTER), ""


def _blank(texts: Texts, facts: PersonFacts) -> blank_forms.BlankData:
    return blank_forms.BlankData(texts.language, words.agency_line(facts.agency), texts.said(), FOOT)


def _paper(name: str, texts: Texts, facts: PersonFacts) -> Built:
    """The card, or a page that has the texts of the same paper one under the other."""
    if name.startswith(forms.CARD):
        return appointment_card.build(letter_words.next_card(texts, facts, FOOT))
    start = name.split("_", 1)[0]
    same = tuple(one for one in texts.shipped if one.split("_", 1)[0] == start)
    data = letter.LetterData(
        language=texts.language,
        agency=words.agency_line(facts.agency),
        title=texts.said().get(f"{start}_title", texts.said()[name]),
        text=texts.said().get(f"{start}_text", ""),
        foot=FOOT,
        after=tuple(texts.said()[one] for one in same if not one.endswith(("_title", "_text"))),
    )
    return letter.build(data)


def _reads_at(form: str, name: str, texts: Texts, facts: PersonFacts) -> float | None:
    """Letters, the card and the plan are read by the person."""
    if form == "letters":
        written = letter_words.letter(texts, *_letter(name), facts, FOOT)
        return grade("\n".join((written.text, written.crisis)), texts.language)
    if form == "papers" and name.startswith(forms.CARD):
        return forms.card_grade(texts)
    if form == "sheets" and name.startswith("plan_"):
        plan = [
            text for one, text in texts.said().items() if one.startswith("plan_") and one != "plan_source"
        ]
        return grade("\n".join(plan), texts.language)
    return None
