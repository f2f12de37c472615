"""What the forms of the desk offer: colleagues, programs and code lists, at hand without asking the file."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox

from caseapp.domain.changes import Change, Kind
from caseapp.domain.staff import Agency, OfficeLists
from caseapp.services.desk import Services
from caseapp.ui.changes import ChangeHub
from caseapp.ui.tasks import Tasks
from caseapp.ui.widgets.form import choose

Options = Sequence[tuple[Any, str]]
_ABOUT = frozenset({Kind.STAFF, Kind.AGENCY})


class Lists(QObject):
    """Read once before the window is shown, and again in the background as people go about the desk.

    So what a colleague changed at another desk is offered here too; where a reading fails, what was known
    stays.
    """

    def __init__(self, services: Services, tasks: Tasks, hub: ChangeHub, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._known = services.staff.lists()
        self._offered: dict[int, tuple[QComboBox, Callable[[], Options]]] = {}
        hub.changed.connect(self._on_changed)

    @property
    def agency(self) -> Agency:
        """The agency of this desk."""
        return self._known.agency

    def codes(self, name: str) -> tuple[tuple[str, str], ...]:
        """Code and label of a list's items in use, in order; nothing for a list that is not there."""
        return self._known.codes.get(name, ())

    def workers(self) -> list[tuple[UUID, str]]:
        """Everybody who works here, by name."""
        return [(one.id, one.details.name) for one in self._known.staff]

    def programs(self) -> list[tuple[str, str]]:
        """The agency's programs."""
        return [(one, one) for one in self._known.agency.programs]

    def offer(self, field: QComboBox, options: Callable[[], Options]) -> None:
        """Fill a field now, and whenever the lists change as long as the field is there."""
        number, offered = id(field), self._offered
        offered[number] = (field, options)
        field.destroyed.connect(lambda _gone: offered.pop(number, None))
        fill(field, options())

    def read_again(self) -> None:
        """Look whether something changed; nobody waits for it."""
        self._tasks.run_late(
            self._services.staff.lists, then=self._take, failed=lambda _error: None, key="office lists"
        )

    def _on_changed(self, change: Change) -> None:
        if change.kinds & _ABOUT:
            self.read_again()

    def _take(self, known: OfficeLists) -> None:
        if known == self._known:
            return
        self._known = known
        for field, options in self._offered.values():
            fill(field, options())


def fill(field: QComboBox, options: Options) -> None:
    """Offer these; what was chosen stays chosen where it is still among them, and nobody is told."""
    was_blocked, chosen = field.blockSignals(True), field.currentData()
    field.clear()
    for value, words in options:
        field.addItem(words, value)
    choose(field, chosen)
    field.blockSignals(was_blocked)
