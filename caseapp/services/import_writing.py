"""What the parts of an export mean for the calls of the database, and the writing of one batch."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from caseapp.domain.dispatch import IncomingCall
from caseapp.domain.import_plans import Moved, is_older, moved
from caseapp.domain.imports import (
    ImportSummary,
)
from caseapp.exchange.calls_sheet import Part, Reading
from caseapp.store.unit_of_work import UnitOfWork

_OLDER = "older-than-what-is-stored-and-overwrote-nothing"
TYPES = 2000
"""Types of call that an import counts at most; beyond that the column holds something else."""
JOURNALED = 1000
"""Changed calls that one journal entry tells of at most."""


@dataclass(slots=True)
class Tally:
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


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a part of the file means for the database as it is now."""

    part: Part
    new: list[IncomingCall]
    changed: list[Moved]


class Writing:
    """Writes the parts of one batch inside its transaction."""

    def __init__(self, work: UnitOfWork, reading: Reading, file: str, actor: UUID) -> None:
        self._work, self._reading, self._actor = work, reading, actor
        nothing = summary_of(reading, Tally())
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


def plans(work: UnitOfWork, reading: Reading, tally: Tally, watch: Callable[[int], None]) -> Iterator[_Plan]:
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


def summary_of(reading: Reading, tally: Tally, *, batch: UUID | None = None) -> ImportSummary:
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
