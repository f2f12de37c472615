"""Cases: the caseload, those without a next step first."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.cases import CaseRow
from caseapp.domain.day_words import day_words, short_day
from caseapp.ui import way_out
from caseapp.ui.follow_ups.words import day_due_words, day_tone
from caseapp.ui.person_papers.subjects import LettersFor
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button
from caseapp.ui.widgets.table import Column, Table, count_column

_LONG_NAME = "Rosa Ramírez Sánchez"
"""A name as long as most, which is whole in large letters too; whose case it is gives way to it."""


class CasesScreen(Screen):
    """Open cases of the signed-in person or of everybody."""

    name = "cases"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Cases")
        self._add_actions()
        panel = Panel()
        self.table = self._listed()
        self.table.opened.connect(lambda one: desk.show("case", one.case.id))
        self.table.offer("Log contact", "l")
        self.table.offer("Person", "p")
        self.table.offer("Papers", "d")
        self.table.key_pressed.connect(self._on_key)
        panel.body.addWidget(self.table)
        self.content.addWidget(panel, 1)
        self.begin_at(self.table.view)

    def _add_actions(self) -> None:
        desk = self.desk
        self.mine = button("Mine")
        self.mine.setCheckable(True)
        self.mine.setChecked(True)
        self.mine.toggled.connect(lambda _on: self.refresh())
        self.action_line.addWidget(self.mine)
        self.ended = button("Ended")
        self.ended.setCheckable(True)
        self.ended.toggled.connect(lambda _on: self.refresh())
        self.action_line.addWidget(self.ended)
        if desk.may(Right.CHANGE_CASES):
            self.action_line.addWidget(button("Print list", self._print))
        if desk.may(Right.LEAD_TEAM):
            self.action_line.addWidget(button("Hand on", lambda: desk.show("transfer", None)))
        self.action_line.addWidget(button("Letters", self._letters, hint="One letter to everybody listed"))

    def _listed(self) -> Table[CaseRow]:
        today = self.desk.services.context.today
        return Table(
            "Open cases",
            (
                Column(
                    "Person",
                    lambda one: one.case.person_name,
                    second=lambda one: one.case.number,
                    is_bold=True,
                    width=220,
                    holds=_LONG_NAME,
                ),
                Column(
                    "Due",
                    lambda one: _due(one, today()),
                    tone=lambda one: _tone(one, today()),
                    sort=lambda one: one.next_step_on.toordinal() if one.next_step_on else 0,
                    width=130,
                    holds="no next step",
                ),
                Column("Next step", lambda one: one.next_step, width=190),
                Column(
                    "Last contact",
                    lambda one: short_day(one.last_contact_on) if one.last_contact_on else "none yet",
                    sort=lambda one: one.last_contact_on.toordinal() if one.last_contact_on else 0,
                    width=120,
                ),
                count_column("Days quiet", lambda one: one.days_quiet(today()), width=100),
                replace(
                    count_column("Referrals", lambda one: one.open_referrals or None, width=90),
                    gives_way=True,
                ),
                Column("Worker", lambda one: one.case.primary_name, width=150, gives_way=True),
            ),
            self.desk.look,
            empty="No open case. Open one from a person's record.",
        )

    def refresh(self) -> None:
        only_mine, is_open = self.mine.isChecked(), not self.ended.isChecked()
        cases = self.desk.services.cases
        self.ask(lambda: cases.caseload(only_mine=only_mine, is_open=is_open), self._show, key="list")

    def _print(self) -> None:
        """The caseload on paper, for staff alone."""
        papers, only_mine = self.desk.services.work_papers, self.mine.isChecked()
        path = way_out.ask_where(self, "Save the caseload list", "caseload.pdf", "PDF (*.pdf)")
        if path is not None:
            self.ask(
                lambda: papers.caseload(only_mine=only_mine),
                lambda pdf: self.save_and_tell(path, pdf, f"Saved as {path.name}. For staff alone."),
            )

    def _on_key(self, letter: str, one: CaseRow) -> None:
        if letter == "l":
            self.desk.log_contact(one.case.person_id, None, self.table.view.setFocus)
        elif letter == "p":
            self.desk.show("person", one.case.person_id)
        elif letter == "d":
            self.desk.show("papers", one.case.person_id)

    @property
    def person_in_view(self) -> UUID | None:
        one = self.table.current()
        return one.case.person_id if one else None

    def _letters(self) -> None:
        ids = tuple(one.case.person_id for one in self.table.shown())
        self.desk.show("letters", LettersFor(ids, "the cases listed"))

    def _show(self, rows: list[CaseRow]) -> None:
        without = sum(one.lacks_next_step for one in rows)
        self.beside.setText(
            f"{len(rows)} open, {without} without a next step"
            if without
            else f"{len(rows)} {'ended' if self.ended.isChecked() else 'open'}"
        )
        self.table.set_rows(rows)


def _due(one: CaseRow, today: date) -> str:
    """When the next step is due, as the calendar says it; a case without one says that."""
    if one.case.closed_on is not None:
        return f"ended {day_words(one.case.closed_on)}"
    return day_due_words(one.next_step_on, today) if one.next_step_on else "no next step"


def _tone(one: CaseRow, today: date) -> str:
    if one.lacks_next_step:
        return "danger"
    is_due = one.next_step_on is not None and one.case.closed_on is None
    return day_tone(one.next_step_on, today) if is_due and one.next_step_on else "neutral"
