"""Bringing dispatch exports in: always first to look at, then all of it or none of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.imports import (
    AlreadyUndone,
    Batch,
    ImportStopped,
    ImportSummary,
    LaterRestsOnIt,
    NotTakenBack,
    TouchedSince,
    Undone,
)
from caseapp.exchange import calls_sheet
from caseapp.exchange.calls_sheet import Reading
from caseapp.exchange.layouts import Layout
from caseapp.services import directory_exchange, people_lists
from caseapp.services.call_files import (
    Recognition,
    eido_of,
    look,
    recognise,
    recognised_eido,
    watched,
)
from caseapp.services.context import Service, verb
from caseapp.services.import_writing import JOURNALED, Tally, Writing, plans, summary_of
from caseapp.services.layouts import layouts_of
from caseapp.services.stages import Progress, in_stages, no_progress
from caseapp.system import files, memory

STAGES = (1, 5, 14)
"""How the time of an export goes to finding its layout, reading it, and comparing or writing its calls."""

_READING = (1, 4)
"""How the time of reading a file goes to looking at its shape and to looking at its times, measured."""


class ChangedMeanwhile(ImportStopped):
    """The file is not the one that was looked at."""

    code = "sheet.changed-meanwhile"


class ImportService(Service):
    """Imports of dispatch exports."""

    @verb(Right.IMPORT)
    def recognise_calls(
        self,
        *,
        path: Path,
        map_file: Path | None = None,
        layout: str | Layout = "",
        progress: Progress = no_progress,
    ) -> Recognition:
        """Say which layout a file has; raises what reading it raises, or NotRecognised."""
        if (documents := eido_of(path)) is not None:
            return recognised_eido(documents)
        return recognise(look(path, progress), map_file, layout, layouts_of(self._context))

    @verb(Right.IMPORT)
    def read_calls(
        self,
        *,
        path: Path,
        map_file: Path | None = None,
        layout: str | Layout = "",
        progress: Progress = no_progress,
    ) -> Reading:
        """Understand a dispatch export without writing anything; raises ImportStopped when told to stop.

        `layout` is a name, a layout file, or a layout itself; empty to have the file recognised.
        """
        if (documents := eido_of(path)) is not None:
            return documents
        looking, timing = in_stages(progress, *_READING)
        table = look(path, looking)
        found = recognise(table, map_file, layout, layouts_of(self._context))
        watch = watched("Looking at the times", table.count, timing)
        return calls_sheet.read(table, found.layout, zone=self._context.zone, watch=watch)

    @verb(Right.IMPORT)
    def rejects(self, *, reading: Reading) -> Iterator[bytes]:
        """The rejected rows as a file to mend and import again, a piece at a time."""
        return calls_sheet.rejects(reading, reading.problems())

    @verb(Right.IMPORT)
    def preview_calls(self, *, reading: Reading, progress: Progress = no_progress) -> ImportSummary:
        """The dry run: true counts of new, changed and same, with nothing written."""
        with self._context.read("import.preview") as work:
            watch = watched("Comparing calls", reading.rows, progress)
            for _plan in plans(work, reading, tally := Tally(), watch):
                pass
        return summary_of(reading, tally)

    @verb(Right.IMPORT)
    def import_calls(
        self, *, reading: Reading, path: Path, progress: Progress = no_progress
    ) -> ImportSummary:
        """Write the whole file in one transaction; raises ImportStopped when progress says stop.

        Raises ChangedMeanwhile when the file is not the one that was read: asked before the database is
        locked of one that is held, and at the end of another, whose rows are read under the lock.
        """
        tally = Tally()
        watch = watched("Writing calls", reading.rows, progress)
        if reading.table.is_held:
            check_same(path, reading)
        with self._context.write_much("import.calls") as work, memory.uncollected():
            writing = Writing(work, reading, path.name, self._context.actor.staff_id)
            for plan in plans(work, reading, tally, watch):
                writing.write(plan)
            watch(reading.rows)
            if not reading.table.is_held:
                check_same(path, reading, lambda: watch(reading.rows))
            if not (tally.new or tally.changed):
                return summary_of(reading, tally)
            return writing.end(summary_of(reading, tally, batch=writing.batch_id), tally.rests_on)

    @verb(Right.IMPORT)
    def batches(self) -> list[Batch]:
        """Past imports, newest first."""
        with self._context.read("import.list") as work:
            return work.imports.batches()

    @verb(Right.IMPORT)
    def undo(self, *, batch_id: UUID, progress: Progress = no_progress) -> Undone:
        """Take a batch back exactly, or not at all; raises NotTakenBack when progress says stop.

        Raises NoSuchBatch, AlreadyUndone, LaterRestsOnIt when a later import carried calls of it, or
        TouchedSince when work rests on it. Of a list of people those stay who were worked with since; it
        is refused only if nobody is left.
        """
        with self._context.write_much("import.undo") as work:
            batch = work.imports.batch(batch_id)
            if batch.undone_at is not None:
                raise AlreadyUndone()
            watch = _taking_back(progress, work.import_undo.size(batch_id))
            watch(0)
            if batch.kind == people_lists.KIND:
                return people_lists.undo(work, batch_id, watch)
            if batch.kind == directory_exchange.KIND:
                return directory_exchange.undo(work, batch_id, watch, staff_id=self._context.actor.staff_id)
            for file, _at in work.import_undo.resting_on(batch_id):
                raise LaterRestsOnIt(file=file)
            if touched := work.import_undo.worked_on(batch_id):
                raise TouchedSince(count=touched)
            actor = self._context.actor.staff_id
            removed, put_back = work.import_undo.take_back(batch_id, staff_id=actor, watch=watch)
            for start in range(0, len(put_back), JOURNALED):
                some = put_back[start : start + JOURNALED]
                work.commit_later({"put_back": len(some)}, batch_id, *some)
            work.about(batch_id)
            work.commit(summary={"records": removed + len(put_back)})
        change = Change(frozenset({Kind.CALL, Kind.IMPORT}), record_id=batch_id)
        return Undone(change, removed, len(put_back))


def check_same(path: Path, reading: Reading, look: Callable[[], object] = lambda: None) -> None:
    """Raise ChangedMeanwhile where a file is not the one that was read, or what `look` raises."""
    if files.digest_of(path, look) != reading.table.sha256:
        raise ChangedMeanwhile(file=path.name)


def _taking_back(progress: Progress, size: int) -> Callable[[int], None]:
    def watch(done: int) -> None:
        if not progress("Taking back", min(done, size), size):
            raise NotTakenBack()

    return watch
