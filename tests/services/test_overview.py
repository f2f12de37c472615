import io
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader

from caseapp.domain.access import NotAllowed, Role
from caseapp.domain.cases import Goal
from caseapp.domain.contacts import Channel, NoteText, Outcome
from caseapp.domain.overview import LISTS, Listed
from caseapp.domain.papers import Asked, PaperKind
from caseapp.domain.people import Alert, PersonPlace
from caseapp.domain.shorthand import When
from caseapp.services.cases import NewCase
from caseapp.services.contacts import NextStep
from tests.builders import HOSTILE, NOW, TODAY, a_call, a_contact, a_person, an_encounter, services_as


def seen_by(services, **asked):
    return {one.listed: one for one in services.overview.tallies(**asked)}


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture
def lead(signed_in):
    return services_as(signed_in, Role.SUPERVISOR)


@pytest.fixture
def peer(signed_in):
    return services_as(signed_in, Role.PEER_SPECIALIST)


@pytest.fixture
def person_id(worker):
    return worker.people.add(details=a_person(alerts=(Alert("safety", "Dog bites"),)))


def an_open_case(worker, person_id, *, on=None):
    step = NextStep("Call about the room", Channel.PHONE, When(on)) if on else None
    mine = worker.context.actor.staff_id
    return worker.cases.open_episode(
        new=NewCase(person_id, "self", mine, goals=(Goal("housing", "a door"),), first_step=step)
    )


class TestByRole:
    def test_each_role_sees_its_own_lists(self, worker, peer, lead, signed_in):
        own = {listed for listed, about in LISTS.items() if about.is_own}
        assert set(seen_by(worker)) == set(seen_by(peer)) == own
        assert set(seen_by(lead)) == set(LISTS)
        manager = services_as(signed_in, Role.PROGRAM_MANAGER)
        assert seen_by(manager)[Listed.NO_OUTCOME].spoils == "Outcome recorded"

    def test_a_supervisor_sees_what_waits_for_a_second_signature_and_who_is_quiet(
        self, worker, peer, lead, person_id
    ):
        made = peer.contacts.log(details=a_contact(person_id)).contact_id
        assert seen_by(lead)[Listed.TEAM_UNSIGNED].count == 1
        peer.notes.sign(contact_id=made)
        found = seen_by(lead)
        assert (found[Listed.TEAM_UNSIGNED].count, found[Listed.COSIGN].count) == (0, 1)
        case = an_open_case(worker, person_id)
        assert found[Listed.QUIET].count == seen_by(lead)[Listed.QUIET].count == 0
        quiet = worker.people.add(details=a_person("Ana", "Reyes"))
        an_open_case(worker, quiet)
        worker.contacts.log(details=a_contact(quiet, at=NOW - timedelta(days=20)))
        assert [one.title for one in seen_by(lead)[Listed.QUIET].rows] == ["Ana Reyes"]
        assert case.id in {one.subject for one in seen_by(worker)[Listed.NO_STEP].rows}

    def test_a_manager_sees_what_is_missing(self, worker, lead, person_id):
        call_id = worker.calls.add(call=a_call(received_at=NOW - timedelta(days=2), responses=()))
        worker.encounters.add(call_id=call_id, details=an_encounter("Jim"))
        worker.encounters.add(call_id=call_id, details=an_encounter(outcome="community"), person_id=person_id)
        an_open_case(worker, person_id)
        found = seen_by(lead)
        counts = {listed: found[listed].count for listed in found}
        for listed in (
            Listed.NOT_IDENTIFIED,
            Listed.NO_OUTCOME,
            Listed.NOT_SCREENED,
            Listed.NO_UNIT,
            Listed.NOT_DESCRIBED,
        ):
            assert counts[listed] == 1, listed
        assert "gender, race not recorded" in found[Listed.NOT_DESCRIBED].rows[0].second

    def test_the_cover_sees_the_exceptions_of_whoever_is_away(self, worker, lead, signed_in, person_id):
        an_open_case(worker, person_id)
        other = services_as(signed_in, Role.CLINICIAN)
        assert seen_by(other)[Listed.NO_STEP].count == 0
        who, cover = worker.context.actor.staff_id, other.context.actor.staff_id
        lead.transfers.add_absence(staff_id=who, from_on=TODAY, to_on=TODAY, cover_id=cover)
        assert seen_by(other)[Listed.NO_STEP].count == 1


