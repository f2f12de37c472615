"""Making and opening the encrypted file, with every refusal before anything is changed."""

from pathlib import Path

from caseapp.store import engine as engines
from caseapp.store import migrate
from caseapp.store.unit_of_work import Database


def reserve(path: Path) -> None:
    """Make the empty file with mode 0600, which its journal files copy; raises FileExists or Unwritable."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise engines.FileExists(file=path.name) from None
    except OSError:
        raise engines.Unwritable(file=path.name) from None


def create(path: Path, key: bytes, *, scripts: Path) -> Database:
    """Write the whole schema into a reserved file; raises Unwritable or DiskFull."""
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
