"""Proposals for the columns of an unknown export, and the times of day that complete bare dates."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from caseapp.exchange import times_written
from caseapp.exchange.layouts import TIMES
from caseapp.exchange.spellings import column_key

_DATE_TO_TIME = (("date", "time"), ("date", "tm"), ("dt", "tm"), ("dt", "time"))
"""How the name of a column of dates becomes that of the column of times beside it."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One field: its columns, 0 to 1 how sure, why in words, values to look at, and which part it takes.

    `counts` is the unit where the values count time after the request.
    """

    field: str
    columns: tuple[str, ...]
    confidence: float
    reasons: tuple[str, ...]
    samples: tuple[str, ...]
    takes: str = ""
    counts: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, place and first values."""

    name: str
    place: int
    values: tuple[str, ...]

    @property
    def filled(self) -> tuple[str, ...]:
        return tuple(value for value in self.values if not times_written.is_missing(value))

    def share(self, holds: Callable[[str], bool]) -> float:
        """The share of filled values of which something holds, 0 to 1."""
        filled = self.filled
        return sum(map(holds, filled)) / len(filled) if filled else 0.0


def completed(
    proposals: list[Proposal], columns: list[Column], beside: dict[str, list[str]], *, has_names: bool
) -> list[Proposal]:
    """The proposals with a column of times of day added to each that has bare dates."""
    clocks: dict[str, Column] = {}
    for proposal in proposals:
        if proposal.field in TIMES and len(proposal.columns) == 1:
            words = beside.get(proposal.field, [])
            clock = _clock_for(proposal.columns[0], columns, words, has_names=has_names)
            if clock is not None and clock not in clocks.values():
                clocks[proposal.field] = clock
    taken = {clock.name for clock in clocks.values()}
    left = [proposal for proposal in proposals if proposal.columns[0] not in taken]
    return [_with_clock(proposal, clocks.get(proposal.field)) for proposal in left]


def _with_clock(proposal: Proposal, clock: Column | None) -> Proposal:
    if clock is None:
        return proposal
    reasons = (*proposal.reasons, f"“{clock.name}” holds the time of day")
    return replace(proposal, columns=(*proposal.columns, clock.name), reasons=reasons)


def _clock_for(name: str, columns: list[Column], words: list[str], *, has_names: bool) -> Column | None:
    """The column of times of day beside a column of dates: by its name, or the next one without names."""
    dates = next(column for column in columns if column.name == name)
    if dates.share(_has_clock) > 0.1:
        return None
    names = {column_key(word) for word in words} | {column_key(name).replace(*swap) for swap in _DATE_TO_TIME}
    for column in columns:
        fits = column_key(column.name) in names if has_names else column.place == dates.place + 1
        if fits and column.name != name and column.share(_is_clock) > 0.8:
            return column
    return None


def _has_clock(value: str) -> bool:
    """Whether a time of day stands there; a midnight is a spreadsheet's padding."""
    naive = times_written.parse(value)
    return naive is not None and naive.has_clock and naive.wall.time().isoformat() != "00:00:00"


def _is_clock(value: str) -> bool:
    return times_written.parse(f"2020-01-01 {times_written.clock_text(value)}") is not None
