"""Where everything stands in a calendar: days, lanes and hours as lines of cells, without a window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from uuid import UUID

from caseapp.domain.day_words import short_day, weekday_words
from caseapp.domain.follow_ups import FollowUp
from caseapp.services.calendar import CalendarPage, Load

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
MONTH_LINES = 3
"""Follow-ups of a day that a month shows; what is more is told in the last line, which opens the day."""

_FIRST_HOUR, _LAST_HOUR = 8, 17
Local = Callable[[datetime], datetime]


class Span(Enum):
    """What the calendar shows at once."""

    AGENDA = "agenda"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the calendar; what is dropped on it goes to its day, and where it has them its worker and
    hour. `at` is None for any time, and `keeps_hour` says that the place is of no hour at all."""

    day: date
    owner_id: UUID | None = None
    at: time | None = None
    keeps_hour: bool = True
    row: FollowUp | None = None
    more: int = 0
    head: str = ""
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Cells beside each other; `title` stands before them and `is_head` is a line of days."""

    cells: tuple[Cell, ...]
    title: str = ""
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Titles of the columns and the lines under them."""

    titles: tuple[str, ...]
    lines: tuple[Line, ...]


def days_of(span: Span, day: date) -> tuple[date, date]:
    """First and last day shown when a day is chosen; weeks begin on Monday."""
    monday = day - _DAY * day.weekday()
    if span is Span.WEEK:
        return monday, monday + _DAY * 6
    if span is Span.MONTH:
        first = day.replace(day=1)
        following = (first + _DAY * 31).replace(day=1)
        start = first - _DAY * first.weekday()
        last = following - _DAY
        return start, last + _DAY * (6 - last.weekday())
    return day, day


def step(span: Span, day: date, count: int) -> date:
    """The day so many days, weeks or months on; a month later is its first day."""
    if span is Span.MONTH:
        months = day.year * 12 + day.month - 1 + count
        return date(months // 12, months % 12 + 1, 1)
    return day + (_WEEK if span is Span.WEEK else _DAY) * count


def week(page: CalendarPage, *, lanes: bool) -> Grid:
    """Seven days; in lanes, one a worker, each with a free line to drop on."""
    days = [page.first + _DAY * number for number in range(7)]
    titles = tuple(_title(page, day) for day in days)
    lines: list[Line] = []
    for load in page.loads if lanes else (None,):
        rows = [one for one in page.rows if load is None or one.owner_id == load.staff_id]
        by_day = [[one for one in rows if one.due_on == day] for day in days]
        height = max(map(len, by_day)) + 1
        for number in range(max(height, 2 if lanes else 10)):
            cells = tuple(
                Cell(
                    day,
                    owner_id=load.staff_id if load else None,
                    row=found[number] if number < len(found) else None,
                    is_outside=_is_shut(page, day, load),
                )
                for day, found in zip(days, by_day, strict=True)
            )
            lines.append(Line(cells, title=_lane(load) if load and number == 0 else ""))
    return Grid(titles, tuple(lines))


def month(page: CalendarPage, *, of: date) -> Grid:
    """The weeks of a month: a line of days, then what falls on them."""
    days = [page.first + _DAY * number for number in range((page.last - page.first).days + 1)]
    by_day: dict[date, list[FollowUp]] = {day: [] for day in days}
    for one in page.rows:
        by_day[one.due_on].append(one)
    lines: list[Line] = []
    for start in range(0, len(days), 7):
        row = days[start : start + 7]
        heads = tuple(Cell(day, head=_number(page, day), is_outside=_is_grey(page, day, of)) for day in row)
        lines.append(Line(heads, is_head=True))
        lines += [
            Line(tuple(_month_cell(page, day, by_day[day], number, of) for day in row))
            for number in range(MONTH_LINES)
        ]
    return Grid(tuple(f"{day:%A}" for day in days[:7]), tuple(lines))


def day(page: CalendarPage, *, lanes: bool, local: Local) -> Grid:
    """One day: a column for each worker, lines for any time and for the hours."""
    loads: Sequence[Load | None] = page.loads if lanes and page.loads else (None,)
    columns = [[one for one in page.rows if load is None or one.owner_id == load.staff_id] for load in loads]
    hours = {local(one.due_at).hour for one in page.rows if one.due_at}
    shown = range(min(hours | {_FIRST_HOUR}), max(hours | {_LAST_HOUR}) + 1)
    lines: list[Line] = []
    for hour in (None, *shown):
        found = [[one for one in rows if _hour(one, local) == hour] for rows in columns]
        height = max(max(map(len, found)), 2 if hour is None else 1)
        for number in range(height):
            cells = tuple(
                Cell(
                    page.first,
                    owner_id=load.staff_id if load else None,
                    at=None if hour is None else time(hour),
                    keeps_hour=False,
                    row=rows[number] if number < len(rows) else None,
                    is_outside=_is_shut(page, page.first, load),
                )
                for load, rows in zip(loads, found, strict=True)
            )
            title = "Any time" if hour is None else f"{hour:02d}:00"
            lines.append(Line(cells, title=title if number == 0 else ""))
    names = tuple(_lane(load) if load else _title(page, page.first) for load in loads)
    return Grid(names, tuple(lines))


def _month_cell(page: CalendarPage, day: date, found: list[FollowUp], number: int, of: date) -> Cell:
    outside = _is_grey(page, day, of)
    if number == MONTH_LINES - 1 and len(found) > MONTH_LINES:
        return Cell(day, more=len(found) - number, is_outside=outside)
    return Cell(day, row=found[number] if number < len(found) else None, is_outside=outside)


def _is_grey(page: CalendarPage, day: date, of: date) -> bool:
    return day.month != of.month or not page.open_days.is_open(day)


def _hour(one: FollowUp, local: Local) -> int | None:
    return local(one.due_at).hour if one.due_at else None


def _is_shut(page: CalendarPage, day: date, load: Load | None) -> bool:
    return not page.open_days.is_open(day) or (load is not None and page.is_away(load.staff_id, day))


def _lane(load: Load) -> str:
    late = f", {load.late} late" if load.late else ""
    return f"{load.name}\n{load.due} due{late}"


def _title(page: CalendarPage, day: date) -> str:
    return f"{weekday_words(day)}\n{_closed(page, day)}".strip()


def _number(page: CalendarPage, day: date) -> str:
    name = short_day(day) if day.day == 1 or day == page.first else str(day.day)
    return "  ".join(filter(None, (name, _closed(page, day))))


def _closed(page: CalendarPage, day: date) -> str:
    """Why the agency is closed on a day, but for weekends, which everybody knows."""
    words = page.open_days.closed_for(day)
    return "" if words == f"{day:%A}" else words
