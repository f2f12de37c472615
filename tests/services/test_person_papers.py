"""Papers about a person: what stands on them, whom they may go to, and what is recorded of it."""

import io
from dataclasses import replace
from datetime import time, timedelta

import pytest
from pypdf import PdfReader

from caseapp.documents.handoff import PART2_STATEMENT
from caseapp.domain.access import NotAllowed, Role, Sealed
from caseapp.domain.cases import Goal
from caseapp.domain.consents import ConsentDetails, ConsentKind, InformationKind, SignatureKind
from caseapp.domain.contacts import Channel
from caseapp.domain.disclosures import Basis, ConsentMissing, Ground
from caseapp.domain.forms import (
    LANGUAGES,
    HardToRead,
    LetterNameTaken,
    LetterTextMissing,
    LetterUnnamed,
    UnknownPlaceholder,
)
from caseapp.domain.papers import LETTERS, Asked, BlankForm, OnlyToThePerson, PaperKind
from caseapp.domain.people import (
    Alert,
    ContactPoint,
    LivingSituation,
    Name,
    NameKind,
    PersonKind,
    PersonPlace,
    PointKind,
)
from caseapp.domain.referrals import Method
from caseapp.domain.relations import Relation
from caseapp.domain.shorthand import When
from caseapp.services.letter_words import NoSuchLetter, NothingPlanned
from caseapp.services.letters import NobodyToWriteTo
from caseapp.store import engine
from tests import builders
from tests.builders import HOSTILE, TODAY, a_contact, a_person

CONSENT = Ground(Basis.CONSENT)
INSIDE = Ground(Basis.INSIDE)
NEED = "a quiet bed in withdrawal"
WRITTEN = (PaperKind.FACE_SHEET, PaperKind.SAFETY_PLAN, *LETTERS)
"""Papers that say a person's name."""


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def somebody(given="James", family="Okafor", **changes):
    values = {
        "places": (PersonPlace("usually-found", "Lincoln Park"), PersonPlace("mail", "12 Oak Street")),
        "alerts": (Alert("trigger", "loud rooms"), Alert("what-helps", "talk about the dog")),
        "relations": (Relation("emergency-contact", "Ada Okafor", "(541) 555-0143"),),
        "languages": ("English",),
    }
    return a_person(given, family, **{**values, **changes})


@pytest.fixture
def person_id(worker):
    return worker.people.add(details=somebody())


def plan(worker, person_id, what="Visit at the library", channel=Channel.VISIT):
    when = When(TODAY + timedelta(days=3))
    return worker.follow_ups.schedule(person_id=person_id, what=what, channel=channel, when=when)


def allow(worker, person_id, *kinds, kind=ConsentKind.RELEASE, to="Mill Clinic"):
    details = ConsentDetails(
        kind=kind,
        recipients=(to,) if isinstance(to, str) else to,
        purpose="treatment",
        information=frozenset(kinds),
        starts_on=TODAY,
        expires_on=TODAY + timedelta(days=30),
        discloser="Riverside",
        signed_on=TODAY,
        signature=SignatureKind.PAPER,
        right_to_revoke_told=True,
    )
    worker.consents.record(person_id=person_id, details=details)


