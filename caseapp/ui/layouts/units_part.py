"""Which units of the file are ours: patterns of call signs or agencies, each with its days."""

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp.domain.calls import NOT_POLICE, Model
from caseapp.domain.day_words import day_words
from caseapp.domain.errors import CaseAppError
from caseapp.exchange import our_units
from caseapp.exchange.our_units import OurUnits, counted
from caseapp.ui.calls.words import MODELS
from caseapp.ui.layouts.making import Making
from caseapp.ui.layouts.rule_panel import RulePanel
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import Panel
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose_kept
from caseapp.ui.widgets.table import Column, Table, count_column

_BY = {"unit": "Call sign", "agency": "Agency"}
_OTHERS = (
    ("", "Not known"),
    (Model.POLICE.value, "Police only"),
    (Model.CIT.value, "CIT-trained police"),
)
_FIELD_OF: dict[type[CaseAppError], str] = {
    our_units.PatternMissing: "like",
    our_units.FirstDayUnreadable: "from_on",
    our_units.LastDayUnreadable: "to_on",
    our_units.LastBeforeFirst: "to_on",
}
_HOW = "1J* is every call sign that begins with 1J; several stand between commas. Both days are included."


@dataclass(frozen=True, slots=True)
class SignRow:
    """A call sign or an agency of the file."""

    id: tuple[str, str]
    by: str
    text: str
    rows: int
    model: str


class UnitsPart(QWidget):
    """The rules, and beside them the call signs of the file with what each counts as."""

    title = "Our units"

    def __init__(self, desk: Desk, making: Making) -> None:
        super().__init__()
        self._desk, self._making = desk, making
        self._is_filling = False
        self._build()
        making.opened.connect(self._show)
        making.changed.connect(self._show)
        making.looked.connect(self._show)
        self._show()

    def start(self) -> None:
        """Somebody turned to this part: the file is gone through, if it was not yet."""
        self._making.look_through()
        self.signs.view.setFocus()

    def _build(self) -> None:
        look = self._desk.look
        rules = Panel("Units that are ours")
        self.rules: Table[OurUnits] = Table(
            "Units that are ours",
            (
                Column("By", lambda one: _BY[one.by], width=100),
                Column("Pattern", lambda one: one.like, is_bold=True, width=200),
                Column("Model", lambda one: MODELS[Model(one.model)], width=180),
                Column("Days", _days, width=190),
                Column("Rows", self._count, width=80),
            ),
            look,
            empty="No rule yet: what Setup says of a call sign counts. Write a pattern on the right.",
        )
        self.rules.key_pressed.connect(self._on_key)
        rules.body.addWidget(self.rules, 1)
        there = Panel("Call signs and agencies in the file")
        self.signs: Table[SignRow] = Table(
            "Call signs and agencies in the file",
            (
                Column("By", lambda one: _BY[one.by], width=100),
                Column("In the file", lambda one: one.text, is_bold=True, width=200),
                count_column("Rows", lambda one: one.rows, width=90),
                Column("Counts as", lambda one: one.model, tone=_tone, width=220),
            ),
            look,
            empty="No column of units is read. Choose one under Columns first.",
        )
        self.signs.opened.connect(self._copy)
        there.body.addWidget(self.signs, 1)
        line = Beside(self)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(rules, 1)
        left.addWidget(there, 1)
        line.addLayout(left, 1)
        side = QVBoxLayout()
        side.addWidget(self._rule_panel())
        side.addStretch(1)
        line.addLayout(side)

    def _rule_panel(self) -> Panel:
        panel = RulePanel(self._desk, _HOW, add=self._add, remove=self._remove, field_of=_FIELD_OF)
        self.form, self.add, self.remove = panel.form, panel.add, panel.remove
        self.by = self.form.choice("by", "By", list(_BY.items()))
        self.like = self.form.text("like", "Pattern", hint="1J77, 3J*")
        models = [(one.value, MODELS[one]) for one in MODELS if one in NOT_POLICE]
        self.model = self.form.choice("model", "Model", models)
        self.from_on = self.form.text("from_on", "First day (empty: from the beginning)")
        self.to_on = self.form.text("to_on", "Last day (empty: still)")
        self.rest = Form(1)
        self.others = self.rest.choice("others", "Every other unit is", _OTHERS)
        self.others.currentIndexChanged.connect(self._on_others)
        panel.body.addWidget(self.rest)
        panel.say("Enter on a call sign makes it the pattern; X on a rule takes it away.")
        return panel

    def _show(self) -> None:
        if not self._making.is_open:
            return
        layout, found = self._making.layout, self._making.found
        self._is_filling = True
        choose_kept(self.others, layout.others, MODELS[Model(layout.others)] if layout.others else "")
        self._is_filling = False
        self.rules.set_rows(layout.ours)
        self.remove.setEnabled(bool(layout.ours))
        signs: list[SignRow] = []
        if found is not None:
            values = (("unit", found.values.units), ("agency", found.values.agencies))
            for by, counts in values:
                signs += [SignRow((by, text), by, text, rows, self._model(by, text)) for text, rows in counts]
        self.signs.set_rows(signs)

    def _model(self, by: str, text: str) -> str:
        """What a sign counts as, with the days where that changes."""
        rules = [one for one in self._making.layout.ours if one.by == by and one.takes(text)]
        if rules:
            return "; ".join(f"{MODELS[Model(one.model)]} {_days(one)}".strip() for one in rules)
        others = self._making.layout.others
        return MODELS[Model(others)] if others else ""

    def _count(self, rule: OurUnits) -> str:
        found = self._making.found
        if found is None:
            return ""
        values = found.values.units if rule.by == "unit" else found.values.agencies
        return f"{counted(rule, values):,}"

    def _copy(self, one: SignRow) -> None:
        self.by.setCurrentIndex(self.by.findData(one.by))
        self.like.setText(one.text.removeprefix("_"))
        self.like.setFocus()

    def _add(self) -> None:
        rule = our_units.typed(
            by=self.by.currentData(),
            like=self.like.text(),
            model=self.model.currentData(),
            first=self.from_on.text(),
            last=self.to_on.text(),
        )
        layout = self._making.layout
        others = layout.others or Model.POLICE.value
        self._making.put(replace(layout, ours=(*layout.ours, rule), others=others))
        for field in (self.like, self.from_on, self.to_on):
            field.clear()

    def _remove(self) -> None:
        one, layout = self.rules.current(), self._making.layout
        if one is not None:
            self._making.put(replace(layout, ours=tuple(rule for rule in layout.ours if rule != one)))

    def _on_others(self, _place: int) -> None:
        if not self._is_filling and self._making.is_open:
            self._making.put(replace(self._making.layout, others=self.others.currentData()))

    def _on_key(self, letter: str, _one: OurUnits) -> None:
        if letter == "x":
            self._remove()


def _days(rule: OurUnits) -> str:
    first = f"from {day_words(rule.from_on)}" if rule.from_on else ""
    last = f"until {day_words(rule.to_on)}" if rule.to_on else ""
    return f"{first} {last}".strip()


def _tone(one: SignRow) -> str:
    return "neutral" if one.model in ("", "Police only", "CIT-trained police") else "good"
