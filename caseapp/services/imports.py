"""Bringing dispatch exports in: always first to look at, then all of it or none of it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.dispatch import IncomingCall
from caseapp.domain.import_plans import Moved, is_older, moved
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
from caseapp.exchange.calls_sheet import Part, Reading
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
from caseapp.services.layouts import layouts_of
from caseapp.services.stages import Progress, in_stages, no_progress
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import files, memory

_OLDER = "older-than-what-is-stored-and-overwrote-nothing"
STAGES = (1, 5, 14)
"""How the time of an export goes to finding its layout, reading it, and comparing or writing its calls."""

_READING = (1, 4)
"""How the time of reading a file goes to looking at its shape and to looking at its times, measured."""

TYPES = 2000
"""Types of call that an import counts at most; beyond that the column holds something else."""

JOURNALED = 1000
"""Changed calls that one journal entry tells of at most."""


class ChangedMeanwhile(ImportStopped):
    """The file is not the one that was looked at."""

    code = "sheet.changed-meanwhile"


@dataclass(slots=True)
class _Tally:
    """What the parts of a file came to so far."""

    new: int = 0
    changed: int = 0
    same: int = 0
    units: int = 0
    rejected: int = 0
    call_rows: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    rests_on: set[UUID] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    """Types of call that were met and of which the agency has said nothing; as many as anybody reads."""

    def meet(self, calls: Iterable[IncomingCall], known: Collection[str]) -> None:
        if len(self.types) < TYPES:
            met = {call.type_text or call.type_initial_text for call in calls}
            self.types |= met.difference(known, ("",))

    def take(self, part: Part) -> None:
        self.rejected += len(part.problems)
        self.call_rows += part.call_rows
        self.skipped.update(part.skipped)
        self.warnings.update(part.warnings)


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
            for _plan in _plans(work, reading, tally := _Tally(), watch):
                pass
        return _summary(reading, tally)

    @verb(Right.IMPORT)
    def import_calls(
        self, *, reading: Reading, path: Path, progress: Progress = no_progress
    ) -> ImportSummary:
        """Write the whole file in one transaction; raises ImportStopped when progress says stop.

        Raises ChangedMeanwhile when the file is not the one that was read.
        """
        tally = _Tally()
        watch = watched("Writing calls", reading.rows, progress)
        with self._context.write_much("import.calls") as work, memory.uncollected():
            writing = _Writing(work, reading, path.name, self._context.actor.staff_id)
            for plan in _plans(work, reading, tally, watch):
                writing.write(plan)
            if files.digest_of(path, lambda: watch(reading.rows)) != reading.table.sha256:
                raise ChangedMeanwhile(file=path.name)
            if not (tally.new or tally.changed):
                return _summary(reading, tally)
            return writing.end(_summary(reading, tally, batch=writing.batch_id), tally.rests_on)

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


def _taking_back(progress: Progress, size: int) -> Callable[[int], None]:
    def watch(done: int) -> None:
        if not progress("Taking back", min(done, size), size):
            raise NotTakenBack()

    return watch


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a part of the file means for the database as it is now."""

    part: Part
    new: list[IncomingCall]
    changed: list[Moved]


class _Writing:
    """Writes the parts of one batch inside its transaction."""

    def __init__(self, work: UnitOfWork, reading: Reading, file: str, actor: UUID) -> None:
        self._work, self._reading, self._actor = work, reading, actor
        nothing = _summary(reading, _Tally())
        self.batch_id = work.imports.add_batch("calls", file, reading.table.sha256, nothing)
        self._untold: list[Moved] = []

    def write(self, plan: _Plan) -> None:
        imports = self._work.imports
        if plan.new:
            centre = self._reading.centre
            imports.add_calls(plan.new, centre=centre, batch_id=self.batch_id, staff_id=self._actor)
        imports.change_calls(plan.changed, batch_id=self.batch_id, staff_id=self._actor)
        imports.add_rejects(self.batch_id, plan.part.problems)
        self._untold += plan.changed
        while len(self._untold) > JOURNALED:
            told, self._untold = self._untold[:JOURNALED], self._untold[JOURNALED:]
            subjects = (one.stored.id for one in told)
            self._work.commit_later({"import": {"changed": _journaled(told)}}, self.batch_id, *subjects)

    def end(self, summary: ImportSummary, rests_on: set[UUID]) -> ImportSummary:
        """Write the batch's counts and make all of it true."""
        work = self._work
        work.imports.count_batch(self.batch_id, summary)
        work.imports.rest_on(self.batch_id, rests_on)
        work.about(self.batch_id, *(one.stored.id for one in self._untold))
        counts = {"new": summary.new, "rejected": summary.rows_rejected, "changed": _journaled(self._untold)}
        work.commit(summary={"import": counts})
        return summary


def _plans(
    work: UnitOfWork, reading: Reading, tally: _Tally, watch: Callable[[int], None]
) -> Iterator[_Plan]:
    """Each part with what is new and changed of it, counted; `watch` raises ImportStopped to stop."""
    is_first = work.imports.is_first(reading.centre)
    known_types = work.call_types.categories()
    watch(0)
    for part in reading.parts():
        tally.take(part)
        tally.meet(part.calls, known_types)
        stored = {} if is_first else work.imports.known(reading.centre, part.calls)
        plan = _Plan(part, [call for call in part.calls if call.number not in stored], [])
        for call in part.calls if stored else ():
            if (row := stored.get(call.number)) is None:
                continue
            tally.warnings[_OLDER] += is_older(row, call)
            if row.batch_id is not None:
                tally.rests_on.add(row.batch_id)
            if (change := moved(row, call)) is not None:
                plan.changed.append(change)
        tally.new += len(plan.new)
        tally.changed += len(plan.changed)
        tally.same += len(stored) - len(plan.changed)
        tally.units += sum(len(call.responses) for call in plan.new)
        tally.units += sum(len(one.units) for one in plan.changed)
        yield plan
        watch(part.done)


def _summary(reading: Reading, tally: _Tally, *, batch: UUID | None = None) -> ImportSummary:
    warnings = Counter({"column-not-in-file": reading.missing}) + tally.warnings
    return ImportSummary(
        rows=reading.rows,
        new=tally.new,
        changed=tally.changed,
        same=tally.same,
        responses_new=tally.units,
        rows_rejected=tally.rejected,
        rows_skipped=dict(tally.skipped),
        rows_further=tally.call_rows - tally.new - tally.changed - tally.same,
        warnings=dict(warnings),
        layout=reading.layout.name,
        how_read=reading.table.how_read,
        batch=batch,
        types_new=len(tally.types),
    )


def _journaled(changed: list[Moved]) -> list[dict[str, Any]]:
    """Field by field what changed, and how many rows were added."""
    return [
        {
            "call": one.stored.id.hex,
            "fields": {name: list(values) for name, values in one.facts.items()},
            "units": len(one.units),
            "unit_times": len(one.unit_times),
            "notes": int(bool(one.narrative)) + len(one.notes),
            "people": len(one.people),
        }
        for one in changed
    ]
