"""Unknown persons: who waits for a name, and where they were seen."""

from typing import NamedTuple

from caseapp.domain.call_filters import Written
from caseapp.services.people import UnknownSeen
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button
from caseapp.ui.widgets.table import Column, Table, count_column


class SeenAt(NamedTuple):
    """A place in the words of one call, and as all calls write it."""

    title: str
    places: tuple[Written, ...]


class UnknownScreen(Screen):
    """All of them, or those seen at one place."""

    name = "unknown"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Unknown persons")
        self._at: SeenAt | None = None
        self._build()

    def about(self, subject: object) -> None:
        self._at = subject if isinstance(subject, SeenAt) else None
        self.refresh()

    def refresh(self) -> None:
        people, places = self.desk.services.people, self._at.places if self._at else ()
        self.everywhere.setVisible(bool(places))
        self.ask(lambda: people.unknown(places=places), self._show, key="list")

    def _build(self) -> None:
        self.everywhere = button("All places", lambda: self.about(None))
        self.action_line.addWidget(self.everywhere)
        self.table: Table[UnknownSeen] = Table(
            "Unknown persons",
            (
                Column(
                    "Who",
                    lambda one: one.name,
                    second=lambda one: one.looks,
                    is_bold=True,
                    width=330,
                    wraps=True,
                ),
                Column("Seen at", lambda one: ", ".join(one.places) or "no call yet", width=300),
                count_column("Calls", lambda one: one.calls, width=80),
                Column("Last seen", self._last, sort=_last_sort, width=140),
            ),
            self.desk.look,
            empty="No unknown person here. One is written from a call, or under New person.",
        )
        self.action_line.addWidget(self.table.filter_field())
        self.table.opened.connect(lambda one: self.desk.show("person", one.id))
        panel = Panel()
        panel.body.addWidget(self.table)
        self.content.addWidget(panel, 1)
        self.begin_at(self.table.view)

    def _show(self, found: list[UnknownSeen]) -> None:
        where = f" at {self._at.title}" if self._at else ""
        self.beside.setText(f"{len(found):,} without a name{where}")
        self.table.set_rows(found)

    def _last(self, one: UnknownSeen) -> str:
        return self.desk.day_words(one.last_at) if one.last_at else "not recorded"


def _last_sort(one: UnknownSeen) -> float:
    return one.last_at.timestamp() if one.last_at else 0.0
