"""One table for all lists: columns as data, two-line cells, chips, sentences for a screen reader."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from caseapp.ui.theme import Look
from caseapp.ui.widgets.basics import button, label

RowT = TypeVar("RowT")
Index = QModelIndex | QPersistentModelIndex
ROW_ROLE, SECOND_ROLE, TONE_ROLE, SORT_ROLE, BOLD_ROLE = (Qt.ItemDataRole.UserRole + n for n in range(1, 6))


@dataclass(frozen=True, slots=True)
class Column(Generic[RowT]):
    """A column: its title and what it shows of a row; `tone` makes the text a chip."""

    title: str
    text: Callable[[RowT], str]
    second: Callable[[RowT], str] | None = None
    tone: Callable[[RowT], str] | None = None
    sort: Callable[[RowT], Any] | None = None
    spoken: Callable[[RowT], str] | None = None
    width: int = 140
    is_bold: bool = False


class RowsModel(QAbstractTableModel, Generic[RowT]):
    """Frozen rows under columns."""

    def __init__(self, columns: Sequence[Column[RowT]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: list[RowT] = []

    def set_rows(self, rows: Sequence[RowT]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    @property
    def rows(self) -> list[RowT]:
        return self._rows

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {(column.spoken or column.text)(row)}"
        if role == SECOND_ROLE:
            return column.second(row) if column.second else ""
        if role == TONE_ROLE:
            return column.tone(row) if column.tone else ""
        if role == SORT_ROLE:
            return (column.sort or column.text)(row)
        if role == BOLD_ROLE:
            return column.is_bold
        return row if role == ROW_ROLE else None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class CellDelegate(QStyledItemDelegate):
    """Draws a cell: a chip, or one strong line and a quieter second one that may wrap."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        theme = self._look.theme
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.color("selection"))
        area: QRect = option.rect.adjusted(10, 6, -6, -6)
        text, tone = str(index.data() or ""), index.data(TONE_ROLE)
        if tone and text:
            self._chip(painter, area, text, tone)
        else:
            self._lines(
                painter, area, text, str(index.data(SECOND_ROLE) or ""), is_bold=bool(index.data(BOLD_ROLE))
            )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(theme.color("line"))
        bottom = option.rect.bottom()
        painter.drawLine(option.rect.left(), bottom, option.rect.right(), bottom)
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = self._look.pixels(36)
        if index.data(SECOND_ROLE):
            height = self._look.pixels(54)
        return QSize(80, height)

    def _chip(self, painter: QPainter, area: QRect, text: str, tone: str) -> None:
        theme, font = self._look.theme, self._font(12)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width() - 16)
        width, height = metrics.horizontalAdvance(shown) + 16, metrics.height() + 4
        pill = QRect(area.left(), area.center().y() - height // 2, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plain = tone == "neutral"
        painter.setPen(theme.color("line" if plain else f"{tone}_ground"))
        painter.setBrush(theme.color("panel" if plain else f"{tone}_ground"))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(theme.color("second" if plain else tone))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)

    def _lines(self, painter: QPainter, area: QRect, text: str, second: str, *, is_bold: bool) -> None:
        theme, font = self._look.theme, self._font(14, is_bold=is_bold)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        if not second:
            self._one_or_two(painter, area, text, metrics)
            return
        top = QRect(area.left(), area.top(), area.width(), metrics.height())
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft, _cut(metrics, text, area.width()))
        small = self._font(12)
        painter.setFont(small)
        painter.setPen(theme.color("second"))
        below = QRect(area.left(), top.bottom() + 2, area.width(), QFontMetrics(small).height())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, _cut(QFontMetrics(small), second, area.width()))

    def _one_or_two(self, painter: QPainter, area: QRect, text: str, metrics: QFontMetrics) -> None:
        """Two lines where the row is high enough for them, one cut line otherwise."""
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if metrics.horizontalAdvance(text) <= area.width() or area.height() < metrics.height() * 2:
            painter.drawText(area, flags, _cut(metrics, text, area.width()))
            return
        shown = _cut(metrics, text, int(area.width() * 1.8))
        painter.drawText(area, int(flags) | int(Qt.TextFlag.TextWordWrap), shown)

    def _font(self, size: int, *, is_bold: bool = False) -> QFont:
        font = QFont(self._look.family)
        font.setPixelSize(self._look.pixels(size))
        font.setBold(is_bold)
        return font


