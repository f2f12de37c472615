"""A section of a list beside the form of whatever is chosen in it, or of something new."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.errors import CaseAppError
from caseapp.ui.errors import field_of
from caseapp.ui.screen import Desk
from caseapp.ui.setup.section import Section
from caseapp.ui.widgets.basics import Panel, button, side_column
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.table import Column, Table

RowT = TypeVar("RowT")

_WIDTH = 370


class ListSection(Section, Generic[RowT]):
    """What such sections share: the list, the panel of the one that is shown, and how a save ends.

    Going through the list shows each; reading the list again leaves what is being typed.
    """

    changed_by: ClassVar[Right] = Right.CHANGE_AGENCY
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.AGENCY, Kind.CALL})
    otherwise: ClassVar[str] = ""
    """The field below which a refusal is said that names none of the fields; "" for the banner."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.one: RowT | None = None
        self._is_listing = False
        self._build()
        self._show(None)

    def refused(self, error: Exception) -> None:
        keys = (field_of(error), self.otherwise) if isinstance(error, CaseAppError) else ()
        forms = self.findChildren(Form)
        if not any(form.refused_at(key, error) for key in keys for form in forms):
            super().refused(error)

    def _build(self) -> None:
        """Make the list and the form."""
        raise NotImplementedError

    def _show(self, one: RowT | None) -> None:
        """Fill the form with one of the list, or empty it for something new."""
        raise NotImplementedError

    def list_panel(
        self, title: str, columns: Sequence[Column[RowT]], *, name: str = "", empty: str, first: str = ""
    ) -> Panel:
        """The list; whatever is gone to, clicked or opened in it is shown in the form.

        An empty one says what `empty` says, and `first` to whoever may write the first.
        """
        words = f"{empty} {first}".strip() if self.desk.may(self.changed_by) else empty
        self.table: Table[RowT] = Table(name or title, columns, self.desk.look, empty=words)
        self.table.opened.connect(self._show)
        self.table.chosen.connect(self._on_chosen)
        self.table.view.clicked.connect(lambda _index: self._on_chosen(self.table.current()))
        panel = Panel(title)
        panel.body.addWidget(self.table)
        return panel

    def form_panel(self, hint: str) -> Panel:
        """The panel of the form, with the button that begins something new."""
        self.another = button("New", lambda: self._show(None), hint=hint)
        self.panel = Panel("", actions=[self.another])
        self.panel.pad()
        return self.panel

    def lay_out(self, lists: Sequence[Panel], forms: Sequence[Panel], *, name: str) -> None:
        """Lists on the left, forms on the right, for whoever may change what they hold."""
        left, right = QVBoxLayout(), QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        for column in (left, right):
            column.setSpacing(12)
        for panel in lists:
            left.addWidget(panel, 1)
        for panel in forms:
            right.addWidget(panel)
        right.addStretch(1)
        self.side = side_column(right, self.desk.look.pixels(_WIDTH), name)
        line = Beside()
        line.addLayout(left, 1)
        line.addWidget(self.side)
        if not self.desk.may(self.changed_by):
            self.side.hide()
        self.content.addLayout(line, 1)

    def begin(self, one: RowT | None, title: str) -> None:
        """The form is about one of the list, or about something new, and nothing is wrong in it yet."""
        self.one = one
        for form in self.findChildren(Form):
            form.clear_errors()
        self.panel.title.setText(title)

    def set_rows(self, rows: Sequence[RowT]) -> None:
        """Fill the list."""
        self._is_listing = True
        self.table.set_rows(rows)
        self._is_listing = False

    def done(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """It was saved: the form is ready for the next one."""
        self._show(None)
        self.tell(words, undo)

    def tell(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Say what was done, here and to the other screens."""
        self.desk.say(words, undo)
        self.desk.hub.changed.emit(Change(self.kinds))

    def _on_chosen(self, one: RowT | None) -> None:
        if one is not None and not self._is_listing:
            self._show(one)
