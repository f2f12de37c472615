"""The desk of a social worker, in a real window."""

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QMainWindow, QMenu, QWidget
from sqlalchemy import Engine, event

from caseapp.ui import lists, main_window
from tests.ui.driving import window_of

WINDOWS = (QMainWindow, QDialog, QMenu)
SCREENS = str(Path(main_window.__file__).parent)
BEFORE_THE_WINDOW = Path(lists.__file__).name


@pytest.fixture
def window(qtbot, worker):
    made = window_of(qtbot, worker)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def nothing_flashes(monkeypatch):
    """A widget that is shown before it has its place is a window of its own for a moment."""
    shown = QWidget.setVisible

    def set_visible(self, visible):
        has_place = self.parentWidget() is not None or (self.isWindow() and isinstance(self, WINDOWS))
        assert has_place or not visible, f"{type(self).__name__} is shown before it has its place"
        shown(self, visible)

    monkeypatch.setattr(QWidget, "setVisible", set_visible)


@pytest.fixture(autouse=True)
def no_window_waits():
    """A screen that asks the database on the window's thread stands still while it answers."""
    waited = []

    def note(_connection, _cursor, statement, *_rest):
        if threading.current_thread() is threading.main_thread() and (place := screen_below()):
            waited.append(f"{place}: {statement[:80]}")

    event.listen(Engine, "before_cursor_execute", note)
    yield
    event.remove(Engine, "before_cursor_execute", note)
    assert waited == []


def screen_below():
    """The line of a screen that the running code was called from; "" for code of a test."""
    frame = sys._getframe(2)
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(SCREENS):
            path = Path(file)
            return "" if path.name == BEFORE_THE_WINDOW else f"{path.relative_to(SCREENS)}:{frame.f_lineno}"
        frame = frame.f_back
    return ""
