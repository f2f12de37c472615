"""Several of a list: each choice a button that stays down, all reachable by Tab and the space bar."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from caseapp.ui.widgets.flow import FlowLayout


class Several(QWidget):
    """Any number of choices.

    Signals:
        edited: another set is chosen now.
    """

    edited = Signal()

    def __init__(self, name: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        flow = FlowLayout(self, spacing=4)
        self._buttons: dict[str, QPushButton] = {}
        self._others: tuple[str, ...] = ()
        for value, words in options:
            made = QPushButton(words)
            made.setCheckable(True)
            made.setAccessibleName(f"{name}: {words}")
            made.toggled.connect(lambda _on: self.edited.emit())
            flow.addWidget(made)
            self._buttons[value] = made
        if self._buttons:
            self.setFocusProxy(next(iter(self._buttons.values())))

    @property
    def values(self) -> tuple[str, ...]:
        """What is chosen, in the order of the list; what the list does not offer stays as it was."""
        return (*(value for value, made in self._buttons.items() if made.isChecked()), *self._others)

    def words(self, values: Iterable[str]) -> str:
        """The names of choices; what the list does not offer reads as it stands."""
        return ", ".join(self._buttons[one].text() if one in self._buttons else one for one in values)

    def choose(self, values: Iterable[str]) -> None:
        """Choose exactly these."""
        wanted = tuple(values)
        self._others = tuple(value for value in wanted if value not in self._buttons)
        for value, made in self._buttons.items():
            made.setChecked(value in wanted)
