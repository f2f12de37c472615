"""Puts records together into people: the surest pairs first, each merge weighed against all it joins.

Connected pairs alone would chain a father to his son by a record without a birth date. So a pair that would
join two groups is judged by what all the pairs between the groups say together.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import product

from caseapp.domain.matching.candidates import Pair

HEAD_START = 1.0
"""Bits by which two groups must agree more than two records: a wrong merge joins many."""

LEAST = -3.0
"""Bits from which a pair may bring two groups together that it would not join by itself."""

MOST_WEIGHED = 36

Together = Callable[[Sequence[Pair]], float]
"""Odds in bits of two groups by the pairs across them, a record of the first group first in each."""


def group(
    count: int, odds: Mapping[Pair, float], lowered: Mapping[Pair, float], together: Together
) -> list[list[int]]:
    """Groups of two or more of `count` records.

    `odds` are those of likely pairs, in bits; `lowered` (0 or less) is what rivals took from them.
    """
    groups = {place: [place] for place in range(count)}
    of = list(range(count))
    ordered = sorted(odds, key=lambda pair: (-odds[pair], pair))
    for _again in range(2):
        for pair in ordered:
            one, other = groups[of[pair[0]]], groups[of[pair[1]]]
            if one is not other and _belong(odds[pair], lowered.get(pair, 0.0), one, other, together):
                _merge(groups, of, one, other)
    return [sorted(members) for members in groups.values() if len(members) > 1]


def _belong(odds: float, lowered: float, one: list[int], other: list[int], together: Together) -> bool:
    if len(one) == len(other) == 1:
        return odds >= 0
    between = list(product(one, other))
    if len(between) > MOST_WEIGHED:
        step = len(between) / MOST_WEIGHED
        between = [between[int(place * step)] for place in range(MOST_WEIGHED)]
    return together(between) + lowered >= HEAD_START


def _merge(groups: dict[int, list[int]], of: list[int], one: list[int], other: list[int]) -> None:
    small, large = sorted((one, other), key=len)
    target, gone = of[large[0]], of[small[0]]
    for place in small:
        of[place] = target
    large += small
    del groups[gone]
