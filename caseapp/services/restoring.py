"""A backup and its seal: putting it in a new place, checked, without any key."""

from collections.abc import Callable
from pathlib import Path

from caseapp.domain.errors import CaseAppError
from caseapp.services.creation import check_free
from caseapp.services.stages import Progress, no_progress
from caseapp.store import backup, engine, failures
from caseapp.store.progress import Watch
from caseapp.system import anchor, files, keys, paths


class Incomplete(CaseAppError):
    """A backup is two files, the database and its key file."""

    code = "backup.incomplete"


class StillInUse(CaseAppError):
    """The newest entries lie in a log beside the file, so that a copy of the file alone would lose them."""

    code = "backup.still-in-use"


class DamagedBackup(failures.Damaged):
    """The backup is not any more what was verified when it was made."""

    code = "backup.damaged"


class KeepingStopped(CaseAppError):
    """Whoever watched stopped it; nothing remains of what was begun."""

    code = "maintenance.stopped"


def restore(source: Path, target: Path, *, progress: Progress = no_progress) -> bool:
    """Put a backup in a new place; whatever stands there already is never overwritten.

    What the backup's seal says is compared while it is copied, without any key. Returns whether it was: a
    copy whose seal is not beside it may be damaged, or have another's keys, until `verify` found it whole.
    The name is taken last, so that a half copy is never a database.
    Raises SyncedFolder, NetworkFolder, NameMissing, NoFolder, FileExists, NoSuchFile, NotADatabase,
    Incomplete, StillInUse, DamagedBackup, CannotRead, CannotWrite or KeepingStopped.
    """
    paths.check_place(target)
    check_free(target)
    engine.check_file(source)
    if not keys.key_file(source).is_file():
        raise Incomplete(file=source.name)
    if _has_entries_beside(source):
        raise StillInUse(file=source.name)
    try:
        return _put(source, target, by_pieces(watching(progress, "Restoring"), source))
    except files.CannotWrite as error:
        raise type(error)(file=target.name) from None
    except OSError:
        raise files.CannotWrite(file=target.name) from None


def _put(source: Path, target: Path, look: Callable[[], None]) -> bool:
    """Copy a backup with what lies beside it, the name last; where anything fails nothing remains."""
    partial = backup.partial_of(target)
    try:
        is_checked = _check_seal(source, files.copy_durably(source, partial, look))
        files.copy_durably(keys.key_file(source), keys.key_file(target))
        if anchor.anchor_file(source).is_file():
            files.copy_durably(anchor.anchor_file(source), anchor.anchor_file(target))
        partial.rename(target)
    except BaseException:
        if not target.exists():
            for file in (partial, keys.key_file(target), anchor.anchor_file(target)):
                file.unlink(missing_ok=True)
        raise
    return is_checked


def _has_entries_beside(source: Path) -> bool:
    """Whether a write-ahead log with entries lies beside, whose newest work the file alone does not hold."""
    log = source.with_name(source.name + "-wal")
    return log.is_file() and log.stat().st_size > 0


def _check_seal(source: Path, found: str) -> bool:
    seal = seal_file(source)
    if not seal.is_file():
        return False
    if files.read(seal).decode(errors="replace").split()[:1] != [found]:
        raise DamagedBackup(file=source.name)
    return True


def seal_file(backup_file: Path) -> Path:
    """What stands beside a backup to tell, without any key, that it is still what was verified."""
    return backup_file.with_name(backup_file.name + ".sha256")


def watching(progress: Progress, words: str) -> Watch:
    """A watch of the store that stops it when whoever watches says so."""

    def watch(done: int, total: int) -> None:
        if not progress(words, done, total):
            raise KeepingStopped()

    return watch


def by_pieces(watch: Watch, file: Path) -> Callable[[], None]:
    """Tells after each piece of a file how much of it is done."""
    size, done = max(1, file.stat().st_size), 0

    def look() -> None:
        nonlocal done
        done += files.PIECE
        watch(min(done, size), size)

    return look
