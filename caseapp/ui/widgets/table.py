"""One table for all lists: columns as data, an order by any of them, a filter, copy, and its empty state."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from caseapp.ui.theme import Look
from caseapp.ui.widgets.basics import button, label
from caseapp.ui.widgets.cells import ROW_ROLE, CellDelegate
from caseapp.ui.widgets.rows import Column, RowsModel, WordFilter, count_column, moment_column
from caseapp.ui.widgets.table_view import TableView

__all__ = ["Column", "RowsModel", "Table", "count_column", "moment_column"]

RowT = TypeVar("RowT")

_ASKS_FOR = 480
_LEAST = 136
"""Pixels below which a list says too little: its head and two rows."""


@runtime_checkable
class LetsOut(Protocol):
    """Whoever holds a list and asks before a row of it leaves."""

    def let_out(self, row: object, text: str) -> None:
        """Put the text of a row on the clipboard if it may leave."""


class Table(QWidget, Generic[RowT]):
    """A list with its empty state; Enter or a double click opens a row, letters go to the screen.

    Columns that are hidden, widths and order come back the next time, by the table's name.

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
        self._name, self._look, self._empty = name, look, empty
        self.model: RowsModel[RowT] = RowsModel(columns, self)
        self._proxy = WordFilter(self.model, self)
        self.view = TableView(tuple(look.pixels(column.width) for column in columns), self)
        self._offered: list[tuple[str, str]] = []
        self.setMinimumHeight(look.pixels(_LEAST))
        self._build(first_step)
        self._connect()
        self._come_back()

    def set_rows(self, rows: Sequence[RowT]) -> None:
        """Show rows; the current one stays current, or else the one that took its place."""
        self._keeping_current(lambda: self.model.set_rows(rows))
        empty = frozenset(
            n
            for n, column in enumerate(self.model.columns)
            if column.hides_empty and not any(map(column.text, rows))
        )
        if empty != self.view.empty:
            self.view.empty = empty
            self.view.share_width()

    def current(self) -> RowT | None:
        """The current row."""
        index = self.view.currentIndex()
        row: RowT | None = index.data(ROW_ROLE) if index.isValid() else None
        return row

    def go_to(self, row: RowT) -> None:
        """Make a row current, where the filter leaves it."""
        shown = self.shown()
        if row in shown:
            self.view.setCurrentIndex(self._proxy.index(shown.index(row), 0))

    def shown(self) -> list[RowT]:
        """The rows that the filter leaves, in their order."""
        rows = (self._proxy.index(place, 0).data(ROW_ROLE) for place in range(self._proxy.rowCount()))
        return [row for row in rows if row is not None]

    def filter(self, text: str) -> None:
        """Keep rows that hold every word."""
        self._keeping_current(lambda: self._proxy.keep(text))
        if self.model.rows:
            self._say_empty(f"Nothing in this list has “{text}”." if text else self._empty)

    def filter_field(self) -> QLineEdit:
        """A field that filters this list as one types; Down or Enter goes to the rows."""
        field = QLineEdit()
        field.setPlaceholderText("Filter this list")
        field.setAccessibleName(f"Filter: {self._name}")
        field.setClearButtonEnabled(True)
        field.setFixedWidth(self._look.pixels(180))
        field.textChanged.connect(self.filter)
        field.returnPressed.connect(self.view.setFocus)
        return field

    def order_by(self, column: int, *, is_descending: bool = False) -> None:
        """Order by a column; -1 is the order in which the rows were given."""
        self._keeping_current(lambda: self.model.order_by(column, is_descending=is_descending))
        self._remember("order", [column, int(is_descending)])

    def copy(self) -> None:
        """Let the current row out, its cells parted by tabs, through the screen that holds this list."""
        row, gate = self.current(), self._gate()
        if row is not None and gate is not None:
            cells = [", ".join(column.parts(row)) for column in self.model.columns]
            gate.let_out(row, "\t".join(cells))

    def _gate(self) -> LetsOut | None:
        holder = self.parentWidget()
        while holder is not None and not isinstance(holder, LetsOut):
            holder = holder.parentWidget()
        return holder

    def show_column(self, column: int, *, is_shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        others = self.view.left_out - {column}
        left_out = others if is_shown else others | {column}
        if len(left_out) < len(self.model.columns):
            self.view.left_out = left_out
            self.view.share_width()
            self._remember("hidden", sorted(left_out))

    def menu(self) -> QMenu:
        """What can be done with the list: copy the row, choose columns."""
        made = QMenu(self)
        for words, letter in self._offered:
            made.addAction(f"{words}\t{letter.upper()}", partial(self._on_letter, letter))
        made.addAction("Copy row\tCtrl+C", self.copy)
        made.addSeparator()
        for number, column in enumerate(self.model.columns):
            action = made.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(number not in self.view.left_out)
            action.toggled.connect(partial(self._on_column_toggled, number))
        return made

    def offer(self, words: str, letter: str) -> None:
        """Put what a plain letter does with a row into the menu of the list too."""
        self._offered.append((words, letter))

    def _build(self, first_step: tuple[str, Callable[[], object]] | None) -> None:
        self.view.setModel(self._proxy)
        self.view.setAccessibleName(self._name)
        self._delegate = CellDelegate(self._look, self.view)
        self.view.setItemDelegate(self._delegate)
        self.view.least = tuple(map(self._needed, self.model.columns))
        yielding = [n for n, column in enumerate(self.model.columns) if column.gives_way]
        self.view.give_way = tuple(reversed(yielding))
        self.view.asks_for = self._look.pixels(_ASKS_FOR)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._nothing(first_step))
        self._stack.setCurrentIndex(1)

    def _needed(self, column: Column[RowT]) -> int:
        """Pixels below which a column says little: half its wish, its title, and what it always holds."""
        held = self._delegate.width_for(column.holds, is_bold=column.is_bold)
        return max(self._look.pixels(column.width) // 2, self._delegate.width_for(column.title), held)

    def _nothing(self, first_step: tuple[str, Callable[[], object]] | None) -> QWidget:
        made = self._empty_page = QWidget()
        made.setObjectName("nothing")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setAccessibleName(self._empty)
        lines = QVBoxLayout(made)
        lines.setContentsMargins(24, 24, 24, 24)
        lines.addStretch(1)
        self._words: QLabel = label(self._empty, "second", wraps=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lines.addWidget(self._words)
        self._first_step: QPushButton | None = button(*first_step) if first_step else None
        if self._first_step:
            lines.addWidget(self._first_step, 0, Qt.AlignmentFlag.AlignCenter)
        lines.addStretch(2)
        return made

    def _connect(self) -> None:
        self.view.doubleClicked.connect(self._on_opened)
        self.view.entered_row.connect(self._on_opened)
        self.view.letter_pressed.connect(self._on_letter)
        self.view.copy_requested.connect(self.copy)
        self.view.order_chosen.connect(self._on_order_chosen)
        self.view.shares_changed.connect(self._on_shares_changed)
        self.view.selectionModel().currentRowChanged.connect(self._on_chosen)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_menu)
        self.view.horizontalHeader().setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.horizontalHeader().customContextMenuRequested.connect(self._on_menu)

    def _come_back(self) -> None:
        """Take up what was remembered, if it still fits the columns."""
        count, state = len(self.model.columns), self._look.state
        shares = state.read_numbers(f"{self._key}/shares")
        if len(shares) == count and all(share > 0 for share in shares):
            self.view.shares = tuple(shares)
        hidden = [n for n in state.read_numbers(f"{self._key}/hidden") if 0 <= n < count]
        if len(set(hidden)) < count:
            self.view.left_out = frozenset(hidden)
        order = state.read_numbers(f"{self._key}/order")
        if len(order) == 2 and 0 <= order[0] < count:
            self.model.order_by(order[0], is_descending=bool(order[1]))
            self.view.mark_order(order[0], is_descending=bool(order[1]))

    @property
    def _key(self) -> str:
        return "table-" + self._name.casefold().replace(" ", "-")

    def _remember(self, what: str, numbers: list[int]) -> None:
        self._look.state.write_numbers(f"{self._key}/{what}", numbers)

    def _keeping_current(self, change: Callable[[], object]) -> None:
        """Change what is shown; the current row is found again by its id, or else by its place."""
        place, before = self.view.currentIndex().row(), self.current()
        change()
        self.view.verticalHeader().setDefaultSectionSize(
            self._delegate.row_height(has_second=self.model.has_second_lines)
        )
        count = self._proxy.rowCount()
        self._show_rows(are_there=bool(count))
        if self._first_step:
            self._first_step.setVisible(not self.model.rows)
        if not self.model.rows:
            self._say_empty(self._empty)
        if count:
            found = self._place_of(before)
            self.view.setCurrentIndex(self._proxy.index(_within(place if found is None else found, count), 0))

    def say_if_empty(self, words: str) -> None:
        """What stands there if the next rows are none: another question finds nobody for another reason."""
        self._empty = words

    def _show_rows(self, *, are_there: bool) -> None:
        """The rows or the words for none; the keyboard stays with the list either way."""
        had_focus = self.view.hasFocus() or self._empty_page.hasFocus()
        self._stack.setCurrentIndex(0 if are_there else 1)
        if had_focus:
            (self.view if are_there else self._empty_page).setFocus()

    def _say_empty(self, words: str) -> None:
        self._words.setText(words)
        self._empty_page.setAccessibleName(words)

    def _place_of(self, row: RowT | None) -> int | None:
        if row is None:
            return None
        wanted = getattr(row, "id", row)
        rows = (self._proxy.index(place, 0).data(ROW_ROLE) for place in range(self._proxy.rowCount()))
        return next((place for place, one in enumerate(rows) if getattr(one, "id", one) == wanted), None)

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

    def _on_order_chosen(self, column: int, is_descending: bool) -> None:
        self.order_by(column, is_descending=is_descending)

    def _on_shares_changed(self) -> None:
        self._remember("shares", list(self.view.shares))

    def _on_column_toggled(self, column: int, is_shown: bool) -> None:
        self.show_column(column, is_shown=is_shown)

    def _on_menu(self, at: QPoint) -> None:
        made = self.menu()
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.popup(self.view.viewport().mapToGlobal(at))


def _within(place: int, count: int) -> int:
    return min(max(place, 0), count - 1)