class TestFaceSheet:
    def test_holds_what_is_known_and_says_what_is_not(self, worker, person_id):
        worker.cases.open_case(person_id=person_id, opened_from="call")
        plan(worker, person_id)
        text = text_of(
            worker.person_papers.print(asked=Asked(PaperKind.FACE_SHEET, person_id, ground=INSIDE)).pdf
        )
        for words in ("James Okafor", "Lincoln Park", "Ada Okafor", "loud rooms", "Visit at the library"):
            assert words in text
        assert "not recorded" in text and "voicemail" in text

    @pytest.mark.parametrize(("language", "hour"), [("en", "2:30 PM"), ("es", "2:30 p. m.")])
    def test_says_the_hour_of_what_comes_next_as_a_letter_does(self, worker, person_id, language, hour):
        when = When(TODAY + timedelta(days=3), time(14, 30))
        worker.follow_ups.schedule(
            person_id=person_id, what="Visit at the library", channel=Channel.VISIT, when=when
        )
        for kind in (PaperKind.FACE_SHEET, PaperKind.NEXT_STEPS):
            ground = INSIDE if kind is PaperKind.FACE_SHEET else Ground(Basis.TO_THE_PERSON)
            asked = Asked(kind, person_id, language, ground=ground)
            text = text_of(worker.person_papers.print(asked=asked).pdf)
            assert hour in text.replace("\xa0", " ") and "14:30" not in text, kind

    def test_that_stays_inside_is_in_the_journal_and_no_disclosure(self, worker, person_id):
        printed = worker.person_papers.print(asked=Asked(PaperKind.FACE_SHEET, person_id, ground=INSIDE))
        assert not printed.number and worker.papers.disclosures(person_id=person_id) == []

    def test_leaves_for_somebody_else_with_a_consent_alone_and_only_what_it_covers(self, worker, person_id):
        asked = Asked(PaperKind.FACE_SHEET, person_id, recipient="Mill Clinic", ground=CONSENT)
        with pytest.raises(ConsentMissing):
            worker.person_papers.print(asked=asked)
        allow(worker, person_id, InformationKind.IDENTITY, InformationKind.CONTACT)
        printed = worker.person_papers.print(asked=asked)
        text = text_of(printed.pdf)
        assert "Lincoln Park" in text and "loud rooms" not in text and "left out" in text
        told = worker.papers.disclosures(person_id=person_id)[0]
        assert told.number == printed.number and told.is_accounted and told.recipient == "Mill Clinic"

    def test_tells_a_substance_use_referral_only_by_a_consent_for_it_and_with_the_notice(
        self, worker, person_id
    ):
        worker.referrals.offer(
            person_id=person_id, need=NEED, method=Method.PACKET, place="Harbor Detox", is_substance_use=True
        )
        asked = Asked(PaperKind.FACE_SHEET, person_id, recipient="Mill Clinic", ground=CONSENT)
        every = frozenset(InformationKind)
        allow(worker, person_id, *(every - {InformationKind.SUBSTANCE_USE}))
        plain = text_of(worker.person_papers.print(asked=asked).pdf)
        assert NEED not in plain and "Harbor Detox" not in plain and PART2_STATEMENT not in plain
        allow(worker, person_id, *every, kind=ConsentKind.PART_2)
        told = text_of(worker.person_papers.print(asked=asked).pdf)
        assert NEED in " ".join(told.split()) and PART2_STATEMENT in told

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_holds_e_mail_and_the_day_of_death_and_calls_the_nameless_in_its_language(self, worker, language):
        dead = Name(NameKind.FORMER, "Jim", "Okafor", do_not_use=True)
        mail = ContactPoint(PointKind.EMAIL, "amara@example.org", do_not_mention_us=True)
        details = somebody(names=(dead,), points=(mail,), deceased_on=TODAY)
        asked = Asked(PaperKind.FACE_SHEET, worker.people.add(details=details), language, ground=INSIDE)
        text = text_of(worker.person_papers.preview(asked=asked).pdf)
        words = {
            "en": ("Unknown person", "amara@example.org: do not mention us", "died 24 Nov 2026"),
            "es": ("Persona sin", "amara@example.org: no mencione", "falleció el 24 nov 2026"),
        }
        assert all(one in text for one in words[language]) and "Jim" not in text

    def test_leaves_out_what_is_not_ticked(self, worker, person_id):
        asked = Asked(PaperKind.FACE_SHEET, person_id, left_out=frozenset({"reach"}), ground=INSIDE)
        assert "Lincoln Park" not in text_of(worker.person_papers.preview(asked=asked).pdf)

    def test_says_on_each_page_whom_it_is_about_by_initials_and_case(self, worker, person_id):
        worker.cases.open_case(person_id=person_id, opened_from="call")
        near = tuple(Relation("friend", f"Friend {number}") for number in range(60))
        seen = worker.people.open(person_id=person_id).person
        worker.people.change(
            person_id=person_id, details=replace(seen.details, relations=near), version=seen.version
        )
        asked = Asked(PaperKind.FACE_SHEET, person_id, ground=INSIDE)
        pages = PdfReader(io.BytesIO(worker.person_papers.print(asked=asked).pdf)).pages
        assert len(pages) > 1
        assert all("J. O., case 2026-00001" in page.extract_text() for page in pages)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_of_a_restricted_record_says_so_to_the_agencys_own_staff_alone(self, worker, language):
        hidden = worker.people.add(details=somebody(is_restricted=True))
        allow(worker, hidden, *InformationKind)
        asked = Asked(PaperKind.FACE_SHEET, hidden, language, recipient="Mill Clinic", ground=INSIDE)
        words = {"en": "Restricted record", "es": "Expediente restringido"}[language]
        assert words in text_of(worker.person_papers.print(asked=asked).pdf)
        for ground in (CONSENT, Ground(Basis.TO_THE_PERSON)):
            out = worker.person_papers.print(asked=replace(asked, ground=ground)).pdf
            assert words not in text_of(out)


