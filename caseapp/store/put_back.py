"""Puts rows back as they were before an entry of the journal, for a verb that is undone in one step."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import inspect

from caseapp.domain.errors import CaseAppError
from caseapp.store.added import case_of
from caseapp.store.as_journaled import ROWS, read, whole
from caseapp.store.bulk import table_of
from caseapp.store.changes import plain
from caseapp.store.earlier import FACTS
from caseapp.store.repository import Repository


class WrittenSince(CaseAppError):
    """Somebody changed what an entry wrote, so that the entry cannot be undone."""

    code = "link.written-since"


class PutBackStore(Repository):
    """Writes what the journal says was there before; itself journaled as any other change."""

    def rows(self, changes: Iterable[Mapping[str, Any]]) -> None:
        """Put back what an entry changed, apart from the facts of people's records.

        Raises WrittenSince where anything is not as the entry left it; then nothing may be committed.
        """
        for change in reversed([one for one in changes if one["table"] not in FACTS]):
            row = ROWS[change["table"]]
            if change["did"] == "removed":
                self._again(row, change)
            elif change["did"] == "added":
                self._session.delete(self._there(row, change))
            else:
                self._before(row, self._there(row, change), change["fields"])
        self._session.flush()

    def cases(self, changes: Collection[Mapping[str, Any]]) -> set[UUID]:
        """The cases in which those entries stand, and stood before, that went from one person to another."""
        moved = {_entry(one) for one in changes if one["table"] not in FACTS and "person_id" in one["fields"]}
        written = [one for one in changes if _entry(one) in moved and one["did"] == "changed"]
        found = {UUID(hex=case) for one in written for case in one["fields"].get("case_id", ()) if case}
        rows = (self._session.get(ROWS[table], UUID(hex=record_id)) for table, record_id in moved)
        return found | {case for row in rows if row is not None and (case := case_of(row)) is not None}

    def _there(self, row: type[Any], change: Mapping[str, Any]) -> Any:
        found = self._session.get(row, _identity(row, change))
        if found is None:
            raise WrittenSince()
        return found

    def _again(self, row: type[Any], change: Mapping[str, Any]) -> None:
        if self._session.get(row, _identity(row, change)) is not None:
            raise WrittenSince()
        made = {"id": UUID(hex=change["id"])} if change["id"] else {}
        self._session.add(row(**made, **whole(row, change["fields"])))

    def _before(self, row: type[Any], stored: Any, fields: Mapping[str, Any]) -> None:
        columns = table_of(row).c
        for name, (before, after) in fields.items():
            if plain(getattr(stored, name)) != after:
                raise WrittenSince()
            setattr(stored, name, read(columns[name], before))


def _entry(change: Mapping[str, Any]) -> tuple[str, str]:
    """Table and id of what a change is of; of who was met in a contact, the contact."""
    contact_id = change["fields"].get("contact_id")
    return ("contact", contact_id) if contact_id and not change["id"] else (change["table"], change["id"])


def _identity(row: type[Any], change: Mapping[str, Any]) -> Any:
    if change["id"]:
        return UUID(hex=change["id"])
    keys = inspect(row).primary_key
    return tuple(read(one, change["fields"][one.name]) for one in keys)
