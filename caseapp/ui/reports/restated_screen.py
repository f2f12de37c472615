"""What a published report would say otherwise today: figure by figure, with the rows that came and went."""

from caseapp.domain.figures import of_words, value_words
from caseapp.domain.reports import Restatement
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button
from caseapp.ui.widgets.table import Column, Table, count_column


class RestatedScreen(Screen):
    """Published beside today."""

    name = "report-restated"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "What changed since it was published")
        self.action_line.addWidget(button("Back to the report", lambda: desk.show("reports", None)))
        self.table: Table[Restatement] = Table(
            "Restatements",
            (
                Column("Measure", lambda one: one.definition.name, is_bold=True, width=300),
                Column("Published", _published, width=150),
                Column("Today", _today, width=150),
                count_column("Rows new or judged anew", lambda one: one.rows_added, width=150),
                count_column("Rows gone or judged anew", lambda one: one.rows_gone, width=150),
            ),
            desk.look,
            empty="Nothing changed: every figure reads today as it was published.",
        )
        panel = Panel()
        panel.body.addWidget(self.table)
        self.content.addWidget(panel, 1)

    def about(self, subject: object) -> None:
        if isinstance(subject, tuple):
            self.table.set_rows(list(subject))
            self.beside.setText(f"{len(subject)} figures read otherwise")

    def changed(self, _change: object) -> None:
        """The comparison is of the moment it was asked for."""


def _published(one: Restatement) -> str:
    unit = one.definition.unit
    return f"{value_words(one.published, unit)} ({of_words(one.published, unit)})"


def _today(one: Restatement) -> str:
    unit = one.definition.unit
    return f"{value_words(one.today, unit)} ({of_words(one.today, unit)})"
