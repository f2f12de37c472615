"""Puts records together into people: the surest pairs first, each merge weighed against all it joins.

Connected pairs alone would chain a father to his son by a record without a birth date. So a pair that would
join two groups is judged by what all the pairs between the groups say together.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from caseapp.domain.matching.candidates import Pair

HEAD_START = 1.0
"""Bits by which two groups must agree more than two records: a wrong merge joins many."""

LEAST = -3.0
"""Bits from which a pair may bring two groups together that it would not join by itself."""

MOST_WEIGHED = 36
"""Pairs that are weighed between two groups, at the most."""

LARGEST = 100
"""Records of one person up to which all their pairs are told; of more, as of a file whose rows all repeat
one, the pairs that were compared hold them together: the work grows with the records, not with their square.
"""

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
    wide = len(other)
    return [(one[place // wide], other[place % wide]) for place in _spread(len(one) * wide)]


def _spread(count: int) -> Iterator[int]:
    """Places among so many, all or, of very many, some at even distances."""
    step = max(1.0, count / MOST_WEIGHED)
    return (int(place * step) for place in range(min(count, MOST_WEIGHED)))


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
    are_apart: Callable[[Pair], bool],
) -> dict[Pair, float]:
    """Odds in bits of every pair, with regard to what all records of both say.

    Two records of a group are one person at least as surely as each of them is one with the rest of it, up to
    `MOST_LENT`, unless they `are_apart`. Two records of different groups are one person at most as surely as
    the groups are. `alone` gives the odds of a pair that was not among the `odds`.
    """
    regarded = dict(odds)
    for members, pairs in zip(groups, pairs_within(groups, odds), strict=True):
        lent = _lent(members, together) if len(members) > 2 else {}
        for low, high in pairs:
            own = odds[low, high] if (low, high) in odds else alone((low, high))
            is_vouched_for = lent and not are_apart((low, high))
            regarded[low, high] = max(own, min(lent[low], lent[high])) if is_vouched_for else own
    of = {one: members for members in groups for one in members}
    for (low, high), own in odds.items():
        left, right = of.get(low, (low,)), of.get(high, (high,))
        if own >= LEAST and left is not right and len(left) + len(right) > 2:
            regarded[low, high] = min(own, together(_between(left, right)))
    return regarded


def pairs_within(groups: Sequence[Sequence[int]], found: Iterable[Pair]) -> list[Iterable[Pair]]:
    """The pairs of each group: every one or, of more than `LARGEST` records, those that were found."""
    of = {one: number for number, members in enumerate(groups) if len(members) > LARGEST for one in members}
    within: defaultdict[int, list[Pair]] = defaultdict(list)
    for low, high in found if of else ():
        if low in of and of[low] == of.get(high):
            within[of[low]].append((low, high))
    return [
        within[number] if len(members) > LARGEST else combinations(members, 2)
        for number, members in enumerate(groups)
    ]


def _lent(members: Sequence[int], together: Together) -> dict[int, float]:
    """Bits by which each is one person with the rest of the group, as far as that counts."""
    lent = {}
    for place, one in enumerate(members):
        rest = (members[other + (other >= place)] for other in _spread(len(members) - 1))
        lent[one] = min(MOST_LENT, together([(one, other) for other in rest]))
    return lent
