"""Linked records on the screen of a person, taking the link back, and who an unknown person is."""

import pytest
from PySide6.QtCore import Qt

from caseapp.domain.people import ContactPoint, PersonKind, PointKind
from caseapp.ui.people.identify_panel import IdentifyPanel
from caseapp.ui.people.parting_screen import Pair
from tests.builders import a_call, a_contact, a_person, an_encounter
from tests.ui.driving import buttons, click, settle, unnamed, words


@pytest.fixture
def pair(worker):
    james = worker.people.add(details=a_person())
    jim = worker.people.add(
        details=a_person("Jim", points=(ContactPoint(PointKind.PHONE, "541 555 0177"),), comes_with="a dog")
    )
    worker.contacts.log(details=a_contact(jim))
    worker.links.link(left_id=james, right_id=jim, reason="review", evidence=("same birth date",))
    return james, jim


@pytest.fixture
def unknown(worker):
    details = a_person(
        kind=PersonKind.UNKNOWN, names=(), description="man, about 50, red parka", points=(), birth=None
    )
    person_id = worker.people.add(details=details)
    call = worker.calls.add(call=a_call())
    worker.calls.add_encounter(call_id=call, details=an_encounter(), person_id=person_id)
    return person_id


def show(qtbot, window, place, subject):
    window.show_place(place, subject)
    settle(qtbot, window)
    return window.current


@pytest.mark.parametrize("opened", [0, 1])
def test_shows_one_person_with_the_origin_of_each_value(qtbot, window, pair, opened):
    screen = show(qtbot, window, "person", pair[opened])
    said = " | ".join(words(screen))
    assert "One person, linked records" in said and "2 linked records" in said
    assert (
        "(541) 555-0142\nmay leave voicemail\nrecord" in said
        and "541 555 0177\nleave no message\nrecord" in said
    )
    assert (
        "same birth date" in said
        and len([one for one in words(screen) if one in ("record 1", "record 2")]) == 1
    )
    assert unnamed(screen) == []


def test_unlinks_at_once_where_nothing_new_was_written_and_links_again_by_undo(qtbot, window, worker, pair):
    screen = show(qtbot, window, "person", pair[0])
    click(qtbot, window, "Unlink records 1 and 2")
    assert window.current.name == "parting" and not window.current._choices
    assert unnamed(window.current) == []
    click(qtbot, window, "Unlink")
    assert window.current is screen and not screen.record.linked
    window.banner.undo()
    settle(qtbot, window)
    assert screen.record.linked and worker.people.open(person_id=pair[1]).linked


def test_asks_whose_a_new_entry_is_and_gives_it_there(qtbot, window, worker, pair):
    worker.context.now.at = worker.context.now.at.replace(minute=30)
    new = worker.contacts.log(details=a_contact(pair[0])).contact_id
    screen = show(qtbot, window, "parting", Pair(*pair))
    choice = screen._choices[new]
    assert choice.currentText() == "James Okafor"
    choice.setCurrentIndex(choice.findText("Jim Okafor"))
    click(qtbot, window, "Unlink")
    assert [len(worker.people.open(person_id=one).timeline) for one in pair] == [0, 2]


def test_identifies_an_unknown_person_with_somebody_known_and_takes_it_back(qtbot, window, worker, unknown):
    ruth = worker.people.add(details=a_person("Ruth", "Vega"))
    screen = show(qtbot, window, "person", unknown)
    panel = screen.findChildren(IdentifyPanel)[-1]
    qtbot.keyClicks(panel.words, "vega")
    qtbot.waitUntil(lambda: bool(buttons(window, "Use Ruth Vega")), timeout=5000)
    qtbot.keyClick(panel.words, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert screen.title.text() == "Ruth Vega" and "Call 26-118204" in screen.record.timeline[0].title
    assert worker.people.open(person_id=ruth).calls.within(30) == 1
    window.banner.undo()
    settle(qtbot, window)
    assert screen.title.text() == "man, about 50, red parka" and len(screen.record.timeline) == 1
    assert worker.people.open(person_id=ruth).timeline == ()


def test_identifies_an_unknown_person_as_somebody_new(qtbot, window, worker, unknown):
    show(qtbot, window, "person", unknown)
    click(qtbot, window, "New person")
    form = window.current
    assert form.name == "new-person" and form.title.text() == "Who the unknown person is"
    qtbot.keyClicks(form.given, "Walter")
    qtbot.keyClicks(form.age, "about 50")
    click(qtbot, window, "Save")
    record = window.current.record
    assert record.whole.display_name == "Walter" and record.linked[0].id == unknown
    assert record.calls.within(30) == 1 and record.person.details.birth.on.year == 1976
