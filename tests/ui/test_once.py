"""What is pressed again before the answer is there is done once: a drive in the network answers slowly."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from caseapp.domain.contacts import NoteText
from tests.builders import NOW, a_call, a_contact, a_person, an_encounter
from tests.ui.driving import buttons, settle, words


@pytest.fixture
def person_id(worker):
    return worker.people.add(details=a_person())


def shown(qtbot, window, place, subject):
    window.show_place(place, subject)
    settle(qtbot, window)
    return window.current


@pytest.fixture
def met(worker):
    call_id = worker.calls.add(call=a_call())
    return worker.encounters.add(call_id=call_id, details=an_encounter("Jamie"), person_id=None)


def test_taking_somebody_in_triage(qtbot, window, worker, person_id):
    call_id = worker.calls.add(call=a_call(received_at=NOW - timedelta(hours=2)))
    worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=person_id)
    view = shown(qtbot, window, "triage", None).table.view
    for _press in range(3):
        qtbot.keyClick(view, Qt.Key.Key_T)
    settle(qtbot, window)
    assert "is yours now" in window.banner.words.text()
    window.banner.undo()
    settle(qtbot, window)
    assert worker.cases.caseload() == [] and len(window.current.table.model.rows) == 1


def test_an_unknown_person_on_a_call(qtbot, window, worker, met):
    shown(qtbot, window, "calls", worker.search.find(query="26-118204")[-1].record_id)
    made = buttons(window.current, "Unknown person")[0]
    for _press in range(3):
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.current.name == "person" and len(worker.people.recent()) == 1
    assert window.banner.words.text() == ""


def test_an_assessment(qtbot, window, worker, admin, person_id):
    wording = {str(number): f"official {number}" for number in range(1, 10)}
    admin.assessments.load_wording(instrument="phq-9", words=wording)
    screen = shown(qtbot, window, "assessments", person_id)
    screen.choose("phq-9")
    settle(qtbot, window)
    for field in screen.fields.values():
        qtbot.keyClick(field, Qt.Key.Key_Down)
    for _press in range(3):
        screen.save()
    settle(qtbot, window)
    assert len(worker.assessments.of_person(person_id=person_id)) == 1


def test_an_addendum(qtbot, window, worker, person_id):
    logged = worker.contacts.log(details=a_contact(person_id, note=NoteText(parts={"Note": "Met."})))
    worker.notes.sign(contact_id=logged.contact_id)
    screen = shown(qtbot, window, "contact", logged.contact_id)
    screen.addendum.setPlainText("It was Tuesday.")
    for _press in range(3):
        screen._add_addendum()
    settle(qtbot, window)
    assert words(screen).count("It was Tuesday.") == 1


def test_a_need(qtbot, window, worker, person_id):
    case_id = worker.cases.open_case(person_id=person_id, opened_from="call").id
    screen = shown(qtbot, window, "case", case_id)
    screen.need.statement.setText("I want a door that locks")
    for _press in range(3):
        screen._add_goal()
    settle(qtbot, window)
    assert [one.statement for one in worker.cases.open(case_id=case_id).case.goals] == [
        "I want a door that locks"
    ]
