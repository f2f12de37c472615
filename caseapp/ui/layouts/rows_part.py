"""Rows to leave out: rules in plain words, each with its reason and how many rows it takes."""

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp.domain.errors import CaseAppError
from caseapp.exchange.layouts import Skip
from caseapp.exchange.skip_rules import IS_EMPTY, TESTS, ReasonMissing, TextMissing, in_words, typed
from caseapp.exchange.spellings import column_key
from caseapp.ui.layouts.making import Making
from caseapp.ui.layouts.rule_panel import RulePanel
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import Panel
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.options import choose
from caseapp.ui.widgets.table import Column, Table

_FIELD_OF: dict[type[CaseAppError], str] = {TextMissing: "text", ReasonMissing: "reason"}
_HOW = "Rows left out are counted by their reason in every import; the first rule that fits counts."


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule of the layout, or one that is proposed."""

    id: tuple[str, str]
    rule: Skip
    column: str
    rows: int | None
    is_proposed: bool


class RowsPart(QWidget):
    """The rules of the layout and those that are proposed."""

    title = "Rows left out"

    def __init__(self, desk: Desk, making: Making) -> None:
        super().__init__()
        self._desk, self._making = desk, making
        self._build()
        making.opened.connect(self._on_opened)
        making.changed.connect(self._show)
        making.looked.connect(self._show)
        self._on_opened()

    def start(self) -> None:
        """Somebody turned to this part: the file is gone through under the rules as they stand."""
        self._making.look_through()
        self.table.view.setFocus()

    def _build(self) -> None:
        rules = Panel("Rows that are no calls")
        self.table: Table[RuleRow] = Table(
            "Rows that are no calls",
            (
                Column("Column", lambda one: one.column, is_bold=True, width=200),
                Column("Left out when it", _test_words, width=260),
                Column("Counted as", lambda one: one.rule.reason, width=150),
                Column("Rows", _count_words, width=90),
                Column(
                    "State",
                    lambda one: "proposed" if one.is_proposed else "in use",
                    tone=lambda one: "warning" if one.is_proposed else "good",
                    width=110,
                ),
            ),
            self._desk.look,
            empty="No rule: every row of the file is a call. Blank rows are always left out.",
        )
        self.table.opened.connect(self._take)
        self.table.key_pressed.connect(self._on_key)
        rules.body.addWidget(self.table, 1)
        line = Beside(self)
        line.addWidget(rules, 1)
        side = QVBoxLayout()
        side.addWidget(self._rule_panel())
        side.addStretch(1)
        line.addLayout(side)

    def _rule_panel(self) -> Panel:
        panel = RulePanel(self._desk, _HOW, add=self._add, remove=self._remove, field_of=_FIELD_OF)
        self.form, self.add, self.remove = panel.form, panel.add, panel.remove
        self.column = self.form.choice("column", "Column", [])
        self.test = self.form.choice("test", "Left out when it", [(one, one) for one in TESTS])
        self.text = self.form.text("text", "Text", hint="cancelled by caller")
        self.reason = self.form.text("reason", "Counted as", hint="cancelled")
        self.test.currentIndexChanged.connect(
            lambda _place: self.form.show_field("text", is_shown=self.test.currentData() != IS_EMPTY)
        )
        panel.say("In the list: Enter takes a proposed rule, X takes one away.")
        return panel

    def _on_opened(self) -> None:
        draft = self._making.draft
        self.column.clear()
        for name in draft.header if draft else ():
            self.column.addItem(name, name)
        disposition = self._making.layout.fields.get("disposition")
        if disposition is not None and not choose(self.column, disposition.columns[0]):
            self.column.setCurrentIndex(0)
        self._show()

    def _show(self) -> None:
        draft, found = self._making.draft, self._making.found
        if draft is None:
            return
        names = {column_key(name): name for name in draft.header}
        layout = self._making.layout
        rows = [
            RuleRow(
                (one.column, one.pattern.pattern),
                one,
                names.get(one.column, one.column),
                found.values.skipped.get(one.reason, 0) if found else None,
                False,
            )
            for one in layout.skips
        ]
        there = {one.id for one in rows}
        for rule, count in found.skips if found else ():
            key = (rule.column, rule.pattern.pattern)
            if key not in there:
                rows.append(RuleRow(key, rule, names.get(rule.column, rule.column), count, True))
        self.table.set_rows(rows)
        self.remove.setEnabled(any(not one.is_proposed for one in rows))

    def _add(self) -> None:
        column, test = self.column.currentData() or "", self.test.currentData()
        self._use(typed(column, test, self.text.text(), self.reason.text()))
        self.text.clear()
        self.reason.clear()

    def _use(self, rule: Skip) -> None:
        layout = self._making.layout
        if all(_key(one) != _key(rule) for one in layout.skips):
            self._making.put(replace(layout, skips=(*layout.skips, rule)))
            self._making.look_through()

    def _take(self, one: RuleRow) -> None:
        if one.is_proposed:
            self._use(one.rule)

    def _remove(self) -> None:
        one = self.table.current()
        if one is not None and not one.is_proposed:
            layout = self._making.layout
            left = tuple(rule for rule in layout.skips if (rule.column, rule.pattern.pattern) != one.id)
            self._making.put(replace(layout, skips=left))
            self._making.look_through()

    def _on_key(self, letter: str, _one: RuleRow) -> None:
        if letter == "x":
            self._remove()


def _key(rule: Skip) -> tuple[str, str]:
    return rule.column, rule.pattern.pattern


def _test_words(one: RuleRow) -> str:
    test, text = in_words(one.rule)
    return f"{test} “{text}”" if text else test


def _count_words(one: RuleRow) -> str:
    return "" if one.rows is None else f"{one.rows:,}"
