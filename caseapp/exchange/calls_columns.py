"""The columns of some rows of an export as fields of calls, by what a layout says of them."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from caseapp.domain.births import Birth
from caseapp.domain.not_known import NOTHING
from caseapp.exchange import times
from caseapp.exchange.births_written import birth_of
from caseapp.exchange.layouts import CODE_AND_TEXT, TIMES, Layout, Source
from caseapp.exchange.our_units import model_of
from caseapp.exchange.spellings import column_key, value_key
from caseapp.exchange.time_columns import TimeColumn, TimeFacts
from caseapp.exchange.zips import five_digits

_SPOILED = re.compile(r"^(\d+)\.0$")
"""A call's number that a spreadsheet took for an amount."""

_LONGEST_MISSING = max(map(len, NOTHING)) + 1

_LIMITS = {"latitude": 90.0, "longitude": 180.0}
"""Degrees to either side."""


_BIRTH = "_birth_date"
"""How the fields of births end."""


@dataclass(slots=True)
class Columns:
    """The converted columns of some rows, all of one length."""

    count: int
    values: dict[str, Sequence[Any]] = field(default_factory=dict)
    warnings: Counter[str] = field(default_factory=Counter)
    unread: set[int] = field(default_factory=set)
    """Rows with a time that was written and could not be read."""

    def get(self, name: str, default: object) -> Sequence[Any]:
        return self.values.get(name) or [default] * self.count


