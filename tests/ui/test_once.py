"""What is pressed again before the answer is there is done once: a drive in the network answers slowly."""

import pytest
from PySide6.QtCore import Qt

from caseapp.domain.contacts import NoteText
from tests.builders import a_contact, a_person
from tests.ui.driving import settle, words


@pytest.fixture
def person_id(worker):
    return worker.people.add(details=a_person())


def shown(qtbot, window, place, subject):
    window.show_place(place, subject)
    settle(qtbot, window)
    return window.current


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
    screen.statement.setText("I want a door that locks")
    for _press in range(3):
        screen._add_goal()
    settle(qtbot, window)
    assert [one.statement for one in worker.cases.open(case_id=case_id).case.goals] == [
        "I want a door that locks"
    ]
