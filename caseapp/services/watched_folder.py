"""A folder where the dispatch centre drops its exports: each brought in once, whole, then moved aside."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from caseapp.domain.access import NotAllowed, Right, RoleChanged, SignedOut
from caseapp.domain.changes import Change, Kind
from caseapp.domain.errors import CaseAppError
from caseapp.domain.imports import ImportStopped, ImportSummary
from caseapp.domain.watching import FileProblem, Watching
from caseapp.exchange import layouts
from caseapp.services.context import Context, Service, verb
from caseapp.services.imports import ChangedMeanwhile, ImportService, check_same
from caseapp.services.layouts import layouts_of
from caseapp.services.stages import Progress, no_progress
from caseapp.store import failures
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import drop_folder, files
from caseapp.system.messages import sentence_for

_KINDS = frozenset({Kind.IMPORT, Kind.AGENCY})
_SETTING = "watched-folder"

IMPORTED, PROBLEMS = "imported", "problems"
"""Where originals go: what is in the database, and what is not, beside a text that says why."""

STILL = 5.0
"""Seconds in which a file's size and time must stay as they are before it counts as whole."""


class NoSuchFolder(CaseAppError):
    code = "watch.no-such-folder"


class LayoutUnsure(CaseAppError):
    """Nobody watches an import at night, so a layout that is only guessed is not used."""

    code = "watch.layout-unsure"


_ONLY_LATE = (ChangedMeanwhile, failures.Busy)
"""What holds a file up for a while; it stays where it is, and the next look tries again."""

_NOT_THE_FILES = (ImportStopped, failures.DatabaseFailed, NotAllowed, SignedOut, RoleChanged)
"""What is wrong with something else, for which no file is put aside as one that cannot be read."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What became of one file: its counts, or the error; neither where it had been brought in before.

    Both where it is in the database and could not be put aside.
    """

    file: str
    summary: ImportSummary | None = None
    error: CaseAppError | None = None


@dataclass(frozen=True, slots=True)
class Orders:
    """Which folder, and by which layout its files are read; none to have each recognised."""

    folder: Path
    layout: str = ""
    map_file: Path | None = None


