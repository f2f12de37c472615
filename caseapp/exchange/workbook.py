"""XLSX bytes as rows of text, refused before they are unpacked where unpacking would hurt."""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum

from caseapp.domain.errors import CaseAppError
from caseapp.exchange.cells import without_controls

UNPACKED_LIMIT = 300 * 1024 * 1024
"""Bytes that a file may hold once unpacked."""

CELL_LIMIT = 20_000_000
"""Cells of the rectangle up to the last filled one; the reader holds all of them at once."""

_ENTRY_LIMIT = 10_000
_ARCHIVE = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The stream that Office puts a workbook into when it is saved with a password (MS-OFFCRYPTO 2.3)."""
_CHUNK = 1 << 20
_TAG = re.compile(rb"<(?:\w+:)?(row|c)(\s[^>]*)?>")
_PLACE = re.compile(rb"""\sr=["']([A-Z]{0,3})(\d{1,7})["']""")


class NotReadable(CaseAppError):
    """The bytes are neither a table of text nor a workbook."""

    code = "sheet.not-readable"


class Protected(CaseAppError):
    """A workbook that opens only with a password."""

    code = "sheet.protected"


class TooLarge(CaseAppError):
    """A small file that unpacks to a huge one is refused before it is unpacked."""

    code = "sheet.too-large"


def check_kind(head: bytes, whole: Callable[[], bytes], name: str) -> bool:
    """Whether the bytes are a workbook; raises Protected for one that is locked by a password."""
    if head.startswith(_COMPOUND) and _LOCKED in whole():
        raise Protected(file=name)
    return head.startswith(_ARCHIVE)


def read(data: bytes, name: str) -> tuple[list[list[str]], str]:
    """The rows from the sheet's first line on, and how they were read; raises NotReadable or TooLarge.

    The first is the first that has more than one line: a title page has one. Sheets with its header (a sheet
    a year) follow it; others are named as not read.
    """
    _check_size(data, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [one.name for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
        grids = {sheet: _grid(book, sheet) for sheet in names}
    except Exception:  # the reader raises its own kinds for each way a workbook can be damaged
        raise NotReadable(file=name) from None
    return _one_after_another({sheet: grid for sheet, grid in grids.items() if grid})


def _grid(book: CalamineWorkbook, sheet: str) -> list[list[str]]:
    grid = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [[_cell(value) for value in row] for row in grid]


def _one_after_another(grids: dict[str, list[list[str]]]) -> tuple[list[list[str]], str]:
    if not grids:
        return [], "XLSX"
    first = next((name for name, grid in grids.items() if _is_list(grid)), next(iter(grids)))
    rows, others = grids[first], [one for one in grids.items() if one[0] != first]
    alike = {name: grid for name, grid in others if _trimmed(grid[0]) == _trimmed(rows[0]) != []}
    unread = [f"“{name}”" for name, _grid in others if name not in alike]
    joined = rows + [row for grid in alike.values() for row in grid[1:]]
    how = "XLSX"
    if alike:
        how += ", sheets " + ", ".join(f"“{name}”" for name in (first, *alike)) + " one after another"
    return joined, how + (f", without sheet {', '.join(unread)}" if unread else "")


def _is_list(grid: list[list[str]]) -> bool:
    return sum(1 for row in grid if _trimmed(row)) > 1


def _trimmed(row: list[str]) -> list[str]:
    return [cell.strip() for cell in row if cell.strip()]


def _cell(value: Any) -> str:
    """A workbook's value as the text that a CSV of it would hold, with seconds kept."""
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def _check_size(data: bytes, name: str) -> None:
    """Raise TooLarge for bytes or cells beyond the limits; a size that lies fails its checksum here."""
    too_large = TooLarge(file=name, limit=UNPACKED_LIMIT // 1024 // 1024)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _ENTRY_LIMIT or sum(one.file_size for one in entries) > UNPACKED_LIMIT:
                raise too_large
            if "xl/workbook.xml" not in archive.namelist():
                raise NotReadable(file=name)
            cells = sum(_cells(_chunks(archive, one)) for one in entries)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        zlib.error,
        lzma.LZMAError,
    ):
        raise NotReadable(file=name) from None
    if cells > CELL_LIMIT:
        raise too_large


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _cells(chunks: Iterator[bytes]) -> int:
    """The area of the rectangle from A1 to the last filled cell; XFD1048576 makes 17 milliards."""
    height = width = row = column = 0
    rest = b""
    for chunk in chunks:
        text = rest + chunk
        end = max(text.rfind(b"<"), len(text) - 4096) if text.rfind(b"<") >= 0 else len(text)
        for kind, attributes in _TAG.findall(text[:end]):
            place = _PLACE.search(attributes)
            if kind == b"row":
                row, column = int(place[2]) if place else row + 1, 0
                continue
            column = _number(place[1]) if place else column + 1
            if not attributes.endswith(b"/"):
                height, width = max(height, int(place[2]) if place else row), max(width, column)
        rest = text[end:]
    return height * width


def _number(letters: bytes) -> int:
    """The column's number: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
