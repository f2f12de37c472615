"""Calls for service from a table and a layout: part by part, every row accounted for, each call once."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from caseapp.domain.dispatch import IncomingCall, IncomingPerson, IncomingResponse, RowProblem
from caseapp.domain.errors import CaseAppError
from caseapp.exchange import cells, times
from caseapp.exchange.calls_columns import Columns, Converter, among
from caseapp.exchange.layouts import TIMES, Layout, fold
from caseapp.exchange.sheet import Table
from caseapp.exchange.time_columns import TimeFacts

Watch = Callable[[int], None]
"""Called with how many rows were done; raises what stops the reading."""

APART = 40_000
"""Rows of calls that wait at most for further rows of theirs; what is beyond waits for the next pass."""

_FEW = 32
"""Rows of one call that are kept apart before they are joined."""


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

    @property
    def passes_at_most(self) -> int:
        """How often the file is gone through where rows of one call lie far apart."""
        return 1 + sum(self.shared.values()) // APART

    def parts(self, room: int = APART) -> Iterator[Part]:
        """Every call exactly once, with the counts of all rows; raises what reading the file raises.

        `room` is how many rows may wait for others of their call.
        """
        gathering = _Gathering(self.shared, room)
        yield from self._pass(gathering, everything=True)
        while gathering.later:
            gathering.turn()
            yield from self._pass(gathering, everything=False)

    def problems(self) -> Iterator[RowProblem]:
        """The rejected rows, read anew."""
        for part in self._pass(_Gathering({}, 0), everything=True):
            yield from part.problems

    def _pass(self, gathering: "_Gathering", *, everything: bool) -> Iterator[Part]:
        for rows, numbers, skipped, done in kept_rows(self.table, self.layout):
            if not everything:
                rows, numbers = self._put_off(gathering, rows, numbers)
            taken = self.converter.convert(rows)
            calls, problems = _calls(taken, rows, numbers)
            ready = gathering.take(taken.get("number", ""), calls)
            if everything:
                yield Part(ready, problems, len(rows) - len(problems), skipped, taken.warnings, done)
            else:
                yield Part(ready, [], 0, Counter(), Counter(), done)
        if left := gathering.rest():
            yield Part(left, [], 0, Counter(), Counter(), self.rows)

    def _put_off(
        self, gathering: "_Gathering", rows: list[list[str]], numbers: list[int]
    ) -> tuple[list[list[str]], list[int]]:
        keys = map(hash, self.converter.numbers(rows))
        places = [place for place, key in enumerate(keys) if key in gathering.now]
        return [rows[place] for place in places], [numbers[place] for place in places]


class _Gathering:
    """Holds the rows of a call until its last one has come."""

    def __init__(self, shared: dict[int, int], room: int) -> None:
        self._shared, self._room = shared, room
        self._waiting: dict[int, list[IncomingCall]] = {}
        self._left: dict[int, int] = {}
        self._held = 0
        self.now: set[int] = set()
        self.later: set[int] = set()

    def turn(self) -> None:
        """Begin the next pass with what was put off."""
        self.now, self.later = self.later, set()

    def take(self, numbers: Sequence[str], calls: Sequence[IncomingCall | None]) -> list[IncomingCall]:
        """Calls that are whole now, of rows with these numbers; None stands for a rejected row."""
        if not self._shared:
            return [call for call in calls if call is not None]
        ready: list[IncomingCall] = []
        for number, call in zip(numbers, calls, strict=True):
            key = hash(number)
            if key not in self._shared:
                if call is not None:
                    ready.append(call)
            elif self._holds(key):
                if call is not None:
                    self._hold(key, call)
                self._left[key] -= 1
                if not self._left[key]:
                    ready += self._whole(key)
        return ready

    def rest(self) -> list[IncomingCall]:
        """What still waits at the end of a pass: nothing, unless two passes saw different rows."""
        return [call for key in list(self._waiting) for call in self._whole(key)]

    def _holds(self, key: int) -> bool:
        """Whether the rows of this number are held in this pass; beyond the room they wait for the next."""
        if key in self._waiting:
            return True
        if key in self.later:
            return False
        if self._held >= self._room:
            self.later.add(key)
            return False
        self._waiting[key], self._left[key] = [], self._shared[key]
        return True

    def _hold(self, key: int, call: IncomingCall) -> None:
        """Keep a row, and join what is kept where a number has rows without end."""
        held = self._waiting[key]
        held.append(call)
        self._held += 1
        if len(held) > _FEW + 2 * len(held[0].responses):
            self._waiting[key] = _one_per_number(held)
            self._held -= len(held) - len(self._waiting[key])

    def _whole(self, key: int) -> list[IncomingCall]:
        held = self._waiting.pop(key)
        del self._left[key]
        self._held -= len(held)
        return _one_per_number(held)


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
    places = {fold(name): place for place, name in enumerate(table.header)}
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
    there = set(map(fold, header))
    for needed in (("number",), TIMES):
        columns = [name for key in needed if key in layout.fields for name in layout.fields[key].columns]
        if not any(fold(name) in there for name in columns):
            raise DoesNotFit(layout=layout.name, columns=" or ".join(f"“{name}”" for name in columns))
    return sum(fold(name) not in there for source in layout.fields.values() for name in source.columns)


def _calls(
    taken: Columns, rows: list[list[str]], numbers: list[int]
) -> tuple[list[IncomingCall | None], list[RowProblem]]:
    """A call or None for each row, and a problem for each None."""
    calls: list[IncomingCall | None] = list(_built(taken, numbers))
    problems: list[RowProblem] = []
    for place, received in enumerate(taken.get("received_at", None)):
        call = calls[place]
        if call is None or not (call.number and received):
            reason = "no date or time that can be read" if call and call.number else "no call number"
            problems.append(RowProblem(row=numbers[place], reason=reason, raw=tuple(rows[place])))
            calls[place] = None
    return calls, problems


def _built(taken: Columns, numbers: list[int]) -> Iterator[IncomingCall]:
    """Calls straight from the columns; `_make` over zipped columns is what keeps a million rows quick."""
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


def _responses(taken: Columns) -> Sequence[tuple[IncomingResponse, ...]]:
    """A response for each unit of the row; the row's times are those of the first."""
    if "unit" not in taken.values:
        return [()] * taken.count
    columns = [taken.get(name, None) for name in ("dispatched_at", "enroute_at", "on_scene_at", "cleared_at")]
    units = taken.get("unit", "")
    if units and isinstance(units[0], tuple):
        every = taken.get("unit model", ())
        rows = zip(units, every, *columns, strict=True)
        return [_several(signs, models, moments) for signs, models, *moments in rows]
    columns.append(taken.get("unit model", ""))
    return [(IncomingResponse._make(row),) if row[0] else () for row in zip(units, *columns, strict=True)]