class TestWhatTellsOfSubstanceUse:
    """To know of a goal, a consent or a home is to know of what it is for (42 CFR 2.11, 2.31)."""

    @pytest.fixture
    def told(self, worker):
        """Somebody of whom everything but a referral says so."""
        person_id = worker.people.add(
            details=somebody(living=(LivingSituation("205", TODAY - timedelta(days=9)),))
        )
        goals = (Goal("substance-use", "stay clean"), Goal("housing", "a room"))
        worker.cases.open_case(person_id=person_id, opened_from="call", goals=goals)
        allow(worker, person_id, *InformationKind, kind=ConsentKind.PART_2, to="Harbor Detox")
        return person_id

    def sheet(self, worker, person_id, language="en", **asked):
        values = {"recipient": "Mill Clinic", "ground": CONSENT, **asked}
        printed = worker.person_papers.print(asked=Asked(PaperKind.FACE_SHEET, person_id, language, **values))
        return " ".join(text_of(printed.pdf).split())

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_stays_where_no_consent_is_for_it(self, worker, told, language):
        allow(worker, told, *(frozenset(InformationKind) - {InformationKind.SUBSTANCE_USE}))
        text = self.sheet(worker, told, language)
        assert "a room" in text and "Lincoln Park" in text and PART2_STATEMENT not in text
        for words in ("stay clean", "Harbor Detox", "ubstance", "detox", "sustancias", "esintoxicación"):
            assert words not in text

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_goes_with_the_notice_and_the_consent_where_one_is(self, worker, told, language):
        text = self.sheet(worker, told, language, recipient="Harbor Detox")
        assert "stay clean" in text and PART2_STATEMENT in text
        for words in {"en": ("detox", "substance use"), "es": ("desintoxicación", "consumo de sustancias")}[
            language
        ]:
            assert words in text
        title = "The consent that goes with" if language == "en" else "El permiso que acompaña"
        assert title in text

    def test_can_be_left_out_by_hand(self, worker, told):
        text = self.sheet(worker, told, ground=INSIDE, left_out=frozenset({"substance-use"}))
        assert "stay clean" not in text and "Harbor Detox" not in text and "a room" in text

    def test_stands_on_the_sheet_that_stays_inside(self, worker, told):
        text = self.sheet(worker, told, ground=INSIDE)
        assert "stay clean" in text and "Harbor Detox" in text and "detox" in text


def test_letter_of_revocation_tells_nobody_who_else_was_named(worker, person_id):
    allow(worker, person_id, *InformationKind, kind=ConsentKind.PART_2, to=("Mill Clinic", "Harbor Detox"))
    consent_id = worker.consents.of_person(person_id=person_id)[0].id
    worker.consents.revoke(consent_id=consent_id, reason="changed their mind")
    printed = worker.papers.revocation_letter(consent_id=consent_id).pdf
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages]
    assert [("Mill Clinic" in page, "Harbor Detox" in page) for page in pages] == [
        (True, False),
        (False, True),
    ]
    assert all("James Okafor" in page and "Page 1 of 1" in page for page in pages)
    assert not any("changed their mind" in page for page in pages), "why is nobody else's business"


