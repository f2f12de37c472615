"""Match a list: who of a jail roster or a shelter list is one of our people, for review; imports nothing."""

from enum import Enum
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout
from typing_extensions import override

from caseapp.domain.access import Right, has_right
from caseapp.domain.changes import Change
from caseapp.domain.counted import counted
from caseapp.domain.errors import CaseAppError
from caseapp.services.list_matching import ListPair, Reviewed
from caseapp.system import files
from caseapp.ui import way_out
from caseapp.ui.errors import sentence
from caseapp.ui.imports.left_out import FORM, Compared, LeftOut
from caseapp.ui.people.candidates import in_sentences
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.choices import Choices
from caseapp.ui.widgets.one_line import OneLine
from caseapp.ui.widgets.table import Column, Table

_KINDS = "Tables (*.csv *.xlsx *.txt)"


_FIRST = "Choose a list and press Match. Nothing is imported and nobody is changed."


class Against(Enum):
    """What a list is compared with."""

    OURS = "our people"
    ITSELF = "itself"
    ANOTHER = "another list"


class MatchScreen(Screen):
    """Two files or one, the pairs found, and what of them is kept when they are saved."""

    name = FORM

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Match a list")
        self._left: Path | None = None
        self._right: Path | None = None
        self.left_out = LeftOut(desk, self, failed=self.refused)
        self.left_out.restored.connect(self._show_left_out)
        self._asked = 0
        """How often something else was to be compared: what comes late answers an earlier question."""
        self.reviewed: Reviewed | None = None
        self._build()
        self._say_state()

    def choose_files(self, left: Path | None, right: Path | None = None) -> None:
        """Take these files; what was found with others is let go."""
        self._left, self._right = left, right
        self._let_go()

    @override
    def about(self, subject: object) -> None:
        """Go on where pairs of a list were left out before a lock."""
        if isinstance(subject, Compared):
            self.against.choose(Against(subject.against))
            self.choose_files(subject.left, subject.right)
            self._match()

    @override
    def keep_draft(self) -> None:
        self.left_out.keep()

    def changed(self, _change: Change) -> None:
        """What is being reviewed stays until another list is matched."""

    def _build(self) -> None:
        may_save = has_right(self.desk.services.context.actor.role, Right.EXPORT)
        self.save = button("Save pairs", self._save, hint="Writes the kept pairs as CSV")
        if not may_save:
            self.save.hide()
        self.go = button("Match", self._match, look="primary")
        self.anew = button("Keep all", self._keep_all, look="plain", hint="Leaves no pair out any more")
        self.action_line.addWidget(self.anew)
        self.action_line.addWidget(self.save)
        self.action_line.addWidget(self.go)
        self.content.addWidget(self._lists())
        found = Panel("Pairs found", actions=[label("N leave out or keep   Enter open", "small")])
        self.table: Table[ListPair] = Table(
            "Pairs found",
            (
                Column(
                    "On the list",
                    lambda one: one.left.name,
                    second=lambda one: one.left.second or " ",
                    is_bold=True,
                    width=240,
                ),
                Column(
                    "Who it may be",
                    lambda one: one.right.name,
                    second=lambda one: one.right.second or " ",
                    is_bold=True,
                    width=240,
                ),
                Column("Likely", _likely, tone=_tone, sort=lambda one: -one.probability, width=84),
                Column("Why", lambda one: in_sentences(one.reasons), width=320),
                Column("When saved", self._kept, tone=self._kept_tone, width=110),
            ),
            self.desk.look,
            empty=_FIRST,
        )
        found.body.addWidget(self.table)
        self.content.addWidget(found, 1)
        self.table.key_pressed.connect(self._on_key)
        self.table.opened.connect(self._open)

    def _lists(self) -> Panel:
        panel = Panel("Which lists")
        panel.pad()
        self.choose_left = button("Choose the list", self._choose_left)
        self.left_name = OneLine("", "second")
        self.against = Choices("Compare with", [(one, one.value.capitalize()) for one in Against])
        self.against.choose(Against.OURS)
        self.against.setMinimumWidth(self.desk.look.pixels(330))
        self.against.chosen.connect(lambda _one: self._let_go())
        self.choose_right = button("Choose the other list", self._choose_right)
        self.right_name = OneLine("", "second")
        panel.body.addWidget(row(self.choose_left, self.left_name, None))
        line = QHBoxLayout()
        line.setSpacing(8)
        for part in (label("Compare with"), self.against, self.choose_right, self.right_name):
            line.addWidget(part, 1 if part is self.against else 0)
        panel.body.addLayout(line)
        self.read_as = label("", "second", wraps=True)
        panel.body.addWidget(self.read_as)
        self.problem = label("", "error", wraps=True)
        self.problem.setVisible(False)
        panel.body.addWidget(self.problem)
        return panel

    def _say_state(self) -> None:
        is_two = self.against.value is Against.ANOTHER
        self.left_name.setText(self._left.name if self._left else "CSV or XLSX with a person a row")
        self.right_name.setText(self._right.name if self._right else "")
        for part in (self.choose_right, self.right_name):
            part.setVisible(is_two)
        self.go.setEnabled(self._left is not None and (not is_two or self._right is not None))
        self.read_as.setText("\n".join(self._columns()))
        self.read_as.setVisible(self.reviewed is not None)
        pairs = len(self.reviewed.pairs) if self.reviewed else 0
        kept = pairs - len(self.left_out.pairs)
        self.save.setEnabled(kept > 0)
        self.anew.setVisible(bool(self.left_out.pairs))
        found = self.reviewed
        self.beside.setText(
            f"{counted(found.left, 'row')} compared with {found.right or found.left:,}: "
            f"{counted(pairs, 'pair')}, {kept:,} kept"
            if found
            else "Nothing is imported"
        )

    def _columns(self) -> list[str]:
        lists = [one.name for one in (self._left, self._right) if one is not None]
        read = self.reviewed.read_as if self.reviewed else ()
        return [one.sentence(name) for name, one in zip(lists, read, strict=False)]

    def _let_go(self) -> None:
        self._asked += 1
        self.left_out.let_go()
        self.reviewed = None
        self.table.say_if_empty(_FIRST)
        self.table.set_rows([])
        self._say("")
        self._say_state()

    def _choose_left(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "List of people", "", _KINDS)
        if name:
            self.choose_files(Path(name), self._right)

    def _choose_right(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "The other list", "", _KINDS)
        if name:
            self.choose_files(self._left, Path(name))

    def _match(self) -> None:
        left, against = self._left, self.against.value
        if left is None:
            return
        right = self._right if against is Against.ANOTHER else None
        service = self.desk.services.list_matching
        self._let_go()
        self.go.setEnabled(False)
        self.desk.tasks.run_long(
            "Matching",
            lambda report: service.match(
                left=left, right=right, with_ours=against is Against.OURS, progress=report
            ),
            then=partial(self._show, self._asked, Compared(left, right, against.value)),
            failed=self.refused,
        )

    def _show(self, asked: int, compared: Compared, reviewed: Reviewed) -> None:
        """Show the pairs, unless other lists were chosen while these were compared."""
        if asked != self._asked:
            return
        self.reviewed = reviewed
        self.left_out.start(reviewed, compared)
        self.table.say_if_empty("Nobody on the list is likely to be one person with somebody else.")
        self.table.set_rows(reviewed.pairs)
        self._say_state()
        self.table.view.setFocus()

    def _keep_all(self) -> None:
        self.left_out.turn_all()
        self.table.view.viewport().update()
        self._say_state()

    def _show_left_out(self, count: int) -> None:
        self.table.view.viewport().update()
        self._say_state()
        pairs = counted(count, "pair")
        self.desk.say(
            f"{pairs} that you left out of this list before {'is' if count == 1 else 'are'} so again.", None
        )

    def _on_key(self, letter: str, one: ListPair) -> None:
        if letter == "n":
            self.left_out.turn(one.id)
            self.table.view.viewport().update()
            self._say_state()

    def _open(self, one: ListPair) -> None:
        if one.right.person_id is not None:
            self.desk.show("person", one.right.person_id)

    def _save(self) -> None:
        lists = tuple(one for one in (self._left, self._right) if one is not None)
        target = way_out.ask_where(self, "Pairs", "pairs.csv", "CSV (*.csv)", read=lists)
        if target is not None:
            self.save_to(target)

    def save_to(self, target: Path) -> None:
        """Write the kept pairs, after the way out is in the journal."""
        service, reviewed, left_out = (
            self.desk.services.list_matching,
            self.reviewed,
            frozenset(self.left_out.pairs),
        )
        if reviewed is not None:
            self.ask(
                lambda: files.write_atomically(target, service.save(reviewed=reviewed, left_out=left_out)),
                lambda _none: self._saved(target, reviewed),
            )

    def _saved(self, target: Path, reviewed: Reviewed) -> None:
        self.left_out.drop(reviewed)
        if reviewed is self.reviewed:
            self._say("")
        self.desk.say(f"Saved {target.name}. The export is in the journal.", None)

    @override
    def refused(self, error: Exception) -> None:
        """Why a list cannot be matched stands beside it, until another is chosen."""
        if isinstance(error, CaseAppError):
            self._say(sentence(error))
        else:
            super().refused(error)
        self._say_state()

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _kept(self, one: ListPair) -> str:
        return "left out" if one.id in self.left_out.pairs else "kept"

    def _kept_tone(self, one: ListPair) -> str:
        return "neutral" if one.id in self.left_out.pairs else "good"


def _likely(one: ListPair) -> str:
    return f"{one.percent} %"


def _tone(one: ListPair) -> str:
    return "good" if one.percent >= 90 else "warning"
