"""Many people in one go: new ones column by column, changed ones chunk by chunk, with keys and journal.

What comes out is what the single verbs write: the same rows, the same keys, the same words for the journal.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm.attributes import flag_modified

from caseapp.domain.people import PersonDetails
from caseapp.domain.person_keys import keys_of
from caseapp.store.bulk import insert_columns, table_of
from caseapp.store.changes import added, stamped
from caseapp.store.chunks import chunks
from caseapp.store.ids import ids_in_order
from caseapp.store.people import PeopleStore
from caseapp.store.person_facts import content_of
from caseapp.store.person_rows import TABLES_OF_PARTS, fill, parts_of, settle, values_of
from caseapp.store.progress import Watch, unwatched
from caseapp.store.repository import Repository
from caseapp.store.tables import Base
from caseapp.store.tables.people import PersonFactsRow, PersonKeyRow, PersonPlaceRow, PersonRow, ReviewPairRow

_CHUNK = 500
_KEY, _FACTS = table_of(PersonKeyRow), table_of(PersonFactsRow)
_ONLY_HERE: dict[type[Any], dict[str, Any]] = {PersonPlaceRow: {"place_id": None}}

Written = list[tuple[UUID, list[dict[str, Any]]]]
"""People with what the journal says of each."""


class PeopleInBulk(Repository):
    """Writes many people inside the caller's transaction."""

    def add(
        self, people: Sequence[PersonDetails], *, staff_id: UUID, batch_id: UUID | None = None
    ) -> Written:
        """Insert new people with their keys, in the order given."""
        ids = list(ids_in_order(self._now, len(people)))
        owned = list(zip(ids, people, strict=True))
        same = {"batch_id": batch_id, **stamped(staff_id, self._now)}
        own = [values_of(one) for one in people]
        insert_columns(self._session, PersonRow, {"id": ids, **_columns(own)}, same, len(ids))
        batch = {"batch_id": batch_id}
        said = {
            person_id: [added("person", person_id, {**values, **batch})]
            for person_id, values in zip(ids, own, strict=True)
        }
        rows: dict[type[Any], list[dict[str, Any]]] = {table: [] for table in TABLES_OF_PARTS}
        for person_id, details in owned:
            for table, wanted in parts_of(details):
                rows[table] += [
                    {"person_id": person_id, "position": position, **values}
                    for position, values in enumerate(wanted)
                ]
        for table, some in rows.items():
            self._add_parts(table, some, said)
        self._add_keys([(kind, key, one) for one, details in owned for kind, key in keys_of(details)])
        self._add_facts(dict(owned))
        return list(said.items())

    def change(self, people: Sequence[tuple[UUID, PersonDetails]]) -> None:
        """Write what each of these people is now; the caller has read them in this transaction."""
        for some in chunks(people, _CHUNK):
            self._change(dict(some))

    def make_all_findable(self, watch: Watch = unwatched) -> None:
        """Give everybody the keys and facts of this edition, after another one wrote theirs."""
        people = PeopleStore(self._session, self._now)
        everybody, done = people.all_ids(), 0
        for some in chunks(everybody, _CHUNK):
            watch(done, len(everybody))
            self._make_findable({one: person.details for one, person in people.many(some).items()})
            self._session.expunge_all()
            done += len(some)
        watch(done, done)

    def remove(self, person_ids: Sequence[UUID]) -> None:
        """Take people away with all that belongs to them; nothing else may refer to them."""
        for some in chunks(person_ids, _CHUNK):
            for side in (ReviewPairRow.left_id, ReviewPairRow.right_id):
                self._session.execute(
                    delete(ReviewPairRow).where(side.in_(some)),
                    execution_options={"synchronize_session": False},
                )
            tables: tuple[type[Any], ...] = (*TABLES_OF_PARTS, PersonKeyRow, PersonFactsRow)
            for table in tables:
                self._session.execute(
                    delete(table).where(table.person_id.in_(some)),
                    execution_options={"synchronize_session": False},
                )
            self._session.execute(
                delete(PersonRow).where(PersonRow.id.in_(some)),
                execution_options={"synchronize_session": False},
            )

    def referred_to(self, batch_id: UUID) -> set[UUID]:
        """People of a batch to whom anything else in the file refers."""
        of_batch = select(PersonRow.id).where(PersonRow.batch_id == batch_id)
        found: set[UUID] = set()
        for column in _references():
            found.update(self._session.scalars(select(column).where(column.in_(of_batch)).distinct()))
        return found

    def _add_parts(
        self, table: type[Any], rows: list[dict[str, Any]], said: dict[UUID, list[dict[str, Any]]]
    ) -> None:
        ids = list(ids_in_order(self._now, len(rows)))
        columns = {"id": ids, **_columns(rows)}
        insert_columns(self._session, table, columns, _ONLY_HERE.get(table, {}), len(rows))
        for row_id, values in zip(ids, rows, strict=True):
            said[values["person_id"]].append(added(table.__tablename__, row_id, values))

    def _change(self, wanted: dict[UUID, PersonDetails]) -> None:
        ids = list(wanted)
        rows = {row.id: row for row in self._session.scalars(select(PersonRow).where(PersonRow.id.in_(ids)))}
        stored = {table: self._stored(table, ids) for table in TABLES_OF_PARTS}
        for person_id, details in wanted.items():
            row = rows[person_id]
            fill(row, details)
            row.changed_at = self._now
            flag_modified(row, "changed_at")
            for table, parts in parts_of(details):
                self._settle(table, person_id, stored[table].get(person_id, []), parts)
        self._session.flush()
        self._make_findable(wanted)

    def _make_findable(self, people: dict[UUID, PersonDetails]) -> None:
        self._renew_keys(people)
        self._session.execute(delete(_FACTS).where(_FACTS.c.person_id.in_(list(people))))
        self._add_facts(people)

    def _settle(self, table: type[Any], person_id: UUID, stored: list[Any], parts: list[Any]) -> None:
        settle(self._session, table, stored, parts, lambda: {"id": self._new_id(), "person_id": person_id})

    def _stored(self, table: type[Any], ids: list[UUID]) -> dict[UUID, list[Any]]:
        found: dict[UUID, list[Any]] = {}
        query = select(table).where(table.person_id.in_(ids)).order_by(table.person_id, table.position)
        for row in self._session.scalars(query):
            found.setdefault(row.person_id, []).append(row)
        return found

    def _renew_keys(self, people: dict[UUID, PersonDetails]) -> None:
        query = select(_KEY.c.kind, _KEY.c.key, _KEY.c.person_id).where(_KEY.c.person_id.in_(list(people)))
        stored = {(row.kind, row.key, row.person_id) for row in self._session.execute(query)}
        wanted = {(kind, key, one) for one, details in people.items() for kind, key in keys_of(details)}
        whole = tuple_(_KEY.c.kind, _KEY.c.key, _KEY.c.person_id)
        for some in chunks(sorted(stored - wanted), _CHUNK):
            self._session.execute(delete(_KEY).where(whole.in_(some)))
        self._add_keys(list(wanted - stored))

    def _add_facts(self, people: dict[UUID, PersonDetails]) -> None:
        content = [content_of(one) for one in people.values()]
        columns: dict[str, list[Any]] = {"person_id": list(people), "content": content}
        insert_columns(self._session, PersonFactsRow, columns, {}, len(people))

    def _add_keys(self, keys: list[tuple[str, str, UUID]]) -> None:
        """In their order on the disk, so that a page is written once and not once a key."""
        keys.sort()
        kinds, values, ids = zip(*keys, strict=True) if keys else ((), (), ())
        columns = {"kind": kinds, "key": values, "person_id": ids}
        insert_columns(self._session, PersonKeyRow, columns, {}, len(keys))


def _columns(rows: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    """The rows turned on their side; all of them have the same names."""
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}


def _references() -> Iterator[Any]:
    """Every column that points to a person, but for a person's own parts and pairs nobody judged yet."""
    person, parts = table_of(PersonRow), {table_of(part) for part in TABLES_OF_PARTS}
    for table in Base.metadata.sorted_tables:
        if table is table_of(ReviewPairRow):
            continue
        for column in table.columns:
            points = any(key.column.table is person for key in column.foreign_keys)
            if points and not (table in parts and column.name == "person_id"):
                yield column
