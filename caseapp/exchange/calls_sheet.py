"""Calls for service from a table and a layout: part by part, every row accounted for, each call once."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from caseapp.domain.dispatch import IncomingCall, RowProblem
from caseapp.domain.errors import CaseAppError
from caseapp.exchange import cells
from caseapp.exchange.calls_building import calls_of
from caseapp.exchange.calls_columns import Converter
from caseapp.exchange.calls_joining import Gathering
from caseapp.exchange.layouts import TIMES, Layout
from caseapp.exchange.sheet import Table
from caseapp.exchange.spellings import column_key
from caseapp.exchange.time_columns import TimeFacts

Watch = Callable[[int], None]
"""Called with how many rows were done; raises what stops the reading."""

APART = 40_000
"""Rows of calls that wait at most for further rows of theirs; what is beyond waits for the next pass."""


class DoesNotFit(CaseAppError):
    """A layout was asked for whose columns the file does not have."""

    code = "layout.columns-missing"


@dataclass(slots=True)
class Part:
    """What came of some rows: `done` of all rows of the file were looked at by then."""

    calls: list[IncomingCall]
    problems: list[RowProblem]
    call_rows: int
    skipped: Counter[str]
    warnings: Counter[str]
    done: int


class Reading(Protocol):
    """A file of calls, of whatever kind, understood and not yet brought in."""

    @property
    def table(self) -> Table: ...

    @property
    def layout(self) -> Layout: ...

    @property
    def centre(self) -> str: ...

    @property
    def rows(self) -> int: ...

    @property
    def missing(self) -> int: ...

    def parts(self) -> Iterator[Part]:
        """Every call exactly once, with the counts of all rows."""
        ...

    def problems(self) -> Iterator[RowProblem]:
        """The rejected rows, read anew."""
        ...


@dataclass(frozen=True, slots=True)
class CallsReading:
    """A file understood and not yet brought in: its parts are read anew each time they are asked for."""

    table: Table
    layout: Layout
    zone: ZoneInfo
    converter: Converter = field(repr=False)
    shared: dict[int, int] = field(repr=False)
    """Hashes of call numbers that stand on several rows, with how many."""
    missing: int

    @property
    def centre(self) -> str:
        return self.layout.centre

    @property
    def rows(self) -> int:
        return self.table.count

    def parts(self, room: int = APART) -> Iterator[Part]:
        """Every call exactly once, with the counts of all rows; raises what reading the file raises.

        `room` is how many rows may wait for others of their call.
        """
        gathering = Gathering(self.shared, room)
        yield from self._pass(gathering, everything=True)
        while gathering.later:
            gathering.turn()
            yield from self._pass(gathering, everything=False)

    def problems(self) -> Iterator[RowProblem]:
        """The rejected rows, read anew."""
        for part in self._pass(Gathering({}, 0), everything=True):
            yield from part.problems

    def _pass(self, gathering: Gathering, *, everything: bool) -> Iterator[Part]:
        for rows, numbers, skipped, done in kept_rows(self.table, self.layout):
            if not everything:
                rows, numbers = self._put_off(gathering, rows, numbers)
            taken = self.converter.convert(rows)
            calls, problems = calls_of(taken, rows, numbers)
            ready = gathering.take(taken.get("number", ""), calls)
            if everything:
                yield Part(ready, problems, len(rows) - len(problems), skipped, taken.warnings, done)
            else:
                yield Part(ready, [], 0, Counter(), Counter(), done)
        if left := gathering.rest():
            yield Part(left, [], 0, Counter(), Counter(), self.rows)

    def _put_off(
        self, gathering: Gathering, rows: list[list[str]], numbers: list[int]
    ) -> tuple[list[list[str]], list[int]]:
        keys = map(hash, self.converter.numbers(rows))
        places = [place for place, key in enumerate(keys) if key in gathering.now]
        return [rows[place] for place in places], [numbers[place] for place in places]


def _never(_done: int) -> None:
    """For readings that are over at once."""


def read(table: Table, layout: Layout, *, zone: ZoneInfo, watch: Watch = _never) -> CallsReading:
    """Go through a table once for what only the whole of it tells; its calls are read from the result.

    `zone` is the agency's, used where the layout names none. Raises DoesNotFit where the table lacks the
    number's column or all columns of times.
    """
    missing = _missing_columns(table.header, layout)
    converter = Converter(table.header, layout, zone)
    columns, hashes = converter.time_columns(), array("q")
    for rows, _numbers, _skipped, done in kept_rows(table, layout):
        converter.look(columns, rows)
        hashes.extend(map(hash, converter.numbers(rows)))
        watch(done)
    facts: dict[str, TimeFacts] = {}
    for name, column in columns.items():
        facts[name] = column.facts()
        watch(table.count)
    converter.facts = facts
    if layout.keeps_undated:
        converter.span = _span(table, layout, converter, watch)
    shared = _repeated(hashes, lambda: watch(table.count))
    return CallsReading(table, layout, zone, converter, shared, missing)


def _repeated(hashes: "array[int]", look: Callable[[], None]) -> dict[int, int]:
    """The hashes met more than once, sorted a sixteenth at a time so that few of them are objects at once."""
    found: dict[int, int] = {}
    for share in range(16):
        some = sorted(one for one in hashes if one & 15 == share)
        for before, after in pairwise(some):
            if before == after:
                found[after] = found.get(after, 1) + 1
        look()
    found.pop(hash(""), None)
    return found


def _span(table: Table, layout: Layout, converter: Converter, watch: Watch) -> tuple[Any, Any] | None:
    """The file's first and last instant; None where no row has any."""
    first = last = None
    for rows, _numbers, _skipped, done in kept_rows(table, layout):
        known = [at for at in converter.convert(rows).get("received_at", None) if at]
        if known:
            first, last = min([first or known[0], *known]), max([last or known[0], *known])
        watch(done)
    return (first, last) if first else None


def kept_rows(table: Table, layout: Layout) -> Iterator[tuple[list[list[str]], list[int], Counter[str], int]]:
    """Part by part: rows to convert, their numbers in the file, how many were skipped why, rows done."""
    places = {column_key(name): place for place, name in enumerate(table.header)}
    rules = [(places[rule.column], rule) for rule in layout.skips if rule.column in places]
    number = table.first_row - 1
    for part in table.parts():
        kept, numbers, skipped = [], [], Counter[str]()
        for row in part:
            number += 1
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
        yield kept, numbers, skipped, number - table.first_row + 1


def rejects(reading: Reading, problems: Iterable[RowProblem]) -> Iterator[bytes]:
    """The rejected rows as they came, with row number and reason, ready to be mended and imported again."""
    header = (*cells.OUR_COLUMNS, *reading.table.header)
    return cells.csv_pieces(header, ((str(one.row), one.reason, *one.raw) for one in problems))


def _missing_columns(header: Sequence[str], layout: Layout) -> int:
    """How many of the layout's columns the sheet lacks; without the needed ones it is another layout's."""
    there = set(map(column_key, header))
    for needed in (("number",), TIMES):
        columns = [name for key in needed if key in layout.fields for name in layout.fields[key].columns]
        if not any(column_key(name) in there for name in columns):
            raise DoesNotFit(layout=layout.name, columns=" or ".join(f"“{name}”" for name in columns))
    return sum(column_key(name) not in there for source in layout.fields.values() for name in source.columns)
