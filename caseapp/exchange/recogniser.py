"""Proposes a layout for an export never seen, from its column names and from what stands in the columns."""

import hashlib
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from caseapp.domain.errors import CaseAppError
from caseapp.exchange import addresses, clocks, fits, receipts, times, times_written
from caseapp.exchange.clocks import Column, Proposal
from caseapp.exchange.column_names import Names
from caseapp.exchange.layouts import CODE_AND_TEXT, TIMES, UNITS, Layout, Source
from caseapp.exchange.sheet import Sheet
from caseapp.exchange.spellings import column_key

__all__ = ["NotRecognised", "Proposal", "doubts", "layout_of", "propose"]

SAMPLE_ROWS = 300
LEAST = 0.5
"""A proposal below this confidence is not made."""

UNSURE = 0.7
"""A proposal below this confidence is told as a doubt."""

_ESSENTIAL = {"number": "a call number", "received_at": "the time of the call"}
_WANTED = {"type_text": "the type of the call", "place": "the place"}
_BY_VALUE_ALONE = ("number", "received_at", "type_text", "place", "zip")
"""Fields that values alone can give away, where a file has no header."""
_WITHOUT_NAME = 0.62
"""The most that values alone are worth."""


class NotRecognised(CaseAppError):
    """No column looks like a call's number, or none like its time."""

    code = "layout.not-recognised"


def propose(sheet: Sheet, aliases: Path) -> tuple[Proposal, ...]:
    """The likeliest column for each field, each column used once, best proposals first."""
    content = tomllib.loads(aliases.read_text(encoding="utf-8"))
    names = Names(content["listed"], content["words"])
    columns = _columns(sheet)
    whole = list(_whole(columns, content)) if sheet.has_header else []
    taken = {name for proposal in whole for name in proposal.columns}
    free = [column for column in columns if column.name not in taken]
    scored = [
        proposal
        for field in names.fields
        for column in free
        if (proposal := _score(field, names, column, has_names=sheet.has_header)).confidence >= LEAST
        and all(field != one.field for one in whole)
    ]
    chosen = [*whole, *receipts.earliest_received(_each_once(scored), scored, columns)]
    chosen = clocks.completed(chosen, columns, content["beside"], has_names=sheet.has_header)
    if sheet.has_header:
        chosen += _without_name(chosen, columns)
        chosen = clocks.completed(chosen, columns, content["beside"], has_names=True)
    else:
        chosen += _codes(chosen, columns)
    return tuple(_with_a_type(_split(chosen, columns)))


def layout_of(proposals: Iterable[Proposal], *, name: str, file: str, header: Sequence[str] = ()) -> Layout:
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
    told_by = "|".join(sorted(map(column_key, columns)))
    centre = "columns-" + hashlib.sha256(told_by.encode()).hexdigest()[:12]
    received = fields.get("received_at") or Source(())
    zone = "UTC" if any(column_key(column).endswith(("utc", "gmt")) for column in received.columns) else ""
    return Layout(name=name, title=name, centre=centre, fields=fields, time_zone=zone)


def doubts(proposals: Sequence[Proposal], sheet: Sheet) -> tuple[str, ...]:
    """What the proposal is not sure of, a sentence each; empty where nothing need be looked at."""
    found = {proposal.field for proposal in proposals}
    said = [] if sheet.has_header else ["The file has no header: each column is told by its values alone."]
    said += [f"No column looks like {words}." for field, words in _ESSENTIAL.items() if field not in found]
    said += [f"No column looks like {words}." for field, words in _WANTED.items() if field not in found]
    said += [
        f"{proposal.field.replace('_', ' ').capitalize()} from {_quoted(proposal.columns)} is a guess "
        f"({proposal.confidence:.0%}): {'; '.join(proposal.reasons) or 'little speaks for it'}."
        for proposal in proposals
        if proposal.confidence < UNSURE
    ]
    by_name = {column.name: column for column in _columns(sheet)}
    for proposal in proposals:
        if proposal.field in TIMES and times.is_day_or_month(by_name[proposal.columns[0]].filled):
            said.append(f"In {_quoted(proposal.columns)} 5/12 is read as May 12; nothing says otherwise.")
    return tuple(dict.fromkeys(said))


def _quoted(names: Iterable[str]) -> str:
    return " and ".join(f"“{name}”" for name in names)


def _columns(sheet: Sheet) -> list[Column]:
    sample = sheet.rows[:SAMPLE_ROWS]
    return [
        Column(name, place, tuple(row[place].strip() for row in sample))
        for place, name in enumerate(sheet.header)
    ]


def _whole(columns: list[Column], content: dict[str, dict[str, list[str]]]) -> Iterable[Proposal]:
    """A field that lies in several columns: a split address, and names that the file of names joins."""
    for field, key in (("place", "address"), ("cross_street", "crossing")):
        if found := addresses.parts(columns, content[key]):
            yield _together(field, found, "number, direction, street and kind of street")
    by_name = {column_key(column.name): column for column in columns}
    for field, groups in content["joined"].items():
        for group in groups:
            found = tuple(by_name[column_key(word)] for word in group if column_key(word) in by_name)
            if len(found) == len(group) and (field != "place" or fits.is_house(found[0])):
                yield _together(field, found, "parts of one text")
                break


