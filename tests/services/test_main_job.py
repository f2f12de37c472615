"""From a call to a printed handoff, each verb on a real encrypted file."""

import io
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from caseapp.domain.access import NotAllowed, Role
from caseapp.domain.cases import CaseAlreadyOpen
from caseapp.domain.consents import ConsentKind, InformationKind
from caseapp.domain.contacts import Channel, InFuture, NobodyNamed, Outcome
from caseapp.domain.disclosures import Basis, ConsentMissing, Ground
from caseapp.domain.errors import StaleRecord, WorkedOnSince
from caseapp.domain.follow_ups import Due
from caseapp.domain.notes import NoteLocked, NotTheAuthor
from caseapp.domain.people import Name, NameKind
from caseapp.domain.referrals import LadderStep, Method, PlaceMissing, Proof, Step, show_reply_code
from caseapp.domain.shorthand import When
from caseapp.services.contacts import NextStep
from caseapp.services.links import JudgedDifferent
from tests.builders import (
    HOSTILE,
    NOW,
    TODAY,
    a_call,
    a_consent,
    a_contact,
    a_person,
    an_encounter,
    services_as,
)


@pytest.fixture
def person_id(worker):
    return worker.people.add(details=a_person())


class TestPeople:
    @pytest.mark.parametrize(
        "query",
        [
            "okafor",
            "James Okafor",
            "okaf jam",
            "OKÁFOR",
            "541-555-0142",
            "555 0142",
            "3/2/1976",
            "1976-03-02",
            "ocafor",
        ],
    )
    def test_are_found_by_any_part_of_what_is_known(self, worker, person_id, query):
        assert [hit.record_id for hit in worker.search.find(query=query) if hit.kind == "person"] == [
            person_id
        ]

    @pytest.mark.parametrize(
        "query", ["", "%", '"', "'; DROP TABLE person; --", "*", "_", "NEAR(", "x" * 500, "\x00"]
    )
    def test_are_not_found_by_signs_and_nothing_breaks(self, worker, person_id, query):
        assert worker.search.find(query=query) == []

    def test_are_found_by_the_number_of_their_call(self, worker, person_id):
        call_id = worker.calls.add(call=a_call())
        worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=person_id)
        assert {hit.kind for hit in worker.search.find(query="26-118204")} == {"person", "call"}

    def test_keep_both_edits_apart(self, worker, person_id):
        version = worker.people.open(person_id=person_id).person.version
        worker.people.change(person_id=person_id, details=a_person("Jim"), version=version)
        with pytest.raises(StaleRecord):
            worker.people.change(person_id=person_id, details=a_person("Bob"), version=version)
        assert worker.people.open(person_id=person_id).person.details.names[0].given == "Jim"

    def test_are_one_on_the_screen_when_linked_and_two_again_after(self, worker, person_id):
        other = worker.people.add(details=a_person("Jamie", "Okafor"))
        worker.contacts.log(details=a_contact(other))
        before = worker.people.open(person_id=person_id)
        worker.links.link(left_id=person_id, right_id=other, reason="same phone")
        assert len(worker.people.open(person_id=person_id).timeline) == len(before.timeline) + 1
        worker.links.unlink(left_id=person_id, right_id=other)
        assert worker.people.open(person_id=person_id).timeline == before.timeline

    def test_are_not_linked_against_a_judgement(self, worker, person_id):
        other = worker.people.add(details=a_person("Jamie"))
        third = worker.people.add(details=a_person("Jim"))
        worker.links.judge_different(left_id=person_id, right_id=third, reason="met both")
        worker.links.link(left_id=person_id, right_id=other, reason="same phone")
        with pytest.raises(JudgedDifferent):
            worker.links.link(left_id=other, right_id=third, reason="same phone")

    def test_keep_hostile_words_as_they_are(self, worker):
        person_id = worker.people.add(details=a_person(names=(Name(NameKind.LEGAL, HOSTILE),)))
        assert worker.people.open(person_id=person_id).person.details.names[0].given == HOSTILE


class TestCalls:
    def test_offer_the_known_person_with_reasons_and_take_the_link_back(self, worker, person_id):
        call_id = worker.calls.add(call=a_call())
        encounter_id = worker.encounters.add(call_id=call_id, details=an_encounter("Jim Okafor"))
        found = worker.encounters.candidates(encounter_id=encounter_id)
        assert found[0].person_id == person_id and "first name a known short form" in found[0].reasons
        worker.encounters.link(encounter_id=encounter_id, person_id=person_id)
        assert worker.people.open(person_id=person_id).calls.within(7) == 1
        worker.encounters.unlink(encounter_id=encounter_id, person_id=person_id)
        assert worker.people.open(person_id=person_id).calls.within(365) == 0


