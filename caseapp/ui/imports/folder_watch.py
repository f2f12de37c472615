"""Brings in what dispatch puts into the watched folder, in the background, as long as the desk is open."""

from PySide6.QtCore import QObject, QTimer

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.services.watched_folder import Swept
from caseapp.ui.screen import Desk

EVERY = 15_000
"""Milliseconds between two looks into the folder."""


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
        if not self._is_busy:
            service = self._desk.services.watched_folder
            self._desk.tasks.run_late(
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

    def _on_swept(self, swept: list[Swept]) -> None:
        self._is_busy = False
        del swept
        self._desk.hub.changed.emit(Change(frozenset({Kind.CALL, Kind.IMPORT})))

    def _on_failed(self, _error: Exception) -> None:
        """It was stopped, or the file could not be moved: the next look tries again."""
        self._is_busy = False
