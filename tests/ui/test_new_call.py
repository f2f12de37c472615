"""A call typed in at the desk, by events."""

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from caseapp.domain.access import NotAllowed, Role
from caseapp.domain.call_filters import CallFilter
from caseapp.domain.calls import NumberTaken
from tests.builders import NOW, a_call, services_as
from tests.ui.driving import click, settle, unnamed, window_of, words


@pytest.fixture
def window(qtbot, worker):
    made = window_of(qtbot, worker)
    made.show_place("new-call", None)
    settle(qtbot, made)
    yield made
    made.close()


def test_a_call_that_no_centre_sent_is_written_and_opens_on_its_workbench(qtbot, window, worker):
    screen = window.current
    assert screen.form.field("place").hasFocus() and unnamed(screen) == []
    qtbot.keyClicks(screen.form.field("place"), "Fountain Square")
    qtbot.keyClicks(screen.form.field("type_initial"), "Welfare check")
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert window.current.name == "calls"
    call = worker.calls.open(call_id=window.current.bench.call.id).call
    assert (call.number, call.source, call.place) == ("T26-0001", "team", "Fountain Square")
    assert call.type_text == "Welfare check" and call.received_at == NOW
    assert worker.today.page().drafts == ()


def test_what_was_typed_goes_on_from_today_under_what_it_is_about(qtbot, window, worker):
    qtbot.keyClicks(window.current.form.field("place"), "Fountain Square")
    window.current.keep_draft()
    settle(qtbot, window)
    window.show_place("today", None)
    settle(qtbot, window)
    assert "Call: Fountain Square" in words(window.current)
    click(qtbot, window, "Go on with call of Fountain Square")
    assert window.current.form.field("place").text() == "Fountain Square"
    assert window.current.draft.bar.isVisible()


def test_what_cannot_be_stands_beside_its_field_and_nothing_is_written(qtbot, window, worker):
    worker.calls.add(call=a_call("T26-0001"))
    screen = window.current
    for key, typed, told in (
        ("number", "T26-0001", "T26-0001"),
        ("received_at", "whenever", "whenever"),
    ):
        screen.about(None)
        settle(qtbot, window)
        field = screen.form.field(key)
        field.clear()
        qtbot.keyClicks(field, typed)
        screen.save.click()
        settle(qtbot, window)
        assert window.current is screen and any(told in one for one in words(screen)), key
    assert len(worker.calls.page(where=CallFilter())) == 1


def test_numbers_of_our_own_go_on_and_one_that_is_taken_is_refused(worker):
    worker.calls.add(call=a_call("T26-LIBRARY"))
    blank = replace(a_call(), id=UUID(int=0), number=" ")
    numbers = [worker.calls.open(call_id=worker.calls.add(call=blank)).call.number for _ in range(3)]
    assert numbers == ["T26-0001", "T26-0002", "T26-0003"]
    with pytest.raises(NumberTaken):
        worker.calls.add(call=replace(blank, number="T26-0002"))


def test_who_may_not_write_calls_is_not_offered_one(qtbot, signed_in):
    auditor = services_as(signed_in, Role.AUDITOR)
    with pytest.raises(NotAllowed):
        auditor.calls.add(call=a_call())
    window = window_of(qtbot, auditor)
    assert "Call" not in [action.text() for action in window.findChildren(QAction)]
    window.close()
