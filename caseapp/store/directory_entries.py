"""What sources said of the directory beside the rows made of it: found again, taken back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Text, cast, delete, select, update

from caseapp.domain.directory_entries import Said
from caseapp.domain.directory_facts import PlaceFacts
from caseapp.store.bulk import table_of
from caseapp.store.chunks import CHUNK, chunks
from caseapp.store.directory_kept import Stored, to_key, unpacked
from caseapp.store.repository import Repository
from caseapp.store.tables.base import raw
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

_ENTRY, _CHANGE = table_of(DirectoryEntryRow), table_of(ImportChangeRow)
_SERVICE, _PLACE = table_of(ServiceRow), table_of(LocationRow)
_ORGANIZATION, _AT = table_of(OrganizationRow), table_of(ServiceAtLocationRow)
_OF_ROOT: dict[str, Any] = {"organization": _ORGANIZATION, "location": _PLACE, "service": _SERVICE}
_PARTS = (ServiceCapacityRow, ServiceAtLocationRow)
_KEPT = (
    _ENTRY.c.table_name,
    raw(_ENTRY.c.hsds_id),
    _ENTRY.c.source,
    _ENTRY.c.source_id,
    cast(_ENTRY.c.said, Text),
    raw(_ENTRY.c.id),
    raw(_ENTRY.c.record_id),
    raw(_ENTRY.c.batch_id),
)
"""An entry's columns in the order of `Stored`, each as the database keeps it."""


class DirectoryEntryStore(Repository):
    """Reads and writes entries."""

    def by_ids(self, wanted: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], Stored]:
        """The stored entries of these tables and ids."""
        found: dict[tuple[str, str], Stored] = {}
        for table, ids in wanted.items():
            for stored in self._of_table(table, set(ids)):
                found[table, stored.key] = stored
        return found

    def _of_table(self, table: str, ids: set[str]) -> Iterator[Stored]:
        """Those of the ids; where there are many of them, the table is read and they are picked."""
        query = select(*_KEPT).where(_ENTRY.c.table_name == table)
        if len(ids) > CHUNK:
            each = map(_to_stored, self._session.execute(query))
            yield from (stored for stored in each if stored.key in ids)
            return
        where = _ENTRY.c.hsds_id.in_(list(map(UUID, ids)))
        yield from map(_to_stored, self._session.execute(query.where(where)))

    def own_records(self, wanted: Mapping[str, Iterable[str]]) -> set[tuple[str, str]]:
        """Which of these are records of ours that no source brought: our own export names them by our ids."""
        found: set[tuple[str, str]] = set()
        for table in set(wanted) & set(_OF_ROOT):
            rows = _OF_ROOT[table]
            for some in chunks(map(UUID, wanted[table])):
                query = select(rows.c.id).where(rows.c.id.in_(some))
                found |= {(table, str(one)) for one in self._session.scalars(query)}
        return found

    def everything(self) -> Iterator[Stored]:
        """All entries, roots before what hangs on them."""
        query = select(*_KEPT).order_by(_ENTRY.c.table_name, _ENTRY.c.id)
        yield from map(_to_stored, self._session.execute(query))

    def is_empty(self) -> bool:
        """Whether nothing of the directory is stored, so that nothing need be compared."""
        return all(
            self._session.execute(select(rows.c.id).limit(1)).first() is None
            for rows in (_ENTRY, _ORGANIZATION)
        )

    def sources(self) -> tuple[str, ...]:
        """Names of the sources so far."""
        return tuple(self._session.scalars(select(_ENTRY.c.source).distinct().order_by(_ENTRY.c.source)))

    def of_batch(self, batch_id: UUID) -> list[Stored]:
        """Entries that a batch brought."""
        query = select(*_KEPT).where(_ENTRY.c.batch_id == batch_id)
        return list(map(_to_stored, self._session.execute(query)))

    def changes_of(self, batch_id: UUID) -> list[tuple[Stored, Said, int]]:
        """Entries that a batch changed, with what they said before and the version it left."""
        query = (
            select(*_KEPT, _CHANGE.c.before)
            .join(_CHANGE, _CHANGE.c.record_id == _ENTRY.c.id)
            .where(_CHANGE.c.batch_id == batch_id)
        )
        return [
            (
                stored := _to_stored(row),
                unpacked(stored.table, stored.key, row.before["said"]),
                row.before["version"],
            )
            for row in self._session.execute(query)
        ]

    def touched(self, records: Mapping[UUID, int]) -> int:
        """How many services carry a referral, or later work than the version that an import left."""
        count = 0
        for some in chunks(records):
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
        for some in chunks(organization_ids):
            found |= set(
                self._session.scalars(select(_SERVICE.c.id).where(_SERVICE.c.organization_id.in_(some)))
            )
        return len(found - own_services)

    def remove(self, entries: Sequence[Stored]) -> int:
        """Take entries away with the records made of them; returns how many records that were."""
        by_table: dict[str, list[UUID]] = {}
        for one in entries:
            if one.record_id is not None:
                by_table.setdefault(one.table, []).append(one.record_id)
        for some in chunks(by_table.get("service", [])):
            for part in _PARTS:
                rows = table_of(part)
                self._session.execute(delete(rows).where(rows.c.service_id.in_(some)))
        for some in chunks(by_table.get("location", [])):
            self._session.execute(delete(_AT).where(_AT.c.location_id.in_(some)))
        for table in ("service", "location", "organization"):
            for some in chunks(by_table.get(table, [])):
                self._session.execute(delete(_OF_ROOT[table]).where(_OF_ROOT[table].c.id.in_(some)))
        for some in chunks(one.id for one in entries):
            self._session.execute(delete(_ENTRY).where(_ENTRY.c.id.in_(some)))
        return sum(map(len, by_table.values()))

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


def _to_stored(row: Any) -> Stored:
    table, key, *rest = row[: len(_KEPT)]
    return Stored(table, to_key(key), *rest)