class TestNames:
    @pytest.fixture
    def renamed(self, worker):
        """A record under a name that a linked one says is never to be used."""
        old = worker.people.add(details=somebody("Jim", "Okafor"))
        dead = Name(NameKind.FORMER, "Jim", "Okafor", do_not_use=True)
        chosen = Name(NameKind.CHOSEN, "Amara", "Okafor")
        new = worker.people.add(details=somebody(names=(chosen, dead)))
        worker.links.link(left_id=old, right_id=new, reason="same phone")
        return old

    def test_never_to_be_used_stand_on_no_paper(self, worker, renamed):
        plan(worker, renamed)
        allow(worker, renamed, *InformationKind)
        consent_id = worker.consents.of_person(person_id=renamed)[0].id
        papers = [worker.person_papers.print(asked=Asked(kind, renamed)).pdf for kind in WRITTEN]
        papers.append(worker.papers.release(person_id=renamed, consent_id=consent_id).pdf)
        papers.append(worker.papers.accounting(person_id=renamed).pdf)
        worker.cases.open_case(person_id=renamed, opened_from="call")
        worker.contacts.log(details=a_contact(renamed))
        made = worker.work_papers
        papers += [made.caseload(only_mine=True), made.hand_over(), made.agenda()]
        worker.consents.revoke(consent_id=consent_id, reason="changed their mind")
        papers.append(worker.papers.revocation_letter(consent_id=consent_id).pdf)
        assert not any("Jim" in text_of(pdf) for pdf in papers)
        assert all("Amara" in text_of(pdf) for pdf in papers if "My appointment" not in text_of(pdf))
        told = worker.papers.disclosures(person_id=renamed)
        assert told and not any("Jim" in one.recipient for one in told)


class TestCard:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_what_comes_next_in_the_language_of_the_person(self, worker, person_id, language):
        plan(worker, person_id)
        card = worker.person_papers.print(asked=Asked(PaperKind.NEXT_STEPS, person_id, language))
        text = text_of(card.pdf)
        assert "988" in text and "911" in text
        assert ("Friday 27 November" if language == "en" else "viernes 27 de noviembre") in text

    def test_is_set_in_fourteen_points_or_more(self, worker, person_id):
        import pdfplumber

        plan(worker, person_id)
        card = worker.person_papers.print(asked=Asked(PaperKind.NEXT_STEPS, person_id)).pdf
        with pdfplumber.open(io.BytesIO(card)) as pdf:
            sizes = {letter["size"] for letter in pdf.pages[0].chars if letter["bottom"] < 700}
        assert min(sizes) >= 14

    def test_names_no_place_that_says_what_it_treats(self, worker, person_id):
        from caseapp.domain.referrals import LadderStep, Proof, Step

        made = worker.referrals.offer(
            person_id=person_id, need=NEED, method=Method.PACKET, place="Harbor Detox", is_substance_use=True
        )
        at = builders.NOW + timedelta(days=2)
        for step in (Step.ACCEPTED_BY_PERSON, Step.SENT, Step.APPOINTMENT):
            taken = LadderStep(
                step, TODAY, Proof.AGENCY_SAID, appointment_at=at if step is Step.APPOINTMENT else None
            )
            made = worker.referrals.take_step(referral_id=made.id, taken=taken, version=made.version)
        text = text_of(worker.person_papers.print(asked=Asked(PaperKind.NEXT_STEPS, person_id)).pdf)
        assert "Harbor" not in text and NEED not in text and "not recorded" in text

    def test_is_refused_with_a_sentence_while_nothing_is_planned(self, worker, person_id):
        with pytest.raises(NothingPlanned):
            worker.person_papers.preview(asked=Asked(PaperKind.NEXT_STEPS, person_id))

    @pytest.mark.parametrize("kind", [*LETTERS, PaperKind.NEXT_STEPS])
    def test_goes_to_nobody_but_the_person(self, worker, person_id, kind):
        plan(worker, person_id)
        with pytest.raises(OnlyToThePerson):
            worker.person_papers.print(asked=Asked(kind, person_id, recipient="Mill Clinic", ground=CONSENT))


