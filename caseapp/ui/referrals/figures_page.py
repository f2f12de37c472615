"""What came of referrals: funnel, age, agencies and services; each count opens exactly the rows it counts."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QGridLayout, QWidget

from caseapp.domain.referral_figures import By, Figure, GroupFigures
from caseapp.domain.referrals import Referral
from caseapp.services.referrals import ReferralFigures
from caseapp.ui.referrals.table import referral_table
from caseapp.ui.screen import Screen
from caseapp.ui.widgets.basics import Panel, label
from caseapp.ui.widgets.choices import Choices
from caseapp.ui.widgets.table import Column, Table, count_column

_SPANS = ((91, "3 months"), (365, "A year"), (3660, "All"))
_BY = ((By.AGENCY, "By agency"), (By.SERVICE, "By service"), (By.OWNER, "By owner"))


_COUNTS = ("Sent", "Answered", "Declined", "Connected")
_LETTERS = "sadc"


class FiguresPage(QWidget):
    """Three small tables above, the rows behind the chosen count below."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._found: ReferralFigures | None = None
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Count again."""
        desk, by = self._screen.desk, self.by.value
        since = desk.services.context.today() - timedelta(days=self.span.value)
        self._screen.ask(
            lambda: desk.services.referrals.figures(since=since, by=by), self._show, key="figures"
        )

    def _build(self) -> None:
        desk = self._screen.desk
        self.span = Choices("Offered within", _SPANS)
        self.span.choose(365)
        self.by = Choices("Grouped by", _BY)
        self.by.choose(By.AGENCY)
        self.funnel = self._figures("How far they got")
        self.aging = self._figures("How long they wait")
        self.groups: Table[GroupFigures] = Table(
            "What was sent", _group_columns(), desk.look, empty="Nothing was sent yet."
        )
        self.words = label("", "second", wraps=True)
        self.rows_panel = Panel("The referrals behind a count")
        self.rows = referral_table(desk, "Referrals behind the count", "Choose a line above.")
        self.rows_panel.body.addWidget(self.rows)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        grid.addWidget(self.span, 0, 0, 1, 2)
        grid.addWidget(self.by, 0, 2)
        grid.addWidget(self.words, 1, 0, 1, 3)
        tables: tuple[tuple[str, QWidget], ...] = (
            ("How far they got", self.funnel),
            ("How long they wait", self.aging),
            ("What was sent", self.groups),
        )
        for place, (title, table) in enumerate(tables):
            panel = Panel(title)
            panel.body.addWidget(table)
            grid.addWidget(panel, 2, place)
        grid.addWidget(self.rows_panel, 3, 0, 1, 3)
        for place, share in enumerate((3, 3, 6)):
            grid.setColumnStretch(place, share)
        grid.setRowStretch(2, 1)
        grid.setRowStretch(3, 1)

    def _figures(self, name: str) -> Table[Figure]:
        columns: tuple[Column[Figure], ...] = (
            Column("", self._named, is_bold=True, width=150),
            count_column("Count", lambda one: one.count, width=60),
        )
        return Table(name, columns, self._screen.desk.look, empty="Nothing to count yet.")

    def _connect(self) -> None:
        self.span.chosen.connect(lambda _days: self.refresh())
        self.by.chosen.connect(lambda _by: self.refresh())
        for table in (self.funnel, self.aging):
            table.chosen.connect(self._on_figure)
        self.groups.view.clicked.connect(self._on_cell)
        self.groups.chosen.connect(lambda one: self._open_group(one, 1))
        self.groups.key_pressed.connect(self._on_letter)
        self.rows.opened.connect(lambda one: self._screen.desk.show("referral", one.id))

    def _show(self, found: ReferralFigures) -> None:
        self._found = found
        self.aging.set_rows(found.aging)
        self.groups.set_rows(found.groups)
        self.funnel.set_rows(found.funnel)
        connected, matured = found.connected.count, found.matured.count
        share = f"{100 * connected / matured:.0f} %" if matured else "none yet"
        self.words.setText(
            f"Connected within 30 days of sending: {connected} of {matured} ({share}). "
            f"{found.unknown.count} open ones without any word for over two weeks."
        )
        self._on_figure(self.funnel.current())

    def _on_figure(self, one: Figure | None) -> None:
        if one is not None:
            self._open(self._named(one), one.rows)

    def _named(self, one: Figure) -> str:
        """A rung in the words of the agency's list; days waited are words already."""
        return self._screen.desk.lists.words.word("referral_step", one.words) if one.is_step else one.words

    def _on_cell(self, index: QModelIndex) -> None:
        """Each count opens its own rows, by a click or by its first letter."""
        self._open_group(self.groups.current(), index.column())

    def _on_letter(self, letter: str, one: GroupFigures) -> None:
        if letter in _LETTERS:
            self._open_group(one, _LETTERS.index(letter) + 1)

    def _open_group(self, one: GroupFigures | None, column: int) -> None:
        if one is not None:
            counts = (one.sent, one.answered, one.declined, one.connected)
            place = min(max(column, 1), len(counts)) - 1
            self._open(f"{_COUNTS[place]}, {one.name}", counts[place])

    def _open(self, words: str, rows: tuple[Referral, ...]) -> None:
        self.rows_panel.title.setText(f"{words}: {len(rows)}")
        self.rows.set_rows(rows)


def _group_columns() -> tuple[Column[GroupFigures], ...]:
    def days(one: GroupFigures) -> str:
        return "" if one.days_to_connect is None else f"{one.days_to_connect:g}"

    def count(title: str, rows: Callable[[GroupFigures], tuple[Referral, ...]]) -> Column[GroupFigures]:
        return count_column(title, lambda one: len(rows(one)), width=92)

    return (
        Column("", lambda one: one.name, is_bold=True, width=170),
        count("Sent", lambda one: one.sent),
        count("Answered", lambda one: one.answered),
        count("Declined", lambda one: one.declined),
        count("Connected", lambda one: one.connected),
        Column("Median days", days, sort=lambda one: one.days_to_connect or -1.0, width=95, is_number=True),
    )
