"""How well the values of a column fit a field: 0 rules it out, 1 is as good as it gets."""

import re
from collections.abc import Callable

from caseapp.exchange import times, times_written
from caseapp.exchange.clocks import Column
from caseapp.exchange.layouts import TIMES

Fit = tuple[float, str]
"""The share and the reason in words."""

_MANY, _SEVERAL = 20, 4
"""Rows in which one text alone tells nothing, and how many codes are several."""

SECONDS = frozenset({"secs", "seconds", "second", "sec"})
MINUTES = frozenset({"mins", "minutes", "minute", "min"})

_DIRECTION = re.compile(
    r"[ns]?[ew]|[ns]|[nsew]b|north(?:east|west)?|south(?:east|west)?|east|west", re.IGNORECASE
)
_STREET_KIND = re.compile(
    r"st(?:reet)?|ave?(?:nue)?|blvd|boulevard|r(?:oa)?d|dr(?:ive)?|la?ne?|c(?:our)?t|pl(?:ace|aza|z)?|way"
    r"|ter(?:race)?|cir(?:cle)?|hwy|highway|pkwy|parkway|loop|tra?i?l|sq(?:uare)?|al(?:le)?y|run|row|xing|fwy|expy|cv|pt|pike",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"^\d+[X\d]* .*[A-Za-z]|[A-Za-z].* ?[/&@] ?.*[A-Za-z]|\bBLO?C?K\b| (?:AND|AT) |^\d*X+ ", re.IGNORECASE
)
_HOUSE = re.compile(r"[\dXx]+(?:\.0)?(?: ?(?:[A-Za-z]|1/2|block|blk))?", re.IGNORECASE)
_ZIP = re.compile(r"\d{4,5}(?:-\d{4})?(?:\.\d)?")


def of_values(field: str, column: Column, words: tuple[str, ...]) -> Fit:
    """The fit for one field; `words` are those of the column's name, none without names."""
    if field in TIMES:
        return _time(field, column, frozenset(words))
    check = _CHECKS.get(field)
    if not column.filled:
        return (0.6, "the column is empty") if check is None else (0.0, "")
    if check is _text and len(column.filled) >= _MANY and len(set(column.filled)) == 1:
        return 0.7 if words else 0.2, "one and the same text in every row"
    return check(column) if check else (0.8, "")


def counts(column: Column, words: tuple[str, ...]) -> str:
    """The unit in which a column counts time after the request; nothing where it holds times."""
    there = frozenset(words)
    if not column.filled or column.share(is_number) < 0.8 or column.share(_may_be_time) > 0.8:
        return ""
    if there & SECONDS:
        return "seconds"
    if there & MINUTES or column.share(lambda value: "." in value) > 0.5:
        return "minutes"
    return ""


