from dataclasses import replace
from datetime import timedelta

import pytest

from caseapp.domain.access import NotAllowed, Role
from caseapp.domain.cases import Goal
from caseapp.domain.errors import WorkedOnSince
from caseapp.domain.people import PersonKind
from caseapp.domain.shorthand import When
from caseapp.domain.triage import (
    AlreadyDecided,
    Ground,
    HasOpenCase,
    NobodyLinked,
    NoOpenCase,
    ReasonMissing,
    Rules,
    Standing,
    State,
)
from caseapp.system.messages import sentence_for
from tests.builders import NOW, TODAY, a_call, a_contact, a_person, an_encounter, services_as


@pytest.fixture
def call_id(worker):
    return worker.calls.add(call=a_call(received_at=NOW - timedelta(hours=5)))


@pytest.fixture
def person_id(worker):
    return worker.people.add(details=a_person())


@pytest.fixture
def met(worker, call_id, person_id):
    return worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=person_id)


@pytest.fixture
def lead(signed_in):
    return services_as(signed_in, Role.SUPERVISOR)


def waiting(services):
    return {one.encounter_id: one for one in services.triage.waiting()}


class TestTaking:
    def test_opens_a_case_with_a_first_step_by_the_clock_of_the_call(self, worker, met, person_id):
        assert waiting(worker)[met].grounds == (Ground.MODEL,)
        decided = worker.triage.take(encounter_id=met)
        assert met not in waiting(worker)
        row = worker.cases.caseload(only_mine=True)[0]
        assert (row.case.person_id, row.case.opened_from, row.next_step_on) == (
            person_id,
            "call",
            TODAY + timedelta(days=1),
        )
        with pytest.raises(AlreadyDecided):
            worker.triage.take(encounter_id=met)
        worker.triage.take_back(decided=decided)
        assert met in waiting(worker) and worker.cases.caseload() == []
        assert worker.follow_ups.planned() == []

    def test_of_somebody_unknown_keeps_them_in_the_queue_until_it_is_known_who(
        self, worker, call_id, person_id
    ):
        met = worker.encounters.add(call_id=call_id, details=an_encounter("Jim"))
        worker.triage.take(encounter_id=met)
        row = waiting(worker)[met]
        assert (row.state, row.taken_by_name) == (State.TAKEN, worker.context.actor.name)
        worker.encounters.link(encounter_id=met, person_id=person_id)
        worker.triage.take(encounter_id=met)
        assert met not in waiting(worker) and len(worker.cases.caseload()) == 1

    def test_a_late_step_is_due_today_and_not_in_the_past(self, worker, person_id):
        call_id = worker.calls.add(call=a_call("26-1", received_at=NOW - timedelta(hours=47)))
        met = worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=person_id)
        worker.triage.take(encounter_id=met)
        assert worker.follow_ups.planned()[0].due_on == TODAY

    def test_starts_the_protocol_of_the_rules_or_the_chosen_one_and_takes_it_back(self, worker, met, call_id):
        decided = worker.triage.take(encounter_id=met)
        (step,) = worker.follow_ups.planned()
        assert step.run_id is not None and step.encounter_id == met
        assert step.due_at == NOW + timedelta(hours=19) and step.latest_at == NOW + timedelta(hours=67)
        worker.triage.take_back(decided=decided)
        decided = worker.triage.take(encounter_id=met, protocol="four-contacts")
        assert len(worker.follow_ups.planned()) == 4
        worker.triage.take_back(decided=decided)
        assert worker.follow_ups.planned() == []
        worker.triage.take(encounter_id=met, protocol="")
        (step,) = worker.follow_ups.planned()
        assert step.run_id is None and step.due_at is None

    def test_plans_one_step_where_the_protocol_is_over_already(self, worker, person_id):
        call_id = worker.calls.add(call=a_call("26-3", received_at=NOW - timedelta(days=9)))
        met = worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=person_id)
        worker.triage.hand_over(encounter_id=met)
        worker.triage.take(encounter_id=met)
        (step,) = worker.follow_ups.planned()
        assert (step.run_id, step.due_on) == (None, TODAY)


