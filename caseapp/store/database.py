"""Making and opening the encrypted file, with every refusal before anything is changed."""

from collections.abc import Callable
from pathlib import Path

from caseapp.domain.errors import CaseAppError
from caseapp.store import backup, migrate
from caseapp.store import engine as engines
from caseapp.store.opened import Database
from caseapp.store.progress import Watch, unwatched


class NoFolder(CaseAppError):
    """A file was named in a folder that is not there."""

    code = "database.no-folder"


class NameMissing(CaseAppError):
    """What was given for a new file names none."""

    code = "database.name-missing"


def check_free(path: Path) -> None:
    """Raise NameMissing, NoFolder or FileExists where a new file cannot take this name."""
    if not path.name:
        raise NameMissing()
    if not path.parent.is_dir():
        raise NoFolder(folder=str(path.parent))
    if path.exists():
        raise engines.FileExists(file=path.name)


def reserve(path: Path) -> None:
    """Make the empty file with mode 0600, which its journal files copy; raises FileExists or Unwritable."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise engines.FileExists(file=path.name) from None
    except OSError:
        raise engines.CannotMake(file=path.name) from None


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
    opened, is_older = _opened(path, key)
    if is_older:
        opened.close()
        raise migrate.OlderSchema()
    return opened


def bring_up_to_date(
    path: Path,
    key: bytes,
    *,
    scripts: Path,
    aside: Path,
    give_keys: Callable[[], None],
    copying: Watch = unwatched,
    checking: Watch = unwatched,
    changing: Watch = unwatched,
) -> tuple[Database, str]:
    """Copy a file of an older schema aside, then give it today's in one transaction.

    `give_keys` puts the keys beside the copy before anything changes, so that even after a power cut the copy
    can be opened.
    Returns it open, and the older schema; it counts as older until its keys are written. Raises what
    `open_existing` and `backup.copy` raise; then the file is as it was.
    """
    opened, _is_older = _opened(path, key)
    try:
        before = migrate.revision(opened.engine)
        backup.copy_older(opened, aside, key, copying=copying, checking=checking)
        _with_keys(aside, give_keys)
        migrate.upgrade_but_for_keys(opened.engine, scripts, changing)
    except BaseException:
        opened.close()
        raise
    return opened, str(before)


def _with_keys(aside: Path, give_keys: Callable[[], None]) -> None:
    """Put the keys beside a copy; one that nothing can open is removed."""
    try:
        give_keys()
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def _opened(path: Path, key: bytes) -> tuple[Database, bool]:
    engines.check_file(path)
    engine = engines.open_engine(path, key)
    try:
        is_older = migrate.check(engine)
    except Exception:
        engine.dispose()
        raise
    return Database(path, engine, key), is_older
