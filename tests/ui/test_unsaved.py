"""Words that a lock or another desk cut short come back where they were typed."""

from datetime import timedelta

import pytest

from caseapp.domain.cases import CaseStatus, Goal
from caseapp.domain.changes import Change, Kind
from caseapp.domain.directory import NewService
from caseapp.domain.referrals import EndedBy, LadderStep, Method, Proof, Step
from tests.builders import NOW, TODAY, a_call, a_person, an_encounter
from tests.ui.driving import buttons, click, settle, window_of


@pytest.fixture
def person_id(worker):
    return worker.people.add(details=a_person())


@pytest.fixture
def referral(worker, person_id):
    return worker.referrals.offer(
        person_id=person_id, need="a bed", method=Method.WARM_BY_PHONE, place="Harbor Detox"
    )


@pytest.fixture
def case_id(worker, person_id):
    return worker.cases.open_case(person_id=person_id, opened_from="self").id


def at(qtbot, window, name, subject):
    window.show_place(name, subject)
    settle(qtbot, window)
    return window.current


def gone_on(qtbot, window, worker, what):
    """The window is closed as a lock closes it; what waits is opened from Today by the next."""
    window.close()
    again = window_of(qtbot, worker)
    at(qtbot, again, "today", None)
    click(qtbot, again, f"Go on with {what}")
    return again


def test_the_step_of_a_referral_goes_on_after_a_lock(qtbot, window, worker, referral):
    screen = at(qtbot, window, "referral", referral.id)
    qtbot.keyClicks(screen.note, "asked for Lee at the desk")
    again = gone_on(qtbot, window, worker, "step of a referral of James Okafor")
    screen = again.current
    assert (screen.referral.id, screen.note.text()) == (referral.id, "asked for Lee at the desk")
    click(qtbot, again, "Save step")
    assert screen.referral.steps[-1].note == "asked for Lee at the desk" and screen.note.text() == ""
    assert worker.today.page().drafts == ()
    again.close()


def test_a_step_that_somebody_else_takes_leaves_what_is_typed_for_the_next(qtbot, window, worker, referral):
    screen = at(qtbot, window, "referral", referral.id)
    qtbot.keyClicks(screen.note, "asked for Lee")
    taken = LadderStep(Step.ACCEPTED_BY_PERSON, TODAY, Proof.PERSON_SAID, "Dana")
    worker.referrals.take_step(referral_id=referral.id, taken=taken, version=referral.version)
    screen.refresh()
    settle(qtbot, window)
    assert screen.referral.step is Step.ACCEPTED_BY_PERSON and screen.note.text() == "asked for Lee"
    closed = LadderStep(
        Step.CLOSED, TODAY, Proof.PERSON_SAID, "Dana", reason="other", ended_by=EndedBy.PERSON
    )
    worker.referrals.take_step(
        referral_id=referral.id, taken=closed, version=worker.referrals.get(referral_id=referral.id).version
    )
    screen.refresh()
    settle(qtbot, window)
    assert screen.note.isVisible() and screen.note.text() == "asked for Lee" and not screen.save.isEnabled()
    click(qtbot, window, "Start anew")
    assert worker.today.page().drafts == ()


def test_a_step_after_a_colleague_took_one_is_chosen_anew_with_what_is_typed(qtbot, window, worker, referral):
    """The same refusal came each time, and the steps offered were those of before."""
    screen = at(qtbot, window, "referral", referral.id)
    qtbot.keyClicks(screen.note, "asked for Lee")
    taken = LadderStep(Step.ACCEPTED_BY_PERSON, TODAY, Proof.PERSON_SAID, "Dana")
    worker.referrals.take_step(referral_id=referral.id, taken=taken, version=referral.version)
    click(qtbot, window, "Save step")
    assert "Somebody else saved this record" in window.banner.words.text()
    assert screen.referral.step is Step.ACCEPTED_BY_PERSON and screen.note.text() == "asked for Lee"
    click(qtbot, window, "Save step")
    assert screen.referral.steps[-1].note == "asked for Lee" and len(screen.referral.steps) == 3


def test_a_need_goes_on_after_a_lock_and_when_the_case_is_read_again(qtbot, window, worker, case_id):
    screen = at(qtbot, window, "case", case_id)
    qtbot.keyClicks(screen.need.statement, "see my daughter")
    window.desk.hub.changed.emit(worker.cases.add_goal(case_id=case_id, goal=Goal("health", "sleep", "")))
    settle(qtbot, window)
    assert screen.need.statement.text() == "see my daughter"
    again = gone_on(qtbot, window, worker, "need of James Okafor")
    screen = again.current
    assert screen.need.statement.text() == "see my daughter"
    click(qtbot, again, "Add the need")
    said = [one.statement for one in worker.cases.open(case_id=case_id).case.goals]
    assert said == ["sleep", "see my daughter"] and screen.need.statement.text() == ""
    assert worker.today.page().drafts == ()
    again.close()