class TestAssigning:
    def test_is_the_leaders_and_shows_who_carries_what(self, worker, lead, met):
        with pytest.raises(NotAllowed):
            worker.triage.assign(encounter_id=met, staff_id=worker.context.actor.staff_id)
        mine = worker.context.actor.staff_id
        lead.triage.assign(encounter_id=met, staff_id=mine)
        carried = {one.staff_id: one for one in lead.triage.loads()}
        assert (carried[mine].open_cases, carried[mine].this_week) == (1, 1)
        assert all(one.role != "administrator" for one in carried.values())
        assert lead.triage.loads()[-1].staff_id == mine


class TestMerging:
    def test_puts_the_call_into_the_open_case_with_a_step_for_its_worker(self, worker, lead, met, person_id):
        with pytest.raises(NoOpenCase):
            lead.triage.merge(encounter_id=met)
        case = worker.cases.open_case(person_id=person_id, opened_from="self")
        assert waiting(worker)[met].open_case == case.number
        with pytest.raises(HasOpenCase):
            lead.triage.take(encounter_id=met)
        decided = lead.triage.merge(encounter_id=met)
        step = worker.follow_ups.planned(only_mine=True)[0]
        assert "26-118204" in step.what and step.due_on == TODAY and step.encounter_id == met
        lead.triage.take_back(decided=decided)
        assert met in waiting(worker) and worker.follow_ups.planned() == []

    def test_needs_to_know_who_it_is(self, worker, call_id):
        met = worker.encounters.add(call_id=call_id, details=an_encounter("Jim"))
        with pytest.raises(NobodyLinked):
            worker.triage.merge(encounter_id=met)


class TestDeclining:
    def test_says_why_and_can_be_taken_back(self, worker, met):
        with pytest.raises(ReasonMissing):
            worker.triage.decline(encounter_id=met, reason=" ")
        decided = worker.triage.decline(encounter_id=met, reason="Lives outside our area")
        assert met not in waiting(worker)
        worker.triage.take_back(decided=decided)
        assert met in waiting(worker)


class TestUndoing:
    """A decision is taken back only while nobody decided otherwise or worked on what it made."""

    def test_loses_no_decision_of_a_colleague(self, worker, lead, call_id, person_id):
        met = worker.encounters.add(call_id=call_id, details=an_encounter("Jim"))
        decided = worker.triage.take(encounter_id=met)
        lead.triage.decline(encounter_id=met, reason="Lives outside our area")
        with pytest.raises(AlreadyDecided) as refused:
            worker.triage.take_back(decided=decided)
        assert met not in waiting(worker) and "it was declined" in sentence_for(refused.value)

    def test_loses_no_colleague_who_took_it_after_us(self, worker, lead, call_id):
        met = worker.encounters.add(call_id=call_id, details=an_encounter("Jim"))
        decided = worker.triage.take(encounter_id=met)
        lead.triage.take(encounter_id=met)
        with pytest.raises(AlreadyDecided):
            worker.triage.take_back(decided=decided)
        assert waiting(worker)[met].taken_by == lead.context.actor.staff_id

    @pytest.mark.parametrize("work", ["contact", "goal", "team", "step moved"])
    def test_loses_nothing_that_was_written_in_the_case_since(self, worker, lead, met, person_id, work):
        decided = worker.triage.take(encounter_id=met)
        (step,) = worker.follow_ups.planned()
        {
            "contact": lambda: lead.contacts.log(details=a_contact(person_id)),
            "goal": lambda: lead.cases.add_goal(case_id=decided.case_id, goal=Goal("housing", "A room")),
            "team": lambda: lead.cases.assign(
                case_id=decided.case_id, staff_id=lead.context.actor.staff_id, is_primary=False
            ),
            "step moved": lambda: lead.follow_ups.move(
                follow_up_id=step.id, when=When(TODAY + timedelta(days=2)), version=1
            ),
        }[work]()
        with pytest.raises(WorkedOnSince):
            worker.triage.take_back(decided=decided)
        assert len(worker.cases.caseload()) == 1 and met not in waiting(worker)

    def test_leaves_a_step_of_a_merged_call_that_was_done_since(self, worker, lead, met, person_id):
        worker.cases.open_case(person_id=person_id, opened_from="self")
        decided = lead.triage.merge(encounter_id=met)
        worker.contacts.log(details=replace(a_contact(person_id), follow_up_id=decided.follow_up_id))
        with pytest.raises(WorkedOnSince):
            lead.triage.take_back(decided=decided)


