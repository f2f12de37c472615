"""A few choices in a row, each with its digit on the keyboard."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget
from typing_extensions import override

from caseapp.ui.widgets.flow import FlowLayout

_DIGITS = "123456789"
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class Choices(QWidget):
    """One of several by a click, its digit or the arrows.

    Signals:
        chosen: the value.
    """

    chosen = Signal(object)

    def __init__(self, name: str, options: Sequence[tuple[Any, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName("choices")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        flow = FlowLayout(self, spacing=6, is_one_line=True)
        flow.setContentsMargins(0, 4, 0, 6)
        self._group = QButtonGroup(self)
        self._values: list[Any] = []
        for number, (value, words) in enumerate(options, start=1):
            made = QPushButton(f"{number} {words}" if number <= len(_DIGITS) else words)
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
        text, step = event.text(), _STEPS.get(Qt.Key(event.key()), 0)
        if text in _DIGITS[: len(self._values)] and text:
            self._take(int(text) - 1)
        elif step:
            self._take((max(self._group.checkedId(), -1 if step > 0 else 0) + step) % len(self._values))
        else:
            super().keyPressEvent(event)

    def _take(self, place: int) -> None:
        made = self._group.button(place)
        made.setChecked(True)
        self.setAccessibleDescription(made.accessibleName())
        self.chosen.emit(self.value)

    def _on_clicked(self, _number: int) -> None:
        self.chosen.emit(self.value)
