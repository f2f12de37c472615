"""Papers that go to the person, and those that name nobody, in the language that is read."""

from uuid import UUID

from caseapp.documents import appointment_card as card_document
from caseapp.documents import letter
from caseapp.documents import release as release_document
from caseapp.documents import resource_list as list_document
from caseapp.documents.page import Built
from caseapp.domain.access import Right
from caseapp.domain.disclosures import Law, SaysSubstanceUse, Subjects
from caseapp.domain.errors import CaseAppError
from caseapp.domain.referrals import show_reply_code
from caseapp.services import forms, way_out
from caseapp.services import paper_words as words
from caseapp.services.context import verb
from caseapp.services.disclosure_papers import DisclosurePapers
from caseapp.services.way_out import Paper, Printed
from caseapp.store.unit_of_work import UnitOfWork


class NoAppointment(CaseAppError):
    code = "paper.no-appointment"


class PaperService(DisclosurePapers):
    """Prints what the person holds, and lists for anybody."""

    @verb(Right.DISCLOSE)
    def release(self, *, person_id: UUID, consent_id: UUID | None = None, language: str = "en") -> Printed:
        """The release of information: of a consent on file, or blank to be filled in by hand."""

        def build(work: UnitOfWork, number: str) -> Built:
            consent = work.consents.get(consent_id) if consent_id else None
            if consent is not None and consent.person_id != person_id:
                consent = None
            texts = forms.texts_of(work, "release", language)
            strokes = words.strokes_of(work.consents.signature(consent.id)) if consent else ()
            name = self._name(work, person_id)
            data = words.filled_release(
                texts,
                work.agency.get(),
                name,
                consent,
                strokes,
                way_out.foot(self._context, number, language),
            )
            return release_document.build(data)

        return self._to_the_person(person_id, Paper("release", "Release of information", "release 1"), build)

    @verb(Right.DISCLOSE)
    def appointment_card(self, *, referral_id: UUID, language: str = "en") -> Printed:
        """A card for the pocket that does not say why; raises NoAppointment."""
        with self._context.read("paper.card") as work:
            referral = work.referrals.get(referral_id)
            self._context.open_person(work, referral.person_id, verb="paper.card")
        if referral.appointment_at is None:
            raise NoAppointment()
        local = referral.appointment_at.astimezone(self._context.zone)

        def build(work: UnitOfWork, number: str) -> Built:
            texts = forms.texts_of(work, "papers", language)
            service = work.directory.get(referral.service_id) if referral.service_id else None
            return card_document.build(words.card(texts, work.agency.get(), referral, service, local, number))

        paper = Paper("appointment-card", "Appointment card", "card 1")
        return self._to_the_person(referral.person_id, paper, build)

    @verb(Right.SEE_DIRECTORY)
    def resource_list(self, *, service_ids: tuple[UUID, ...], language: str = "en") -> bytes:
        """Places that can help, as a PDF that names nobody."""
        now = self._context.now().astimezone(self._context.zone)
        with self._context.read("paper.resources") as work:
            texts = forms.texts_of(work, "papers", language)
            found = {one.id: one for one in work.directory.many(service_ids)}
            places = tuple(words.place(texts, found[one], now) for one in service_ids if one in found)
            agency = work.agency.get()
        data = list_document.ResourceListData(
            language=language,
            agency=words.agency_line(agency),
            title=texts.say("resources_title"),
            places=places,
            crisis=texts.say("crisis"),
            foot=f"{agency.name}, {texts.day(now.date())}",
        )
        return list_document.build(data).pdf

    @verb(Right.SEE_CASES)
    def chase_page(self, *, to_name: str, language: str = "en") -> bytes:
        """A page for one agency that owes answers: by reply code alone, so that it names nobody."""
        today = self._context.today()
        with self._context.read("paper.chase") as work:
            texts, agency = forms.texts_of(work, "papers", language), work.agency.get()
            waiting = self._context.only_open(
                work,
                [one for one in work.referrals.open() if one.agency_name == to_name and one.is_waiting],
                lambda one: one.person_id,
            )
        rows = tuple(
            (
                show_reply_code(one.reply_code),
                texts.day(one.sent_on),
                str(words.days_words(one, today)),
                " ",
            )
            for one in waiting
        )
        header = tuple(texts.say(name) for name in ("chase_code", "chase_sent", "chase_days", "chase_answer"))
        phone = agency.phone or texts.say("not_recorded")
        return letter.build(
            letter.LetterData(
                language=language,
                agency=words.agency_line(agency),
                title=f"{to_name}: {texts.say('chase_title')}",
                text=texts.say("chase_text"),
                header=header,
                rows=rows,
                shares=(0.16, 0.18, 0.1, 0.56),
                after=(texts.say("send_back", agency=agency.name, phone=phone),),
                foot=f"{agency.name}, {texts.day(today)}",
            )
        ).pdf

    @verb(Right.DISCLOSE)
    def copy(self, *, subjects: Subjects, what: str) -> None:
        """Ask whether a row of a list may go to the clipboard, and write that it did.

        Raises Sealed, or SaysSubstanceUse: a clipboard carries no notice. Where the agency is a Part 2
        program, every row that names somebody says so.
        """
        if not subjects.people:
            return
        with self._context.write("paper.copy") as work:
            for person_id in subjects.people:
                self._context.open_person(work, person_id, verb="paper.copy")
            if subjects.says_substance_use or work.agency.get().law is Law.PART_2:
                work.note("refused", detail={"what": what}, subjects=tuple(subjects.people))
                work.commit()
                raise SaysSubstanceUse()
            work.note("copied", detail={"what": what}, subjects=tuple(subjects.people))
            work.commit()
