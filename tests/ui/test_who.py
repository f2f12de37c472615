"""Whom a contact was with: found, offered or made new in one line, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from caseapp.domain.births import age_words
from caseapp.domain.encounters import StatedIdentity
from caseapp.domain.people import Alert, PersonKind
from caseapp.domain.stated import stated_in_a_line
from tests.builders import TODAY, a_person
from tests.ui.driving import Typist, buttons, click, settle, tabbed, words


def test_comes_by_tab_to_everybody_offered(qtbot, window, worker):
    for family in ("Reyes", "Vega"):
        worker.people.add(details=a_person("Ana", family, points=()))
    window.contact_form.start(None)
    typist = Typist(qtbot, window)
    typist.type("ana")
    typist.press(Qt.Key.Key_Return)
    names = [one.accessibleName() for one in tabbed(window)[1:5]]
    assert [name.split(",")[0] for name in names[:2]] == ["Ana Reyes", "Ana Vega"]
    assert names[2:] == ["New person “ana”", "Unknown person"]


def test_offers_a_second_unknown_person_in_the_same_clothes(qtbot, window, worker):
    form, typist = window.contact_form, Typist(qtbot, window)
    for count in (1, 2):
        form.start(None)
        typist.type("man, about 50, red parka")
        typist.press(Qt.Key.Key_Return)
        assert form.who.ids == ()
        offered = [one for one in tabbed(window) if "Unknown person" in one.accessibleName()]
        assert offered[0].property("look") == ("primary" if count == 1 else "")
        qtbot.keyClick(offered[0], Qt.Key.Key_Space)
        settle(qtbot, window)
        assert len(form.who.ids) == 1
    both = worker.people.recent()
    assert [one.details.description for one in both] == ["man, about 50, red parka"] * 2
    assert {age_words(one.details.birth, TODAY) for one in both} == {"about 50"}
    assert {one.details.kind for one in both} == {PersonKind.UNKNOWN}


def test_shows_everybody_offered_without_scrolling_sideways(qtbot, window, worker):
    for given in ("Bartholomew", "Maximiliana", "Theophrastus", "Wilhelmina"):
        worker.people.add(details=a_person(given, "Featherstonehaugh-Cholmondeley", points=()))
    form, typist = window.contact_form, Typist(qtbot, window)
    window.resize(1000, 760)
    form.start(None)
    typist.type("feather")
    typist.press(Qt.Key.Key_Return)
    offered = [one for one in tabbed(window)[1:7] if "Feather" in one.text() or "Unknown" in one.text()]
    assert len(offered) == 5
    assert all(one.mapTo(form, one.rect().bottomRight()).x() < form.width() for one in offered)


def test_takes_nobody_unasked_whose_name_is_only_alike(qtbot, window, worker):
    worker.people.add(details=a_person("Verónica", "Hernández", points=()))
    form, typist = window.contact_form, Typist(qtbot, window)
    form.start(None)
    typist.type("Vonnie Hernandes, about 24")
    typist.press(Qt.Key.Key_Return)
    assert form.who.ids == () and buttons(window, "New person “Vonnie Hernandes”, about 24")
    typist.press(Qt.Key.Key_Return)
    assert form.who.names == "Verónica Hernández"


def test_lets_go_of_whom_it_took_and_asks_the_next_time(qtbot, window, worker):
    worker.people.add(details=a_person(points=()))
    form, typist = window.contact_form, Typist(qtbot, window)
    form.start(None)
    typist.type("okafor")
    typist.press(Qt.Key.Key_Return)
    click(qtbot, window, "Without James Okafor")
    assert form.who.ids == () and window.focusWidget() is form.who.field
    typist.type("okafor")
    typist.press(Qt.Key.Key_Return)
    assert form.who.ids == () and buttons(window, "New person “okafor”")


def test_a_name_that_is_not_added_is_kept_with_the_draft_and_keeps_from_saving(qtbot, window, worker):
    worker.people.add(details=a_person(points=()))
    worker.people.add(details=a_person("Ana", "Reyes", points=()))
    form, typist = window.contact_form, Typist(qtbot, window)
    form.start(None)
    typist.type("okafor")
    typist.press(Qt.Key.Key_Return)
    typist.type("Vonnie Hern")
    qtbot.keyClicks(form.outcome, "1")
    click(qtbot, window, "Save  Ctrl+Enter")
    assert "“Vonnie Hern” is not added yet: press Enter there, or empty the field." in words(form)
    assert window.focusWidget() is form.who.field
    form.keep_draft()
    settle(qtbot, window)
    person_id = form.who.ids[0]
    form.start(person_id)
    settle(qtbot, window)
    assert form.who.field.text() == "Vonnie Hern"
    form.who.field.clear()
    click(qtbot, window, "Save  Ctrl+Enter")
    assert not form.isVisible() and len(worker.people.open(person_id=person_id).timeline) == 1


def test_keys_that_are_pressed_again_before_the_answer_do_nothing_twice(qtbot, window, worker):
    form, typist = window.contact_form, Typist(qtbot, window)
    form.start(None)
    typist.type("Xiomara Quintanilla")
    typist.press(Qt.Key.Key_Return)
    for _press in range(3):
        qtbot.keyClick(form.who.field, Qt.Key.Key_Return)
    settle(qtbot, window)
    (made,) = worker.people.recent()
    assert form.who.ids == (made.id,)
    qtbot.keyClicks(form.outcome, "1")
    for _press in range(3):
        qtbot.keyClick(form.who.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert len(worker.people.open(person_id=made.id).timeline) == 1


def test_a_name_alone_is_kept_while_nobody_is_added(qtbot, window, worker):
    form, typist = window.contact_form, Typist(qtbot, window)
    form.start(None)
    typist.type("Vonnie Hern")
    typist.press(Qt.Key.Key_Escape)
    form.start(None)
    settle(qtbot, window)
    assert form.who.field.text() == "Vonnie Hern"


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Jamie, about 31, 541 555 0142", StatedIdentity("Jamie", 31, phone="541 555 0142")),
        ("man, about 50, red parka", StatedIdentity(age=50, description="man, about 50, red parka")),
        ("older woman with two cats", StatedIdentity(description="older woman with two cats")),
        ("man", StatedIdentity(description="man")),
        ("Man Nguyen", StatedIdentity("Man Nguyen")),
        ("A Nguyen", StatedIdentity("A Nguyen")),
        ("541-555-0142", StatedIdentity(phone="541-555-0142", description="541-555-0142")),
        ("...", StatedIdentity("...")),
    ],
)
def test_reads_in_one_line_a_name_or_looks(line, read):
    assert stated_in_a_line(line) == read


def test_tells_every_alert_whole_before_anybody_dials(qtbot, window, worker):
    long = (
        "Dog in the yard is loose and bites; call from the car and wait until the brother has brought it in"
    )
    told = (long, "Insulin in the left pocket", "Two to a visit after dark")
    alerts = tuple(Alert("medical" if "Insulin" in text else "safety", text) for text in told)
    person_id = worker.people.add(details=a_person(alerts=alerts))
    window.show_place("person", person_id)
    window.contact_form.start(person_id)
    settle(qtbot, window)
    form, record = alert_chips(window.contact_form, told), alert_chips(window.current, told)
    assert len(form) == 3 and form == record, "one alert looks the same on both"


def alert_chips(place, told):
    """What alerts say, and in which colours."""
    shown = [one for one in place.findChildren(QLabel) if one.property("chip") and one.isVisible()]
    return {(one.text(), one.property("tone")) for one in shown if any(text in one.text() for text in told)}
