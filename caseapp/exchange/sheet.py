"""A table of text from the bytes of a CSV or XLSX file, whatever made it."""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineWorkbook

from caseapp.domain.errors import CaseAppError

UNPACKED_LIMIT = 300 * 1024 * 1024
_SEPARATORS = ",;\t|"
_DOUBLE_MARK = "ï»¿"
_SAMPLE_LINES = 20


class NotReadable(CaseAppError):
    """The bytes are neither a table of text nor a workbook."""

    code = "sheet.not-readable"


class Empty(CaseAppError):
    code = "sheet.empty"


class TooLarge(CaseAppError):
    """A small file that unpacks to a huge one is refused before it is unpacked."""

    code = "sheet.too-large"


class FieldTooLong(CaseAppError):
    """A quote that never closes swallows the rest of the file."""

    code = "sheet.field-too-long"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of equal width with the number of each in the file (1 is its first line), and how it was read."""

    header: tuple[str, ...]
    rows: list[list[str]]
    first_row: int
    how_read: str
    has_header: bool = True


def read(data: bytes, name: str) -> Sheet:
    """Read a table; raises NotReadable, Empty, TooLarge or FieldTooLong."""
    if data[:4] == b"PK\x03\x04":
        grid, how = _workbook(data, name), "XLSX"
    else:
        text, encoding = _text(data, name)
        grid, separator = _delimited(text, name)
        how = f"{encoding}, separated by {_NAMES[separator]}"
    return _shaped(grid, name, how)


_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def _text(data: bytes, name: str) -> tuple[str, str]:
    """Decode by mark, then UTF-8, then cp1252; a mark that was encoded twice is taken off as well."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-16":
            raise NotReadable(file=name) from None
        encoding = "cp1252"
        text = data.decode(encoding, errors="replace")
    if _looks_binary(data):
        raise NotReadable(file=name)
    return text.removeprefix(_DOUBLE_MARK).replace("\x00", ""), encoding.removesuffix("-sig")


def _looks_binary(data: bytes) -> bool:
    head = data[:2000]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    return sum(byte < 9 or 13 < byte < 32 for byte in head) > len(head) // 10


def _delimited(text: str, name: str) -> tuple[list[list[str]], str]:
    lines = text.splitlines()[:_SAMPLE_LINES]
    separator = max(_SEPARATORS, key=lambda mark: _evenness(lines, mark))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return list(reader), separator
    except csv.Error:
        raise FieldTooLong(file=name, row=reader.line_num, limit=csv.field_size_limit()) from None


def _evenness(lines: list[str], mark: str) -> tuple[int, int]:
    """How many lines have as many marks as the first, and how many marks that is."""
    counts = [line.count(mark) for line in lines if line.strip()]
    if not counts or not counts[0]:
        return (0, 0)
    return (sum(count >= counts[0] for count in counts), counts[0])


def _workbook(data: bytes, name: str) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > UNPACKED_LIMIT:
            raise TooLarge(file=name, limit=UNPACKED_LIMIT // 1024 // 1024)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        if sheet.height * sheet.width > 20_000_000:
            raise TooLarge(file=name, limit=UNPACKED_LIMIT // 1024 // 1024)
        grid = sheet.to_python()
    except TooLarge:
        raise
    except Exception:
        raise NotReadable(file=name) from None
    return [[_cell(value) for value in row] for row in grid]


def _cell(value: Any) -> str:
    """A workbook's value as the text that a CSV of it would hold, with seconds kept."""
    if isinstance(value, str):
        return value
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


def _shaped(grid: list[list[str]], name: str, how: str) -> Sheet:
    """Cut blank rows and trailing blank columns, make rows of one width, and find the header."""
    lead = next((number for number, row in enumerate(grid) if any(map(str.strip, row))), None)
    if lead is None:
        raise Empty(file=name)
    has_header = _is_header(grid[lead])
    width = _width(grid[lead:])
    header = _header(grid[lead], width) if has_header else tuple(f"column {n + 1}" for n in range(width))
    first = lead + 1 if has_header else lead
    body = grid[first:]
    if not body:
        raise Empty(file=name)
    rows = [row if len(row) == width else (row + [""] * width)[:width] for row in body]
    return Sheet(header=header, rows=rows, first_row=first + 1, how_read=how, has_header=has_header)


def _width(grid: list[list[str]]) -> int:
    """The place of the last column in which any row has something."""
    longest = max(map(len, grid))
    for place in range(longest - 1, -1, -1):
        if any(len(row) > place and row[place].strip() for row in grid):
            return place + 1
    return 1


def _is_header(row: list[str]) -> bool:
    """A header has names: most of its cells hold letters, no digits at the start, and none is a date."""
    filled = [cell.strip() for cell in row if cell.strip()]
    named = [cell for cell in filled if any(letter.isalpha() for letter in cell) and not cell[0].isdigit()]
    digits = sum(sum(letter.isdigit() for letter in cell) >= 3 for cell in filled)
    return len(named) * 2 > len(filled) and digits * 3 < len(filled)


def _header(row: list[str], width: int) -> tuple[str, ...]:
    """Column names, blanks trimmed; a name met again gets its count, so that each column has its own."""
    seen: dict[str, int] = {}
    names = []
    for place, cell in enumerate((row + [""] * width)[:width]):
        name = " ".join(cell.split()) or f"column {place + 1}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)
