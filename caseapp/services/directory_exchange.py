"""The directory in and out in the field's own format: looked at first, then all of it or none.

What a source said is kept beside what we hold to be true. A later edition changes only what the source says
otherwise than before, so that a fact corrected or confirmed here outlives the next import.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from uuid import UUID, uuid5

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.directory import NewService
from caseapp.domain.directory import Service as DirectoryEntry
from caseapp.domain.directory_entries import (
    ROOTS,
    SPACE,
    Counts,
    Entry,
    Said,
    assembled,
    compare,
    count_new,
    fresh_counts,
    has_own_ids,
    made_id,
    share_known,
)
from caseapp.domain.directory_facts import (
    SLOT,
    Find,
    PlaceFacts,
    organization_facts,
    place_facts,
    service_facts,
    told,
    with_ours,
)
from caseapp.domain.directory_reading import DirectoryReading, RowNote
from caseapp.domain.dispatch import RowProblem
from caseapp.domain.imports import Cancelled, ImportSummary, TouchedSince, Undone
from caseapp.exchange import archives, cells, directory_hsds, directory_hsds_out
from caseapp.services.context import Service, verb
from caseapp.store.directory_entries import IncomingService, NewPlace, Stored
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import memory

KIND = "directory"
STEP = 2000
SAME_SOURCE = 0.5
"""Part of a file's services that a source must know by number and name for the file to be a later edition."""

Progress = Callable[[str, int, int], bool]


@dataclass(frozen=True, slots=True)
class DirectorySummary:
    """True counts table by table; `summary` is the same over all tables, as every import has it."""

    summary: ImportSummary
    tables: Mapping[str, Counts]
    notes: tuple[RowNote, ...]
    source: str


@dataclass(slots=True)
class _Plan:
    """What the reading means for the directory as it is now."""

    source: str
    entries: tuple[Entry, ...]
    stored: dict[tuple[str, str], Stored] = field(default_factory=dict)
    own: set[tuple[str, str]] = field(default_factory=set)
    new: list[Entry] = field(default_factory=list)
    changed: list[tuple[Stored, Said]] = field(default_factory=list)
    counts: Mapping[str, Counts] = field(default_factory=fresh_counts)


def _no_progress(_words: str, _done: int, _all: int) -> bool:
    return True


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
            return _summary(reading, _plan(work, reading, name, source))

    @verb(Right.IMPORT)
    def bring_in(
        self,
        *,
        reading: DirectoryReading,
        name: str,
        source: str = "",
        progress: Progress = _no_progress,
    ) -> DirectorySummary:
        """Write the whole reading in one transaction; raises Cancelled when progress says stop."""
        with memory.uncollected(), self._context.write("import.directory") as work:
            plan = _plan(work, reading, name, source)
            found = _summary(reading, plan)
            if not (plan.new or plan.changed):
                return found
            batch_id = work.imports.add_batch(KIND, name, _hash(plan), found.summary)
            _Writer(work, plan, batch_id, self._context.actor.staff_id, progress).write()
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


def undo(work: UnitOfWork, batch_id: UUID, *, staff_id: UUID) -> Undone:
    """Take a batch of the directory back; raises TouchedSince where work rests on it."""
    brought, changes = work.directory_entries.of_batch(batch_id), work.directory_entries.changes_of(batch_id)
    left = {one.record_id: 1 for one in brought if one.entry.table == "service" and one.record_id}
    left |= {
        one.record_id: at for one, _said, at in changes if one.entry.table == "service" and one.record_id
    }
    organizations = [one.record_id for one in brought if one.entry.table == "organization" and one.record_id]
    touched = work.directory_entries.touched(left)
    touched += work.directory_entries.guests_of(organizations, set(left))
    if touched:
        raise TouchedSince(count=touched)
    _put_back(work, changes, staff_id)
    removed = work.directory_entries.remove(brought)
    work.directory_entries.newest_change()
    work.directory_entries.mark_undone(batch_id)
    work.about(batch_id)
    work.commit(summary={"records": removed + len(changes)})
    return Undone(Change(frozenset({Kind.DIRECTORY, Kind.IMPORT}), record_id=batch_id), removed, len(changes))


def _plan(work: UnitOfWork, reading: DirectoryReading, name: str, source: str) -> _Plan:
    source = source or _source(work, reading, name)
    plan = _Plan(source, assembled(reading, source))
    store = work.directory_entries
    for table, count in reading.rejected.items():
        plan.counts[table].rejected += count
    if store.is_empty():
        plan.new = list(plan.entries)
        count_new(plan.new, plan.counts)
        return plan
    wanted = _wanted(plan.entries)
    plan.stored = store.by_ids(wanted)
    plan.own = (store.own_records(wanted) | {("unit", SLOT)}) - set(plan.stored)
    _compare(work, plan)
    return plan