class Converter:
    """Converts part after part of one file; `facts` is what the whole of it says of its times."""

    def __init__(self, header: Sequence[str], layout: Layout, zone: ZoneInfo) -> None:
        self._places = {column_key(name): place for place, name in enumerate(header)}
        self._layout = layout
        self._zone = ZoneInfo(layout.time_zone) if layout.time_zone else zone
        self._codes = {
            name: {value_key(value): ours for value, ours in values.items()}
            for name, values in layout.codes.items()
        }
        self.facts: Mapping[str, TimeFacts] = {}
        self.span: tuple[Any, Any] | None = None
        """First and last instant of the file, for rows without any."""

    def numbers(self, rows: list[list[str]]) -> list[str]:
        """The call's number of each row, empty where there is none."""
        source = self._layout.fields.get("number")
        if source is None:
            return [self._layout.constants.get("number", "")] * len(rows)
        return [_SPOILED.sub(r"\1", cell) for cell in _TextReader(self._places, rows).column(source)]

    def texts(self, name: str, rows: list[list[str]]) -> Sequence[Any]:
        """A field's texts as they stand in some rows, before any of them is written anew."""
        source, text = self._layout.fields[name], _TextReader(self._places, rows)
        if name == "reasons":
            return _reasons(text, source)
        return _signs(text.column(source), source.split) if source.split else text.column(source)

    def time_columns(self) -> dict[str, TimeColumn]:
        """An empty gatherer for each field of time that is written as a time."""
        fields = self._layout.fields
        return {
            name: TimeColumn(self._layout.midnight_is_day, self._layout.day_first)
            for name in TIMES
            if name in fields and not fields[name].after
        }

    def look(self, columns: dict[str, TimeColumn], rows: list[list[str]]) -> None:
        """Let the gatherers see some rows."""
        text = _TextReader(self._places, rows)
        for name, column in columns.items():
            raw = text.raw(self._layout.fields[name])
            if len(raw) == 2:
                column.add_days(raw[0])
                column.add_clocks(raw[1])
            else:
                column.add(raw[0])

    def convert(self, rows: list[list[str]]) -> Columns:
        """Every field of some rows."""
        layout, taken = self._layout, Columns(count=len(rows))
        text = _TextReader(self._places, rows)
        for name in sorted(layout.fields, key=_times_in_order):
            if name in TIMES:
                self._take_time(taken, name, layout.fields[name], text)
            else:
                taken.values[name] = self._values(name, rows, text, taken)
        self._write_anew(taken)
        _settle_received(taken)
        if self.span is not None:
            _span_undated(taken, self.span)
        if layout.ours or layout.others:
            taken.values["unit model"] = self._models(taken)
        return taken

    def _values(self, name: str, rows: list[list[str]], text: "_TextReader", taken: Columns) -> list[Any]:
        """A field that is no time, as its column has it."""
        source = self._layout.fields[name]
        if name == "reasons":
            return _reasons(text, source)
        if name == "number":
            return self.numbers(rows)
        found = text.column(source)
        if name.endswith(_BIRTH):
            return self._births(found, taken)
        if name in _LIMITS:
            return _coordinates(found, _LIMITS[name], taken.warnings)
        return [five_digits(cell) for cell in found] if name == "zip" else found

    def _births(self, cells: Sequence[str], taken: Columns) -> list[Birth | None]:
        """As much of each birth as is written; a year of two digits lies before the calls of these rows."""
        facts = self.facts.get("received_at")
        day_first = facts.day_first if facts else bool(self._layout.day_first)
        calls = filter(None, taken.get("received_at", None))
        last = max((at.astimezone(self._zone).date() for at in calls), default=date.max)
        read = {cell: birth_of(cell, day_first=day_first, today=last) for cell in set(cells)}
        born = {cell: birth if birth and birth.on <= last else None for cell, birth in read.items()}
        return list(map(born.__getitem__, cells))

    def _write_anew(self, taken: Columns) -> None:
        """What the layout says of values: those of every row, several units in a cell, and codes of ours."""
        fields = self._layout.fields
        for name, constant in self._layout.constants.items():
            taken.values.setdefault(name, [constant] * taken.count)
        if "unit" in fields and (split := fields["unit"].split):
            taken.values["unit"] = _signs(taken.get("unit", ""), split)
        for name, values in self._codes.items():
            if name in taken.values:
                taken.values[name] = _recoded(taken.values[name], values)

    def _models(self, taken: Columns) -> list[Any]:
        """The model of each row's unit, or of each of its units."""
        known: dict[Any, str] = {}
        rules, others, zone = self._layout.ours, self._layout.others, self._zone

        def model(sign: str, agency: str, day: date | None) -> str:
            key = sign, agency, day
            if key not in known:
                known[key] = model_of(rules, sign=sign, agency=agency, day=day or date.max, others=others)
            return known[key]

        rows = zip(
            taken.get("unit", ""), taken.get("agency", ""), taken.get("received_at", None), strict=True
        )
        found: list[Any] = []
        for units, agency, at in rows:
            day = at.astimezone(zone).date() if at else None
            if isinstance(units, tuple):
                found.append(tuple(model(sign, agency, day) for sign in units))
            else:
                found.append(model(units, agency, day))
        return found

    def _take_time(self, taken: Columns, name: str, source: Source, text: "_TextReader") -> None:
        if source.after:
            start = taken.get(source.after, None)
            column = text.column(source)
            taken.values[name] = [
                times.seconds_after(begin, cell, unit=source.unit)
                for begin, cell in zip(start, column, strict=True)
            ]
            return
        raw, facts = text.raw(source), self.facts[name]
        cells = times.joined(raw[0], raw[1], day_first=facts.day_first) if len(raw) == 2 else raw[0]
        moments = times.column(
            cells,
            zone=self._zone,
            midnight_is_day=facts.midnight_is_day,
            to_minute=self._layout.to_minute,
            day_first=facts.day_first,
        )
        pairs = enumerate(zip(moments, cells, strict=True))
        unread = [row for row, (moment, cell) in pairs if moment is None and cell]
        taken.unread.update(unread)
        taken.warnings["time-not-understood"] += len(unread)
        taken.warnings["date-only"] += sum(moment is not None and moment.is_day for moment in moments)
        taken.warnings["hour-that-comes-twice"] += sum(
            moment is not None and moment.is_double for moment in moments
        )
        taken.values[name] = [moment.at if moment and not moment.is_day else None for moment in moments]
        taken.values[f"{name} day"] = [moment.at if moment and moment.is_day else None for moment in moments]


