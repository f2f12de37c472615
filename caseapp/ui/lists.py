"""What the forms of the desk offer: colleagues, programs and code lists, at hand without asking the file."""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox

from caseapp.domain.access import Right, has_right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.code_words import CodeWords, InWords
from caseapp.domain.staff import Agency, OfficeLists
from caseapp.services.desk import Services
from caseapp.ui.changes import ChangeHub
from caseapp.ui.tasks import Tasks
from caseapp.ui.widgets.options import Options, choose, offer

KindT = TypeVar("KindT", bound=Enum)
_ABOUT = frozenset({Kind.STAFF, Kind.AGENCY})


class Words(InWords):
    """The agency's lists as they are known now: options for a choice, and the words of a code."""

    language = "en"

    def __init__(self, known: "Lists") -> None:
        self._known = known

    @property
    def lists(self) -> Mapping[str, Mapping[str, str]]:
        """The words of every code, of those too that are offered no more."""
        return self._known.code_words.lists

    def options(self, name: str, value: str = "", *, empty: str = "Not recorded") -> list[tuple[str, str]]:
        """A list to choose from; a value that it does not hold, from an import, can be kept."""
        listed = [*([("", empty)] if empty else []), *self._known.codes(name)]
        known = {code for code, _words in listed}
        return listed if value in known or not value else [*listed, (value, self.word(name, value))]

    def among(self, name: str, kinds: Iterable[KindT]) -> list[tuple[KindT, str]]:
        """Kinds to choose from, each in the words of its code."""
        return [(one, self.word(name, one.value)) for one in kinds]


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
        self._awaited: dict[int, object] = {}
        hub.changed.connect(self._on_changed)

    @property
    def agency(self) -> Agency:
        """The agency of this desk."""
        return self._known.agency

    def codes(self, name: str) -> tuple[tuple[str, str], ...]:
        """Code and label of a list's items in use, in order; nothing for a list that is not there."""
        return self._known.codes.get(name, ())

    @property
    def code_words(self) -> CodeWords:
        """The words of every code, of those too that are offered no more."""
        return self._known.words

    @property
    def words(self) -> Words:
        """The lists as screens say them."""
        return Words(self)

    def workers(self, who_may: Right | None = None) -> list[tuple[UUID, str]]:
        """Everybody who works here, by name; only those who hold a right, where it is given."""
        return [
            (one.id, one.details.name)
            for one in self._known.staff
            if who_may is None or has_right(one.details.role, who_may)
        ]

    def programs(self) -> list[tuple[str, str]]:
        """The agency's programs."""
        return [(one, one) for one in self._known.agency.programs]

    def offer(self, field: QComboBox, options: Callable[[], Options]) -> None:
        """Fill a field now, and whenever the lists change as long as the field is there."""
        number, offered, awaited = id(field), self._offered, self._awaited
        offered[number] = (field, options)
        for kept in (offered, awaited):
            field.destroyed.connect(lambda _gone, kept=kept: kept.pop(number, None))
        offer(field, options())

    def choose(self, field: QComboBox, value: object) -> None:
        """Choose in an offered field what may have come after the lists were read.

        Where it is not there they are read anew; until then, and where it is not there then either, nothing
        is chosen. What somebody chose meanwhile stays.
        """
        self._awaited.pop(id(field), None)
        if not choose(field, value) and value is not None:
            self._awaited[id(field)] = value
            self.read_again()

    def read_again(self) -> None:
        """Look whether something changed; nobody waits for it."""
        self._tasks.run_late(
            self._services.staff.lists, then=self._take, failed=lambda _error: None, key="office lists"
        )

    def _on_changed(self, change: Change) -> None:
        if change.kinds & _ABOUT:
            self.read_again()

    def _take(self, known: OfficeLists) -> None:
        if known != self._known:
            self._known = known
            for field, options in self._offered.values():
                offer(field, options())
        awaited = dict(self._awaited)
        self._awaited.clear()
        for number, value in awaited.items():
            field, _options = self._offered[number]
            if field.currentIndex() < 0:
                choose(field, value)
