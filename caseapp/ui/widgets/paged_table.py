"""A list too long to be read whole: it scrolls over all its rows and reads what is looked at."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from caseapp.ui.theme import Look
from caseapp.ui.widgets.paged_rows import PagedRows
from caseapp.ui.widgets.rows import Column
from caseapp.ui.widgets.table import Table

RowT = TypeVar("RowT")

_REST = 60
"""Milliseconds without scrolling after which the pages in view are read: a fast drag reads only its end."""


class PagedTable(Table[RowT]):
    """Rows in the order of the list; what is not there yet is asked for once the scrolling rests.

    Whoever gives the pages narrows them too: a filter over what happens to be in memory would mislead.

    Signals:
        page_wanted: the number of a page to read and to `put` into the model.
    """

    page_wanted = Signal(int)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[RowT]],
        look: Look,
        *,
        page: int,
        empty: str,
        first_step: tuple[str, Callable[[], object]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, columns, look, empty=empty, first_step=first_step, parent=parent)
        self.pages: PagedRows[RowT] = PagedRows(columns, page, self)
        self.model = self.pages
        self.view.setModel(self.pages)
        self.view.selectionModel().currentRowChanged.connect(self._on_chosen)
        self.view.mark_order(-1, is_descending=False)
        self.view.horizontalHeader().setSectionsClickable(False)
        self.view.verticalHeader().setDefaultSectionSize(self._delegate.row_height(has_second=False))
        self._wanted: set[int] = set()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._ask)
        self.pages.wanted.connect(self._on_wanted, Qt.ConnectionType.QueuedConnection)
        self.model.dataChanged.connect(self._on_read)

    def start(
        self, count: int, first: int, rows: Sequence[RowT], *, is_filtered: bool, current: int = 0
    ) -> None:
        """Show another list with one of its pages; the row at `current` is marked, the place scrolled to
        stays where it can."""
        at = self.view.verticalScrollBar().value()
        self._wanted.clear()
        self.pages.start(count, first, rows)
        self._say_empty("Nothing here meets the filter." if is_filtered else self._empty)
        self._show_rows(are_there=bool(count))
        if self._first_step:
            self._first_step.setVisible(not is_filtered)
        if count:
            self.view.verticalScrollBar().setValue(at)
            self.mark(min(current, count - 1))
            if current >= 0:
                self.view.scrollTo(self.model.index(current, 0))

    def mark(self, place: int) -> None:
        """Make a row current without saying so; -1 is none of them."""
        index = self.model.index(place, 0)
        chosen = self.view.selectionModel()
        chosen.blockSignals(True)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        chosen.setCurrentIndex(index, flags)
        chosen.blockSignals(False)
        self.view.viewport().update()

    def _on_wanted(self, page: int) -> None:
        self._wanted.add(page)
        self._rest.start()

    def _ask(self) -> None:
        """Ask for what is in view still; what was only passed may be asked for again another time."""
        top, bottom = self.view.rowAt(0), self.view.rowAt(self.view.viewport().height() - 1)
        last = self.model.rowCount() - 1
        seen = range(max(top, 0) // self.pages.page, (bottom if bottom >= 0 else last) // self.pages.page + 1)
        current = self.view.currentIndex().row() // self.pages.page
        for page in self._wanted:
            if page in seen or page == current:
                self.page_wanted.emit(page)
            else:
                self.pages.forget(page)
        self._wanted.clear()

    def _on_read(self, *_where: object) -> None:
        """The current row may have come only now."""
        if self.current() is not None:
            self.chosen.emit(self.current())

    @override
    def _on_chosen(self, *_indexes: object) -> None:
        if self.current() is not None:
            self.chosen.emit(self.current())
