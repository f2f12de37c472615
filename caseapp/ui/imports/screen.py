"""Import of calls: the file, how it was understood, the dry run, then all of it; past imports with undo."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from caseapp.domain.changes import Change, Kind
from caseapp.domain.dispatch import CallsReading
from caseapp.domain.imports import Batch, ImportSummary, Undone
from caseapp.services.imports import Recognition
from caseapp.system import files
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, chip, clear, label
from caseapp.ui.widgets.facts import Facts
from caseapp.ui.widgets.table import Column, Table


class ImportScreen(Screen):
    """Look first, then import; nothing is written before the button."""

    name = "imports"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Import")
        self._data, self._name = b"", ""
        self.reading: CallsReading | None = None
        self.summary: ImportSummary | None = None
        self._build()

    def refresh(self) -> None:
        self.ask(self.desk.services.imports.batches, self.batches.set_rows, key="batches")

    def read_file(self, path: Path) -> None:
        """Read a file and show what it is and what importing it would do."""
        services = self.desk.services
        self._name = path.name

        def look() -> tuple[bytes, Recognition, CallsReading, ImportSummary]:
            data = files.read(path)
            recognition = services.imports.recognise_calls(data=data, name=path.name)
            reading = services.imports.read_calls(data=data, name=path.name)
            return data, recognition, reading, services.imports.preview_calls(reading=reading)

        self.beside.setText(f"Reading {path.name} ...")
        self.ask(look, lambda found: self._show(*found), key="read")

    def _build(self) -> None:
        self.choose = button("Choose a file", self._choose)
        self.go = button("Import", self._import, look="primary")
        self.go.setEnabled(False)
        self.rejects = button("Save rejected rows", self._save_rejects)
        self.rejects.setEnabled(False)
        for made in (self.rejects, self.choose, self.go):
            self.action_line.addWidget(made)
        self.understood = Panel("How the file is understood")
        self.dry = Panel("What importing does")
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(self.understood, 1)
        top.addWidget(self.dry, 1)
        past = Panel("Past imports", actions=[button("Take back the chosen one", self._undo)])
        self.batches: Table[Batch] = Table(
            "Past imports",
            (
                Column("When", lambda one: self.desk.day_words(one.at), width=130),
                Column("File", lambda one: one.file_name, is_bold=True, width=300),
                Column("Layout", lambda one: one.layout, width=220),
                Column("New", lambda one: str(one.counts.get("new", "")), width=80),
                Column("Changed", lambda one: str(one.counts.get("changed", "")), width=80),
                Column("Rejected", lambda one: str(one.counts.get("rejected", "")), width=80),
                Column(
                    "State", lambda one: "taken back" if one.undone_at else "in place", tone=_tone, width=110
                ),
            ),
            self.desk.look,
            empty="No import yet. Choose an export of your dispatch centre: CSV or XLSX, in any layout.",
            first_step=("Choose a file", self._choose),
        )
        past.body.addWidget(self.batches)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(past, 1)
        self.content.addLayout(column, 1)
        self._say_empty()

    def _say_empty(self) -> None:
        for panel, words in (
            (self.understood, "Choose a file. Nothing is written until you press Import."),
            (self.dry, "New, changed, same and rejected rows are counted here first."),
        ):
            clear(panel.body)
            hint = label(words, "second", wraps=True)
            hint.setContentsMargins(14, 12, 14, 12)
            panel.body.addWidget(hint)

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "Dispatch export", "", "Tables (*.csv *.xlsx *.txt)")
        if name:
            self.read_file(Path(name))

    def _show(
        self, data: bytes, recognition: Recognition, reading: CallsReading, summary: ImportSummary
    ) -> None:
        self._data, self.reading, self.summary = data, reading, summary
        self.beside.setText(f"{self._name}, {reading.how_read}")
        self.understood.set_chips(
            [
                chip(recognition.layout.title, "good")
                if recognition.is_known
                else chip("new layout, proposed", "warning")
            ]
        )
        clear(self.understood.body)
        sample = recognition.sample[0] if recognition.sample else ()
        values = dict(zip(recognition.header, sample, strict=False))
        rows = [
            (
                name.replace("_", " "),
                f"{', '.join(source.columns)}: {' '.join(values.get(one, '') for one in source.columns)}",
            )
            for name, source in list(recognition.layout.fields.items())[:9]
        ]
        self.understood.body.addWidget(Facts(rows))
        self._show_counts(summary)
        self.go.setEnabled(bool(summary.new or summary.changed))
        self.rejects.setEnabled(bool(reading.problems))

    def _show_counts(self, summary: ImportSummary) -> None:
        clear(self.dry.body)
        skipped = ", ".join(f"{count} {why}" for why, count in summary.rows_skipped.items()) or "none"
        warned = (
            ", ".join(f"{count} {what.replace('-', ' ')}" for what, count in summary.warnings.items())
            or "none"
        )
        self.dry.body.addWidget(
            Facts(
                [
                    ("Rows in the file", f"{summary.rows:,}"),
                    ("Calls new", f"{summary.new:,}"),
                    ("Calls changed", f"{summary.changed:,}"),
                    ("Calls the same", f"{summary.same:,}"),
                    ("Unit responses new", f"{summary.responses_new:,}"),
                    ("Rows rejected", f"{summary.rows_rejected:,}"),
                    ("Rows skipped", skipped),
                    ("Noticed", warned),
                ]
            )
        )

    def _import(self) -> None:
        reading, data, name = self.reading, self._data, self._name
        if reading is None:
            return
        imports = self.desk.services.imports
        self.go.setEnabled(False)
        self.desk.tasks.run_long(
            "Import",
            lambda report: imports.import_calls(reading=reading, name=name, data=data, progress=report),
            then=self._on_imported,
            failed=self.refused,
        )

    def _on_imported(self, summary: ImportSummary) -> None:
        self.summary = summary
        self._show_counts(summary)
        self.desk.say(
            f"Imported: {summary.new:,} calls new, {summary.changed:,} changed, {summary.same:,} same.", None
        )
        self.desk.hub.changed.emit(Change(frozenset({Kind.CALL, Kind.IMPORT})))

    def _save_rejects(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, "Rejected rows", "rejected.csv", "CSV (*.csv)")
        reading, imports = self.reading, self.desk.services.imports
        if name and reading is not None:
            self.ask(
                lambda: files.write_atomically(Path(name), imports.rejects(reading=reading)),
                lambda _none: self.desk.say("Saved. Mend the rows, then import that file.", None),
            )

    def _undo(self) -> None:
        batch = self.batches.current()
        if batch is not None:
            imports = self.desk.services.imports
            self.ask(lambda: imports.undo(batch_id=batch.id), self._on_undone)

    def _on_undone(self, undone: Undone) -> None:
        self.desk.say(undone.words, None)
        self.desk.hub.changed.emit(undone.change)


def _tone(one: Batch) -> str:
    return "neutral" if one.undone_at else "good"
