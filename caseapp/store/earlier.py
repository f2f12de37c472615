"""People as they were: the record of today, with the journal's changes taken back one after another."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from caseapp.domain.added_facts import Earlier
from caseapp.domain.people import PersonDetails
from caseapp.store.as_journaled import read, whole
from caseapp.store.bulk import table_of
from caseapp.store.journal import Entry, to_entry
from caseapp.store.person_rows import TABLES_OF_PARTS, person_of
from caseapp.store.repository import Repository
from caseapp.store.tables.journal import JournalRow, JournalSubjectRow
from caseapp.store.tables.people import PersonRow
from caseapp.store.tables.staff import StaffRow

_TABLES: tuple[type[Any], ...] = (PersonRow, *TABLES_OF_PARTS)
FACTS = {row.__tablename__: row for row in _TABLES}
"""The tables that hold what a person's record says, by name."""

_Rows = dict[str, dict[UUID, dict[str, Any]]]
"""Table -> id -> column -> value."""


class EarlierStore(Repository):
    """Reads what people's records said before."""

    def since(self, person_id: UUID, *, at: datetime | None = None, seq: int = 0) -> list[Earlier]:
        """The changes of what a record says after an instant, or after the entry `seq`; the oldest first.

        That it was made is none of them, and is where it ends: a record may be younger than a link is.
        """
        rows, found = self._rows(person_id), list[Earlier]()
        for entry, by in self._entries(person_id, at, seq):
            is_about_facts = False
            for change in reversed(entry.detail.get("changes", ())):
                if _is_of(change, rows, person_id):
                    _take_back(change, rows)
                    is_about_facts = True
            if not rows[PersonRow.__tablename__]:
                break
            if is_about_facts:
                found.append(Earlier(_details(rows), entry.at, by, entry.seq, entry.verb))
        return found[::-1]

    def _entries(self, person_id: UUID, at: datetime | None, seq: int) -> Iterator[tuple[Entry, str]]:
        about = select(JournalSubjectRow.seq).where(JournalSubjectRow.record_id == person_id)
        query = (
            select(JournalRow, StaffRow.name)
            .outerjoin(StaffRow, StaffRow.id == JournalRow.actor_id)
            .where(JournalRow.seq.in_(about), JournalRow.seq > seq, JournalRow.kind == "change")
            .order_by(JournalRow.seq.desc())
        )
        if at is not None:
            query = query.where(JournalRow.at > at)
        for row, name in self._session.execute(query):
            yield to_entry(row), name or ""

    def _rows(self, person_id: UUID) -> _Rows:
        found: _Rows = {}
        for name, row in FACTS.items():
            table = table_of(row)
            owner = table.c.id if row is PersonRow else table.c.person_id
            stored = self._session.execute(select(table).where(owner == person_id)).mappings()
            found[name] = {one["id"]: dict(one) for one in stored}
        return found


def _is_of(change: dict[str, Any], rows: _Rows, person_id: UUID) -> bool:
    """Whether a change is of what this record says, and not of another's in the same entry."""
    if change["table"] not in FACTS:
        return False
    if change["did"] == "removed":
        return bool(change["fields"].get("person_id") == person_id.hex)
    return UUID(hex=change["id"]) in rows[change["table"]]


def _take_back(change: dict[str, Any], rows: _Rows) -> None:
    """Make the rows what they were before a change."""
    of_table, row_id, row = rows[change["table"]], UUID(hex=change["id"]), FACTS[change["table"]]
    if change["did"] == "added":
        of_table.pop(row_id)
    elif change["did"] == "removed":
        of_table[row_id] = {"id": row_id, **whole(row, change["fields"])}
    else:
        columns = table_of(row).c
        fields = change["fields"].items()
        of_table[row_id].update(
            {name: read(columns[name], was) for name, (was, _is) in fields if name in columns}
        )


def _details(rows: _Rows) -> PersonDetails:
    made = {
        FACTS[name]: [FACTS[name](**one) for one in sorted(some.values(), key=_position)]
        for name, some in rows.items()
    }
    return person_of(made[PersonRow][0], made).details


def _position(row: dict[str, Any]) -> int:
    position: int = row.get("position", 0)
    return position
