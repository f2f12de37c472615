"""Opens the encrypted file: the driver and its version gate, the key, and the settings that keep commits.

Why each setting is as it is stands in the security page: `synchronous=FULL` because NORMAL loses
acknowledged commits at a power cut, `BEGIN IMMEDIATE` because a late upgrade to a write cannot be waited
for, the raw key because a shorter one would silently become a passphrase.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache
from sqlcipher3 import dbapi2 as _dbapi2

from caseapp.domain.errors import CaseAppError
from caseapp.store.failures import Damaged, Unwritable, known_failure

dbapi2: Any = _dbapi2
"""The driver has no types of its own."""

dbapi2.register_adapter(type(None), lambda nothing: nothing)
dbapi2.register_adapter(bytes, bytearray)
"""For these two types the driver asks far and wide how to keep a value, which costs more than keeping it."""

OLDEST_SQLITE = (3, 53, 2)
"""First release with the WAL-reset and FTS5 corrections (trust requirement R4)."""

BUSY_MILLISECONDS = 30_000
CACHE_KIB = 65_536
CACHE_OF_MUCH_KIB = 16_384
"""What a transaction of many rows keeps unwritten at most, which is what its commit has to write."""

FOLD_PAGES = 1000
"""Pages of the write-ahead log from which a commit folds it into the file; SQLite's own number."""

STATEMENTS_KEPT = 1500
"""Compiled statements that a process keeps; more than the program has."""

_KEY_BYTES = 32
_PAGE = 4096
_PLAIN_HEADER = b"SQLite format 3\x00"
_ARCHIVE = b"PK\x03\x04"
"""How a workbook begins, and one sealed page in four thousand million."""

_NEVER_IN_TEXT = frozenset(range(9))
"""Bytes that no text holds and every sealed page does; its random start alone may well be letters."""
_ATTACH, _OK, _DENY = 24, 0, 1  # SQLITE_ATTACH, SQLITE_OK, SQLITE_DENY
_BEGIN = "caseapp_begin"
_AT_ONCE = "IMMEDIATE"
_WRITER = json.JSONEncoder(separators=(",", ":"), check_circular=False)


class DriverTooOld(CaseAppError):
    """The encrypted driver lacks corrections that guard against damaged files."""

    code = "database.driver-too-old"


class NotADatabase(CaseAppError):
    """The file is something else, or it is too short to be a database."""

    code = "database.not-a-database"


class CutShort(NotADatabase):
    """The file does not end where a page does: it is the beginning of a database, or something else."""


class NotEncrypted(CaseAppError):
    """The file is a plain database; this program keeps none."""

    code = "database.not-encrypted"


class NoSuchFile(CaseAppError):
    code = "database.no-such-file"


class Unreadable(CaseAppError):
    """The file is there, and this user may not read it."""

    code = "database.unreadable"


class FileExists(CaseAppError):
    code = "database.file-exists"


class CannotMake(Unwritable):
    """The folder of a new file may only be read."""

    code = "database.cannot-make"


class Dialect(SQLiteDialect_pysqlite):
    """One dialect for all files, so that a statement compiled for one file serves the next.

    A process opens several: it makes a file and signs in, or copies one and checks the copy.
    """

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dialect)

    def __hash__(self) -> int:
        return hash(Dialect)


registry.register("sqlite.caseapp", __name__, Dialect.__name__)
_STATEMENTS: LRUCache[Any, Any] = LRUCache(STATEMENTS_KEPT)


def check_driver() -> None:
    """Raise DriverTooOld unless SQLite is new enough and SQLCipher answers."""
    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise DriverTooOld(found=dbapi2.sqlite_version)
    probe = dbapi2.connect(":memory:")
    try:
        found = probe.execute("PRAGMA cipher_version").fetchone()
    finally:
        probe.close()
    if not found or not found[0]:
        raise DriverTooOld(found="no encryption")


def check_file(path: Path) -> None:
    """Raise the sentence-bearing error for a file that cannot be ours, before any driver touches it."""
    if not path.is_file():
        raise NoSuchFile(file=path.name)
    try:
        with path.open("rb") as file:
            page = file.read(_PAGE)
    except OSError:
        raise Unreadable(file=path.name) from None
    if page.startswith(_PLAIN_HEADER):
        raise NotEncrypted(file=path.name)
    if not page or not _NEVER_IN_TEXT & set(page) or page.startswith(_ARCHIVE):
        raise NotADatabase(file=path.name)
    if path.stat().st_size % _PAGE:
        raise CutShort(file=path.name)