def _signs(column: Sequence[str], split: str) -> list[tuple[str, ...]]:
    """Several units of one cell apart, each once."""
    signs = ([sign.strip() for sign in cell.split(split)] for cell in column)
    return [tuple(dict.fromkeys(filter(None, row))) for row in signs]


def _recoded(column: Sequence[Any], values: Mapping[str, str]) -> list[Any]:
    """Each value as the layout says that it is ours; what it says nothing of stays."""
    if column and isinstance(column[0], tuple):
        rows = (tuple(values.get(value_key(one), one) for one in row) for row in column)
        return [tuple(dict.fromkeys(filter(None, row))) for row in rows]
    known = {cell: values.get(value_key(cell), cell) for cell in set(column)}
    return list(map(known.__getitem__, column))


def _times_in_order(name: str) -> int:
    return TIMES.index(name) if name in TIMES else len(TIMES)


class _TextReader:
    """Gives a source's column as clean text: missing words become empty, blanks are folded."""

    def __init__(self, places: dict[str, int], rows: list[list[str]]) -> None:
        self._places = places
        self._rows = rows

    def column(self, source: Source) -> list[str]:
        found = [
            place for name in source.columns if (place := self._places.get(column_key(name))) is not None
        ]
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
        known[cell] = "" if len(text) < _LONGEST_MISSING and text.lower() in NOTHING else text
    return list(map(known.__getitem__, column))


def _parts(column: list[str], takes: str) -> list[str]:
    """The code or the text of cells such as "38 - Meet Complainant"; a cell of one part is both."""
    matches = ((cell, CODE_AND_TEXT.fullmatch(cell)) for cell in column)
    part = 1 if takes == "code" else 2
    return [match[part] if match else cell for cell, match in matches]


def _settle_received(taken: Columns) -> None:
    """Where the request's time is missing, the call's next time stands in, then a bare day; counted.

    A time that stands in tells the day and no more: a duration from it would leave out the wait. Where a
    file never tells the request's time, its first time is the call's.
    """
    has_request = "received_at" in taken.values
    given = taken.get("received_at", None)
    later = [taken.get(name, None) for name in TIMES[1:]]
    days = [taken.get(f"{name} day", None) for name in TIMES]
    received, is_day = list(given), [False] * taken.count
    for row in (row for row, at in enumerate(given) if not at):
        exact = next((column[row] for column in later if column[row]), None)
        day = exact or next((column[row] for column in days if column[row]), None)
        received[row] = day
        is_day[row] = day is not None and (exact is None or has_request)
        taken.warnings["received-from-a-later-time"] += exact is not None
        taken.warnings["received-day-only"] += exact is None and day is not None
    taken.values["received_at"], taken.values["received_is_day"] = received, is_day
    on_scene = taken.get("on_scene_at", None)
    taken.warnings["arrival-before-request"] += sum(
        bool(there and start and there < start) for there, start in zip(on_scene, given, strict=True)
    )


def _span_undated(taken: Columns, span: tuple[Any, Any]) -> None:
    """Rows with no time at all are given the span of the file's dates, so that none of them is lost."""
    received, is_day = list(taken.values["received_at"]), list(taken.values["received_is_day"])
    missing = [row for row, moment in enumerate(received) if not moment and row not in taken.unread]
    until: list[Any] = [None] * taken.count
    for row in missing:
        received[row], until[row], is_day[row] = *span, True
    taken.values |= {"received_at": received, "received_until": until, "received_is_day": is_day}
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


def among(group: Sequence[Any], name: str, choose: Callable[..., Any]) -> Any:
    """The earliest or latest of a time over several rows of one call."""
    found = [value for one in group if (value := getattr(one, name)) is not None]
    return choose(found) if found else None
