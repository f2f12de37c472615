"""The journal: who did and who saw what, newest first, of everybody, one member of staff or one person."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from caseapp.domain.access import Right
from caseapp.domain.counted import counted
from caseapp.domain.day_words import minute_words
from caseapp.domain.journal import PAGE, FieldChange, JournalFilter, JournalLine, Told
from caseapp.domain.staff import StaffMember
from caseapp.ui.screen import Desk
from caseapp.ui.setup.section import Section
from caseapp.ui.widgets.basics import Panel, apart, button, label, row, scrolled
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.options import choose
from caseapp.ui.widgets.table import Column, Table, moment_column

_TOLD = {
    None: "everything",
    Told.CHANGES: "changes",
    Told.LOOKS: "looks",
    Told.OUT: "what left: prints, exports, copies",
    Told.SIGN_INS: "sign-ins and refusals",
    Told.KEEPING: "backups and checks",
}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")
_KEPT_BACK = "Words were left out: they are clinical, or may be about a restricted person."


class JournalOf(NamedTuple):
    """The journal of one person, asked for from their record."""

    person_id: UUID
    name: str


class JournalSection(Section):
    """Filters, the entries, and the fields of the chosen one."""

    words = "Journal"
    right = Right.SEE_JOURNAL

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._of: JournalOf | None = None
        self._lines: list[JournalLine] = []
        self.content.addLayout(self._filters())
        line = Beside()
        line.addWidget(self._list(), 3)
        line.addWidget(self._detail(), 2)
        self.content.addLayout(line, 1)
        desk.tasks.run(desk.services.staff.list_staff, then=self._on_staff, failed=self.refused)

    def about(self, subject: object) -> None:
        """Show the entries of one person."""
        self._of = subject if isinstance(subject, JournalOf) else None
        self.refresh()

    def refresh(self) -> None:
        self.everybody.setVisible(self._of is not None)
        self.panel.title.setText(f"Journal of {self._of.name}" if self._of else "Journal")
        self._read(None)

    def _filters(self) -> QHBoxLayout:
        self.by, self.told = QComboBox(), QComboBox()
        self.by.setAccessibleName("Whose entries")
        self.by.addItem("everybody", None)
        self.told.setAccessibleName("Which entries")
        for told, words in _TOLD.items():
            self.told.addItem(words, told)
        for field in (self.by, self.told):
            field.activated.connect(lambda _place: self._read(None))
        self.everybody = button("The whole journal", lambda: self.about(None))
        self.everybody.hide()
        line = QHBoxLayout()
        for widget in (label("Done by"), self.by, label("Show"), self.told, self.everybody):
            line.addWidget(widget)
        line.addStretch(1)
        return line

    def _list(self) -> Panel:
        self.panel = Panel("Journal")
        self.table: Table[JournalLine] = Table(
            "Journal",
            (
                moment_column("When", lambda one: one.at, self._when, width=150, holds="00 Nov 2026 00:00"),
                Column("By", lambda one: one.by or "the program", width=120),
                Column("What", what_words, is_bold=True, width=150),
                Column("About", _about, width=190),
            ),
            self.desk.look,
            empty="No entry of this kind.",
        )
        self.table.chosen.connect(self._show)
        self.older = button("Show older entries", lambda: self._read(self._lines[-1].id))
        self.older.hide()
        self.panel.body.addWidget(self.table)
        foot = row(self.older, None)
        foot.setContentsMargins(14, 6, 10, 6)
        self.panel.body.addWidget(foot)
        return self.panel

    def _detail(self) -> Panel:
        panel = Panel("What was written")
        self.detail = label("Choose an entry.", wraps=True)
        self.detail.setContentsMargins(14, 8, 14, 10)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.detail)
        panel.body.addWidget(scrolled(inside, "What was written"))
        return panel

    def _on_staff(self, members: list[StaffMember]) -> None:
        chosen = self.by.currentData()
        for one in members:
            self.by.addItem(one.details.name, one.id)
        choose(self.by, chosen)

    def _read(self, before: int | None) -> None:
        person_id = self._of.person_id if self._of else None
        where = JournalFilter(self.by.currentData(), self.told.currentData(), person_id)
        read = partial(self.desk.services.journal.read, where=where, before=before)
        self.ask(read, partial(self._on_read, is_more=before is not None), key="read")

    def _on_read(self, lines: list[JournalLine], *, is_more: bool) -> None:
        self._lines = [*self._lines, *lines] if is_more else lines
        self.table.set_rows(self._lines)
        self.older.setVisible(len(lines) == PAGE)

    def _when(self, at: datetime) -> str:
        return minute_words(self.desk.local(at))

    def _show(self, one: JournalLine | None) -> None:
        self.detail.setText(_detail_words(one, self._when) if one else "Choose an entry.")


def what_words(one: JournalLine) -> str:
    """An entry in a word or two: the verb for a change, else what was done to which noun."""
    noun, _dot, act = one.verb.partition(".")
    done = act if one.kind == "change" else one.kind
    words = done if noun in ("session", "") else f"{done} {noun}"
    return words.replace("-", " ").capitalize()


def _about(one: JournalLine) -> str:
    return "; ".join((*one.about, *([counted(one.others, "more record")] if one.others else [])))


def _detail_words(one: JournalLine, when: Callable[[datetime], str]) -> str:
    parts = [f"Entry {one.id}, {when(one.at)}", what_words(one)]
    if one.reason:
        parts.append(f"Reason: {one.reason}")
    parts += (_field_words(each, when) for each in one.fields if not _is_tie(each))
    if one.is_withheld:
        parts.append(_KEPT_BACK)
    return "\n".join(parts)


def _is_tie(one: FieldChange) -> bool:
    """Whether a field only ties records together: who and which call stand in the entry already."""
    return one.name.endswith("_id") or one.name == "id"


def _field_words(one: FieldChange, when: Callable[[datetime], str]) -> str:
    noun = f"{one.noun} {one.did}, ".replace("_", " ") if one.noun else ""
    name = one.name.replace("_", " ")
    before, after = _readable(one.before, when), _readable(one.after, when)
    if before and after:
        return f"{noun}{name}: {before} → {after}"
    return f"{noun}{name}: {after or before}" if after or before else f"{noun}{name}"


def _readable(value: str, when: Callable[[datetime], str]) -> str:
    """A moment on the agency's clock; everything else as it stands, apart from its neighbours."""
    if _MOMENT.fullmatch(value):
        return when(datetime.fromisoformat(value))
    return apart(value)
