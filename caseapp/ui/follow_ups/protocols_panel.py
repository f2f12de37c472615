"""Start a protocol for a person with one choice: which there are, and the days it would plan."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtWidgets import QCheckBox

from caseapp.domain.day_words import weekday_words
from caseapp.domain.protocols import Planned
from caseapp.services.follow_ups_done import Done
from caseapp.services.protocols import Offered
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.table import Column, Table

_SHOWN = 6
"""Days of the preview that are written out; a year of check-ins says how many more."""


class ProtocolsPanel(Panel):
    """The protocols in use; Enter or the button starts the chosen one."""

    def __init__(self, screen: Screen, started: Callable[[Done, str], None]) -> None:
        super().__init__("Or start a protocol")
        self._screen, self._desk, self._started = screen, screen.desk, started
        self._person_id: UUID | None = None
        self.table: Table[Offered] = Table(
            "Protocols",
            (
                Column(
                    "Protocol",
                    lambda one: one.protocol.name,
                    second=lambda one: one.protocol.source,
                    is_bold=True,
                    width=420,
                ),
                Column("Edition", lambda one: str(one.protocol.edition), width=80),
            ),
            self._desk.look,
            empty="No protocol is in use. Setup brings one in.",
        )
        self.table.setMinimumHeight(self._desk.look.pixels(260))
        self.from_call = QCheckBox("Count from the last call")
        self.from_call.setAccessibleName("Count from the last call")
        self.days = label("", "small", wraps=True)
        self.days.setContentsMargins(14, 6, 14, 0)
        self.start = button("Start protocol", self._start, look="primary")
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.days)
        line = row(self.from_call, None, self.start)
        line.setContentsMargins(14, 6, 12, 12)
        self.body.addWidget(line)
        self.table.chosen.connect(lambda _one: self._look())
        self.table.opened.connect(lambda _one: self._start())
        self.from_call.toggled.connect(lambda _on: self._look())

    def show_for(self, person_id: UUID | None) -> None:
        """Offer the protocols for a person."""
        self._person_id = person_id
        self.from_call.setVisible(False)
        protocols = self._desk.services.protocols
        self._screen.ask(protocols.offered, self._on_offered, key="protocols")
        if person_id is not None:
            self._screen.ask(lambda: protocols.last_call(person_id=person_id), self._on_call, key="last call")

    def _on_offered(self, offered: list[Offered]) -> None:
        self.table.set_rows(offered)
        self._look()

    def _on_call(self, at: datetime | None) -> None:
        self.from_call.setVisible(at is not None)
        self.from_call.setChecked(at is not None)
        if at is not None:
            self.from_call.setText(f"Count from the last call ({self._desk.day_words(at)})")

    def _look(self) -> None:
        one, person_id = self.table.current(), self._person_id
        self.start.setEnabled(one is not None and person_id is not None)
        if one is None or person_id is None:
            return
        protocols, from_call = self._desk.services.protocols, self.from_call.isChecked()
        self._screen.ask(
            lambda: protocols.preview(code=one.protocol.code, person_id=person_id, from_call=from_call),
            self._on_days,
            key="preview",
        )

    def _on_days(self, planned: list[Planned]) -> None:
        words = [self._when(one) for one in planned[:_SHOWN]]
        more = len(planned) - _SHOWN
        self.days.setText("\n".join([*words, *([f"and {more} more"] if more > 0 else [])]))

    def _when(self, one: Planned) -> str:
        if one.due_at is None or one.latest_at is None:
            return f"{weekday_words(one.due_on)}: {one.step.what}"
        tried, reached = self._desk.local(one.due_at), self._desk.local(one.latest_at)
        return (
            f"{one.step.what}: tried by {weekday_words(one.due_on)} {tried:%H:%M}, "
            f"reached by {weekday_words(one.latest_on)} {reached:%H:%M}"
        )

    def _start(self) -> None:
        one, person_id = self.table.current(), self._person_id
        if one is None or person_id is None:
            return
        protocols, from_call = self._desk.services.protocols, self.from_call.isChecked()
        self._screen.ask(
            lambda: protocols.start(code=one.protocol.code, person_id=person_id, from_call=from_call),
            lambda done: self._started(done, one.protocol.name),
        )


def take_back(desk: Desk, done: Done, refused: Callable[[Exception], None]) -> Callable[[], None]:
    """What Ctrl+Z does after a verb of follow-ups."""
    follow_ups = desk.services.follow_ups

    def undo() -> None:
        desk.tasks.run(lambda: follow_ups.take_back(done=done), then=desk.hub.changed.emit, failed=refused)

    return undo
