"""What sources said of the directory beside the rows made of it: written in bulk, found again, taken back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from caseapp.domain.directory import NewService
from caseapp.domain.directory_entries import Entry, Said
from caseapp.domain.directory_facts import OrganizationFacts, PlaceFacts
from caseapp.store.bulk import each_once, insert_columns, table_of
from caseapp.store.directory import plain_rules, service_columns
from caseapp.store.ids import ids_in_order
from caseapp.store.repository import Repository
from caseapp.store.tables.directory import (
    DirectoryEntryRow,
    LocationRow,
    OrganizationRow,
    ServiceAtLocationRow,
    ServiceCapacityRow,
    ServiceRow,
)
from caseapp.store.tables.journal import ImportBatchRow, ImportChangeRow
from caseapp.store.tables.referrals import ReferralRow

CHUNK = 2000
_ENTRY, _CHANGE = table_of(DirectoryEntryRow), table_of(ImportChangeRow)
_SERVICE, _PLACE = table_of(ServiceRow), table_of(LocationRow)
_ORGANIZATION, _AT = table_of(OrganizationRow), table_of(ServiceAtLocationRow)
_OF_ROOT: dict[str, Any] = {"organization": _ORGANIZATION, "location": _PLACE, "service": _SERVICE}
_PARTS = (ServiceCapacityRow, ServiceAtLocationRow)


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as it is kept; `record_id` is our own organization, place or service, if it is one."""

    id: UUID
    entry: Entry
    source: str
    record_id: UUID | None
    batch_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place to write under an id chosen before."""

    id: UUID
    organization_id: UUID | None
    facts: PlaceFacts


@dataclass(frozen=True, slots=True)
class IncomingService:
    """A service to write, with our ids of its organization and places."""

    id: UUID
    organization_id: UUID
    facts: NewService
    places: tuple[UUID, ...]
    source_id: str


class DirectoryEntryStore(Repository):
    """Reads and writes entries."""

    def by_ids(self, wanted: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], Stored]:
        """The stored entries of these tables and ids."""
        found: dict[tuple[str, str], Stored] = {}
        for table, ids in wanted.items():
            for some in _chunks(map(UUID, ids)):
                where = (_ENTRY.c.table_name == table) & _ENTRY.c.hsds_id.in_(some)
                for row in self._session.execute(select(_ENTRY).where(where)):
                    found[table, str(row.hsds_id)] = _to_stored(row)
        return found

    def own_records(self, wanted: Mapping[str, Iterable[str]]) -> set[tuple[str, str]]:
        """Which of these are records of ours that no source brought: our own export names them by our ids."""
        found: set[tuple[str, str]] = set()
        for table in set(wanted) & set(_OF_ROOT):
            rows = _OF_ROOT[table]
            for some in _chunks(map(UUID, wanted[table])):
                query = select(rows.c.id).where(rows.c.id.in_(some))
                found |= {(table, str(one)) for one in self._session.scalars(query)}
        return found

    def everything(self) -> Iterator[Stored]:
        """All entries, roots before what hangs on them."""
        for row in self._session.execute(select(_ENTRY).order_by(_ENTRY.c.table_name, _ENTRY.c.id)):
            yield _to_stored(row)

    def is_empty(self) -> bool:
        """Whether nothing of the directory is stored, so that nothing need be compared."""
        return all(
            self._session.execute(select(rows.c.id).limit(1)).first() is None
            for rows in (_ENTRY, _ORGANIZATION)
        )

    def sources(self) -> tuple[str, ...]:
        """Names of the sources so far."""
        return tuple(self._session.scalars(select(_ENTRY.c.source).distinct().order_by(_ENTRY.c.source)))

    def source_ids(self, source: str, table: str) -> set[str]:
        """Ids in a source's own words."""
        where = (_ENTRY.c.source == source) & (_ENTRY.c.table_name == table)
        return set(self._session.scalars(select(_ENTRY.c.source_id).where(where)))

    def room_for(self, count: int) -> Iterator[UUID]:
        """Ids in rising order for rows to be written."""
        return ids_in_order(self._now, count)

    def add_organizations(
        self, made: Sequence[tuple[UUID, OrganizationFacts, str]], *, source: str, staff_id: UUID
    ) -> None:
        """Write organizations: id, facts, id at the source."""
        columns: dict[str, Sequence[Any]] = {
            "id": [one[0] for one in made],
            "name": [one[1].name for one in made],
            "alternate_name": [one[1].alternate_name for one in made],
            "description": [one[1].description for one in made],
            "email": [one[1].email for one in made],
            "website": [one[1].website for one in made],
            "source_id": [one[2] for one in made],
        }
        same = {"source": source, "extra": {}, **self._stamp(staff_id)}
        insert_columns(self._session, OrganizationRow, columns, same, len(made))

    def add_places(self, made: Sequence[NewPlace], *, staff_id: UUID) -> None:
        """Write places."""
        columns: dict[str, Sequence[Any]] = {
            "id": [one.id for one in made],
            "organization_id": [one.organization_id for one in made],
            **_transposed([_place_columns(one.facts) for one in made]),
        }
        insert_columns(self._session, LocationRow, columns, self._stamp(staff_id), len(made))

    def add_services(self, made: Sequence[IncomingService], *, source: str, staff_id: UUID) -> None:
        """Write services with their parts and where they are."""
        if not made:
            return
        rows = [service_columns(one.facts) for one in made]
        columns: dict[str, Sequence[Any]] = {
            "id": [one.id for one in made],
            "organization_id": [one.organization_id for one in made],
            "source_id": [one.source_id for one in made],
            **_transposed(rows),
            "hours": each_once(plain_rules, [one.facts.all_rules for one in made]),
        }
        same = {"assured_by": "", "source": source, "extra": {}, **self._stamp(staff_id)}
        insert_columns(self._session, ServiceRow, columns, same, len(made))
        self._add_parts(made)

    def change_service(self, one: IncomingService, *, staff_id: UUID) -> None:
        """Write what a source says otherwise of a known service."""
        self._touch(
            _SERVICE, one.id, {**service_columns(one.facts), "organization_id": one.organization_id}, staff_id
        )
        for part in _PARTS:
            rows = table_of(part)
            self._session.execute(delete(rows).where(rows.c.service_id == one.id))
        self._add_parts([one])

    def change_place(self, place_id: UUID, facts: PlaceFacts, *, staff_id: UUID) -> None:
        """Write what a source says otherwise of a known place."""
        self._touch(_PLACE, place_id, _place_columns(facts), staff_id)

    def change_organization(self, organization_id: UUID, facts: OrganizationFacts, *, staff_id: UUID) -> None:
        """Write what a source says otherwise of a known organization."""
        values = {
            "name": facts.name,
            "alternate_name": facts.alternate_name,
            "description": facts.description,
            "email": facts.email,
            "website": facts.website,
        }
        self._touch(_ORGANIZATION, organization_id, values, staff_id)

    def keep(self, entries: Sequence[tuple[Entry, UUID | None]], *, source: str, batch_id: UUID) -> None:
        """Keep what a source said for the first time, each with our record of it."""
        columns: dict[str, Sequence[Any]] = {
            "id": list(ids_in_order(self._now, len(entries))),
            "table_name": [one.table for one, _record in entries],
            "hsds_id": [UUID(one.id) for one, _record in entries],
            "source_id": [one.source_id for one, _record in entries],
            "record_id": [record for _one, record in entries],
            "said": [_short(one.table, one.id, one.said) for one, _record in entries],
        }
        same = {"source": source, "batch_id": batch_id}
        insert_columns(self._session, DirectoryEntryRow, columns, same, len(entries))

    def keep_change(self, stored: Stored, said: Said, *, batch_id: UUID) -> None:
        """Keep what a source says now, and beside the batch what it said before."""
        root = stored.entry.table, stored.entry.id
        before = {"said": _short(*root, stored.entry.said), "version": self._version(stored)}
        change = {"id": self._new_id(), "batch_id": batch_id, "record_id": stored.id, "before": before}
        self._session.execute(insert(_CHANGE), [change])
        self._session.execute(update(_ENTRY).where(_ENTRY.c.id == stored.id).values(said=_short(*root, said)))

    def of_batch(self, batch_id: UUID) -> list[Stored]:
        """Entries that a batch brought."""
        query = select(_ENTRY).where(_ENTRY.c.batch_id == batch_id)
        return [_to_stored(row) for row in self._session.execute(query)]

    def changes_of(self, batch_id: UUID) -> list[tuple[Stored, Said, int]]:
        """Entries that a batch changed, with what they said before and the version it left."""
        query = (
            select(_ENTRY, _CHANGE.c.before)
            .join(_CHANGE, _CHANGE.c.record_id == _ENTRY.c.id)
            .where(_CHANGE.c.batch_id == batch_id)
        )
        return [
            (
                _to_stored(row),
                _full(row.table_name, str(row.hsds_id), row.before["said"]),
                row.before["version"],
            )
            for row in self._session.execute(query)
        ]

    def touched(self, records: Mapping[UUID, int]) -> int:
        """How many services carry a referral, or later work than the version that an import left."""
        count = 0
        for some in _chunks(records):
            query = select(_SERVICE.c.id, _SERVICE.c.version).where(_SERVICE.c.id.in_(some))
            later = {row.id for row in self._session.execute(query) if row.version != records[row.id]}
            referred = self._session.scalars(
                select(ReferralRow.service_id).where(ReferralRow.service_id.in_(some)).distinct()
            )
            count += len(later | set(referred))
        return count

    def guests_of(self, organization_ids: Sequence[UUID], own_services: set[UUID]) -> int:
        """How many services hang on these organizations that are not among the batch's own."""
        found: set[UUID] = set()
        for some in _chunks(organization_ids):
            found |= set(
                self._session.scalars(select(_SERVICE.c.id).where(_SERVICE.c.organization_id.in_(some)))
            )
        return len(found - own_services)

    def remove(self, entries: Sequence[Stored]) -> int:
        """Take entries away with the records made of them; returns how many records that were."""
        by_table: dict[str, list[UUID]] = {}
        for one in entries:
            if one.record_id is not None:
                by_table.setdefault(one.entry.table, []).append(one.record_id)
        for some in _chunks(by_table.get("service", [])):
            for part in _PARTS:
                rows = table_of(part)
                self._session.execute(delete(rows).where(rows.c.service_id.in_(some)))
        for some in _chunks(by_table.get("location", [])):
            self._session.execute(delete(_AT).where(_AT.c.location_id.in_(some)))
        for table in ("service", "location", "organization"):
            for some in _chunks(by_table.get(table, [])):
                self._session.execute(delete(_OF_ROOT[table]).where(_OF_ROOT[table].c.id.in_(some)))
        for some in _chunks(one.id for one in entries):
            self._session.execute(delete(_ENTRY).where(_ENTRY.c.id.in_(some)))
        return sum(map(len, by_table.values()))

    def put_back(self, stored: Stored, said: Said) -> None:
        """Let an entry say again what it said before."""
        kept = _short(stored.entry.table, stored.entry.id, said)
        self._session.execute(update(_ENTRY).where(_ENTRY.c.id == stored.id).values(said=kept))

    def mark_undone(self, batch_id: UUID) -> None:
        """Write that a batch was taken back."""
        self._get(ImportBatchRow, batch_id).undone_at = self._now

    def newest_change(self) -> None:
        """Give one service a new instant, so that whoever holds the directory in memory reads it again."""
        newest = select(_SERVICE.c.id).order_by(_SERVICE.c.id.desc()).limit(1).scalar_subquery()
        self._session.execute(update(_SERVICE).where(_SERVICE.c.id == newest).values(changed_at=self._now))

    def places_of(self) -> dict[UUID, list[UUID]]:
        """Service -> its places, of all."""
        found: dict[UUID, list[UUID]] = {}
        for row in self._session.execute(select(_AT.c.service_id, _AT.c.location_id).order_by(_AT.c.id)):
            found.setdefault(row.service_id, []).append(row.location_id)
        return found

    def all_places(self) -> dict[UUID, PlaceFacts]:
        """Every place of ours."""
        return {row.id: _to_place(row) for row in self._session.execute(select(_PLACE))}

    def _version(self, stored: Stored) -> int:
        rows = _OF_ROOT.get(stored.entry.table)
        if rows is None or stored.record_id is None:
            return 0
        return self._session.scalar(select(rows.c.version).where(rows.c.id == stored.record_id)) or 0

    def _touch(self, rows: Any, record_id: UUID, values: dict[str, Any], staff_id: UUID) -> None:
        self._session.execute(
            update(rows)
            .where(rows.c.id == record_id)
            .values(**values, changed_at=self._now, changed_by=staff_id, version=rows.c.version + 1)
        )

    def _add_parts(self, made: Sequence[IncomingService]) -> None:
        rooms = [_capacity_columns(one) for one in made if one.facts.capacity_on]
        places = [
            {"service_id": one.id, "location_id": place}
            for one in made
            for place in dict.fromkeys(one.places)
        ]
        for row, listed in (
            (ServiceCapacityRow, rooms),
            (ServiceAtLocationRow, places),
        ):
            self._insert(row, listed)

    def _insert(self, row: Any, listed: Sequence[Mapping[str, Any]]) -> None:
        if not listed:
            return
        columns: dict[str, Sequence[Any]] = {name: [one[name] for one in listed] for name in listed[0]}
        columns["id"] = list(ids_in_order(self._now, len(listed)))
        insert_columns(self._session, row, columns, {}, len(listed))

    def _stamp(self, staff_id: UUID) -> dict[str, Any]:
        return {
            "created_at": self._now,
            "changed_at": self._now,
            "created_by": staff_id,
            "changed_by": staff_id,
            "version": 1,
        }

    def count_services(self) -> int:
        """How many services there are, active or not."""
        return self._session.scalar(select(func.count()).select_from(_SERVICE)) or 0


