"""Imports as they are remembered: the file, what came of it, what it rests on and what was rejected."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from caseapp.domain.dispatch import RowProblem
from caseapp.domain.imports import Batch, ImportSummary, NoSuchBatch
from caseapp.store.bulk import table_of
from caseapp.store.chunks import chunks
from caseapp.store.repository import Repository
from caseapp.store.tables.journal import (
    ImportBasisRow,
    ImportBatchRow,
    ImportRejectRow,
)
from caseapp.store.tables.staff import StaffRow

_REJECT, _BASIS = table_of(ImportRejectRow), table_of(ImportBasisRow)


class ImportBatchStore(Repository):
    """The part of the store of imports that keeps the batches."""

    def rest_on(self, batch_id: UUID, others: Iterable[UUID]) -> None:
        """Write that a batch carried calls of earlier batches, which therefore stay as long as it does."""
        self._insert(_BASIS, ({"batch_id": batch_id, "on_batch_id": one} for one in others))

    def add_batch(self, kind: str, file_name: str, sha256: str, summary: ImportSummary) -> UUID:
        """Write the batch's own row, before its records: they refer to it, and each is checked at once."""
        batch_id = self._new_id()
        self._session.add(
            ImportBatchRow(
                id=batch_id,
                kind=kind,
                file_name=file_name,
                file_sha256=sha256,
                layout=summary.layout,
                counts=_counts(summary),
            )
        )
        self._session.flush()
        return batch_id

    def count_batch(self, batch_id: UUID, summary: ImportSummary) -> None:
        """Write what a batch came to in the end."""
        self._get(ImportBatchRow, batch_id).counts = _counts(summary)

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

    def has_file(self, sha256: str) -> bool:
        """Whether a file of these very bytes was imported and is still in place."""
        query = select(ImportBatchRow.id).where(
            ImportBatchRow.file_sha256 == sha256, ImportBatchRow.undone_at.is_(None)
        )
        return self._session.execute(query.limit(1)).first() is not None

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

    def _insert(self, table: Any, rows: Iterable[dict[str, Any]]) -> None:
        for some in chunks(rows):
            self._session.execute(insert(table), some)


def _counts(summary: ImportSummary) -> dict[str, int]:
    return {
        "rows": summary.rows,
        "new": summary.new,
        "changed": summary.changed,
        "same": summary.same,
        "rejected": summary.rows_rejected,
        "look_known": summary.look_known,
    }
