"""A few choices in a row, each with its digit on the keyboard."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget
from typing_extensions import override

from caseapp.ui.widgets.flow import FlowLayout


class Choices(QWidget):
    """One of several by a click or its digit.

    Signals:
        chosen: the value.
    """

    chosen = Signal(object)

    def __init__(self, name: str, options: Sequence[tuple[Any, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        flow = FlowLayout(self, spacing=6)
        self._group = QButtonGroup(self)
        self._values: list[Any] = []
        for number, (value, words) in enumerate(options, start=1):
            made = QPushButton(f"{number} {words}")
            made.setCheckable(True)
            made.setAccessibleName(words)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._group.addButton(made, number - 1)
            self._values.append(value)
            flow.addWidget(made)
        self._group.idClicked.connect(self._on_clicked)

    @property
    def value(self) -> Any:
        """What is chosen, or None."""
        number = self._group.checkedId()
        return self._values[number] if number >= 0 else None

    def choose(self, value: Any) -> None:
        """Choose a value; None takes the choice away."""
        if value is None:
            self._group.setExclusive(False)
            for made in self._group.buttons():
                made.setChecked(False)
            self._group.setExclusive(True)
            return
        self._group.button(self._values.index(value)).setChecked(True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text.isdigit() and 1 <= int(text) <= len(self._values):
            self._group.button(int(text) - 1).setChecked(True)
            self.chosen.emit(self.value)
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, _number: int) -> None:
        self.chosen.emit(self.value)
