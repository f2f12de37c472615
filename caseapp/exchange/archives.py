"""The files of a folder, a zip or a single file, without trusting a name, a size or a link in them."""

import stat
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

from caseapp.domain.errors import CaseAppError

LIMIT = 150 * 1024 * 1024
"""Bytes that all files together may have once unpacked; a county's whole directory has a tenth of it."""

ENTRY_LIMIT = 2000
_KINDS = (".csv", ".json", ".txt", ".tsv")
_LINE_OF_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_BLOCK = 1024 * 1024
_ENCRYPTED = 0x1


class TooLarge(CaseAppError):
    """More than `LIMIT` bytes, as told by the file's own list or as counted while unpacking."""

    code = "archive.too-large"


class Damaged(CaseAppError):
    """The zip cannot be unpacked."""

    code = "archive.damaged"


class UnsafeName(CaseAppError):
    """A name in the zip leads out of it, or is a link."""

    code = "archive.unsafe-name"


class Locked(CaseAppError):
    """The zip asks for a password."""

    code = "archive.locked"


class NothingInside(CaseAppError):
    """No CSV or JSON file was found."""

    code = "archive.nothing-inside"


class Unreadable(CaseAppError):
    code = "file.cannot-read"


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its name without folders, and its bytes."""

    name: str
    content: bytes


def read(path: Path) -> tuple[Part, ...]:
    """Read a folder, a zip or one file; raises one of the errors above."""
    try:
        return _folder(path) if path.is_dir() else _file(path)
    except OSError:
        raise Unreadable(file=path.name) from None


def unpack(content: bytes, name: str) -> tuple[Part, ...]:
    """The files of a zip, or the one file that the bytes are."""
    if len(content) > LIMIT:
        raise _too_large(name)
    if not content.startswith((_LINE_OF_ZIP, _EMPTY_ZIP)):
        return (Part(name, content),)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _entries(archive, name)
    except RuntimeError:
        raise Locked(file=name) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise Damaged(file=name) from None


def _file(path: Path) -> tuple[Part, ...]:
    if path.stat().st_size > LIMIT:
        raise _too_large(path.name)
    return unpack(path.read_bytes(), path.name)


def _folder(path: Path) -> tuple[Part, ...]:
    """Files directly in the folder; tables of text before JSON, and one folder down where there is none."""
    for places in ([path], sorted(one for one in path.iterdir() if one.is_dir() and not one.is_symlink())):
        found = _named(one for place in places for one in _plain_files(place))
        if found:
            if sum(one.stat().st_size for one in found) > LIMIT or len(found) > ENTRY_LIMIT:
                raise _too_large(path.name)
            return tuple(Part(one.name, one.read_bytes()) for one in found)
    raise NothingInside(file=path.name)


def _plain_files(folder: Path) -> list[Path]:
    return sorted(one for one in folder.iterdir() if one.is_file() and not one.is_symlink())


def _named(files: Iterable[Path]) -> list[Path]:
    """Tables of text where there are any, else JSON; a data package's description is neither."""
    wanted = [one for one in files if _is_wanted(one.name)]
    tables = [one for one in wanted if one.suffix.lower() != ".json"]
    return tables or wanted


def _is_wanted(name: str) -> bool:
    return name.lower().endswith(_KINDS) and name.lower() != "datapackage.json" and not name.startswith(".")


def _entries(archive: zipfile.ZipFile, name: str) -> tuple[Part, ...]:
    entries = archive.infolist()
    if len(entries) > ENTRY_LIMIT or sum(one.file_size for one in entries) > LIMIT:
        raise _too_large(name)
    for entry in entries:
        _check(entry, name)
    wanted = [one for one in entries if not one.is_dir() and _is_wanted(PurePosixPath(one.filename).name)]
    tables = [one for one in wanted if not one.filename.lower().endswith(".json")]
    found, left = [], LIMIT
    for entry in tables or wanted:
        content = _unpacked(archive, entry, left, name)
        left -= len(content)
        found.append(Part(PurePosixPath(entry.filename).name, content))
    if not found:
        raise NothingInside(file=name)
    return tuple(found)


def _check(entry: zipfile.ZipInfo, name: str) -> None:
    """Nothing is ever written where a zip says, yet a name that leads out shows that it means harm."""
    told = entry.filename.replace("\\", "/")
    leads_out = told.startswith("/") or ".." in told.split("/") or (len(told) > 1 and told[1] == ":")
    if leads_out or "\x00" in told or stat.S_ISLNK(entry.external_attr >> 16):
        raise UnsafeName(file=name)
    if entry.flag_bits & _ENCRYPTED:
        raise Locked(file=name)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, name: str) -> bytes:
    """Unpack block by block, because the size that an entry tells of itself may be a lie."""
    found = BytesIO()
    with archive.open(entry) as source:
        while block := source.read(_BLOCK):
            if found.tell() + len(block) > left:
                raise _too_large(name)
            found.write(block)
    return found.getvalue()


def _too_large(name: str) -> TooLarge:
    return TooLarge(file=name, limit=LIMIT // 1024 // 1024)


def pack(parts: Iterable[Part]) -> bytes:
    """A zip of these files; the same files give the same bytes."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            entry = zipfile.ZipInfo(part.name, date_time=(2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, part.content)
    return target.getvalue()
