"""Files that only their owner can read, written so that a crash leaves the old one or the new one."""

import os
import tempfile
from pathlib import Path

from caseapp.domain.errors import CaseAppError


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


def write_atomically(path: Path, content: bytes) -> None:
    """Write beside, flush to the disk, then take the name; raises CannotWrite and leaves the old file."""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError:
        raise CannotWrite(file=path.name) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
        _flush_folder(path.parent)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise CannotWrite(file=path.name) from None


def _flush_folder(folder: Path) -> None:
    """Make the new name itself durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
