"""A record can be one person alone: where it fits two who are not each other, neither fits for certain.

A father and a son of one name, each known by a birth date, make a third record without one doubtful, however
well it agrees with either. Of three records x, y, z the likely cases are weighed: x is y, x is z, all are
one, none are. All being one is as likely as x and y together, each filling what the other lacks, being z.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import permutations
from math import log2
from typing import Any

from caseapp.domain.matching.candidates import Pair
from caseapp.domain.matching.comparison import FIELDS, Pattern
from caseapp.domain.matching.levels import AGES, Given

MOST_PARTNERS = 10
"""Likeliest partners of a record among whom rivals are looked for; the work stays bounded by it."""

_LEAST, _MOST = -3.0, 60.0

Compared = Callable[[Pair], tuple[Pattern, float]]
Weighed = Callable[[Pattern, float], float]
"""Odds in bits of a pattern and its surprise."""


def weigh(odds: Mapping[Pair, float], compare: Compared, odds_of: Weighed) -> dict[Pair, float]:
    """Odds in bits of every pair, with regard to the other partners of the two records."""
    lowered, raised = dict(odds), dict(odds)
    for place, partners in _partners(odds).items():
        for (bits, one), (other_bits, other) in permutations(partners, 2):
            pair = _pair(place, one)
            known, surprise = compare(_pair(place, other))
            between, between_surprise = compare(_pair(one, other))
            filled = _filled(known, between)
            if filled != known:
                weighed = bits + _one_more(odds_of(filled, surprise)) - _one_more(other_bits)
                lowered[pair] = min(lowered[pair], weighed)
            mine, my_surprise = compare(pair)
            filled = _filled(mine, between)
            if filled != mine:
                both = other_bits + odds_of(filled, my_surprise)
                weighed = _sum(bits, both) - _sum(0.0, other_bits, odds_of(between, between_surprise))
                raised[pair] = max(raised[pair], weighed)
    return {pair: lowered[pair] + (raised[pair] - bits) for pair, bits in odds.items()}


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


def _filled(known: Pattern, other: Pattern) -> Pattern:
    """What a record says of a third one; where that is nothing or vague, what its partner says."""
    said: dict[str, Any] = {
        name: theirs
        for name, mine, theirs in zip(FIELDS, known, other, strict=True)
        if not mine and name != "order"
    }
    if known.birth in AGES and other.birth:
        said["birth"] = other.birth
    if known.given is Given.INITIAL and other.given:
        said["given"] = other.given
    return known._replace(**said)
