"""The opened file: one reads and writes it by transactions."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from caseapp.domain.access import Role
from caseapp.store import engine as engines
from caseapp.store.journal import Head, Journal, journal_key
from caseapp.store.staff import role_of
from caseapp.store.unit_of_work import Author, UnitOfWork, WorkSession


class Database:
    """The opened file: gives out transactions, and closes."""

    def __init__(self, path: Path, engine: Engine, data_key: bytes) -> None:
        self.path = path
        self.engine = engine
        self._writing = engines.writing(engine)
        self._journal_key = journal_key(data_key)
        self._shared: WorkSession | None = None
        self._folding: threading.Thread | None = None

    def read(self, author: Author) -> UnitOfWork:
        """A short transaction that sees one state and writes nothing."""
        if self._shared is not None:
            return self._joined(author)
        return UnitOfWork(WorkSession(self.engine), author=author, key=self._journal_key)

    def write(self, author: Author) -> UnitOfWork:
        """A transaction that holds the write lock from its first statement."""
        if self._shared is not None:
            return self._joined(author)
        session = WorkSession(self._writing, expire_on_commit=False)
        return UnitOfWork(session, author=author, key=self._journal_key)

    @contextmanager
    def write_much(self, author: Author) -> Iterator[UnitOfWork]:
        """As `write`, for more rows than a commit could fold into the file while somebody waits."""
        if self._shared is not None:
            with self._joined(author) as work:
                yield work
            return
        with engines.for_much(self._writing) as connection:
            session = WorkSession(connection, expire_on_commit=False)
            with UnitOfWork(session, author=author, key=self._journal_key) as work:
                yield work
        self._wait_for_fold()
        self._folding = threading.Thread(target=engines.fold, args=(self.engine,), name="fold")
        self._folding.start()

    def _wait_for_fold(self) -> None:
        if self._folding is not None:
            self._folding.join()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Let many verbs of one thread share one transaction: all of them become true, or none."""
        session = WorkSession(self._writing, expire_on_commit=False, autoflush=False)
        self._shared = session
        try:
            yield
            session.commit()
        finally:
            self._shared = None
            session.close()

    def _joined(self, author: Author) -> UnitOfWork:
        assert self._shared is not None  # noqa: S101
        return UnitOfWork(self._shared, author=author, key=self._journal_key, is_shared=True)

    def role_of(self, staff_id: UUID) -> Role | None:
        """The role that a member of staff has now; None for who left."""
        if self._shared is not None:
            return role_of(self._shared.connection(), staff_id)
        with self.engine.connect() as connection:
            return role_of(connection, staff_id)

    def head(self) -> Head:
        """The journal's newest entry, for the anchor outside the file."""
        with Session(self.engine) as session:
            return Journal(session, self._journal_key).head()

    def broken_links(self, look: Callable[[int], object] = lambda _seq: None) -> list[str]:
        """Check the whole chain, of which an empty list says that it is whole.

        `look` is called with the number of an entry now and then, and may raise.
        """
        with Session(self.engine) as session:
            return list(Journal(session, self._journal_key).broken_links(look))

    def close(self) -> None:
        """Give back every connection; the write-ahead log is folded into the file by the last one."""
        self._wait_for_fold()
        self.engine.dispose()
