"""Papers about one person: previewed as they would print, then out by the one gate; blank forms for all."""

from collections.abc import Callable

from caseapp.documents import appointment_card, blank_forms, face_sheet, person_letter, release, safety_plan
from caseapp.documents.page import Built
from caseapp.domain.access import Right
from caseapp.domain.consents import Consent
from caseapp.domain.disclosures import Basis, Ruling
from caseapp.domain.forms import LANGUAGES, OwnLetter
from caseapp.domain.papers import TITLES, Asked, BlankForm, PaperKind, check_recipient, items_of
from caseapp.services import forms, letter_words, plan_words, sheet_words, way_out
from caseapp.services import paper_words as words
from caseapp.services.context import Context, Service, verb
from caseapp.services.person_facts import PersonFacts, read_facts
from caseapp.services.way_out import Paper, Preview, Printed
from caseapp.store.unit_of_work import UnitOfWork

_TEMPLATES = {
    PaperKind.FACE_SHEET: face_sheet.TEMPLATE,
    PaperKind.SAFETY_PLAN: safety_plan.TEMPLATE,
    PaperKind.NEXT_STEPS: "card 1",
}


class PersonPaperService(Service):
    """Previews and prints the papers of `PaperKind`, and forms to fill in by hand."""

    @verb(Right.DISCLOSE)
    def preview(self, *, asked: Asked) -> Preview:
        """The real pages, and in words why each piece may or may not go; the look is journaled.

        Raises Sealed, OnlyToThePerson, NothingPlanned, or what the ground lacks.
        """
        with self._context.write("person-paper.preview") as work:
            shown, _number = self._rule(work, asked)
            work.note("previewed", detail={"what": asked.kind.value}, subjects=(asked.person_id,))
            work.commit()
            return shown

    @verb(Right.DISCLOSE)
    def print(self, *, asked: Asked, previewed: Ruling | None = None, address: str = "") -> Printed:
        """Make the pages and record that they left; raises ConsentMissing or RulingChanged."""
        with self._context.write("person-paper.print") as work:
            shown, number = self._rule(work, asked)
            return way_out.let_out(
                work,
                person_id=asked.person_id,
                ruling=shown.ruling,
                previewed=previewed,
                recipient=shown.recipient,
                address=address,
                paper=paper_of(work, asked.kind, asked.letter),
                built=Built(shown.pdf, 0),
                number=number,
                ground=asked.ground,
            )

    @verb(Right.SEE_DIRECTORY)
    def blank(self, *, form: BlankForm, language: str = "en") -> bytes:
        """A form to fill in by hand, as a PDF that names nobody."""
        with self._context.read("person-paper.blank") as work:
            texts, agency = forms.texts_of(work, "sheets", language), work.agency.get()
            releases = forms.texts_of(work, "release", language)
        foot = f"{agency.name}, {texts.day(self._context.today())}"
        data = blank_forms.BlankData(language, words.agency_line(agency), texts.said(), foot)
        phone = agency.phone or texts.say("not_recorded")
        send_back = texts.say("send_back", agency=agency.name, phone=phone)
        make: dict[BlankForm, Callable[[], Built]] = {
            BlankForm.CONTACT: lambda: blank_forms.contact_record(data),
            BlankForm.REFERRAL: lambda: blank_forms.referral(data, send_back),
            BlankForm.RELEASE: lambda: release.build(
                words.filled_release(releases, agency, "", None, (), foot)
            ),
            BlankForm.SAFETY_PLAN: lambda: safety_plan.build(
                plan_words.safety_plan(texts, agency, None, foot)
            ),
        }
        return make[form]().pdf

    def _rule(self, work: UnitOfWork, asked: Asked) -> tuple[Preview, str]:
        check_recipient(asked)
        self._context.open_person(work, asked.person_id, verb="person-paper")
        facts = read_facts(self._context, work, asked.person_id)
        every = items_of(asked.kind, says_substance_use=facts.says_substance_use)
        items = tuple(item for item in every if item.key not in asked.left_out)
        recipient = self._recipient(asked, facts)
        ruling = way_out.rule(
            self._context,
            work,
            person_id=asked.person_id,
            items=items,
            recipient=recipient,
            ground=asked.ground,
            verb="person-paper",
        )
        number = way_out.next_number(self._context, work)
        built = Built(b"", 0)
        if ruling.may_leave:
            consent = work.consents.get(ruling.consent_id) if ruling.consent_id else None
            built = build(self._context, work, asked, facts, ruling, consent, number)
        return Preview(recipient, items, ruling, built.pdf, built.missing_glyphs), number

    def _recipient(self, asked: Asked, facts: PersonFacts) -> str:
        if asked.ground.basis is Basis.TO_THE_PERSON:
            return facts.name
        if asked.ground.basis is Basis.INSIDE:
            return asked.recipient.strip() or self._context.actor.name
        return asked.recipient.strip()


def paper_of(work: UnitOfWork, kind: PaperKind, own: str = "") -> Paper:
    """What a paper is called in the accounting; a letter of our own by its name."""
    title = TITLES[kind]
    if kind is PaperKind.OWN_LETTER:
        title = work.forms.own(forms.LETTERS_FORM, LANGUAGES[0])[OwnLetter(own, "").names[0]]
    return Paper(kind.value, title, _TEMPLATES.get(kind, person_letter.TEMPLATE))


def build(
    context: Context,
    work: UnitOfWork,
    asked: Asked,
    facts: PersonFacts,
    ruling: Ruling,
    consent: Consent | None,
    number: str,
) -> Built:
    """The pages of a paper with what the ruling lets out."""
    kind, shown = asked.kind, number if asked.ground.basis is not Basis.INSIDE else ""
    foot = way_out.foot(context, shown, asked.language)
    if kind.is_letter:
        texts = forms.texts_of(work, "letters", asked.language)
        return person_letter.build([letter_words.letter(texts, kind, asked.letter, facts, foot)])
    if kind is PaperKind.NEXT_STEPS:
        texts = forms.texts_of(work, "papers", asked.language)
        return appointment_card.build(letter_words.next_card(texts, facts, number))
    texts = forms.texts_of(work, "sheets", asked.language)
    allowed = {item.key for item in ruling.allowed}
    if kind is PaperKind.SAFETY_PLAN:
        return safety_plan.build(plan_words.safety_plan(texts, facts.agency, facts, foot, allowed))
    whom = facts.details if "person" in allowed else None
    about = words.about(texts, whom, facts.case.number if facts.case and "team" in allowed else "")
    foot = f"{about}    {foot}".strip()
    return face_sheet.build(sheet_words.face_sheet(texts, facts, ruling, consent, foot, asked.ground))
