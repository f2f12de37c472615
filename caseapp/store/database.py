"""Making and opening the encrypted file, with every refusal before anything is changed."""

from pathlib import Path

from caseapp.store import engine as engines
from caseapp.store import migrate
from caseapp.store.unit_of_work import Database


def create(path: Path, key: bytes, *, scripts: Path) -> Database:
    """Make a new encrypted file with the whole schema; raises FileExists, Unwritable or DiskFull.

    The file is created empty with mode 0600 first, because its journal files copy that mode.
    """
    if path.exists():
        raise engines.FileExists(file=path.name)
    try:
        path.touch(mode=0o600)
    except OSError:
        raise engines.Unwritable(file=path.name) from None
    engine = engines.open_engine(path, key)
    migrate.upgrade(engine, scripts)
    return Database(path, engine, key)


def open_existing(path: Path, key: bytes) -> Database:
    """Open a file of today's schema.

    Raises NoSuchFile, NotADatabase, NotEncrypted, Damaged, Unwritable, NewerSchema, NotOurs, or
    OlderSchema when it must be brought up to date first.
    """
    engines.check_file(path)
    engine = engines.open_engine(path, key)
    try:
        if migrate.check(engine):
            raise migrate.OlderSchema()
    except Exception:
        engine.dispose()
        raise
    return Database(path, engine, key)
