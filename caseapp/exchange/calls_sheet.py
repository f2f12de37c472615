"""Calls for service from a sheet and a layout: column by column, every row accounted for."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from caseapp.domain.dispatch import (
    CallsReading,
    IncomingCall,
    IncomingPerson,
    IncomingResponse,
    RowProblem,
)
from caseapp.domain.errors import CaseAppError
from caseapp.exchange import cells, times
from caseapp.exchange.layouts import CODE_AND_TEXT, TIMES, Layout, Source, fold
from caseapp.exchange.sheet import Sheet
from caseapp.exchange.zips import five_digits


class DoesNotFit(CaseAppError):
    """A layout was asked for whose columns the file does not have."""

    code = "layout.columns-missing"


_TEXTS = (
    "source",
    "type_initial_code",
    "type_initial_text",
    "type_code",
    "type_text",
    "priority",
    "disposition_code",
    "disposition",
    "end_point",
    "agency",
    "place",
    "cross_street",
    "city",
    "district",
    "call_taker",
    "dispatcher",
    "duplicate_of",
    "narrative",
)


_SPOILED = re.compile(r"^(\d+)\.0$")
"""A call's number that a spreadsheet took for an amount."""


@dataclass(slots=True)
class _Columns:
    """The converted columns of a sheet, all of one length."""

    count: int
    values: dict[str, Sequence[Any]] = field(default_factory=dict)
    warnings: Counter[str] = field(default_factory=Counter)
    unread: set[int] = field(default_factory=set)
    """Rows with a time that was written and could not be read."""

    def get(self, name: str, default: object) -> Sequence[Any]:
        return self.values.get(name) or [default] * self.count


def read(sheet: Sheet, layout: Layout, *, zone: ZoneInfo) -> CallsReading:
    """Turn a sheet into calls; `zone` is the agency's, used where the layout names none.

    Rows without a number or without any day are problems; several rows of one number are one call with
    a response each. Raises DoesNotFit where the sheet lacks the number's column or all columns of times.
    """
    missing = _missing_columns(sheet.header, layout)
    kept, numbers, skipped = _kept_rows(sheet, layout)
    taken = _convert(sheet.header, kept, layout, ZoneInfo(layout.time_zone) if layout.time_zone else zone)
    taken.warnings["column-not-in-file"] += missing
    calls, problems = _calls(taken, kept, numbers)
    return CallsReading(
        layout=layout.name,
        centre=layout.centre,
        header=sheet.header,
        rows=len(sheet.rows),
        calls=tuple(calls),
        call_rows=len(kept) - len(problems),
        problems=tuple(problems),
        skipped=dict(skipped),
        warnings={name: count for name, count in taken.warnings.items() if count},
        how_read=sheet.how_read,
    )


def write_rejects(reading: CallsReading) -> bytes:
    """The rejected rows as they came, with row number and reason, ready to be mended and imported again."""
    rows = [(str(one.row), one.reason, *one.raw) for one in reading.problems]
    return cells.write_csv((*cells.OUR_COLUMNS, *reading.header), rows)


def _missing_columns(header: Sequence[str], layout: Layout) -> int:
    """How many of the layout's columns the sheet lacks; without the needed ones it is another layout's."""
    there = set(map(fold, header))
    for needed in (("number",), TIMES):
        columns = [name for key in needed if key in layout.fields for name in layout.fields[key].columns]
        if not any(fold(name) in there for name in columns):
            raise DoesNotFit(layout=layout.name, columns=" or ".join(f"“{name}”" for name in columns))
    return sum(fold(name) not in there for source in layout.fields.values() for name in source.columns)