def _several(
    signs: tuple[str, ...], models: tuple[str, ...], moments: list[Any]
) -> tuple[IncomingResponse, ...]:
    models = models or ("",) * len(signs)
    others = (IncomingResponse(sign, model=model) for sign, model in zip(signs[1:], models[1:], strict=True))
    return (IncomingResponse._make((signs[0], *moments, models[0])), *others) if signs else ()


def _people(taken: Columns) -> Sequence[tuple[IncomingPerson, ...]]:
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
    return [group[0] if len(group) == 1 else _joined(group) for group in groups.values()]


def _joined(group: list[IncomingCall]) -> IncomingCall:
    first = group[0]
    units = {unit.call_sign: unit for call in reversed(group) for unit in call.responses}
    responses = tuple(units[sign] for sign in dict.fromkeys(u.call_sign for c in group for u in c.responses))
    people = tuple(dict.fromkeys(person for call in group for person in call.people))
    filled = {name: _first_filled(group, name) for name in _TEXTS}
    moments = {name: among(group, name, min) for name in TIMES}
    moments["cleared_at"] = among(group, "cleared_at", max)
    return first._replace(responses=responses, people=people, **filled, **moments)


def _first_filled(group: list[IncomingCall], name: str) -> Any:
    return next((value for call in group if (value := getattr(call, name))), "")
