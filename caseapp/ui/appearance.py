"""The menu under the name of who is signed in: theme, text size, when it locks, and the desk's keys."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from caseapp.ui.idle import LOCK_AFTER, USUAL
from caseapp.ui.theme import SIZES, THEMES, Look, load
from caseapp.ui.window_state import WindowState


def lock_after(state: WindowState) -> int:
    """Minutes that were chosen on this machine; anything that is not offered counts as the usual ten."""
    chosen = state.read_numbers("lock-after")
    return chosen[0] if chosen and chosen[0] in LOCK_AFTER else USUAL


class AppearanceMenu(QMenu):
    """Changes the look at once and for the next time.

    Signals:
        look_changed: theme or text size are others now.
        keys_requested: the list of keys is wanted.
        lock_after_chosen: minutes without a key or the mouse after which the desk locks.
    """

    look_changed = Signal()
    keys_requested = Signal()
    lock_after_chosen = Signal(int)

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
        self._add_lock_choices()
        self.addAction("Keys\tF1", self.keys_requested.emit)

    def _add_lock_choices(self) -> None:
        chosen, group = lock_after(self._look.state), QActionGroup(self)
        for minutes in LOCK_AFTER:
            action = self._choice(f"Lock after {minutes} minutes", group, is_chosen=minutes == chosen)
            action.triggered.connect(partial(self._choose_lock, minutes))
        self.addSeparator()

    def _choose_lock(self, minutes: int, _checked: bool = False) -> None:
        self._look.state.write_numbers("lock-after", [minutes])
        self.lock_after_chosen.emit(minutes)

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