def _source(work: UnitOfWork, reading: DirectoryReading, name: str) -> str:
    """The source's name: that of an earlier edition of the same list, or else the file's."""
    stem = Path(name).stem or name
    if has_own_ids(reading):
        return stem
    services = reading.tables.get("service", {})
    told_now = [f"{one}\n{row['name']}" for one, row in services.items()]
    sources = work.directory_entries.sources()
    shares = {one: share_known(told_now, work.directory.names_of(one)) for one in sources}
    best = max(shares, key=lambda one: shares[one], default="")
    if best and shares[best] >= SAME_SOURCE:
        return best
    taken, number = stem, 2
    while services and taken in sources:
        taken, number = f"{stem} {number}", number + 1
    return taken


def _wanted(entries: Iterable[Entry]) -> dict[str, set[str]]:
    """Every entry, and every one that a service leans on."""
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        wanted.setdefault(entry.table, set()).add(entry.id)
        if entry.table != "service":
            continue
        for table, column, target in (
            ("service", "organization_id", "organization"),
            ("service_at_location", "location_id", "location"),
            ("attribute", "taxonomy_term_id", "taxonomy_term"),
        ):
            found = (row[column] for row in entry.rows(table) if row.get(column))
            wanted.setdefault(target, set()).update(found)
    return wanted


def _compare(work: UnitOfWork, plan: _Plan) -> None:
    told_ids = {(table, one) for entry in plan.entries for table, rows in entry.said.items() for one in rows}
    ours = _Ours(work)
    for entry in plan.entries:
        key = (entry.table, entry.id)
        stored = plan.stored.get(key)
        if stored is None and key not in plan.own:
            plan.new.append(entry)
            count_new([entry], plan.counts)
            continue
        before = stored.entry.said if stored else {}
        found = compare(
            entry,
            before,
            lambda one=stored, each=entry: ours.of(one, each),  # type: ignore[misc]
            plan.counts,
            lambda table, one: (table, one) in told_ids,
        )
        if found.is_changed and stored:
            plan.changed.append((stored, found.said))


