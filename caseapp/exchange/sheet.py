"""Any table of text or workbook as rows of text, with what was found out on the way."""

import csv
import io
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from caseapp.domain.errors import CaseAppError
from caseapp.exchange import workbook
from caseapp.exchange.cells import OUR_COLUMNS, unguarded, without_controls
from caseapp.exchange.workbook import UNPACKED_LIMIT, NotReadable, TooLarge

__all__ = ["Empty", "FieldTooLong", "NotReadable", "OpenQuote", "Sheet", "TooLarge", "read"]

_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_DOUBLE_MARK = "ï»¿"
_SAMPLE_LINES = 20
_TITLE_ROWS = 10
_NUMBERED = re.compile(r"column \d+")


class Empty(CaseAppError):
    code = "sheet.empty"


class FieldTooLong(CaseAppError):
    """A field beyond the CSV reader's limit, nearly always a quote that never closes."""

    code = "sheet.field-too-long"


class OpenQuote(CaseAppError):
    """A quote that never closes swallows every row after it, so nothing of the file is taken."""

    code = "sheet.open-quote"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of equal width with the number of each in the file (1 is its first line), and how it was read.

    Numbers count rows, so a field of several lines is one.
    """

    header: tuple[str, ...]
    rows: list[list[str]]
    first_row: int
    how_read: str
    has_header: bool = True


def read(data: bytes, name: str) -> Sheet:
    """Read a table; raises NotReadable, Empty, TooLarge, FieldTooLong or OpenQuote."""
    if len(data) > UNPACKED_LIMIT:
        raise TooLarge(file=name, limit=UNPACKED_LIMIT // 1024 // 1024)
    if data[:4] == b"PK\x03\x04":
        grid, how = workbook.read(data, name)
    else:
        text, how = _text(data, name)
        separator = _separator(text)
        grid = _delimited(text, separator, name)
        how += f", separated by {_NAMES[separator]}"
    return _shaped(_without_ours(grid), name, how)


def _without_ours(grid: list[list[str]]) -> list[list[str]]:
    """A file of rejected rows as the export it came from: without our two columns and our guards."""
    width = len(OUR_COLUMNS)
    if not grid or tuple(grid[0][:width]) != OUR_COLUMNS:
        return grid
    return [list(map(unguarded, row[width:])) for row in grid]


def _text(data: bytes, name: str) -> tuple[str, str]:
    """Decode by mark, then UTF-8, then cp1252; a mark that was encoded twice is taken off as well."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    if encoding != "utf-16" and _looks_binary(data[:2000]):
        raise NotReadable(file=name)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-16":
            raise NotReadable(file=name) from None
        encoding = "cp1252"
        text = data.decode(encoding, errors="replace")
    clean = without_controls(text.removeprefix(_DOUBLE_MARK).removeprefix("\ufeff"))
    left_out = len(text.removeprefix(_DOUBLE_MARK).removeprefix("\ufeff")) - len(clean)
    how = encoding.removesuffix("-sig")
    how += ", double byte-order mark left out" if text.startswith(_DOUBLE_MARK) else ""
    return clean, how + (f", {left_out} control characters left out" if left_out else "")


def _looks_binary(head: bytes) -> bool:
    return sum(byte < 9 or 13 < byte < 32 for byte in head) > len(head) // 10


def _separator(text: str) -> str:
    lines = list(itertools.islice(io.StringIO(text, newline=""), _SAMPLE_LINES))
    told = lines[0].rstrip("\r\n").removeprefix("sep=") if lines else ""
    if told in _NAMES and lines[0].startswith("sep="):
        return told
    return max(_NAMES, key=lambda mark: _evenness(lines, mark))


def _evenness(lines: list[str], mark: str) -> tuple[int, int]:
    """How many rows have the commonest width above one, and that width; quoted marks do not count."""
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1]
    except csv.Error:
        return (0, 0)
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    return (widths.count(usual), usual)


def _delimited(text: str, separator: str, name: str) -> list[list[str]]:
    """Split into cells; a last line of our own shows whether a quote is still open at the end."""
    end = ["end", "end"]
    reader = csv.reader(
        itertools.chain(io.StringIO(text, newline=""), [separator.join(end)]), delimiter=separator
    )
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
    except csv.Error as error:
        if "field larger" not in str(error):
            raise NotReadable(file=name) from None
        raise FieldTooLong(file=name, row=len(rows) + 1, limit=csv.field_size_limit()) from None
    if rows.pop() != end:
        raise OpenQuote(file=name, row=len(rows) + 1)
    return rows


def _shaped(grid: list[list[str]], name: str, how: str) -> Sheet:
    """Cut titles and trailing blank columns, make rows of one width, and find the header."""
    lead = next((number for number, row in enumerate(grid) if _filled(row)), None)
    if lead is None:
        raise Empty(file=name)
    width = _width(grid[lead:])
    titles = _titles(grid[lead:], width)
    lead += titles
    has_header = _is_header(grid[lead])
    header = _header(grid[lead], width) if has_header else tuple(f"column {n + 1}" for n in range(width))
    first = lead + 1 if has_header else lead
    body = grid[first:]
    if not body:
        raise Empty(file=name)
    how += f", {titles} rows above the header left out" if titles else ""
    how += "" if has_header else ", without a header"
    rows = [row if len(row) == width else (row + [""] * width)[:width] for row in body]
    is_named = has_header and not all(map(_NUMBERED.fullmatch, header))
    return Sheet(header=header, rows=rows, first_row=first + 1, how_read=how, has_header=is_named)


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _titles(grid: list[list[str]], width: int) -> int:
    """How many rows above the header hold a report's title: one cell of many, or nothing."""
    if width < 3:
        return 0
    for number, row in enumerate(grid[:_TITLE_ROWS]):
        if _filled(row) > 1:
            return number if number and _filled(row) * 2 > width and _is_header(row) else 0
    return 0


def _width(grid: list[list[str]]) -> int:
    """The place of the last column in which any row has something."""
    for place in range(max(map(len, grid)) - 1, -1, -1):
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
    seen: set[str] = set()
    names = []
    for place, cell in enumerate((row + [""] * width)[:width]):
        name = plain = " ".join(cell.split()) or f"column {place + 1}"
        again = 2
        while name in seen:
            name, again = f"{plain} ({again})", again + 1
        seen.add(name)
        names.append(name)
    return tuple(names)
