"""Delimited text of any size as rows: looked through once, then read a row at a time."""

import codecs
import csv
import hashlib
import io
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from caseapp.domain.errors import CaseAppError
from caseapp.exchange import wide
from caseapp.exchange.cells import CONTROL_BYTES, without_controls
from caseapp.exchange.workbook import NotReadable

Opener = Callable[[], BinaryIO]
"""Opens the same bytes again, from their first one."""

Watch = Callable[[int], None]
"""Called with how many bytes were read so far; raises what stops the reading."""

PIECE = 1 << 20
RECORD_LIMIT = 4 << 20
"""Characters that one row may have, over all its lines; narratives of a call stay far below."""

_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_DOUBLE_MARK = "ï»¿"
_SAMPLE_LINES = 20
_END = ["end", "end"]


class FieldTooLong(CaseAppError):
    """A field beyond the CSV reader's limit, nearly always a quote that never closes."""

    code = "sheet.field-too-long"


class RowTooLong(CaseAppError):
    """A line or row of millions of characters, which no export has and which would fill the memory."""

    code = "sheet.row-too-long"


class OpenQuote(CaseAppError):
    """A quote that never closes swallows every row after it, so nothing of the file is taken."""

    code = "sheet.open-quote"


@dataclass(frozen=True, slots=True)
class Written:
    """How bytes are written: `controls` is how many control characters are left out."""

    sha256: str
    size: int
    encoding: str
    has_double_mark: bool
    controls: int

    @property
    def words(self) -> str:
        """For the person who looks at the file."""
        how = self.encoding.removesuffix("-sig")
        how += ", double byte-order mark left out" if self.has_double_mark else ""
        return how + (f", {self.controls} control characters left out" if self.controls else "")


def nobody_watches(_bytes: int) -> None:
    """For readings that are over at once."""


def look_through(opened: Opener, name: str, watch: Watch = nobody_watches) -> Written:
    """Read every byte once; raises NotReadable, RowTooLong, or what `watch` raises.

    UTF-8 or UTF-16, marked or not, where the bytes are that from first to last, else cp1252.
    """
    digest, size, line, number, controls = hashlib.sha256(), 0, 0, 1, 0
    with opened() as stream:
        head = stream.read(2000)
        stream.seek(0)
        encoding = wide.encoding_of(head)
        is_wide = bool(encoding)
        if not is_wide and _looks_binary(head):
            raise NotReadable(file=name)
        decoder = _Decoder(encoding or "utf-8", name)
        while piece := stream.read(PIECE):
            digest.update(piece)
            size += len(piece)
            line, number = _longest(piece, line, number, name)
            text = decoder.take(piece)
            kept = without_controls(text) if is_wide else piece.translate(None, CONTROL_BYTES)
            controls += len(text if is_wide else piece) - len(kept)
            watch(size)
        decoder.end()
    encoding = encoding or ("utf-8-sig" if decoder.is_good else "cp1252")
    has_double = head.decode(encoding, errors="ignore").startswith(_DOUBLE_MARK)
    return Written(digest.hexdigest(), size, encoding, has_double, controls)


class _Decoder:
    """Tries one encoding a piece at a time; wide text that breaks is no text at all."""

    def __init__(self, encoding: str, name: str) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._is_wide, self._name = encoding in wide.ENCODINGS, name
        self.is_good = True

    def take(self, piece: bytes, *, is_last: bool = False) -> str:
        try:
            return self._decoder.decode(piece, is_last) if self.is_good else ""
        except UnicodeDecodeError:
            if self._is_wide:
                raise NotReadable(file=self._name) from None
            self.is_good = False
            return ""

    def end(self) -> None:
        self.take(b"", is_last=True)


def _longest(piece: bytes, before: int, number: int, name: str) -> tuple[int, int]:
    """Characters since the last line end, and the line's number; raises RowTooLong."""
    lines = piece.replace(b"\r", b"\n").split(b"\n")
    lengths = list(map(len, lines))
    lengths[0] += before
    if max(lengths) > RECORD_LIMIT:
        row = number + next(place for place, length in enumerate(lengths) if length > RECORD_LIMIT)
        raise RowTooLong(file=name, row=row, limit=RECORD_LIMIT >> 20)
    return lengths[-1], number + len(lines) - 1


def _looks_binary(head: bytes) -> bool:
    return sum(byte < 9 or 13 < byte < 32 for byte in head) > len(head) // 10


class TextRows:
    """The rows of a text, cut at its separator, each time anew from the first."""

    def __init__(self, opened: Opener, name: str, written: Written) -> None:
        self._open, self._name, self._written = opened, name, written
        with self._lines() as lines:
            self.separator = _separator(list(itertools.islice(lines, _SAMPLE_LINES)))

    @property
    def how_read(self) -> str:
        """Encoding and separator in words."""
        return f"{self._written.words}, separated by {_NAMES[self.separator]}"

    def __iter__(self) -> Iterator[list[str]]:
        """Raises FieldTooLong, RowTooLong, NotReadable, or OpenQuote at the end."""
        with self._lines() as lines:
            yield from self._records(_Measured(lines))

    def _records(self, measured: "_Measured") -> Iterator[list[str]]:
        """A last line of our own shows whether a quote is still open at the end."""
        ended = itertools.chain(measured, [self.separator.join(_END)])
        reader = csv.reader(ended, delimiter=self.separator)
        count, before = 0, None
        try:
            for row in reader:
                if before is not None:
                    yield before
                before, measured.length = row, 0
                count += 1
        except csv.Error as error:
            if "field larger" not in str(error):
                raise NotReadable(file=self._name) from None
            raise FieldTooLong(file=self._name, row=count + 1, limit=csv.field_size_limit()) from None
        except _Endless:
            raise RowTooLong(file=self._name, row=count + 1, limit=RECORD_LIMIT >> 20) from None
        if before != _END:
            raise OpenQuote(file=self._name, row=count)

    def _lines(self) -> "_Text":
        return _Text(self._open(), self._written)


class _Endless(Exception):
    """A row went on beyond the limit, line after line."""


class _Measured:
    """Lines with the length of the row they belong to so far."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self.length = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.length += len(line)
            if self.length > RECORD_LIMIT:
                raise _Endless
            yield line


class _Text:
    """The lines of a file without its marks and control characters; checks at the end that it is the same."""

    def __init__(self, stream: BinaryIO, written: Written) -> None:
        encoding = written.encoding
        errors = "replace" if encoding == "cp1252" else "strict"
        self._text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
        self._written = written

    def __enter__(self) -> Iterator[str]:
        lines: Iterator[str] = iter(self._text)
        if self._written.controls:
            lines = map(without_controls, lines)
        first = next(lines, None)
        if first is None:
            return iter(())
        first = first.removeprefix("\ufeff").removeprefix(_DOUBLE_MARK).removeprefix("\ufeff")
        return itertools.chain([first], lines)

    def __exit__(self, *_error: object) -> None:
        self._text.close()


def _separator(lines: list[str]) -> str:
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