class TestLetters:
    def test_leave_out_the_lines_of_what_nobody_knows(self, worker, person_id):
        for language, greeting, none in (
            ("en", "Dear James Okafor", "not recorded"),
            ("es", "James", "sin dato"),
        ):
            asked = Asked(PaperKind.FOLLOW_UP_LETTER, person_id, language)
            text = text_of(worker.person_papers.print(asked=asked).pdf)
            assert greeting in text and none not in text
            assert "Our next step" not in text and "Where:" not in text and "Cuándo" not in text

    def test_carry_their_whole_date_and_say_when_and_where_line_by_line(self, worker, person_id):
        at = When(TODAY + timedelta(days=3), time(15, 30))
        worker.follow_ups.schedule(person_id=person_id, what="Talk", channel=Channel.VISIT, when=at)
        said = {"en": ("Tuesday 24 November 2026", "Where: I come to see you You can call"),
                "es": ("martes 24 de noviembre de 2026", "3:30 p. m. Dónde: voy a verle Me puede")}  # fmt: skip
        for language, words in said.items():
            asked = Asked(PaperKind.FOLLOW_UP_LETTER, person_id, language)
            text = " ".join(text_of(worker.person_papers.preview(asked=asked).pdf).split())
            assert all(one in text for one in words)

    def test_call_nobody_by_how_they_look(self, worker):
        unknown = worker.people.add(
            details=somebody(kind=PersonKind.UNKNOWN, names=(), description="gray coat at the bridge")
        )
        for language, words in (("en", "Hello,"), ("es", "Hola:")):
            asked = Asked(PaperKind.CARING_LETTER, unknown, language)
            text = text_of(worker.person_papers.preview(asked=asked).pdf)
            assert words in text and "gray coat" not in text
        checked = worker.letters.check(kind=PaperKind.CARING_LETTER, person_ids=(unknown,)).letters
        assert "the person's name: not recorded" in checked[0].problems

    def test_hold_no_word_of_why(self, worker, person_id):
        worker.referrals.offer(
            person_id=person_id, need=NEED, method=Method.PACKET, place="Harbor Detox", is_substance_use=True
        )
        for kind in LETTERS:
            text = text_of(worker.person_papers.print(asked=Asked(kind, person_id)).pdf)
            assert NEED not in text and "Harbor" not in text

    def test_keep_markup_in_a_name_as_text(self, worker):
        hostile = "<b>Bob</b> {worker} & <img src='file:///etc/hostname'/>"
        person_id = worker.people.add(details=somebody(names=(Name(NameKind.LEGAL, hostile),)))
        text = text_of(worker.person_papers.print(asked=Asked(PaperKind.CARING_LETTER, person_id)).pdf)
        assert "".join(hostile.split()) in "".join(text.split())

    def test_are_checked_page_by_page_before_they_go(self, worker, person_id):
        hidden = worker.people.add(details=somebody("Ana", "Reyes", places=()))
        dead = worker.people.add(details=somebody("Leo", "Marsh", deceased_on=TODAY))
        odd = worker.people.add(details=somebody("Ivy😀", "Doe", languages=("Spanish",)))
        asked = (person_id, hidden, dead, odd)
        found = worker.letters.check(kind=PaperKind.CARING_LETTER, person_ids=asked)
        told = {one.person_id: "; ".join(one.problems) for one in found.letters}
        assert told[person_id] == "" and "mail is safe" in told[hidden] and "died" in told[dead]
        assert "cannot be printed" in told[odd]
        assert [one.page for one in found.letters] == [0, 1, 2, 3] and found.pages == 4
        assert len(PdfReader(io.BytesIO(found.pdf)).pages) == 4
        assert worker.papers.disclosures(person_id=person_id) == []

    def test_go_to_many_each_in_their_language_with_a_number_and_page_one_of_their_own(
        self, worker, person_id
    ):
        other = worker.people.add(details=somebody("Ana", "Reyes", languages=("Spanish",)))
        printed = worker.letters.print(kind=PaperKind.CARING_LETTER, person_ids=(person_id, other))
        first, second = (page.extract_text() for page in PdfReader(io.BytesIO(printed.pdf)).pages)
        assert "Dear James" in first and "Hola, Ana" in second
        assert "Page 1 of 1" in first and "Página 1 de 1" in second
        for page, person, number in zip((first, second), (person_id, other), printed.numbers, strict=True):
            assert number in page
            (told,) = worker.papers.disclosures(person_id=person)
            assert told.number == number and told.recipient_address == "12 Oak Street"

    def test_stop_before_any_is_recorded(self, worker, person_id):
        from caseapp.services.letters import LettersStopped

        other = worker.people.add(details=somebody("Ana", "Reyes"))
        with pytest.raises(LettersStopped):
            worker.letters.print(
                kind=PaperKind.CARING_LETTER,
                person_ids=(person_id, other),
                progress=lambda _words, done, _total: done < 2,
            )
        assert worker.papers.disclosures(person_id=person_id) == []

    def test_let_others_save_while_they_are_looked_at(self, database_file, monkeypatch):
        """The pages of a whole caseload were made under the lock of the file."""
        monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 200)
        signed_in = builders.open_as_administrator(database_file)
        worker = builders.services_as(signed_in, Role.SOCIAL_WORKER)
        people = [worker.people.add(details=somebody(name, "Reyes")) for name in ("Ana", "Ben")]

        def save(_words, done, _all):
            return bool(worker.people.add(details=somebody("Kim", str(done))))

        found = worker.letters.check(kind=PaperKind.CARING_LETTER, person_ids=tuple(people), progress=save)
        assert len(found.letters) == 2 and len(worker.people.recent()) == 4
        assert [one.verb for one in builders.journaled(worker, *people)].count("letters.check") == 1
        signed_in.close()

    def test_reach_linked_records_once_and_a_sealed_person_never(self, worker, signed_in, person_id):
        twin = worker.people.add(details=somebody("Jim", "Okafor"))
        worker.links.link(left_id=person_id, right_id=twin, reason="same phone")
        sealed = worker.people.add(details=somebody("Zoe", "Zed", is_restricted=True))
        other = builders.services_as(signed_in, Role.SOCIAL_WORKER)
        found = other.letters.check(kind=PaperKind.CARING_LETTER, person_ids=(person_id, twin, sealed))
        assert len(found.letters) == 1 and "Zoe" not in text_of(found.pdf)
        with pytest.raises(NobodyToWriteTo):
            other.letters.print(kind=PaperKind.CARING_LETTER, person_ids=(sealed,))
        with pytest.raises(Sealed):
            other.person_papers.preview(asked=Asked(PaperKind.CARING_LETTER, sealed))