_PLACE_COLUMNS = (
    "location_type",
    "name",
    "address_1",
    "city",
    "state_province",
    "postal_code",
    "latitude",
    "longitude",
    "accessibility",
)


def _place_columns(facts: PlaceFacts) -> dict[str, Any]:
    values = (
        facts.kind,
        facts.name,
        facts.address,
        facts.city,
        facts.state,
        facts.postal_code,
        facts.latitude,
        facts.longitude,
        facts.accessibility,
    )
    return dict(zip(_PLACE_COLUMNS, values, strict=True))


def _transposed(rows: Sequence[Mapping[str, Any]]) -> dict[str, Sequence[Any]]:
    """Rows of the same columns, column by column."""
    if not rows:
        return {}
    return dict(zip(rows[0], zip(*(row.values() for row in rows), strict=True), strict=True))


def _to_place(row: Any) -> PlaceFacts:
    return PlaceFacts(
        row.location_type,
        row.name,
        row.address_1,
        row.city,
        row.state_province,
        row.postal_code,
        row.latitude,
        row.longitude,
        row.accessibility,
    )


def _capacity_columns(one: IncomingService) -> dict[str, Any]:
    return {
        "service_id": one.id,
        "available": one.facts.capacity_available or 0,
        "maximum": None,
        "unit": "slot",
        "updated_on": one.facts.capacity_on,
        "said_by": one.facts.capacity_said_by,
    }


def _to_stored(row: Any) -> Stored:
    key = str(row.hsds_id)
    entry = Entry(row.table_name, key, row.source_id, _full(row.table_name, key, row.said))
    return Stored(row.id, entry, row.source, row.record_id, row.batch_id)


def _short(table: str, key: str, said: Said) -> Said:
    """As it is kept: no row repeats its own id, and a link to the root is empty."""
    link = f"{table}_id"
    return {
        name: {
            one: {
                column: "" if column == link and text == key else text
                for column, text in row.items()
                if column != "id"
            }
            for one, row in rows.items()
        }
        for name, rows in said.items()
    }


def _full(table: str, key: str, kept: Said) -> Said:
    """What was said, of what `_short` made of it; rows kept in full are left as they are."""
    link = f"{table}_id"
    return {
        name: {
            one: {"id": one, **row, **({link: key} if row.get(link) == "" else {})}
            for one, row in rows.items()
        }
        for name, rows in kept.items()
    }


def _chunks(items: Iterable[UUID]) -> Iterator[list[UUID]]:
    source = iter(items)
    while some := list(islice(source, CHUNK)):
        yield some
