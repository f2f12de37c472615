from dataclasses import replace
from datetime import date, timedelta

import pytest

from caseapp.domain.call_forms import NoteEmpty
from caseapp.domain.calls import (
    BackUp,
    CallNote,
    CoResponse,
    Model,
    NarrativePart,
    NumberTaken,
    SafetyCheck,
    UnitResponse,
    VideoSession,
)
from caseapp.domain.encounters import LinkedAnew
from caseapp.domain.errors import StaleRecord
from caseapp.domain.screening import (
    Answer,
    CriterionDetails,
    NotServedReasonMissing,
    Sheet,
    VersionNotLater,
)
from tests.builders import NOW, a_call, a_person, an_encounter

FULL = UnitResponse(
    "CR1",
    Model.CO_RESPONSE_VIRTUAL,
    dispatched_at=NOW - timedelta(minutes=30),
    led_by="clinician",
    came_how="asked-for",
    has_cit_officer=True,
    back_up=BackUp("police", NOW - timedelta(minutes=9), "responder", "weapon", False),
    together=CoResponse("virtual", "Officer 12", "Kei Mori", NOW - timedelta(minutes=20), "officer"),
    video=VideoSession(NOW - timedelta(minutes=18), NOW, "officer-tablet", "settled"),
)


@pytest.fixture
def call_id(worker):
    return worker.calls.add(call=a_call())


def opened(services, call_id):
    return services.calls.open(call_id=call_id).call


class TestFacts:
    def test_are_written_back_as_they_were_typed(self, worker, call_id):
        call = opened(worker, call_id)
        wanted = replace(
            call,
            source="team",
            type_text="Suicide threat",
            dispatch_decision="both",
            dispatch_note="Caller asked for a woman",
            cross_street="2nd Ave",
            dispatched_at=call.received_at + timedelta(minutes=2),
        )
        worker.calls.change(call=wanted)
        after = opened(worker, call_id)
        assert replace(after, version=call.version) == wanted
        assert (after.type_initial, after.type_text) == ("Welfare check", "Suicide threat")

    def test_are_not_overwritten_by_a_form_that_saw_an_older_state(self, worker, call_id):
        call = opened(worker, call_id)
        worker.calls.change_units(call_id=call_id, responses=(FULL,), version=call.version)
        with pytest.raises(StaleRecord):
            worker.calls.change(call=replace(call, priority="1"))

    def test_refuse_the_number_of_another_call(self, worker, call_id):
        other = opened(worker, worker.calls.add(call=a_call("26-2")))
        with pytest.raises(NumberTaken):
            worker.calls.change(call=replace(other, number="26-118204"))

    def test_of_every_change_stand_in_the_journal(self, worker, call_id):
        worker.calls.change(call=replace(opened(worker, call_id), priority="1"))
        with worker.context.read("test") as work:
            entry = next(iter(work.journal.newest(limit=1)))
        assert entry.verb == "call.change" and "priority" in str(entry.detail)


def test_units_keep_back_up_co_response_and_video(worker, call_id):
    worker.calls.change_units(call_id=call_id, responses=(FULL, UnitResponse("P1")), version=1)
    assert opened(worker, call_id).responses == (FULL, UnitResponse("P1"))


class TestNarrative:
    def test_grows_entry_by_entry(self, worker, call_id):
        for number, part in enumerate(NarrativePart):
            worker.calls.add_note(call_id=call_id, note=CallNote(f"Entry {number}", NOW, part, "17"))
        notes = opened(worker, call_id).notes
        assert [one.text for one in notes] == [f"Entry {number}" for number in range(5)]
        assert [one.part for one in notes] == list(NarrativePart)

    def test_takes_no_empty_entry(self, worker, call_id):
        with pytest.raises(NoteEmpty):
            worker.calls.add_note(call_id=call_id, note=CallNote("  "))


def test_safety_checks_are_listed_in_order_of_time(worker, call_id):
    late, early = SafetyCheck(NOW, "A2", "dispatcher 4", "ok"), SafetyCheck(NOW - timedelta(hours=1), "A2")
    worker.calls.add_safety_check(call_id=call_id, check=late)
    worker.calls.add_safety_check(call_id=call_id, check=early)
    assert opened(worker, call_id).safety_checks == (early, late)


