"""A drive in the network answers slowly: nobody is shown for somebody else meanwhile."""

import threading

import pytest
from PySide6.QtWidgets import QApplication

from caseapp.domain.people import Alert
from caseapp.ui.screen import SLOW_AFTER
from tests.builders import a_person
from tests.ui.driving import settle, words


@pytest.fixture
def hold(worker):
    """What holds the file's write lock until the value it answers is set, as an import elsewhere does."""
    goes_on, holds = threading.Event(), threading.Event()

    def keep():
        with worker.context.write("test.hold") as work:
            work.take_lock()
            holds.set()
            goes_on.wait(20)

    thread = threading.Thread(target=keep)

    def begin():
        thread.start()
        assert holds.wait(5)
        return goes_on

    yield begin
    goes_on.set()
    if thread.ident:
        thread.join()


@pytest.mark.parametrize("place", ["person", "case"])
def test_nobody_else_is_shown_while_somebody_is_read(qtbot, window, worker, hold, place):
    alert = Alert("safety", "Dog bites")
    opened = []
    for name in ("Ruth", "Walter"):
        one = worker.people.add(details=a_person(name, "Vega", alerts=(alert,)))
        case = worker.cases.open_case(person_id=one, opened_from="call")
        opened.append(one if place == "person" else case.id)
    window.show_place(place, opened[0])
    settle(qtbot, window)
    screen = window.current
    assert "Ruth Vega" in " ".join(words(screen))
    goes_on = hold()
    window.show_place(place, opened[1])
    qtbot.wait(SLOW_AFTER + 200)
    said = " ".join(words(screen))
    assert screen.title.text() == "Reading…" and screen.action_box.isHidden()
    assert "Ruth" not in said and "555" not in said and "Dog bites" not in said
    goes_on.set()
    settle(qtbot, window)
    assert "Walter Vega" in " ".join(words(screen)) and screen.action_box.isVisible()
    focus = QApplication.focusWidget()
    assert focus is screen or screen.isAncestorOf(focus)
