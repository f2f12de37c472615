"""Whom a screen is about: read for its title, and said to be read where that takes long."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QTimer

from caseapp.domain.people import Person
from caseapp.ui.screen import READING, SLOW_AFTER, Screen


class Whom:
    """Beside the title of a screen that fills a form for somebody, who that is."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._slow = QTimer(screen)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_AFTER)
        self._slow.timeout.connect(self._say)

    def ask(self, person_id: UUID, then: Callable[[list[Person]], None]) -> None:
        """Read them anew; nobody is told where the record is sealed or not there."""
        people, screen = self._screen.desk.services.people, self._screen
        self._slow.start()

        def answered(found: list[Person]) -> None:
            self._stop()
            then(found)

        def failed(error: Exception) -> None:
            self._stop()
            screen.refused(error)

        screen.desk.tasks.run(
            lambda: people.many(person_ids=(person_id,)),
            then=answered,
            failed=failed,
            key=f"{screen.name} person",
        )

    def _say(self) -> None:
        if not self._screen.beside.text():
            self._screen.beside.setText(READING)

    def _stop(self) -> None:
        self._slow.stop()
        if self._screen.beside.text() == READING:
            self._screen.beside.clear()
