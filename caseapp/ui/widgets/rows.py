"""Rows under columns as a Qt model: what is shown, spoken, sorted, found and copied is declared once."""

import html
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QSortFilterProxyModel, Qt
from typing_extensions import override

from caseapp.ui.widgets.cells import BOLD_ROLE, ROW_ROLE, SECOND_ROLE, TONE_ROLE, Index

RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class Column(Generic[RowT]):
    """A column: its title and what it shows of a row; `tone` makes the text a chip.

    `holds` is a text that always fits, so that a number is never cut. One that `gives_way` is not shown where
    the columns have less room than they need: the last such one goes first. One that `hides_empty` is shown
    only while it says something of a row. One that `wraps` has two lines in every row, so that long words are
    told from others that begin alike. One that `is_number` stands at the right, unit under unit.
    """

    title: str
    text: Callable[[RowT], str]
    second: Callable[[RowT], str] | None = None
    tone: Callable[[RowT], str] | None = None
    sort: Callable[[RowT], Any] | None = None
    spoken: Callable[[RowT], str] | None = None
    width: int = 140
    is_bold: bool = False
    holds: str = ""
    gives_way: bool = False
    hides_empty: bool = False
    wraps: bool = False
    is_number: bool = False

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """Where its title and what it shows stand."""
        side = Qt.AlignmentFlag.AlignRight if self.is_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def sentence(self, row: RowT) -> str:
        """What a screen reader says of a cell."""
        if self.spoken:
            return f"{self.title}: {self.spoken(row)}"
        return f"{self.title}: {', '.join(self.parts(row)) or 'empty'}"

    def parts(self, row: RowT) -> list[str]:
        """Both lines of a cell, without empty ones."""
        both = [self.text(row), self.second(row) if self.second else ""]
        return [" ".join(part.split()) for part in both if part.strip()]

    def sort_key(self, row: RowT) -> Any:
        """What rows are ordered by; text without regard to case and accents."""
        value = (self.sort or self.text)(row)
        return plain(value) if isinstance(value, str) else value


def count_column(title: str, number: Callable[[RowT], int | None], *, width: int) -> Column[RowT]:
    """How many, the most first: ordered by its letters nine would come after ten. None says nothing."""

    def words(row: RowT) -> str:
        many = number(row)
        return "" if many is None else f"{many:,}"

    return Column(title, words, sort=lambda row: -(number(row) or 0), width=width, is_number=True)


def moment_column(
    title: str,
    at: Callable[[RowT], datetime],
    words: Callable[[datetime], str],
    *,
    width: int,
    holds: str = "",
) -> Column[RowT]:
    """When, the newest first: ordered by its letters April would come before January."""

    def newest_first(row: RowT) -> float:
        return -at(row).timestamp()

    return Column(title, lambda row: words(at(row)), sort=newest_first, width=width, holds=holds)


class RowsModel(QAbstractTableModel, Generic[RowT]):
    """Frozen rows under columns."""

    def __init__(self, columns: Sequence[Column[RowT]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._given: list[RowT] = []
        self._rows: list[RowT] = []
        self._order: tuple[int, bool] = (-1, False)

    def set_rows(self, rows: Sequence[RowT]) -> None:
        """Show other rows, in the order that was chosen last."""
        self.beginResetModel()
        self._given = list(rows)
        self._rows = self._ordered()
        self.endResetModel()

    def order_by(self, column: int, *, is_descending: bool = False) -> None:
        """Order by a column; -1 is the order in which the rows were given."""
        self.beginResetModel()
        self._order = (column, is_descending)
        self._rows = self._ordered()
        self.endResetModel()

    @property
    def rows(self) -> list[RowT]:
        """The rows in the order shown."""
        return self._rows

    @property
    def has_second_lines(self) -> bool:
        """Whether a cell has two lines, which makes every row as high."""
        columns = [column.second for column in self.columns if column.second]
        wraps = any(column.wraps for column in self.columns)
        return wraps or any(second(row) for second in columns for row in self._rows)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        return cell(self.columns[index.column()], self._rows[index.row()], role)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.columns[section].alignment
        return None

    def _ordered(self) -> list[RowT]:
        place, is_descending = self._order
        if place < 0:
            return list(self._given)
        return sorted(self._given, key=self.columns[place].sort_key, reverse=is_descending)


def cell(column: Column[RowT], row: RowT, role: int) -> Any:
    """What a model answers about one cell."""
    if role == Qt.ItemDataRole.DisplayRole:
        return column.text(row)
    if role == Qt.ItemDataRole.ToolTipRole:
        return tooltip(column.parts(row))
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return column.sentence(row)
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return column.alignment
    if role == SECOND_ROLE:
        return column.second(row) if column.second else ""
    if role == TONE_ROLE:
        return column.tone(row) if column.tone else ""
    if role == BOLD_ROLE:
        return column.is_bold
    return row if role == ROW_ROLE else None


class WordFilter(QSortFilterProxyModel):
    """Keeps the rows that hold every typed word, in any order, whatever its case or accents."""

    def __init__(self, model: RowsModel[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._rows = model
        self.setSourceModel(model)

    def keep(self, text: str) -> None:
        """Keep rows with these words; an empty text keeps all."""
        self._words = plain(text).split()
        self.invalidate()

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if not self._words:
            return True
        row = self._rows.rows[source_row]
        held = plain(" ".join(part for column in self._rows.columns for part in column.parts(row)))
        return all(word in held for word in self._words)


def plain(text: str) -> str:
    """Text without case and accents, for comparing only."""
    parts = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(one for one in parts if not unicodedata.combining(one)).casefold()


def tooltip(parts: Sequence[str]) -> str:
    """Foreign text as a tool tip, escaped because Qt takes anything that looks like markup for markup."""
    return f"<qt>{'<br>'.join(html.escape(part) for part in parts)}</qt>" if parts else ""
