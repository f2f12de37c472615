"""Cells of HSDS files: what they are taken for when read, and what may stand in one when written."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from caseapp.exchange import times
from caseapp.exchange.cells import guarded, unguarded, without_controls
from caseapp.exchange.hsds_tables import CHOICES, TABLES, Column

_TIMED = frozenset(
    one.name for made in TABLES.values() for one in made.columns.values() if one.kind in ("time", "date")
)

_CLOCK = re.compile(
    r"(\d{1,2})(?::([0-5]\d))?(?::([0-5]\d)(?:\.\d+)?)?\s*([ap])?\.?(?:m\.?)?\s*(Z|[+-]\d\d:?\d\d)?", re.I
)
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[!-~]+")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,10})?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?")
_NUMBER_LIKE = re.compile(r"[+-][\d\s().-]*")


def clean(text: str, kind: str) -> str:
    """A cell as it is kept: no control characters, no blanks around, times and dates in one form."""
    text = (text if text.isprintable() else without_controls(text)).strip()
    if "\\" in text:
        text = text.replace("\\r", "").replace("\\n", "\n").strip()
    if text.startswith("'") and guarded(text[1:]) == text:
        text = unguarded(text)
    if kind == "time":
        return clock(text) or text
    if kind == "date" and text:
        return _day(text) or text
    return text


def cleaned_row(header: Sequence[str], cells: Sequence[str], kinds: Mapping[str, str]) -> dict[str, str]:
    """The filled cells of a row by column, cleaned; one look shows that most rows are plain."""
    whole = "".join(cells)
    if not whole.isprintable() or "\\" in whole or "'" in whole:
        return {
            name: said
            for name, cell in zip(header, cells, strict=True)
            if cell and (said := clean(cell, kinds.get(name, "text")))
        }
    row = {name: said for name, cell in zip(header, cells, strict=True) if cell and (said := cell.strip())}
    for name in row.keys() & _TIMED:
        row[name] = clean(row[name], kinds.get(name, "text"))
    return row


@lru_cache(maxsize=4096)
def clock(text: str) -> str:
    """ "7:30am" and "10:00Z" as "07:30:00" and "10:00:00Z"; nothing where it is not a time of day."""
    found = _CLOCK.fullmatch(text.strip())
    if not found or not (found[2] or found[4]):
        return ""
    hour, half = int(found[1]), (found[4] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour == 24 and not int(found[2] or 0):
        return f"23:59:00{(found[5] or '').upper()}"
    return f"{hour:02d}:{found[2] or '00'}:{found[3] or '00'}{(found[5] or '').upper()}" if hour < 24 else ""


@lru_cache(maxsize=4096)
def _day(text: str) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        read = times.parse(text)
        return read.wall.date().isoformat() if read else ""


def fits(text: str, column: Column) -> bool:
    """Whether a text is what the standard says the column holds."""
    if column.kind == "number":
        return bool(_NUMBER.fullmatch(text))
    if column.kind == "email":
        return bool(_EMAIL.fullmatch(text))
    if column.kind == "uri":
        return bool(_URI.fullmatch(text))
    if column.kind == "date":
        return _is_day(text)
    if column.kind == "time":
        return bool(clock(text))
    return bool(_MOMENT.fullmatch(text)) if column.kind == "datetime" else True


def may_say(text: str, table: str, column: str) -> bool:
    """Whether a text is one of the column's choices, where it has any."""
    return text in CHOICES.get((table, column), (text,))


def outgoing(text: str, column: Column) -> str:
    """A cell in the standard's form; nothing where it would not validate, never what a spreadsheet runs."""
    if not text or not fits(text, column):
        return ""
    if column.kind == "time":
        return clock(text)[:8]
    if column.kind == "datetime":
        return _whole_seconds(text)
    return text if _NUMBER_LIKE.fullmatch(text) else guarded(text)


def _whole_seconds(text: str) -> str:
    """With a zone and seconds, as ISO 8601 readers of every strictness take it."""
    moment = datetime.fromisoformat(text)
    return text if moment.tzinfo else f"{moment.isoformat(timespec='seconds')}Z"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
