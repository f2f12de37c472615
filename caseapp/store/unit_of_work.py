"""One transaction: opened by a service, journaled, committed once, never seen by a screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from sqlalchemy import event, insert
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.orm.unitofwork import UOWTransaction
from typing_extensions import override

from caseapp.domain.errors import StaleRecord
from caseapp.store import migrate
from caseapp.store.bulk import table_of
from caseapp.store.changes import Collected, stamp, stamped
from caseapp.store.ids import new_id
from caseapp.store.journal import Journal
from caseapp.store.stores import Stores
from caseapp.store.tables.base import Base, Record


@dataclass(frozen=True, slots=True)
class Author:
    """In whose name, by which verb and when a transaction writes; `staff_id` None before sign-in."""

    staff_id: UUID | None
    verb: str
    now: datetime


class WorkSession(Session):
    """A session that tells the units of work on it what it is about to write."""


_WORKS = "units of work"
_insert_of = cache(lambda row: insert(table_of(row)))


@event.listens_for(WorkSession, "before_flush")
def _before_flush(session: Session, _context: UOWTransaction, _instances: object) -> None:
    for work in session.info[_WORKS]:
        work.collect()


class UnitOfWork(Stores):
    """Everything a verb reads and writes, as one transaction that is rolled back unless committed."""

    def __init__(self, session: WorkSession, *, author: Author, key: bytes, is_shared: bool = False) -> None:
        super().__init__(session, author.now)
        self._author = author
        self._is_shared = is_shared
        self._collected = Collected()
        self._subjects: dict[UUID, None] = {}
        self.journal = Journal(session, key)

    def __enter__(self) -> Self:
        self._session.info.setdefault(_WORKS, []).append(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.info[_WORKS].remove(self)
        if self._is_shared:
            return
        self._session.close()

    @property
    def now(self) -> datetime:
        """The one instant of this transaction."""
        return self._now

    def new_id(self) -> UUID:
        """An id for a record that this transaction adds."""
        return new_id(self._now)

    def about(self, *records: UUID) -> None:
        """Name further records that the journal entry is about."""
        self._subjects.update(dict.fromkeys(records))

    def take_lock(self) -> None:
        """Hold the file's write lock from now on, for something beside the file that only one may change."""
        self._session.connection()

    def has_older_keys(self) -> bool:
        """Tell whether the search keys in the file are those of an older edition."""
        return migrate.has_older_keys(self._session.connection())

    def keys_written(self) -> None:
        """The search keys in the file are those of this edition, once this is committed."""
        migrate.keys_written(self._session.connection())

    def session_of_bulk(self) -> Session:
        """The session itself, for the sample's bulk writes; verbs write through the stores."""
        return self._session

    def give_up(self) -> None:
        """Undo what was done so far and let the lock go, so that a refusal can be journaled by itself."""
        if not self._is_shared:
            self._session.rollback()

    def commit(self, *, reason: str = "", summary: dict[str, Any] | None = None) -> None:
        """Write what was collected, its journal entry, and make both true at once.

        `summary` stands for bulk writes that are journaled as one fact with its counts. Raises
        StaleRecord when a row changed after it was read.
        """
        try:
            self._session.flush()
        except StaleDataError as error:
            raise StaleRecord() from error
        if self._collected.changes or summary:
            self.journal.append(
                at=self._now,
                actor_id=self._author.staff_id,
                kind="change",
                verb=self._author.verb,
                detail={"changes": self._collected.changes, **(summary or {})},
                subjects=[*self._collected.subjects, *self._subjects],
                reason=reason,
            )
        self._finish()

    def commit_later(self, summary: dict[str, Any], *subjects: UUID) -> None:
        """Journal a part of a long bulk write, so that no entry grows without end; commit makes it true."""
        self.journal.append(
            at=self._now,
            actor_id=self._author.staff_id,
            kind="change",
            verb=self._author.verb,
            detail={"changes": [], **summary},
            subjects=subjects,
        )

    def note(
        self, kind: str, *, detail: object = None, reason: str = "", subjects: tuple[UUID, ...] = ()
    ) -> None:
        """Journal a look, a print, an export, a sign-in or a refusal; commit makes it true."""
        self.journal.append(
            at=self._now,
            actor_id=self._author.staff_id,
            kind=kind,
            verb=self._author.verb,
            detail=detail or {},
            subjects=subjects,
            reason=reason,
        )

    def note_people(self, written: Iterable[tuple[UUID, list[dict[str, Any]]]] = ()) -> None:
        """Journal what was written so far as an entry a person, so that each history holds only its own.

        `written` are the changes of rows that went in by bulk, by person.
        """
        self._session.flush()
        each = dict(written)
        rest = Collected(subjects=self._collected.subjects)
        for change, person_id in zip(self._collected.changes, self._collected.people, strict=True):
            if person_id is None:
                rest.changes.append(change)
                rest.people.append(None)
            else:
                each.setdefault(person_id, []).append(change)
        for person_id in each:
            rest.subjects.pop(person_id, None)
        self._collected = rest
        self.journal.append_each(
            (((person_id,), {"changes": changes}) for person_id, changes in each.items()),
            at=self._now,
            actor_id=self._author.staff_id,
            kind="change",
            verb=self._author.verb,
        )

    def _finish(self) -> None:
        if self._is_shared:
            self._collected = Collected()
        else:
            self._session.commit()

    def collect(self) -> None:
        """Stamp what the session is about to write, and keep it for the journal."""
        if self._author.staff_id is not None:
            stamp(self._session, actor_id=self._author.staff_id, now=self._now)
        self._collected.take(self._session)

    @override
    def _add(self, row: type[Base], values: dict[str, Any]) -> None:
        """Write a row at once that needs no object: nobody changes it in this transaction.

        It is stamped and journaled as any other; it costs a fifth.
        """
        if issubclass(row, Record):
            values = values | stamped(self._author.staff_id, self._now)
        self._session.connection().execute(_insert_of(row), values)
        self._collected.add(row, values)
