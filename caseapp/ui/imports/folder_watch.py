"""Brings in what dispatch puts into the watched folder, in the background, as long as the desk is open."""

from PySide6.QtCore import QObject, QTimer

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.imports import ImportStopped
from caseapp.services.watched_folder import Swept
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk

EVERY = 15_000
"""Milliseconds between two looks into the folder."""

RESTS = 3_600_000
"""Milliseconds without a look once somebody stopped an import: else it begins again at once."""


class FolderWatch(QObject):
    """Looks every quarter of a minute; a file that is whole is imported as long work, with Cancel."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_busy = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look from now on, for whoever may import."""
        if self._desk.may(Right.IMPORT):
            self._timer.start()

    def look(self) -> None:
        """Ask whether something is there; a failed look is no news, the next one asks again."""
        self._timer.setInterval(EVERY)
        if not self._is_busy:
            service = self._desk.services.watched_folder
            self._desk.tasks.run_outside(
                service.is_ready, then=self._on_looked, failed=lambda _error: None, key="watched folder"
            )

    def _on_looked(self, is_ready: bool | None) -> None:
        if not is_ready or self._is_busy:
            return
        self._is_busy = True
        service = self._desk.services.watched_folder
        self._desk.tasks.run_long(
            "Importing from the watched folder",
            lambda report: service.sweep_chosen(progress=report),
            then=self._on_swept,
            failed=self._on_failed,
        )

    def _on_swept(self, _swept: list[Swept]) -> None:
        self._is_busy = False
        self._desk.hub.changed.emit(Change(frozenset({Kind.CALL, Kind.IMPORT})))

    def _on_failed(self, error: Exception) -> None:
        """The next look tries again; after Cancel that is in an hour."""
        self._is_busy = False
        words = sentence(error)
        if isinstance(error, ImportStopped):
            self._timer.setInterval(RESTS)
            words = f"{words} The watched folder is looked at again in an hour."
        self._desk.say(words, None)
