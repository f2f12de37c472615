"""Calls: the list, and the workbench of the current one."""

from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter

from caseapp.domain.calls import CallLine
from caseapp.services.calls import Workbench
from caseapp.ui.calls.bench import Bench
from caseapp.ui.calls.words import LISTS, Words, response_words
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button
from caseapp.ui.widgets.table import Column, Table

AS_MANY_AS_COUNTED = 100_000
"""Behind a number stand exactly as many calls, however many."""


class CallsOf(NamedTuple):
    """The calls behind a number: of one place or one person, in the last days."""

    title: str
    days: int
    place: str = ""
    person_id: UUID | None = None


class CallsScreen(Screen):
    """Calls newest first; the current one opens in the workbench."""

    name = "calls"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Calls")
        self.bench: Workbench | None = None
        self._wanted: UUID | None = None
        self._of: CallsOf | None = None
        self._build()
        self._connect()
        self.ask(lambda: desk.services.staff.code_lists(names=LISTS), self._on_lists)

    def about(self, subject: object) -> None:
        self._wanted = subject if isinstance(subject, UUID) else None
        self._of = subject if isinstance(subject, CallsOf) else None
        self.everything.setVisible(self._of is not None)
        self.recent.setVisible(self._of is None)
        self.refresh()
        if self._wanted:
            self._open(self._wanted)

    def refresh(self) -> None:
        calls, of = self.desk.services.calls, self._of
        days = 2 if self.recent.isChecked() else None
        if of is None:
            self.ask(lambda: calls.recent(days=days), self._show_lines, key="list")
            return
        self.ask(
            lambda: calls.recent(
                days=of.days, place=of.place, person_id=of.person_id, limit=AS_MANY_AS_COUNTED
            ),
            self._show_lines,
            key="list",
        )

    def keep_draft(self) -> None:
        """What was said of people is kept before their panels go."""
        self.parts.keep()
        super().keep_draft()

    def _build(self) -> None:
        self.recent = button("Last two days")
        self.recent.setCheckable(True)
        self.recent.setChecked(True)
        self.everything = button("All calls", lambda: self.about(None))
        self.action_line.addWidget(self.everything)
        self.action_line.addWidget(self.recent)
        self.action_line.addWidget(button("Repeat contact", lambda: self.desk.show("repeat", None)))
        self.action_line.addWidget(button("Import", lambda: self.desk.show("imports", None)))
        self.table: Table[CallLine] = Table(
            "Calls",
            (
                Column(
                    "Received",
                    lambda one: self.desk.day_words(one.received_at),
                    sort=lambda one: one.received_at.timestamp(),
                    width=140,
                ),
                Column("Number", lambda one: one.number, width=108),
                Column("Type", lambda one: one.type_text, width=170),
                Column("Place", lambda one: one.place, width=150),
                Column("Response", response_words, width=150),
                Column("People", _people_words, tone=lambda one: "warning" if one.to_link else "", width=90),
            ),
            self.desk.look,
            empty="No calls in these days. Import an export of your dispatch centre to see who was met.",
            first_step=("Import calls", lambda: self.desk.show("imports", None)),
        )
        top = Panel()
        top.body.addWidget(self.table)
        self.parts = Bench(self.desk)
        left = self._left = QSplitter(Qt.Orientation.Vertical)
        left.setHandleWidth(12)
        left.setChildrenCollapsible(False)
        left.addWidget(top)
        left.addWidget(self.parts.call_column)
        left.setStretchFactor(0, 2)
        left.setStretchFactor(1, 3)
        self.parts.people_column.setFixedWidth(self.desk.look.pixels(380))
        line = QHBoxLayout()
        line.setSpacing(14)
        line.addWidget(left, 1)
        line.addWidget(self.parts.people_column)
        self.content.addLayout(line, 1)

    def _connect(self) -> None:
        self.recent.toggled.connect(lambda _on: self.refresh())
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _line: self._to_people())
        self.table.key_pressed.connect(self._on_key)
        for column in (self.parts.call_column, self.parts.people_column):
            column.left.connect(self.table.view.setFocus)
        self.setFocusProxy(self.table.view)

    def _on_lists(self, lists: dict[str, list[tuple[str, str]]]) -> None:
        self.parts.words = Words(lists)
        if self.bench is not None:
            self.parts.show(self.bench, is_other=False)

    def _show_lines(self, lines: list[CallLine]) -> None:
        wanted = self._wanted or (self.bench.call.id if self.bench else None)
        self.table.view.selectionModel().blockSignals(True)
        self.table.set_rows(lines)
        self.table.view.selectionModel().blockSignals(False)
        to_link = sum(one.to_link for one in lines)
        count = f"{len(lines):,} call{'' if len(lines) == 1 else 's'}"
        if self._of is not None:
            count = f"{count}: {self._of.title}, last {self._of.days} days"
        self.beside.setText(f"{count}, {to_link} people to link" if to_link else count)
        if lines:
            self._select(wanted)
            self._open(wanted or lines[0].id)

    def _on_chosen(self, line: CallLine | None) -> None:
        if line is not None and (self.bench is None or self.bench.call.id != line.id):
            self._wanted = None
            self._open(line.id)

    def _select(self, call_id: UUID | None) -> None:
        """Mark the row of a call without opening it once more."""
        rows = self.table.model.rows
        place = next((number for number, one in enumerate(rows) if one.id == call_id), 0)
        self.table.view.selectionModel().blockSignals(True)
        self.table.view.selectRow(place)
        self.table.view.selectionModel().blockSignals(False)
        self.table.view.viewport().update()

    def _on_key(self, letter: str, _line: CallLine) -> None:
        """A letter opens the side of the call that it stands for."""
        part = self.parts.by_key(letter)
        if part is not None:
            part.open_form()
        elif letter == "t":
            for met in self.parts.met[:1]:
                met.hand_to_triage()

    def _to_people(self) -> None:
        """Enter goes from the row to the first thing that can be done with a person of the call."""
        first = next(iter([*self.parts.met, self.parts.add_met]))
        first.setFocus()
        first.focusNextChild()

    def _open(self, call_id: UUID) -> None:
        """Open a call, unless words of another one are not saved yet: those are never lost on the way."""
        typed = self.parts.unsaved
        if typed is not None and self.bench is not None and self.bench.call.id != call_id:
            number = self.bench.call.number
            self.desk.say(
                f"“{typed.title.text()}” of call {number} is not saved. "
                "Save it with Ctrl+Enter or close it with Esc first.",
                None,
            )
            self._wanted = None
            self._select(self.bench.call.id)
            return
        self.ask(lambda: self.desk.services.calls.open(call_id=call_id), self._show, key="open")

    def _show(self, bench: Workbench) -> None:
        is_other = self.bench is None or self.bench.call.id != bench.call.id
        self.bench = bench
        self.parts.show(bench, is_other=is_other)


def _people_words(one: CallLine) -> str:
    if one.to_link:
        return f"{one.to_link} to link"
    return f"{one.people} known" if one.people else "0"
