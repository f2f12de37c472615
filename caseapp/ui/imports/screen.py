"""Import of calls or people: the file, how it is understood, the dry run, all of it; past ones with undo."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from caseapp.domain.changes import Change
from caseapp.domain.counted import counted
from caseapp.domain.errors import CaseAppError
from caseapp.domain.imports import Batch, ImportSummary, Undone
from caseapp.exchange import calls_eido
from caseapp.exchange.recogniser import NotRecognised
from caseapp.system import files
from caseapp.ui import way_out
from caseapp.ui.errors import sentence
from caseapp.ui.imports.looked import Looked
from caseapp.ui.imports.sources import SOURCES, CallsSource, Source
from caseapp.ui.layouts.layout_screen import ReadBy
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.setup.call_types_section import CallTypesSection
from caseapp.ui.widgets.basics import Panel, button, chip, clear, label, row
from caseapp.ui.widgets.choices import Choices
from caseapp.ui.widgets.facts import Facts
from caseapp.ui.widgets.table import Column, Table, count_column, moment_column


class ImportScreen(Screen):
    """Look first, then import; nothing is written before the button."""

    name = "imports"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Import")
        self._wanted = 0
        self._path: Path | None = None
        self.looked: Looked | None = None
        self.source: Source = SOURCES["calls"]
        self.summary: ImportSummary | None = None
        self._build()

    def about(self, subject: object) -> None:
        """A layout that was made for a file comes back with it; otherwise past imports are read again."""
        self.refresh()
        if isinstance(subject, ReadBy):
            self.holds.choose("calls")
            self.source = SOURCES["calls"]
            self.read_file(subject.path, CallsSource(subject.layout))

    def refresh(self) -> None:
        self.ask(self.desk.services.imports.batches, self.batches.set_rows, key="batches")

    def read_file(self, path: Path, by: Source | None = None) -> None:
        """Read a file and show what it is and what importing it would do."""
        services, source = self.desk.services, by or self.source
        self._forget()
        self._path = path
        self.columns.setEnabled(isinstance(source, CallsSource))
        wanted = self._wanted
        self.beside.setText(f"Reading {path.name} ...")
        self.desk.tasks.run_long(
            f"Reading {path.name}",
            lambda report: source.look(services, path, report),
            then=lambda looked: self._show(source, looked) if wanted == self._wanted else None,
            failed=lambda error: self.refused(error) if wanted == self._wanted else None,
        )

    def _build(self) -> None:
        self._add_actions()
        self.holds = Choices("What the file holds", [(name, one.words) for name, one in SOURCES.items()])
        self.holds.choose("calls")
        self.holds.chosen.connect(self._hold)
        self.columns = button("Columns and codes", self._open_layout, hint="Check and change how it is read")
        self.columns.setEnabled(False)
        self.understood = Panel("How the file is understood", actions=[self.columns])
        self.dry = Panel("What importing does")
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(self.understood, 1)
        top.addWidget(self.dry, 1)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(self.holds)
        column.addLayout(top)
        column.addWidget(self._past_panel(), 1)
        self.content.addLayout(column, 1)
        self._say_empty()

    def _add_actions(self) -> None:
        self.choose = button("Choose a file", self._choose)
        self.go = button("Import", self._import, look="primary")
        self.go.setEnabled(False)
        self.rejects = button("Save rejected rows", self._save_rejects)
        self.rejects.setEnabled(False)
        match = button("Match a list", lambda: self.desk.show("match-list", None))
        for made in (match, self.rejects, self.choose, self.go):
            self.action_line.addWidget(made)

    def _past_panel(self) -> Panel:
        past = Panel("Past imports", actions=[button("Take back the chosen one", self._undo)])
        self.batches: Table[Batch] = Table(
            "Past imports",
            (
                moment_column("When", lambda one: one.at, self.desk.day_words, width=130),
                Column("File", lambda one: one.file_name, is_bold=True, width=300),
                Column("Holds", lambda one: one.kind, width=80),
                Column("Layout", lambda one: one.layout, width=220),
                count_column("New", lambda one: one.counts.get("new"), width=80),
                count_column("Changed", lambda one: one.counts.get("changed"), width=80),
                count_column("Rejected", lambda one: one.counts.get("rejected"), width=80),
                Column(
                    "State", lambda one: "taken back" if one.undone_at else "in place", tone=_tone, width=110
                ),
            ),
            self.desk.look,
            empty="No import yet. Choose an export of your dispatch centre or a list of people: CSV or XLSX.",
            first_step=("Choose a file", self._choose),
        )
        past.body.addWidget(self.batches)
        return past

    def _say_empty(self) -> None:
        for panel, words in (
            (self.understood, "Choose a file. Nothing is written until you press Import."),
            (self.dry, "New, changed, same and rejected rows are counted here first."),
        ):
            clear(panel.body)
            hint = label(words, "second", wraps=True)
            hint.setContentsMargins(14, 12, 14, 12)
            panel.body.addWidget(hint)

    def _hold(self, name: str) -> None:
        """Another kind of file: what was looked at as the other kind is let go."""
        self.source = SOURCES[name]
        self._forget()

    def _forget(self) -> None:
        """Let go what was looked at; what is being read still is dropped when it comes."""
        self._wanted += 1
        self.looked, self.summary = None, None
        self.beside.setText("")
        self.understood.set_chips([])
        self.go.setEnabled(False)
        self.rejects.setEnabled(False)
        self.columns.setEnabled(False)
        self._path = None
        self._say_empty()

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, self.source.prompt, "", self.source.files)
        if name:
            self.read_file(Path(name))

    def _show(self, source: Source, looked: Looked) -> None:
        self.looked, self.summary = looked, looked.summary
        self.beside.setText(f"{looked.path.name}, {looked.how_read}")
        self.understood.set_chips([chip(looked.title, "good" if looked.is_known else "warning")])
        clear(self.understood.body)
        self.understood.body.addWidget(Facts(looked.columns))
        if looked.unsure:
            words = label("Please look at: " + " ".join(looked.unsure), "second", wraps=True)
            words.setContentsMargins(14, 0, 14, 10)
            self.understood.body.addWidget(words)
        if not looked.is_known:
            self.columns.setFocus()
        is_table = looked.layout is not None and looked.layout.name != calls_eido.NAME
        self.columns.setEnabled(isinstance(source, CallsSource) and is_table)
        self._show_counts(source, looked.summary)
        self.go.setEnabled(bool(looked.summary.new or looked.summary.changed))
        self.rejects.setEnabled(bool(looked.summary.rows_rejected))

    def _show_counts(self, source: Source, summary: ImportSummary) -> None:
        clear(self.dry.body)
        skipped = ", ".join(f"{count} {why}" for why, count in summary.rows_skipped.items()) or "none"
        self.dry.body.addWidget(
            Facts(
                [
                    ("Rows in the file", f"{summary.rows:,}"),
                    *source.counts(summary),
                    ("Rows rejected", f"{summary.rows_rejected:,}"),
                    ("Rows skipped", skipped),
                    ("Noticed", summary.noticed or "none"),
                ]
            )
        )

    def _point_to_types(self, summary: ImportSummary) -> None:
        """Say how many types of call nobody has sorted yet, with the way to where that is done."""
        if not (summary.types_new and self.desk.may(CallTypesSection.right)):
            return
        count = summary.types_new
        what = counted(count, "type of call has", "types of call have")
        self.types = button(CallTypesSection.words, self._open_types, hint="Setup: give each type a category")
        line = row(label(f"{what} no category of ours yet.", "second", wraps=True), self.types)
        line.setContentsMargins(14, 0, 14, 10)
        self.dry.body.addWidget(line)
        self.types.setFocus()

    def _open_types(self) -> None:
        self.desk.show("setup", "call-types")

    def _open_layout(self) -> None:
        looked = self.looked
        layout = looked.layout if looked and looked.is_known and looked.layout else ""
        if self._path is not None:
            self.desk.show("layout", ReadBy(self._path, layout))

    def _import(self) -> None:
        services, source, looked = self.desk.services, self.source, self.looked
        if looked is None:
            return
        self.go.setEnabled(False)
        self.desk.tasks.run_long(
            "Import",
            lambda report: source.bring_in(services, looked, report),
            then=lambda summary: self._on_imported(source, summary),
            failed=self.refused,
        )

    def _on_imported(self, source: Source, summary: ImportSummary) -> None:
        if source is self.source:
            self.summary = summary
            self._show_counts(source, summary)
            self._point_to_types(summary)
        self.desk.say(source.done(summary), None)
        self.desk.hub.changed.emit(Change(source.kinds))

    @override
    def refused(self, error: Exception) -> None:
        """What was looked at can be tried again; why a file could not be read stands until the next one."""
        if self.looked is None and isinstance(error, CaseAppError):
            clear(self.understood.body)
            words = label(sentence(error), "error", wraps=True)
            words.setContentsMargins(14, 12, 14, 12)
            self.understood.body.addWidget(words)
        else:
            super().refused(error)
        summary = self.summary
        if isinstance(error, NotRecognised):
            self.columns.setFocus()
        if summary is None:
            self.beside.setText("")
        elif summary.batch is None:
            self.go.setEnabled(bool(summary.new or summary.changed))

    def _save_rejects(self) -> None:
        looked, source, services = self.looked, self.source, self.desk.services
        if looked is None:
            return
        path = way_out.ask_where(self, "Rejected rows", "rejected.csv", "CSV (*.csv)", read=(looked.path,))
        if path is not None:
            self.ask(
                lambda: files.write_pieces(path, source.rejects(services, looked.reading)),
                lambda _none: self.desk.say("Saved. Mend the rows, then import that file.", None),
            )

    def _undo(self) -> None:
        batch = self.batches.current()
        if batch is not None:
            imports = self.desk.services.imports
            self.desk.tasks.run_long(
                f"Taking back {batch.file_name}",
                lambda report: imports.undo(batch_id=batch.id, progress=report),
                then=self._on_undone,
                failed=super().refused,
            )

    def _on_undone(self, undone: Undone) -> None:
        self.desk.say(undone.words, None)
        self.desk.hub.changed.emit(undone.change)


def _tone(one: Batch) -> str:
    return "neutral" if one.undone_at else "good"
