"""The list behind a count of Today: exactly as many rows as were counted."""

from caseapp.domain.day_words import day_words
from caseapp.domain.overview import LISTS, Line, Listed, Tally
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, label
from caseapp.ui.widgets.table import Column, Table


class TodayListScreen(Screen):
    """One list of what must not fall through, or of what is missing."""

    name = "today-list"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Must not fall through")
        self._listed, self._only_mine = Listed.NO_STEP, True
        self.panel = Panel("What must not fall through", actions=[label("L log   Enter open", "small")])
        self.table: Table[Line] = Table(
            "What must not fall through",
            (
                Column("What", lambda one: one.title, is_bold=True, width=280),
                Column("Why", lambda one: one.second, width=420),
                Column(
                    "Day",
                    lambda one: day_words(one.on),
                    sort=lambda one: one.on.toordinal() if one.on else 0,
                    width=140,
                ),
            ),
            desk.look,
            empty="Nothing here. That is how it should be.",
        )
        self.table.opened.connect(lambda one: desk.show(one.place, one.subject))
        self.table.key_pressed.connect(self._on_key)
        self.panel.body.addWidget(self.table)
        self.content.addWidget(self.panel, 1)
        self.begin_at(self.table.view)

    def about(self, subject: object) -> None:
        if isinstance(subject, tuple):
            self._listed, self._only_mine = subject
        self.refresh()

    def refresh(self) -> None:
        overview, only_mine = self.desk.services.overview, self._only_mine
        self.ask(lambda: overview.tallies(only_mine=only_mine), self._show, key="list")

    def _show(self, found: list[Tally]) -> None:
        tally = next((one for one in found if one.listed is self._listed), None)
        self.title.setText(LISTS[self._listed].words)
        rows = tally.rows if tally is not None else ()
        spoils = f", counts against “{tally.spoils}”" if tally is not None and tally.spoils else ""
        self.beside.setText(f"{len(rows)}{spoils}")
        self.table.set_rows(rows)

    def _on_key(self, letter: str, one: Line) -> None:
        if letter == "l" and one.person_id is not None:
            self.desk.log_contact(one.person_id, None, self.table.view.setFocus)
