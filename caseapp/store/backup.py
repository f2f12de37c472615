"""Encrypted copies made while others work, believed only after they were opened and checked."""

import os
from pathlib import Path

from caseapp.domain.errors import CaseAppError
from caseapp.domain.keeping import Checked
from caseapp.store import engine as engines
from caseapp.store.opened import Database
from caseapp.store.unit_of_work import Author
from caseapp.store.verify import verify


class NotVerified(CaseAppError):
    """The copy does not hold what the database holds; it was removed."""

    code = "backup.not-verified"


def copy(database: Database, target: Path, key: bytes) -> None:
    """Write an encrypted copy by the backup interface in one step; raises Unwritable, FileExists or DiskFull.

    One step, because a copy in pieces starts over at every write of somebody else. Damaged where the
    original cannot be read.
    """
    if target.exists():
        raise engines.FileExists(file=target.name)
    try:
        target.touch(mode=0o600, exist_ok=False)
    except OSError:
        raise engines.CannotMake(file=target.name.removesuffix(".partial")) from None
    try:
        _copy_pages(database, target, key)
    except (engines.dbapi2.DatabaseError, OSError) as error:
        target.unlink(missing_ok=True)
        full = engines.DiskFull(file=target.name)
        raise engines.known_failure(str(error), database.path.name) or full from None


def check(target: Path, key: bytes, original: Database, author: Author) -> Checked:
    """Open the copy and compare it with where it came from; what does not hold is removed.

    Raises NotVerified, or Damaged where the copy cannot be read as the original cannot.
    """
    from caseapp.store.database import open_existing

    head = original.head()
    try:
        copied = open_existing(target, key)
        try:
            checked = verify(copied, author, anchors=[])
            same = copied.head().seq <= head.seq and not checked.problems
        finally:
            copied.close()
    except engines.Damaged:
        target.unlink(missing_ok=True)
        raise engines.Damaged(file=original.path.name) from None
    if checked.problems:
        target.unlink(missing_ok=True)
        raise engines.Damaged(file=original.path.name)
    if not same:
        target.unlink(missing_ok=True)
        raise NotVerified()
    return checked


def copy_older(database: Database, target: Path, key: bytes) -> None:
    """Copy a file of an older schema, and check pages and seals; raises what `copy` and `check` raise."""
    copy(database, target, key)
    copied = engines.open_engine(target, key)
    try:
        with copied.connect() as connection:
            sound = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
            broken = list(connection.exec_driver_sql("PRAGMA cipher_integrity_check"))
    finally:
        copied.dispose()
    if sound != ["ok"] or broken:
        target.unlink(missing_ok=True)
        raise engines.Damaged(file=database.path.name)


def _copy_pages(database: Database, target: Path, key: bytes) -> None:
    with database.engine.connect() as connection:
        source = connection.connection.driver_connection
        connection.rollback()
        copied = engines.dbapi2.connect(str(target), isolation_level=None)
        try:
            copied.set_key(f"x'{key.hex()}'".encode())
            assert source is not None  # noqa: S101
            source.backup(copied)
        finally:
            copied.close()
    handle = os.open(target, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
