"""Reports: a form, the figures with their definitions, charts, and what was published."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSplitter,
    QVBoxLayout,
)

from caseapp.domain.access import Right, has_right
from caseapp.domain.charts import charts
from caseapp.domain.day_words import day_words
from caseapp.domain.measures.scope import Scope
from caseapp.domain.reports import Published, Report
from caseapp.services.reports import FORMS
from caseapp.system import files
from caseapp.ui import way_out
from caseapp.ui.lists import Words
from caseapp.ui.reports.figure_rows import FigureRow, rows
from caseapp.ui.reports.published_panel import PublishedPanel
from caseapp.ui.reports.request_form import RequestForm
from caseapp.ui.reports.rows_screen import Wanted
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, chip, clear, label, scrolled, side_column
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.chart import ChartView
from caseapp.ui.widgets.column import bring_into_view
from caseapp.ui.widgets.facts import Facts
from caseapp.ui.widgets.table import Column, Table

_FORM_WORDS = {"pdf": "PDF", "xlsx": "Workbook (XLSX)", "csv": "CSV", "json": "JSON"}


class ReportsScreen(Screen):
    """The report that was asked for, ready to be opened, written and published."""

    name = "reports"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Reports")
        self.report: Report | None = None
        self.published: Published | None = None
        self.may_see = has_right(desk.services.context.actor.role, Right.SEE_REPORTS)
        if not self.may_see:
            words = "Reports are for supervisors, program managers, administrators and auditors."
            self.content.addWidget(label(words, "second", wraps=True))
            self.content.addStretch(1)
            return
        self._build()
        self._connect()

    def refresh(self) -> None:
        if not self.may_see:
            return
        self.ask(self.desk.services.reports.choices, self.form.offer, key="choices")
        self.past.refresh()

    def changed(self, _change: object) -> None:
        """A report is of the moment it was made; another is asked for, never made behind one's back."""

    def make(self) -> None:
        """Make the report that the form asks for, in the background."""
        scope = self.form.scope()
        if scope is None:
            return
        plan, reports = self.form.plan(), self.desk.services.reports
        self.make_button.setEnabled(False)
        self.desk.tasks.run_long(
            "Report",
            lambda report: reports.make(plan=plan, scope=scope, progress=report),
            then=self._show_made,
            failed=self._failed,
        )

    def save_to(self, path: Path, form: str) -> None:
        """Write the report that is shown to a file."""
        report, published, services = self.report, self.published, self.desk.services
        if report is None:
            return

        def write() -> None:
            if published is not None and form == "pdf":
                content = services.publications.pages(report_id=published.id)
            else:
                content = services.reports.write(report=report, form=form)
            files.write_atomically(path, content)

        self.ask(write, lambda _none: self.desk.say(f"Saved {path.name}.", None))

    def _build(self) -> None:
        self.save_button = button("Save as")
        menu = QMenu(self)
        for form in FORMS:
            menu.addAction(_FORM_WORDS[form], partial(self._ask_where, form))
        self.save_button.setProperty("opens", "menu")
        self.save_button.setMenu(menu)
        self.publish_button = button("Publish", self._publish, hint="Freeze figures, rows and pages")
        may = has_right(self.desk.services.context.actor.role, Right.CHANGE_REPORTS)
        if not may:
            self.publish_button.hide()
        for made in (self.save_button, self.publish_button):
            made.setEnabled(False)
            self.action_line.addWidget(made)
        self.make_button = button("Make report", self.make, look="primary")
        self.action_line.addWidget(self.make_button)
        self.form = RequestForm(self.desk.services.context.today(), self.desk.lists.words)
        ask = Panel("What is asked")
        ask.body.addWidget(self.form)
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(ask)
        left = side_column(side, self.desk.look.pixels(346), "What is asked")
        line = Beside()
        line.addWidget(left)
        line.addLayout(self._middle(), 1)
        self.content.addLayout(line, 1)

    def _middle(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        self.chart_panel = Panel()
        self.chart_line = QHBoxLayout()
        self.chart_line.setContentsMargins(14, 10, 14, 8)
        self.chart_line.setSpacing(18)
        self.chart_panel.body.addLayout(self.chart_line)
        self.chart_panel.setVisible(False)
        self.table: Table[FigureRow] = Table(
            "Figures",
            self._columns(),
            self.desk.look,
            empty="Choose a report and a period, then press Make report. Every figure opens its rows.",
            first_step=("Make report", self.make),
        )
        hint = label("Enter opens the rows", "small")
        self.figures = Panel("Figures", actions=[hint, self.table.filter_field()])
        self.figures.body.addWidget(self.table)
        below = QSplitter(Qt.Orientation.Horizontal)
        below.setChildrenCollapsible(False)
        below.setHandleWidth(12)
        self.meaning = Panel("What the figure says")
        below.addWidget(self.meaning)
        self.past = PublishedPanel(self)
        below.addWidget(self.past)
        column.addWidget(self.chart_panel)
        column.addWidget(self.figures, 3)
        column.addWidget(below, 2)
        self._explain(None)
        return column

    def _columns(self) -> tuple[Column[FigureRow], ...]:
        return (
            Column("Measure", lambda one: one.name, spoken=_spoken, width=280),
            Column("This period", lambda one: one.value, width=100, is_number=True),
            Column("Compared", lambda one: "   ".join(one.compared), width=150),
            Column("Of", lambda one: one.of, width=120, is_number=True),
            Column("Left out", lambda one: one.left_out, width=70, is_number=True),
        )

    def _connect(self) -> None:
        self.form.save_requested.connect(self._keep)
        self.form.forget_requested.connect(self._forget)
        self.table.chosen.connect(self._explain)
        self.table.opened.connect(self._open_rows)
        self.past.opened.connect(self._show_published)

    def _show_made(self, report: Report) -> None:
        self.published = None
        self._show(report)

    def _show_published(self, one: Published, report: Report) -> None:
        self.published = one
        self._show(report)

    def _on_published(self, report_id: UUID) -> None:
        self.desk.say("Published. It is frozen with its rows and prints the same for ever.", None)
        self.past.refresh(shows=report_id)

    def _show(self, report: Report) -> None:
        self.report = report
        self.make_button.setEnabled(True)
        self.save_button.setEnabled(True)
        self.publish_button.setEnabled(self.published is None)
        self.beside.setText(f"{report.title}, {_scope_words(report.scope, self.desk.lists.words)}")
        hidden = sum(line.now.is_hidden for line in report.lines)
        state = chip(f"published, version {report.version}", "good") if report.version else chip("draft")
        kind = chip("small counts hidden", "good") if report.is_public else chip("inside only", "warning")
        marks = [state, kind]
        if hidden:
            marks.append(chip(f"{hidden} figures hidden", "neutral"))
        self.figures.set_chips(marks)
        self.table.set_rows(list(rows(report)))
        if self.has_keyboard:
            self.table.view.setFocus()
            QTimer.singleShot(0, self, lambda: bring_into_view(self.figures, around=0))
        clear(self.chart_line)
        made = charts(report)
        for chart in made:
            self.chart_line.addWidget(ChartView(chart, self.desk.look))
        self.chart_panel.setVisible(bool(made))

    def _failed(self, error: Exception) -> None:
        self.make_button.setEnabled(True)
        self.publish_button.setEnabled(self.report is not None and self.published is None)
        self.refused(error)

    def _explain(self, one: FigureRow | None) -> None:
        clear(self.meaning.body)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        if one is None:
            words = "Choose a figure to read what it counts, of whom, and what is left out."
            hint = label(words, "second", wraps=True)
            hint.setContentsMargins(14, 12, 14, 12)
            column.addWidget(hint)
        else:
            column.addWidget(Facts(self._facts(one)))
        column.addStretch(1)
        self.meaning.body.addWidget(scrolled(column, "What the figure says"))

    def _facts(self, one: FigureRow) -> list[tuple[str, str]]:
        definition = one.definition
        facts = [
            ("", definition.sentence),
            ("Counts", definition.numerator),
            ("Of", definition.denominator),
            ("Leaves out", definition.excludes),
            ("By", f"{definition.basis}; {definition.window}"),
            ("From", definition.source),
        ]
        line = self.report.line(definition.id) if self.report else None
        if line and line.now.facts:
            facts.append(("Also", "; ".join(f"{name} {value}" for name, value in line.now.facts)))
        if definition.warning:
            facts.append(("Mind", definition.warning))
        return facts

    def _open_rows(self, one: FigureRow) -> None:
        report = self.report
        if report is None:
            return
        group_by = report.plan.group_by if one.group else ""
        published = self.published.id if self.published else None
        wanted = Wanted(one.definition.id, report.scope, group_by, one.group, published)
        self.desk.show("report-rows", wanted)

    def _publish(self) -> None:
        report, publications = self.report, self.desk.services.publications
        if report is None:
            return
        self.publish_button.setEnabled(False)
        self.desk.tasks.run_long(
            "Publishing",
            lambda told: publications.publish(plan=report.plan, scope=report.scope, progress=told),
            then=self._on_published,
            failed=self._failed,
        )

    def _keep(self, name: str) -> None:
        reports, plan = self.desk.services.reports, self.form.plan_named(name)
        self.ask(lambda: reports.save_plan(plan=plan), lambda _none: self._kept(f"Kept “{name}”."))

    def _forget(self, name: str) -> None:
        reports = self.desk.services.reports
        self.ask(lambda: reports.delete_plan(name=name), lambda _none: self._kept(f"Forgot “{name}”."))

    def _kept(self, words: str) -> None:
        self.desk.say(words, None)
        self.refresh()

    def _ask_where(self, form: str) -> None:
        if self.report is not None:
            proposed = f"{self.report.plan.name}-{self.report.scope.from_on}.{form}"
            target = way_out.ask_where(self, "Save report", proposed, f"*.{form}")
            if target is not None:
                self.save_to(target, form)


def _scope_words(scope: Scope, said: Words) -> str:
    kept = [one for one in (scope.program, said.word("response_model", scope.model)) if one]
    return ", ".join([f"{day_words(scope.from_on)} to {day_words(scope.to_on)}", *kept])


def _spoken(one: FigureRow) -> str:
    return f"{one.name.strip()}: {one.value}, of {one.of or 'nothing'}"