class _Ours:
    """Our own view of an entry, as an export would tell it."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._places = work.directory_entries.places_of()
        self._facts: dict[UUID, PlaceFacts] | None = None

    def of(self, stored: Stored | None, entry: Entry) -> Said:
        """What we say of an entry now, required columns filled."""
        said = self._said(stored, entry)
        return {
            table: {one: directory_hsds_out.filled(table, row) for one, row in rows.items()}
            for table, rows in said.items()
        }

    def _said(self, stored: Stored | None, entry: Entry) -> Said:
        record_id = stored.record_id if stored else UUID(entry.id)
        if entry.table == "service" and record_id:
            return self._service(stored, record_id)
        if stored is not None:
            return named_organization(stored.entry)
        if entry.table == "organization":
            told_of = next((one for one in self._work.directory.organizations() if one[0] == record_id), None)
            return own_organization(*told_of) if told_of else {}
        if entry.table == "unit":
            return own_unit()
        if self._facts is None:
            self._facts = self._work.directory_entries.all_places()
        place = self._facts.get(UUID(entry.id))
        return own_place(UUID(entry.id), place) if place else {}

    def _service(self, stored: Stored | None, record_id: UUID) -> Said:
        service = self._work.directory.get(record_id)
        if stored is None:
            return own_service(service, str(service.organization_id), self._places.get(record_id, ()))
        projected = service_facts(stored.entry, _finder(self._work, [stored.entry]))
        return with_ours(stored.entry, projected, service, stored.entry.row.get("organization_id", ""))


def _finder(work: UnitOfWork, entries: Iterable[Entry]) -> Find:
    """What is stored of all that these entries lean on."""
    found = work.directory_entries.by_ids(_wanted(entries))
    return lambda table, one: stored.entry if (stored := found.get((table, one))) else None


class _Writer:
    """Writes a plan: organizations and places before the services that lean on them."""

    def __init__(
        self, work: UnitOfWork, plan: _Plan, batch_id: UUID, staff_id: UUID, progress: Progress
    ) -> None:
        self._work, self._plan, self._batch_id = work, plan, batch_id
        self._staff_id, self._progress = staff_id, progress
        self._store = work.directory_entries
        self._records = {key: one.record_id for key, one in plan.stored.items() if one.record_id}
        self._records |= {key: UUID(key[1]) for key in plan.own}
        self._now = {(one.table, one.id): one for one in plan.new}
        for stored, said in plan.changed:
            self._now[stored.entry.table, stored.entry.id] = replace(stored.entry, said=said)

    def write(self) -> None:
        """Everything, in steps that can be stopped between."""
        self._name_the_unnamed()
        new = {table: [one for one in self._plan.new if one.table == table] for table in ROOTS}
        self._write_organizations(new["organization"])
        self._write_places(new["location"])
        self._change_roots()
        self._write_services(new["service"])
        self._change_services()
        for start in range(0, len(self._plan.new), STEP):
            some = self._plan.new[start : start + STEP]
            kept = [(one, self._records.get((one.table, one.id))) for one in some]
            self._store.keep(kept, source=self._plan.source, batch_id=self._batch_id)
        if self._plan.changed:
            self._store.newest_change()

    def _find(self, table: str, one: str) -> Entry | None:
        found = self._now.get((table, one))
        stored = self._plan.stored.get((table, one))
        return found or (stored.entry if stored else None)

    def _find_before(self, table: str, one: str) -> Entry | None:
        stored = self._plan.stored.get((table, one))
        return stored.entry if stored else self._now.get((table, one))

    def _name_the_unnamed(self) -> None:
        """An organization that services point to and nobody tells still stands, so that they can."""
        for entry in [one for one in self._plan.new if one.table == "service"]:
            organization = self._organization_of(entry)
            if ("organization", organization) in self._records or ("organization", organization) in self._now:
                continue
            made = Entry(
                "organization",
                organization,
                organization,
                {"organization": {organization: {"id": organization}}},
            )
            self._plan.new.insert(0, made)
            self._now["organization", organization] = made

    def _organization_of(self, entry: Entry) -> str:
        return entry.row.get("organization_id") or made_id(self._plan.source, "organization", "")

    def _write_organizations(self, new: Sequence[Entry]) -> None:
        ids = list(self._store.room_for(len(new)))
        self._records |= {(one.table, one.id): made for one, made in zip(new, ids, strict=True)}
        rows = [(made, organization_facts(one), one.source_id) for one, made in zip(new, ids, strict=True)]
        self._store.add_organizations(rows, source=self._plan.source, staff_id=self._staff_id)

    def _write_places(self, new: Sequence[Entry]) -> None:
        ids = list(self._store.room_for(len(new)))
        self._records |= {(one.table, one.id): made for one, made in zip(new, ids, strict=True)}
        places = [
            NewPlace(
                made,
                self._records.get(("organization", one.row.get("organization_id", ""))),
                place_facts(one),
            )
            for one, made in zip(new, ids, strict=True)
        ]
        self._store.add_places(places, staff_id=self._staff_id)

    def _write_services(self, new: Sequence[Entry]) -> None:
        for start in range(0, len(new), STEP):
            self._report("Writing services", start, len(new))
            some = new[start : start + STEP]
            ids = list(self._store.room_for(len(some)))
            self._records |= {(one.table, one.id): made for one, made in zip(some, ids, strict=True)}
            made = [self._incoming(one, service_facts(one, self._find)) for one in some]
            self._store.add_services(made, source=self._plan.source, staff_id=self._staff_id)

    def _incoming(self, entry: Entry, facts: NewService) -> IncomingService:
        places = (
            self._records.get(("location", row.get("location_id", "")))
            for row in entry.rows("service_at_location")
        )
        return IncomingService(
            id=self._records["service", entry.id],
            organization_id=self._records["organization", self._organization_of(entry)],
            facts=facts,
            places=tuple(one for one in places if one),
            source_id=entry.source_id,
        )

    def _change_roots(self) -> None:
        for stored, said in self._plan.changed:
            entry = replace(stored.entry, said=said)
            if stored.record_id and entry.table == "organization":
                self._store.change_organization(
                    stored.record_id, organization_facts(entry), staff_id=self._staff_id
                )
            elif stored.record_id and entry.table == "location":
                self._store.change_place(stored.record_id, place_facts(entry), staff_id=self._staff_id)

    def _change_services(self) -> None:
        total = len(self._plan.changed)
        for number, (stored, said) in enumerate(self._plan.changed):
            self._report("Updating services", number, total)
            if stored.record_id and stored.entry.table == "service":
                before = service_facts(stored.entry, self._find_before)
                after = service_facts(replace(stored.entry, said=said), self._find)
                self._change_service(stored, replace(stored.entry, said=said), before, after)
            self._store.keep_change(stored, said, batch_id=self._batch_id)

    def _change_service(self, stored: Stored, entry: Entry, before: NewService, after: NewService) -> None:
        assert stored.record_id is not None  # noqa: S101
        facts = _with_news(self._work.directory.get(stored.record_id), before, after)
        organization = self._records.get(("organization", self._organization_of(entry)))
        if organization is None:
            organization = self._work.directory.get(stored.record_id).organization_id
            self._records["organization", self._organization_of(entry)] = organization
        self._store.change_service(self._incoming(entry, facts), staff_id=self._staff_id)

    def _report(self, words: str, done: int, total: int) -> None:
        if not self._progress(words, done, total):
            raise Cancelled()


def _with_news(stands: DirectoryEntry, before: NewService, after: NewService) -> NewService:
    """What stands, but for the facts of which the source says something else than it did."""
    facts = {
        one.name: getattr(
            after if getattr(before, one.name) != getattr(after, one.name) else stands, one.name
        )
        for one in fields(NewService)
        if one.name != "hours"
    }
    return NewService(**facts)


def _put_back(work: UnitOfWork, changes: Sequence[tuple[Stored, Said, int]], staff_id: UUID) -> None:
    for stored, said, _version in changes:
        entry = replace(stored.entry, said=said)
        if stored.record_id and entry.table == "organization":
            work.directory_entries.change_organization(
                stored.record_id, organization_facts(entry), staff_id=staff_id
            )
        elif stored.record_id and entry.table == "location":
            work.directory_entries.change_place(stored.record_id, place_facts(entry), staff_id=staff_id)
        elif stored.record_id and entry.table == "service":
            _put_service_back(work, stored, entry, staff_id)
        work.directory_entries.put_back(stored, said)


def _put_service_back(work: UnitOfWork, stored: Stored, entry: Entry, staff_id: UUID) -> None:
    assert stored.record_id is not None  # noqa: S101
    find = _finder(work, [stored.entry, entry])
    stands = work.directory.get(stored.record_id)
    facts = _with_news(stands, service_facts(stored.entry, find), service_facts(entry, find))
    records = work.directory_entries.by_ids(_wanted([entry]))
    rows = (row.get("location_id", "") for row in entry.rows("service_at_location"))
    places = (records[key].record_id for one in rows if (key := ("location", one)) in records)
    organization = records.get(("organization", entry.row.get("organization_id", "")))
    work.directory_entries.change_service(
        IncomingService(
            stored.record_id,
            (organization.record_id if organization else None) or stands.organization_id,
            facts,
            tuple(one for one in places if one),
            entry.source_id,
        ),
        staff_id=staff_id,
    )


def _everything(work: UnitOfWork) -> Iterator[Said]:
    """What every source said, with ours in its place, and all that no source brought.

    A row that once hung on nothing and later on a service stands twice; the later one is yielded last.
    """
    entries = sorted(work.directory_entries.everything(), key=lambda one: one.entry.table in ROOTS)
    by_key = {(one.entry.table, one.entry.id): one.entry for one in entries}
    named = {one.record_id: one.entry.id for one in entries if one.record_id}
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


def named_organization(entry: Entry) -> Said:
    """What was said; an organization that nobody named gets the words that stand for it."""
    if entry.table != "organization" or entry.row.get("name"):
        return entry.said
    return {**entry.said, "organization": {entry.id: {**entry.row, "name": organization_facts(entry).name}}}


def own_organization(organization_id: UUID, name: str, description: str) -> Said:
    """An organization that no source brought."""
    row = {"id": str(organization_id), "name": name, "description": description}
    return {"organization": {row["id"]: row}}


def own_place(place_id: UUID, place: PlaceFacts) -> Said:
    """A place that no source brought, with its address."""
    key, address = str(place_id), str(uuid5(SPACE, f"address\n{place_id}"))
    said: Said = {"location": {key: {"id": key, "location_type": place.kind, "name": place.name}}}
    said["address"] = {
        address: {
            "id": address,
            "location_id": key,
            "address_1": place.address,
            "city": place.city,
            "state_province": place.state,
            "postal_code": place.postal_code,
            "address_type": "physical",
        }
    }
    return said


def own_unit() -> Said:
    """The unit in which places are counted here."""
    return {"unit": {SLOT: {"id": SLOT, "name": "slot"}}}


def own_service(service: DirectoryEntry, organization_id: str, places: Iterable[UUID]) -> Said:
    """A service that no source brought, and where it is."""
    said = told(service, str(service.id), organization_id)
    for place in places:
        key = str(uuid5(service.id, f"at\n{place}"))
        row = {"id": key, "service_id": str(service.id), "location_id": str(place)}
        said.setdefault("service_at_location", {})[key] = row
    return said


def _summary(reading: DirectoryReading, plan: _Plan) -> DirectorySummary:
    counts = list(plan.counts.values())
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
    return DirectorySummary(summary, plan.counts, reading.notes, plan.source)


def _hash(plan: _Plan) -> str:
    digest = hashlib.sha256(plan.source.encode())
    for entry in plan.entries:
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
