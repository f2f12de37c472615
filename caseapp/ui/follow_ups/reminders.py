"""A word in the system tray when promises of an hour come up; never a name, because others see the screen."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QSystemTrayIcon

from caseapp.services.calendar import Upcoming
from caseapp.ui.icons import icon
from caseapp.ui.screen import Desk

EVERY = 60_000
"""Milliseconds between two looks."""


class Reminders(QObject):
    """Looks once a minute and tells of each promise once; `tell` shows the words."""

    def __init__(self, desk: Desk, tell: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tell = desk, tell
        self._told: set[tuple[UUID, datetime]] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look now and from now on."""
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Ask what comes up; a failed look is no news, the next one asks again."""
        calendar = self._desk.services.calendar
        self._desk.tasks.run(calendar.upcoming, then=self._show, failed=lambda _error: None, key="reminders")

    def _show(self, coming: Sequence[Upcoming]) -> None:
        new = [one for one in coming if (one.follow_up_id, one.at) not in self._told]
        self._told.update((one.follow_up_id, one.at) for one in new)
        if new:
            last = self._desk.local(max(one.at for one in new))
            words = "follow-up is" if len(new) == 1 else "follow-ups are"
            self._tell(f"{len(new)} {words} due by {last:%H:%M}.")


def start_in_tray(desk: Desk, parent: QObject) -> Reminders | None:
    """Reminders by the system tray; None where the system has none."""
    if not QSystemTrayIcon.isSystemTrayAvailable():
        return None
    tray = QSystemTrayIcon(icon("follow-ups", desk.look.theme.roles["accent"]), parent)
    tray.setToolTip("caseapp")
    tray.show()
    made = Reminders(desk, lambda words: tray.showMessage("caseapp", words), parent)
    made.start()
    return made
