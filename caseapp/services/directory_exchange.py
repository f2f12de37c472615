"""The directory in and out in the field's own format: looked at first, then all of it or none.

What a source said is kept beside what we hold to be true. A later edition changes only what the source says
otherwise than before, so that a fact corrected or confirmed here outlives the next import.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.directory_entries import ROOTS, Counts, Said
from caseapp.domain.directory_facts import service_facts
from caseapp.domain.directory_reading import DirectoryReading, RowNote
from caseapp.domain.directory_told import with_ours
from caseapp.domain.dispatch import RowProblem
from caseapp.domain.imports import ImportSummary, TouchedSince, Undone
from caseapp.exchange import archives, cells, directory_hsds, directory_hsds_out
from caseapp.services.context import Service, verb
from caseapp.services.directory_plan import (
    Plan,
    named_organization,
    own_organization,
    own_place,
    own_service,
    own_unit,
    plan,
)
from caseapp.services.directory_writing import Writer, put_back
from caseapp.services.stages import Progress, no_progress
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import memory

KIND = "directory"


@dataclass(frozen=True, slots=True)
class DirectorySummary:
    """True counts table by table; `summary` is the same over all tables, as every import has it."""

    summary: ImportSummary
    tables: Mapping[str, Counts]
    notes: tuple[RowNote, ...]
    source: str

    def facts(self) -> dict[str, Any]:
        """The counts and every remark as plain values."""
        told_of = Counter(note.table for note in self.notes)
        return {
            "tables": {
                table: {**asdict(counts), "problems": told_of[table]} for table, counts in self.tables.items()
            },
            "problems": [
                {"table": note.table, "row": note.row, "reason": note.reason, "rejected": note.is_rejected}
                for note in self.notes
            ],
            "rows": self.summary.rows,
            "source": self.source,
            "generation": self.summary.how_read,
            "batch": str(self.summary.batch) if self.summary.batch else None,
        }


class DirectoryExchangeService(Service):
    """HSDS in and out."""

    @verb(Right.IMPORT)
    def read_path(self, *, path: Path) -> DirectoryReading:
        """Read a folder, a zip or a JSON file; raises what opening or reading it raises."""
        with memory.uncollected():
            return directory_hsds.read(archives.read(path), path.name)

    @verb(Right.IMPORT)
    def read_bytes(self, *, data: bytes, name: str) -> DirectoryReading:
        """Read a file that is in memory already."""
        with memory.uncollected():
            return directory_hsds.read(archives.unpack(data, name), name)

    @verb(Right.IMPORT)
    def preview(self, *, reading: DirectoryReading, name: str, source: str = "") -> DirectorySummary:
        """The dry run: true counts of new, changed and same, with nothing written."""
        with self._context.read("import.preview") as work:
            return _summary(reading, plan(work, reading, name, source))

    @verb(Right.IMPORT)
    def bring_in(
        self,
        *,
        reading: DirectoryReading,
        name: str,
        source: str = "",
        progress: Progress = no_progress,
    ) -> DirectorySummary:
        """Write the whole reading in one transaction; raises ImportStopped when progress says stop."""
        with memory.uncollected(), self._context.write("import.directory") as work:
            planned = plan(work, reading, name, source)
            found = _summary(reading, planned)
            if not (planned.new or planned.changed):
                return found
            batch_id = work.imports.add_batch(KIND, name, _hash(planned), found.summary)
            Writer(work, planned, batch_id, self._context.actor.staff_id, progress).write()
            work.imports.add_rejects(batch_id, _rejects(reading))
            work.about(batch_id)
            work.commit(summary={"import": _journaled(found.summary)})
        return replace(found, summary=replace(found.summary, batch=batch_id))

    @verb(Right.IMPORT)
    def rejects(self, *, reading: DirectoryReading) -> bytes:
        """What is wrong, row by row, as a file."""
        header = ("table", "row", "left out", "what", "said")
        rows = [
            (note.table, str(note.row), "yes" if note.is_rejected else "", note.reason, "; ".join(note.raw))
            for note in reading.notes
        ]
        return cells.write_csv(header, rows)

    @verb(Right.SEE_DIRECTORY)
    def export(self) -> tuple[bytes, dict[str, int]]:
        """The whole directory as an HSDS 3.1 package, and the rows of each table; it names no person."""
        with self._context.read("directory.export") as work:
            return directory_hsds_out.write(_everything(work))


def undo(work: UnitOfWork, batch_id: UUID, watch: Callable[[int], None], *, staff_id: UUID) -> Undone:
    """Take a batch of the directory back; raises TouchedSince where work rests on it, or as `watch` does."""
    brought, changes = work.directory_entries.of_batch(batch_id), work.directory_entries.changes_of(batch_id)
    left = {one.record_id: 1 for one in brought if one.table == "service" and one.record_id}
    left |= {one.record_id: at for one, _said, at in changes if one.table == "service" and one.record_id}
    organizations = [one.record_id for one in brought if one.table == "organization" and one.record_id]
    touched = work.directory_entries.touched(left)
    touched += work.directory_entries.guests_of(organizations, set(left))
    if touched:
        raise TouchedSince(count=touched)
    put_back(work, changes, staff_id)
    removed = work.directory_entries.remove(brought)
    work.directory_entries.newest_change()
    watch(0)
    work.directory_entries.mark_undone(batch_id)
    work.about(batch_id)
    work.commit(summary={"records": removed + len(changes)})
    return Undone(Change(frozenset({Kind.DIRECTORY, Kind.IMPORT}), record_id=batch_id), removed, len(changes))


def _everything(work: UnitOfWork) -> Iterator[Said]:
    """What every source said, with ours in its place, and all that no source brought.

    A row that once hung on nothing and later on a service stands twice; the later one is yielded last.
    """
    entries = sorted(work.directory_entries.everything(), key=lambda one: one.table in ROOTS)
    by_key = {(one.table, one.key): one.entry for one in entries}
    named = {one.record_id: one.key for one in entries if one.record_id}
    services = {one.id: one for one in work.directory.everything()}
    places = work.directory_entries.places_of()
    if any(one.capacity_on for one in services.values()):
        yield own_unit()
    for stored in entries:
        service = services.pop(stored.record_id, None) if stored.record_id else None
        if service is None:
            yield named_organization(stored.entry)
        else:
            projected = service_facts(stored.entry, lambda table, one: by_key.get((table, one)))
            organization = named.get(service.organization_id, str(service.organization_id))
            yield with_ours(stored.entry, projected, service, organization)
    for own in work.directory.organizations():
        if own[0] not in named:
            yield own_organization(*own)
    for place_id, place in work.directory_entries.all_places().items():
        if place_id not in named:
            yield own_place(place_id, place)
    for service in services.values():
        organization_id = named.get(service.organization_id, str(service.organization_id))
        yield own_service(service, organization_id, places.get(service.id, ()))


def _summary(reading: DirectoryReading, planned: Plan) -> DirectorySummary:
    counts = list(planned.counts.values())
    told_of: dict[str, int] = {}
    for note in reading.notes:
        if not note.is_rejected:
            told_of[note.reason] = told_of.get(note.reason, 0) + 1
    summary = ImportSummary(
        rows=reading.rows,
        new=sum(one.new for one in counts),
        changed=sum(one.changed for one in counts),
        same=sum(one.same for one in counts),
        responses_new=0,
        rows_rejected=sum(reading.rejected.values()),
        rows_skipped={},
        warnings=dict(sorted(told_of.items(), key=lambda pair: -pair[1])[:5]),
        layout="HSDS",
        how_read=reading.how_read,
    )
    return DirectorySummary(summary, planned.counts, reading.notes, planned.source)


def _hash(planned: Plan) -> str:
    digest = hashlib.sha256(planned.source.encode())
    for entry in planned.entries:
        digest.update(f"{entry.table}{entry.id}".encode())
    return digest.hexdigest()


def _rejects(reading: DirectoryReading) -> list[RowProblem]:
    return [
        RowProblem(row=note.row, reason=f"{note.table}: {note.reason}", raw=note.raw)
        for note in reading.notes
        if note.is_rejected
    ]


def _journaled(summary: ImportSummary) -> dict[str, int]:
    return {"new": summary.new, "changed": summary.changed, "rejected": summary.rows_rejected}
