"""Any table of text or workbook as rows of text, with what was found out on the way.

A `Table` gives its rows again and again, a part at a time, so that a file of millions of rows needs no
more memory than a small one; a `Sheet` is a table small enough to hold.
"""

import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from caseapp.domain.errors import CaseAppError
from caseapp.exchange import json_rows, text_rows, workbook
from caseapp.exchange.cells import OUR_COLUMNS, unguarded
from caseapp.exchange.text_rows import (
    FieldTooLong,
    Opener,
    OpenQuote,
    RowTooLong,
    TextRows,
    Watch,
    nobody_watches,
)
from caseapp.exchange.workbook import UNPACKED_LIMIT, NotReadable, Protected, TooLarge

__all__ = [
    "Empty",
    "FieldTooLong",
    "NotReadable",
    "OpenQuote",
    "Protected",
    "RowTooLong",
    "Sheet",
    "Table",
    "TooLarge",
    "held",
    "look",
    "read",
]

SAMPLE = 300
PART = 1000
"""Rows of one part: few enough that whoever watches is asked several times a second."""

READ_AT_MOST = UNPACKED_LIMIT + 1
"""Bytes of a file that `read` has to see to take it or to say that it is too large."""

_TITLE_ROWS = 10
_NUMBERED = re.compile(r"column \d+")


class Empty(CaseAppError):
    code = "sheet.empty"


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


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows, read anew for each use: `count` of them, of which `sample` holds the first.

    Where its bytes are held, no later use goes to the disk.
    """

    name: str
    sha256: str
    sample: Sheet
    count: int
    source: Iterable[list[str]] = field(repr=False)
    is_ours: bool = False
    is_held: bool = False

    @property
    def header(self) -> tuple[str, ...]:
        return self.sample.header

    @property
    def first_row(self) -> int:
        return self.sample.first_row

    @property
    def how_read(self) -> str:
        return self.sample.how_read

    def parts(self, size: int = PART) -> Iterator[list[list[str]]]:
        """The rows below the header, so many at a time, all of one width."""
        rows = islice(self.source, self.first_row - 1, None)
        width = len(self.header)
        while some := list(islice(rows, size)):
            yield _even(_without_ours(some) if self.is_ours else some, width)

    def whole(self) -> Sheet:
        """All rows at once."""
        rows = [row for part in self.parts() for row in part]
        return Sheet(self.header, rows, self.first_row, self.how_read, self.sample.has_header)


def read(data: bytes, name: str) -> Sheet:
    """Read a small table.

    Raises NotReadable, Protected, Empty, TooLarge, FieldTooLong, RowTooLong or OpenQuote.
    """
    if len(data) > UNPACKED_LIMIT:
        raise TooLarge(file=name, limit=UNPACKED_LIMIT // 1024 // 1024)
    return look(lambda: io.BytesIO(data), name, is_small=True).whole()


def held(data: bytes, name: str, watch: Watch = nobody_watches) -> Table:
    """A table whose bytes are in memory already; raises what `look` raises."""
    return replace(look(lambda: io.BytesIO(data), name, watch), is_held=True)


def look(opened: Opener, name: str, watch: Watch = nobody_watches, *, is_small: bool = False) -> Table:
    """Read a file once for its shape; raises what `read` raises, but takes text of any size.

    `watch` is called with the bytes read: twice the file's size in all. Rows of a small one are kept, so
    that nobody cuts them up again.
    """
    with opened() as stream:
        head = stream.read(8)
        is_workbook = workbook.check_kind(head, stream.read, name)
        is_json = not is_workbook and json_rows.looks_like(head + stream.read(json_rows.HEAD))
    if is_json:
        return _of_json(opened, name)
    if is_workbook:
        with opened() as stream:
            data = stream.read(UNPACKED_LIMIT + 1)
        if len(data) > UNPACKED_LIMIT:
            raise TooLarge(file=name, limit=UNPACKED_LIMIT // 1024 // 1024)
        grid, how = workbook.read(data, name)
        return _Shape(grid, name, how, nobody_watches).table(hashlib.sha256(data).hexdigest())
    written = text_rows.look_through(opened, name, watch)
    rows = TextRows(opened, name, written)
    source = list(rows) if is_small else rows
    counted = (
        nobody_watches
        if watch is nobody_watches
        else lambda done: watch(written.size + min(done, written.size))
    )
    shape = _Shape(source, name, rows.how_read, counted)
    return shape.table(written.sha256)


def _of_json(opened: Opener, name: str) -> Table:
    """A table whose header is the keys of its objects, whatever they look like."""
    with opened() as stream:
        data = stream.read(json_rows.LIMIT + 1)
    header, *rows = json_rows.rows(json_rows.parsed(data, name), name)
    names = _header(header, len(header))
    sample = Sheet(names, rows[:SAMPLE], 2, "JSON")
    return Table(name, hashlib.sha256(data).hexdigest(), sample, len(rows), [header, *rows])


def _without_ours(rows: list[list[str]]) -> list[list[str]]:
    """Rows of a file of rejects as they were in the export: without our two columns and our guards."""
    width = len(OUR_COLUMNS)
    return [list(map(unguarded, row[width:])) for row in rows]


def _even(rows: list[list[str]], width: int) -> list[list[str]]:
    if all(len(row) == width for row in rows):
        return rows
    return [row if len(row) == width else (row + [""] * width)[:width] for row in rows]


class _Shape:
    """Finds header, width and number of rows in one pass, holding no more than the first rows."""

    def __init__(self, source: Iterable[list[str]], name: str, how: str, watch: Watch) -> None:
        self._source, self._name, self._how, self._watch = source, name, how, watch
        self._is_ours = False
        self._head: list[list[str]] = []
        self._blank = self._rows = self._width = 0

    def table(self, sha256: str) -> Table:
        """Raises Empty where nothing stands in any row, or only a header does."""
        self._pass_over()
        if not self._head:
            raise Empty(file=self._name)
        width, head = max(self._width, 1), self._head
        titles = _titles(head, width)
        has_header = _is_header(head[titles])
        header = (
            _header(head[titles], width) if has_header else tuple(f"column {n + 1}" for n in range(width))
        )
        first = titles + has_header
        if self._rows <= first:
            raise Empty(file=self._name)
        how = self._how
        how += f", {titles} rows above the header left out" if titles else ""
        how += "" if has_header else ", without a header"
        is_named = has_header and not all(map(_NUMBERED.fullmatch, header))
        rows = _even(head[first : first + SAMPLE], width)
        sample = Sheet(header, rows, self._blank + first + 1, how, is_named)
        return Table(self._name, sha256, sample, self._rows - first, self._source, self._is_ours)

    def _pass_over(self) -> None:
        rows, done = iter(self._source), 0
        while some := list(islice(rows, PART)):
            if not done:
                self._is_ours = tuple(some[0][: len(OUR_COLUMNS)]) == OUR_COLUMNS
            if self._is_ours:
                some = _without_ours(some)
            self._take(some)
            if self._watch is not nobody_watches:
                done += sum(map(len, map("".join, some))) + sum(map(len, some))
                self._watch(done)

    def _take(self, some: list[list[str]]) -> None:
        """Cells and separators are about the characters read."""
        if not self._head:
            lead = next((number for number, row in enumerate(some) if _filled(row)), len(some))
            self._blank += lead
            some = some[lead:]
        room = _TITLE_ROWS + 1 + SAMPLE - len(self._head)
        self._head += some[:room]
        self._rows += len(some)
        width = self._width
        for row in some:
            place = len(row)
            while place > width:
                if row[place - 1].strip():
                    width = place
                place -= 1
        self._width = width


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
