"""Proposes a layout for an export never seen, from its column names and from what stands in the columns."""

import hashlib
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from rapidfuzz import fuzz

from caseapp.domain.errors import CaseAppError
from caseapp.exchange import clocks, times
from caseapp.exchange.clocks import Column, Proposal
from caseapp.exchange.layouts import CODE_AND_TEXT, TIMES, Layout, Source, fold
from caseapp.exchange.sheet import Sheet

__all__ = ["NotRecognised", "Proposal", "layout_of", "propose"]

SAMPLE_ROWS = 300
LEAST = 0.5
"""A proposal below this confidence is not made."""

_CLOSE = 88
_SECONDS_NAMES = ("secs", "seconds", "second")


class NotRecognised(CaseAppError):
    """No column looks like a call's number, or none like its time."""

    code = "layout.not-recognised"


def propose(sheet: Sheet, aliases: Path) -> tuple[Proposal, ...]:
    """The likeliest column for each field, each column used once, best proposals first."""
    content = tomllib.loads(aliases.read_text(encoding="utf-8"))
    beside, joined = content.pop("beside", {}), content.pop("joined", {})
    columns = _columns(sheet)
    scored = [
        proposal
        for name, words in content.items()
        for column in columns
        if (proposal := _score(name, words, column, has_names=sheet.has_header)).confidence >= LEAST
    ]
    chosen = _each_once(scored)
    whole = [_joined(proposal, columns, joined.get(proposal.field, [])) for proposal in chosen]
    return tuple(_split(clocks.completed(whole, columns, beside, has_names=sheet.has_header), columns))


def layout_of(proposals: tuple[Proposal, ...], *, name: str, file: str, header: Sequence[str] = ()) -> Layout:
    """A layout from proposals; raises NotRecognised when a call could not be told by it.

    The centre is told by the header, not by the file's name, so that next month's export of the same
    centre meets the calls of this one.
    """
    fields = {proposal.field: _source(proposal) for proposal in proposals}
    missing = ["a call number"] if "number" not in fields else []
    if not any(field in TIMES for field in fields):
        missing.append("the time of the call")
    if missing:
        raise NotRecognised(file=file, missing=" or ".join(missing))
    columns = header or [column for source in fields.values() for column in source.columns]
    told_by = "|".join(sorted(map(fold, columns)))
    centre = "columns-" + hashlib.sha256(told_by.encode()).hexdigest()[:12]
    received = fields.get("received_at") or Source(())
    zone = "UTC" if any(fold(column).endswith(("utc", "gmt")) for column in received.columns) else ""
    return Layout(name=name, title=name, centre=centre, fields=fields, time_zone=zone)


def _columns(sheet: Sheet) -> list[Column]:
    sample = sheet.rows[:SAMPLE_ROWS]
    return [
        Column(name, place, tuple(row[place].strip() for row in sample))
        for place, name in enumerate(sheet.header)
    ]


def _score(name: str, words: list[str], column: Column, *, has_names: bool) -> Proposal:
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


def _value_score(name: str, column: Column) -> tuple[float, str]:
    """How well the values fit the field: 0 rules it out, 1 is as good as it gets."""
    check = _CHECKS.get(name)
    if not column.filled:
        return (0.6, "the column is empty") if check is None else (0.0, "")
    return check(column) if check else (0.8, "")


def _time_fit(column: Column) -> tuple[float, str]:
    share = column.share(lambda value: times.parse(value) is not None)
    if share >= 0.8:
        return share, f"{share:.0%} of the values are dates or times"
    if any(word in column.name.casefold() for word in _SECONDS_NAMES) and column.share(_is_number) > 0.8:
        return 0.9, "the values are seconds after the call"
    return 0.0, ""


def _number_fit(column: Column) -> tuple[float, str]:
    filled = column.filled
    distinct = len(set(filled)) / len(filled)
    if column.share(_is_code) < 0.8 or column.share(lambda value: "." in value) > 0.5:
        return 0.0, ""
    return (distinct, f"{distinct:.0%} of the values differ") if distinct > 0.3 else (0.0, "")


def _degrees_fit(limit: float) -> Callable[[Column], tuple[float, str]]:
    def fit(column: Column) -> tuple[float, str]:
        share = column.share(lambda value: _is_number(value) and abs(float(value)) <= limit)
        return (share, "the values are degrees") if share > 0.8 else (0.0, "")

    return fit


def _text_fit(column: Column) -> tuple[float, str]:
    share = column.share(lambda value: any(letter.isalpha() for letter in value))
    few = len(set(column.filled)) <= max(30, len(column.filled) // 3)
    return (0.9 if few else 0.6, "a few texts that repeat") if share > 0.6 and few else (0.5 * share, "")


def _zip_fit(column: Column) -> tuple[float, str]:
    share = column.share(lambda value: value.split(".")[0].split("-")[0].isdigit())
    return (share, "") if share > 0.6 else (0.0, "")


_CHECKS: dict[str, Callable[[Column], tuple[float, str]]] = {
    "number": _number_fit,
    "latitude": _degrees_fit(90),
    "longitude": _degrees_fit(180),
    "type_text": _text_fit,
    "zip": _zip_fit,
    **dict.fromkeys(TIMES, _time_fit),
}
_BY_VALUE_ALONE = frozenset({"number", "received_at", "type_text"})
"""Fields that values alone can give away, where a file has no header."""


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


def _joined(proposal: Proposal, columns: list[Column], groups: list[list[str]]) -> Proposal:
    """Several columns in the place of one, where it is part of a group such as block and street."""
    by_name = {fold(column.name): column.name for column in columns}
    for group in groups:
        found = tuple(by_name[fold(word)] for word in group if fold(word) in by_name)
        if len(found) > 1 and proposal.columns[0] in found:
            reasons = (*proposal.reasons, "it belongs with " + " and ".join(f"“{name}”" for name in found))
            return replace(proposal, columns=found, reasons=reasons)
    return proposal


def _split(proposals: list[Proposal], columns: list[Column]) -> list[Proposal]:
    """A type such as "38 - Meet Complainant" gives code and text, where no other column has the code."""
    by_field = {proposal.field: proposal for proposal in proposals}
    text = by_field.get("type_text")
    if text is None or "type_code" in by_field:
        return proposals
    column = next(column for column in columns if column.name == text.columns[0])
    if column.share(lambda value: CODE_AND_TEXT.fullmatch(value) is not None) < 0.7:
        return proposals
    reasons = (*text.reasons, "the values are a code and a text")
    parts = {"type_code": "code", "type_text": "text"}
    both = [replace(text, field=field, takes=takes, reasons=reasons) for field, takes in parts.items()]
    return [proposal for proposal in proposals if proposal is not text] + both


def _source(proposal: Proposal) -> Source:
    column = proposal.columns[0]
    if proposal.field in TIMES and any(word in column.casefold() for word in _SECONDS_NAMES):
        return Source(columns=(column,), after="received_at")
    return Source(columns=proposal.columns, takes=proposal.takes)