def _kept_rows(sheet: Sheet, layout: Layout) -> tuple[list[list[str]], list[int], Counter[str]]:
    """Rows to convert, their numbers in the file, and how many were skipped for which reason."""
    places = {fold(name): place for place, name in enumerate(sheet.header)}
    rules = [(places[rule.column], rule) for rule in layout.skips if rule.column in places]
    kept, numbers, skipped = [], [], Counter[str]()
    for number, row in enumerate(sheet.rows, start=sheet.first_row):
        reason = "blank" if not any(row) or not any(map(str.strip, row)) else ""
        for place, rule in rules if not reason else ():
            if rule.pattern.search(row[place]):
                reason = rule.reason
                break
        if reason:
            skipped[reason] += 1
        else:
            kept.append(row)
            numbers.append(number)
    return kept, numbers, skipped


def _convert(header: Sequence[str], rows: list[list[str]], layout: Layout, zone: ZoneInfo) -> _Columns:
    places = {fold(name): place for place, name in enumerate(header)}
    taken = _Columns(count=len(rows))
    text = _TextReader(places, rows)
    for name in sorted(layout.fields, key=_times_in_order):
        source = layout.fields[name]
        if name in TIMES:
            _take_time(taken, name, source, text, layout, zone)
        elif name == "reasons":
            taken.values[name] = _reasons(text, source)
        elif name in ("latitude", "longitude"):
            limit = 90.0 if name == "latitude" else 180.0
            taken.values[name] = _coordinates(text.column(source), limit, taken.warnings)
        elif name == "number":
            taken.values[name] = [_SPOILED.sub(r"\1", cell) for cell in text.column(source)]
        elif name == "zip":
            taken.values[name] = [five_digits(cell) for cell in text.column(source)]
        else:
            taken.values[name] = text.column(source)
    for name, constant in layout.constants.items():
        taken.values.setdefault(name, [constant] * len(rows))
    if "unit" in layout.fields and (split := layout.fields["unit"].split):
        signs = ([sign.strip() for sign in cell.split(split)] for cell in taken.get("unit", ""))
        taken.values["unit"] = [tuple(dict.fromkeys(filter(None, row))) for row in signs]
    _settle_received(taken)
    if layout.keeps_undated:
        _span_undated(taken)
    return taken


def _times_in_order(name: str) -> int:
    return TIMES.index(name) if name in TIMES else len(TIMES)


class _TextReader:
    """Gives a source's column as clean text: missing words become empty, blanks are folded."""

    def __init__(self, places: dict[str, int], rows: list[list[str]]) -> None:
        self._places = places
        self._rows = rows

    def column(self, source: Source) -> list[str]:
        found = [place for name in source.columns if (place := self._places.get(fold(name))) is not None]
        columns = [_cleaned([row[place] for row in self._rows]) for place in found]
        if not columns:
            return [""] * len(self._rows)
        if source.takes:
            return _parts(columns[0], source.takes)
        if len(columns) == 1:
            return columns[0]
        return [" ".join(filter(None, parts)) for parts in zip(*columns, strict=True)]

    def raw(self, source: Source) -> list[list[str]]:
        """Each of the source's columns apart."""
        return [self.column(Source(columns=(name,))) for name in source.columns]


def _cleaned(column: list[str]) -> list[str]:
    known = {}
    for cell in set(column):
        text = " ".join(cell.split())
        known[cell] = "" if len(text) < _LONGEST_MISSING and text.lower() in times.MISSING else text
    return list(map(known.__getitem__, column))


_LONGEST_MISSING = max(map(len, times.MISSING)) + 1


def _parts(column: list[str], takes: str) -> list[str]:
    """The code or the text of cells such as "38 - Meet Complainant"; a cell of one part is both."""
    matches = ((cell, CODE_AND_TEXT.fullmatch(cell)) for cell in column)
    part = 1 if takes == "code" else 2
    return [match[part] if match else cell for cell, match in matches]


