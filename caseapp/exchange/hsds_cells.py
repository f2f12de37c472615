"""Cells of HSDS files: what they are taken for when read, and what may stand in one when written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from caseapp.exchange import times_written
from caseapp.exchange.cells import guarded, unguarded, without_controls
from caseapp.exchange.hsds_tables import CHOICES, Column

_PART = 2000
"""Rows worked at once."""

_PLAIN = bytes(one for one in range(32, 127) if chr(one) not in "\\'")
"""Characters that are kept as they are wherever they stand."""

_TIMED = ("time", "date")

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


def cleaned_parts(
    header: Sequence[str], rows: Sequence[Sequence[str]], kinds: Mapping[str, str]
) -> Iterator[tuple[list[dict[str, str]], frozenset[str]]]:
    """The filled cells of each row by column, cleaned, a part of the rows at a time; and the full columns.

    Worked column by column, because most columns of a directory hold nothing, or the same few words.
    """
    for start in range(0, len(rows), _PART):
        some = rows[start : start + _PART]
        columns: dict[str, Sequence[str]] = {}
        for name, cells in zip(header, zip(*some, strict=True), strict=True):
            if any(cells):
                column = _cleaned_column(cells, kinds.get(name, "text"))
                columns[name] = _later_first(columns[name], column) if name in columns else column
        full = frozenset(name for name, cells in columns.items() if all(cells))
        yield _as_rows(columns, full, len(some)), full


def _as_rows(columns: Mapping[str, Sequence[str]], full: frozenset[str], count: int) -> list[dict[str, str]]:
    """Filled one column after another, which costs half of making each row of its cells."""
    rows: list[dict[str, str]] = [{} for _row in range(count)]
    for name, cells in columns.items():
        if name in full:
            for row, text in zip(rows, cells, strict=True):
                row[name] = text
        else:
            for row, text in zip(rows, cells, strict=True):
                if text:
                    row[name] = text
    return rows


def _cleaned_column(cells: Sequence[str], kind: str) -> Sequence[str]:
    """One look at the whole shows that most columns are plain text."""
    whole = "".join(cells)
    if kind not in _TIMED and whole.isascii() and not whole.encode().translate(None, _PLAIN):
        return list(map(str.strip, cells)) if " " in whole else cells
    changed = {one: said for one in set(cells) if (said := clean(one, kind)) != one}
    return [changed.get(one, one) for one in cells] if changed else cells


def _later_first(before: Sequence[str], later: Sequence[str]) -> list[str]:
    """Two columns of one name: what the later says stands."""
    return [new or old for old, new in zip(before, later, strict=True)]


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
        read = times_written.parse(text)
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
