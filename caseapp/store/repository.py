"""What every noun's store shares: a session, the instant, and reading a row for an edit."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from caseapp.domain.errors import NoSuchRecord, StaleRecord
from caseapp.store.ids import new_id
from caseapp.store.tables.base import Record

RowT = TypeVar("RowT", bound=Record)


class Repository:
    """Reads and writes one noun in domain types inside the transaction it was given."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now

    def _new_id(self) -> UUID:
        return new_id(self._now)

    def _get(self, kind: type[RowT], record_id: UUID, *, version: int | None = None) -> RowT:
        """Read one row; raises NoSuchRecord, or StaleRecord when `version` is not the stored one."""
        row = self._session.get(kind, record_id)
        if row is None:
            raise NoSuchRecord()
        if version is not None and row.version != version:
            raise StaleRecord()
        return row
