"""The tour's hand: keys and clicks on the real windows, patience, pictures, and how long the desk was held.

Everything is done by events. An event that is sent is timed as it is handled; what the event loop does by
itself is timed from its waking to its next rest. The longest of both is the longest block.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QPushButton, QWidget

from caseapp.ui.main_window import MainWindow
from caseapp.ui.screen import Screen
from caseapp.ui.widgets.table import Table

PATIENCE = 30.0
"""Seconds a step may wait for the background before the tour says that it failed."""

_TURN = 5
"""Milliseconds that the event loop runs before the tour looks again."""

ScreenT = TypeVar("ScreenT", bound=Screen)


class Failed(Exception):
    """A step did not show what it should."""


def type_letter(field: QWidget, letter: str) -> None:
    """Press and let go the key of a letter, also of one that Qt's test keyboard ends the process for."""
    if letter.isascii():
        QTest.keyClicks(field, letter)
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        key = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(field, key)


class Blocks:
    """The longest time, in milliseconds, in which the event loop could not take an event."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._woken = time.perf_counter()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self._on_awake)
        dispatcher.aboutToBlock.connect(self._on_rest)

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Time what one sent event does until it was handled."""
        start = time.perf_counter()
        yield
        self._note(start)

    def start_anew(self) -> float:
        """The longest since the last call, which is forgotten."""
        longest, self.longest = self.longest, 0.0
        return longest

    @contextmanager
    def paused(self) -> Iterator[None]:
        """What the tour itself does meanwhile, or a dialog of the system, does not count."""
        before = self.longest
        yield
        self.longest, self._woken = before, time.perf_counter()

    def _on_awake(self) -> None:
        self._woken = time.perf_counter()

    def _on_rest(self) -> None:
        self._note(self._woken)

    def _note(self, start: float) -> None:
        self.longest = max(self.longest, (time.perf_counter() - start) * 1000)


