"""The calendar as a table of cells: painted, spoken, and moved by the mouse or by Alt and the arrows."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from caseapp.domain.follow_ups import FollowUp
from caseapp.ui.follow_ups.carrying import Carrying
from caseapp.ui.follow_ups.grid import Cell
from caseapp.ui.follow_ups.grid_model import GridModel

_SHIFTS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


_LEAST_LINES = 12
"""Lines of text that are shown in a low window; below that the page scrolls."""


class CalendarView(QTableView):
    """Keys and mouse of the calendar; it changes nothing by itself.

    Signals:
        opened: the cell that Enter or a double click is on.
        shifted: a follow-up and how far, in columns and lines, Alt and an arrow move it.
        dropped: a follow-up and the cell that the mouse carried it to.
        letter_pressed: a plain letter.
        paged: -1 or 1.
    """

    opened = Signal(object)
    shifted = Signal(object, int, int)
    dropped = Signal(object, object)
    letter_pressed = Signal(str)
    paged = Signal(int)

    def __init__(
        self,
        model: GridModel,
        carried_words: Callable[[FollowUp, Cell], str],
        *,
        may_carry: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._grid, self._may_carry = model, may_carry
        self.fits_lines = 0
        self.carrying = Carrying(self, lambda at: model.cell(self.indexAt(at)), carried_words)
        self.setModel(model)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setHighlightSections(False)
        across.setTextElideMode(Qt.TextElideMode.ElideRight)
        across.setSectionsClickable(False)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(20)
        down.setSectionsClickable(False)
        down.setHighlightSections(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._grid.cell(index)))

    def fit_lines(self) -> None:
        """Share the height among the lines where the view wishes it, none lower than `fits_lines` pixels."""
        self.setMinimumHeight(_LEAST_LINES * self.fontMetrics().height())
        lines = len(self._grid.grid.lines)
        if self.fits_lines and lines:
            height = max(self.viewport().height() // lines, self.fits_lines)
            self.verticalHeader().setDefaultSectionSize(height)

    def show_current(self) -> None:
        """Bring into sight what the keyboard is on, in a month with the whole of its week."""
        self.updateGeometries()
        at = self.currentIndex()
        heads = [number for number, line in enumerate(self._grid.grid.lines) if line.is_head]
        if at.isValid() and heads:
            begins = max(number for number in heads if number <= at.row())
            ends = next((number for number in heads if number > at.row()), len(self._grid.grid.lines))
            for number in (ends - 1, begins):
                self.scrollTo(self._grid.index(number, at.column()))
        elif at.isValid():
            self.scrollTo(at)

    def current(self) -> Cell | None:
        """The cell that the keyboard is on."""
        return self._grid.cell(self.currentIndex())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_lines()
        self.show_current()

    @override
    def event(self, event: QEvent) -> bool:
        """Alt and an arrow are the calendar's own while a follow-up is chosen, not the window's back."""
        is_key = event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and self._shift(event) is not None:  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self._may_carry and event.button() is Qt.MouseButton.LeftButton:
            self.carrying.press(event.position().toPoint())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """With a follow-up under the button nothing else is chosen on the way."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self.carrying.stop()
        if not self.carrying.move(event.position().toPoint()):
            super().mouseMoveEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and (found := self.carrying.release()) is not None:
            self.dropped.emit(*found)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """What is carried when the desk is locked, or another view is shown, stays where it is."""
        self.carrying.stop()
        super().hideEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.carrying.held is not None:
            if event.key() == Qt.Key.Key_Escape:
                self.carrying.stop()
            return
        cell, shift = self.current(), self._shift(event)
        if shift is not None and cell is not None:
            self.shifted.emit(cell.row, *shift)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(cell)
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.paged.emit(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        elif event.text().isalpha() and not event.modifiers():
            self.letter_pressed.emit(event.text().lower())
        else:
            super().keyPressEvent(event)

    def _shift(self, event: QKeyEvent) -> tuple[int, int] | None:
        cell = self.current()
        if not event.modifiers() & Qt.KeyboardModifier.AltModifier or cell is None or cell.row is None:
            return None
        return _SHIFTS.get(Qt.Key(event.key()))
