"""How an export is read, part by part: columns, codes, rows left out, our units, and the layout's name."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from caseapp.domain.changes import Change
from caseapp.domain.counted import counted
from caseapp.exchange.layouts import Layout
from caseapp.services.layouts import Draft
from caseapp.ui.layouts.codes_part import CodesPart
from caseapp.ui.layouts.columns_part import ColumnsPart
from caseapp.ui.layouts.file_part import FilePart
from caseapp.ui.layouts.making import Making
from caseapp.ui.layouts.rows_part import RowsPart
from caseapp.ui.layouts.units_part import UnitsPart
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import button, keys_inside
from caseapp.ui.widgets.choices import Choices
from caseapp.ui.widgets.one_line import OneLine
from caseapp.ui.widgets.stack import Stack

Part = ColumnsPart | CodesPart | RowsPart | UnitsPart | FilePart
PartT = TypeVar("PartT", bound=Part)

PARTS: tuple[type[Part], ...] = (ColumnsPart, CodesPart, RowsPart, UnitsPart, FilePart)
"""The parts in the order of the strip."""


@dataclass(frozen=True, slots=True)
class ReadBy:
    """A file with the layout that reads it; empty to have it recognised."""

    path: Path
    layout: str | Layout = ""


class LayoutScreen(Screen):
    """Opened from an import with its file; “Use for the import” goes back there with the layout."""

    name = "layout"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "How the file is read")
        self.making = Making(desk, self.refused, self)
        self._build()
        self.making.opened.connect(self._on_opened)

    def about(self, subject: object) -> None:
        if isinstance(subject, ReadBy):
            service = self.desk.services.layouts
            self.beside.setText(f"Reading {subject.path.name} ...")
            self.desk.tasks.run_long(
                f"Reading {subject.path.name}",
                lambda report: service.draft(path=subject.path, layout=subject.layout, progress=report),
                then=self.making.open,
                failed=self.refused,
            )

    def changed(self, _change: Change) -> None:
        """What is being made stays as it is."""

    def part(self, kind: type[PartT]) -> PartT:
        """A part of the layout; it is made when it is first asked for."""
        if kind not in self._made:
            self._made[kind] = kind(self.desk, self.making)
            self.pages.addWidget(self._made[kind])
        made: PartT = self._made[kind]
        return made

    def open_part(self, kind: type[Part]) -> None:
        """Turn to a part."""
        part = self.part(kind)
        self.pages.setCurrentWidget(part)
        self.strip.choose(kind)
        part.start()

    def _build(self) -> None:
        self._made: dict[type[Any], Any] = {}
        self.strip = Choices("Parts of the layout", [(kind, kind.title) for kind in PARTS])
        self.strip.chosen.connect(self.open_part)
        self.strip.choose(ColumnsPart)
        self.back = button("Back without it", lambda: self.desk.show("imports", None))
        self.use = button("Use for the import", self._use, look="primary", hint="Ctrl+Enter")
        self.use.setEnabled(False)
        self.action_line.addWidget(self.back)
        self.action_line.addWidget(self.use)
        self.doubts = OneLine("", "small")
        self.pages = Stack()
        self.columns = self.part(ColumnsPart)
        self.content.addWidget(self.strip)
        self.content.addWidget(self.doubts)
        self.content.addWidget(self.pages, 1)
        self.doubts.hide()
        keys_inside(self, "Ctrl+Return", self._use)

    def _on_opened(self) -> None:
        draft = self.making.draft
        if draft is not None:
            self._describe(draft)
        self.use.setEnabled(draft is not None)
        if self.pages.currentWidget() is self.columns:
            self.columns.start()

    def _describe(self, draft: Draft) -> None:
        self.beside.setText(f"{draft.path.name}, {counted(draft.rows, 'row')}")
        self.doubts.setText("Please look at: " + " ".join(draft.unsure) if draft.unsure else "")
        self.doubts.setVisible(bool(draft.unsure))

    def _use(self) -> None:
        draft = self.making.draft
        if draft is not None and self.use.isEnabled():
            self.desk.show("imports", ReadBy(draft.path, self.making.layout))