class Hand:
    """Works one window, and writes down every step with what was seen in it."""

    def __init__(self, window: MainWindow, folder: Path, theme: str, steps: list[dict[str, Any]]) -> None:
        self.window, self.folder, self.theme, self.steps = window, folder, theme, steps
        self._blocks = Blocks()
        self.longest = 0.0
        self.keys = 0
        """Keys pressed so far, a chord as one."""
        self._activate()

    @contextmanager
    def step(self, name: str) -> Iterator[list[str]]:
        """One step of the job; what it appends was seen to hold. A picture is taken at its end."""
        asserted: list[str] = []
        start = time.perf_counter()
        yield asserted
        elapsed = time.perf_counter() - start
        self.settle()
        block = self._blocks.start_anew()
        self.longest = max(self.longest, block)
        self.write_down(name, name, elapsed * 1000, block, asserted)

    def write_down(
        self, name: str, picture: str, milliseconds: float, block: float, asserted: list[str]
    ) -> None:
        """Put a step into the report, with the desk as it looks now."""
        short = picture.replace(", ", "-").replace(" ", "-")
        file = f"{len(self.steps) + 1:02d}-{short}-{self.theme}.png"
        with self._blocks.paused():
            self.window.grab().save(str(self.folder / file))
        self.steps.append(
            {
                "name": name,
                "theme": self.theme,
                "milliseconds": round(milliseconds),
                "longest_block_ms": round(block),
                "asserted": asserted,
                "picture": file,
            }
        )

    def until(self, holds: Callable[[], bool], otherwise: str) -> None:
        """Let the desk work until something holds; raises Failed when patience ends."""
        end = time.monotonic() + PATIENCE
        while not holds():
            self._turn()
            if time.monotonic() > end:
                raise Failed(otherwise)

    def settle(self) -> None:
        """Let the desk work until nothing waits."""
        self._turn()
        self.until(lambda: self.window.tasks.is_idle, "the background did not come to rest")
        for _count in range(3):
            self._turn()

    def screen(self, kind: type[ScreenT]) -> ScreenT:
        """The screen that is shown, once it is of this kind."""
        self.until(lambda: isinstance(self.window.current, kind), f"the screen {kind.__name__} is not shown")
        shown = self.window.current
        assert isinstance(shown, kind)  # noqa: S101
        return shown

    def go_to(self, title: str, kind: type[ScreenT]) -> ScreenT:
        """Open a place by its button at the side."""
        self.click(self.button(title))
        return self.screen(kind)

    def search(self, words: str, kind: type[ScreenT]) -> ScreenT:
        """Open what the search finds first."""
        self.press("Ctrl+K")
        field = self.window.search
        self.write(field, words)
        self.until(
            lambda: field.results is not None and field.results.isVisible() and field.results.count() > 0,
            "the search found nothing",
        )
        self.settle()
        self.press("Return", field)
        return self.screen(kind)

    def button(self, name: str, inside: QWidget | None = None) -> QPushButton:
        """A visible button by its name, waited for; on the desk, or in a part of it."""
        found: list[QPushButton] = []

        def is_there() -> bool:
            found[:] = [
                one
                for one in (inside or self.window).findChildren(QPushButton)
                if one.accessibleName() == name and one.isVisible()
            ]
            return bool(found)

        self.until(is_there, f"there is no button “{name}”")
        return found[0]

    def click(self, made: QWidget) -> None:
        """Press and let go the left button of the mouse."""
        if not made.isEnabled():
            raise Failed(f"“{made.accessibleName()}” is off")
        with self._blocks.timed():
            QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(9, made.height() // 2))
        self._turn()

    def press(self, keys: str, where: QWidget | None = None) -> None:
        """Press keys such as "Ctrl+K" where the focus is, or in a widget."""
        self.keys += 1
        with self._blocks.timed():
            QTest.keySequence(where or self._focus(), QKeySequence(keys))
        self._turn()

    def write(self, field: QWidget, words: str) -> None:
        """Type words into a field, a key at a time."""
        self.until(field.isVisible, "the field is not shown")
        field.setFocus()
        self._type(field, words)

    def write_here(self, words: str) -> None:
        """Type words where the focus is, and let the desk answer."""
        self._type(self._focus(), words)
        self.settle()

    def _type(self, field: QWidget, words: str) -> None:
        self.keys += len(words)
        for letter in words:
            with self._blocks.timed():
                type_letter(field, letter)

    def field(self, name: str) -> QLineEdit:
        """A field of the screen that is shown, by its name."""
        found = [
            one
            for one in self.window.current.findChildren(QLineEdit)
            if one.accessibleName() == name and one.isVisible()
        ]
        if not found:
            raise Failed(f"there is no field “{name}”")
        return found[0]

    def choose(self, box: QComboBox, words: str) -> None:
        """Choose an entry of a list by the first letters of its name."""
        box.setFocus()
        with self._blocks.timed():
            for letter in words:
                type_letter(box, letter)
        if not box.currentText().startswith(words):
            raise Failed(f"“{words}” cannot be chosen")

    def open_row(self, table: Table[Any], number: int = 0, keys: str = "Return") -> None:
        """Go to a row of a list by the keyboard, and press a key on it."""
        table.view.setFocus()
        self.press("Ctrl+Home", table.view)
        for _count in range(number):
            self.press("Down", table.view)
        self.press(keys, table.view)

    def name_file(self, made: QPushButton, file: Path) -> None:
        """Click a button that asks for a file, and type its name into the dialog.

        The dialog's list of completions may take the key that ends it, so it is pressed until the dialog is
        gone; one that stays is closed, and the step fails.
        """
        failed: list[str] = []
        end = time.monotonic() + PATIENCE

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            field = dialog.findChild(QLineEdit, "fileNameEdit") if isinstance(dialog, QFileDialog) else None
            if time.monotonic() > end or (field is None and dialog is not None):
                failed.append("the dialog for the file did not take its name")
                self._dismiss()
            elif field is not None:
                popup = QApplication.activePopupWidget()
                if popup is not None:
                    popup.close()
                if field.text() != str(file):
                    field.selectAll()
                    for letter in str(file):
                        type_letter(field, letter)
                QTest.keyClick(field, Qt.Key.Key_Return)

        asking = QTimer()
        asking.setInterval(200)
        asking.timeout.connect(answer)
        asking.start()
        with self._blocks.paused():
            QTest.mouseClick(made, Qt.MouseButton.LeftButton)
        asking.stop()
        if failed:
            raise Failed(failed[0])
        self._activate()

    def _dismiss(self) -> None:
        """Close what waits for an answer: a list of completions first, then the dialog under it."""
        for waiting in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
            if waiting is not None:
                waiting.close()

    def check(self, holds: bool, words: str, asserted: list[str]) -> None:
        """Write down what was seen, or fail with it."""
        if not holds:
            raise Failed(f"not so: {words}")
        asserted.append(words)

    def _activate(self) -> None:
        """Keys go where the window is the active one; not every platform gives it back by itself."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow, "the window does not become the active one")

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def _turn(self) -> None:
        loop = QEventLoop()
        QTimer.singleShot(_TURN, loop.quit)
        loop.exec()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
