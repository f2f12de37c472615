"""Bulk writes of an import: new calls in one pass, changed ones field by field, and the way back."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from caseapp.domain.calls import Certainty, Model, NarrativePart, Part, UnitRole
from caseapp.domain.dispatch import IncomingCall, IncomingPerson, IncomingResponse, RowProblem
from caseapp.domain.imports import Batch, ImportSummary, NoSuchBatch
from caseapp.store.bulk import ids_in_order, insert_columns, table_of
from caseapp.store.repository import Repository
from caseapp.store.tables.base import from_microseconds, microseconds
from caseapp.store.tables.calls import CallNoteRow, CallRow, EncounterRow, ResponseRow, UnitRow
from caseapp.store.tables.journal import ImportBatchRow, ImportChangeRow, ImportRejectRow
from caseapp.store.tables.staff import StaffRow

CHUNK = 2000

COMPARED = tuple(
    name
    for name in IncomingCall._fields
    if name not in ("number", "source_row", "responses", "people", "narrative")
)
"""The fields in which a later export can differ from what is stored."""

_APART = ("responses", "people", "narrative")
_CALL, _NOTE, _ENCOUNTER = table_of(CallRow), table_of(CallNoteRow), table_of(EncounterRow)
_CHANGE, _REJECT = table_of(ImportChangeRow), table_of(ImportRejectRow)
_NO_BACKUP = {
    "led_by": "",
    "arrived_as": "",
    "backup_asked_by": "",
    "backup_reason": "",
    "backup_arrived": None,
    "video_started_at": None,
    "video_ended_at": None,
    "video_outcome": "",
}
_EMPTY = {
    "category": "",
    "eligible": "unknown",
    "not_served_reason": "",
    "place_id": None,
}


class ImportStore(Repository):
    """Writes batches of calls and takes them back."""

    def stored(self, centre: str, numbers: Sequence[str]) -> dict[str, Any]:
        """Rows of these call numbers at this centre, by number."""
        found: dict[str, Any] = {}
        columns = [_CALL.c.id, _CALL.c.number, *(_CALL.c[name] for name in COMPARED)]
        for some in _chunks(numbers):
            query = select(*columns).where(_CALL.c.number.in_(some), _CALL.c.centre == centre)
            found.update((row.number, row) for row in self._session.execute(query))
        return found

    def is_first(self, centre: str) -> bool:
        """Whether this centre has no call yet, so that nothing need be compared."""
        query = select(_CALL.c.id).where(_CALL.c.centre == centre).limit(1)
        return self._session.execute(query).first() is None

    def units(self, call_ids: Sequence[UUID]) -> dict[UUID, set[str]]:
        """Call signs that each call has already."""
        found: dict[UUID, set[str]] = {}
        table = table_of(ResponseRow)
        for some in _chunks(call_ids):
            query = select(table.c.call_id, table.c.call_sign).where(table.c.call_id.in_(some))
            for row in self._session.execute(query):
                found.setdefault(row.call_id, set()).add(row.call_sign)
        return found

    def add_batch(self, kind: str, file_name: str, sha256: str, summary: ImportSummary) -> UUID:
        """Write the batch's own row."""
        batch_id = self._new_id()
        self._session.add(
            ImportBatchRow(
                id=batch_id,
                kind=kind,
                file_name=file_name,
                file_sha256=sha256,
                layout=summary.layout,
                counts={
                    "rows": summary.rows,
                    "new": summary.new,
                    "changed": summary.changed,
                    "same": summary.same,
                    "rejected": summary.rows_rejected,
                    "look_known": summary.look_known,
                },
            )
        )
        self._session.flush()
        return batch_id

    def add_calls(
        self, calls: Sequence[IncomingCall], *, centre: str, batch_id: UUID, staff_id: UUID
    ) -> None:
        """Insert new calls with their responses, narrative and people, in bulk."""
        ids = list(ids_in_order(self._now, len(calls)))
        columns = dict(zip(IncomingCall._fields, zip(*calls, strict=True), strict=True))
        kept = {name: columns[name] for name in columns if name not in _APART}
        same = {**_EMPTY, "centre": centre, "batch_id": batch_id, **self._stamp(staff_id)}
        insert_columns(self._session, CallRow, {"id": ids, **kept}, same, len(calls))
        pairs = list(zip(ids, calls, strict=True))
        self._add_responses(pairs)
        self._insert(_NOTE, (self._note(i, call) for i, call in pairs if call.narrative))
        self._insert(_ENCOUNTER, (self._encounter(i, one, staff_id) for i, c in pairs for one in c.people))

    def _stamp(self, staff_id: UUID) -> dict[str, Any]:
        return {
            "created_at": self._now,
            "changed_at": self._now,
            "created_by": staff_id,
            "changed_by": staff_id,
            "version": 1,
        }

    def change_call(
        self, call_id: UUID, changes: dict[str, tuple[Any, Any]], *, batch_id: UUID, staff_id: UUID
    ) -> None:
        """Write the fields that a later export says otherwise, keeping what stood there for the undo."""
        after = {name: values[1] for name, values in changes.items()}
        self._session.execute(
            update(_CALL)
            .where(_CALL.c.id == call_id)
            .values(**after, changed_at=self._now, changed_by=staff_id, version=_CALL.c.version + 1)
        )
        before = {name: _stored_plain(values[0]) for name, values in changes.items()}
        self._insert(
            _CHANGE,
            [{"id": self._new_id(), "batch_id": batch_id, "record_id": call_id, "before": before}],
        )

    def add_responses(self, call_id: UUID, call: IncomingCall, known: set[str]) -> None:
        """Add the units that a later export names on a known call."""
        fresh = tuple(one for one in call.responses if one.call_sign not in known)
        self._add_responses([(call_id, call._replace(responses=fresh))], first=len(known))

    def _add_responses(self, pairs: list[tuple[UUID, IncomingCall]], *, first: int = 0) -> None:
        units = {row.call_sign: row for row in self._session.scalars(select(UnitRow))}
        rows = [
            (call_id, position, one)
            for call_id, call in pairs
            for position, one in enumerate(call.responses, start=first)
        ]
        found = [units.get(one.call_sign) for _id, _position, one in rows]
        columns: dict[str, Sequence[Any]] = {
            "id": list(ids_in_order(self._now, len(rows))),
            "call_id": [row[0] for row in rows],
            "position": [row[1] for row in rows],
            "unit_id": [unit.id if unit else None for unit in found],
            "model": [unit.model if unit else Model.UNKNOWN for unit in found],
            "role": [UnitRole.BACK_UP if row[1] else UnitRole.PRIMARY for row in rows],
            **{name: [getattr(row[2], name) for row in rows] for name in IncomingResponse._fields},
        }
        insert_columns(self._session, ResponseRow, columns, _NO_BACKUP, len(rows))

    def add_rejects(self, batch_id: UUID, problems: Iterable[RowProblem]) -> None:
        """Keep the rejected rows with the batch."""
        self._insert(
            _REJECT,
            (
                {
                    "id": self._new_id(),
                    "batch_id": batch_id,
                    "row_number": one.row,
                    "reason": one.reason,
                    "raw": list(one.raw),
                }
                for one in problems
            ),
        )

    def batch(self, batch_id: UUID) -> Batch:
        """Raises NoSuchBatch."""
        found = [one for one in self.batches() if one.id == batch_id]
        if not found:
            raise NoSuchBatch(batch=batch_id)
        return found[0]

    def batches(self) -> list[Batch]:
        """Past imports, newest first."""
        query = (
            select(ImportBatchRow, StaffRow.name)
            .join(StaffRow, StaffRow.id == ImportBatchRow.created_by)
            .order_by(ImportBatchRow.created_at.desc())
        )
        return [
            Batch(
                id=row.id,
                kind=row.kind,
                file_name=row.file_name,
                layout=row.layout,
                at=row.created_at,
                by=name,
                counts=dict(row.counts),
                undone_at=row.undone_at,
            )
            for row, name in self._session.execute(query)
        ]

    def touched_since(self, batch_id: UUID) -> int:
        """How many of the batch's calls carry work done after it: people met, or an edit."""
        calls = select(_CALL.c.id).where(_CALL.c.batch_id == batch_id)
        met = select(func.count()).where(EncounterRow.call_id.in_(calls), EncounterRow.version > 1)
        edited = select(func.count()).where(_CALL.c.batch_id == batch_id, _CALL.c.version > 1)
        return (self._session.scalar(met) or 0) + (self._session.scalar(edited) or 0)

    def undo(self, batch_id: UUID, *, staff_id: UUID) -> int:
        """Remove the batch's new calls and put back what it changed; returns how many records."""
        calls = select(_CALL.c.id).where(_CALL.c.batch_id == batch_id)
        for row in (ResponseRow, CallNoteRow, EncounterRow):
            self._session.execute(
                delete(row).where(row.call_id.in_(calls)), execution_options={"synchronize_session": False}
            )
        count = self._session.scalar(select(func.count()).where(_CALL.c.batch_id == batch_id)) or 0
        self._session.execute(delete(_CALL).where(_CALL.c.batch_id == batch_id))
        changes = self._session.scalars(
            select(ImportChangeRow).where(ImportChangeRow.batch_id == batch_id)
        ).all()
        for change in changes:
            values = {name: _from_plain(name, value) for name, value in change.before.items()}
            self._session.execute(
                update(_CALL)
                .where(_CALL.c.id == change.record_id)
                .values(**values, changed_at=self._now, changed_by=staff_id, version=_CALL.c.version + 1)
            )
        self._get(ImportBatchRow, batch_id).undone_at = self._now
        return count + len(changes)

    def _insert(self, table: Any, rows: Iterable[dict[str, Any]]) -> None:
        for some in _chunks(rows):
            self._session.execute(insert(table), some)

    def _note(self, call_id: UUID, call: IncomingCall) -> dict[str, Any]:
        return {
            "id": self._new_id(),
            "call_id": call_id,
            "position": 0,
            "at": None,
            "part": NarrativePart.UNKNOWN,
            "author": "",
            "text": call.narrative,
        }

    def _encounter(self, call_id: UUID, person: IncomingPerson, staff_id: UUID) -> dict[str, Any]:
        return {
            **self._stamp(staff_id),
            "id": self._new_id(),
            "call_id": call_id,
            "person_id": None,
            "part": Part(person.part),
            "certainty": Certainty.STATED,
            "stated_name": person.name,
            "stated_age": None,
            "stated_birth_date": person.birth_date,
            "stated_phone": person.phone,
            "stated_description": "",
            "needs": [],
            "offers": [],
            "what_was_done": "",
            "outcome": "",
            "transported_to": "",
            "is_voluntary": None,
            "injuries": "",
            "use_of_force": "",
            "arrest": "",
            "follow_up_wished": "unknown",
            "how_to_find": "",
            "triage": "new",
        }


def differences(stored: Any, call: IncomingCall) -> dict[str, tuple[Any, Any]]:
    """Field -> (stored, said now), where a later export differs; an export's silence changes nothing."""
    changes = {}
    for name in COMPARED:
        before, after = getattr(stored, name), getattr(call, name)
        if name == "reasons":
            before = tuple(before)
        if before != after and after not in (None, "", ()):
            changes[name] = (before, after)
    if call.received_until is not None:
        changes = {name: change for name, change in changes.items() if not name.startswith("received_")}
    if "received_is_day" in changes and "received_at" not in changes:
        del changes["received_is_day"]
    return changes


def _stored_plain(value: Any) -> Any:
    return (
        microseconds(value)
        if isinstance(value, datetime)
        else list(value)
        if isinstance(value, tuple)
        else value
    )


def _from_plain(name: str, value: Any) -> Any:
    if name.endswith("_at") and value is not None:
        return from_microseconds(value)
    return value


def _chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    source = iter(items)
    while some := list(islice(source, CHUNK)):
        yield some
