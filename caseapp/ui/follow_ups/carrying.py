"""Carrying a follow-up to another place of the calendar with the mouse, all within the window.

The system's own drag and drop would offer what is carried to every other program; this never leaves the view.
"""

from collections.abc import Callable

from PySide6.QtCore import QPersistentModelIndex, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QTableView

from caseapp.domain.follow_ups import FollowUp
from caseapp.ui.follow_ups.grid import Cell
from caseapp.ui.widgets.basics import cut

_EDGE = 24
"""Pixels from the upper and the lower edge within which the calendar turns while something is carried."""

_TURN_EVERY = 80
"""Milliseconds between two turns by one step of the scroll bar."""


class Carrying:
    """What the mouse holds, where it would come down, and the words that go along with it."""

    def __init__(
        self,
        view: QTableView,
        cell_at: Callable[[QPoint], Cell | None],
        words: Callable[[FollowUp, Cell], str],
    ) -> None:
        self._view, self._cell_at, self._words = view, cell_at, words
        self._pressed: tuple[QPoint, FollowUp] | None = None
        self._at = QPoint()
        self.held: FollowUp | None = None
        self.target = QPersistentModelIndex()
        self.label = QLabel(view.viewport())
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setObjectName("carried")
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.label.hide()
        self._turning = QTimer(view)
        self._turning.setInterval(_TURN_EVERY)
        self._turning.timeout.connect(self._turn)

    @property
    def is_over(self) -> Cell | None:
        """The place that the mouse is over."""
        return self._cell_at(self._at) if self.held is not None else None

    def press(self, at: QPoint) -> None:
        """The mouse went down: on a follow-up it may become a carrying."""
        cell = self._cell_at(at)
        self._pressed = (at, cell.row) if cell is not None and cell.row is not None else None

    def move(self, at: QPoint) -> bool:
        """The mouse moved with its button down; whether something is carried."""
        if self.held is None and self._pressed is not None:
            start, one = self._pressed
            if (at - start).manhattanLength() >= QApplication.startDragDistance():
                self.held = one
                self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
                self._turning.start()
        if self.held is not None:
            self._at = at
            self._show()
        return self._pressed is not None

    def release(self) -> tuple[FollowUp, Cell] | None:
        """The mouse was let go: what was carried and the place, or None where it was nothing."""
        held, cell = self.held, self.is_over
        self.stop()
        return (held, cell) if held is not None and cell is not None else None

    def stop(self) -> None:
        """Let go without moving anything."""
        self._pressed = self.held = None
        self._turning.stop()
        self.label.hide()
        self._mark(QPersistentModelIndex())
        self._view.viewport().unsetCursor()

    def _show(self) -> None:
        """Say beside the mouse what is carried and where it would stand, and mark the place."""
        if self.held is None:
            return
        cell = self.is_over
        self._mark(QPersistentModelIndex(self._view.indexAt(self._at)))
        words = self._words(self.held, cell) if cell is not None else "Esc: leave it where it is"
        self.label.setText(cut(words, 60))
        self.label.adjustSize()
        room = self._view.viewport().rect()
        beside = self._at + QPoint(14, 12)
        left = min(beside.x(), room.right() - self.label.width())
        low = min(beside.y(), room.bottom() - self.label.height())
        self.label.move(max(left, 0), max(low, 0))
        self.label.show()
        self.label.raise_()

    def _mark(self, target: QPersistentModelIndex) -> None:
        if target != self.target:
            self.target = target
            self._view.viewport().update()

    def _turn(self) -> None:
        bar, height = self._view.verticalScrollBar(), self._view.viewport().height()
        step = (self._at.y() > height - _EDGE) - (self._at.y() < _EDGE)
        if step:
            bar.setValue(bar.value() + step * bar.singleStep())
            self._show()
