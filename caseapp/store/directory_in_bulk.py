"""The directory in one go: organizations, places and services column by column, and what was said of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from caseapp.domain.directory import NewService
from caseapp.domain.directory_entries import Entry, Said
from caseapp.domain.directory_facts import OrganizationFacts, PlaceFacts
from caseapp.store.bulk import each_once, insert_columns, table_of
from caseapp.store.changes import stamped
from caseapp.store.directory import plain_rules, service_columns
from caseapp.store.directory_kept import Stored, packed
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
from caseapp.store.tables.journal import ImportChangeRow

_ENTRY, _CHANGE = table_of(DirectoryEntryRow), table_of(ImportChangeRow)
_SERVICE, _PLACE, _ORGANIZATION = table_of(ServiceRow), table_of(LocationRow), table_of(OrganizationRow)
_OF_ROOT: dict[str, Any] = {"organization": _ORGANIZATION, "location": _PLACE, "service": _SERVICE}
_PARTS = (ServiceCapacityRow, ServiceAtLocationRow)
_KEY = "which"
"""Names the row to change; a column's own name would be taken for its new value."""


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


class DirectoryInBulk(Repository):
    """Writes what an import brings, inside the caller's transaction."""

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
        same = {"source": source, "extra": {}, **stamped(staff_id, self._now)}
        insert_columns(self._session, OrganizationRow, columns, same, len(made))

    def add_places(self, made: Sequence[NewPlace], *, staff_id: UUID) -> None:
        """Write places."""
        columns: dict[str, Sequence[Any]] = {
            "id": [one.id for one in made],
            "organization_id": [one.organization_id for one in made],
            **_transposed([_place_columns(one.facts) for one in made]),
        }
        insert_columns(self._session, LocationRow, columns, stamped(staff_id, self._now), len(made))

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
        same = {"assured_by": "", "source": source, "extra": {}, **stamped(staff_id, self._now)}
        insert_columns(self._session, ServiceRow, columns, same, len(made))
        self._add_parts(made)

    def change_services(self, made: Sequence[IncomingService], *, staff_id: UUID) -> None:
        """Write what a source says otherwise of known services."""
        if not made:
            return
        rows = [
            {**service_columns(one.facts), "organization_id": one.organization_id, _KEY: one.id}
            for one in made
        ]
        stamp = {"changed_at": self._now, "changed_by": staff_id, "version": _SERVICE.c.version + 1}
        written: dict[str, Any] = {name: bindparam(f"new_{name}") for name in rows[0] if name != _KEY}
        self._session.execute(
            update(_SERVICE).where(_SERVICE.c.id == bindparam(_KEY)).values({**written, **stamp}),
            [{name if name == _KEY else f"new_{name}": value for name, value in row.items()} for row in rows],
        )
        for part in _PARTS:
            parts = table_of(part)
            self._session.execute(delete(parts).where(parts.c.service_id.in_([one.id for one in made])))
        self._add_parts(made)

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
            "said": [packed(one.id, one.said) for one, _record in entries],
        }
        same = {"source": source, "batch_id": batch_id}
        insert_columns(
            self._session, DirectoryEntryRow, columns, same, len(entries), ready=frozenset({"said"})
        )

    def keep_changes(self, changed: Sequence[tuple[Stored, Said]], *, batch_id: UUID) -> None:
        """Keep what a source says now, and beside the batch what it said before."""
        versions = self._versions([stored for stored, _said in changed])
        before = [
            {"said": json.loads(stored.kept), "version": versions.get(stored.record_id, 0)}
            for stored, _said in changed
        ]
        rows = [
            {"id": made, "batch_id": batch_id, "record_id": stored.id, "before": said_before}
            for made, (stored, _said), said_before in zip(
                ids_in_order(self._now, len(changed)), changed, before, strict=True
            )
        ]
        self._session.execute(insert(_CHANGE), rows)
        self.put_back(changed)

    def put_back(self, changed: Sequence[tuple[Stored, Said]]) -> None:
        """Let entries say this, be it what they said before."""
        if not changed:
            return
        self._session.execute(
            update(_ENTRY).where(_ENTRY.c.id == bindparam(_KEY)).values(said=bindparam("new_said")),
            [{_KEY: stored.id, "new_said": json.loads(packed(stored.key, said))} for stored, said in changed],
        )

    def _versions(self, stored: Sequence[Stored]) -> dict[UUID | None, int]:
        """Record -> its version now."""
        found: dict[UUID | None, int] = {}
        for table, rows in _OF_ROOT.items():
            ids = [one.record_id for one in stored if one.table == table and one.record_id]
            query = select(rows.c.id, rows.c.version).where(rows.c.id.in_(ids))
            found |= {row.id: row.version for row in self._session.execute(query)}
        return found

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


def _capacity_columns(one: IncomingService) -> dict[str, Any]:
    return {
        "service_id": one.id,
        "available": one.facts.capacity_available or 0,
        "maximum": None,
        "unit": "slot",
        "updated_on": one.facts.capacity_on,
        "said_by": one.facts.capacity_said_by,
    }
