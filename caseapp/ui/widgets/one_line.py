"""A line of text that gives way: what has no room is cut with dots, and told whole when one stays on it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

_LEAST = 90
"""Pixels that are always left to a line."""


class OneLine(QLabel):
    """Asks for the room of its whole text, and makes do with less.

    With `keeps`, so many letters stay whatever stands beside it, as long as the text has them.
    """

    def __init__(
        self, text: str = "", look: str = "", *, keeps: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._whole, self._keeps = "", keeps
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", look)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setText(text)

    @override
    def text(self) -> str:
        """The whole text, whatever is shown of it."""
        return self._whole

    @override
    def setText(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    @override
    def clear(self) -> None:
        self.setText("")

    @override
    def sizeHint(self) -> QSize:
        self.ensurePolished()
        room = self.contentsMargins().left() + self.contentsMargins().right() + 2
        width = self.fontMetrics().horizontalAdvance(self._whole) + room if self._whole else 0
        return QSize(width, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        least = max(_LEAST, self._keeps * self.fontMetrics().averageCharWidth())
        return QSize(min(hint.width(), least), hint.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 1))
        is_cut = shown != self._whole and self.width() < self.sizeHint().width()
        words, told = (shown, self._whole) if is_cut else (self._whole, "")
        if words != QLabel.text(self):
            QLabel.setText(self, words)
        if told != self.toolTip():
            self.setToolTip(told)
