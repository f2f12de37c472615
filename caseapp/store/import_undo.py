"""The way back of a batch of calls: what it added goes, what it changed is put back, or nothing is done."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update

from caseapp.store.bulk import table_of
from caseapp.store.chunks import CHUNK, chunks
from caseapp.store.repository import Repository
from caseapp.store.tables.base import Instant, from_microseconds
from caseapp.store.tables.calls import CallNoteRow, CallRow, EncounterRow, ResponseRow
from caseapp.store.tables.journal import (
    ImportBasisRow,
    ImportBatchRow,
    ImportChangeRow,
    JournalRow,
    JournalSubjectRow,
)

_CALL, _CHANGE = table_of(CallRow), table_of(ImportChangeRow)
_ADDED = {one.__tablename__: table_of(one) for one in (ResponseRow, CallNoteRow, EncounterRow)}


class ImportUndoStore(Repository):
    """Takes batches of calls back."""

    def resting_on(self, batch_id: UUID) -> list[tuple[str, datetime]]:
        """File and instant of the later imports still in place that carried calls of this batch."""
        query = (
            select(ImportBatchRow.file_name, ImportBatchRow.created_at)
            .join(ImportBasisRow, ImportBasisRow.batch_id == ImportBatchRow.id)
            .where(ImportBasisRow.on_batch_id == batch_id, ImportBatchRow.undone_at.is_(None))
            .order_by(ImportBatchRow.created_at.desc(), ImportBatchRow.id.desc())
        )
        return [(row.file_name, row.created_at) for row in self._session.execute(query)]

    def worked_on(self, batch_id: UUID) -> int:
        """How many of the batch's calls anybody did something with since, told by the journal.

        What other imports did that were taken back does not count.
        """
        about = table_of(JournalSubjectRow)
        of_batch = select(about.c.seq).where(about.c.record_id == batch_id)
        first = self._session.scalar(select(func.min(about.c.seq)).where(about.c.record_id == batch_id)) or 0
        undone = select(ImportBatchRow.id).where(ImportBatchRow.undone_at.is_not(None))
        of_undone = select(about.c.seq).where(about.c.record_id.in_(undone))
        query = (
            select(func.count(about.c.record_id.distinct()))
            .join(JournalRow, JournalRow.seq == about.c.seq)
            .where(about.c.seq > first, JournalRow.kind == "change")
            .where(about.c.seq.not_in(of_batch), about.c.seq.not_in(of_undone))
            .where(self._is_of(batch_id, about.c.record_id))
        )
        return self._session.scalar(query) or 0

    def size(self, batch_id: UUID) -> int:
        """How many calls a batch brought or changed."""
        brought = select(func.count()).select_from(_CALL).where(_CALL.c.batch_id == batch_id)
        changed = select(func.count()).select_from(_CHANGE).where(_CHANGE.c.batch_id == batch_id)
        return (self._session.scalar(brought) or 0) + (self._session.scalar(changed) or 0)

    def take_back(
        self, batch_id: UUID, *, staff_id: UUID, watch: Callable[[int], None]
    ) -> tuple[int, list[UUID]]:
        """Remove what the batch added and put back what it changed; returns a count, and the ids put back.

        `watch` is called with how many calls are done, and may raise.
        """
        removed = 0
        for first, last, count in self._stretches(batch_id):
            within = (_CALL.c.batch_id == batch_id, _CALL.c.id.between(first, last))
            for table in _ADDED.values():
                self._session.execute(
                    delete(table).where(table.c.call_id.in_(select(_CALL.c.id).where(*within)))
                )
            self._session.execute(delete(_CALL).where(*within))
            removed += count
            watch(removed)
        put_back: list[UUID] = []
        for call_id, before in self._changes(batch_id):
            put_back.append(self._put_back(call_id, before, staff_id))
            if not len(put_back) % CHUNK:
                watch(removed + len(put_back))
        watch(removed + len(put_back))
        self._get(ImportBatchRow, batch_id).undone_at = self._now
        return removed, put_back

    def _stretches(self, batch_id: UUID) -> Iterator[tuple[UUID, UUID, int]]:
        """First and last id of some thousand calls of a batch at a time, in one walk along the ids."""
        query = select(_CALL.c.id).where(_CALL.c.batch_id == batch_id).order_by(_CALL.c.id).limit(CHUNK)
        ids = self._session.scalars(query).all()
        while ids:
            yield ids[0], ids[-1], len(ids)
            ids = self._session.scalars(query.where(_CALL.c.id > ids[-1])).all()

    def _put_back(self, call_id: UUID, before: dict[str, Any], staff_id: UUID) -> UUID:
        for name, ids in before.get("added", {}).items():
            table = _ADDED[name]
            self._session.execute(delete(table).where(table.c.id.in_([UUID(hex=one) for one in ids])))
        for unit_id, times in before.get("units", {}).items():
            table = _ADDED["response"]
            values = _values(table, times)
            self._session.execute(update(table).where(table.c.id == UUID(hex=unit_id)).values(**values))
        self._session.execute(
            update(_CALL)
            .where(_CALL.c.id == call_id)
            .values(
                **_values(_CALL, before.get("facts", before)),
                changed_at=self._now,
                changed_by=staff_id,
                version=_CALL.c.version + 1,
            )
        )
        return call_id

    def _changes(self, batch_id: UUID) -> Iterator[tuple[UUID, dict[str, Any]]]:
        ids = self._session.scalars(select(_CHANGE.c.id).where(_CHANGE.c.batch_id == batch_id)).all()
        for some in chunks(ids):
            query = select(_CHANGE.c.record_id, _CHANGE.c.before).where(_CHANGE.c.id.in_(some))
            yield from ((row.record_id, row.before) for row in self._session.execute(query).all())

    def _is_of(self, batch_id: UUID, record_id: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a record is a call that the batch brought or changed."""
        return or_(
            exists().where(_CALL.c.id == record_id, _CALL.c.batch_id == batch_id),
            exists().where(_CHANGE.c.record_id == record_id, _CHANGE.c.batch_id == batch_id),
        )


def _values(table: Any, before: dict[str, Any]) -> dict[str, Any]:
    """Values as columns take them, from JSON."""
    return {
        name: from_microseconds(value)
        if value is not None and isinstance(table.c[name].type, Instant)
        else value
        for name, value in before.items()
    }
