"""Files that only their owner can read, written so that a crash leaves the old one or the new one.

What is written for somebody never takes the place of a database, of what belongs to one, or of a file that
the same command reads; the program's own files have a way of their own, `write_own`.
"""

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from caseapp.domain.errors import CaseAppError

PIECE = 1024 * 1024
_KEYS = ".keys"
_BESIDE = (_KEYS, ".anchor", ".tries", ".sha256", ".partial", "-wal", "-shm", "-journal")
"""How what lies beside a database ends: its keys, its anchor, its seal, and the driver's own files."""

_DATABASE = ".caseapp"


class CannotWrite(CaseAppError):
    """The folder may not be written, or the disk is full."""

    code = "file.cannot-write"


class NoRoom(CannotWrite):
    """The disk is full."""

    code = "file.no-room"


class CannotMakeFolder(CannotWrite):
    """The folder may not be made here, or a file has its name."""

    code = "file.cannot-make-folder"


class CannotRead(CaseAppError):
    """The file is not there or may not be read."""

    code = "file.cannot-read"


class BelongsToDatabase(CaseAppError):
    """The file is a database or belongs to one, and losing it would lose everything."""

    code = "file.belongs-to-database"


class IsRead(CaseAppError):
    """The file is one that the same command reads."""

    code = "file.is-read"


class FolderNotEmpty(CaseAppError):
    """An export fills a folder of its own, so that nothing is overwritten."""

    code = "export.folder-not-empty"


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner can enter; raises CannotMakeFolder."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise CannotMakeFolder(folder=str(path)) from None
    return path


def check_empty(folder: Path) -> None:
    """Raise FolderNotEmpty where anything lies in a folder that is to be filled."""
    if folder.is_dir() and any(folder.iterdir()):
        raise FolderNotEmpty(folder=folder.name)


@contextmanager
def filling(folder: Path) -> Iterator[None]:
    """Fill a private folder wholly: where that fails, nothing that was written into it stays.

    Raises FolderNotEmpty or CannotMakeFolder before anything is written.
    """
    check_empty(folder)
    private_folder(folder)
    try:
        yield
    except BaseException:
        for file in folder.iterdir():
            file.unlink()
        raise


def read(path: Path, *, at_most: int = -1) -> bytes:
    """The whole file, or so many bytes of one that may be of any size; raises CannotRead."""
    try:
        with path.open("rb") as file:
            return file.read(at_most)
    except OSError:
        raise CannotRead(file=path.name or str(path)) from None


def opened(path: Path) -> BinaryIO:
    """The file open for reading a piece at a time; raises CannotRead."""
    try:
        return path.open("rb")
    except OSError:
        raise CannotRead(file=path.name or str(path)) from None


def check_not_ours(path: Path, *, database: Path | None = None) -> None:
    """Raise BelongsToDatabase where writing would harm a database, or one that is about to be made here."""
    for one in {str(path.absolute()), os.path.realpath(path)}:
        if _is_ours(one) or (database is not None and _belongs(one, os.path.realpath(database))):
            raise BelongsToDatabase(file=path.name)


def check_apart(path: Path, read: Iterable[Path]) -> None:
    """Raise IsRead where writing would replace a file that is read, or one of a folder that is read."""
    for one in read:
        if _is_there(path) and (_is_same(path, one) or one.resolve() in path.resolve().parents):
            raise IsRead(file=path.name)


def check_writable(path: Path) -> None:
    """Raise CannotWrite or BelongsToDatabase where a file could not be made.

    Asked before what the file will tell of is done.
    """
    check_not_ours(path)
    if path.is_dir():
        raise CannotWrite(file=path.name)
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise _failed(error, path) from None
    os.close(handle)
    Path(temporary).unlink(missing_ok=True)


def write_atomically(path: Path, content: bytes) -> None:
    """Write beside, flush to the disk, then take the name.

    Raises CannotWrite or BelongsToDatabase and leaves the old file.
    """
    write_pieces(path, [content])


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """The same for content that comes in pieces; what making a piece raises leaves the old file too."""
    check_not_ours(path)
    _write(path, pieces)


def write_own(path: Path, content: bytes) -> None:
    """The same for what the program itself keeps beside a database: keys, anchor, tries and seal."""
    _write(path, [content])


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise _failed(error, path) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
        flush_folder(path.parent)
    except OSError as error:
        raise _failed(error, path) from None
    finally:
        Path(temporary).unlink(missing_ok=True)


def copy_durably(source: Path, target: Path, look: Callable[[], object] = lambda: None) -> str:
    """Copy for the owner alone and flush to the disk; returns the SHA-256 of what was copied.

    Raises CannotRead, CannotWrite, or what `look` raises, which is called between its pieces; nothing remains
    of a copy that could not be finished.
    """
    digest = hashlib.sha256()
    try:
        with source.open("rb") as old:
            return _copied(old, target, digest, look)
    except OSError:
        raise CannotRead(file=source.name) from None


def digest_of(path: Path, look: Callable[[], object] = lambda: None) -> str:
    """The SHA-256 of a file, `look` called between its pieces; raises CannotRead, or what `look` raises."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
                look()
        return digest.hexdigest()
    except OSError:
        raise CannotRead(file=path.name) from None


def _is_ours(path: str) -> bool:
    if _is_database(path):
        return True
    ending = next((one for one in _BESIDE if path.casefold().endswith(one)), "")
    if ending == _KEYS and _is_there(Path(path)):
        return True
    return bool(ending) and _is_database(path[: -len(ending)])


def _is_database(path: str) -> bool:
    """Whether a database lies here, or the keys of one that is away."""
    is_named_so = path.casefold().endswith(_DATABASE) and _is_there(Path(path))
    return is_named_so or _is_there(Path(path + _KEYS))


def _is_there(path: Path) -> bool:
    """Whether a file lies here; a name that no file can have is not there."""
    try:
        return path.is_file()
    except OSError:
        return False


def _belongs(path: str, database: str) -> bool:
    return path.casefold() in {database.casefold() + one for one in ("", *_BESIDE)}


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def _failed(error: OSError, path: Path) -> CannotWrite:
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return NoRoom(file=path.name) if is_full else CannotWrite(file=path.name or str(path))


def _copied(old: BinaryIO, target: Path, digest: "hashlib._Hash", look: Callable[[], object]) -> str:
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as new:
            while piece := old.read(PIECE):
                digest.update(piece)
                new.write(piece)
                look()
            new.flush()
            os.fsync(new.fileno())
    except BaseException as error:
        target.unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise _failed(error, target) from None
    return digest.hexdigest()


def flush_folder(folder: Path) -> None:
    """Make the new name itself durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
