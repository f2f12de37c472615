"""The desk of a social worker, in a real window."""

import pytest
from PySide6.QtWidgets import QApplication

from caseapp.ui.main_window import MainWindow
from caseapp.ui.places import PLACES
from caseapp.ui.theme import Look, load
from tests.ui.driving import settle


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
