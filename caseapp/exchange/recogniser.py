"""Proposes a layout for an export never seen, from its column names and from what stands in the columns."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from caseapp.domain.errors import CaseAppError
from caseapp.exchange import times
from caseapp.exchange.layouts import TIMES, Layout, Source, fold
from caseapp.exchange.sheet import Sheet

SAMPLE_ROWS = 300
LEAST = 0.5
"""A proposal below this confidence is not made."""

_CLOSE = 88
_SECONDS_NAMES = ("secs", "seconds", "second")


class NotRecognised(CaseAppError):
    """No column looks like a call's number, or none like its time."""

    code = "layout.not-recognised"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One field: its columns, 0 to 1 how sure, why in words, and values to look at."""

    field: str
    columns: tuple[str, ...]
    confidence: float
    reasons: tuple[str, ...]
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    place: int
    values: tuple[str, ...]

    @property
    def filled(self) -> tuple[str, ...]:
        return tuple(value for value in self.values if not times.is_missing(value))


def propose(sheet: Sheet, aliases: Path) -> tuple[Proposal, ...]:
    """The likeliest column for each field, each column used once, best proposals first."""
    content = tomllib.loads(aliases.read_text(encoding="utf-8"))
    beside = content.pop("beside", {})
    columns = _columns(sheet)
    scored = [
        proposal
        for name, words in content.items()
        for column in columns
        if (proposal := _score(name, words, column, has_names=sheet.has_header)).confidence >= LEAST
    ]
    chosen = _each_once(scored)
    return tuple(_with_clock(proposal, columns, chosen, beside) for proposal in chosen)


def layout_of(proposals: tuple[Proposal, ...], *, name: str, file: str) -> Layout:
    """A layout from proposals; raises NotRecognised when a call could not be told by it."""
    fields = {proposal.field: _source(proposal) for proposal in proposals}
    missing = [words for key, words in _NEEDED.items() if key not in fields]
    if missing:
        raise NotRecognised(file=file, missing=" or ".join(missing))
    return Layout(name=name, title=name, centre=name, fields=fields)


_NEEDED = {"number": "a call number", "received_at": "the time of the call"}


def _columns(sheet: Sheet) -> list[_Column]:
    sample = sheet.rows[:SAMPLE_ROWS]
    return [
        _Column(name, place, tuple(row[place].strip() for row in sample))
        for place, name in enumerate(sheet.header)
    ]


def _score(name: str, words: list[str], column: _Column, *, has_names: bool) -> Proposal:
    by_name, name_reason = _name_score(words, column.name) if has_names else (0.0, "")
    fits, value_reason = _value_score(name, column)
    if has_names:
        confidence = by_name * (0.7 + 0.3 * fits) if fits else 0.0
    else:
        confidence = fits if name in _BY_VALUE_ALONE else 0.0
    reasons = tuple(filter(None, (name_reason, value_reason)))
    samples = tuple(dict.fromkeys(column.filled))[:3]
    return Proposal(name, (column.name,), round(confidence, 3), reasons, samples)


def _name_score(words: list[str], name: str) -> tuple[float, str]:
    """1 for an exact name, a little less for one further down the list, 0.75 for one spelled nearly so."""
    folded = fold(name)
    for place, word in enumerate(words):
        if fold(word) == folded:
            return 1.0 - 0.01 * place, f"the column is called “{name}”"
    spread = name.replace("_", " ").replace("-", " ").casefold()
    best = max((fuzz.token_sort_ratio(word, spread), word) for word in words)
    if best[0] >= _CLOSE:
        return 0.75, f"“{name}” is close to “{best[1]}”"
    return 0.0, ""


def _value_score(name: str, column: _Column) -> tuple[float, str]:
    """How well the values fit the field: 0 rules it out, 1 is as good as it gets."""
    check = _CHECKS.get(name)
    if not column.filled:
        return (0.6, "the column is empty") if check is None else (0.0, "")
    return check(column) if check else (0.8, "")


def _time_fit(column: _Column) -> tuple[float, str]:
    share = _share(column, lambda value: times.parse(value) is not None)
    if share >= 0.8:
        return share, f"{share:.0%} of the values are dates or times"
    if any(word in column.name.casefold() for word in _SECONDS_NAMES) and _share(column, _is_number) > 0.8:
        return 0.9, "the values are seconds after the call"
    return 0.0, ""


def _number_fit(column: _Column) -> tuple[float, str]:
    filled = column.filled
    distinct = len(set(filled)) / len(filled)
    if _share(column, _is_code) < 0.8 or _share(column, lambda value: "." in value) > 0.5:
        return 0.0, ""
    return (distinct, f"{distinct:.0%} of the values differ") if distinct > 0.3 else (0.0, "")


def _degrees_fit(limit: float) -> Callable[[_Column], tuple[float, str]]:
    def fit(column: _Column) -> tuple[float, str]:
        share = _share(column, lambda value: _is_number(value) and abs(float(value)) <= limit)
        return (share, "the values are degrees") if share > 0.8 else (0.0, "")

    return fit


def _text_fit(column: _Column) -> tuple[float, str]:
    share = _share(column, lambda value: any(letter.isalpha() for letter in value))
    few = len(set(column.filled)) <= max(30, len(column.filled) // 3)
    return (0.9 if few else 0.6, "a few texts that repeat") if share > 0.6 and few else (0.5 * share, "")


def _zip_fit(column: _Column) -> tuple[float, str]:
    share = _share(column, lambda value: value.split(".")[0].split("-")[0].isdigit())
    return (share, "") if share > 0.6 else (0.0, "")


_CHECKS: dict[str, Callable[[_Column], tuple[float, str]]] = {
    "number": _number_fit,
    "latitude": _degrees_fit(90),
    "longitude": _degrees_fit(180),
    "type_text": _text_fit,
    "zip": _zip_fit,
    **dict.fromkeys(TIMES, _time_fit),
}
_BY_VALUE_ALONE = frozenset({"number", "received_at", "type_text"})
"""Fields that values alone can give away, where a file has no header."""


def _share(column: _Column, holds: Callable[[str], bool]) -> float:
    filled = column.filled
    return sum(map(holds, filled)) / len(filled) if filled else 0.0


def _is_number(value: str) -> bool:
    try:
        return float(value) == float(value)
    except ValueError:
        return False


def _is_code(value: str) -> bool:
    return " " not in value and any(letter.isdigit() for letter in value)


def _each_once(scored: list[Proposal]) -> list[Proposal]:
    """Take the best proposal of all, strike its field and column, and go on."""
    chosen: dict[str, Proposal] = {}
    used: set[str] = set()
    for proposal in sorted(scored, key=lambda one: -one.confidence):
        if proposal.field not in chosen and proposal.columns[0] not in used:
            chosen[proposal.field] = proposal
            used.add(proposal.columns[0])
    return list(chosen.values())


def _with_clock(
    proposal: Proposal, columns: list[_Column], chosen: list[Proposal], beside: dict[str, list[str]]
) -> Proposal:
    """Add the column of times of day to one of bare dates."""
    words = {fold(word) for word in beside.get(proposal.field, [])}
    date_only = not any(":" in sample for sample in proposal.samples)
    taken = {name for one in chosen if one.field == proposal.field for name in one.columns}
    for column in columns:
        fits = fold(column.name) in words or fold(column.name).endswith("time")
        clocks = _share(column, lambda value: bool(times.joined(["2020-01-01"], [value])[0][11:]))
        if date_only and fits and clocks > 0.8 and column.name not in taken and proposal.field in beside:
            reasons = (*proposal.reasons, f"“{column.name}” holds the time of day")
            return Proposal(
                proposal.field,
                (*proposal.columns, column.name),
                proposal.confidence,
                reasons,
                proposal.samples,
            )
    return proposal


def _source(proposal: Proposal) -> Source:
    column = proposal.columns[0]
    if proposal.field in TIMES and any(word in column.casefold() for word in _SECONDS_NAMES):
        return Source(columns=(column,), after="received_at")
    return Source(columns=proposal.columns)
