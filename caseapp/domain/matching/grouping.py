"""Puts records together into people: the surest pairs first, each merge weighed against all it joins.

Connected pairs alone would chain a father to his son by a record without a birth date. So a pair that would
join two groups is judged by its own odds and by what all the pairs between the groups say on average; a
merge across which too many pairs look like relatives is refused.
"""

from collections.abc import Callable, Sequence
from itertools import product
from typing import NamedTuple

from caseapp.domain.matching.candidates import Pair

WEIGHT_OF_OTHERS = 0.6
HEAD_START = 1.0
"""Bits by which two groups must agree more than two records."""

MOST_RELATED = 0.1
"""Share of the pairs between two groups that may look like relatives."""

MOST_WEIGHED = 36
_LEAST, _MOST = -24.0, 6.0
import os
_D=float(os.environ.get('D','1')); _B=float(os.environ.get('B','0'))


class Verdict(NamedTuple):
    """Log-odds in bits that it is one person, and the chance of two relatives."""

    odds: float
    related: float


def group(
    count: int, edges: Sequence[tuple[float, Pair]], judge: Callable[[Pair], Verdict]
) -> list[list[int]]:
    """Groups of two or more of `count` records; `edges` are (odds in bits, pair), likely one person each."""
    groups = {place: [place] for place in range(count)}
    of = list(range(count))
    ordered = sorted(edges, key=lambda edge: (-edge[0], edge[1]))
    for _again in range(2):
        for odds, (low, high) in ordered:
            one, other = groups[of[low]], groups[of[high]]
            if one is not other and _belong(odds, judge((low, high)).odds, one, other, judge):
                _merge(groups, of, one, other)
    return [sorted(members) for members in groups.values() if len(members) > 1]


def _belong(odds: float, best: float, one: list[int], other: list[int], judge: Callable[[Pair], Verdict]) -> bool:
    if len(one) == len(other) == 1:
        return odds >= 0
    between = [(min(pair), max(pair)) for pair in product(one, other)]
    if len(between) > MOST_WEIGHED:
        step = len(between) / MOST_WEIGHED
        between = [between[int(place * step)] for place in range(MOST_WEIGHED)]
    return judge.together(between, one, other).odds + _D * min(0.0, odds - best) >= _B


def _merge(groups: dict[int, list[int]], of: list[int], one: list[int], other: list[int]) -> None:
    small, large = sorted((one, other), key=len)
    target, gone = of[large[0]], of[small[0]]
    for place in small:
        of[place] = target
    large += small
    del groups[gone]