class TestSafetyPlanAndBlankForms:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_plan_starts_from_what_is_known_and_fits_a_page(self, worker, person_id, language):
        pdf = worker.person_papers.print(asked=Asked(PaperKind.SAFETY_PLAN, person_id, language)).pdf
        text = text_of(pdf)
        for words in ("loud rooms", "talk about the dog", "(541) 555-0143", "988"):
            assert words in text
        assert len(PdfReader(io.BytesIO(pdf)).pages) == 1

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_plan_of_somebody_with_all_that_it_asks_fits_a_page(self, worker, language):
        alerts = tuple(Alert(kind, f"word {n}") for kind in ("trigger", "what-helps") for n in range(3))
        near = tuple(Relation(kind, "Ada Okafor", "555-0143") for kind in ("family", "friend", "partner"))
        person_id = worker.people.add(details=somebody(alerts=alerts, relations=near))
        pdf = worker.person_papers.print(asked=Asked(PaperKind.SAFETY_PLAN, person_id, language)).pdf
        assert len(PdfReader(io.BytesIO(pdf)).pages) == 1

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("form", list(BlankForm))
    def test_blank_form_fits_a_page_and_names_nobody(self, worker, person_id, form, language):
        pdf = worker.person_papers.blank(form=form, language=language)
        reader = PdfReader(io.BytesIO(pdf))
        assert len(reader.pages) == 1 and "Okafor" not in text_of(pdf)
        assert reader.trailer["/Root"]["/Lang"] == {"en": "en-US", "es": "es-US"}[language]


class TestSafetyPlan:
    def test_prints_the_newest_plan_and_fills_what_it_leaves_open_from_the_record(self, worker, person_id):
        older = {"signs": "an older sign", "self": "walk"}
        newest = {"signs": "no sleep\nloud <voices>", "places": "the library", "surroundings": "Ada keeps it"}
        for answers in (older, newest):
            worker.assessments.record(person_id=person_id, instrument="safety-plan", answers=answers)
        pdf = worker.person_papers.print(asked=Asked(PaperKind.SAFETY_PLAN, person_id, ground=INSIDE)).pdf
        text = text_of(pdf)
        for words in ("no sleep", "loud <voices>", "the library", "Ada keeps it", "talk about the dog"):
            assert words in text
        assert "an older sign" not in text and "loud rooms" not in text

    def test_keeps_the_plan_back_where_it_may_not_leave(self, worker, person_id):
        worker.assessments.record(
            person_id=person_id, instrument="safety-plan", answers={"signs": "no sleep"}
        )
        allow(worker, person_id, InformationKind.IDENTITY)
        asked = Asked(PaperKind.SAFETY_PLAN, person_id, recipient="Mill Clinic", ground=CONSENT)
        text = text_of(worker.person_papers.print(asked=asked).pdf)
        assert "James Okafor" in text and "no sleep" not in text


