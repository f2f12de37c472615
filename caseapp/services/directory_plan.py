"""What a directory that was read means for the one that is held: new, changed or the same, row by row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from uuid import UUID, uuid5

from caseapp.domain.directory import Service as DirectoryEntry
from caseapp.domain.directory_entries import (
    SPACE,
    Counts,
    Entry,
    Said,
    assembled,
    compare,
    count_new,
    count_same,
    fresh_counts,
    has_own_ids,
    share_known,
)
from caseapp.domain.directory_facts import Find, PlaceFacts, organization_facts, service_facts
from caseapp.domain.directory_reading import DirectoryReading
from caseapp.domain.directory_told import SLOT, told, with_ours
from caseapp.exchange import directory_hsds_out
from caseapp.store.directory_kept import Stored
from caseapp.store.unit_of_work import UnitOfWork

SAME_SOURCE = 0.5
"""Part of a file's services that a source must know by number and name for the file to be a later edition."""


@dataclass(slots=True)
class Plan:
    """What the reading means for the directory as it is now."""

    source: str
    entries: tuple[Entry, ...]
    stored: dict[tuple[str, str], Stored] = field(default_factory=dict)
    own: set[tuple[str, str]] = field(default_factory=set)
    new: list[Entry] = field(default_factory=list)
    changed: list[tuple[Stored, Said]] = field(default_factory=list)
    counts: Mapping[str, Counts] = field(default_factory=fresh_counts)


def plan(work: UnitOfWork, reading: DirectoryReading, name: str, source: str) -> Plan:
    """Sort every entry of a reading into new, changed and the same; writes nothing."""
    source = source or _source(work, reading, name)
    made = Plan(source, assembled(reading, source))
    store = work.directory_entries
    for table, count in reading.rejected.items():
        made.counts[table].rejected += count
    if store.is_empty():
        made.new = list(made.entries)
        for table, rows in reading.tables.items():
            made.counts[table].new += len(rows)
        return made
    asked = wanted(made.entries)
    made.stored = store.by_ids(asked)
    unknown = {table: [one for one in ids if (table, one) not in made.stored] for table, ids in asked.items()}
    made.own = (store.own_records(unknown) | {("unit", SLOT)}) - set(made.stored)
    _compare(work, made)
    return made


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


def wanted(entries: Iterable[Entry]) -> dict[str, set[str]]:
    """Every entry, and every one that a service leans on."""
    found: dict[str, set[str]] = {}
    for entry in entries:
        found.setdefault(entry.table, set()).add(entry.id)
        if entry.table != "service":
            continue
        for table, column, target in (
            ("service", "organization_id", "organization"),
            ("service_at_location", "location_id", "location"),
            ("attribute", "taxonomy_term_id", "taxonomy_term"),
        ):
            ids = (row[column] for row in entry.rows(table) if row.get(column))
            found.setdefault(target, set()).update(ids)
    return found


def _compare(work: UnitOfWork, plan: Plan) -> None:
    """Most entries of a later edition say what they said, and are known by their text alone."""
    others: list[tuple[Entry, Stored | None]] = []
    for entry in plan.entries:
        key = (entry.table, entry.id)
        stored = plan.stored.get(key)
        if stored is not None and stored.says(entry):
            count_same(entry, plan.counts)
        elif stored is not None or key in plan.own:
            others.append((entry, stored))
        else:
            plan.new.append(entry)
            count_new([entry], plan.counts)
    if others:
        _compare_others(work, plan, others)


def _compare_others(work: UnitOfWork, plan: Plan, others: Sequence[tuple[Entry, Stored | None]]) -> None:
    told_ids = {(table, one) for entry in plan.entries for table, rows in entry.said.items() for one in rows}
    ours = Ours(work, others)
    for entry, stored in others:
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


class Ours:
    """Our own view of entries, as an export would tell them; what they lean on is read once for all."""

    def __init__(self, work: UnitOfWork, entries: Sequence[tuple[Entry, Stored | None]]) -> None:
        self._work = work
        self._entries = entries

    @cached_property
    def _services(self) -> dict[UUID, DirectoryEntry]:
        ids = [_record_of(entry, stored) for entry, stored in self._entries if entry.table == "service"]
        return {one.id: one for one in self._work.directory.many(filter(None, ids))}

    @cached_property
    def _find(self) -> Find:
        return finder(self._work, [stored.entry for _entry, stored in self._entries if stored])

    @cached_property
    def _at(self) -> dict[UUID, list[UUID]]:
        return self._work.directory_entries.places_of()

    @cached_property
    def _places(self) -> dict[UUID, PlaceFacts]:
        return self._work.directory_entries.all_places()

    @cached_property
    def _organizations(self) -> dict[UUID, tuple[UUID, str, str]]:
        return {one[0]: one for one in self._work.directory.organizations()}

    def of(self, stored: Stored | None, entry: Entry) -> Said:
        """What we say of an entry now, required columns filled."""
        said = self._said(stored, entry)
        return {
            table: {one: directory_hsds_out.filled(table, row) for one, row in rows.items()}
            for table, rows in said.items()
        }

    def _said(self, stored: Stored | None, entry: Entry) -> Said:
        record_id = _record_of(entry, stored)
        if entry.table == "service" and record_id:
            return self._service(stored, record_id)
        if stored is not None:
            return named_organization(stored.entry)
        if entry.table == "organization":
            told_of = self._organizations.get(UUID(entry.id))
            return own_organization(*told_of) if told_of else {}
        if entry.table == "unit":
            return own_unit()
        place = self._places.get(UUID(entry.id))
        return own_place(UUID(entry.id), place) if place else {}

    def _service(self, stored: Stored | None, record_id: UUID) -> Said:
        service = self._services.get(record_id)
        if service is None:
            return stored.entry.said if stored else {}
        if stored is None:
            return own_service(service, str(service.organization_id), self._at.get(record_id, ()))
        projected = service_facts(stored.entry, self._find)
        return with_ours(stored.entry, projected, service, stored.entry.row.get("organization_id", ""))


def _record_of(entry: Entry, stored: Stored | None) -> UUID | None:
    """Our own record of an entry; one that no source brought is named by our id."""
    return stored.record_id if stored else UUID(entry.id)


def finder(work: UnitOfWork, entries: Iterable[Entry]) -> Find:
    """What is stored of all that these entries lean on."""
    found = work.directory_entries.by_ids(wanted(entries))
    return lambda table, one: stored.entry if (stored := found.get((table, one))) else None


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
