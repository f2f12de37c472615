"""A chart as values: what it shows, each number in words, and the sentence that is spoken for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseapp.domain.figures import count_words, value_words
from caseapp.domain.measures.calls import NOT_RECORDED
from caseapp.domain.reports import Line, Report

IN_ORDER = ("calls_by_month", "calls_by_hour", "people_by_age")
"""Splits whose parts are read in the order of what they name."""

_HOURS = tuple(f"{hour:02d}:00" for hour in range(24))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_BARS = 24
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Point:
    """One bar or dot: its name, its height (None where hidden or unknown), and its number in words."""

    name: str
    value: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A line upright through a chart, so many bars from its left, and what happened there."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of counts, or a line of values over time; `sentence` says the same aloud."""

    title: str
    points: tuple[Point, ...]
    is_line: bool
    sentence: str
    mark: Mark | None = None


def charts(report: Report) -> tuple[Chart, ...]:
    """The charts that the plan asks for and the report can draw; from what is shown, never from more."""
    by_id = {line.definition.id: line for line in report.lines}
    made = (_chart(by_id[name]) for name in report.plan.charts if name in by_id)
    return tuple(chart for chart in made if chart is not None)


def _chart(line: Line) -> Chart | None:
    definition = line.definition
    if len(line.groups) > 1:
        points = [
            Point(short(name), None if shown.is_hidden else shown.value, value_words(shown, definition.unit))
            for name, shown in line.groups[:MOST_BARS]
        ]
        return _made(definition.name, points, is_line=definition.unit.startswith("%"))
    if len(line.now.parts) > 1:
        parts = ordered(definition.id, line.now.parts)[:MOST_BARS]
        points = [Point(short(name), count, count_words(count)) for name, count in parts]
        return _made(definition.name, points, is_line=False)
    return None


def ordered(measure: str, parts: Sequence[tuple[str, int | None]]) -> list[tuple[str, int | None]]:
    """Parts as they are read: months, hours and ages in their order, others as they were counted."""
    if measure == "calls_by_hour":
        return _every_one(_HOURS, parts)
    if measure == "calls_by_weekday":
        return _every_one(WEEKDAYS, parts)
    if measure in IN_ORDER:
        return sorted(parts, key=_by_age)
    return list(parts)


def _every_one(names: Sequence[str], parts: Sequence[tuple[str, int | None]]) -> list[tuple[str, int | None]]:
    """Each in its place, also where nothing fell on it: without empty hours a day reads as a shorter one."""
    counted = dict(parts)
    others = [part for part in parts if part[0] not in names]
    return [*((name, counted.get(name, 0)) for name in names), *others] if counted else []


def _by_age(part: tuple[str, int | None]) -> tuple[bool, bool, str]:
    """Under an age before all ages, and at the end what is not recorded; months are in their order too."""
    return part[0] == NOT_RECORDED, part[0][:1].isdigit(), part[0]


def short(name: str) -> str:
    """A name that fits under a bar: months as "Aug 24", others as they are."""
    year, dash, month = name.partition("-")
    if dash and len(year) == 4 and year.isdigit() and month.isdigit() and 1 <= int(month) <= 12:
        return f"{_MONTHS[int(month)]} {year[2:]}"
    return name


def _made(title: str, points: Sequence[Point], *, is_line: bool) -> Chart:
    return Chart(title, tuple(points), is_line, f"{title}. {_sentence(points)}")


def _sentence(points: Sequence[Point]) -> str:
    known = [one for one in points if one.value is not None]
    if not known:
        return "Every number is hidden or not known."
    low = min(known, key=lambda one: one.value or 0)
    high = max(known, key=lambda one: one.value or 0)
    hidden = len(points) - len(known)
    ends = f"From {points[0].words} in {points[0].name} to {points[-1].words} in {points[-1].name}"
    rest = f"; {hidden} hidden or not known" if hidden else ""
    return f"{ends}; highest {high.words} in {high.name}, lowest {low.words} in {low.name}{rest}."