class TestContacts:
    def test_close_the_follow_up_they_answer_and_plan_the_next(self, worker, person_id):
        follow_up_id = worker.follow_ups.schedule(
            person_id=person_id, what="Day 7", channel=Channel.PHONE, when=When(TODAY)
        )
        step = NextStep("Ride to intake", Channel.VISIT, When(TODAY + timedelta(days=1)))
        logged = worker.contacts.log(details=a_contact(person_id, follow_up_id=follow_up_id), next_step=step)
        assert [one.what for one in worker.follow_ups.planned(person_id=person_id)] == ["Ride to intake"]
        worker.contacts.take_back(logged=logged)
        assert [one.what for one in worker.follow_ups.planned(person_id=person_id)] == ["Day 7"]

    def test_are_not_taken_back_over_what_a_colleague_did_since(self, worker, signed_in, person_id):
        follow_up_id = worker.follow_ups.schedule(
            person_id=person_id, what="Day 7", channel=Channel.PHONE, when=When(TODAY)
        )
        step = NextStep("Ride to intake", Channel.VISIT, When(TODAY + timedelta(days=1)))
        details = a_contact(person_id, outcome=Outcome.LEFT_MESSAGE, follow_up_id=follow_up_id)
        logged = worker.contacts.log(details=details)
        colleague = services_as(signed_in, Role.SOCIAL_WORKER)
        colleague.follow_ups.cancel(follow_up_id=follow_up_id, reason="moved away")
        with pytest.raises(WorkedOnSince):
            worker.contacts.take_back(logged=logged)
        planned = worker.contacts.log(details=a_contact(person_id), next_step=step)
        colleague.contacts.log(details=a_contact(person_id, follow_up_id=planned.next_ids[0]))
        with pytest.raises(WorkedOnSince):
            worker.contacts.take_back(logged=planned)
        assert worker.follow_ups.planned(person_id=person_id) == []

    def test_are_not_taken_back_once_signed_or_written_anew(self, worker, signed_in, person_id):
        signed, changed = (worker.contacts.log(details=a_contact(person_id)) for _ in range(2))
        worker.notes.sign(contact_id=signed.contact_id)
        worker.contacts.change(contact_id=changed.contact_id, details=a_contact(person_id), version=1)
        with pytest.raises(NoteLocked):
            worker.contacts.take_back(logged=signed)
        with pytest.raises(WorkedOnSince):
            worker.contacts.take_back(logged=changed)
        kept = worker.contacts.log(details=a_contact(person_id))
        with pytest.raises(NotTheAuthor):
            services_as(signed_in, Role.SOCIAL_WORKER).contacts.take_back(logged=kept)
        assert len(worker.people.open(person_id=person_id).timeline) == 3

    def test_move_the_follow_up_after_an_attempt(self, worker, person_id):
        follow_up_id = worker.follow_ups.schedule(
            person_id=person_id, what="Day 7", channel=Channel.PHONE, when=When(TODAY)
        )
        worker.contacts.log(
            details=a_contact(person_id, outcome=Outcome.LEFT_MESSAGE, follow_up_id=follow_up_id)
        )
        left = worker.follow_ups.planned(person_id=person_id)
        assert [(one.due_on, one.attempts) for one in left] == [(TODAY + timedelta(days=1), 1)]

    def test_refuse_tomorrow_and_nobody_and_save_nothing(self, worker, person_id):
        with pytest.raises(InFuture):
            worker.contacts.log(details=a_contact(person_id, at=NOW + timedelta(hours=1)))
        with pytest.raises(NobodyNamed):
            worker.contacts.log(details=a_contact())
        assert worker.people.open(person_id=person_id).timeline == ()

    def test_forget_the_draft_of_the_person_they_save(self, worker, person_id):
        worker.drafts.keep(form="contact", person_id=person_id, content={"notes": {"Note": "half a thou"}})
        assert worker.drafts.get(form="contact", person_id=person_id).content["notes"] == {
            "Note": "half a thou"
        }
        assert worker.drafts.get(form="contact", person_id=None) is None
        worker.contacts.log(details=a_contact(person_id))
        assert worker.drafts.get(form="contact", person_id=person_id) is None


class TestCases:
    def test_stand_on_today_without_a_next_step(self, worker, person_id):
        worker.cases.open_case(person_id=person_id, opened_from="call")
        assert [one.person_id for one in worker.overview.tallies()[0].rows] == [person_id]
        worker.follow_ups.schedule(person_id=person_id, what="Call", channel=Channel.PHONE, when=When(TODAY))
        page = worker.today.page()
        assert page.count(Due.TODAY) == len(page.due) == 1 and not worker.overview.tallies()[0].rows

    def test_are_one_at_a_time(self, worker, person_id):
        case = worker.cases.open_case(person_id=person_id, opened_from="call")
        with pytest.raises(CaseAlreadyOpen):
            worker.cases.open_case(person_id=person_id, opened_from="call")
        worker.cases.close(case_id=case.id, reason="moved", outcome="stable", version=case.version)
        assert worker.cases.open_case(person_id=person_id, opened_from="self").number == "2026-00002"


