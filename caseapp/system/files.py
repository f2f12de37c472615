"""Files that only their owner can read, written so that a crash leaves the old one or the new one."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from caseapp.domain.errors import CaseAppError

_PIECE = 1024 * 1024


class CannotWrite(CaseAppError):
    """The folder may not be written, or the disk is full."""

    code = "file.cannot-write"


class CannotRead(CaseAppError):
    """The file is not there or may not be read."""

    code = "file.cannot-read"


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner can enter."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def read(path: Path) -> bytes:
    """The whole file; raises CannotRead."""
    try:
        return path.read_bytes()
    except OSError:
        raise CannotRead(file=path.name) from None


def opened(path: Path) -> BinaryIO:
    """The file open for reading a piece at a time; raises CannotRead."""
    try:
        return path.open("rb")
    except OSError:
        raise CannotRead(file=path.name or str(path)) from None


def check_writable(path: Path) -> None:
    """Raise CannotWrite where a file could not be made: asked before what it will tell of is done."""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError:
        raise CannotWrite(file=path.name) from None
    os.close(handle)
    Path(temporary).unlink(missing_ok=True)


def write_atomically(path: Path, content: bytes) -> None:
    """Write beside, flush to the disk, then take the name; raises CannotWrite and leaves the old file."""
    write_pieces(path, [content])


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """The same for content that comes in pieces; what making a piece raises leaves the old file too."""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError:
        raise CannotWrite(file=path.name) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
        _flush_folder(path.parent)
    except OSError:
        raise CannotWrite(file=path.name) from None
    finally:
        Path(temporary).unlink(missing_ok=True)


def copy_durably(source: Path, target: Path) -> str:
    """Copy for the owner alone and flush to the disk; returns the SHA-256 of what was copied.

    Raises CannotRead or CannotWrite; nothing remains of a copy that could not be finished.
    """
    digest = hashlib.sha256()
    try:
        with source.open("rb") as old:
            return _copied(old, target, digest)
    except OSError:
        raise CannotRead(file=source.name) from None


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, read a piece at a time; raises CannotRead."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise CannotRead(file=path.name) from None


def _copied(old: BinaryIO, target: Path, digest: "hashlib._Hash") -> str:
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as new:
            while piece := old.read(_PIECE):
                digest.update(piece)
                new.write(piece)
            new.flush()
            os.fsync(new.fileno())
    except OSError:
        target.unlink(missing_ok=True)
        raise CannotWrite(file=target.name) from None
    return digest.hexdigest()


def _flush_folder(folder: Path) -> None:
    """Make the new name itself durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
