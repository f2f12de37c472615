"""Keeps the keyboard on the page when the field or button that had it goes away or is switched off."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from caseapp.ui.screen import Screen


class KeptFocus(QObject):
    """Qt hands the keyboard to whatever comes next in the window, which mostly is the search field.

    Whoever linked somebody by a key goes on where the screen begins instead; a screen that puts the keyboard
    where it knows better is left alone.
    """

    def __init__(self, parent: QObject, current: Callable[[], Screen]) -> None:
        super().__init__(parent)
        self._current = current
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is None or now is None or (before.isVisible() and before.isEnabled()):
            return
        screen = self._current()
        if screen.isAncestorOf(before) and not screen.isAncestorOf(now):
            QTimer.singleShot(0, self, lambda: self._bring_back(screen, now))

    def _bring_back(self, screen: Screen, stray: QWidget) -> None:
        if isValid(stray) and stray.hasFocus() and self._current() is screen:
            screen.take_focus()
