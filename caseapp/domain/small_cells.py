"""Small cells: which counts of a public report to hide, so that none of 1 to 10 can be worked out.

The rule is that of CMS (standards B4): a count below the threshold is not shown, nor anything it could be
derived from. Zero is shown. First every small count is hidden; then, as long as one of them follows from
what is still shown, the smallest count that it follows from is hidden too. A hidden count must stay open
at least up to the threshold for whoever knows every total, so that nothing is learned but that it is there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

THRESHOLD, LOWEST_THRESHOLD = 11, 5

Cell = tuple[str, str]
"""A count's name: the figure it belongs to and what it counts there; counts of the same rows are one cell."""


_Row = dict[Cell, Fraction | int]


@dataclass(frozen=True, slots=True)
class Sum:
    """A count that is the sum of others, which readers know from the definitions."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


@dataclass(slots=True)
class Counts:
    """Every count of a report and the sums between them; `unprinted` are known to no reader by themselves."""

    value: dict[Cell, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    unprinted: set[Cell] = field(default_factory=set)


_Near = Mapping[Cell, Sequence[Sum]]


def hide(counts: Counts, *, threshold: int = THRESHOLD) -> frozenset[Cell]:
    """The printed counts that must be hidden, small ones and those that would give them away.

    A reader is taken to know every sum and that no count is below zero. As every hidden count is above
    zero, one that the sums do not determine can always be another number (the sums leave a direction in
    which all counts can move), so that elimination finds everything that could be worked out.
    """
    small = {cell for cell, count in counts.value.items() if 0 < count < threshold}
    hidden = {cell for cell in small if cell not in counts.unprinted}
    near = _sums_of(counts.sums)
    while more := _more(counts, near, small, hidden, threshold):
        hidden |= more
    return frozenset(hidden)


def _sums_of(sums: Iterable[Sum]) -> dict[Cell, list[Sum]]:
    """The sums that each count stands in."""
    found: dict[Cell, list[Sum]] = {}
    for one in sums:
        for cell in dict.fromkeys(one.cells):
            found.setdefault(cell, []).append(one)
    return found


def _more(counts: Counts, near: _Near, small: set[Cell], hidden: set[Cell], threshold: int) -> set[Cell]:
    """What else to hide while a small count can be narrowed to below the threshold, or computed."""
    unknown = hidden | counts.unprinted
    bounds = _bounds(counts, near, hidden)
    narrow = {cell for cell in small if bounds[cell][1] < threshold or bounds[cell][0] == bounds[cell][1]}
    more = _next_to_hide(counts, near, narrow, unknown)
    if more:
        return more
    open_ones = {cell for cell in unknown if counts.value[cell] > 0}
    return _next_to_hide(counts, near, _determined(counts.sums, open_ones) & small, unknown)


def _bounds(counts: Counts, near: _Near, hidden: set[Cell]) -> dict[Cell, tuple[int, float]]:
    """What a reader may take for the least and most of each count, by passing bounds along the sums.

    They may also guess that a hidden count is not zero, because zero is shown.
    """
    unknown = hidden | counts.unprinted
    bounds: dict[Cell, tuple[int, float]] = {
        cell: (int(cell in hidden), float("inf")) if cell in unknown else (count, count)
        for cell, count in counts.value.items()
    }
    waiting = dict.fromkeys(counts.sums)
    while waiting:
        one = next(iter(waiting))
        del waiting[one]
        for cell in one.cells:
            if cell in unknown and (tighter := _tighter(one, cell, bounds)) != bounds[cell]:
                bounds[cell] = tighter
                waiting.update(dict.fromkeys(near[cell]))
    return bounds


def _tighter(one: Sum, cell: Cell, bounds: Mapping[Cell, tuple[int, float]]) -> tuple[int, float]:
    low, high = bounds[cell]
    if cell == one.total:
        return (
            max(low, sum(bounds[part][0] for part in one.parts)),
            min(high, sum(bounds[part][1] for part in one.parts)),
        )
    others = [part for part in one.parts if part != cell]
    least, most = bounds[one.total]
    most -= sum(bounds[part][0] for part in others)
    rest = sum(bounds[part][1] for part in others)
    floor = least - rest if rest != float("inf") else 0
    return max(low, int(floor)), min(high, most)


def _determined(sums: Iterable[Sum], unknown: set[Cell]) -> set[Cell]:
    """Unknown counts that follow from the sums together, by elimination with exact fractions.

    `solved` maps the leading count of each row to its row, and no leading count stands in another row, so
    that a count follows from the sums just where its row says nothing else.
    """
    solved: dict[Cell, _Row] = {}
    holding: dict[Cell, set[Cell]] = {}
    for one in sums:
        row = _equation(one, unknown)
        for lead in [cell for cell in row if cell in solved]:
            row = _without(row, lead, solved[lead])
        if row:
            _solve(row, solved, holding)
    return {lead for lead, row in solved.items() if len(row) == 1}


def _solve(row: _Row, solved: dict[Cell, _Row], holding: dict[Cell, set[Cell]]) -> None:
    """Keep a further row, and take its leading count out of the rows that `holding` says hold it."""
    lead, scale = next(iter(row.items()))
    share = scale if scale in (1, -1) else 1 / Fraction(scale)
    row = {cell: factor * share for cell, factor in row.items()}
    for other in holding.pop(lead, set()):
        before, after = solved[other], _without(solved[other], lead, row)
        for cell in before.keys() - after.keys() - {lead}:
            holding[cell].discard(other)
        for cell in after.keys() - before.keys():
            holding.setdefault(cell, set()).add(other)
        solved[other] = after
    solved[lead] = row
    for cell in row.keys() - {lead}:
        holding.setdefault(cell, set()).add(lead)


def _equation(one: Sum, unknown: set[Cell]) -> _Row:
    row: _Row = {}
    for cell, sign in ((one.total, -1), *((part, 1) for part in one.parts)):
        if cell in unknown:
            row[cell] = row.get(cell, 0) + sign
    return {cell: factor for cell, factor in row.items() if factor}


def _without(row: _Row, lead: Cell, other: _Row) -> _Row:
    """The row with the leading count of another one eliminated."""
    factor = row[lead]
    found = dict(row)
    for cell, share in other.items():
        left = found.get(cell, 0) - factor * share
        if left:
            found[cell] = left
        else:
            found.pop(cell, None)
    return found


def _next_to_hide(counts: Counts, near: _Near, weak: set[Cell], unknown: set[Cell]) -> set[Cell]:
    """For each count given away, the smallest shown count near it: in its own sums, then further along."""
    value, more = counts.value, set[Cell]()
    for cell in sorted(weak):
        reached, seen = {cell}, {cell}
        while reached:
            found = {part for at in reached for one in near.get(at, ()) for part in one.cells}
            shown = [part for part in found if part not in unknown and value[part] > 0]
            if shown:
                more.add(min(shown, key=lambda part: (value[part], part)))
                break
            reached = found - seen
            seen |= found
    return more
