"""What the codes of a file mean in the agency's own words: proposed, with spellings together, and kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from caseapp.exchange.code_lists import CodeValue
from caseapp.exchange.layouts import CODED
from caseapp.exchange.spellings import value_key
from caseapp.ui.layouts.making import Making
from caseapp.ui.layouts.words import FIELDS
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import Panel, button, cut, label, row
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.table import Column, Table, count_column

_HOW = (
    "A value of the file is written as you say here, in this import and in every one by this layout. "
    "Measures know the words that are offered."
)


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value of the chosen field."""

    id: str
    value: CodeValue
    ours: str | None


class CodesPart(QWidget):
    """The values of one field at a time."""

    title = "Codes"

    def __init__(self, desk: Desk, making: Making) -> None:
        super().__init__()
        self._desk, self._making = desk, making
        self._labels = dict(desk.lists.codes("call_source"))
        self._is_filling = False
        self._build()
        making.opened.connect(self._on_opened)
        making.looked.connect(self._on_looked)
        making.changed.connect(self._show)

    def start(self) -> None:
        """Somebody turned to this part: the file is gone through, if it was not yet."""
        self._making.look_through()
        self.table.view.setFocus()

    @property
    def field(self) -> str:
        """The field whose values are shown; empty while there is none."""
        return self.fields.currentData() or ""

    def _build(self) -> None:
        values = Panel("Values in the file")
        self.fields = QComboBox()
        self.fields.setAccessibleName("Field")
        self.fields.setMinimumWidth(self._desk.look.pixels(200))
        self.fields.currentIndexChanged.connect(self._show)
        shown = label("&Field", "small")
        shown.setBuddy(self.fields)
        self.all = button("Take all proposals", self._take_all, hint="For this field")
        head = row(shown, self.fields, None, self.all)
        head.setContentsMargins(14, 8, 10, 8)
        values.body.addWidget(head)
        self.table: Table[ValueRow] = Table(
            "Values in the file",
            (
                Column("Value", lambda one: one.value.value, is_bold=True, width=240),
                count_column("Rows", lambda one: one.value.count, width=90),
                Column("Written as", self._written, tone=_tone, width=220),
                Column("Proposed", self._proposed, second=lambda one: one.value.why, width=260),
            ),
            self._desk.look,
            empty="No column of codes is read. Choose one under Columns first.",
        )
        self.table.chosen.connect(lambda _one: self._fill())
        self.table.opened.connect(lambda _one: self.ours.setFocus())
        self.table.key_pressed.connect(self._on_key)
        values.body.addWidget(self.table, 1)
        line = Beside(self)
        line.addWidget(values, 1)
        side = QVBoxLayout()
        side.addWidget(self._value_panel())
        side.addStretch(1)
        line.addLayout(side)

    def _value_panel(self) -> Panel:
        self.panel = Panel("Value")
        self.panel.pad()
        self.form = Form(1)
        self.ours = self.form.choice("ours", "Write it as", [])
        self.ours.setEditable(True)
        self.ours.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.ours.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        line = self.ours.lineEdit()
        assert line is not None  # noqa: S101
        line.returnPressed.connect(self._write)
        self.panel.body.addWidget(self.form)
        self.as_is = button("As in the file", lambda: self._put(None))
        self.take = button("Take the proposal", self._take_one)
        self.put = button("Write it so", self._write, look="primary")
        self.panel.body.addWidget(row(self.as_is, self.take, None))
        self.panel.body.addWidget(row(None, self.put))
        self.panel.body.addWidget(label(_HOW, "small", wraps=True))
        self.panel.body.addWidget(
            label("In the list: P takes the proposal, X leaves it as it is.", "small", wraps=True)
        )
        self.panel.setFixedWidth(self._desk.look.pixels(320))
        return self.panel

    def _on_opened(self) -> None:
        self.fields.clear()
        self._show()

    def _on_looked(self) -> None:
        found = self._making.found
        if found is None:
            return
        kept = self.field
        self._is_filling = True
        self.fields.clear()
        for name in (name for name in CODED if name in found.values.codes):
            self.fields.addItem(FIELDS[name], name)
        self._is_filling = False
        self.fields.setCurrentIndex(max(self.fields.findData(kept), 0))
        self._show()

    def _show(self, *_place: object) -> None:
        found = self._making.found
        if self._is_filling:
            return
        rows: list[ValueRow] = []
        if found is not None and self._making.is_open and self.field:
            said = self._said()
            for one in found.values.codes.get(self.field, ()):
                rows.append(ValueRow(one.value, one, said.get(value_key(one.value))))
        self.table.set_rows(rows)
        self.all.setEnabled(any(_may_take(one) for one in rows))
        self._fill()

    def _said(self) -> dict[str, str]:
        held = self._making.layout.codes.get(self.field, {})
        return {value_key(value): ours for value, ours in held.items()}

    def _fill(self) -> None:
        one, found = self.table.current(), self._making.found
        self.panel.setEnabled(one is not None)
        if one is None or found is None:
            return
        self.panel.title.setText(cut(one.value.value))
        self.ours.clear()
        for ours in found.options.get(self.field, ()):
            self.ours.addItem(self._label(ours), ours)
        written = one.ours if one.ours is not None else one.value.proposed or one.value.value
        self.ours.setCurrentText(self._label(written))
        self.take.setEnabled(_may_take(one))
        self.as_is.setEnabled(one.ours is not None)

    def _write(self) -> None:
        text = " ".join(self.ours.currentText().split())
        place = self.ours.findText(text)
        self._put(self.ours.itemData(place) if place >= 0 else text)

    def _take_one(self) -> None:
        one = self.table.current()
        if one is not None and one.value.proposed:
            self._put(one.value.proposed)

    def _take_all(self) -> None:
        codes = {one.value.value: one.value.proposed for one in self.table.model.rows if _may_take(one)}
        self._change(codes)

    def _put(self, ours: str | None) -> None:
        one = self.table.current()
        if one is not None:
            self._change({one.value.value: ours})
            self.table.view.setFocus()

    def _change(self, codes: Mapping[str, str | None]) -> None:
        """Write values of the shown field; None and the value itself leave it as the file has it."""
        layout, field = self._making.layout, self.field
        gone = {value_key(value) for value in codes}
        held = {
            value: ours for value, ours in layout.codes.get(field, {}).items() if value_key(value) not in gone
        }
        held |= {value: ours for value, ours in codes.items() if ours and ours != value}
        every = {**layout.codes, field: held}
        self._making.put(replace(layout, codes={name: one for name, one in every.items() if one}))

    def _on_key(self, letter: str, one: ValueRow) -> None:
        if letter == "p" and _may_take(one):
            self._put(one.value.proposed)
        elif letter == "x":
            self._put(None)

    def _label(self, ours: str) -> str:
        return self._labels.get(ours, ours) if self.field == "source" else ours

    def _written(self, one: ValueRow) -> str:
        return "as in the file" if one.ours is None else self._label(one.ours)

    def _proposed(self, one: ValueRow) -> str:
        return self._label(one.value.proposed) if _may_take(one) else ""


def _may_take(one: ValueRow) -> bool:
    proposed = one.value.proposed
    return bool(proposed) and proposed not in (one.ours, one.value.value if one.ours is None else "")


def _tone(one: ValueRow) -> str:
    return "neutral" if one.ours is None else "good"
