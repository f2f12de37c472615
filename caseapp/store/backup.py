"""Encrypted copies made while others work, believed only after they were opened and checked."""

import os
from contextlib import suppress
from pathlib import Path
from time import time

from caseapp.domain.errors import CaseAppError
from caseapp.domain.keeping import Checked
from caseapp.store import engine as engines
from caseapp.store import failures
from caseapp.store.opened import Database
from caseapp.store.progress import Watch, unwatched
from caseapp.store.unit_of_work import Author
from caseapp.store.verify import verify

_PIECE = 4096
"""Pages that are copied between two looks of whoever watches."""

_PARTIAL = ".partial"
_GIVEN_UP = 6 * 3600
"""Seconds after its last byte from which nobody is taken to be writing a half copy any more."""


class NotVerified(CaseAppError):
    """The copy does not hold what the database holds; it was removed."""

    code = "backup.not-verified"


def partial_of(target: Path) -> Path:
    """What a copy is called until it is whole."""
    return target.with_name(target.name + _PARTIAL)


def remove_half_copies(folder: Path, names: str) -> None:
    """Remove the half copies that an ended program left in a folder; `names` is a glob of their targets."""
    with suppress(OSError):
        for one in folder.glob(names + _PARTIAL):
            if time() - one.stat().st_mtime > _GIVEN_UP:
                one.unlink(missing_ok=True)


def copy(database: Database, target: Path, key: bytes, watch: Watch = unwatched) -> None:
    """Write an encrypted copy by the backup interface; raises Unwritable, FileExists or DiskFull.

    The errors name the file that was asked for, not the half copy. All pieces are of one state of the file,
    whoever writes meanwhile. Raises Damaged where the original cannot be read.
    """
    name = target.name.removesuffix(_PARTIAL)
    if target.exists():
        raise engines.FileExists(file=name)
    try:
        target.touch(mode=0o600, exist_ok=False)
    except OSError:
        raise engines.CannotMake(file=name) from None
    try:
        _copy_pages(database, target, key, watch)
    except BaseException as error:
        target.unlink(missing_ok=True)
        if not isinstance(error, (engines.dbapi2.DatabaseError, OSError)):
            raise
        full = failures.DiskFull(file=name)
        raise failures.known_failure(str(error), database.path.name) or full from None


def check(target: Path, key: bytes, original: Database, author: Author, watch: Watch = unwatched) -> Checked:
    """Open the copy and compare it with where it came from; what does not hold is removed.

    Raises NotVerified, Damaged where the copy cannot be read as the original cannot, or what `watch` raises.
    """
    from caseapp.store.database import open_existing

    head = original.head()
    try:
        copied = open_existing(target, key)
        try:
            checked = verify(copied, author, anchors=[], watch=watch)
            same = copied.head().seq <= head.seq and not checked.problems
        finally:
            copied.close()
    except failures.Damaged:
        target.unlink(missing_ok=True)
        raise failures.Damaged(file=original.path.name) from None
    if checked.problems:
        target.unlink(missing_ok=True)
        raise failures.Damaged(file=original.path.name)
    if not same:
        target.unlink(missing_ok=True)
        raise NotVerified()
    return checked


def copy_older(
    database: Database, target: Path, key: bytes, *, copying: Watch = unwatched, checking: Watch = unwatched
) -> None:
    """Copy a file of an older schema, and check pages and seals; raises what `copy` and `check` raise.

    The copy has its name only when it is whole and checked.
    """
    if target.exists():
        raise engines.FileExists(file=target.name)
    partial = partial_of(target)
    copy(database, partial, key, copying)
    try:
        if not _is_sound(partial, key, checking):
            raise failures.Damaged(file=database.path.name)
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)


def _is_sound(target: Path, key: bytes, checking: Watch) -> bool:
    """Whether every page is in its place and sealed as it was written.

    What the indexes say is not compared with the rows: they are the original's page for page, and with a
    million people that takes ten minutes.
    """
    copied = engines.open_engine(target, key)
    try:
        with copied.connect() as connection:
            checking(0, 2)
            sound = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check")]
            checking(1, 2)
            broken = list(connection.exec_driver_sql("PRAGMA cipher_integrity_check"))
    finally:
        copied.dispose()
    return sound == ["ok"] and not broken


def _copy_pages(database: Database, target: Path, key: bytes, watch: Watch) -> None:
    """Copy piece by piece inside a reading transaction: without it each write would make it start over."""
    with database.engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
        source = connection.connection.driver_connection
        copied = engines.dbapi2.connect(str(target), isolation_level=None)
        try:
            copied.set_key(f"x'{key.hex()}'".encode())
            assert source is not None  # noqa: S101
            source.backup(
                copied, pages=_PIECE, progress=lambda _state, left, total: watch(total - left, total)
            )
        finally:
            copied.close()
    handle = os.open(target, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