def _together(field: str, columns: Sequence[Column], words: str) -> Proposal:
    names = tuple(column.name for column in columns)
    rows = zip(*(column.values for column in columns), strict=True)
    samples = dict.fromkeys(" ".join(filter(None, row)) for row in rows)
    return Proposal(field, names, 0.9, (f"{_quoted(names)} are {words}",), tuple(samples)[:3])


def _score(field: str, names: Names, column: Column, *, has_names: bool) -> Proposal:
    words = names.words_of(column.name) if has_names else ()
    by_name, name_reason = names.fields[field].score(column.name, words) if has_names else (0.0, "")
    fit, value_reason = (
        fits.of_values(field, column, words) if by_name or field in _BY_VALUE_ALONE else (0.0, "")
    )
    confidence = by_name * (0.7 + 0.3 * fit) if by_name and fit else 0.0
    if not has_names and field in _BY_VALUE_ALONE:
        confidence = fit
    reasons = tuple(filter(None, (name_reason, value_reason)))
    samples = tuple(dict.fromkeys(column.filled))[:3]
    unit = fits.counts(column, words) if field in TIMES and field != "received_at" else ""
    return Proposal(field, (column.name,), round(confidence, 3), reasons, samples, counts=unit)


def _each_once(scored: list[Proposal]) -> list[Proposal]:
    """Take the best proposal of all, strike its field and column, and go on."""
    chosen: dict[str, Proposal] = {}
    used: set[str] = set()
    for proposal in sorted(scored, key=lambda one: -one.confidence):
        if proposal.field not in chosen and proposal.columns[0] not in used:
            chosen[proposal.field] = proposal
            used.add(proposal.columns[0])
    return list(chosen.values())


def _without_name(chosen: list[Proposal], columns: list[Column]) -> list[Proposal]:
    """What a call must have and no name gave away, from the values of the columns that are left."""
    used = {name for proposal in chosen for name in proposal.columns}
    found = {proposal.field for proposal in chosen}
    made: list[Proposal] = []
    for field in ("number", "received_at", "type_text", "place"):
        if field in found or (field == "received_at" and found & set(TIMES)):
            continue
        free = (column for column in columns if column.name not in used)
        tried = [_by_value(field, column) for column in free]
        best = max(tried, key=lambda one: one.confidence, default=None)
        if best is not None and best.confidence >= LEAST:
            made.append(best)
            used.add(best.columns[0])
    return made


def _codes(chosen: list[Proposal], columns: list[Column]) -> list[Proposal]:
    """Without names and without a text, the type is taken from codes that repeat, the most of them."""
    used = {name for proposal in chosen for name in proposal.columns}
    free = [column for column in columns if column.name not in used and fits.are_codes(column)]
    if not free or any(proposal.field == "type_text" for proposal in chosen):
        return []
    column = max(free, key=lambda one: len(set(one.filled)))
    samples = tuple(dict.fromkeys(column.filled))[:3]
    reasons = ("no column's name says it", "codes that repeat, without their meaning")
    return [Proposal("type_text", (column.name,), LEAST, reasons, samples)]


def _by_value(field: str, column: Column) -> Proposal:
    fit, reason = fits.of_values(field, column, ())
    if field == "number" and (
        fit < 0.95 or (column.share(times_written.is_bare_number) > 0.9 and _counts_up(column))
    ):
        fit = 0.0
    if field == "place" and fits.looks_like_address(column) < 0.5:
        fit = 0.0
    if field == "type_text" and (fit < 0.9 or fits.is_direction(column) or len(set(column.filled)) < 3):
        fit = 0.0
    samples = tuple(dict.fromkeys(column.filled))[:3]
    reasons = tuple(filter(None, ("no column's name says it", reason)))
    return Proposal(field, (column.name,), round(_WITHOUT_NAME * fit, 3), reasons, samples)


def _counts_up(column: Column) -> bool:
    """Whether a column only numbers the rows, anew in each export."""
    numbers = [float(value) for value in column.filled if fits.is_number(value)]
    return len(numbers) == len(column.filled) and all(
        after - before == 1 for before, after in pairwise(numbers)
    )


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


def _with_a_type(proposals: list[Proposal]) -> list[Proposal]:
    """The first type, or the code, stands for the final one's text where no column has that."""
    by_field = {proposal.field: proposal for proposal in proposals}
    if "type_text" in by_field:
        return proposals
    for field in ("type_initial_text", "type_code", "type_initial_code"):
        if (stand_in := by_field.get(field)) is not None:
            reason = f"no column has the final type in words; {field.replace('_', ' ')} stands for it"
            confidence = round(0.9 * stand_in.confidence, 3)
            more = replace(stand_in, field="type_text", confidence=confidence, reasons=(reason,))
            return [*proposals, more]
    return proposals


def _source(proposal: Proposal) -> Source:
    if proposal.counts:
        return Source(proposal.columns[:1], after="received_at", unit=UNITS[proposal.counts])
    return Source(columns=proposal.columns, takes=proposal.takes)
