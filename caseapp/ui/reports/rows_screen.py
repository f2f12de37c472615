"""The rows behind a figure: counted, not counted and left out with the reason; each opens its record."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from caseapp.domain.access import Right, has_right
from caseapp.domain.day_words import day_words
from caseapp.domain.figures import of_words, value_words
from caseapp.domain.measures.scope import Scope
from caseapp.domain.reports import Explained, Explanation
from caseapp.services.reports import COUNTED, LEFT, STATES
from caseapp.system import files
from caseapp.ui import way_out
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, chip
from caseapp.ui.widgets.choices import Choices
from caseapp.ui.widgets.table import Column, Table

_TONES = {COUNTED: "good", LEFT: "warning"}
_OPENS = {
    "call": "calls",
    "encounter": "calls",
    "person": "person",
    "case": "person",
    "follow-up": "person",
    "referral": "referral",
}
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figure is opened; of a published report its frozen rows."""

    measure: str
    scope: Scope
    group_by: str = ""
    group: str = ""
    published: UUID | None = None


class ReportRowsScreen(Screen):
    """One list for one figure; it has as many rows as the figure looked at."""

    name = "report-rows"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Rows behind the figure")
        self.wanted: Wanted | None = None
        self.explanation: Explanation | None = None
        self._build()

    def about(self, subject: object) -> None:
        if isinstance(subject, Wanted) and subject != self.wanted:
            self.wanted, self.explanation = subject, None
            self.table.set_rows([])
            self.beside.setText("Reading ...")
            self._read(subject)

    def changed(self, _change: object) -> None:
        """The rows are those of the moment at which the figure was opened."""

    def save_to(self, path: Path) -> None:
        """Write the rows to a file."""
        explanation, reports = self.explanation, self.desk.services.reports
        if explanation is None:
            return

        def write() -> None:
            form = "json" if path.suffix == ".json" else "csv"
            files.write_atomically(path, reports.write_rows(explanation=explanation, form=form))

        self.ask(write, lambda _none: self.desk.say(f"Saved {path.name}.", None))

    def _build(self) -> None:
        self.save_button = button("Save rows", self._ask_where)
        self.save_button.setEnabled(False)
        if not has_right(self.desk.services.context.actor.role, Right.EXPORT):
            self.save_button.hide()
        self.action_line.addWidget(self.save_button)
        self.action_line.addWidget(button("Back to the report", lambda: self.desk.show("reports", None)))
        self.states = Choices("Which rows", [(_ALL, "All"), *((one, one.capitalize()) for one in STATES)])
        self.states.choose(_ALL)
        self.states.chosen.connect(lambda _state: self._show_rows())
        self.table: Table[Explained] = Table(
            "Rows behind the figure",
            (
                Column(
                    "State",
                    lambda one: one.state,
                    tone=_tone,
                    width=110,
                ),
                Column("Row", lambda one: one.label, is_bold=True, width=240),
                Column(
                    "Day",
                    lambda one: day_words(one.day),
                    sort=lambda one: one.day.toordinal() if one.day else 0,
                    width=110,
                ),
                Column("Value, or why", lambda one: one.why, width=320),
            ),
            self.desk.look,
            empty="The figure looked at no row in this period.",
        )
        self.table.opened.connect(self._open)
        self.panel = Panel("Rows", actions=[self.table.filter_field()])
        self.panel.body.addWidget(self.table)
        self.content.addWidget(self.states)
        self.content.addWidget(self.panel, 1)

    def _read(self, wanted: Wanted) -> None:
        services, published = self.desk.services, wanted.published
        if published is not None:
            self.ask(
                lambda: services.publications.explain(report_id=published, measure=wanted.measure),
                self._show,
                key="rows",
            )
            return
        self.desk.tasks.run_long(
            "Rows",
            lambda told: services.reports.explain(
                measure=wanted.measure,
                scope=wanted.scope,
                group_by=wanted.group_by,
                group=wanted.group,
                progress=told,
            ),
            then=self._show,
            failed=self.refused,
        )

    def _show(self, explanation: Explanation) -> None:
        wanted = self.wanted
        if wanted is None or wanted.measure != explanation.definition.id:
            return
        self.explanation = explanation
        definition, shown = explanation.definition, explanation.shown
        group = f", {wanted.group}" if wanted.group else ""
        self.title.setText(f"{definition.name}{group}")
        value = value_words(shown, definition.unit)
        self.beside.setText(f"{value}, {of_words(shown, definition.unit)}")
        self.panel.set_chips(
            [chip(f"{explanation.count(one):,} {one}", _TONES.get(one, "neutral")) for one in STATES]
        )
        self.save_button.setEnabled(True)
        self._show_rows()

    def _show_rows(self) -> None:
        if self.explanation is not None:
            state = self.states.value
            rows = [one for one in self.explanation.rows if state in (_ALL, one.state)]
            self.table.set_rows(rows)

    def _open(self, one: Explained) -> None:
        place = _OPENS.get(one.kind)
        if place:
            self.desk.show(place, one.record_id)

    def _ask_where(self) -> None:
        target = way_out.ask_where(self, "Save rows", "rows.csv", "CSV (*.csv);;JSON (*.json)")
        if target is not None:
            self.save_to(target)


def _tone(one: Explained) -> str:
    return _TONES.get(one.state, "neutral")
