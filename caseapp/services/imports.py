"""Bringing other systems' files in: always first to look at, then all of it or none of it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.dispatch import CallsReading, IncomingCall
from caseapp.domain.imports import AlreadyUndone, Batch, Cancelled, ImportSummary, TouchedSince, Undone
from caseapp.exchange import calls_sheet, layouts, recogniser
from caseapp.exchange import sheet as sheets
from caseapp.exchange.layouts import Layout
from caseapp.exchange.recogniser import Proposal
from caseapp.exchange.sheet import Sheet
from caseapp.services import directory_exchange, people_lists
from caseapp.services.context import Service, verb
from caseapp.store.imports import differences
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import paths

Progress = Callable[[str, int, int], bool]
"""Called with what is being done, how much is done and of how much; answers False to stop."""


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


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the reading means for the database as it is now."""

    new: Sequence[IncomingCall]
    changed: Sequence[tuple[UUID, IncomingCall, dict[str, tuple[Any, Any]]]]
    more_units: Sequence[tuple[UUID, IncomingCall, set[str]]]
    same: int


def _no_progress(_words: str, _done: int, _all: int) -> bool:
    return True


class ImportService(Service):
    """Imports of dispatch exports."""

    @verb(Right.IMPORT)
    def recognise_calls(
        self, *, data: bytes, name: str, map_file: Path | None = None, layout: str = ""
    ) -> Recognition:
        """Say which layout a file has; raises what reading it raises, or NotRecognised."""
        return _recognise(sheets.read(data, name), name, map_file, layout)

    @verb(Right.IMPORT)
    def read_calls(
        self, *, data: bytes, name: str, map_file: Path | None = None, layout: str = ""
    ) -> CallsReading:
        """Read a dispatch export without touching the database."""
        sheet = sheets.read(data, name)
        found = _recognise(sheet, name, map_file, layout)
        return calls_sheet.read(sheet, found.layout, zone=self._context.zone)

    @verb(Right.IMPORT)
    def rejects(self, *, reading: CallsReading) -> bytes:
        """The rejected rows as a file to mend and import again."""
        return calls_sheet.write_rejects(reading)

    @verb(Right.IMPORT)
    def preview_calls(self, *, reading: CallsReading) -> ImportSummary:
        """The dry run: true counts of new, changed and same, with nothing written."""
        with self._context.read("import.preview") as work:
            return _summary(reading, _plan(work, reading))

    @verb(Right.IMPORT)
    def import_calls(
        self, *, reading: CallsReading, name: str, data: bytes, progress: Progress = _no_progress
    ) -> ImportSummary:
        """Write the whole reading in one transaction; raises Cancelled when progress says stop."""
        actor = self._context.actor.staff_id
        with self._context.write("import.calls") as work:
            plan = _plan(work, reading)
            summary = _summary(reading, plan)
            if not (plan.new or plan.changed or plan.more_units):
                return summary
            batch_id = work.imports.add_batch("calls", name, hashlib.sha256(data).hexdigest(), summary)
            _write(work, plan, reading, batch_id, actor, progress)
            work.about(batch_id, *(call_id for call_id, _call, _changes in plan.changed))
            work.commit(summary={"import": _journaled(summary, plan)})
        return replace(summary, batch=batch_id)

    @verb(Right.IMPORT)
    def batches(self) -> list[Batch]:
        """Past imports, newest first."""
        with self._context.read("import.list") as work:
            return work.imports.batches()

    @verb(Right.IMPORT)
    def undo(self, *, batch_id: UUID) -> Undone:
        """Take a batch back; raises NoSuchBatch, AlreadyUndone, or TouchedSince when work rests on it.

        Of a list of people those stay who were worked with since; it is refused only if nobody is left.
        """
        with self._context.write("import.undo") as work:
            batch = work.imports.batch(batch_id)
            if batch.undone_at is not None:
                raise AlreadyUndone()
            if batch.kind == people_lists.KIND:
                return people_lists.undo(work, batch_id)
            if batch.kind == directory_exchange.KIND:
                return directory_exchange.undo(work, batch_id, staff_id=self._context.actor.staff_id)
            touched = work.imports.touched_since(batch_id)
            if touched:
                raise TouchedSince(count=touched)
            count = work.imports.undo(batch_id, staff_id=self._context.actor.staff_id)
            work.about(batch_id)
            work.commit(summary={"records": count})
        return Undone(Change(frozenset({Kind.CALL, Kind.IMPORT}), record_id=batch_id), count)


