"""Guards cells against being run as formulas by a spreadsheet, in the one place where CSV is written."""

import csv
import io
from collections.abc import Iterable, Sequence

GUARD = "'"
_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def guarded(text: str) -> str:
    """The cell with a quote before it where a spreadsheet would run it (OWASP: CSV injection)."""
    return GUARD + text if text.startswith(_STARTS) or text.startswith(GUARD) else text


def unguarded(text: str) -> str:
    """The cell as it was before `guarded`, so that our own files come back exactly."""
    return text[1:] if text.startswith(GUARD) else text


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV as RFC 4180 has it: UTF-8 with a mark for spreadsheets, every cell guarded."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(cell) for cell in header])
    writer.writerows([[guarded(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")