@pytest.mark.parametrize("decide", ["take", "decline", "assign"])
def test_nobody_whom_a_colleague_took_meanwhile_is_taken_from_them(worker, lead, call_id, decide):
    met = worker.encounters.add(call_id=call_id, details=an_encounter("Jim"))
    seen = waiting(lead)[met].standing
    worker.triage.take(encounter_id=met)
    more = {
        "take": {},
        "decline": {"reason": "Lives outside our area"},
        "assign": {"staff_id": lead.context.actor.staff_id},
    }[decide]
    with pytest.raises(AlreadyDecided):
        getattr(lead.triage, decide)(encounter_id=met, seen=seen, **more)
    assert waiting(lead)[met].taken_by == worker.context.actor.staff_id
    getattr(lead.triage, decide)(encounter_id=met, seen=waiting(lead)[met].standing, **more)


class TestHandingOver:
    @pytest.mark.parametrize("decide", ["take", "decline"])
    def test_undoes_no_decision_that_the_screen_did_not_show(self, worker, lead, met, decide):
        reason = {"reason": "Lives outside our area"} if decide == "decline" else {}
        getattr(lead.triage, decide)(encounter_id=met, **reason)
        with pytest.raises(AlreadyDecided):
            worker.triage.hand_over(encounter_id=met, seen=State.NEW)
        assert met not in waiting(worker)

    def test_puts_back_in_the_queue_what_the_screen_showed_as_declined(self, worker, lead, met):
        lead.triage.decline(encounter_id=met, reason="Lives outside our area")
        worker.triage.hand_over(encounter_id=met, seen=State.DECLINED)
        assert met in waiting(worker)

    def test_is_taken_back_to_the_decision_that_stood_before_with_its_reason(
        self, signed_in, worker, lead, met
    ):
        lead.triage.decline(encounter_id=met, reason="Lives outside our area")
        handed = worker.triage.hand_over(encounter_id=met, seen=State.DECLINED)
        worker.triage.dismiss(encounter_id=met, back_to=handed.before)
        assert met not in waiting(worker)
        with signed_in.context.read("test") as work:
            assert work.triage.standing(met) == Standing(State.DECLINED, "Lives outside our area")