def known_layouts() -> tuple[Layout, ...]:
    """The layouts that come with the program."""
    return layouts.shipped(paths.resource("layouts"))


def _recognise(sheet: Sheet, name: str, map_file: Path | None, layout: str) -> Recognition:
    proposals: tuple[Proposal, ...] = ()
    if map_file is not None:
        found = layouts.load(map_file)
    elif layout:
        found = layouts.named(layout, known_layouts())
    else:
        recognised = layouts.recognise(sheet.header, known_layouts())
        if recognised is None:
            proposals = recogniser.propose(sheet, paths.resource("recogniser", "call-columns.toml"))
            recognised = recogniser.layout_of(proposals, name=Path(name).stem, file=name, header=sheet.header)
        found = recognised
    return Recognition(
        layout=found,
        is_known=not proposals,
        proposals=proposals,
        header=sheet.header,
        sample=tuple(map(tuple, sheet.rows[:5])),
        rows=len(sheet.rows),
        how_read=sheet.how_read,
    )


def _plan(work: UnitOfWork, reading: CallsReading) -> _Plan:
    if work.imports.is_first(reading.centre):
        return _Plan(reading.calls, (), (), 0)
    stored = work.imports.stored(reading.centre, [call.number for call in reading.calls])
    new, changed, known = [], [], []
    for call in reading.calls:
        row = stored.get(call.number)
        if row is None:
            new.append(call)
            continue
        known.append((row.id, call))
        changes = differences(row, call)
        if changes:
            changed.append((row.id, call, changes))
    more = _more_units(work, known)
    moved = {call_id for call_id, _call, _changes in changed} | {call_id for call_id, _call, _known in more}
    return _Plan(new, changed, more, len(known) - len(moved))


def _more_units(
    work: UnitOfWork, known: list[tuple[UUID, IncomingCall]]
) -> list[tuple[UUID, IncomingCall, set[str]]]:
    """Calls whose later export names units that are not on them yet."""
    with_units = [(call_id, call) for call_id, call in known if call.responses]
    signs = work.imports.units([call_id for call_id, _call in with_units])
    return [
        (call_id, call, signs.get(call_id, set()))
        for call_id, call in with_units
        if any(one.call_sign not in signs.get(call_id, set()) for one in call.responses)
    ]


def _summary(reading: CallsReading, plan: _Plan) -> ImportSummary:
    changed = {call_id for call_id, _call, _changes in plan.changed}
    units = sum(len(call.responses) for call in plan.new) + sum(
        one.call_sign not in known for _id, call, known in plan.more_units for one in call.responses
    )
    return ImportSummary(
        rows=reading.rows,
        new=len(plan.new),
        changed=len(changed | {call_id for call_id, _call, _known in plan.more_units}),
        same=plan.same,
        responses_new=units,
        rows_rejected=len(reading.problems),
        rows_skipped=reading.skipped,
        warnings=reading.warnings,
        layout=reading.layout,
        how_read=reading.how_read,
    )


def _write(
    work: UnitOfWork,
    plan: _Plan,
    reading: CallsReading,
    batch_id: UUID,
    actor: UUID,
    progress: Progress,
) -> None:
    step, total = 5000, len(plan.new) + len(plan.changed)
    for start in range(0, len(plan.new), step):
        if not progress("Writing calls", start, total):
            raise Cancelled()
        some = plan.new[start : start + step]
        work.imports.add_calls(some, centre=reading.centre, batch_id=batch_id, staff_id=actor)
    for number, (call_id, _call, changes) in enumerate(plan.changed):
        if number % 200 == 0 and not progress("Updating calls", len(plan.new) + number, total):
            raise Cancelled()
        work.imports.change_call(call_id, changes, batch_id=batch_id, staff_id=actor)
    for call_id, call, known in plan.more_units:
        work.imports.add_responses(call_id, call, known)
    work.imports.add_rejects(batch_id, reading.problems)


def _journaled(summary: ImportSummary, plan: _Plan) -> dict[str, Any]:
    """Counts for what is new, field by field for what changed."""
    return {
        "new": summary.new,
        "rejected": summary.rows_rejected,
        "changed": [
            {"call": call_id.hex, "fields": {name: list(values) for name, values in changes.items()}}
            for call_id, _call, changes in plan.changed
        ],
    }
