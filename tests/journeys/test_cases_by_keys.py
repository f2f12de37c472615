"""Triage, cases, assessments and transfers by the keyboard alone, on the real windows of each role."""

from datetime import timedelta
from itertools import count

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QComboBox, QPlainTextEdit

from caseapp.domain.access import Role
from caseapp.domain.cases import CaseStatus
from caseapp.domain.counted import counted
from caseapp.services.cases import NewCase
from tests.builders import NOW, TODAY, a_call, a_person, an_encounter
from tests.journeys.by_keys import saving_to

NUMBERS = count(1)


def somebody(desks, given, family):
    return desks.admin.people.add(details=a_person(given, family, points=(), birth=None))


def met(services, person_id, hours):
    number = f"26-7{next(NUMBERS):05}"
    call_id = services.calls.add(call=a_call(number, received_at=NOW - timedelta(hours=hours)))
    return services.encounters.add(call_id=call_id, details=an_encounter(), person_id=person_id)


def a_case(services, person_id):
    return services.cases.open_episode(new=NewCase(person_id, "self", services.context.actor.staff_id))


def test_triage_shows_the_clock_and_takes_merges_and_declines(desks, at_desk):
    keys = at_desk()
    for letter, family, result in (
        ("t", "Taken", "Tess Taken is yours now"),
        ("m", "Merged", "in Tess Merged's open case"),
        ("d", "Declined", "Tess Declined: declined."),
    ):
        person_id = somebody(desks, "Tess", family)
        met(keys.services, person_id, 30)
        if letter == "m":
            a_case(keys.services, person_id)
        keys.show("triage")
        table = keys.screen.table
        assert table.model.index(0, 0).data() == "30 h", "the clock from the call"
        if letter == "d":
            keys.choose("Why nothing is done", "Lives outside our area")
            keys.fill(More_words="moved to Mill Creek")
            keys.reach("Triage")
        keys.type(letter)
        keys.settle()
        assert result in keys.banner and table.model.rows == []
        keys.press("Ctrl+Z")
        assert [one.person_id for one in table.model.rows] == [person_id], "taken back"
        if letter == "d":
            keys.choose("Why nothing is done", "Lives outside our area")
        keys.reach("Triage")
        keys.type(letter)
        keys.settle()
        assert table.model.rows == []


def test_a_supervisor_assigns_by_the_load_of_each_worker(desks, at_desk):
    worker = desks.services(Role.SOCIAL_WORKER)
    person_id = somebody(desks, "Asa", "Assigned")
    before = len(worker.cases.caseload(only_mine=True))
    met(worker, person_id, 3)
    keys = at_desk(Role.SUPERVISOR)
    keys.show("triage")
    keys.do(f"Assign to Social-Worker, {counted(before, 'case')}")
    assert "Asa Assigned is with Social-Worker now" in keys.banner
    assert len(worker.cases.caseload(only_mine=True)) == before + 1


@pytest.mark.parametrize("origin", ["Call", "Another agency", "Self-referral"])
def test_cases_open_from_each_source_with_needs_in_their_words_and_a_dated_step(desks, at_desk, origin):
    keys = at_desk()
    person_id = somebody(desks, "Olu", f"Source{next(NUMBERS)}")
    keys.show("person", person_id)
    keys.do("Open a case")
    keys.choose("Opened from", origin)
    keys.fill(In_the_person="I want a door that locks", First_step="Call about the room", When="+2d")
    keys.press("Return")
    assert keys.screen.name == "case"
    case = keys.screen.file.case
    assert (case.goals[0].statement, keys.screen.file.steps[0].due_on) == (
        "I want a door that locks",
        TODAY + timedelta(days=2),
    )


def test_needs_team_end_next_episode_and_going_on(desks, at_desk):
    desks.services(Role.CLINICIAN)
    keys = at_desk()
    person_id = somebody(desks, "Nia", "Episodes")
    case = a_case(keys.services, person_id)
    keys.show("case", case.id)
    assert "no next step" in keys.words
    keys.fill(Domain_of_a_new_need="Health", In_the_person="see my daughter", What_would_be="every week")
    keys.press("Return")
    keys.choose("Status of see my daughter", "Met")
    keys.choose("Member of staff for the team", "Clinician")
    keys.do("Add to team")
    keys.do("End Clinician's time on the team")
    keys.choose("Member of staff for the team", "Clinician")
    keys.do("Make worker")
    file = keys.services.cases.open(case_id=case.id)
    assert [(one.statement, one.status) for one in file.case.goals] == [("see my daughter", "met")]
    assert file.case.primary_name == "Clinician" and len(file.periods) >= 3, "periods are never overwritten"
    keys.do("Close the case")
    assert keys.window.banner.isVisible() and keys.screen.file.case.status is CaseStatus.OPEN
    keys.fill(Why_the_case_ends="Moved", How_it_ended="Housed")
    keys.do("Close the case")
    assert keys.screen.file.case.status is not CaseStatus.OPEN
    keys.fill(Why_the_case_goes_on="back in town")
    keys.press("Return")
    assert keys.screen.file.case.status is CaseStatus.OPEN and "back in town" in keys.words
    keys.fill(Why_the_case_ends="Moved", How_it_ended="Housed")
    keys.do("Close the case")
    keys.do("Open person")
    keys.do("Open a case")
    keys.fill(First_step="Visit", When="fri")
    keys.press("Return")
    assert "2 of 2 with this person" in keys.words


