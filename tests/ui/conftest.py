"""The desk's window for a social worker, on a real file."""

import pytest
from PySide6.QtWidgets import QApplication

from caseapp.ui.main_window import MainWindow
from caseapp.ui.places import PLACES
from caseapp.ui.theme import Look, load


@pytest.fixture
def window(qtbot, worker):
    look = Look(load("light"))
    look.apply(QApplication.instance())
    made = MainWindow(worker, look, PLACES, database="agency.caseapp", agency="Riverside Follow-up")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.tasks.is_idle, timeout=10_000)
    yield made
    made.close()