class TestTextsOfTheAgency:
    def test_are_shown_on_the_real_page_before_they_are_saved(self, admin):
        sample = admin.form_samples.page(
            form="letters", language="en", name="caring_text", text="Warm thoughts from {agency}."
        )
        assert "Warm thoughts from Riverside Follow-up" in text_of(sample.pdf)
        assert sample.reads_at is not None
        lines = admin.forms.lines(form="letters", language="en")
        assert not any(one.own for one in lines)

    def test_each_have_a_page(self, admin):
        for form in ("letters", "papers", "sheets", "release"):
            for one in admin.forms.lines(form=form, language="es")[::9]:
                assert admin.form_samples.page(form=form, language="es", name=one.name, text="").pdf

    def test_may_use_every_field_of_a_letter_and_no_other(self, admin, worker, person_id):
        admin.forms.put(form="letters", language="en", name="caring_text", text="Come to {place}, {name}.")
        text = text_of(worker.person_papers.print(asked=Asked(PaperKind.CARING_LETTER, person_id)).pdf)
        assert "Come to not recorded, James Okafor." in text
        with pytest.raises(UnknownPlaceholder):
            admin.forms.put(form="letters", language="en", name="caring_text", text="Your {diagnosis}")

    def test_may_be_a_letter_that_nobody_shipped(self, admin, worker, person_id):
        made = admin.forms.add_letter(title="Winter  shelter")
        with pytest.raises(LetterNameTaken):
            admin.forms.add_letter(title="winter shelter")
        with pytest.raises(LetterUnnamed):
            admin.forms.add_letter(title=" - ")
        with pytest.raises(NotAllowed):
            worker.forms.add_letter(title="Mine")
        for language, text in (("en", "A bed is free, <b>{name}</b>."), ("es", "Hay una cama, {name}.")):
            admin.forms.put(form="letters", language=language, name=made.names[1], text=text)
        with pytest.raises(LetterTextMissing):
            admin.forms.put(form="letters", language="en", name=made.names[1], text=" ")
        with pytest.raises(UnknownPlaceholder):
            admin.forms.put(form="letters", language="en", name=made.names[1], text="Your {diagnosis}")
        asked = Asked(PaperKind.OWN_LETTER, person_id, letter=made.key)
        assert "A bed is free, <b>James Okafor</b>." in text_of(worker.person_papers.print(asked=asked).pdf)
        ana = worker.people.add(details=somebody("Ana", "Reyes", languages=("Spanish",)))
        pages = worker.letters.print(kind=PaperKind.OWN_LETTER, own=made.key, person_ids=(ana,))
        assert "Hay una cama, Ana Reyes." in text_of(pages.pdf)
        assert [one.what for one in worker.papers.disclosures(person_id=ana)] == ["Winter shelter"]
        assert worker.forms.own_letters() == (made,)
        admin.forms.take_letter(key=made.key)
        with pytest.raises(NoSuchLetter):
            worker.person_papers.preview(asked=asked)

    def test_of_the_card_stay_easy_to_read(self, admin):
        hard = (
            "Notwithstanding unforeseeable circumstances, immediately notify administrative representatives"
        )
        with pytest.raises(HardToRead):
            admin.forms.put(form="papers", language="en", name="card_cannot", text=f"{hard} {hard} {hard}")

    def test_are_changed_and_previewed_by_an_administrator_alone(self, worker):
        with pytest.raises(NotAllowed):
            worker.form_samples.page(form="letters", language="en", name="caring_text", text="x")


def test_prints_a_record_of_hostile_words_whole(worker):
    """A note of 10,000 letters and markup in every field of a face sheet."""
    long = "word " * 2_000 + "endofnote"
    person_id = worker.people.add(
        details=somebody(
            names=(Name(NameKind.LEGAL, HOSTILE),),
            alerts=(Alert("safety", long),),
            comes_with="<para>a dog</para>",
        )
    )
    text = text_of(
        worker.person_papers.print(asked=Asked(PaperKind.FACE_SHEET, person_id, ground=INSIDE)).pdf
    )
    assert "endofnote" in text and "<para>a dog</para>" in text and "<b>O'Brien</b>" in text


def test_foot_of_a_paper_for_inside_use_has_no_number(worker, person_id):
    pdf = worker.person_papers.print(asked=Asked(PaperKind.FACE_SHEET, person_id, ground=INSIDE)).pdf
    assert "2026-0000" not in text_of(pdf)


def test_paper_of_an_auditor_is_refused(signed_in, person_id):
    with pytest.raises(NotAllowed):
        builders.services_as(signed_in, Role.AUDITOR).person_papers.print(
            asked=replace(Asked(PaperKind.FACE_SHEET, person_id), ground=INSIDE)
        )
