"""A desk that is driven by its keys alone: what a journey presses, where the focus goes, and what is shown."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QMenu

from caseapp.domain.access import Role
from caseapp.ui.main_window import MainWindow
from caseapp.ui.places import PLACES
from caseapp.ui.theme import Look, load
from tests import builders
from tests.ui.driving import settle

MOST_TABS = 160
"""More fields than any screen has."""


class Keys:
    """Two hands on the keyboard of one window; nothing here touches a widget but by its events."""

    def __init__(self, qtbot, window, services):
        self.qtbot, self.window, self.services = qtbot, window, services
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=5_000)

    @property
    def screen(self):
        return self.window.current

    @property
    def focus(self):
        return self.window.focusWidget() or self.window

    def settle(self):
        settle(self.qtbot, self.window)

    def show(self, place, subject=None):
        """Where a journey begins; from there on only keys."""
        self.window.show_place(place, subject)
        self.settle()

    def press(self, *keys):
        for text in keys:
            one = QKeySequence(text)[0]
            QTest.keyClick(self.focus, one.key(), one.keyboardModifiers())
            self.settle()

    def type(self, text):
        QTest.keyClicks(self.focus, text)

    def reach(self, name):
        """Tab until the field or button of a name has the focus, or the first whose name begins so."""
        around = []
        while self.focus not in around:
            if said(self.focus) == name:
                return self.focus
            around.append(self.focus)
            assert len(around) < MOST_TABS
            QTest.keyClick(self.focus, Qt.Key.Key_Tab)
        names = [said(one) for one in around]
        begin = next((one for one in around if said(one).startswith(name)), None)
        assert begin is not None, f"no Tab leads to “{name}”: {names}"
        while self.focus is not begin:
            QTest.keyClick(self.focus, Qt.Key.Key_Tab)
        return begin

    def do(self, name):
        """Reach a button and press it."""
        self.reach(name)
        self.press("Space")

    def fill(self, **fields):
        """Reach fields by the words of their labels, with _ for a blank, and type into each."""
        for name, text in fields.items():
            field = self.reach(name.replace("_", " "))
            self.choose_here(field, text) if isinstance(field, QComboBox) else self.type_over(text)

    def choose(self, name, text):
        self.choose_here(self.reach(name), text)

    def choose_here(self, field, text):
        if field.currentText().startswith(text):
            return
        QTest.qWait(QApplication.keyboardInputInterval() + 20 if field.currentIndex() > 0 else 0)
        QTest.keyClicks(field, text.split()[0])
        for _step in range(field.count()):
            if field.currentText().startswith(text):
                break
            QTest.keyClick(field, Qt.Key.Key_Down)
        assert field.currentText().startswith(text), f"{said(field)} offers no “{text}”"
        self.settle()

    def type_over(self, text):
        QTest.keyClick(self.focus, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(self.focus, text)

    def pick_in_menu(self, name, entry):
        """Open the menu of a button and go down to an entry."""
        self.reach(name)
        QTest.keyClick(self.focus, Qt.Key.Key_Space)
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu), timeout=5_000)
        menu = QApplication.activePopupWidget()
        for _step in menu.actions():
            if menu.activeAction() is not None and menu.activeAction().text() == entry:
                break
            QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)
        self.settle()

    @property
    def words(self):
        """Everything that stands on the screen."""
        return "\n".join(one.text() for one in self.window.findChildren(QLabel) if one.isVisible())

    @property
    def banner(self):
        return self.window.banner.words.text()


class Desks:
    """One open file with a window for each role that is asked for, made once for a module."""

    def __init__(self, database):
        self.signed_in = builders.open_as_administrator(database)
        self.admin = builders.services_of(self.signed_in)
        self._made, self._more = {}, []

    def services(self, role):
        return self.window(role).desk.services

    def window(self, role):
        if role not in self._made:
            is_admin = role is Role.ADMINISTRATOR
            self._made[role] = a_window(
                self.admin if is_admin else builders.services_as(self.signed_in, role)
            )
        return self._made[role]

    def another(self, role):
        """A second window of the same person."""
        self._more.append(a_window(self.services(role)))
        return self._more[-1]

    def close(self):
        for one in (*self._made.values(), *self._more):
            one.close()
            one.deleteLater()
        self.signed_in.close()


def a_window(services):
    look = Look(load("light"))
    look.apply(QApplication.instance())
    made = MainWindow(services, look, PLACES, database="agency.caseapp", agency="Riverside")
    made.show()
    return made


def said(widget):
    """What a screen reader says a field is."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return widget.accessibleName() or interface.text(QAccessible.Text.Name) or f"({type(widget).__name__})"


@contextmanager
def saving_to(path: Path):
    """The system's own dialog answers with a file: it is no window of ours."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(path), ""))
        yield path
