"""What each cell of the calendar holds, and what is said of it."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from caseapp.domain.day_words import long_day
from caseapp.domain.follow_ups import FollowUp
from caseapp.ui.follow_ups.grid import Cell, Grid
from caseapp.ui.widgets.rows import tooltip

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole + 1


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
