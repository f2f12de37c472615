"""The calendar as a table of cells: painted, spoken, and moved by the mouse or by Alt and the arrows."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from caseapp.domain.day_words import long_day
from caseapp.domain.follow_ups import FollowUp
from caseapp.ui.follow_ups.carrying import Carrying
from caseapp.ui.follow_ups.grid import Cell, Grid
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.rows import tooltip

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole + 1
_SHIFTS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class GridModel(QAbstractTableModel):
    """A grid for the view; `words` tells a follow-up in one sentence."""

    def __init__(self, words: Callable[[FollowUp], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.grid = Grid((), ())
        self._words = words

    def set_grid(self, grid: Grid) -> None:
        """Show another grid."""
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def cell(self, index: Index) -> Cell | None:
        """The cell of an index."""
        return self.grid.lines[index.row()].cells[index.column()] if index.isValid() else None

    def place_of(self, follow_up_id: UUID) -> QModelIndex:
        """Where a follow-up stands; an invalid index where it is not shown."""
        for number, line in enumerate(self.grid.lines):
            for column, cell in enumerate(line.cells):
                if cell.row is not None and cell.row.id == follow_up_id:
                    return self.index(number, column)
        return QModelIndex()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.grid.lines)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.grid.titles)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cell(index)
        if cell is None:
            return None
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(cell)
        if role == Qt.ItemDataRole.ToolTipRole and cell.row is not None:
            return tooltip(self._words(cell.row).split("; "))
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        is_across = orientation is Qt.Orientation.Horizontal
        titles: Sequence[str] = self.grid.titles if is_across else [one.title for one in self.grid.lines]
        return titles[section] if 0 <= section < len(titles) else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.cell(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _spoken(self, cell: Cell) -> str:
        day = long_day(cell.day)
        if cell.row is not None:
            return f"{day}: {self._words(cell.row)}"
        return f"{day}: {f'{cell.more} more' if cell.more else cell.head or 'free'}"


class CellPainter(QStyledItemDelegate):
    """A follow-up as a block of its tone; a day as its number."""

    def __init__(self, desk: Desk, tone: Callable[[FollowUp], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._tone = desk, tone

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, 24)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: Cell = index.data(CELL_ROLE)
        theme, area = self._desk.look.theme, option.rect
        painter.save()
        if cell.is_outside:
            painter.fillRect(area, theme.color("ground"))
        painter.fillRect(area.right(), area.top(), 1, area.height(), theme.color("line"))
        if index.row() and index.model().headerData(index.row(), Qt.Orientation.Vertical):
            painter.fillRect(area.left(), area.top(), area.width(), 1, theme.color("line"))
        if cell.head:
            self._head(painter, area, cell)
        elif cell.row is not None:
            self._block(painter, area.adjusted(3, 2, -4, -2), cell.row)
        elif cell.more:
            self._text(painter, area.adjusted(10, 0, -6, 0), f"{cell.more} more", "accent", is_bold=True)
        if option.state & QStyle.StateFlag.State_Selected:
            has_focus = isinstance(option.widget, QWidget) and option.widget.hasFocus()
            self._ring(painter, area, "accent" if has_focus else "field_line")
        if isinstance(option.widget, CalendarView) and option.widget.carrying.target == index:
            self._ring(painter, area, "accent", style=Qt.PenStyle.DashLine)
        painter.restore()

    def _ring(
        self, painter: QPainter, area: QRect, role: str, *, style: Qt.PenStyle = Qt.PenStyle.SolidLine
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._desk.look.theme.color(role), 2, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(2, 1, -3, -1), 6, 6)

    def _head(self, painter: QPainter, area: QRect, cell: Cell) -> None:
        painter.fillRect(area.left(), area.top(), area.width(), 1, self._desk.look.theme.color("line"))
        is_today = cell.day == self._desk.services.context.today()
        role = "accent" if is_today else "second"
        self._text(painter, area.adjusted(10, 0, -6, 0), cell.head, role, is_bold=is_today)

    def _block(self, painter: QPainter, area: QRect, one: FollowUp) -> None:
        theme, tone = self._desk.look.theme, self._tone(one)
        plain = tone == "neutral"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_ground" if plain else f"{tone}_ground"))
        painter.drawRoundedRect(area, 6, 6)
        role = "text" if plain else tone
        clock = f"{self._desk.local(one.due_at):%H:%M} " if one.due_at else ""
        inside = area.adjusted(8, 0, -6, 0)
        small = QFontMetrics(self._font(is_bold=True)).height()
        if area.height() < small * 2 + 2:
            self._text(painter, inside, f"{clock}{one.person_name}", role, is_bold=True)
            return
        top = QRect(inside.left(), area.center().y() - small, inside.width(), small)
        self._text(painter, top, f"{clock}{one.person_name}", role, is_bold=True)
        self._text(painter, top.translated(0, small), one.what, "text" if plain else tone)

    def _text(self, painter: QPainter, area: QRect, text: str, role: str, *, is_bold: bool = False) -> None:
        font = self._font(is_bold=is_bold)
        painter.setFont(font)
        painter.setPen(self._desk.look.theme.color(role))
        shown = QFontMetrics(font).elidedText(
            text.replace("\n", " "), Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _font(self, *, is_bold: bool) -> QFont:
        font = QFont(self._desk.look.family)
        font.setPixelSize(self._desk.look.pixels(12))
        font.setBold(is_bold)
        return font


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
        self.setMinimumHeight(_LEAST_LINES * self.fontMetrics().height())
        across.setSectionsClickable(False)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(20)
        down.setSectionsClickable(False)
        down.setHighlightSections(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._grid.cell(index)))

    def fit_lines(self) -> None:
        """Share the height among the lines where the view wishes it, none lower than `fits_lines` pixels."""
        lines = len(self._grid.grid.lines)
        if self.fits_lines and lines:
            height = max(self.viewport().height() // lines, self.fits_lines)
            self.verticalHeader().setDefaultSectionSize(height)

    def current(self) -> Cell | None:
        """The cell that the keyboard is on."""
        return self._grid.cell(self.currentIndex())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_lines()

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