def test_why_a_case_ends_or_goes_on_stays_while_the_case_is_read_again(qtbot, window, worker, case_id):
    """Whatever was saved anywhere emptied the fields."""
    screen = at(qtbot, window, "case", case_id)
    screen.close_reason.setCurrentIndex(2)
    screen.outcome.setCurrentIndex(1)
    window.desk.hub.changed.emit(worker.cases.add_goal(case_id=case_id, goal=Goal("health", "sleep", "")))
    settle(qtbot, window)
    assert (screen.close_reason.currentIndex(), screen.outcome.currentIndex()) == (2, 1)
    click(qtbot, window, "Close the case")
    qtbot.keyClicks(screen.reopen_reason, "came back to the shelter")
    window.desk.hub.changed.emit(Change(frozenset({Kind.CASE})))
    settle(qtbot, window)
    assert screen.reopen_reason.text() == "came back to the shelter"
    click(qtbot, window, "Reopen")
    assert screen.file.case.status is CaseStatus.OPEN and screen.close_reason.currentIndex() == 0


@pytest.fixture
def met(worker):
    """Two people of one call, who wait for triage."""
    call_id = worker.calls.add(call=a_call(received_at=NOW - timedelta(hours=30)))
    for given in ("Asa", "Bo"):
        person_id = worker.people.add(details=a_person(given, "Vale"))
        details = an_encounter(follow_up_wished="yes")
        worker.encounters.add(call_id=call_id, details=details, person_id=person_id)


def test_words_of_triage_stay_with_whom_they_are_about(qtbot, window, worker, met):
    """What was typed about one person stood there for the next, and was declined with it."""
    screen = at(qtbot, window, "triage", None)
    first, second = screen.table.shown()
    screen.table.go_to(first)
    screen.reason.setCurrentIndex(1)
    window.current.keep_draft()
    settle(qtbot, window)
    assert worker.today.page().drafts == (), "nothing is typed yet"
    qtbot.keyClicks(screen.more, "moved to Salem")
    screen.table.go_to(second)
    settle(qtbot, window)
    assert screen.more.text() == ""
    again = gone_on(qtbot, window, worker, "words of triage of somebody on a call")
    screen = again.current
    assert screen.table.current().encounter_id == first.encounter_id
    assert screen.more.text() == "moved to Salem"
    click(qtbot, again, "Decline  D")
    assert [one.encounter_id for one in screen.table.shown()] == [second.encounter_id]
    assert screen.more.text() == "" and worker.today.page().drafts == ()
    again.close()


def test_words_on_somebody_whom_others_decided_about_are_let_go_in_a_sentence(qtbot, window, worker, met):
    screen = at(qtbot, window, "triage", None)
    one = screen.table.current()
    qtbot.keyClicks(screen.more, "moved to Salem")
    window.close()
    worker.triage.take(encounter_id=one.encounter_id, protocol="", seen=one.standing)
    again = window_of(qtbot, worker)
    at(qtbot, again, "today", None)
    click(qtbot, again, "Go on with words of triage of somebody on a call")
    assert "Somebody decided about this person meanwhile" in again.banner.words.text()
    assert worker.today.page().drafts == () and not buttons(again, "Start anew")
    again.close()


def test_a_service_goes_on_after_a_lock_and_is_saved_once(qtbot, window, worker):
    screen = at(qtbot, window, "service", None)
    qtbot.keyClicks(screen.organization, "Harbor")
    qtbot.keyClicks(screen.service_name, "Beds")
    at(qtbot, window, "people", None)
    screen = at(qtbot, window, "service", None)
    assert screen.service_name.text() == "Beds"
    qtbot.keyClicks(screen.phone, "5415550100")
    again = gone_on(qtbot, window, worker, "service of Harbor, Beds")
    screen = again.current
    assert (screen.organization.text(), screen.phone.text()) == ("Harbor", "5415550100")
    click(qtbot, again, "Save")
    assert [one.name for one in worker.directory.find()] == ["Beds"] and worker.today.page().drafts == ()
    again.close()


def test_a_service_that_somebody_else_corrects_shows_both_and_keeps_what_is_typed(qtbot, window, worker):
    service_id = worker.directory.add(organization="Harbor", service=NewService("Beds", phone="1"))
    screen = at(qtbot, window, "service", service_id)
    screen.city.setText("Salem")
    theirs = NewService("Beds", phone="2", city="Albany")
    worker.directory.correct(service_id=service_id, service=theirs, version=screen._service.version)
    click(qtbot, window, "Save")
    assert (screen.phone.text(), screen.city.text()) == ("2", "Salem") and screen.versions.clash is not None
    again = gone_on(qtbot, window, worker, "service of Harbor, Beds")
    assert again.current.city.text() == "Salem" and again.current.versions.clash is not None
    click(qtbot, again, "City: mine")
    click(qtbot, again, "Save")
    one = worker.directory.get(service_id=service_id)
    assert (one.phone, one.city) == ("2", "Salem") and worker.today.page().drafts == ()
    again.close()


def test_a_new_person_who_is_begun_while_one_is_read_stays_new(qtbot, window, worker, person_id):
    """What was read late filled the new form over what was typed, and was saved over the old record."""
    window.show_place("new-person", person_id)
    window.show_place("new-person", None)
    settle(qtbot, window)
    screen = window.current
    assert screen.title.text() == "New person" and screen.form.phone.text() == "" and screen.save.isVisible()


def test_a_new_service_that_is_begun_while_one_is_read_stays_new(qtbot, window, worker):
    window.show_place("service", worker.directory.add(organization="Harbor", service=NewService("Beds")))
    window.show_place("service", None)
    settle(qtbot, window)
    screen = window.current
    assert (
        screen.title.text() == "New service" and screen.service_name.text() == "" and screen.save.isVisible()
    )
