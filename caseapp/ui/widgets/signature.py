"""A field to sign in with mouse, pen or finger; what is drawn is kept as lines, each point 0 to 1."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from caseapp.ui.theme import Look

_LONGEST = 4000
"""Points of one signature; more would be a scribble that never ends."""


class SignatureField(QWidget):
    """A white field with a line; a signature on paper is the way without a pointing hand.

    Signals:
        drawn: a line ended, or all was taken away.
    """

    drawn = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._strokes: list[list[tuple[float, float]]] = []
        self.setMinimumHeight(look.pixels(110))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName("Signature, drawn with the mouse or a pen")
        self.setToolTip("Sign here with the mouse, a pen or a finger")

    @property
    def strokes(self) -> tuple[tuple[tuple[float, float], ...], ...]:
        """The lines that were drawn."""
        return tuple(tuple(stroke) for stroke in self._strokes if len(stroke) > 1)

    def clear(self) -> None:
        """Take everything away."""
        self._strokes.clear()
        self.update()
        self.drawn.emit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, self._look.pixels(110))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._strokes.append([self._point(event.position())])

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._strokes and sum(map(len, self._strokes)) < _LONGEST:
            self._strokes[-1].append(self._point(event.position()))
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.drawn.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("field_line"), 1))
        painter.setBrush(theme.color("panel"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        base = int(self.height() * 0.78)
        painter.drawLine(16, base, self.width() - 16, base)
        painter.setPen(QPen(theme.color("text"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for stroke in self._strokes:
            points = [QPointF(x * self.width(), y * self.height()) for x, y in stroke]
            painter.drawPolyline(points)

    def _point(self, at: QPointF) -> tuple[float, float]:
        return (
            min(max(at.x() / max(self.width(), 1), 0.0), 1.0),
            min(max(at.y() / max(self.height(), 1), 0.0), 1.0),
        )
