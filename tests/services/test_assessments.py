import pytest

from caseapp.domain.access import NotAllowed, Role
from caseapp.domain.assessments import WordingMissing
from caseapp.domain.timeline import TimelineKind
from caseapp.services.assessments import SAFETY_STEP
from tests.builders import TODAY, a_person, services_as

PHQ9 = {str(number): "0" for number in range(1, 10)}


@pytest.fixture
def person_id(worker):
    return worker.people.add(details=a_person())


@pytest.fixture
def loaded(admin):
    admin.assessments.load_wording(
        instrument="phq-9", words={str(number): f"official words {number}" for number in range(1, 10)}
    )


def test_an_instrument_of_others_waits_for_the_wording_that_the_agency_loads(admin, worker, person_id):
    with pytest.raises(WordingMissing):
        worker.assessments.record(person_id=person_id, instrument="phq-9", answers=PHQ9)
    with pytest.raises(NotAllowed):
        worker.assessments.load_wording(instrument="phq-9", words={"1": "x"})
    words = {key: f"official {key}" for key in PHQ9} | {"77": "no such item"}
    admin.assessments.load_wording(instrument="phq-9", words=words)
    found = next(one for one in worker.assessments.definitions() if one.id == "phq-9")
    assert found.is_ready and found.items[8].words == "official 9"


def test_item_9_plans_a_step_for_today_that_stands_on_today(worker, person_id, loaded):
    quiet = worker.assessments.record(person_id=person_id, instrument="phq-9", answers=PHQ9)
    assert not quiet.result.safety and worker.follow_ups.planned() == []
    grave = worker.assessments.record(person_id=person_id, instrument="phq-9", answers={**PHQ9, "9": "1"})
    assert grave.result.safety == ("official words 9",)
    due = worker.today.page().due
    assert [(one.follow_up.what, one.follow_up.due_on) for one in due] == [(SAFETY_STEP, TODAY)]
    found = worker.assessments.of_person(person_id=person_id)
    assert [one.result.score for one in found] == [1, 0]


def test_a_peer_sees_no_clinical_assessment_and_asks_the_others(signed_in, worker, person_id, loaded):
    worker.assessments.record(person_id=person_id, instrument="phq-9", answers=PHQ9)
    peer = services_as(signed_in, Role.PEER_SPECIALIST)
    assert {one.id for one in peer.assessments.definitions()} == {
        "self-sufficiency",
        "living-situation",
        "well-being",
        "safety-plan",
    }
    with pytest.raises(NotAllowed):
        peer.assessments.record(person_id=person_id, instrument="phq-9", answers=PHQ9)
    answers = dict.fromkeys(("rest", "company", "say", "forward"), "2")
    peer.assessments.record(person_id=person_id, instrument="well-being", answers=answers)
    found = peer.assessments.of_person(person_id=person_id)
    assert [(one.instrument, one.result.level) for one in found] == [("well-being", "up and down")]


def test_a_safety_plan_is_kept_in_six_steps(worker, person_id):
    steps = {"signs": "I stop eating", "services": "988"}
    worker.assessments.record(person_id=person_id, instrument="safety-plan", answers=steps)
    found = worker.assessments.of_person(person_id=person_id)[0]
    assert (found.title, found.answers) == ("Safety plan", steps)


def test_stand_on_the_timeline_of_whoever_may_read_them(worker, signed_in, person_id, loaded):
    worker.assessments.record(person_id=person_id, instrument="phq-9", answers={**PHQ9, "9": "1"})
    (entry,) = [
        one for one in worker.people.open(person_id=person_id).timeline if one.kind is TimelineKind.ASSESSMENT
    ]
    assert (entry.title, entry.chip, entry.by) == ("PHQ-9", "safety first", worker.context.actor.name)
    assert entry.text.startswith("Score 1")
    peer = services_as(signed_in, Role.PEER_SPECIALIST).people.open(person_id=person_id).timeline
    assert not any(one.kind is TimelineKind.ASSESSMENT for one in peer)
