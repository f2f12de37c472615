"""What lists said of people: found again by number or name, remembered beside the batch, and taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update

from caseapp.domain.names import number_signs
from caseapp.domain.people import Identifier, PersonDetails
from caseapp.domain.people_updates import from_plain, to_plain
from caseapp.domain.person_keys import NUMBER
from caseapp.store.bulk import insert_columns, table_of
from caseapp.store.chunks import chunks
from caseapp.store.ids import ids_in_order
from caseapp.store.people import PeopleStore
from caseapp.store.people_in_bulk import PeopleInBulk
from caseapp.store.repository import Repository
from caseapp.store.tables.journal import ImportBatchRow, ImportChangeRow
from caseapp.store.tables.people import PersonIdentifierRow, PersonKeyRow, PersonRow

_CHANGE = table_of(ImportChangeRow)


@dataclass(frozen=True, slots=True)
class Saying:
    """What a list said of somebody, the version that left, and for a changed record what stood before."""

    person_id: UUID
    said: PersonDetails
    version: int = 1
    was: PersonDetails | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many people an undo removed, put back as they were, and left because of work done since."""

    removed: tuple[UUID, ...]
    put_back: tuple[UUID, ...]
    stayed: int


class PeopleListStore(Repository):
    """Reads and writes the memory of imported lists."""

    def holders(self, numbers: Iterable[Identifier]) -> dict[Identifier, list[UUID]]:
        """Who has each of these numbers; their search keys lead there without reading every number."""
        wanted = set(numbers)
        found: dict[Identifier, list[UUID]] = {}
        row = PersonIdentifierRow
        for some in chunks({number_signs(one.value) for one in wanted} - {""}):
            query = (
                select(row.scheme, row.value, row.person_id)
                .join(PersonKeyRow, PersonKeyRow.person_id == row.person_id)
                .where(PersonKeyRow.kind == NUMBER, PersonKeyRow.key.in_(some))
                .order_by(row.person_id)
                .distinct()
            )
            for scheme, value, person_id in self._session.execute(query):
                if Identifier(scheme, value) in wanted:
                    found.setdefault(Identifier(scheme, value), []).append(person_id)
        return {number: list(dict.fromkeys(people)) for number, people in found.items()}

    def brought_by_name(self, names: Iterable[str]) -> dict[str, list[UUID]]:
        """Imported people by display name; one whom the desk added is never taken for a row of a list."""
        found: dict[str, list[UUID]] = {}
        for some in chunks(set(names)):
            query = (
                select(PersonRow.display_name, PersonRow.id)
                .where(PersonRow.display_name.in_(some), PersonRow.batch_id.is_not(None))
                .order_by(PersonRow.id)
            )
            for name, person_id in self._session.execute(query):
                found.setdefault(name, []).append(person_id)
        return found

    def said(self, person_ids: Iterable[UUID]) -> dict[UUID, PersonDetails]:
        """What a list said last of each."""
        found: dict[UUID, dict[str, Any]] = {}
        for some in chunks(person_ids):
            for row in self._rows(ImportChangeRow.record_id.in_(some)):
                known = found.get(row.record_id)
                if known is None or known["version"] < row.before["version"]:
                    found[row.record_id] = row.before
        return {one: PersonDetails(**from_plain(content["said"])) for one, content in found.items()}

    def remember(self, batch_id: UUID, sayings: Sequence[Saying]) -> None:
        """Keep what a batch said of people, and what it changed."""
        columns: dict[str, Sequence[Any]] = {
            "id": list(ids_in_order(self._now, len(sayings))),
            "record_id": [one.person_id for one in sayings],
            "before": [
                {
                    "said": to_plain(one.said),
                    "version": one.version,
                    **({"was": to_plain(one.was)} if one.was else {}),
                }
                for one in sayings
            ],
        }
        insert_columns(self._session, ImportChangeRow, columns, {"batch_id": batch_id}, len(sayings))

    def undo(self, batch_id: UUID) -> TakenBack:
        """Remove the batch's people and put back those it changed, but for those worked with since."""
        bulk = PeopleInBulk(self._session, self._now)
        rows = self._rows(ImportChangeRow.batch_id == batch_id)
        left = {row.record_id: row.before["version"] for row in rows}
        query = select(PersonRow.id, PersonRow.version).where(PersonRow.batch_id == batch_id)
        brought = {row.id: row.version for row in self._session.execute(query)}
        worked_with = bulk.referred_to(batch_id)
        removed = [
            one for one, version in brought.items() if version == left.get(one) and one not in worked_with
        ]
        changed = [row for row in rows if "was" in row.before]
        put_back = self._put_back(changed)
        bulk.remove(removed)
        self._forget(batch_id, {*removed, *put_back})
        self._date_back(put_back)
        self._session.get_one(ImportBatchRow, batch_id).undone_at = self._now
        stayed = len(brought) - len(removed) + len(changed) - len(put_back)
        return TakenBack(tuple(removed), tuple(put_back), stayed)

    def _put_back(self, changed: list[Any]) -> list[UUID]:
        """A record is put back only while it stands as the batch left it."""
        people, back = PeopleStore(self._session, self._now), []
        for some in chunks(changed):
            stored = people.many([row.record_id for row in some])
            for row in some:
                person = stored.get(row.record_id)
                if person and person.version == row.before["version"]:
                    was = replace(person.details, **from_plain(row.before["was"]))
                    back.append((person.id, was))
        PeopleInBulk(self._session, self._now).change(back)
        return [person_id for person_id, _was in back]

    def _date_back(self, people: list[UUID]) -> None:
        """A record that was put back stands again as the list before left it, in a version of its own."""
        versions = select(PersonRow.id, PersonRow.version)
        for some in chunks(people):
            now = {
                row.id: row.version for row in self._session.execute(versions.where(PersonRow.id.in_(some)))
            }
            rows = sorted(self._rows(_CHANGE.c.record_id.in_(some)), key=lambda row: row.before["version"])
            newest = {row.record_id: row for row in rows}
            for row in newest.values():
                before = {**row.before, "version": now[row.record_id]}
                self._session.execute(update(_CHANGE).where(_CHANGE.c.id == row.id).values(before=before))

    def _forget(self, batch_id: UUID, people: set[UUID]) -> None:
        """What a batch said of somebody goes with what it did to them."""
        for some in chunks(people):
            gone = (_CHANGE.c.batch_id == batch_id) & _CHANGE.c.record_id.in_(some)
            self._session.execute(delete(_CHANGE).where(gone))

    def _rows(self, where: ColumnElement[bool]) -> list[Any]:
        query = select(_CHANGE.c.id, _CHANGE.c.record_id, _CHANGE.c.before).where(where)
        return list(self._session.execute(query))
