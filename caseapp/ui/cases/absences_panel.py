"""Who is away and who stands in: the list with its way back, and the line that writes another one."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from caseapp.domain.access import Right
from caseapp.domain.changes import Change
from caseapp.domain.day_words import short_day
from caseapp.domain.shorthand import NotUnderstood, read
from caseapp.domain.transfers import Absence
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import Panel, button, chip, clear, flowing, label, named, row
from caseapp.ui.widgets.problem import Problem

Changed = Callable[[Change], None]
Refused = Callable[[Exception], None]


class AbsenceRows(Panel):
    """A line for each absence; with `planned`, what falls due in it can be looked at."""

    def __init__(
        self,
        desk: Desk,
        changed: Changed,
        refused: Refused,
        planned: Callable[[Absence], None] | None = None,
    ) -> None:
        super().__init__()
        self._desk, self._changed, self._refused, self._planned = desk, changed, refused, planned

    def show_all(self, absences: list[Absence]) -> None:
        """Show them; an empty list takes no room."""
        clear(self.body)
        if absences:
            for one in absences:
                self.body.addWidget(self._line(one))
            self.show()
        else:
            self.hide()

    def _line(self, one: Absence) -> QWidget:
        cover = f"{one.cover_name} stands in" if one.cover_id else "nobody stands in"
        days = f"{short_day(one.from_on)} to {short_day(one.to_on)}"
        parts = [label(one.name, "heading"), label(days)]
        line = row(*parts, chip(cover, "neutral" if one.cover_id else "warning"), None, *self._ways(one))
        line.setContentsMargins(12, 4, 8, 4)
        return line

    def _ways(self, one: Absence) -> list[QWidget]:
        made: list[QWidget] = []
        if self._planned is not None:
            plan = button("What falls due", partial(self._planned, one), look="plain")
            plan.setAccessibleName(f"What falls due while {one.name} is away")
            made.append(plan)
        if self._desk.may(Right.LEAD_TEAM):
            gone = button("Take back", partial(self._take_back, one.id), look="plain")
            gone.setAccessibleName(f"Take back the absence of {one.name}")
            made.append(gone)
        return made

    def _take_back(self, absence_id: UUID) -> None:
        transfers = self._desk.services.transfers
        self._desk.tasks.run(
            lambda: transfers.remove_absence(absence_id=absence_id),
            then=self._changed,
            failed=self._refused,
        )


class AbsencesPanel(Panel):
    """The list, and below it who is away from when to when and who stands in."""

    def __init__(self, desk: Desk, changed: Changed, refused: Refused) -> None:
        super().__init__("Away, and who stands in")
        self._desk, self._changed, self._refused = desk, changed, refused
        self.pad()
        self.rows = AbsenceRows(desk, changed, refused)
        self.who_away, self.cover = QComboBox(), QComboBox()
        self.who_away.setAccessibleName("Who is away")
        self.cover.setAccessibleName("Who stands in")
        workers = desk.lists.workers
        desk.lists.offer(self.who_away, workers)
        desk.lists.offer(self.cover, lambda: [(None, "nobody yet"), *workers()])
        self.from_day, self.to_day = QLineEdit(), QLineEdit()
        for field, words in ((self.from_day, "From: mon, 24 Nov"), (self.to_day, "To: fri, +5d")):
            field.setPlaceholderText(words)
            field.setAccessibleName(words.split(":")[0])
        self.add = button("Add", self._add)
        self.add.setAccessibleName("Add the absence")
        self.to_day.returnPressed.connect(self._add)
        self.problem = Problem()
        self.body.addWidget(self.rows)
        days = (self.from_day, self.to_day, named("stands in", self.cover))
        self.body.addWidget(flowing(self.who_away, *days, self.add))
        self.body.addWidget(self.problem)

    def show_all(self, absences: list[Absence]) -> None:
        """Show what is written down."""
        self.rows.show_all(absences)

    def _add(self) -> None:
        today, transfers = self._desk.services.context.today(), self._desk.services.transfers
        try:
            first, last = (read(field.text(), today=today).on for field in (self.from_day, self.to_day))
        except NotUnderstood as error:
            self.problem.say(sentence(error))
            return
        if -1 in (self.who_away.currentIndex(), self.cover.currentIndex()):
            self.problem.say("Choose who is away, and who stands in.")
            return
        who, cover = self.who_away.currentData(), self.cover.currentData()
        self.problem.say("")
        self._desk.tasks.run(
            lambda: transfers.add_absence(staff_id=who, from_on=first, to_on=last, cover_id=cover),
            then=self._on_added,
            failed=lambda error: self.problem.say(sentence(error)),
        )

    def _on_added(self, change: Change) -> None:
        self.from_day.clear()
        self.to_day.clear()
        self._changed(change)
