"""The desk of a social worker, in a real window."""

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QWidget

from caseapp.ui.main_window import MainWindow
from caseapp.ui.places import PLACES
from caseapp.ui.theme import Look, load
from tests.ui.driving import settle

WINDOWS = (QMainWindow, QDialog, QMenu)


@pytest.fixture
def window(qtbot, worker):
    look = Look(load("light"))
    look.apply(QApplication.instance())
    made = MainWindow(worker, look, PLACES, database="agency.caseapp", agency="Riverside Follow-up")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    settle(qtbot, made)
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
