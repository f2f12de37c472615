import re
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox

from caseapp.domain.access import Role
from caseapp.domain.people import PersonKind
from caseapp.services.cases import NewCase
from tests.builders import NOW, a_call, a_person, an_encounter, services_as
from tests.ui.driving import Typist, settle, unnamed, window_of, words


@pytest.fixture
def met(worker):
    call_id = worker.calls.add(call=a_call(received_at=NOW - timedelta(hours=30)))
    person_id = worker.people.add(details=a_person())
    return worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=person_id)


@pytest.fixture
def screen(qtbot, window, met):
    window.show_place("triage", None)
    settle(qtbot, window)
    window.current.table.view.setFocus()
    return window.current


def test_calls_nobody_known_who_has_no_name(qtbot, window, worker):
    looks = a_person(kind=PersonKind.UNKNOWN, names=(), description="red parka", points=(), birth=None)
    unknown = worker.people.add(details=looks)
    call_id = worker.calls.add(call=a_call(received_at=NOW - timedelta(hours=2)))
    worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=unknown)
    for place in ("triage", "today"):
        window.show_place(place, None)
        settle(qtbot, window)
        said = {one for text in words(window.current) for one in text.casefold().splitlines()}
        assert "unknown person" in said and "known" not in said


def test_takes_with_one_key_and_undo_brings_it_back(qtbot, window, screen, worker):
    assert screen.table.model.rows and unnamed(screen) == []
    assert screen._clock_of(screen.table.current()) == ("30 h", "danger")
    typist = Typist(qtbot, window)
    typist.press(Qt.Key.Key_T)
    assert screen.table.model.rows == [] and len(worker.cases.caseload()) == 1
    assert typist.keys == 1
    window.banner.undo()
    settle(qtbot, window)
    assert len(screen.table.model.rows) == 1 and worker.cases.caseload() == []


@pytest.mark.parametrize("key", [Qt.Key.Key_T, Qt.Key.Key_M, Qt.Key.Key_D])
def test_shows_what_a_colleague_decided_meanwhile(qtbot, window, screen, worker, met, key):
    """The row stood there until F5, and each press was refused again."""
    screen.reason.setCurrentIndex(1)
    worker.triage.take(encounter_id=met)
    if key == Qt.Key.Key_M:
        screen.merge.setEnabled(True)
    Typist(qtbot, window).press(key, target=screen.table.view)
    assert screen.table.model.rows == [] and len(worker.cases.caseload()) == 1
    assert "meanwhile" in window.banner.words.text() and "F5" not in window.banner.words.text()


def test_merges_into_the_open_case_only_where_there_is_one(qtbot, window, screen, worker):
    assert not screen.merge.isEnabled() and screen.take.isEnabled()
    person_id = screen.table.current().person_id
    worker.cases.open_case(person_id=person_id, opened_from="self")
    screen.refresh()
    settle(qtbot, window)
    assert screen.merge.isEnabled() and not screen.take.isEnabled()
    Typist(qtbot, window).press(Qt.Key.Key_M, target=screen.table.view)
    assert screen.table.model.rows == [] and len(worker.follow_ups.planned()) == 1


def test_an_auditor_only_looks(qtbot, signed_in, met):
    window = window_of(qtbot, services_as(signed_in, Role.AUDITOR))
    window.show_place("triage", None)
    settle(qtbot, window)
    assert len(window.current.table.model.rows) == 1
    assert not window.current.take.isVisible() and not window.current.decline.isVisible()
    window.close()


def test_says_what_starts_with_the_case_before_it_is_taken(qtbot, window, screen, worker):
    assert screen.starts.currentText() == "First contact, 24 and 72 hours"
    qtbot.keyClicks(screen.starts, "Four")
    Typist(qtbot, window).press(Qt.Key.Key_T, target=screen.table.view)
    assert len(worker.follow_ups.planned()) == 4
    assert "started: Four" in window.banner.words.text()


def test_one_is_never_said_in_the_plural(qtbot, signed_in, worker):
    person_id = worker.people.add(details=a_person())
    worker.cases.open_episode(new=NewCase(person_id, "self", worker.context.actor.staff_id))
    call_id = worker.calls.add(call=a_call(received_at=NOW - timedelta(hours=30)))
    worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=person_id)
    lead = services_as(signed_in, Role.SUPERVISOR)
    window = window_of(qtbot, lead)
    for place, subject, one in (
        ("today", None, "1 case, "),
        ("triage", None, "1 case, "),
        ("transfer", lead.context.actor.staff_id, "(1 case)"),
        ("person", person_id, "1 call in 30 days"),
    ):
        window.show_place(place, subject)
        settle(qtbot, window)
        said = "\n".join(everything_said(window.current))
        assert one in said, place
        assert re.findall(r"\b1 (?:cases|calls|days|steps)\b", said) == [], place
    window.close()


def everything_said(widget):
    names = [one.accessibleName() for one in widget.findChildren(QAbstractButton)]
    items = [box.itemText(place) for box in widget.findChildren(QComboBox) for place in range(box.count())]
    return [*words(widget), *names, *items]


def test_says_that_nobody_holds_cases_where_only_the_administrator_is_there(qtbot, admin):
    window = window_of(qtbot, admin)
    window.show_place("triage", None)
    settle(qtbot, window)
    assert "Nobody holds cases." in words(window.current)
    window.close()


def test_names_are_whole_in_large_letters_on_a_small_screen(qtbot, worker, met):
    window = window_of(qtbot, worker, percent=150)
    window.resize(1280, 720)
    window.show_place("triage", None)
    settle(qtbot, window)
    view, titles = window.current.table.view, [one.title for one in window.current.table.model.columns]
    name = titles.index("Person")
    assert view.columnWidth(name) >= window.current.table._delegate.width_for("Guadalupe Rodríguez")
    assert view.isColumnHidden(titles.index("Why here")) and "Why here" in words(window.current)
    window.close()


def test_long_names_are_whole_on_a_small_screen(qtbot, window, screen):
    window.resize(1280, 800)
    settle(qtbot, window)
    table, titles = screen.table, [one.title for one in screen.table.model.columns]
    assert table.view.columnWidth(titles.index("Person")) >= table._delegate.width_for(
        "Daniel “Danny” Williams"
    )


def test_why_somebody_is_there_is_one_phrase(qtbot, window, worker):
    call_id = worker.calls.add(call=a_call(received_at=NOW - timedelta(hours=2)))
    wished = an_encounter(follow_up_wished="yes")
    worker.encounters.add(call_id=call_id, details=wished, person_id=worker.people.add(details=a_person()))
    window.show_place("triage", None)
    settle(qtbot, window)
    titles = [one.title for one in window.current.table.model.columns]
    why = window.current.table.model.index(0, titles.index("Why here")).data()
    assert why == "Wishes follow-up, by who answered"
