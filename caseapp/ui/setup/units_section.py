"""Units and their shifts: call signs, models, who is on them, and whether the crew fits the model."""

from datetime import datetime
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp.domain.access import Right
from caseapp.domain.clock_times import NotAMoment, read_after, read_moment
from caseapp.domain.day_words import short_day
from caseapp.domain.units import Responder, Shift, Unit, UnitDetails, warnings
from caseapp.ui.calls.words import MODELS
from caseapp.ui.errors import sentence
from caseapp.ui.setup.list_section import ListSection
from caseapp.ui.widgets.basics import Panel, button, cut, label, row
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose
from caseapp.ui.widgets.several import Several
from caseapp.ui.widgets.table import Column, Table


class UnitsSection(ListSection[Unit]):
    """Every unit, the shifts of the chosen one, and the form of each."""

    words = "Units and shifts"
    right = Right.SEE_CALLS

    def refresh(self) -> None:
        units = self.desk.services.units
        self.ask(units.responders, self._on_people, key="people")
        self.ask(units.units, self.set_rows, key="list")
        self._read_shifts()

    def _build(self) -> None:
        self._people: dict[UUID, Responder] = {}
        units = self.list_panel(
            "Units",
            (
                Column("Call sign", lambda one: one.details.call_sign, is_bold=True, width=110),
                Column("Name", lambda one: one.details.name, width=150),
                Column("Model", lambda one: MODELS[one.details.model], width=180),
                Column("Agency", lambda one: one.details.agency, width=130),
                Column("State", _state, tone=_tone, width=120),
            ),
            empty="No unit yet.",
            first="Write the first call sign on the right.",
        )
        self.lay_out(
            [units, self._shifts_panel()], [self._unit_panel(), self._shift_panel()], name="Unit and shift"
        )

    def _shifts_panel(self) -> Panel:
        self.drop = button("Take the shift away", self._remove_shift)
        shifts = Panel("Shifts of the unit", actions=[self.drop])
        if not self.desk.may(self.changed_by):
            self.drop.hide()
        self.shifts: Table[Shift] = Table(
            "Shifts of the unit",
            (
                Column(
                    "From",
                    lambda one: self._moment(one.from_at),
                    sort=lambda one: one.from_at.timestamp(),
                    width=150,
                ),
                Column(
                    "To",
                    lambda one: self._moment(one.to_at),
                    sort=lambda one: one.to_at.timestamp(),
                    width=150,
                ),
                Column("On it", self._crew_words, is_bold=True, width=220),
                Column("Fits the model", self._fit_words, tone=self._fit_tone, width=230),
            ),
            self.desk.look,
            empty="No shift in the last month and none to come.",
        )
        shifts.body.addWidget(self.shifts)
        return shifts

    def _unit_panel(self) -> Panel:
        panel = self.form_panel("Add a unit")
        form = self.form = Form(1)
        self.call_sign = form.text("call_sign", "Call sign", hint="1J77")
        self.name = form.text("name", "Name")
        self.model = form.choice("model", "Model", list(MODELS.items()))
        self.agency = form.text("agency", "Agency")
        self.is_ours = form.check("is_ours", "A unit of ours")
        self.retired_on = form.text("retired_on", "Out of service since (empty: in service)")
        self.save = button("Add", self._save, look="primary")
        panel.body.addWidget(form)
        panel.body.addWidget(row(None, self.save))
        return panel

    def _shift_panel(self) -> Panel:
        self.shift_panel = Panel("Add a shift")
        self.shift_panel.pad()
        form = self.shift_form = Form(1)
        self.from_at = form.text("from", "From", hint="24 Nov 07:00")
        self.to_at = form.text("to", "To", hint="17:00")
        self._crew_holder = QVBoxLayout()
        self._crew_holder.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        holder.setLayout(self._crew_holder)
        form.own("members", "Who is on it", holder)
        self.crew = Several("On the shift", [])
        self._crew_holder.addWidget(self.crew)
        self.warning = label("", "error", wraps=True)
        self.add_shift = button("Add shift", self._save_shift, look="primary")
        self.shift_panel.body.addWidget(form)
        self.shift_panel.body.addWidget(self.warning)
        self.shift_panel.body.addWidget(row(None, self.add_shift))
        return self.shift_panel

    def _on_people(self, people: list[Responder]) -> None:
        """Those who left are offered no more; what was chosen stays chosen."""
        kept, self._people = self.crew.values, {one.id: one for one in people}
        here = [one for one in people if one.details.left_on is None]
        self._crew_holder.removeWidget(self.crew)
        self.crew.hide()
        self.crew.deleteLater()
        self.crew = Several("On the shift", [(str(one.id), one.details.name) for one in here])
        self._crew_holder.addWidget(self.crew)
        self.crew.choose([one for one in kept if UUID(one) in self._people])
        self.crew.edited.connect(self._warn)
        self._warn()

    def _show(self, one: Unit | None) -> None:
        details = one.details if one else UnitDetails("")
        self.begin(one, cut(details.call_sign) or "Add a unit")
        self.call_sign.setText(details.call_sign)
        self.name.setText(details.name)
        choose(self.model, details.model)
        self.agency.setText(details.agency)
        self.is_ours.setChecked(details.is_ours)
        self.retired_on.setText(details.retired_on.isoformat() if details.retired_on else "")
        self.save.setText("Save" if one else "Add")
        self.save.setAccessibleName("Save the unit" if one else "Add the unit")
        self.shift_panel.setEnabled(one is not None)
        self.drop.setEnabled(one is not None)
        self.shifts.set_rows([])
        self._warn()
        self._read_shifts()

    def _read_shifts(self) -> None:
        one, units = self.one, self.desk.services.units
        if one is not None:
            self.ask(lambda: units.shifts(unit_id=one.id), self.shifts.set_rows, key="shifts")

    def _save(self) -> None:
        self.form.clear_errors()
        retired, is_read = self.form.day("retired_on")
        if not is_read:
            return
        details = UnitDetails(
            self.call_sign.text(),
            self.name.text(),
            self.model.currentData(),
            self.agency.text(),
            self.is_ours.isChecked(),
            retired,
        )
        units, one = self.desk.services.units, self.one
        if one is None:
            self.ask(lambda: units.add(details=details), lambda _id: self.done("Added."))
        else:
            self.ask(
                lambda: units.change(unit_id=one.id, details=details, version=one.version),
                lambda _change: self.done("Saved."),
            )

    def _save_shift(self) -> None:
        self.shift_form.clear_errors()
        unit, times = self.one, self._times()
        if unit is None or times is None:
            return
        members = tuple(UUID(one) for one in self.crew.values)
        units, (first, last) = self.desk.services.units, times
        self.ask(
            lambda: units.add_shift(unit_id=unit.id, from_at=first, to_at=last, members=members),
            lambda _id: self._shift_done("Shift added."),
        )

    def _times(self) -> tuple[datetime, datetime] | None:
        """Both ends on the agency's clock; None after saying which one cannot be read."""
        now = self.desk.local(self.desk.services.context.now())
        try:
            first = read_moment(self.from_at.text(), now=now)
        except NotAMoment as error:
            self.shift_form.error("from", sentence(error))
            return None
        try:
            return first, read_after(self.to_at.text(), after=first)
        except NotAMoment as error:
            self.shift_form.error("to", sentence(error))
            return None

    def _remove_shift(self) -> None:
        one, units = self.shifts.current(), self.desk.services.units
        if one is not None:
            self.ask(
                lambda: units.remove_shift(shift_id=one.id), lambda _change: self._shift_done("Taken away.")
            )

    def _shift_done(self, words: str) -> None:
        self.from_at.clear()
        self.to_at.clear()
        self.crew.choose([])
        self.tell(words)

    def _warn(self) -> None:
        """What does not fit, while the crew is put together; it can be saved all the same."""
        chosen = [self._people[UUID(one)] for one in self.crew.values if UUID(one) in self._people]
        unit = self.one
        today = self.desk.services.context.today()
        told = warnings(unit.details.model, chosen, on=today) if unit and chosen else ()
        self.warning.setText(" ".join(told))
        self.warning.setVisible(bool(told))

    def _fits(self, one: Shift) -> tuple[str, ...]:
        unit = self.one
        if unit is None:
            return ()
        crew = [self._people[member] for member in one.members if member in self._people]
        return warnings(unit.details.model, crew, on=self.desk.local(one.from_at).date())

    def _fit_words(self, one: Shift) -> str:
        return " ".join(self._fits(one)) or "yes"

    def _fit_tone(self, one: Shift) -> str:
        return "warning" if self._fits(one) else "good"

    def _crew_words(self, one: Shift) -> str:
        return ", ".join(
            self._people[member].details.name for member in one.members if member in self._people
        )

    def _moment(self, at: datetime) -> str:
        local = self.desk.local(at)
        return f"{short_day(local)} {local:%H:%M}"


def _state(one: Unit) -> str:
    if one.details.retired_on is not None:
        return "out of service"
    return "ours" if one.details.is_ours else "in service"


def _tone(one: Unit) -> str:
    return "good" if one.details.is_ours and one.details.retired_on is None else "neutral"