class TestPapers:
    def test_the_caseload_says_risk_steps_and_what_is_late(self, worker, person_id):
        an_open_case(worker, person_id, on=TODAY + timedelta(days=1))
        text = text_of(worker.work_papers.caseload())
        for words in (
            "James Okafor",
            "Dog bites",
            "25 Nov: Call about the",
            "none waiting",
            "staff of this",
        ):
            assert words in text

    def test_the_hand_over_tells_the_day_and_no_words_of_notes(self, worker, person_id):
        contact = a_contact(person_id, outcome=Outcome.LEFT_MESSAGE, note=NoteText(parts={"Note": "secret"}))
        worker.contacts.log(details=contact)
        an_open_case(worker, person_id, on=TODAY)
        call_id = worker.calls.add(call=a_call(received_at=NOW - timedelta(hours=4)))
        worker.encounters.add(call_id=call_id, details=an_encounter("Jim"))
        worker.drafts.keep(form="contact", person_id=None, content={})
        text = text_of(worker.work_papers.hand_over(words=f"Look in at the camp. {HOSTILE}"))
        for words in (
            "Look in at the camp.",
            "left a message",
            "Call about the room",
            "4 h ago",
            "1 of mine",
        ):
            assert words in text
        assert "secret" not in text

    def test_the_review_sheet_is_the_leaders_and_stays_out_of_the_persons_file(self, worker, lead, person_id):
        an_open_case(worker, person_id)
        mine = worker.context.actor.staff_id
        with pytest.raises(NotAllowed):
            worker.work_papers.review(staff_id=mine)
        text = text_of(lead.work_papers.review(staff_id=mine))
        for words in ("Supervisor's review", "1 open case, ", "NO NEXT STEP", "0 of 1 met", "not acceptable"):
            assert words in text
        assert worker.papers.disclosures(person_id=person_id) == []

    def test_each_is_in_the_journal_of_everybody_it_names_and_leaves_sealed_people_out(
        self, worker, signed_in, person_id
    ):
        an_open_case(worker, person_id, on=TODAY)
        worker.work_papers.caseload()
        with worker.context.read("test") as work:
            assert [one.kind for one in work.journal.newest(limit=1)] == ["printed"]
        seen = worker.people.open(person_id=person_id).person
        worker.people.change(
            person_id=person_id, details=replace(seen.details, is_restricted=True), version=seen.version
        )
        other = services_as(signed_in, Role.SOCIAL_WORKER)
        for pdf in (other.work_papers.caseload(only_mine=False), other.work_papers.hand_over()):
            assert "Okafor" not in text_of(pdf)


def test_an_alert_that_expired_warns_on_no_screen_and_no_sheet(worker):
    alerts = (
        Alert("safety", "Dog bites", expires_on=TODAY - timedelta(days=1)),
        Alert("safety", "Steep stairs", expires_on=TODAY),
    )
    person_id = worker.people.add(details=a_person(alerts=alerts))
    an_open_case(worker, person_id, on=TODAY)
    (due,) = worker.today.page(only_mine=True).due
    assert due.warning == "Steep stairs"
    assert [one.text for one in worker.people.open(person_id=person_id).alerts] == ["Steep stairs"]
    for sheet in (worker.work_papers.caseload(only_mine=True), worker.work_papers.hand_over()):
        assert "Dog bites" not in text_of(sheet)
    assert "Steep stairs" in text_of(worker.work_papers.caseload(only_mine=True))


def test_a_place_is_told_until_the_day_on_which_it_is_left(worker):
    places = (
        PersonPlace("shelter", "Old Mill shelter", to_on=TODAY),
        PersonPlace("shelter", "River Street shelter", to_on=TODAY + timedelta(days=1)),
    )
    person_id = worker.people.add(details=a_person(places=places))
    an_open_case(worker, person_id, on=TODAY)
    sheet = worker.work_papers.caseload(only_mine=True)
    paper = worker.person_papers.print(asked=Asked(PaperKind.FACE_SHEET, person_id, "en")).pdf
    for text in (text_of(sheet), text_of(paper)):
        assert "River Street" in text and "Old Mill" not in text