def _take_time(
    taken: _Columns, name: str, source: Source, text: _TextReader, layout: Layout, zone: ZoneInfo
) -> None:
    if source.after:
        start = taken.get(source.after, None)
        column = text.column(source)
        taken.values[name] = [
            times.seconds_after(begin, cell, unit=source.unit)
            for begin, cell in zip(start, column, strict=True)
        ]
        return
    raw = text.raw(source)
    cells_ = times.joined(raw[0], raw[1]) if len(raw) == 2 else raw[0]
    moments = times.column(
        cells_, zone=zone, midnight_is_day=layout.midnight_is_day, to_minute=layout.to_minute
    )
    pairs = enumerate(zip(moments, cells_, strict=True))
    unread = [row for row, (moment, cell) in pairs if moment is None and cell]
    taken.unread.update(unread)
    taken.warnings["time-not-understood"] += len(unread)
    taken.warnings["date-only"] += sum(moment is not None and moment.is_day for moment in moments)
    taken.values[name] = [moment.at if moment and not moment.is_day else None for moment in moments]
    taken.values[f"{name} day"] = [moment.at if moment and moment.is_day else None for moment in moments]


def _settle_received(taken: _Columns) -> None:
    """Where the request's time is missing, the call's next time stands in, then a bare day; counted.

    A time that stands in tells the day and no more: a duration from it would leave out the wait. Where a
    file never tells the request's time, its first time is the call's.
    """
    has_request = "received_at" in taken.values
    given = taken.get("received_at", None)
    later = [taken.get(name, None) for name in TIMES[1:]]
    days = [taken.get(f"{name} day", None) for name in TIMES]
    received: list[Any] = []
    is_day: list[bool] = []
    for row, at in enumerate(given):
        if at:
            received.append(at)
            is_day.append(False)
            continue
        exact = next((column[row] for column in later if column[row]), None)
        day = exact or next((column[row] for column in days if column[row]), None)
        received.append(day)
        is_day.append(day is not None and (exact is None or has_request))
        taken.warnings["received-from-a-later-time"] += exact is not None
        taken.warnings["received-day-only"] += exact is None and day is not None
    taken.values["received_at"], taken.values["received_is_day"] = received, is_day
    on_scene = taken.get("on_scene_at", None)
    taken.warnings["arrival-before-request"] += sum(
        bool(there and start and there < start) for there, start in zip(on_scene, given, strict=True)
    )


def _span_undated(taken: _Columns) -> None:
    """Rows with no time at all are given the span of the file's dates, so that none of them is lost."""
    received, is_day = taken.values["received_at"], list(taken.values["received_is_day"])
    known = [moment for moment in received if moment]
    missing = [row for row, moment in enumerate(received) if not moment and row not in taken.unread]
    if not known or not missing:
        return
    first, last = min(known), max(known)
    until: list[Any] = [None] * taken.count
    settled = list(received)
    for row in missing:
        settled[row], until[row], is_day[row] = first, last, True
    taken.values |= {"received_at": settled, "received_until": until, "received_is_day": is_day}
    taken.warnings["received-unknown"] += len(missing)


def _reasons(text: _TextReader, source: Source) -> list[tuple[str, ...]]:
    columns = text.raw(source)
    return [tuple(dict.fromkeys(filter(None, row))) for row in zip(*columns, strict=True)]


def _coordinates(column: list[str], limit: float, warnings: Counter[str]) -> list[float | None]:
    """Degrees; zero, text and what lies outside the globe are dropped and counted."""
    result: list[float | None] = []
    for cell in column:
        try:
            degrees = float(cell) if cell else 0.0
        except ValueError:
            degrees = limit + 1
        good = 0 < abs(degrees) <= limit
        warnings["coordinate-dropped"] += bool(cell) and not good
        result.append(degrees if good else None)
    return result


def _calls(
    taken: _Columns, rows: list[list[str]], numbers: list[int]
) -> tuple[list[IncomingCall], list[RowProblem]]:
    built = _built(taken, numbers)
    reasons = (
        _why_not(number, received)
        for number, received in zip(taken.get("number", ""), taken.get("received_at", None), strict=True)
    )
    good: list[IncomingCall] = []
    problems: list[RowProblem] = []
    for call, reason, row, number in zip(built, reasons, rows, numbers, strict=True):
        if reason:
            problems.append(RowProblem(row=number, reason=reason, raw=tuple(row)))
        else:
            good.append(call)
    return _one_per_number(good), problems


