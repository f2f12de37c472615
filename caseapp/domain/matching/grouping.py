"""Puts records together into people: the surest pairs first, each merge weighed against all it joins.

Connected pairs alone would chain a father to his son by a record without a birth date. So a pair that would
join two groups is judged by what all the pairs between the groups say together.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, product

from caseapp.domain.matching.candidates import Pair

HEAD_START = 1.0
"""Bits by which two groups must agree more than two records: a wrong merge joins many."""

LEAST = -3.0
"""Bits from which a pair may bring two groups together that it would not join by itself."""

MOST_WEIGHED = 36
"""Pairs that are weighed between two groups, at the most."""

MOST_LENT = 3.0
"""Bits up to which a group vouches for a pair in it: likely, and not certain."""

Between = Callable[[list[int], list[int]], float]
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
    weighed: dict[tuple[int, int, int, int], float] = {}

    def between(one: list[int], other: list[int]) -> float:
        """Weighed once while neither grows: several pairs may bring the same two groups together."""
        both = one[0], len(one), other[0], len(other)
        if both not in weighed:
            weighed[both] = together(_between(one, other))
        return weighed[both]

    ordered = sorted(odds, key=lambda pair: (-odds[pair], pair))
    for _again in range(2):
        for pair in ordered:
            one, other = groups[of[pair[0]]], groups[of[pair[1]]]
            if one is not other and _belong(odds[pair], lowered.get(pair, 0.0), one, other, between):
                _merge(groups, of, one, other)
    return [sorted(members) for members in groups.values() if len(members) > 1]


def _belong(odds: float, lowered: float, one: list[int], other: list[int], between: Between) -> bool:
    if len(one) == len(other) == 1:
        return odds >= 0
    return between(one, other) + lowered >= HEAD_START


def _between(one: Sequence[int], other: Sequence[int]) -> list[Pair]:
    """Pairs across two groups; of very many some, spread evenly."""
    between = list(product(one, other))
    if len(between) <= MOST_WEIGHED:
        return between
    step = len(between) / MOST_WEIGHED
    return [between[int(place * step)] for place in range(MOST_WEIGHED)]


def _merge(groups: dict[int, list[int]], of: list[int], one: list[int], other: list[int]) -> None:
    small, large = sorted((one, other), key=len)
    target, gone = of[large[0]], of[small[0]]
    for place in small:
        of[place] = target
    large += small
    del groups[gone]


def regard(
    odds: Mapping[Pair, float],
    groups: Sequence[Sequence[int]],
    alone: Callable[[Pair], float],
    together: Together,
) -> dict[Pair, float]:
    """Odds in bits of every pair, with regard to what all records of both say.

    Two records of a group are one person at least as surely as each of them is one with the rest of it, up to
    `MOST_LENT`. Two records of different groups are one person at most as surely as the groups are.
    `alone` gives the odds of a pair that was not among the `odds`.
    """
    regarded = dict(odds)
    for members in groups:
        lent = _lent(members, together) if len(members) > 2 else {}
        for low, high in combinations(members, 2):
            own = odds[low, high] if (low, high) in odds else alone((low, high))
            regarded[low, high] = max(own, min(lent[low], lent[high])) if lent else own
    of = {one: members for members in groups for one in members}
    for (low, high), own in odds.items():
        left, right = of.get(low, (low,)), of.get(high, (high,))
        if own >= LEAST and left is not right and len(left) + len(right) > 2:
            regarded[low, high] = min(own, together(_between(left, right)))
    return regarded


def _lent(members: Sequence[int], together: Together) -> dict[int, float]:
    """Bits by which each is one person with the rest of the group, as far as that counts."""
    rest = {one: [other for other in members if other != one] for one in members}
    return {one: min(MOST_LENT, together(_between([one], others))) for one, others in rest.items()}
