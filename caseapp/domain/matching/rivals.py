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
            of_one, of_other = _told(one, between, odds_of), _told(other, between, odds_of)
            if of_one is None and of_other is None:
                continue
            apart = odds_of(between, surprise)
            sides = (one, other, of_one, of_other), (other, one, of_other, of_one)
            for mine, rival, of_mine, of_rival in sides:
                if of_rival is not None:
                    lowered[mine.pair] = min(lowered[mine.pair], _lowered(mine, rival, of_rival))
                if of_mine is not None:
                    raised[mine.pair] = max(raised[mine.pair], _raised(mine, rival, of_mine, apart))
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


def _told(partner: _Partner, between: Pattern, odds_of: Weighed) -> float | None:
    """Bits of a pair with what another partner of the record knows besides; None where that is nothing."""
    filled = _filled(partner.pattern, between)
    return None if filled == partner.pattern else odds_of(filled, partner.surprise)


def _lowered(mine: _Partner, rival: _Partner, told: float) -> float:
    """Bits of a pair as far as a rival of it, with what the partner knows besides, fits the record too."""
    return mine.bits + _one_more(told) - _one_more(rival.bits)


def _raised(mine: _Partner, rival: _Partner, told: float, apart: float) -> float:
    """Bits of a pair as far as all three may be one; `apart` are those of the two partners."""
    return _sum(mine.bits, rival.bits + told) - _sum(0.0, rival.bits, apart)


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
    return known._replace(**said)