class TestHandoff:
    @pytest.fixture
    def referral(self, worker, person_id):
        call_id = worker.calls.add(call=a_call())
        worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=person_id)
        return worker.referrals.offer(
            person_id=person_id,
            need="a bed in detox",
            method=Method.WARM_BY_PHONE,
            place="Harbor Detox",
            is_substance_use=True,
            why_now="has been drinking since May",
        )

    def consent(self, worker, person_id, kind=ConsentKind.PART_2, information=frozenset(InformationKind)):
        return worker.consents.record(
            person_id=person_id,
            details=a_consent(kind=kind, information=information, expires_on=date(2027, 2, 22)),
        )

    def test_does_not_leave_without_a_consent(self, worker, referral, person_id):
        assert not worker.handoff.preview(referral_id=referral.id).ruling.may_leave
        with pytest.raises(ConsentMissing):
            worker.handoff.print(referral_id=referral.id)
        assert not any(
            entry.title.startswith("Warm") for entry in worker.people.open(person_id=person_id).timeline
        )

    def test_carries_the_notice_the_consent_and_the_code(self, worker, referral, person_id):
        self.consent(worker, person_id)
        printed = worker.handoff.print(referral_id=referral.id)
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.pdf)).pages)
        for words in (
            "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
            "The consent that goes with this handoff",
            show_reply_code(referral.reply_code),
            "James Okafor",
            "a bed in detox",
            "26-118204",
            printed.number,
        ):
            assert words in text
        left = next(e for e in worker.people.open(person_id=person_id).timeline if e.title.startswith("Warm"))
        assert printed.number in left.text

    def test_holds_the_substance_use_need_back_on_a_plain_release(self, worker, referral, person_id):
        self.consent(worker, person_id, ConsentKind.RELEASE)
        printed = worker.handoff.print(referral_id=referral.id)
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.pdf)).pages)
        assert "a bed in detox" not in text and "42 CFR part 2 prohibits" not in text
        assert "drinking" not in text
        assert "Left out, because no consent covers it: substance-use need and service." in text

    def test_names_nobody_where_the_consent_does_not_cover_who_it_is(self, worker, referral, person_id):
        self.consent(worker, person_id, information=frozenset({InformationKind.CALLS}))
        printed = worker.handoff.print(referral_id=referral.id)
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(printed.pdf)).pages]
        text = "\n".join(pages)
        assert "Okafor" not in text and "J. O." not in text and "26-118204" in text
        assert pages[0].count("left out") >= 7 and "drinking" not in text

    def test_tells_of_every_preview(self, worker, admin, referral):
        worker.handoff.preview(referral_id=referral.id)
        with admin.context.read("test") as work:
            newest = work.journal.newest(limit=1)[0]
        assert (newest.kind, newest.verb) == ("previewed", "handoff.preview")

    def test_stops_with_a_revoked_consent(self, worker, referral, person_id):
        consent_id = self.consent(worker, person_id)
        worker.consents.revoke(consent_id=consent_id, reason="changed mind")
        assert "revoked" in worker.handoff.preview(referral_id=referral.id).ruling.words

    def test_leaves_on_another_ground_only_by_right_and_reason(self, worker, admin, referral):
        ground = Ground(Basis.OTHER, reason="court order")
        with pytest.raises(NotAllowed):
            worker.handoff.print(referral_id=referral.id, ground=ground)
        assert admin.handoff.print(referral_id=referral.id, ground=ground).number

    def test_is_found_again_by_its_code(self, worker, referral):
        typed = show_reply_code(referral.reply_code).lower()
        assert worker.referrals.by_reply_code(text=typed) == referral.id
        assert worker.search.find(query=typed)[0].record_id == referral.id

    def test_climbs_the_ladder_once_for_each_reader(self, worker, referral):
        taken = LadderStep(Step.ACCEPTED_BY_PERSON, TODAY, Proof.PERSON_SAID)
        moved = worker.referrals.take_step(referral_id=referral.id, taken=taken, version=referral.version)
        assert moved.step is Step.ACCEPTED_BY_PERSON
        sent = LadderStep(Step.SENT, TODAY, Proof.PAPER_SEEN)
        with pytest.raises(StaleRecord):
            worker.referrals.take_step(referral_id=referral.id, taken=sent, version=referral.version)

    def test_needs_a_place(self, worker, person_id):
        with pytest.raises(PlaceMissing):
            worker.referrals.offer(person_id=person_id, need="bed", method=Method.SELF, place=" ")
