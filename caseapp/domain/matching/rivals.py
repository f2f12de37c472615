"""A record can be one person alone: where it fits two who are not each other, neither fits for certain.

A father and a son of one name, each known by a birth date, make a third record without one doubtful, however
well it agrees with either. Of three records x, y, z the likely cases are weighed: x is y, x is z, all are
one, none are. All being one is as likely as x and y together, each filling what the other lacks, being z.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import combinations
from math import log2
from typing import Any, NamedTuple

from caseapp.domain.matching.candidates import Pair
from caseapp.domain.matching.comparison import FIELDS, Pattern
from caseapp.domain.matching.levels import AGES, Given

MOST_PARTNERS = 6
"""Likeliest partners of a record among whom rivals are looked for; the work stays bounded by it."""

_LEAST, _MOST = -1.0, 60.0

Compared = Callable[[Pair], tuple[Pattern, float]]
Weighed = Callable[[Pattern, float], float]
"""Odds in bits of a pattern and its surprise."""


def weigh(odds: Mapping[Pair, float], compare: Compared, odds_of: Weighed) -> dict[Pair, float]:
    """Odds in bits of every pair, with regard to the other partners of the two records."""
    lowered, raised = dict(odds), dict(odds)
    for place, partners in _partners(odds).items():
        theirs = [_partner(place, one, bits, compare) for bits, one in partners]
        for one, other in combinations(theirs, 2):
            between, surprise = compare(_pair(one.place, other.place))
            apart = odds_of(between, surprise)
            for mine, rival in ((one, other), (other, one)):
                lowered[mine.pair] = min(lowered[mine.pair], _lowered(mine, rival, between, odds_of))
                raised[mine.pair] = max(raised[mine.pair], _raised(mine, rival, between, apart, odds_of))
    return {pair: lowered[pair] + (raised[pair] - bits) for pair, bits in odds.items()}


class _Partner(NamedTuple):
    """A likely partner of a record: the odds of the two in bits, and how they agree."""

    place: int
    bits: float
    pair: Pair
    pattern: Pattern
    surprise: float


def _partner(place: int, one: int, bits: float, compare: Compared) -> _Partner:
    pair = _pair(place, one)
    return _Partner(one, bits, pair, *compare(pair))


def _lowered(mine: _Partner, rival: _Partner, between: Pattern, odds_of: Weighed) -> float:
    """Bits of a pair as far as a rival of it, with what the partner knows besides, fits the record too."""
    filled = _filled(rival.pattern, between)
    if filled is rival.pattern:
        return mine.bits
    return mine.bits + _one_more(odds_of(filled, rival.surprise)) - _one_more(rival.bits)


def _raised(mine: _Partner, rival: _Partner, between: Pattern, apart: float, odds_of: Weighed) -> float:
    """Bits of a pair as far as all three may be one; `apart` are those of the two partners."""
    filled = _filled(mine.pattern, between)
    if filled is mine.pattern:
        return mine.bits
    both = rival.bits + odds_of(filled, mine.surprise)
    return _sum(mine.bits, both) - _sum(0.0, rival.bits, apart)


def _sum(*bits: float) -> float:
    return log2(sum(2.0 ** min(one, _MOST) for one in bits))


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _partners(odds: Mapping[Pair, float]) -> dict[int, list[tuple[float, int]]]:
    """Of each record with several likely partners these, best first."""
    found: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for (low, high), bits in odds.items():
        if bits >= _LEAST:
            found[low].append((bits, high))
            found[high].append((bits, low))
    return {
        place: sorted(partners, key=lambda one: (-one[0], one[1]))[:MOST_PARTNERS]
        for place, partners in found.items()
        if len(partners) > 1
    }


def _one_more(bits: float) -> float:
    """Bits of odds plus one."""
    return log2(1.0 + 2.0 ** min(bits, _MOST))


@lru_cache(1 << 16)
def _filled(known: Pattern, other: Pattern) -> Pattern:
    """What a record says of a third one; where that is nothing or vague, what its partner says."""
    said: dict[str, Any] = {
        name: theirs
        for name, mine, theirs in zip(FIELDS, known, other, strict=True)
        if theirs and not mine and name != "order"
    }
    if known.birth in AGES and other.birth:
        said["birth"] = other.birth
    if known.given is Given.INITIAL and other.given:
        said["given"] = other.given
    filled = known._replace(**said)
    return known if filled == known else filled