class WatchedFolderService(Service):
    """Brings in what lies in a folder; remembers how each file looked, to know which are whole."""

    def __init__(
        self, context: Context, imports: ImportService, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(context)
        self._imports = imports
        self._clock = clock
        self._seen: dict[Path, tuple[tuple[int, int], float]] = {}

    @verb(Right.IMPORT)
    def sweep(self, *, orders: Orders, progress: Progress = no_progress) -> list[Swept]:
        """Bring in every file that is whole by now; raises NoSuchFolder, or ImportStopped when told to stop.

        A file of which a row is wrong is imported without it; the rejected rows lie beside the original.
        One that another desk's work held up is tried again at the next sweep. Raises CannotWrite where a file
        cannot be moved aside, and what is wrong with the database or with who is signed in: no file is.
        """
        return list(self._each(orders, progress))

    def _each(self, orders: Orders, progress: Progress) -> Iterator[Swept]:
        if not orders.folder.is_dir():
            raise NoSuchFolder(folder=orders.folder.name or str(orders.folder))
        return (self._bring(path, orders, progress) for path in self._whole(orders.folder))

    @verb(Right.IMPORT)
    def watching(self) -> Watching:
        """Which folder this agency has watched, and what could not be brought in."""
        with self._context.read("watch.read") as work:
            return watching_of(work)

    @verb(Right.IMPORT)
    def choose(self, *, folder: str, layout: str = "") -> Change:
        """Watch a folder from now on, or none; raises NoSuchFolder or UnknownLayout."""
        if folder and not Path(folder).is_dir():
            raise NoSuchFolder(folder=folder)
        if layout:
            layouts.named(layout, layouts_of(self._context))
        with self._context.write("watch.choose") as work:
            _put(work, replace(watching_of(work), folder=folder, layout=layout))
            work.commit()
        return Change(_KINDS)

    @verb(Right.IMPORT)
    def is_ready(self) -> bool:
        """Whether the chosen folder holds a file that is whole by now, or cannot be looked into."""
        with self._context.read("watch.read") as work:
            watching = watching_of(work)
        if not watching.folder:
            return False
        folder = Path(watching.folder)
        if not folder.is_dir():
            return watching.with_problem(self._missing(folder)) != watching
        return bool(list(self._whole(folder)))

    @verb(Right.IMPORT)
    def sweep_chosen(self, *, progress: Progress = no_progress) -> list[Swept]:
        """Bring in what is whole in the chosen folder; problems are kept until somebody has seen to them.

        One of them is that a file cannot be moved aside: then the next look tries again. Raises ImportStopped
        when told to stop; the file stays where it is, and the problems of those before it are kept.
        """
        with self._context.read("watch.read") as work:
            watching = watching_of(work)
        folder = Path(watching.folder)
        if not watching.folder:
            return []
        if not folder.is_dir():
            self._keep([self._missing(folder)])
            return []
        swept: list[Swept] = []
        told: list[tuple[str, str]] = []
        try:
            for one in self._each(Orders(folder, watching.layout), progress):
                swept.append(one)
        except files.CannotWrite as error:
            told.append(("", sentence_for(error)))
        finally:
            told += [(one.file, words) for one in swept if (words := _problem(one))]
            self._keep([FileProblem(file, words, self._context.now()) for file, words in told])
        return swept

    @verb(Right.IMPORT)
    def seen_to(self) -> Change:
        """Take the problems off the list; files and reasons stay in the folder."""
        with self._context.write("watch.seen-to") as work:
            _put(work, replace(watching_of(work), problems=()))
            work.commit()
        return Change(_KINDS)

    def _keep(self, problems: list[FileProblem]) -> None:
        if not problems:
            return
        with self._context.write("watch.problem") as work:
            watching = watching_of(work)
            for one in problems:
                watching = watching.with_problem(one)
            _put(work, watching)
            work.commit()

    def _missing(self, folder: Path) -> FileProblem:
        words = sentence_for(NoSuchFolder(folder=str(folder)))
        return FileProblem("", words, self._context.now())

    @verb(Right.IMPORT)
    def waiting(self, *, folder: Path) -> int:
        """How many files lie there, whole or not."""
        return len(drop_folder.candidates(folder))

    def _whole(self, folder: Path) -> Iterator[Path]:
        """Files that look as they did some seconds ago, the oldest first."""
        now, seen = self._clock(), self._seen
        found = {
            path: mark
            for path in drop_folder.candidates(folder)
            if (mark := drop_folder.mark(path)) is not None
        }
        self._seen = {
            path: seen[path] if path in seen and seen[path][0] == mark else (mark, now)
            for path, mark in found.items()
        }
        still = [path for path, (_mark_, since) in self._seen.items() if now - since >= STILL]
        yield from sorted(still, key=lambda path: (found[path][1], path.name))

    def _bring(self, path: Path, orders: Orders, progress: Progress) -> Swept:
        self._seen.pop(path, None)
        drop_folder.folder_for(path, IMPORTED)
        try:
            found = None if self._is_here(files.digest_of(path)) else self._import(path, orders, progress)
        except _ONLY_LATE as error:
            return Swept(path.name, error=error)
        except _NOT_THE_FILES:
            raise
        except CaseAppError as error:
            moved = drop_folder.aside(path, PROBLEMS)
            files.write_atomically(moved.with_name(f"{moved.name}.txt"), f"{sentence_for(error)}\n".encode())
            return Swept(path.name, error=error)
        summary, rejects = found if found is not None else (None, None)
        try:
            moved = drop_folder.aside(path, IMPORTED)
            if rejects is not None:
                files.write_pieces(moved.with_name(f"{moved.stem}-rejected.csv"), rejects(moved))
        except files.CannotWrite as error:
            if summary is None:
                raise
            return Swept(path.name, summary, error)
        return Swept(path.name, summary)

    def _import(
        self, path: Path, orders: Orders, progress: Progress
    ) -> tuple[ImportSummary, Callable[[Path], Iterator[bytes]] | None]:
        if not orders.layout and orders.map_file is None:
            found = self._imports.recognise_calls(path=path)
            if found.unsure:
                raise LayoutUnsure(file=path.name, why=found.unsure[0])
        reading = self._imports.read_calls(path=path, map_file=orders.map_file, layout=orders.layout)
        summary = self._imports.import_calls(reading=reading, path=path, progress=progress)
        check_same(path, reading)
        if not summary.rows_rejected:
            return summary, None

        def rejects(moved: Path) -> Iterator[bytes]:
            again = self._imports.read_calls(path=moved, map_file=orders.map_file, layout=orders.layout)
            return self._imports.rejects(reading=again)

        return summary, rejects

    def _is_here(self, sha256: str) -> bool:
        with self._context.read("import.list") as work:
            return work.imports.has_file(sha256)


def watching_of(work: UnitOfWork) -> Watching:
    """The watched folder as the agency chose it."""
    return Watching.of(work.settings.get(_SETTING) or {})


def _put(work: UnitOfWork, watching: Watching) -> None:
    work.settings.put(_SETTING, watching.stored())


def _problem(one: Swept) -> str:
    """What somebody has to see to of a file, or nothing; one that is tried again is only late."""
    count = one.summary.rows_rejected if one.summary else 0
    told = []
    if one.error is not None and not isinstance(one.error, _ONLY_LATE):
        told.append(sentence_for(one.error))
    if count:
        rows = "row was" if count == 1 else "rows were"
        beside = "they lie with their reasons beside the original"
        told.append(f"{count:,} {rows} rejected; {'look at it under Import' if one.error else beside}.")
    return " ".join(told)
