"""The view under every table: no grid, whole rows, widths shared as wished, keys that open and copy."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override


class TableView(QTableView):
    """Shares its width among the columns as their wished widths stand to each other.

    Signals:
        entered_row: Enter was pressed.
        letter_pressed: a plain letter.
        copy_requested: the copy key was pressed.
        order_chosen: a column's place (-1: as given) and whether it goes down.
        shares_changed: the user drew a column wider or narrower.
    """

    entered_row = Signal()
    letter_pressed = Signal(str)
    copy_requested = Signal()
    order_chosen = Signal(int, bool)
    shares_changed = Signal()

    def __init__(self, shares: tuple[int, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shares = shares
        self.least = (0,) * len(shares)
        """Pixels that each column needs, whatever its share."""
        self.left_out: frozenset[int] = frozenset()
        """Columns that the user does not want."""
        self.empty: frozenset[int] = frozenset()
        """Columns that say nothing now and would only take room."""
        self.give_way: tuple[int, ...] = ()
        """Columns that are not shown where there is no room for all, the first of them first."""
        self.asks_for = 0
        """Pixels of width that the table has at least, where its columns need as many."""
        self._is_sharing = False
        self._order = (-1, False)
        self._build()
        head = self.horizontalHeader()
        head.sectionClicked.connect(self._on_head_clicked)
        head.sectionResized.connect(self._on_resized)

    def share_width(self) -> None:
        """Give each shown column its share; the last one takes what is left.

        In a small window some give way, and the others have less than they need, each in proportion, and
        dots say so.
        """
        wanted = [n for n in range(len(self.shares)) if n not in self.left_out | self.empty]
        width = self.viewport().width()
        needed = sum(self.least[n] for n in self._with_room(wanted, 0))
        self.setMinimumWidth(min(needed, self.asks_for) + self.verticalScrollBar().sizeHint().width())
        shown = self._with_room(wanted, width)
        needed = sum(self.least[n] for n in shown)
        least = [self.least[n] * min(width, needed) // max(needed, 1) for n in shown]
        widths = shared(width, [self.shares[n] for n in shown], least)
        self._is_sharing = True
        for number in range(len(self.shares)):
            self.setColumnHidden(number, number not in shown)
        for number, width in zip(shown, widths, strict=True):
            self.setColumnWidth(number, width)
        self._is_sharing = False

    def _with_room(self, wanted: Sequence[int], width: int) -> list[int]:
        """The wanted columns without those that give way to the others; one at least stays."""
        shown = list(wanted)
        for number in self.give_way:
            if number in shown and len(shown) > 1 and sum(self.least[n] for n in shown) > width:
                shown.remove(number)
        return shown

    def mark_order(self, column: int, *, is_descending: bool) -> None:
        """Show by which column the rows are ordered; -1 shows none."""
        self._order = (column, is_descending)
        head = self.horizontalHeader()
        head.setSortIndicatorShown(column >= 0)
        down = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        head.setSortIndicator(column, down)

    def _build(self) -> None:
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(24)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setStretchLastSection(True)
        head.setSectionsClickable(True)

    def _on_head_clicked(self, column: int) -> None:
        """Up, then down, then as given."""
        place, is_descending = self._order
        wanted = (column, False) if place != column else (-1, False) if is_descending else (column, True)
        self.mark_order(wanted[0], is_descending=wanted[1])
        self.order_chosen.emit(*wanted)

    def _on_resized(self, column: int, _before: int, width: int) -> None:
        shown = [n for n in range(len(self.shares)) if not self.isColumnHidden(n)]
        if self._is_sharing or not self.isVisible() or column not in shown[:-1] or width <= 0:
            return
        self.shares = tuple(
            max(self.columnWidth(n), 1) if n in shown else share for n, share in enumerate(self.shares)
        )
        self.shares_changed.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The current row stays in view where it was, also when something below takes room."""
        current = self.visualRect(self.currentIndex())
        was_in_view = current.top() >= 0 and current.bottom() < event.oldSize().height()
        super().resizeEvent(event)
        self.share_width()
        if was_in_view and not current.isEmpty():
            self.scrollTo(self.currentIndex())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.text().isalpha() and not event.modifiers():
            self.letter_pressed.emit(event.text().lower())
        else:
            super().keyPressEvent(event)


def shared(width: int, shares: Sequence[int], least: Sequence[int]) -> list[int]:
    """A width among columns: each its share, but none less than it needs; the others give it up."""
    fixed: dict[int, int] = {}
    while True:
        free = [n for n in range(len(shares)) if n not in fixed]
        rest = max(0, width - sum(fixed.values()))
        whole = sum(shares[n] for n in free) or 1
        wanted = {n: shares[n] * rest // whole for n in free}
        short = {n: least[n] for n in free if wanted[n] < least[n]}
        if not short:
            return [fixed.get(n, wanted.get(n, 0)) for n in range(len(shares))]
        fixed |= short