def open_engine(path: Path, key: bytes) -> Engine:
    """Return an engine whose every connection carries the key and the promised settings.

    The connection that was used last is used next, for each keeps opened pages of its own: a first answer
    among a million people takes a fifth less than where idle ones take turns.
    `key` is the 32 raw bytes of the data key. Raises DriverTooOld, Damaged or Unwritable.
    """
    check_driver()
    if len(key) != _KEY_BYTES:
        raise ValueError("a data key has 32 bytes")
    engine = create_engine(
        "sqlite+caseapp://",
        creator=_connector(path, key),
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=4,
        pool_use_lifo=True,
        max_overflow=8,
        hide_parameters=True,
        json_serializer=_WRITER.encode,
        execution_options={"compiled_cache": _STATEMENTS},
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _anticipate)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine and pool, whose transactions begin with the write lock held."""
    return engine.execution_options(**{_BEGIN: _AT_ONCE})


def once(engine: Engine) -> Engine:
    """A writing engine that keeps no compiled statement: one of a migration would hold on to old tables."""
    return writing(engine).execution_options(compiled_cache=None)


@contextmanager
def for_much(engine: Engine) -> Iterator[Connection]:
    """A connection for one transaction of many rows: its commit writes little and leaves the log as it is.

    The log is folded into the file by `fold` afterwards, beside other work.
    """
    with engine.connect() as connection:
        driver = connection.connection
        _ask(driver, wal_autocheckpoint=0, cache_size=-CACHE_OF_MUCH_KIB)
        try:
            yield connection
        finally:
            _ask(driver, wal_autocheckpoint=FOLD_PAGES, cache_size=-CACHE_KIB)


def fold(engine: Engine) -> None:
    """Bring what the log holds into the file; nobody waits for it, neither to read nor to write.

    What cannot be brought over now is as safe in the log, and the next commit tries again.
    """
    driver = engine.raw_connection()
    try:
        with suppress(dbapi2.Error):
            driver.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    finally:
        driver.close()


def _ask(driver: Any, **settings: int) -> None:
    for name, value in settings.items():
        driver.cursor().execute(f"PRAGMA {name} = {value}").close()


def _anticipate(context: ExceptionContext) -> None:
    """Turn what the disk or a damaged file does into an error with a sentence, wherever it happens."""
    error = context.original_exception
    if isinstance(error, dbapi2.DatabaseError) and not isinstance(error, dbapi2.IntegrityError):
        found = known_failure(str(error), "the database")
        if found is not None:
            raise found from error


def _begin(connection: Connection) -> None:
    """Begin with the driver's own hands where nothing is locked yet and nothing can fail."""
    mode = connection.get_execution_options().get(_BEGIN, "DEFERRED")
    if mode == _AT_ONCE:
        connection.exec_driver_sql(f"BEGIN {mode}")
    else:
        connection.connection.cursor().execute(f"BEGIN {mode}").close()


def _connector(path: Path, key: bytes) -> Callable[[], Any]:
    def connect() -> Any:
        connection = dbapi2.connect(
            str(path), isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            _prepare(connection, key)
        except dbapi2.OperationalError as error:
            connection.close()
            raise known_failure(str(error), path.name) or Damaged(file=path.name) from None
        except dbapi2.DatabaseError:
            connection.close()
            raise Damaged(file=path.name) from None
        return connection

    return connect


def _prepare(connection: Any, key: bytes) -> None:
    connection.set_key(f"x'{key.hex()}'".encode())
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("SELECT count(*) FROM sqlite_master")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = 1")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute("PRAGMA trusted_schema = OFF")
    _read_back(connection)
    connection.set_authorizer(_refuse_attach)


def _read_back(connection: Any) -> None:
    """Settings that did not take would lose data silently, so they are read back (R3)."""
    found = (
        connection.execute("PRAGMA journal_mode").fetchone()[0],
        connection.execute("PRAGMA synchronous").fetchone()[0],
        connection.execute("PRAGMA foreign_keys").fetchone()[0],
    )
    if found != ("wal", 2, 1):
        raise dbapi2.OperationalError("readonly")


def _refuse_attach(action: int, *_names: str | None) -> int:
    """ATTACH could write a plain copy; nothing here needs it."""
    return _DENY if action == _ATTACH else _OK