class Table(QWidget, Generic[RowT]):
    """A list with its empty state; Enter or a double click opens a row, letters go to the screen.

    Signals:
        opened: the row that was opened.
        chosen: the row that is current, or None.
        key_pressed: a plain letter and the current row.
    """

    opened = Signal(object)
    chosen = Signal(object)
    key_pressed = Signal(str, object)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[RowT]],
        look: Look,
        *,
        empty: str,
        first_step: tuple[str, Callable[[], object]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model: RowsModel[RowT] = RowsModel(columns, self)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self.model)
        self._proxy.setSortRole(SORT_ROLE)
        self._proxy.setFilterKeyColumn(-1)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.view = _View(self)
        self._build(name, columns, look, empty, first_step)
        self._connect()

    def set_rows(self, rows: Sequence[RowT]) -> None:
        """Show rows, keeping the current row by place and the focus."""
        place = self.view.currentIndex().row()
        self.model.set_rows(rows)
        self.view.resizeRowsToContents()
        self._stack.setCurrentIndex(0 if rows else 1)
        if rows:
            self.view.setCurrentIndex(self._proxy.index(min(max(place, 0), len(rows) - 1), 0))

    def current(self) -> RowT | None:
        """The current row."""
        index = self.view.currentIndex()
        row: RowT | None = index.data(ROW_ROLE) if index.isValid() else None
        return row

    def filter(self, text: str) -> None:
        """Keep rows in which some cell holds the text."""
        self._proxy.setFilterFixedString(text)

    def _build(
        self,
        name: str,
        columns: Sequence[Column[RowT]],
        look: Look,
        empty: str,
        first_step: tuple[str, Callable[[], object]] | None,
    ) -> None:
        self.view.setModel(self._proxy)
        self.view.setAccessibleName(name)
        self.view.setItemDelegate(CellDelegate(look, self.view))
        self.view.shares = tuple(look.pixels(column.width) for column in columns)
        nothing = QWidget()
        lines = QVBoxLayout(nothing)
        lines.setContentsMargins(24, 24, 24, 24)
        lines.addStretch(1)
        words = label(empty, "second", wraps=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lines.addWidget(words)
        if first_step:
            lines.addWidget(button(first_step[0], first_step[1]), 0, Qt.AlignmentFlag.AlignCenter)
        lines.addStretch(2)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.view)
        self._stack.addWidget(nothing)
        self._stack.setCurrentIndex(1)

    def _connect(self) -> None:
        self.view.doubleClicked.connect(self._on_opened)
        self.view.entered_row.connect(self._on_opened)
        self.view.letter_pressed.connect(self._on_letter)
        self.view.selectionModel().currentRowChanged.connect(self._on_chosen)

    def _on_opened(self, *_index: object) -> None:
        row = self.current()
        if row is not None:
            self.opened.emit(row)

    def _on_chosen(self, *_indexes: object) -> None:
        self.chosen.emit(self.current())

    def _on_letter(self, letter: str) -> None:
        row = self.current()
        if row is not None:
            self.key_pressed.emit(letter, row)


class _View(QTableView):
    """A table without grid whose keys open, copy, or go to the screen."""

    entered_row = Signal()
    letter_pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setSortingEnabled(False)
        self.setWordWrap(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.shares: tuple[int, ...] = ()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns as their wished widths stand to each other."""
        super().resizeEvent(event)
        whole = sum(self.shares) or 1
        for place, share in enumerate(self.shares[:-1]):
            self.setColumnWidth(place, share * self.viewport().width() // whole)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit()
        elif event.text().isalpha() and not event.modifiers():
            self.letter_pressed.emit(event.text().lower())
        else:
            super().keyPressEvent(event)


def _cut(metrics: QFontMetrics, text: str, width: int) -> str:
    return metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, width)