def answer_all(keys):
    """Answer every question of a form by Down or by words."""
    for field in list(keys.screen.fields.values()):
        keys.reach(field.accessibleName())
        if isinstance(field, QComboBox):
            keys.press("Down")
        elif isinstance(field, QPlainTextEdit):
            keys.type("in my words")


def test_every_assessment_of_ours_is_asked(desks, at_desk):
    keys = at_desk()
    person_id = somebody(desks, "Ava", "Assessed")
    ready = [one for one in keys.services.assessments.definitions() if one.is_ready]
    assert len(ready) >= 4
    for one in ready:
        keys.show("assessments", person_id)
        keys.choose("Assessment", one.title)
        answer_all(keys)
        keys.do("Save")
    asked = keys.services.assessments.of_person(person_id=person_id)
    assert {one.instrument for one in asked} == {one.id for one in ready}


@pytest.mark.parametrize(
    ("title", "usual", "last", "grave"),
    [("PHQ-9", "0", "9", "3"), ("C-SSRS", "No", "6", "Yes")],
)
def test_official_wording_is_loaded_and_a_grave_answer_shows_safety_first(
    desks, at_desk, title, usual, last, grave
):
    person_id = somebody(desks, "Ida", title.replace("-", ""))
    keys = at_desk(Role.ADMINISTRATOR)
    keys.show("assessments", person_id)
    keys.choose("Assessment", title)
    for key in list(keys.screen.fields):
        keys.reach(f"Item {key}")
        keys.type_over(f"official {key}")
    keys.do("Load the wording")
    keys = at_desk(Role.CLINICIAN)
    keys.show("assessments", person_id)
    keys.choose("Assessment", title)
    for key, field in list(keys.screen.fields.items()):
        keys.reach(field.accessibleName())
        keys.choose_here(field, grave if key == last else usual)
    keys.do("Save")
    assert "Do not leave the person alone" in keys.words
    assert keys.focus.accessibleName() == "Make the safety plan now"
    keys.press("Space")
    assert keys.screen.definition.id == "safety-plan"


def test_cases_are_handed_on_with_a_look_before_one_or_all_and_taken_back(desks, at_desk):
    giver, taker = desks.services(Role.PEER_SPECIALIST), desks.services(Role.CLINICIAN)
    lead = desks.services(Role.SUPERVISOR)
    for family in ("First", "Second"):
        person_id = somebody(desks, "Tom", family)
        lead.cases.open_episode(new=NewCase(person_id, "self", giver.context.actor.staff_id))
    held = len(taker.cases.caseload(only_mine=True))
    keys = at_desk(Role.SUPERVISOR)
    keys.show("cases")
    keys.do("Hand on")
    keys.choose("Whose cases", "Peer-Specialist")
    keys.choose("To whom", "Clinician")
    keys.reach("Cases to hand on")
    keys.press("Space")
    assert "1 case with 0 planned steps would move" in keys.words
    for name, moved in (("Hand on the ticked", 1), ("Everything (leaves)", 2)):
        keys.choose("To whom", "Clinician")
        keys.do(name)
        assert len(taker.cases.caseload(only_mine=True)) == held + moved, name
        keys.press("Ctrl+Z")
        assert len(taker.cases.caseload(only_mine=True)) == held


def test_a_cover_is_written_down_and_taken_back(desks, at_desk):
    for role in (Role.PEER_SPECIALIST, Role.CLINICIAN):
        desks.services(role)
    keys = at_desk(Role.SUPERVISOR)
    keys.show("transfer")
    keys.fill(Who_is_away="Peer-Specialist", From="today", To="+5d", Who_stands_in="Clinician")
    keys.do("Add the absence")
    found = keys.services.transfers.absences()
    assert [(one.name, one.cover_name, one.to_on - TODAY) for one in found] == [
        ("Peer-Specialist", "Clinician", timedelta(days=5))
    ]
    keys.do("Take back the absence of Peer-Specialist")
    assert keys.services.transfers.absences() == []


def test_the_caseload_and_the_supervisors_review_come_on_paper(desks, at_desk, tmp_path):
    holder = desks.services(Role.CLINICIAN)
    a_case(holder, somebody(desks, "Pat", "Printed"))
    for role, place, name in (
        (Role.CLINICIAN, "cases", "Print list"),
        (Role.SUPERVISOR, "transfer", "Review sheet"),
    ):
        keys = at_desk(role)
        keys.show("today")
        keys.show(place, holder.context.actor.staff_id if place == "transfer" else None)
        with saving_to(tmp_path / f"{place}.pdf") as path:
            keys.do(name)
        text = "".join(page.extract_text() for page in PdfReader(path).pages)
        held = [one.case.person_name for one in holder.cases.caseload(only_mine=True)]
        named = [one for one in held if one in text]
        assert named == held if name == "Print list" else named, "a review reads some of the cases"
        assert "for staff" in keys.banner.lower() and "for staff of this agency only" in text.lower()
