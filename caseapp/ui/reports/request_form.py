"""What a report is asked for: which one, of which days, by which date, compared and parted how."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caseapp.domain.measures.groups import GROUPS
from caseapp.domain.measures.periods import periods
from caseapp.domain.measures.scope import DATE_BASES, Scope
from caseapp.domain.reports import COMPARISONS, Plan
from caseapp.services.reports import Choices
from caseapp.ui.lists import Words
from caseapp.ui.widgets.basics import button, label, row
from caseapp.ui.widgets.form import Form, read_day
from caseapp.ui.widgets.options import choose, offer
from caseapp.ui.widgets.rows import plain

_BAD_DAY = "Write a day such as 2026-05-01 or 1 May 2026."


class RequestForm(QWidget):
    """The form beside the figures.

    Signals:
        save_requested: the user asks to keep it, by name.
        forget_requested: the user asks to forget the saved one that is chosen.
    """

    save_requested = Signal(str)
    forget_requested = Signal(str)

    def __init__(self, today: date, said: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._said = today, said
        self._plans: dict[str, Plan] = {}
        self._saved: tuple[str, ...] = ()
        self._build()

    def offer(self, choices: Choices) -> None:
        """Fill the lists; what was chosen stays chosen."""
        before = self.plan_field.currentData()
        self._plans = {plan.name: plan for plan in choices.plans}
        self._saved = choices.saved
        self.plan_field.blockSignals(True)
        offer(self.plan_field, [(plan.name, plan.title) for plan in choices.plans])
        if before not in self._plans:
            choose(self.plan_field, "outcomes")
        self.plan_field.blockSignals(False)
        models = [(one, self._said.word("response_model", one)) for one in choices.models]
        for field, options in (
            (self.program, [(one, one) for one in choices.programs]),
            (self.model, models),
        ):
            offer(field, [("", "All"), *options], keeps=True)
        if not self.measures.count():
            for definition in choices.measures:
                item = QListWidgetItem(definition.name)
                item.setData(Qt.ItemDataRole.UserRole, definition.id)
                item.setToolTip(definition.sentence)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                self.measures.addItem(item)
        if before not in self._plans:
            self._on_plan()

    def scope(self) -> Scope | None:
        """The period and what it keeps; None, with the sentence beside the field, when a day is not one."""
        self.form.clear_errors()
        days = {key: read_day(field.text()) for key, field in (("from", self.from_on), ("to", self.to_on))}
        for key, found in days.items():
            if found is None:
                self.form.error(key, _BAD_DAY)
                return None
        first, last = days["from"], days["to"]
        assert first is not None and last is not None  # noqa: S101
        return Scope(
            first,
            last,
            self.basis.currentData(),
            self.program.currentData() or "",
            self.model.currentData() or "",
        )

    def plan(self) -> Plan:
        """The chosen report with what was changed of it."""
        return replace(
            self._plans[self.plan_field.currentData()],
            measures=tuple(self._checked()),
            group_by=self.group_by.currentData(),
            compare=tuple(name for name, box in self._compare.items() if box.isChecked()),
            is_public=self.public.isChecked(),
        )

    def plan_named(self, name: str) -> Plan:
        """The same as one's own, under a name."""
        plan = self.plan()
        return replace(plan, name=name, title=plan.title if plan.name == name else name)

    def set_days(self, first: date, last: date) -> None:
        """Put a period in."""
        self.from_on.setText(first.isoformat())
        self.to_on.setText(last.isoformat())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        self._add_what_is_counted(column)
        self._add_measures(column)
        self._add_keeping(column)
        self.plan_field.currentIndexChanged.connect(lambda _place: self._on_plan())
        self.period.activated.connect(lambda _place: self._on_period())
        for field in (self.from_on, self.to_on):
            field.textChanged.connect(lambda _text: self._on_days())
        self.filter.textChanged.connect(self._on_filter)
        self.set_days(*periods(self._today)[0][1:])

    def _add_what_is_counted(self, column: QVBoxLayout) -> None:
        self.form = Form(columns=2)
        self.plan_field = self.form.choice("plan", "Report", [], wide=True)
        self.period = self.form.choice("period", "Period", [], wide=True)
        known = [((first, last), name) for name, first, last in periods(self._today)]
        offer(self.period, [*known, (None, "Other days")])
        self.from_on: QLineEdit = self.form.text("from", "First day")
        self.to_on: QLineEdit = self.form.text("to", "Last day")
        self.basis = self.form.choice("basis", "Calls belong to the", [], wide=True)
        offer(self.basis, tuple(DATE_BASES.items()))
        self.program = self.form.choice("program", "Program", [("", "All")])
        self.model = self.form.choice("model", "Model", [("", "All")])
        self.group_by = self.form.choice("group", "Parted by", [], wide=True)
        offer(self.group_by, [("", "Nothing"), *((name, name.capitalize()) for name in GROUPS)])
        column.addWidget(self.form)
        self._compare = {name: QCheckBox(f"Compare with the {name}") for name in COMPARISONS}
        self.public = QCheckBox("For outside: hide small counts")
        for box in (*self._compare.values(), self.public):
            box.setAccessibleName(box.text())
            column.addWidget(box)

    def _add_measures(self, column: QVBoxLayout) -> None:
        column.addWidget(label("Measures in it", "small"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter measures")
        self.filter.setAccessibleName("Filter measures")
        self.filter.setClearButtonEnabled(True)
        self.measures = QListWidget()
        self.measures.setAccessibleName("Measures in the report")
        self.measures.setMinimumHeight(160)
        column.addWidget(self.filter)
        column.addWidget(self.measures, 1)

    def _add_keeping(self, column: QVBoxLayout) -> None:
        self.name = QLineEdit()
        self.name.setPlaceholderText("Name of your report")
        self.name.setAccessibleName("Name of your report")
        keep = button("Keep", lambda: self.save_requested.emit(self.name.text().strip()))
        keep.setAccessibleName("Keep this report under the name")
        self.forget = button("Forget", self._forget, look="plain")
        self.forget.setAccessibleName("Forget the kept report")
        column.addWidget(row(self.name, keep, self.forget))

    def _on_plan(self) -> None:
        """Show what the chosen report holds, ready to be changed."""
        plan = self._plans.get(self.plan_field.currentData())
        if plan is None:
            return
        for place in range(self.measures.count()):
            item = self.measures.item(place)
            is_in = item.data(Qt.ItemDataRole.UserRole) in plan.measures
            item.setCheckState(Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)
        choose(self.group_by, plan.group_by)
        for name, box in self._compare.items():
            box.setChecked(name in plan.compare)
        self.public.setChecked(plan.is_public)
        is_saved = plan.name in self._saved
        self.name.setText(plan.name if is_saved else "")
        self.forget.setVisible(is_saved)

    def _on_period(self) -> None:
        days = self.period.currentData()
        if days is None:
            self.from_on.setFocus()
        else:
            self.set_days(*days)

    def _on_days(self) -> None:
        """Name the period that stands in the fields, whoever wrote it."""
        days = (read_day(self.from_on.text()), read_day(self.to_on.text()))
        known = [self.period.itemData(place) for place in range(self.period.count())]
        self.period.setCurrentIndex(known.index(days) if days in known else len(known) - 1)

    def _on_filter(self, text: str) -> None:
        words = plain(text).split()
        for place in range(self.measures.count()):
            item = self.measures.item(place)
            item.setHidden(not all(word in plain(item.text()) for word in words))

    def _checked(self) -> list[str]:
        """The chosen measures: those of the plan in its order, then the added ones."""
        items = (self.measures.item(place) for place in range(self.measures.count()))
        checked = [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        ]
        order = self._plans[self.plan_field.currentData()].measures
        kept = [name for name in order if name in checked]
        return kept + [name for name in checked if name not in order]

    def _forget(self) -> None:
        self.forget_requested.emit(self.plan_field.currentData())
