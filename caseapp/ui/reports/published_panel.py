"""What was published: opened as it was, and compared with what the records say today."""

from uuid import UUID

from PySide6.QtCore import Signal

from caseapp.domain.day_words import day_words
from caseapp.domain.reports import Published, Restatement
from caseapp.ui.screen import Screen
from caseapp.ui.widgets.basics import Panel, button
from caseapp.ui.widgets.table import Column, Table, moment_column


class PublishedPanel(Panel):
    """The list of published reports on a screen.

    Signals:
        opened: one of them (Published), and the report as it was (Report).
    """

    opened = Signal(object, object)

    def __init__(self, screen: Screen) -> None:
        self.restate_button = button("What changed since", self.restate)
        self.restate_button.setEnabled(False)
        super().__init__("Published", actions=[self.restate_button])
        self._screen, self._desk = screen, screen.desk
        self.table: Table[Published] = Table(
            "Published reports",
            (
                Column("Report", lambda one: one.title, second=_days_words, is_bold=True, width=190),
                moment_column("Published", lambda one: one.published_at, self._desk.day_words, width=110),
                Column("Edition", _edition, width=90),
            ),
            self._desk.look,
            empty="Nothing is published yet. Publishing freezes a report: it prints the same for ever.",
        )
        self.body.addWidget(self.table)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(lambda one: self.restate_button.setEnabled(one is not None))

    def refresh(self, *, shows: UUID | None = None) -> None:
        """Read the list again, and open one of it."""

        def read(found: list[Published]) -> None:
            self.table.set_rows(found)
            for one in found:
                if one.id == shows:
                    self._open(one)

        self._screen.ask(self._desk.services.publications.published, read, key="published")

    def restate(self) -> None:
        """Say what the chosen one would say otherwise today."""
        one, publications = self.table.current(), self._desk.services.publications
        if one is not None:
            self._desk.tasks.run_long(
                "Restating",
                lambda told: publications.restatements(report_id=one.id, progress=told),
                then=self._show_restated,
                failed=self._screen.refused,
            )

    def _show_restated(self, found: tuple[Restatement, ...]) -> None:
        self._desk.show("report-restated", found)

    def _open(self, one: Published) -> None:
        publications = self._desk.services.publications
        self._screen.ask(
            lambda: publications.open(report_id=one.id),
            lambda report: self.opened.emit(one, report),
            key="open",
        )


def _days_words(one: Published) -> str:
    return f"{day_words(one.scope.from_on)} to {day_words(one.scope.to_on)}"


def _edition(one: Published) -> str:
    return f"v{one.version}, {'outside' if one.is_public else 'inside'}"