def are_codes(column: Column) -> bool:
    """Whether the values are several short codes that repeat."""
    distinct = len(set(column.filled))
    return column.share(_is_short_code) > 0.8 and _SEVERAL <= distinct <= max(30, len(column.filled) // 3)


def is_number(value: str) -> bool:
    """Whether a cell is one number."""
    try:
        return float(value) == float(value)
    except ValueError:
        return False


def _may_be_time(value: str) -> bool:
    """Whether a cell may be a time: five or fewer digits may be anything."""
    if times_written.is_bare_number(value) and len(value.split(".")[0]) < 7:
        return False
    return times_written.parse(value) is not None or times_written.parse(value, day_first=True) is not None


def _time(field: str, column: Column, words: frozenset[str]) -> Fit:
    day_first = times.is_day_first(column.filled)
    share = column.share(lambda value: times_written.parse(value, day_first=day_first) is not None)
    if share >= 0.8 and (words or column.share(_may_be_time) >= 0.8):
        with_clock = column.share(lambda value: ":" in value or len(value) > 10)
        return share * (0.8 + 0.2 * with_clock), f"{share:.0%} of the values are dates or times"
    unit = "" if field == "received_at" else counts(column, tuple(words))
    if unit == "seconds":
        return 0.9, "the values are seconds after the request"
    if unit == "minutes":
        is_named = bool(words & MINUTES)
        return (0.8 if is_named else 0.3), "the values are taken as minutes after the request"
    return 0.0, ""


def _number(column: Column) -> Fit:
    filled = column.filled
    distinct = len(set(filled)) / len(filled)
    decimals = column.share(lambda value: "." in value and not value.endswith(".0"))
    if column.share(_is_code) < 0.8 or decimals > 0.5 or distinct <= 0.3:
        return 0.0, ""
    full = len(filled) / len(column.values)
    return distinct * (0.4 + 0.6 * full), f"{distinct:.0%} of the values differ"


def _is_code(value: str) -> bool:
    return " " not in value and any(letter.isdigit() for letter in value)


def _degrees(limit: float) -> Callable[[Column], Fit]:
    def fit(column: Column) -> Fit:
        share = column.share(lambda value: is_number(value) and abs(float(value)) <= limit)
        return (share, "the values are degrees") if share > 0.8 else (0.0, "")

    return fit


def _text(column: Column) -> Fit:
    lettered = column.share(lambda value: any(letter.isalpha() for letter in value))
    few = len(set(column.filled)) <= max(30, len(column.filled) // 3)
    if column.share(lambda value: _STREET_KIND.fullmatch(value.rstrip(".")) is not None) > 0.5:
        return 0.0, ""
    if column.share(_is_short_code) > 0.8 or column.share(_may_be_time) > 0.8:
        return (0.35, "the values are codes, without their meaning") if few else (0.0, "")
    if lettered > 0.6:
        return (0.9, "a few texts that repeat") if few else (0.6, "texts")
    return (0.5, "the values are codes, without their meaning") if few else (0.0, "")


def _is_short_code(value: str) -> bool:
    """T1, 10-50, 415F, 38: few signs, digits among them."""
    return len(value) <= 6 and " " not in value and any(letter.isdigit() for letter in value)


def looks_like_address(column: Column) -> float:
    """The share of values with a house number or block before a name, or with two streets."""
    return column.share(lambda value: _ADDRESS.search(value) is not None)


def _place(column: Column) -> Fit:
    share = looks_like_address(column)
    if share > 0.5:
        return 0.8 + 0.2 * share, f"{share:.0%} of the values look like addresses"
    if column.share(lambda value: value.startswith(("POINT", "(", "{"))) > 0.5:
        return 0.0, ""
    lettered = column.share(lambda value: any(letter.isalpha() for letter in value))
    return (0.7, "the values are names of places") if lettered > 0.5 else (0.4, "the values are bare numbers")


def _zip(column: Column) -> Fit:
    share = column.share(lambda value: _ZIP.fullmatch(value) is not None)
    return (share, "five digits") if share > 0.6 else (0.0, "")


def is_house(column: Column) -> bool:
    """Whether the values are house numbers or blocks: 1200, 12XX, 14 A."""
    return column.share(lambda value: _HOUSE.fullmatch(value) is not None) > 0.6


def is_direction(column: Column) -> bool:
    """Whether the values are N, S, E, W and the like."""
    return column.share(lambda value: _DIRECTION.fullmatch(value.rstrip(".")) is not None) > 0.7


def is_street_kind(column: Column) -> bool:
    """Whether the values are ST, AVE and the like."""
    return column.share(lambda value: _STREET_KIND.fullmatch(value.rstrip(".")) is not None) > 0.6


def is_street(column: Column) -> bool:
    """Whether the values are names of streets, without a house number before them."""
    lettered = column.share(lambda value: any(letter.isalpha() for letter in value))
    housed = column.share(lambda value: re.match(r"\d+ +\S*[A-Za-z]{3}", value) is not None)
    return lettered > 0.5 and housed < 0.5


_CHECKS: dict[str, Callable[[Column], Fit]] = {
    "number": _number,
    "latitude": _degrees(90),
    "longitude": _degrees(180),
    "type_text": _text,
    "place": _place,
    "zip": _zip,
}
