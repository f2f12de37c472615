"""The menu under the name of who is signed in: theme, text size, and the keys that the desk knows."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from caseapp.ui.theme import SIZES, THEMES, Look, load


class AppearanceMenu(QMenu):
    """Changes the look at once and for the next time.

    Signals:
        look_changed: theme or text size are others now.
        keys_requested: the list of keys is wanted.
    """

    look_changed = Signal()
    keys_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        themes, sizes = QActionGroup(self), QActionGroup(self)
        for name in THEMES:
            action = self._choice(load(name).name, themes, is_chosen=load(name) == look.theme)
            action.triggered.connect(partial(self._choose, theme=name))
        self.addSeparator()
        for percent in SIZES:
            action = self._choice(f"Text {percent} %", sizes, is_chosen=percent == look.percent)
            action.triggered.connect(partial(self._choose, percent=percent))
        self.addSeparator()
        self.addAction("Keys\tF1", self.keys_requested.emit)

    def _choice(self, words: str, group: QActionGroup, *, is_chosen: bool) -> QAction:
        action = QAction(words, self)
        action.setCheckable(True)
        action.setChecked(is_chosen)
        group.addAction(action)
        self.addAction(action)
        return action

    def _choose(self, _checked: bool = False, *, theme: str = "", percent: int = 0) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._look.choose(application, theme=theme, percent=percent)
            self.look_changed.emit()
