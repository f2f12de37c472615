"""People in the database, and the keys they are found by."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm.attributes import flag_modified

from caseapp.domain.access import Seal
from caseapp.domain.errors import NoSuchRecord
from caseapp.domain.people import Person, PersonDetails, PersonKind
from caseapp.domain.person_keys import keys_of
from caseapp.domain.relations import RelativeGone
from caseapp.store.bulk import table_of
from caseapp.store.chunks import MANY, chunks
from caseapp.store.person_facts import content_of
from caseapp.store.person_rows import PARTS, fill, parts_of, settle, to_person, value_of
from caseapp.store.repository import Repository
from caseapp.store.tables.people import (
    PersonCodeRow,
    PersonFactsRow,
    PersonKeyRow,
    PersonRow,
    RelationRow,
)
from caseapp.store.tables.staff import AccessGrantRow

_KEY, _PERSON, _GRANT = table_of(PersonKeyRow), table_of(PersonRow), table_of(AccessGrantRow)
_SEAL = (
    select(_PERSON.c.id, _PERSON.c.is_restricted, _GRANT.c.staff_id, _GRANT.c.until)
    .outerjoin(_GRANT, _GRANT.c.person_id == _PERSON.c.id)
    .where(_PERSON.c.id == bindparam("of"))
)
"""Put together once: it is asked before whatever is read or written of a person."""
_FACTS, _RELATION = table_of(PersonFactsRow), table_of(RelationRow)
_ADD_FACTS = insert(_FACTS)
_CHANGE_FACTS = (
    update(_FACTS).where(_FACTS.c.person_id == bindparam("of")).values(content=bindparam("now_content"))
)
_ADD_KEY = insert(_KEY)
_DROP_KEY = delete(_KEY).where(
    _KEY.c.kind == bindparam("a_kind"), _KEY.c.key == bindparam("a_key"), _KEY.c.person_id == bindparam("of")
)


class PeopleStore(Repository):
    """Reads and writes people in domain types."""

    def add(self, details: PersonDetails, *, batch_id: UUID | None = None) -> UUID:
        """Write a new person with its keys; returns the id. Raises RelativeGone."""
        self._check_relatives(details)
        person_id = self._new_id()
        row = PersonRow(id=person_id, batch_id=batch_id)
        fill(row, details)
        self._session.add(row)
        self._write_parts(person_id, details, is_new=True)
        self._session.flush()
        self._add_keys(person_id, keys_of(details))
        self._add_facts(person_id, details)
        return person_id

    def change(self, person_id: UUID, details: PersonDetails, *, version: int) -> None:
        """Write what the form says; raises StaleRecord, NoSuchRecord or RelativeGone.

        The row is always touched, within one tick of the clock too, so that two forms on one person meet in
        its version.
        """
        row = self._get(PersonRow, person_id, version=version)
        self._check_relatives(details)
        fill(row, details)
        row.changed_at = self._now
        flag_modified(row, "changed_at")
        self._write_parts(person_id, details, is_new=False)
        self._session.flush()
        self.make_findable(person_id, details)

    def get(self, person_id: UUID) -> Person:
        """One person; raises NoSuchRecord."""
        row = self._get(PersonRow, person_id)
        return self._many([row])[0]

    def many(self, person_ids: Iterable[UUID]) -> dict[UUID, Person]:
        """Several people by id, in as few reads as there are tables."""
        found: dict[UUID, Person] = {}
        for some in chunks(person_ids):
            rows = list(self._session.scalars(select(PersonRow).where(PersonRow.id.in_(some))))
            found.update((person.id, person) for person in self._many(rows))
        return found

    def names(self, person_ids: Iterable[UUID]) -> dict[UUID, str]:
        """Display names only."""
        found: dict[UUID, str] = {}
        for some in chunks(set(person_ids), MANY):
            query = select(_PERSON.c.id, _PERSON.c.display_name).where(_PERSON.c.id.in_(some))
            found.update((one, name) for one, name in self._session.execute(query))
        return found

    def deaths(self, person_ids: Iterable[UUID]) -> dict[UUID, date]:
        """The day of death of each of these people who has one on record."""
        found: dict[UUID, date] = {}
        for some in chunks(person_ids, MANY):
            query = select(_PERSON.c.id, _PERSON.c.deceased_on).where(
                _PERSON.c.id.in_(some), _PERSON.c.deceased_on.is_not(None)
            )
            found.update((one, day) for one, day in self._session.execute(query))
        return found

    def relatives(self, person_ids: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
        """Which of these records names whom as somebody close, where that is a record of its own."""
        found: list[tuple[UUID, UUID]] = []
        one_of, near = _RELATION.c.person_id, _RELATION.c.other_person_id
        for some in chunks(person_ids, MANY):
            query = select(one_of, near).where(one_of.in_(some), near.is_not(None))
            found += [(one, other) for one, other in self._session.execute(query)]
        return found

    def recent_ids(self, *, limit: int = 100) -> list[UUID]:
        """Who was changed last."""
        query = select(PersonRow.id).order_by(PersonRow.changed_at.desc()).limit(limit)
        return list(self._session.scalars(query))

    def unknown_ids(self, *, limit: int = 2000) -> list[UUID]:
        """Records without a name, the newest first."""
        query = (
            select(PersonRow.id)
            .where(PersonRow.kind == PersonKind.UNKNOWN)
            .order_by(PersonRow.id.desc())
            .limit(limit)
        )
        return list(self._session.scalars(query))

    def seal(self, person_id: UUID) -> Seal | None:
        """Who may open a restricted person; None for one that is not restricted. Raises NoSuchRecord."""
        rows = self._session.execute(_SEAL, {"of": person_id}).all()
        if not rows:
            raise NoSuchRecord()
        return _sealed(rows)[person_id] if rows[0].is_restricted else None

    def seals(self, person_ids: Iterable[UUID]) -> dict[UUID, Seal]:
        """The seals of those among these people who are restricted, read at once for a whole list."""
        found: dict[UUID, Seal] = {}
        for some in chunks(person_ids, MANY):
            found.update(self._seals(some))
        return found

    def _seals(self, ids: list[UUID]) -> dict[UUID, Seal]:
        query = (
            select(PersonRow.id, AccessGrantRow.staff_id, AccessGrantRow.until)
            .outerjoin(AccessGrantRow, AccessGrantRow.person_id == PersonRow.id)
            .where(PersonRow.id.in_(ids), PersonRow.is_restricted)
        )
        return _sealed(self._session.execute(query))

    def grant(self, person_id: UUID, staff_id: UUID, *, reason: str, until: Any = None) -> None:
        """Name somebody who may open a restricted person, for good or until an instant."""
        self._session.add(
            AccessGrantRow(
                id=self._new_id(), person_id=person_id, staff_id=staff_id, reason=reason, until=until
            )
        )

    def all_ids(self) -> list[UUID]:
        """Every person's id, for checks that walk them all."""
        return list(self._session.scalars(select(PersonRow.id).order_by(PersonRow.id)))

    def stored_keys(self, person_ids: Iterable[UUID]) -> dict[UUID, set[tuple[str, str]]]:
        """The keys on file of these people."""
        found: dict[UUID, set[tuple[str, str]]] = {}
        query = select(_KEY.c.person_id, _KEY.c.kind, _KEY.c.key).where(
            _KEY.c.person_id.in_(list(person_ids))
        )
        for person_id, kind, key in self._session.execute(query):
            found.setdefault(person_id, set()).add((kind, key))
        return found

    def _many(self, rows: list[PersonRow]) -> list[Person]:
        ids = [row.id for row in rows]
        if not ids:
            return []
        parts = {name: self._parts(table, value, columns, ids) for name, table, value, columns in PARTS}
        codes = self._codes(ids)
        return [
            to_person(row, {name: found.get(row.id, ()) for name, found in parts.items()}, codes)
            for row in rows
        ]

    def _parts(
        self, table: type[Any], value: type[Any], columns: tuple[str, ...], ids: list[UUID]
    ) -> dict[UUID, tuple[Any, ...]]:
        query = select(table).where(table.person_id.in_(ids)).order_by(table.person_id, table.position)
        found: dict[UUID, list[Any]] = {}
        for row in self._session.scalars(query):
            found.setdefault(row.person_id, []).append(value_of(row, value, columns))
        return {person_id: tuple(values) for person_id, values in found.items()}

    def _codes(self, ids: list[UUID]) -> dict[tuple[UUID, str], tuple[str, ...]]:
        query = select(PersonCodeRow).where(PersonCodeRow.person_id.in_(ids)).order_by(PersonCodeRow.position)
        found: dict[tuple[UUID, str], list[str]] = {}
        for row in self._session.scalars(query):
            found.setdefault((row.person_id, row.list_name), []).append(row.code)
        return {key: tuple(codes) for key, codes in found.items()}

    def _check_relatives(self, details: PersonDetails) -> None:
        """Raise RelativeGone where somebody close has no record here, before the database would refuse."""
        wanted = {one.other_person_id for one in details.relations if one.other_person_id is not None}
        if wanted - self.names(wanted).keys():
            raise RelativeGone()

    def _write_parts(self, person_id: UUID, details: PersonDetails, *, is_new: bool) -> None:
        for table, wanted in parts_of(details):
            self._write_list(table, person_id, wanted, is_new=is_new)

    def _write_list(
        self, table: type[Any], person_id: UUID, wanted: list[dict[str, Any]], *, is_new: bool
    ) -> None:
        stored: list[Any] = []
        if not is_new:
            query = select(table).where(table.person_id == person_id).order_by(table.position)
            stored = list(self._session.scalars(query))
        settle(self._session, table, stored, wanted, lambda: {"id": self._new_id(), "person_id": person_id})

    def make_findable(self, person_id: UUID, details: PersonDetails) -> None:
        """Keep the keys by which a person is found, and what is compared of them, as the record now is."""
        self._renew_keys(person_id, keys_of(details))
        values = {"of": person_id, "now_content": content_of(details)}
        if not self._session.connection().execute(_CHANGE_FACTS, values).rowcount:
            self._add_facts(person_id, details)

    def stored_facts(self, person_ids: Iterable[UUID]) -> dict[UUID, list[Any]]:
        """What is kept of these people to compare and list them."""
        query = select(_FACTS.c.person_id, _FACTS.c.content).where(_FACTS.c.person_id.in_(list(person_ids)))
        return {row.person_id: row.content for row in self._session.execute(query)}

    def _add_facts(self, person_id: UUID, details: PersonDetails) -> None:
        values = {"person_id": person_id, "content": content_of(details)}
        self._session.connection().execute(_ADD_FACTS, values)

    def _renew_keys(self, person_id: UUID, wanted: frozenset[tuple[str, str]]) -> None:
        stored = self.stored_keys([person_id]).get(person_id, set())
        gone = [{"a_kind": kind, "a_key": key, "of": person_id} for kind, key in stored - wanted]
        if gone:
            self._session.connection().execute(_DROP_KEY, gone)
        self._add_keys(person_id, wanted - stored)

    def _add_keys(self, person_id: UUID, keys: Iterable[tuple[str, str]]) -> None:
        rows = [{"kind": kind, "key": key, "person_id": person_id} for kind, key in keys]
        if rows:
            self._session.connection().execute(_ADD_KEY, rows)


def _sealed(rows: Iterable[Any]) -> dict[UUID, Seal]:
    """Seals out of rows of a person's id and, for each who is named, their id and until when."""
    named: dict[UUID, set[UUID]] = {}
    until: dict[UUID, dict[UUID, Any]] = {}
    for row in rows:
        named.setdefault(row.id, set())
        if row.staff_id is not None and row.until is None:
            named[row.id].add(row.staff_id)
        elif row.staff_id is not None:
            until.setdefault(row.id, {})[row.staff_id] = row.until
    return {one: Seal(frozenset(staff), until.get(one, {})) for one, staff in named.items()}
