"""The spell check of one desk: dictionaries read when the first word is typed, asked away from the window."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from caseapp.domain.changes import Change, Kind
from caseapp.domain.spelling import Spelling, Word, plain, words_of
from caseapp.services.desk import Services
from caseapp.system.spelling import NotWanted, Speller
from caseapp.ui.changes import ChangeHub
from caseapp.ui.tasks import Tasks

Failed = Callable[[Exception], None]


class SpellCheck(QObject):
    """What is right: the dictionaries, the agency's words, and what was let be until the next sign-in.

    Signals:
        changed: more is known than before, so that every field looks again.
    """

    changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, hub: ChangeHub, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._speller: Speller | None = None
        self._agency = Spelling()
        self._let_be: set[str] = set()
        self._is_asked = False
        hub.changed.connect(self._on_changed)

    @property
    def is_ready(self) -> bool:
        """Whether the dictionaries are read."""
        return self._speller is not None

    def look(self, text: str, then: Callable[[list[Word]], None], *, names: str, key: str) -> None:
        """Find the words of a text that nothing knows; nothing happens before the dictionaries are read.

        `names` are whom the text is about: their names are right.
        """
        speller = self._speller
        if speller is None:
            self._read()
            return
        right = self._right(names)
        self._tasks.run_aside(
            lambda: [one for one in words_of(text) if not _is_right(one.text, speller, right)],
            then=then,
            failed=_nothing,
            key=f"spelling {key}",
        )

    def propose(self, word: str, then: Callable[[list[str]], None]) -> None:
        """Words that were perhaps meant."""
        speller = self._speller
        if speller is not None:
            self._tasks.run_aside(
                lambda: speller.proposals(plain(word)), then=then, failed=_nothing, key="spelling proposals"
            )

    def add(self, word: str, failed: Failed) -> None:
        """Count a word as right for the whole agency."""
        spelling = self._services.spelling
        self._tasks.run(lambda: spelling.add_word(word=word), then=self._on_words, failed=failed)

    def let_be(self, word: str) -> None:
        """Count a word as right here until the next sign-in."""
        self._let_be.add(plain(word).casefold())
        self.changed.emit()

    def _right(self, names: str) -> frozenset[str]:
        named = (plain(one.strip(".,;()")) for one in names.split())
        return frozenset(one.casefold() for one in (*self._agency.words, *named)) | self._let_be

    def _read(self) -> None:
        if not self._is_asked:
            self._is_asked = True
            self._tasks.run(self._services.spelling.get, then=self._on_agency, failed=_nothing)

    def _on_agency(self, agency: Spelling) -> None:
        self._agency = agency
        tasks = self._tasks
        self._tasks.run_aside_heavy(
            lambda: Speller(agency.languages, lambda: not tasks.is_stopped),
            then=self._on_read,
            failed=_nothing,
        )

    def _on_read(self, speller: Speller) -> None:
        self._speller = speller
        self.changed.emit()

    def _on_words(self, agency: Spelling) -> None:
        self._agency = agency
        self.changed.emit()

    def _on_changed(self, change: Change) -> None:
        """The agency may have another language now, or other words."""
        if Kind.AGENCY in change.kinds and self._is_asked:
            self._tasks.run(self._services.spelling.get, then=self._on_agency, failed=_nothing)


def _is_right(word: str, speller: Speller, right: frozenset[str]) -> bool:
    plainly = plain(word)
    return (
        plainly.casefold().removesuffix("'s") in right
        or plainly.casefold() in right
        or speller.knows(plainly)
    )


def _nothing(error: Exception) -> None:
    """A check that was given up at the end of the desk says nothing; anything else is a fault to see."""
    if not isinstance(error, NotWanted):
        raise error
