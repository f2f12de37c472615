"""The tour's steps through the review of people who stand twice: link two records, and take it back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from caseapp.ui.main_window import MainWindow
from caseapp.ui.people.person_screen import PersonScreen
from caseapp.ui.people.review_screen import ReviewScreen


@dataclass(frozen=True, slots=True)
class Hand:
    """What the tour does everything with: a step with its picture, patience, and a click."""

    step: Callable[[MainWindow, str], AbstractContextManager[list[str]]]
    until: Callable[[Callable[[], bool], str], None]
    button: Callable[[QWidget, str], QPushButton]
    click: Callable[[QPushButton], None]
    check: Callable[[bool, str, list[str]], None]


def review(hand: Hand, window: MainWindow) -> None:
    """Look for people who stand twice, link the likeliest pair, see one person, and unlink."""
    screen = _look(hand, window)
    pair = screen.table.model.rows[0]
    before = len(screen.table.model.rows)
    with hand.step(window, "review, linked") as asserted:
        screen.table.view.setFocus()
        screen.table.view.selectRow(0)
        QTest.keyClick(screen.table.view, Qt.Key.Key_L)
        hand.until(lambda: len(screen.table.model.rows) < before, "the pair was not linked")
        asserted.append("one key links the pair, and the next one is chosen")
    with hand.step(window, "linked records") as asserted:
        window.show_place("person", pair.left.id)
        person = window.current
        assert isinstance(person, PersonScreen)  # noqa: S101
        hand.until(lambda: person.record is not None and bool(person.record.linked), "no link is shown")
        asserted.append("both records are one person, each value with its record")
    with hand.step(window, "unlink") as asserted:
        hand.click(hand.button(window, "Unlink records 1 and 2"))
        hand.until(lambda: window.current.name == "parting", "the question did not open")
        asserted.append("both sides are shown as they will be")
    with hand.step(window, "unlinked") as asserted:
        hand.click(hand.button(window, "Unlink"))
        hand.until(lambda: window.current is person, "the records were not parted")
        hand.until(lambda: person.record is not None and not person.record.linked, "the link still stands")
        window.show_place("review", None)
        hand.until(lambda: len(screen.table.model.rows) == before, "the pair does not wait again")
        asserted.append("two people again, and the pair waits for a judgement")


def _look(hand: Hand, window: MainWindow) -> ReviewScreen:
    with hand.step(window, "review") as asserted:
        window.show_place("review", None)
        screen = window.current
        assert isinstance(screen, ReviewScreen)  # noqa: S101
        hand.until(lambda: window.tasks.is_idle, "the list was not read")
        hand.click(screen.look)
        hand.until(lambda: bool(screen.table.model.rows), "nobody stands twice in the sample")
        count = len(screen.table.model.rows)
        hand.check(
            screen.beside.text().startswith(f"{count} "), f"{count} pairs are counted and listed", asserted
        )
    return screen
