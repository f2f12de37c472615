"""The layout under its name: kept for the next export, passed on as a file, taken from one."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from caseapp.domain.errors import CaseAppError
from caseapp.exchange.layouts import Layout
from caseapp.services.layouts import Offered
from caseapp.system import files
from caseapp.ui import way_out
from caseapp.ui.errors import sentence
from caseapp.ui.layouts.making import Making
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.table import Column, Table, count_column

_HOW = (
    "The next export with these columns is read by it without a question. The file can be given to another "
    "agency, and to the command line: import calls FILE --layout LAYOUT.toml."
)


class FilePart(QWidget):
    """The name, the file, and every layout that there is."""

    title = "Name and file"

    def __init__(self, desk: Desk, making: Making) -> None:
        super().__init__()
        self._desk, self._making = desk, making
        self._build()
        making.opened.connect(self._on_opened)
        self._on_opened()

    def start(self) -> None:
        """Somebody turned to this part."""
        self.refresh()
        self.name.setFocus()

    def refresh(self) -> None:
        """Read again which layouts there are."""
        self._desk.tasks.run(
            self._desk.services.layouts.offered, then=self.table.set_rows, failed=self.refused, key="layouts"
        )

    def _build(self) -> None:
        known = Panel("Layouts", actions=[button("Read a layout file", self._ask_file)])
        self.table: Table[Offered] = Table(
            "Layouts",
            (
                Column(
                    "Name",
                    lambda one: one.layout.title,
                    second=lambda one: one.layout.name,
                    is_bold=True,
                    width=260,
                ),
                count_column("Fields", lambda one: len(one.layout.fields), width=80),
                count_column("Codes", lambda one: _codes(one), width=80),
                Column(
                    "From",
                    lambda one: "ours" if one.is_ours else "the program",
                    tone=lambda one: "good" if one.is_ours else "neutral",
                    width=110,
                ),
            ),
            self._desk.look,
            empty="No layout.",
        )
        self.table.opened.connect(self._begin_with)
        self.table.key_pressed.connect(self._on_key)
        known.body.addWidget(self.table, 1)
        line = Beside(self)
        line.addWidget(known, 1)
        side = QVBoxLayout()
        side.addWidget(self._name_panel())
        side.addStretch(1)
        line.addLayout(side)

    def _name_panel(self) -> Panel:
        panel = Panel("Keep this layout")
        panel.pad()
        self.form = Form(1)
        self.name = self.form.text("name", "Name", hint="Riverside dispatch")
        self.name.returnPressed.connect(self._save)
        panel.body.addWidget(self.form)
        self.export = button("Save as a file", self._export)
        self.save = button("Keep it", self._save, look="primary")
        panel.body.addWidget(row(self.export, None, self.save))
        panel.body.addWidget(label(_HOW, "small", wraps=True))
        keys = "In the list: Enter reads this file by that layout, X forgets one of ours."
        panel.body.addWidget(label(keys, "small", wraps=True))
        panel.setFixedWidth(self._desk.look.pixels(320))
        return panel

    def _on_opened(self) -> None:
        draft = self._making.draft
        self.form.clear_errors()
        self.name.setText(draft.layout.name if draft else "")

    def _save(self) -> None:
        if not self._making.is_open:
            return
        self.form.clear_errors()
        layout, name, service = self._making.layout, self.name.text(), self._desk.services.layouts
        self._desk.tasks.run(
            lambda: service.save(layout=layout, name=name), then=self._on_saved, failed=self.refused
        )

    def _on_saved(self, layout: Layout) -> None:
        self._making.put(layout)
        self._desk.say(f"Kept. Exports with these columns are read by “{layout.title}” from now on.", None)
        self.refresh()

    def _export(self) -> None:
        name = self.name.text().strip() or "layout"
        path = way_out.ask_where(self, "Layout", f"{name}.toml", "Layouts (*.toml)")
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the layout as it stands into a file."""
        layout, service = self._making.layout, self._desk.services.layouts
        self._desk.tasks.run(
            lambda: files.write_atomically(path, service.written(layout=layout)),
            then=lambda _none: self._desk.say(f"Saved {path.name}.", None),
            failed=self.refused,
        )

    def _ask_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, "Layout", "", "Layouts (*.toml)")
        if chosen:
            self.read_file(Path(chosen))

    def read_file(self, path: Path) -> None:
        """Keep the layout of a file, and read the export by it."""
        service = self._desk.services.layouts
        self._desk.tasks.run(lambda: service.read_file(path=path), then=self._on_read, failed=self.refused)

    def _on_read(self, layout: Layout) -> None:
        self._desk.say(f"“{layout.title}” is kept.", None)
        self.refresh()
        self._open_by(layout)

    def _begin_with(self, one: Offered) -> None:
        self._open_by(one.layout)

    def _open_by(self, layout: Layout) -> None:
        draft, service = self._making.draft, self._desk.services.layouts
        if draft is not None:
            self._desk.tasks.run(
                lambda: service.draft(path=draft.path, layout=layout),
                then=self._making.open,
                failed=self.refused,
            )

    def _on_key(self, letter: str, one: Offered) -> None:
        if letter == "x" and one.is_ours:
            service, kept = self._desk.services.layouts, one.layout
            self._desk.tasks.run(
                lambda: service.remove(name=kept.name),
                then=lambda _change: self._on_removed(kept),
                failed=self.refused,
            )

    def _on_removed(self, layout: Layout) -> None:
        service = self._desk.services.layouts

        def bring_back() -> None:
            self._desk.tasks.run(
                lambda: service.save(layout=layout, name=layout.name),
                then=lambda _layout: self.refresh(),
                failed=self.refused,
            )

        self._desk.say(f"“{layout.title}” is forgotten. Calls that came in by it stay.", bring_back)
        self.refresh()

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAppError) and error.code.startswith("layout."):
            self.form.error("name", sentence(error))
        else:
            self._desk.say(sentence(error), None)


def _codes(one: Offered) -> int:
    return sum(map(len, one.layout.codes.values()))
