"""Looks whether the file is whole: pages, references, the journal's chain, the keys of people."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from caseapp.domain.keeping import Checked
from caseapp.domain.person_keys import keys_of
from caseapp.store.chunks import chunks
from caseapp.store.engine import dbapi2
from caseapp.store.failures import Damaged, DiskFailed
from caseapp.store.opened import Database
from caseapp.store.people import PeopleStore
from caseapp.store.person_facts import content_of
from caseapp.store.progress import Watch, unwatched
from caseapp.store.tables import Base
from caseapp.store.unit_of_work import Author

_CHUNK = 500
_STEPS_BETWEEN_LOOKS = 200_000
"""Steps of the database, some milliseconds of them, between two looks of whoever watches."""

_SHARES = {"pages": 20, "rows": 5, "journal": 10, "search": 65}
"""How much of the time each part takes, of a hundred."""


def verify(
    database: Database, author: Author, *, anchors: list[tuple[int, str]], watch: Watch = unwatched
) -> Checked:
    """Check everything; `anchors` are (number, hash) of heads that were seen before, oldest first.

    The order matters: the log is folded into the file before the pages' seals are checked, because
    sealed pages that wait in the log would look broken. `watch` may raise to stop it.
    """
    checked = Checked()
    steps: dict[str, Callable[[Watch], None]] = {
        "pages": lambda look: _pages(database, checked, look),
        "rows": lambda _look: _rows(database, checked),
        "journal": lambda look: _journal(database, checked, anchors, look),
        "search": lambda look: _keys(database, author, checked, look),
    }
    begun = 0
    for name, step in steps.items():
        look = _part(watch, begun, _SHARES[name])
        look(0, 1)
        begun += _SHARES[name]
        try:
            step(look)
        except (Damaged, DiskFailed, dbapi2.DatabaseError):
            checked.problems.append(f"{name}: the file is damaged and could not be read to its end")
            checked.is_damaged = True
    return checked


def _part(watch: Watch, begun: int, share: int) -> Watch:
    """What of the whole a part tells that begins at `begun` of a hundred."""
    return lambda done, total: watch(begun + share * min(done, total) // max(1, total), 100)


@contextmanager
def _watched(driver: Any, look: Callable[[], object]) -> Iterator[None]:
    """Let whoever watches stop a statement that runs long: what `look` raises ends it."""
    raised: list[BaseException] = []

    def may_go_on() -> int:
        try:
            look()
        except BaseException as error:
            raised.append(error)
        return len(raised)

    driver.set_progress_handler(may_go_on, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    except dbapi2.OperationalError:
        if raised:
            raise raised[0] from None
        raise
    finally:
        driver.set_progress_handler(None, 0)


def _pages(database: Database, checked: Checked, look: Watch) -> None:
    with database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101
        connection.rollback()
        with _watched(driver, lambda: look(0, 1)):
            for row in driver.execute("PRAGMA integrity_check"):
                if row[0] != "ok":
                    checked.problems.append(f"pages: {row[0]}")
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for row in driver.execute("PRAGMA cipher_integrity_check"):
            checked.problems.append(f"seal: {row[0]}")
        checked.pages = driver.execute("PRAGMA page_count").fetchone()[0]


def _rows(database: Database, checked: Checked) -> None:
    with database.engine.connect() as connection:
        for name in Base.metadata.tables:
            checked.rows += connection.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0  # noqa: S608
        for row in connection.execute(text("PRAGMA foreign_key_check")):
            checked.problems.append(f"references: a row of {row[0]} points to nothing in {row[2]}")


def _journal(database: Database, checked: Checked, anchors: list[tuple[int, str]], look: Watch) -> None:
    head = database.head()
    checked.journal_entries = head.seq
    checked.problems.extend(database.broken_links(lambda seq: look(seq, head.seq)))
    with database.engine.connect() as connection:
        for seq, seen in anchors:
            query = text("SELECT hash FROM journal WHERE seq = :seq")
            stored = connection.scalar(query, {"seq": seq})
            if stored is None:
                checked.problems.append(f"journal: entry {seq} was seen before and is gone")
            elif stored != seen:
                checked.problems.append(f"journal: entry {seq} is not the one that was seen before")


def _keys(database: Database, author: Author, checked: Checked, look: Watch) -> None:
    with Session(database.engine) as session:
        people = PeopleStore(session, author.now)
        everybody = people.all_ids()
        for number, some in enumerate(chunks(everybody, _CHUNK)):
            look(number * _CHUNK, len(everybody))
            stored, facts = people.stored_keys(some), people.stored_facts(some)
            for person_id, person in people.many(some).items():
                found = stored.get(person_id, set())
                checked.index_entries += len(found)
                if found != set(keys_of(person.details)):
                    checked.problems.append(f"search: the keys of person {person_id} do not fit the record")
                if facts.get(person_id) != content_of(person.details):
                    checked.problems.append(
                        f"search: what is compared of person {person_id} is not the record"
                    )
            session.expunge_all()
