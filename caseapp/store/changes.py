"""Stamps rows as they are written and says field by field what changed, for the journal."""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from caseapp.store.tables.base import Base, Record
from caseapp.store.tables.people import (
    PersonFactsRow,
    PersonKeyRow,
    PersonRow,
    RecognitionWeightsRow,
    ReviewPairRow,
)

_OWN = frozenset({"version", "created_at", "created_by", "changed_at", "changed_by", "id"})
_SILENT = (PersonFactsRow, PersonKeyRow, RecognitionWeightsRow, ReviewPairRow)
"""What is worked out from other rows: the verb's own words say that it was done."""

_OWNER_COLUMNS = ("person_id", "case_id", "call_id", "referral_id", "contact_id", "consent_id")


@dataclass(slots=True)
class Collected:
    """What one verb wrote so far: readable changes and the records they are about."""

    changes: list[dict[str, Any]] = field(default_factory=list)
    subjects: dict[UUID, None] = field(default_factory=dict)
    people: list[UUID | None] = field(default_factory=list)
    """Whose each change is, so that a verb on many people can be journaled person by person."""

    def take(self, session: Session) -> None:
        """Add what the coming flush will write."""
        for row in _ordered(session):
            if isinstance(row, _SILENT):
                continue
            fields = _fields(row, is_new=row in session.new, is_gone=row in session.deleted)
            if fields:
                self._add(row, fields, session)

    def _add(self, row: Base, fields: dict[str, Any], session: Session) -> None:
        done = "added" if row in session.new else "removed" if row in session.deleted else "changed"
        record = getattr(row, "id", None)
        self.changes.append({"table": row.__tablename__, "id": plain(record), "did": done, "fields": fields})
        self.people.append(record if isinstance(row, PersonRow) else getattr(row, "person_id", None))
        if isinstance(row, Record):
            self.subjects[row.id] = None
        for name in _OWNER_COLUMNS:
            owner = getattr(row, name, None)
            if owner is not None:
                self.subjects[owner] = None

    def add(self, row: type[Base], values: Mapping[str, Any]) -> None:
        """Add a row that was written beside the session, as it would stand here otherwise."""
        record = values.get("id")
        self.changes.append(added(row.__tablename__, record, values))
        self.people.append(record if issubclass(row, PersonRow) else values.get("person_id"))
        for owner in (record, *(values.get(name) for name in _OWNER_COLUMNS)):
            if owner is not None:
                self.subjects[owner] = None


def added(table: str, record_id: UUID | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """How a row that was written in bulk stands in the journal, the same as one written alone."""
    fields = {name: plain(value) for name, value in values.items() if value and name not in _OWN}
    return {"table": table, "id": plain(record_id), "did": "added", "fields": fields}


def stamped(actor_id: UUID | None, now: datetime) -> dict[str, Any]:
    """Who and when, and the first version, of a record that is written beside the session."""
    whose = dict.fromkeys(("created_by", "changed_by"), actor_id)
    return {"created_at": now, "changed_at": now, "version": 1, **whose}


def stamp(session: Session, *, actor_id: UUID, now: datetime) -> None:
    """Fill who and when of every record about to be written."""
    for row in session.new:
        if isinstance(row, Record):
            row.created_at = row.changed_at = now
            row.created_by = row.changed_by = actor_id
    for row in session.dirty:
        if isinstance(row, Record) and session.is_modified(row):
            row.changed_at = now
            row.changed_by = actor_id


def _ordered(session: Session) -> Iterator[Base]:
    yield from session.new
    yield from (row for row in session.dirty if session.is_modified(row))
    yield from session.deleted


def _fields(row: Base, *, is_new: bool, is_gone: bool) -> dict[str, Any]:
    """New and removed rows give their filled fields; changed ones give [before, after]."""
    state = inspect(row)
    found: dict[str, Any] = {}
    for attribute in state.mapper.column_attrs:
        name = attribute.key
        if name in _OWN:
            continue
        if is_new or is_gone:
            value = getattr(row, name, None)
            if value not in (None, "", False, [], {}):
                found[name] = plain(value)
            continue
        history = state.attrs[name].history
        if history.has_changes():
            before = history.deleted[0] if history.deleted else None
            found[name] = [plain(before), plain(getattr(row, name))]
    return found


def plain(value: Any) -> Any:
    """A value as JSON of the journal: ids as 32 hexadecimal digits, days and instants in ISO 8601."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return value
