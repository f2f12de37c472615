"""Named places are kept under Setup, offered while the place of a call is typed, and named from a call."""

import pytest
from PySide6.QtCore import Qt

from caseapp.domain.named_places import NamedPlace
from caseapp.domain.place_notes import PlaceNote
from caseapp.ui.setup.places_section import PlacesSection
from tests.builders import a_call
from tests.ui.driving import buttons, click, settle, unnamed, words

MISSION = NamedPlace("Rescue Mission", ("The Mission",), "1130 Park Ave W", "Denver", PlaceNote("shelter"))


@pytest.fixture
def section(qtbot, window):
    window.show_place("setup", "places")
    settle(qtbot, window)
    found = window.current.section
    assert isinstance(found, PlacesSection) and unnamed(found) == []
    return found


def open_first(qtbot, section):
    """As the keyboard does: the first row is current already, Enter opens it."""
    section.table.view.setFocus()
    qtbot.keyClick(section.table.view, Qt.Key.Key_Return)


def test_places_are_named_changed_and_put_back_under_setup(qtbot, window, worker, section):
    section.name.setText("River camp")
    section.others.setText("Tent city, the flats")
    section.until.setText("whenever")
    click(qtbot, window, "Add the place")
    assert section.form.field("until").accessibleDescription()
    section.until.setText("")
    click(qtbot, window, "Add the place")
    settle(qtbot, window)
    assert [one.names for one in section.table.model.rows] == [("River camp", "Tent city", "the flats")]
    click(qtbot, window, "Add the place")
    settle(qtbot, window)
    assert section.form.field("name").accessibleDescription()
    open_first(qtbot, section)
    section.note.setPlainText("Go in by the north gate\nTwo dogs")
    click(qtbot, window, "Save the place")
    settle(qtbot, window)
    (saved,) = worker.places.named()
    assert saved.note.text == "Go in by the north gate\nTwo dogs"
    *_others, note = section.table.model.columns
    assert note.text(saved) == "Go in by the north gate; Two dogs"
    open_first(qtbot, section)
    click(qtbot, window, "Take the name away")
    settle(qtbot, window)
    assert worker.places.named() == []
    window.banner.undo()
    settle(qtbot, window)
    assert [(one.name, one.note.text) for one in worker.places.named()] == [(saved.name, saved.note.text)]


def test_names_are_offered_while_the_place_of_a_call_is_typed(qtbot, window, worker):
    worker.places.add_named(place=MISSION)
    call_id = worker.calls.add(call=a_call("26-1", place="", city=""))
    window.show_place("calls", call_id)
    settle(qtbot, window)
    part = window.current.parts.facts
    part.open_form()
    settle(qtbot, window)
    field = part.form.field("place")
    field.setFocus()
    qtbot.keyClicks(field, "missi")
    offered = field.completer()
    names = [offered.completionModel().index(n, 0).data() for n in range(offered.completionCount())]
    assert names == ["Rescue Mission", "The Mission"]
    offered.popup().setCurrentIndex(offered.completionModel().index(0, 0))
    qtbot.keyClick(offered.popup(), Qt.Key.Key_Return)
    assert (field.text(), part.form.field("city").text()) == ("Rescue Mission", "Denver")
    part.save()
    settle(qtbot, window)
    assert any("also called The Mission" in one for one in words(window.current.parts.place))


def test_the_place_of_a_call_is_named_from_the_call(qtbot, window, worker):
    call_id = worker.calls.add(call=a_call("26-1", place="under the bridge at 5th & Oak", city="Eugene"))
    window.show_place("calls", call_id)
    settle(qtbot, window)
    click(qtbot, window, "Name this place")
    settle(qtbot, window)
    section = window.current.section
    assert section.where.text() == "under the bridge at 5th & Oak" and section.name.hasFocus()
    qtbot.keyClicks(section.name, "River camp")
    click(qtbot, window, "Add the place")
    settle(qtbot, window)
    assert worker.calls.open(call_id=call_id).named_place.name == "River camp"
    assert not buttons(window, "Name this place")
