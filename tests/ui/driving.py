"""How tests wait for a window, press keys in it, and read what it shows."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTableView,
)

from caseapp.ui.main_window import MainWindow
from caseapp.ui.places import PLACES
from caseapp.ui.theme import Look, load

CTRL = Qt.KeyboardModifier.ControlModifier


def a_window(qtbot, services, *, theme="light", percent=100, agency="Riverside Follow-up"):
    """The desk of somebody, in a window that is not shown yet."""
    look = Look(load(theme), percent)
    look.apply(QApplication.instance())
    made = MainWindow(services, look, PLACES, database="agency.caseapp", agency=agency)
    qtbot.addWidget(made)
    return made


def show_window(qtbot, window):
    window.show()
    window.activateWindow()
    settle(qtbot, window)
    return window


def window_of(qtbot, services, **how):
    """The desk of somebody, open in a window; whoever asked for it closes it."""
    return show_window(qtbot, a_window(qtbot, services, **how))


def a_desk(qtbot, services, *, size=100):
    """The same, at Setup."""
    made = window_of(qtbot, services, percent=size)
    made.show_place("setup", None)
    settle(qtbot, made)
    return made


def settle(qtbot, window):
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=30_000)
    qtbot.wait(20)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=10_000)


def unnamed(widget):
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QSpinBox, QTableView)
    found = []
    for kind in kinds:
        for one in widget.findChildren(kind):
            if (
                one.isVisible()
                and one.focusPolicy() != Qt.FocusPolicy.NoFocus
                and not one.objectName().startswith("qt_")
            ):
                interface = QAccessible.queryAccessibleInterface(one)
                if not one.accessibleName() and not interface.text(QAccessible.Text.Name):
                    found.append(f"{type(one).__name__} in {type(widget).__name__}")
    return found


def words(widget):
    """Every text that is shown."""
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def buttons(widget, name):
    """The shown buttons of a name."""
    found = widget.findChildren(QAbstractButton)
    return [one for one in found if one.isVisible() and one.accessibleName() == name]


def click(qtbot, window, name):
    """Press the first shown button of a name."""
    found = buttons(window, name)
    assert found, f"there is no button “{name}”"
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)
    settle(qtbot, window)


def tabbed(window, key=Qt.Key.Key_Tab, most=200):
    """The fields and buttons that a key leads to, from where the focus is until it is there again."""
    seen = []
    while (at := window.focusWidget()) not in seen:
        seen.append(at)
        assert len(seen) < most
        QTest.keyClick(at, key)
    return seen


class Typist:
    """Presses keys where the focus is, as a person does, and counts them."""

    def __init__(self, qtbot, window):
        self.qtbot, self.window, self.keys = qtbot, window, 0

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier, *, target=None):
        self.qtbot.keyClick(target or self.focus, key, modifiers)
        self.keys += 1
        settle(self.qtbot, self.window)

    def type(self, text):
        self.qtbot.keyClicks(self.focus, text)
        self.keys += len(text)

    @property
    def focus(self):
        focused = self.window.focusWidget()
        assert focused is not None
        return focused


def typed(qtbot, window, field, text):
    """Type, and wait until the answer to the last key is there."""
    field.setFocus()
    qtbot.keyClicks(field, text)
    qtbot.wait(200)
    settle(qtbot, window)