class TestScreening:
    @pytest.fixture
    def weapon(self, admin):
        details = CriterionDetails("Is there a weapon?", Answer.NO, date(2026, 1, 1))
        return admin.screening.add(details=details)

    def test_answers_stay_with_the_call_and_decide(self, worker, weapon, call_id):
        sheet = Sheet({weapon: Answer.YES}, "no", "", "", "call-taker 17", NOW)
        worker.calls.screen(call_id=call_id, sheet=sheet, version=1)
        bench = worker.calls.open(call_id=call_id)
        assert bench.sheet == sheet and bench.verdict.against == ("Is there a weapon?",)
        assert bench.call.eligible == "no"

    def test_a_new_version_is_asked_from_its_day_and_the_old_one_stays_on_old_calls(
        self, admin, weapon, call_id
    ):
        later = CriterionDetails("Is a weapon in reach?", Answer.NO, date(2026, 11, 23))
        with pytest.raises(VersionNotLater):
            admin.screening.change(
                criterion_id=weapon, details=replace(later, valid_from=date(2026, 1, 1)), version=1
            )
        admin.screening.change(criterion_id=weapon, details=later, version=1)
        new_call = admin.calls.add(call=a_call("26-9", received_at=NOW))
        asked = [
            [one.details.text for one in admin.calls.open(call_id=one).criteria]
            for one in (call_id, new_call)
        ]
        assert asked == [["Is there a weapon?"], ["Is a weapon in reach?"]]

    def test_asks_for_the_reason_when_nobody_of_ours_came(self, worker, weapon, call_id):
        worker.calls.change_units(call_id=call_id, responses=(UnitResponse("P1", Model.POLICE),), version=1)
        sheet = Sheet({weapon: Answer.NO}, "yes")
        with pytest.raises(NotServedReasonMissing):
            worker.calls.screen(call_id=call_id, sheet=sheet, version=2)
        served_not = replace(sheet, not_served_reason="no-unit")
        worker.calls.screen(call_id=call_id, sheet=served_not, version=2)
        assert opened(worker, call_id).not_served_reason == "no-unit"


def test_somebody_handed_to_triage_is_on_today_however_old_the_call_is(worker):
    call_id = worker.calls.add(call=a_call(received_at=NOW - timedelta(days=40)))
    met = worker.encounters.add(call_id=call_id, details=an_encounter("Kim"))
    assert worker.today.page().new == ()
    worker.triage.hand_over(encounter_id=met, note="asked for a call")
    assert [one.encounter_id for one in worker.today.page().new] == [met]
    assert worker.calls.open(call_id=call_id).people[0].encounter.triage == "handed"
    worker.triage.dismiss(encounter_id=met)
    assert worker.today.page().new == ()


def test_who_was_met_is_taken_back_only_as_it_was_seen(worker, call_id):
    james, mary = (worker.people.add(details=a_person(name)) for name in ("James", "Mary"))
    met = worker.encounters.add(call_id=call_id, details=an_encounter("J"), person_id=james)
    worker.encounters.unlink(encounter_id=met, person_id=james)
    worker.encounters.link(encounter_id=met, person_id=mary)
    with pytest.raises(LinkedAnew):
        worker.encounters.unlink(encounter_id=met, person_id=james)
    assert worker.calls.open(call_id=call_id).people[0].encounter.person_id == mary


def test_what_happened_at_the_scene_is_written_in_full(worker, call_id):
    details = an_encounter(
        "Kim",
        use_of_force="none",
        restraint="handcuffs",
        injuries="person",
        involuntary_hold="officer",
        arrest="citation",
        transported_to="emergency-department",
        transported_by="ambulance",
        is_voluntary=False,
        offers=(("shelter bed", "declined"), ("clinic", "accepted")),
    )
    met = worker.encounters.add(call_id=call_id, details=details)
    read = worker.calls.open(call_id=call_id).people[0].encounter
    assert (read.id, read.details) == (met, details)
    worker.encounters.change(read=read, details=replace(details, restraint="none"))
    assert worker.calls.open(call_id=call_id).people[0].encounter.details.restraint == "none"


def test_what_two_write_of_a_meeting_at_once_is_kept_and_refused_where_it_is_the_same(worker):
    """Whoever wrote at the scene was refused for a phone that a colleague typed, and closed the form for it."""
    call_id = worker.calls.add(call=a_call())
    met = worker.encounters.add(call_id=call_id, details=an_encounter("Jimmy"))
    read = worker.calls.open(call_id=call_id).people[0].encounter
    said = replace(read.details.stated, phone="541 555 0199")
    worker.encounters.say_who(encounter_id=met, before=read.details.stated, said=said)
    worker.encounters.change(read=read, details=replace(read.details, outcome="assisted", injuries="none"))
    now = worker.calls.open(call_id=call_id).people[0].encounter.details
    assert now == replace(read.details, stated=said, outcome="assisted", injuries="none")
    with pytest.raises(StaleRecord):
        worker.encounters.change(read=read, details=replace(read.details, outcome="declined"))
    assert worker.calls.open(call_id=call_id).people[0].encounter.details == now
