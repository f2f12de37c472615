"""Rows that are not all in memory: a Qt model that asks for the pages looked at, and drops others."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from typing_extensions import override

from caseapp.ui.widgets.cells import Index
from caseapp.ui.widgets.rows import Column, RowsModel, cell

RowT = TypeVar("RowT")

KEPT = 24
"""Pages in memory; the ones looked at last."""

_COMING = "…"


class PagedRows(RowsModel[RowT]):
    """So many rows under columns; a row that is not there yet shows that it is coming.

    Signals:
        wanted: the number of a page that somebody looks at and that is not there; asked once.
    """

    wanted = Signal(int)

    def __init__(self, columns: Sequence[Column[RowT]], page: int, parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self.page = page
        self._count = 0
        self._pages: OrderedDict[int, list[RowT]] = OrderedDict()
        self._asked: set[int] = set()

    def start(self, count: int, first: int, rows: Sequence[RowT]) -> None:
        """Show another list: so many rows as far as known, of which one page is here."""
        self.beginResetModel()
        self._pages.clear()
        self._asked.clear()
        self._pages[first] = list(rows)
        self._count = count
        self.endResetModel()

    def put(self, page: int, rows: Sequence[RowT]) -> None:
        """A page that was wanted."""
        self._asked.discard(page)
        self._pages[page] = list(rows)
        self._pages.move_to_end(page)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        last = min(self._count, (page + 1) * self.page) - 1
        if last >= 0:
            self.dataChanged.emit(
                self.index(page * self.page, 0), self.index(last, len(self.columns) - 1), []
            )

    def forget(self, page: int) -> None:
        """A page that was wanted and did not come may be asked for again."""
        self._asked.discard(page)

    def set_count(self, count: int) -> None:
        """How many rows there are, now that they are counted."""
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(QModelIndex(), count, self._count - 1)
            self._count = count
            self.endRemoveRows()

    def row(self, place: int) -> RowT | None:
        """The row at a place; None where it is not here yet, and then it is asked for."""
        if not 0 <= place < self._count:
            return None
        number, within = divmod(place, self.page)
        held = self._pages.get(number)
        if held is None:
            self._ask(number)
            return None
        self._pages.move_to_end(number)
        return held[within] if within < len(held) else None

    @override
    def set_rows(self, rows: Sequence[RowT]) -> None:
        """Show rows that are all here."""
        self.start(len(rows), 0, rows)

    @override
    def order_by(self, column: int, *, is_descending: bool = False) -> None:
        """Pages come in the one order of their list."""

    @property
    @override
    def rows(self) -> list[RowT]:
        """The rows in memory, in their order."""
        return [row for number in sorted(self._pages) for row in self._pages[number]]

    def place_of(self, wanted: object) -> int | None:
        """Where the row of a record stands, if it is in memory."""
        for number, rows in self._pages.items():
            for within, row in enumerate(rows):
                if getattr(row, "id", None) == wanted:
                    return number * self.page + within
        return None

    def last_before(self, page: int) -> tuple[int, RowT] | None:
        """The nearest page before one that is in memory and full, with its last row."""
        before = [n for n, rows in self._pages.items() if n < page and len(rows) == self.page]
        return (max(before), self._pages[max(before)][-1]) if before else None

    def _ask(self, page: int) -> None:
        if page not in self._asked:
            self._asked.add(page)
            self.wanted.emit(page)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.row(index.row())
        if row is not None:
            return cell(self.columns[index.column()], row, role)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()].title}: being read"
        return _COMING if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else None
