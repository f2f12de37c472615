"""Which column is which field: the proposal with values, how sure it is and why, and another choice."""

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from caseapp.exchange.layouts import TIMES, UNITS, Layout, Source
from caseapp.exchange.recogniser import UNSURE
from caseapp.services.layouts import Draft
from caseapp.ui.layouts.making import Making
from caseapp.ui.layouts.words import DATES, FIELDS, HOLDS, MIDNIGHT, NEEDED, TAKES, WANTED, ZONES
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import Panel, cut, label
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose, choose_kept
from caseapp.ui.widgets.table import Column, Table

_JOINED = 5
"""Columns that can be one field."""

_CODED = (
    "type_code",
    "type_text",
    "type_initial_code",
    "type_initial_text",
    "disposition",
    "disposition_code",
)
_CUT = 46


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field as the list shows it."""

    id: str
    words: str
    columns: str
    how: str
    samples: str
    sure: str
    tone: str
    why: str


class ColumnsPart(QWidget):
    """The fields of a call, each with its column; the chosen one can be changed beside the list."""

    title = "Columns"

    def __init__(self, desk: Desk, making: Making) -> None:
        super().__init__()
        self._desk, self._making = desk, making
        self._is_filling = False
        self._build()
        making.opened.connect(self._on_opened)
        making.changed.connect(self._show)

    def start(self) -> None:
        """Somebody turned to this part."""
        self.table.view.setFocus()

    def _build(self) -> None:
        fields = Panel("What each field is read from")
        self.table: Table[FieldRow] = Table(
            "Fields of the layout",
            (
                Column("Field", lambda one: one.words, is_bold=True, width=140),
                Column("Column", lambda one: one.columns, second=lambda one: one.how, width=170),
                Column("First values", lambda one: one.samples, width=190),
                Column("Sure", lambda one: one.sure, tone=lambda one: one.tone, width=120),
                Column("Why", lambda one: one.why, width=200),
            ),
            self._desk.look,
            empty="Choose a file first.",
        )
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _one: self.boxes[0].setFocus())
        fields.body.addWidget(self.table)
        line = Beside(self)
        line.addWidget(fields, 1)
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(self._field_panel())
        side.addWidget(self._file_panel())
        side.addStretch(1)
        line.addLayout(side)

    def _field_panel(self) -> Panel:
        panel = self.panel = Panel("Field")
        panel.pad()
        form = self.form = Form(1)
        self.boxes = [
            form.choice(f"column {n}", "Column" if not n else "joined with", []) for n in range(_JOINED)
        ]
        for box in self.boxes:
            _narrow(box)
        self.holds = form.choice("holds", "The column holds", HOLDS)
        self.after = form.choice("after", "After which time", [(name, FIELDS[name]) for name in TIMES])
        self.takes = form.choice("takes", "Of each value", TAKES)
        self.split = form.text("split", "Sign between several units", hint="; or | or ,")
        for box in (*self.boxes, self.holds, self.after, self.takes):
            box.currentIndexChanged.connect(self._on_edited)
        self.split.textEdited.connect(self._on_edited)
        panel.body.addWidget(form)
        panel.body.addStretch(1)
        panel.setFixedWidth(self._desk.look.pixels(320))
        return panel

    def _file_panel(self) -> Panel:
        panel = Panel("Times in this file")
        panel.pad()
        form = self.times = Form(1)
        self.dates = form.choice("dates", "Dates such as 5/12", DATES)
        self.midnight = form.choice("midnight", "A time of 0:00 means", MIDNIGHT)
        self.zone = form.choice("zone", "Time zone", ZONES)
        for box in (self.dates, self.midnight, self.zone):
            box.currentIndexChanged.connect(self._on_times_edited)
        panel.body.addWidget(form)
        panel.body.addWidget(label("Enter on a field goes to its column.", "small", wraps=True))
        panel.setFixedWidth(self._desk.look.pixels(320))
        return panel

    def _on_opened(self) -> None:
        draft = self._making.draft
        if draft is None:
            return
        self._is_filling = True
        for box in self.boxes:
            box.clear()
            box.addItem("Not in this file" if box is self.boxes[0] else "nothing more", "")
            for name in draft.header:
                sample = ", ".join(draft.samples((name,), most=2))
                box.addItem(cut(f"{name}   {sample}" if sample else name, _CUT), name)
        self._is_filling = False

    def _show(self) -> None:
        draft = self._making.draft
        if draft is None:
            return
        self.table.set_rows([self._row(draft, name) for name in FIELDS])
        self._fill()

    def _row(self, draft: Draft, name: str) -> FieldRow:
        layout = self._making.layout
        source = layout.fields.get(name)
        if source is None:
            return _missing(layout, name)
        lacking = [one for one in source.columns if one not in draft.columns]
        sure, tone, why = self._judged(draft, name, source)
        if lacking:
            sure, tone, why = "not there", "danger", f"The file has no column “{lacking[0]}”."
        return FieldRow(
            name,
            FIELDS[name],
            ", ".join(source.columns),
            _how(source),
            ", ".join(draft.samples(source.columns)),
            sure,
            tone,
            why,
        )

    def _judged(self, draft: Draft, name: str, source: Source) -> tuple[str, str, str]:
        if name in self._making.chosen:
            return "chosen", "good", "You chose it."
        proposal = draft.proposals.get(name)
        if proposal is None or proposal.columns != source.columns:
            return "known", "good", f"From the layout “{self._making.layout.title}”."
        tone = "good" if proposal.confidence >= UNSURE else "warning"
        return f"{proposal.confidence:.0%}", tone, "; ".join(proposal.reasons)

    def _on_chosen(self, _one: FieldRow | None) -> None:
        self._fill()

    def _fill(self) -> None:
        """Show the field of the current row."""
        one = self.table.current()
        if one is None or not self._making.is_open:
            return
        self._is_filling = True
        source = self._making.layout.fields.get(one.id) or Source(())
        self.panel.title.setText(one.words)
        for number, box in enumerate(self.boxes):
            name = source.columns[number] if number < len(source.columns) else ""
            choose_kept(box, name, f"{name}   not in this file")
        units = {seconds: unit for unit, seconds in UNITS.items()}
        choose(self.holds, units[source.unit] if source.after else "")
        choose(self.after, source.after or "received_at")
        choose(self.takes, source.takes)
        if self.split.text() != source.split:
            self.split.setText(source.split)
        layout = self._making.layout
        choose(self.dates, layout.day_first)
        choose(self.midnight, layout.midnight_is_day)
        choose_kept(self.zone, layout.time_zone, layout.time_zone)
        self._offer(one.id, source)
        self._is_filling = False

    def _offer(self, name: str, source: Source) -> None:
        """Show what this field can be asked, and one column more than are chosen."""
        counts = bool(source.columns) and name in TIMES[1:]
        alone = bool(source.after or source.takes)
        for number in range(1, _JOINED):
            is_next = number <= len(source.columns) and not alone
            self.form.show_field(f"column {number}", is_shown=is_next and (name not in TIMES or number == 1))
        self.form.rename("column 1", "Time of day from" if name in TIMES else "joined with")
        self.form.show_field("holds", is_shown=counts and len(source.columns) == 1)
        self.form.show_field("after", is_shown=counts and bool(source.after))
        self.form.show_field("takes", is_shown=name in _CODED and len(source.columns) == 1)
        self.form.show_field("split", is_shown=name == "unit" and bool(source.columns))

    def _on_edited(self, *_value: object) -> None:
        one = self.table.current()
        if self._is_filling or one is None or not self._making.is_open:
            return
        layout, fields = self._making.layout, dict(self._making.layout.fields)
        source = self._typed(one.id)
        if source is None:
            fields.pop(one.id, None)
        else:
            fields[one.id] = source
        self._making.chosen.add(one.id)
        self._making.put(replace(layout, fields=fields))

    def _typed(self, name: str) -> Source | None:
        """What the boxes say; None where the field has no column."""
        columns = tuple(dict.fromkeys(box.currentData() for box in self.boxes if box.currentData()))
        if not self.boxes[0].currentData() or not columns:
            return None
        holds, takes = self.holds.currentData(), self.takes.currentData()
        if name in TIMES[1:] and holds and len(columns) == 1:
            after = self.after.currentData()
            earlier = after if TIMES.index(after) < TIMES.index(name) else "received_at"
            return Source(columns, after=earlier, unit=UNITS[holds])
        if name in _CODED and takes:
            return Source(columns[:1], takes=takes)
        return Source(columns, split=self.split.text().strip() if name == "unit" else "")

    def _on_times_edited(self, *_value: object) -> None:
        if self._is_filling or not self._making.is_open:
            return
        self._making.put(
            replace(
                self._making.layout,
                day_first=self.dates.currentData(),
                midnight_is_day=self.midnight.currentData(),
                time_zone=self.zone.currentData() or "",
            )
        )


def _missing(layout: Layout, name: str) -> FieldRow:
    if name in layout.constants:
        why = "The layout says it for every row."
        return FieldRow(name, FIELDS[name], "", "", layout.constants[name], "always", "good", why)
    if name in NEEDED:
        why = "Without it no call can be told." if name == "number" else "A call needs at least one time."
        return FieldRow(name, FIELDS[name], "", "", "", "missing", "danger", why)
    sure, tone = ("missing", "warning") if name in WANTED else ("not read", "neutral")
    return FieldRow(name, FIELDS[name], "", "", "", sure, tone, "")


def _how(source: Source) -> str:
    if source.after:
        unit = next(name for name, seconds in UNITS.items() if seconds == source.unit)
        return f"{unit} after “{FIELDS[source.after]}”"
    if source.takes:
        return f"the {source.takes} of it"
    return f"several, parted by {source.split}" if source.split else ""


def _narrow(box: QComboBox) -> None:
    """A long column name never widens the panel."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
