"""A folder where the dispatch centre drops its exports: each brought in once, whole, then moved aside."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from caseapp.domain.access import Right
from caseapp.domain.errors import CaseAppError
from caseapp.domain.imports import ImportSummary
from caseapp.services.context import Context, Service, verb
from caseapp.services.imports import ImportService
from caseapp.system import files

IMPORTED, PROBLEMS = "imported", "problems"
"""Where originals go: what is in the database, and what is not, beside a text that says why."""

KINDS = frozenset({".csv", ".txt", ".tsv", ".xlsx", ".json", ".jsonl"})
STILL = 5.0
"""Seconds in which a file's size and time must stay as they are before it counts as whole."""


class NoSuchFolder(CaseAppError):
    code = "watch.no-such-folder"


class LayoutUnsure(CaseAppError):
    """Nobody watches an import at night, so a layout that is only guessed is not used."""

    code = "watch.layout-unsure"


@dataclass(frozen=True, slots=True)
class Swept:
    """What became of one file: its counts, or the error; neither where it had been brought in before."""

    file: str
    moved_to: Path
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
    def sweep(self, *, orders: Orders) -> list[Swept]:
        """Bring in every file that is whole by now; raises NoSuchFolder.

        A file of which a row is wrong is imported without it; the rejected rows lie beside the original.
        """
        if not orders.folder.is_dir():
            raise NoSuchFolder(folder=orders.folder.name or str(orders.folder))
        return [self._bring(path, orders) for path in self._whole(orders.folder)]

    @verb(Right.IMPORT)
    def waiting(self, *, folder: Path) -> int:
        """How many files lie there, whole or not."""
        return len(_candidates(folder))

    def _whole(self, folder: Path) -> Iterator[Path]:
        """Files that look as they did some seconds ago, the oldest first."""
        now, seen = self._clock(), self._seen
        found = {path: mark for path in _candidates(folder) if (mark := _mark(path)) is not None}
        self._seen = {
            path: seen[path] if path in seen and seen[path][0] == mark else (mark, now)
            for path, mark in found.items()
        }
        still = [path for path, (_mark_, since) in self._seen.items() if now - since >= STILL]
        yield from sorted(still, key=lambda path: (found[path][1], path.name))

    def _bring(self, path: Path, orders: Orders) -> Swept:
        self._seen.pop(path, None)
        try:
            if self._is_here(files.digest_of(path)):
                return Swept(path.name, _aside(path, IMPORTED))
            summary, rejects = self._import(path, orders)
        except CaseAppError as error:
            moved = _aside(path, PROBLEMS)
            return Swept(path.name, moved, error=error)
        moved = _aside(path, IMPORTED)
        if rejects is not None:
            files.write_pieces(moved.with_name(f"{moved.stem}-rejected.csv"), rejects(moved))
        return Swept(path.name, moved, summary)

    def _import(
        self, path: Path, orders: Orders
    ) -> tuple[ImportSummary, Callable[[Path], Iterator[bytes]] | None]:
        if not orders.layout and orders.map_file is None:
            found = self._imports.recognise_calls(path=path)
            if found.unsure:
                raise LayoutUnsure(file=path.name, why=found.unsure[0])
        reading = self._imports.read_calls(path=path, map_file=orders.map_file, layout=orders.layout)
        summary = self._imports.import_calls(reading=reading, path=path)
        if not summary.rows_rejected:
            return summary, None

        def rejects(moved: Path) -> Iterator[bytes]:
            again = self._imports.read_calls(path=moved, map_file=orders.map_file, layout=orders.layout)
            return self._imports.rejects(reading=again)

        return summary, rejects

    def _is_here(self, sha256: str) -> bool:
        with self._context.read("import.list") as work:
            return work.imports.has_file(sha256)


def _candidates(folder: Path) -> list[Path]:
    """Exports by their ending; what is hidden is still being written by most programs."""
    try:
        return [
            one
            for one in folder.iterdir()
            if one.suffix.casefold() in KINDS and not one.name.startswith((".", "~")) and one.is_file()
        ]
    except OSError:
        return []


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _aside(path: Path, where: str) -> Path:
    """Move a file into a folder beside it under a name that is free; raises CannotWrite."""
    folder, number = path.parent / where, 1
    target = folder / path.name
    try:
        folder.mkdir(exist_ok=True)
        while target.exists():
            number += 1
            target = folder / f"{path.stem} ({number}){path.suffix}"
        path.rename(target)
    except OSError:
        raise files.CannotWrite(file=f"{where}/{path.name}") from None
    return target