class TestRules:
    def test_are_the_agencys_own(self, admin, worker, met, person_id, call_id):
        rules = admin.triage.rules()
        assert rules.within_hours == 48
        with pytest.raises(NotAllowed):
            worker.triage.change_rules(rules=rules)
        admin.triage.change_rules(rules=replace(rules, models=frozenset({"mobile-crisis"})))
        assert met not in waiting(worker)
        wishing = worker.encounters.add(call_id=call_id, details=an_encounter("Kim", follow_up_wished="yes"))
        unsafe = worker.encounters.add(call_id=call_id, details=an_encounter("Lee", injuries="minor"))
        found = waiting(worker)
        assert found[wishing].grounds == (Ground.WISH,) and found[unsafe].grounds == (Ground.SAFETY,)

    def test_count_calls_of_a_person_against_the_threshold(self, admin, worker, met, person_id):
        admin.triage.change_rules(rules=replace(Rules(), models=frozenset()))
        assert met not in waiting(worker)
        for number in range(2):
            call_id = worker.calls.add(
                call=a_call(f"26-9{number}", received_at=NOW - timedelta(days=5 + number))
            )
            worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=person_id)
        assert waiting(worker)[met].grounds == (Ground.REPEAT,)
        assert waiting(worker)[met].calls_lately == 3

    def test_count_the_calls_of_all_linked_records_as_every_screen_does(self, admin, worker, met, person_id):
        admin.triage.change_rules(rules=replace(Rules(), models=frozenset()))
        other = worker.people.add(details=a_person("Jim"))
        for number in range(2):
            call_id = worker.calls.add(
                call=a_call(f"26-9{number}", received_at=NOW - timedelta(days=5 + number))
            )
            worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=other)
        worker.links.link(left_id=person_id, right_id=other, reason="same phone")
        assert waiting(worker)[met].grounds == (Ground.REPEAT,)
        record = worker.people.open(person_id=person_id)
        assert waiting(worker)[met].calls_lately == record.calls.within(30) == 3

    def test_count_no_call_of_a_sealed_record_that_one_may_not_open_as_every_screen_does(
        self, signed_in, worker, met, person_id
    ):
        sealed = worker.people.add(details=a_person("Jim", is_restricted=True))
        call_id = worker.calls.add(call=a_call("26-9", received_at=NOW - timedelta(days=5)))
        own = worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=sealed)
        worker.triage.hand_over(encounter_id=own)
        worker.links.link(left_id=person_id, right_id=sealed, reason="same phone")
        other = services_as(signed_in, Role.SOCIAL_WORKER)
        for services, calls in ((worker, 2), (other, 1)):
            assert waiting(services)[met].calls_lately == calls
            assert services.people.open(person_id=person_id).calls.within(30) == calls
        assert waiting(other)[own].is_sealed and waiting(other)[own].calls_lately == 0

    def test_tell_no_case_of_a_sealed_record_that_one_may_not_open(self, signed_in, worker, met, person_id):
        sealed = worker.people.add(details=a_person("Jim", is_restricted=True))
        number = worker.cases.open_case(person_id=sealed, opened_from="self").number
        worker.links.link(left_id=person_id, right_id=sealed, reason="same phone")
        assert waiting(worker)[met].open_case == number
        assert waiting(services_as(signed_in, Role.SOCIAL_WORKER))[met].open_case == ""

    def test_let_somebody_sealed_wait_by_all_their_calls_for_whoever_looks(
        self, signed_in, admin, worker, met, person_id
    ):
        admin.triage.change_rules(rules=replace(Rules(), models=frozenset()))
        for number in range(2):
            call_id = worker.calls.add(call=a_call(f"26-9{number}", received_at=NOW - timedelta(days=5)))
            worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=person_id)
        person = worker.people.open(person_id=person_id).person
        sealed = replace(person.details, is_restricted=True)
        worker.people.change(person_id=person_id, details=sealed, version=person.version)
        assert met in waiting(worker) and met in waiting(services_as(signed_in, Role.SOCIAL_WORKER))


def test_somebody_without_a_name_is_unknown_until_linked_with_somebody_known(worker, call_id, person_id):
    looks = a_person(kind=PersonKind.UNKNOWN, names=(), description="red parka", points=(), birth=None)
    unknown = worker.people.add(details=looks)
    met = worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=unknown)
    assert waiting(worker)[met].is_unknown
    worker.links.link(left_id=person_id, right_id=unknown, reason="said who they are")
    assert not waiting(worker)[met].is_unknown and waiting(worker)[met].name == "James Okafor"


def test_somebody_handed_over_waits_however_old_the_call_is(worker):
    call_id = worker.calls.add(call=a_call("26-2", received_at=NOW - timedelta(days=200)))
    met = worker.encounters.add(call_id=call_id, details=an_encounter("Lee"))
    assert met not in waiting(worker)
    worker.triage.hand_over(encounter_id=met, note="asked for a call")
    assert waiting(worker)[met].note == "asked for a call"
    worker.triage.dismiss(encounter_id=met)
    assert met not in waiting(worker)


def test_what_was_handed_over_is_taken_back_only_while_nobody_took_it_up(worker, met):
    worker.triage.hand_over(encounter_id=met)
    worker.triage.dismiss(encounter_id=met, back_to=Standing(State.NEW))
    assert met in waiting(worker)
    worker.triage.hand_over(encounter_id=met)
    worker.triage.take(encounter_id=met)
    with pytest.raises(AlreadyDecided):
        worker.triage.dismiss(encounter_id=met)


def test_the_count_on_today_is_the_length_of_the_queue(worker, met):
    assert [one.encounter_id for one in worker.today.page().new] == list(waiting(worker)) == [met]