def _why_not(number: object, received: object) -> str:
    if not number:
        return "no call number"
    return "" if received else "no date or time that can be read"


def _built(taken: _Columns, numbers: list[int]) -> Iterator[IncomingCall]:
    """Calls straight from the columns; `_make` over zipped columns is what keeps 20,000 rows quick."""
    defaults = IncomingCall._field_defaults
    columns: list[Sequence[Any]] = []
    for name in IncomingCall._fields:
        if name == "source_row":
            columns.append(numbers)
        elif name == "responses":
            columns.append(_responses(taken))
        elif name == "people":
            columns.append(_people(taken))
        else:
            columns.append(taken.get(name, defaults.get(name, "")))
    return map(IncomingCall._make, zip(*columns, strict=True))


def _responses(taken: _Columns) -> Sequence[tuple[IncomingResponse, ...]]:
    """A response for each unit of the row; the row's times are those of the first."""
    if "unit" not in taken.values:
        return [()] * taken.count
    columns = [taken.get(name, None) for name in ("dispatched_at", "enroute_at", "on_scene_at", "cleared_at")]
    units = taken.get("unit", "")
    if units and isinstance(units[0], tuple):
        return [_several(signs, moments) for signs, *moments in zip(units, *columns, strict=True)]
    return [(IncomingResponse._make(row),) if row[0] else () for row in zip(units, *columns, strict=True)]


def _several(signs: tuple[str, ...], moments: list[Any]) -> tuple[IncomingResponse, ...]:
    others = (IncomingResponse(sign) for sign in signs[1:])
    return (IncomingResponse(signs[0], *moments), *others) if signs else ()


def _people(taken: _Columns) -> Sequence[tuple[IncomingPerson, ...]]:
    named = [part for part in ("subject", "caller") if f"{part}_name" in taken.values]
    if not named:
        return [()] * taken.count
    found: list[list[IncomingPerson]] = [[] for _ in range(taken.count)]
    for part in named:
        births = [times.parse(str(cell)) for cell in taken.get(f"{part}_birth_date", "")]
        columns = (taken.get(f"{part}_name", ""), births, taken.get(f"{part}_phone", ""))
        for people, name, birth, phone in zip(found, *columns, strict=True):
            if name or phone:
                day = birth.wall.date() if isinstance(birth, times.Naive) else None
                people.append(IncomingPerson(part, str(name), day, str(phone)))
    return [tuple(people) for people in found]


def _one_per_number(calls: list[IncomingCall]) -> list[IncomingCall]:
    """Join rows of one number: the first row's facts, every row's unit, the earliest of each time."""
    groups: defaultdict[str, list[IncomingCall]] = defaultdict(list)
    for call in calls:
        groups[call.number].append(call)
    if len(groups) == len(calls):
        return calls
    return [group[0] if len(group) == 1 else _joined(group) for group in groups.values()]


def _joined(group: list[IncomingCall]) -> IncomingCall:
    first = group[0]
    units = {unit.call_sign: unit for call in reversed(group) for unit in call.responses}
    responses = tuple(units[sign] for sign in dict.fromkeys(u.call_sign for c in group for u in c.responses))
    people = tuple(dict.fromkeys(person for call in group for person in call.people))
    filled = {name: _first_filled(group, name) for name in _TEXTS}
    moments = {name: _among(group, name, min) for name in TIMES}
    moments["cleared_at"] = _among(group, "cleared_at", max)
    return first._replace(responses=responses, people=people, **filled, **moments)


def _first_filled(group: list[IncomingCall], name: str) -> Any:
    return next((value for call in group if (value := getattr(call, name))), "")


def _among(group: list[IncomingCall], name: str, choose: Callable[..., Any]) -> Any:
    found = [value for call in group if (value := getattr(call, name)) is not None]
    return choose(found) if found else None
