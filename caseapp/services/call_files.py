"""A file of calls before its calls are read: opened, and its layout found or proposed."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from caseapp.domain.imports import ImportStopped
from caseapp.exchange import calls_eido, eido, json_rows, layout_reading, layouts, recogniser
from caseapp.exchange import sheet as sheets
from caseapp.exchange.calls_eido import EidoReading
from caseapp.exchange.layouts import Layout
from caseapp.exchange.recogniser import Proposal
from caseapp.exchange.sheet import Table
from caseapp.services.stages import Progress
from caseapp.system import files, paths

HELD = 32 * 1024 * 1024
"""Bytes up to which a file is held while it is looked at and brought in: some months of a big centre."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a file seems to be: its layout, and for one never seen the proposals it rests on."""

    layout: Layout
    is_known: bool
    proposals: tuple[Proposal, ...]
    header: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    rows: int
    how_read: str
    unsure: tuple[str, ...] = ()
    """What of a proposed layout somebody should look at, a sentence each."""


def look(path: Path, progress: Progress) -> Table:
    """Open a file for its shape; raises what reading it raises, or ImportStopped.

    One of ordinary size is held from here on: its rows are written under the lock of the database, which
    must not wait for the drive of a dispatch centre.
    """
    size = path.stat().st_size if path.is_file() else 0
    watch = watched("Reading the file", max(1, 2 * size), progress)
    if size <= HELD:
        return sheets.held(files.read(path), path.name, watch)
    return sheets.look(lambda: files.opened(path), path.name, watch)


def eido_of(path: Path) -> EidoReading | None:
    """A file of dispatch documents, read; None where it is any other file. Raises NotJson, JsonTooLarge."""
    if not path.is_file():
        return None
    with files.opened(path) as stream:
        if not json_rows.looks_like(stream.read(json_rows.HEAD)):
            return None
    data = files.read(path)
    documents = eido.documents_of(json_rows.parsed(data, path.name))
    if not documents:
        return None
    return calls_eido.read(documents, name=path.name, sha256=hashlib.sha256(data).hexdigest())


def recognised_eido(reading: EidoReading) -> Recognition:
    """How such a file is shown; there is nothing in it to propose."""
    sheet = reading.table.sample
    shown = tuple(map(tuple, sheet.rows[:5]))
    return Recognition(reading.layout, True, (), sheet.header, shown, reading.rows, sheet.how_read)


def watched(words: str, total: int, progress: Progress) -> Callable[[int], None]:
    """Tell progress how much is done; raises ImportStopped when it says stop."""

    def watch(done: int) -> None:
        if not progress(words, min(done, total), total):
            raise ImportStopped()

    return watch


def recognise(
    table: Table, map_file: Path | None, layout: str | Layout, known: Sequence[Layout]
) -> Recognition:
    """The layout that is asked for, the known one that fits, or one that is proposed.

    Raises BrokenLayout, UnknownLayout or NotRecognised.
    """
    proposals: tuple[Proposal, ...] = ()
    found = _asked_for(map_file, layout, known) or layouts.recognise(table.header, known)
    if found is None:
        proposals = proposed(table)
        found = recogniser.layout_of(
            proposals, name=Path(table.name).stem, file=table.name, header=table.header
        )
    return Recognition(
        layout=found,
        is_known=not proposals,
        proposals=proposals,
        header=table.header,
        sample=tuple(map(tuple, table.sample.rows[:5])),
        rows=table.count,
        how_read=table.how_read,
        unsure=recogniser.doubts(proposals, table.sample) if proposals else (),
    )


def proposed(table: Table) -> tuple[Proposal, ...]:
    """What each column of a file might be."""
    return recogniser.propose(table.sample, paths.resource("recogniser", "call-columns.toml"))


def _asked_for(map_file: Path | None, layout: str | Layout, known: Sequence[Layout]) -> Layout | None:
    if map_file is not None:
        return layout_reading.load(map_file)
    if isinstance(layout, Layout):
        return layout
    if layout.casefold().endswith(".toml"):
        return layout_reading.load(Path(layout))
    return layouts.named(layout, known) if layout else None
