"""The agency's days and its protocols: on which days it works, closure days, protocols in use."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout

from caseapp.domain.access import Right
from caseapp.domain.changes import Change
from caseapp.domain.day_words import weekday_words
from caseapp.domain.errors import CaseAppError
from caseapp.domain.open_days import ClosureDay, OpenDays, federal_days
from caseapp.domain.protocols import Protocol
from caseapp.domain.shorthand import NotUnderstood, read
from caseapp.services.protocols import Offered
from caseapp.system import files
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.setup.section import Section
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.table import Column, Table, count_column

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class OpenDaysSection(Section):
    """Working days, closure days and protocols; whoever may not change them only reads."""

    words = "Days and protocols"
    right = Right.SEE_CASES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._may = desk.may(Right.CHANGE_AGENCY)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._weekdays_panel())
        left.addWidget(self._closures_panel(), 1)
        right.addWidget(self._protocols_panel(), 1)
        line = Beside()
        line.addLayout(left, 1)
        line.addLayout(right, 1)
        self.content.addLayout(line, 1)

    def refresh(self) -> None:
        protocols = self.desk.services.protocols
        self.ask(protocols.open_days, self._on_days, key="days")
        self.ask(lambda: protocols.offered(also_retired=True), self.protocols.set_rows, key="protocols")

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAppError) and error.code in ("open-days.name-missing", "record.not-found"):
            self.form.error("name", sentence(error))
        else:
            super().refused(error)

    def _weekdays_panel(self) -> Panel:
        panel = Panel("Days on which the agency works")
        panel.pad()
        self.boxes = [QCheckBox(name) for name in _WEEKDAYS]
        self.federal = QCheckBox("Closed on federal holidays")
        for box in (*self.boxes, self.federal):
            box.setAccessibleName(box.text())
            box.setEnabled(self._may)
        self.save = button("Save", self._save_weekdays, look="primary")
        self.save.setAccessibleName("Save the working days")
        if not self._may:
            self.save.hide()
        panel.body.addWidget(row(*self.boxes, None))
        panel.body.addWidget(row(self.federal, None, self.save))
        return panel

    def _closures_panel(self) -> Panel:
        panel = Panel("Closure days")
        self.closures: Table[ClosureDay] = Table(
            "Closure days",
            (
                Column(
                    "Day",
                    lambda one: weekday_words(one.on, with_year=True),
                    sort=lambda one: one.on.toordinal(),
                    width=150,
                ),
                Column("Why", lambda one: one.name, is_bold=True, width=200),
                Column(
                    "The agency is",
                    lambda one: "open" if one.is_open else "closed",
                    tone=lambda one: "good" if one.is_open else "neutral",
                    width=110,
                ),
            ),
            self.desk.look,
            empty="No days of our own. Federal holidays follow from the rule above.",
        )
        panel.body.addWidget(self.closures, 1)
        form = self.form = Form(2)
        self.day = form.text("day", "Day", hint="24 Dec, fri, 2027-01-02")
        self.name = form.text("name", "Why", hint="Staff retreat")
        self.is_open = form.check("open", "Open on that day, although the rule says closed", wide=True)
        form.setContentsMargins(14, 8, 14, 0)
        if not self._may:
            form.hide()
        self.put = button("Save day", self._put, look="primary")
        self.drop = button("Take the day away", self._drop)
        line = row(self.drop, None, self.put)
        line.setContentsMargins(14, 0, 12, 12)
        if not self._may:
            line.hide()
        panel.body.addWidget(form)
        panel.body.addWidget(line)
        return panel

    def _protocols_panel(self) -> Panel:
        self.add = button("Add from a file", self._ask_file, hint="A TOML file, as in resources/protocols")
        self.retire = button("Out of use or back", self._retire)
        for made in (self.add, self.retire):
            if not self._may:
                made.hide()
        panel = Panel("Protocols", actions=[self.retire, self.add])
        self.protocols: Table[Offered] = Table(
            "Protocols of the agency",
            (
                Column(
                    "Protocol",
                    lambda one: one.protocol.name,
                    second=lambda one: one.protocol.source,
                    is_bold=True,
                    width=300,
                ),
                count_column("Steps", lambda one: len(one.protocol.steps), width=70),
                Column("Edition", lambda one: str(one.protocol.edition), width=80),
                Column(
                    "State",
                    lambda one: "out of use" if one.is_retired else "ours" if one.is_ours else "as shipped",
                    tone=lambda one: "neutral" if one.is_retired else "good",
                    width=110,
                ),
            ),
            self.desk.look,
            empty="No protocol here.",
        )
        panel.body.addWidget(self.protocols, 1)
        note = "What is planned keeps the edition under which it was planned."
        words = label(note, "small", wraps=True)
        words.setContentsMargins(14, 8, 14, 12)
        panel.body.addWidget(words)
        return panel

    def _on_days(self, days: OpenDays) -> None:
        for number, box in enumerate(self.boxes):
            box.setChecked(number in days.weekdays)
        self.federal.setChecked(days.with_federal)
        year = self.desk.services.context.today().year
        names = ", ".join(f"{weekday_words(day)} {name}" for day, name in federal_days(year).items())
        self.federal.setToolTip(names)
        self.closures.set_rows(list(days.own.values()))

    def _save_weekdays(self) -> None:
        chosen = frozenset(number for number, box in enumerate(self.boxes) if box.isChecked())
        protocols, federal = self.desk.services.protocols, self.federal.isChecked()
        self.ask(lambda: protocols.change_open_days(weekdays=chosen, with_federal=federal), self._saved)

    def _put(self) -> None:
        self.form.clear_errors()
        try:
            on = read(self.day.text(), today=self.desk.services.context.today()).on
        except NotUnderstood as error:
            self.form.error("day", sentence(error))
            return
        day = ClosureDay(on, self.name.text(), self.is_open.isChecked())
        protocols = self.desk.services.protocols
        self.ask(lambda: protocols.put_closure(day=day), self._on_put)

    def _on_put(self, change: Change) -> None:
        self.day.clear()
        self.name.clear()
        self.is_open.setChecked(False)
        self._saved(change)

    def _drop(self) -> None:
        one, protocols = self.closures.current(), self.desk.services.protocols
        if one is not None:
            self.ask(lambda: protocols.drop_closure(on=one.on), self._saved)

    def _retire(self) -> None:
        one, protocols = self.protocols.current(), self.desk.services.protocols
        if one is not None:
            self.ask(
                lambda: protocols.retire(code=one.protocol.code, is_retired=not one.is_retired), self._saved
            )

    def _ask_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, "Protocol", "", "Protocols (*.toml)")
        if chosen:
            self.read_file(Path(chosen))

    def read_file(self, path: Path) -> None:
        """Take in the protocol of a file."""
        protocols = self.desk.services.protocols

        def take() -> Protocol:
            return protocols.add(content=files.read(path))

        self.ask(take, self._on_added)

    def _on_added(self, made: Protocol) -> None:
        self.desk.say(f"“{made.name}” is in use, edition {made.edition}.", None)
        self.refresh()

    def _saved(self, change: Change) -> None:
        self.desk.say("Saved.", None)
        self.desk.hub.changed.emit(change)
        self.refresh()
