"""What every cell in and out goes through: no control characters in, nothing a spreadsheet would run out."""

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

OUR_COLUMNS = ("caseapp row", "caseapp reason")
"""Columns that our own file of rejected rows adds in front; they are left out again when it comes back."""

GUARD = "'"
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CONTROL_BYTES = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
"""The same controls in any text that keeps ASCII as it is."""

_PIECE = 64 * 1024
"""Letters of a piece of a file that is written piece by piece, or those of one row where it has more."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def guarded(text: str) -> str:
    """The cell with a quote before it where a spreadsheet would run it (OWASP: CSV injection)."""
    return GUARD + text if text.startswith(_STARTS) or text.startswith(GUARD) else text


def unguarded(text: str) -> str:
    """The cell as it was before `guarded`, so that our own files come back exactly."""
    return text[1:] if text.startswith(GUARD) else text


def without_controls(text: str) -> str:
    """The text without control characters (NUL, ESC ...) and lone surrogates; tab and line ends stay."""
    return text if text.isprintable() else _CONTROLS.sub("", text)


def csv_pieces(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The same as `write_csv` for any number of rows, a piece at a time, always marked as UTF-8."""
    yield codecs.BOM_UTF8
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in itertools.chain([header], rows):
        writer.writerow([guarded(cell) for cell in row])
        if text.tell() >= _PIECE:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV as RFC 4180 has it, every cell guarded; marked as UTF-8 where a letter needs it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(cell) for cell in header])
    writer.writerows([[guarded(cell) for cell in row] for row in rows])
    content = text.getvalue()
    return content.encode("ascii" if content.isascii() else "utf-8-sig")
