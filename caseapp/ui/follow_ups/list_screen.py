"""Follow-ups: everything planned, soonest first; L logs, Enter opens."""

from caseapp.domain.follow_ups import FollowUp
from caseapp.ui.follow_ups.words import due_words, standing, tone
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button
from caseapp.ui.widgets.table import Column, Table


class FollowUpsScreen(Screen):
    """The agenda as a list."""

    name = "follow-ups"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Follow-ups")
        self.mine = button("Mine")
        self.mine.setCheckable(True)
        self.mine.setChecked(True)
        self.mine.toggled.connect(lambda _on: self.refresh())
        self.action_line.addWidget(self.mine)
        panel = Panel()
        self.table: Table[FollowUp] = Table(
            "Planned follow-ups",
            (
                Column(
                    "Due",
                    lambda one: due_words(desk, one),
                    tone=lambda one: tone(desk, one),
                    sort=lambda one: one.due_on.toordinal(),
                    width=150,
                ),
                Column("Person", lambda one: one.person_name, is_bold=True, width=220),
                Column("What", lambda one: one.what, width=240),
                Column("How", lambda one: one.channel.capitalize(), width=100),
                Column("Where it stands", lambda one: standing(desk, one), width=170),
                Column("Owner", lambda one: one.owner_name, width=160),
            ),
            desk.look,
            empty="Nothing is planned. Schedule a follow-up from a person's record.",
        )
        self.table.opened.connect(lambda one: desk.show("person", one.person_id))
        self.table.key_pressed.connect(self._on_key)
        panel.body.addWidget(self.table)
        self.content.addWidget(panel, 1)
        self.setFocusProxy(self.table.view)

    def refresh(self) -> None:
        only_mine = self.mine.isChecked()
        self.ask(lambda: self.desk.services.follow_ups.planned(only_mine=only_mine), self._show, key="list")

    def _show(self, rows: list[FollowUp]) -> None:
        self.beside.setText(f"{len(rows)} planned")
        self.table.set_rows(rows)

    def _on_key(self, letter: str, one: FollowUp) -> None:
        if letter == "l":
            self.desk.log_contact(one.person_id, one, self.table.view.setFocus)
