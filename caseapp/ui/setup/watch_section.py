"""The watched folder: where dispatch puts its exports, by which layout they are read, and what went wrong."""

from PySide6.QtWidgets import QFileDialog

from caseapp.domain.access import Right
from caseapp.domain.changes import Change
from caseapp.domain.errors import CaseAppError
from caseapp.domain.watching import FileProblem, Watching
from caseapp.services.layouts import Offered
from caseapp.services.watched_folder import PROBLEMS
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.setup.section import Section
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose_kept, offer
from caseapp.ui.widgets.table import Column, Table, moment_column

_OWN_HEADER = ("", "Each file's own header")
_HOW = (
    "While a desk is open, each new file is imported whole and once, and moved to “imported”. "
    f"What cannot be read goes to “{PROBLEMS}” and is told here and on Today."
)


class WatchSection(Section):
    """One folder, and its problems until somebody has seen to them."""

    words = "Watched folder"
    right = Right.IMPORT

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._build()

    def refresh(self) -> None:
        services = self.desk.services
        self.ask(services.layouts.offered, self._on_layouts, key="layouts")
        self.ask(services.watched_folder.watching, self._show, key="watching")

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAppError):
            key = "layout" if error.code.startswith("layout.") else "folder"
            self.form.error(key, sentence(error))
        else:
            super().refused(error)

    def _build(self) -> None:
        self.seen = button("Seen to", self._seen_to, hint="Takes the problems off this list and off Today")
        problems = Panel("Files that could not be brought in as they were", actions=[self.seen])
        self.table: Table[FileProblem] = Table(
            "Problems of the watched folder",
            (
                moment_column("When", lambda one: one.at, self.desk.day_words, width=120),
                Column("File", lambda one: one.file or "the folder", is_bold=True, width=200),
                Column("What to do", lambda one: one.words, width=420),
            ),
            self.desk.look,
            empty="Nothing to see to.",
        )
        problems.body.addWidget(self.table)
        line = Beside()
        line.addWidget(problems, 1)
        line.addWidget(self._form_panel())
        self.content.addLayout(line, 1)

    def _form_panel(self) -> Panel:
        panel = Panel("Folder")
        panel.pad()
        self.form = Form(1)
        self.folder = self.form.text("folder", "Folder (empty: none is watched)")
        self.layout_box = self.form.choice("layout", "Read by", [_OWN_HEADER])
        panel.body.addWidget(self.form)
        self.choose_folder = button("Choose a folder", self._ask_folder)
        self.save = button("Save", self._save, look="primary")
        panel.body.addWidget(row(self.choose_folder, None, self.save))
        panel.body.addWidget(label(_HOW, "small", wraps=True))
        panel.body.addStretch(1)
        panel.setFixedWidth(self.desk.look.pixels(340))
        return panel

    def _on_layouts(self, offered: list[Offered]) -> None:
        layouts = [(one.layout.name, one.layout.title) for one in offered]
        offer(self.layout_box, [_OWN_HEADER, *layouts], keeps=True)

    def _show(self, watching: Watching) -> None:
        self.form.clear_errors()
        self.folder.setText(watching.folder)
        choose_kept(self.layout_box, watching.layout, watching.layout)
        self.table.set_rows(watching.problems)
        self.seen.setEnabled(bool(watching.problems))

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder of the dispatch centre", self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _save(self) -> None:
        self.form.clear_errors()
        service, folder = self.desk.services.watched_folder, self.folder.text().strip()
        layout = self.layout_box.currentData() or ""
        words = f"Files in {folder} are imported from now on." if folder else "No folder is watched."
        self.ask(
            lambda: service.choose(folder=folder, layout=layout), lambda change: self._done(change, words)
        )

    def _seen_to(self) -> None:
        service = self.desk.services.watched_folder
        self.ask(service.seen_to, lambda change: self._done(change, "Taken off the list."))

    def _done(self, change: Change, words: str) -> None:
        self.desk.say(words, None)
        self.desk.hub.changed.emit(change)
