"""Finds the same person within one list, or between two, without a database and without anybody's help."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from caseapp.domain.matching import grouping, rivals
from caseapp.domain.matching.begun import Begun
from caseapp.domain.matching.candidates import Pair, Tick, pairs
from caseapp.domain.matching.comparison import Pattern
from caseapp.domain.matching.crossed import straightened
from caseapp.domain.matching.frequencies import count
from caseapp.domain.matching.judging import Compared, Judge
from caseapp.domain.matching.learning import learn, strangers, told
from caseapp.domain.matching.model import THRESHOLD, Model
from caseapp.domain.matching.profile import Profile

_TICK_EVERY = 4096


class Match(NamedTuple):
    """Two records (their places) that are taken, or were weighed, to be one person."""

    low: int
    high: int
    probability: float
    pattern: Pattern
    is_by_group: bool = False


@dataclass(frozen=True, slots=True)
class Matched:
    """The outcome: the model learned, groups of places, the pairs in them, and how many were compared."""

    model: Model
    groups: tuple[tuple[int, ...], ...]
    matches: tuple[Match, ...]
    compared: int


def match(
    profiles: Sequence[Profile],
    *,
    boundary: int | None = None,
    keeps_all: bool = False,
    tick: Tick = lambda _share: None,
    begun: Begun | None = None,
) -> Matched:
    """Match a list with itself, or, with a boundary, the records before it with those after.

    `keeps_all` gives every compared pair with its probability, else those of the groups alone. What `begun`
    brings is not compared again, and it holds what was compared when `tick` raises.
    """
    tick(0.0)
    profiles = straightened(profiles)
    frequencies = count(profiles)
    start = Model(u=strangers(profiles, frequencies), frequencies=frequencies)
    found = pairs(profiles, boundary=boundary, tick=lambda share: tick(0.2 * share))
    tick(0.2)
    compared = Compared(profiles, start)
    done = begun.take_up(compared, found) if begun else 0
    for place, pair in enumerate(islice(found, done, None), done):
        compared.add(pair)
        if not place % _TICK_EVERY:
            tick(0.2 + 0.5 * place / len(found))
    model = learn(compared.weighed(), _all_pairs(len(profiles), boundary), start, told(profiles))
    tick(0.75)
    judge = Judge(model, compared)
    odds, groups = _grouped(found, compared, judge)
    tick(0.95)
    matches = list(_of_groups(groups, judge, odds, boundary))
    if keeps_all:
        matches += _others(matches, found, compared, judge, odds)
    return Matched(model, groups, tuple(sorted(matches)), len(found))


def _all_pairs(records: int, boundary: int | None) -> float:
    if boundary is None:
        return max(1.0, records * (records - 1) / 2)
    return max(1.0, boundary * (records - boundary))


def _grouped(
    found: Sequence[Pair], compared: Compared, judge: Judge
) -> tuple[dict[Pair, float], tuple[tuple[int, ...], ...]]:
    """Odds in bits of every pair, others regarded, and the groups."""
    alone = {pair: judge.odds(*compared.at(place)) for place, pair in enumerate(found)}
    weighed = rivals.weigh(alone, judge.compare, judge.odds)
    likely = {
        pair: bits
        for pair, bits in weighed.items()
        if bits >= grouping.LEAST and judge.can_stand_alone(pair, judge.compare(pair)[0])
    }
    lowered = {pair: min(0.0, bits - alone[pair]) for pair, bits in likely.items()}
    groups = grouping.group(len(compared.profiles), likely, lowered, judge.together)
    regarded = grouping.regard(weighed, groups, judge.alone, judge.together, judge.are_born_apart)
    return regarded, tuple(map(tuple, groups))


def _match(pair: Pair, judge: Judge, odds: Mapping[Pair, float]) -> Match:
    bits = odds[pair] if pair in odds else judge.alone(pair)
    return _weighed(pair, judge.compare(pair)[0], bits, judge)


def _weighed(pair: Pair, pattern: Pattern, bits: float, judge: Judge) -> Match:
    return Match(*pair, judge.chance(pair, pattern, bits), pattern)


def _of_groups(
    groups: Sequence[Sequence[int]], judge: Judge, odds: Mapping[Pair, float], boundary: int | None
) -> Iterator[Match]:
    for within in grouping.pairs_within(groups, odds):
        for low, high in within:
            if boundary is None or low < boundary <= high:
                found = _match((low, high), judge, odds)
                is_by_group = found.probability < THRESHOLD
                if is_by_group and judge.are_born_apart((low, high)):
                    continue
                yield found._replace(probability=max(found.probability, THRESHOLD), is_by_group=is_by_group)


def _others(
    matches: Sequence[Match],
    found: Sequence[Pair],
    compared: Compared,
    judge: Judge,
    odds: Mapping[Pair, float],
) -> list[Match]:
    """Every compared pair that is in no group."""
    known = {(one.low, one.high) for one in matches}
    return [
        _weighed(pair, compared.at(place)[0], odds[pair], judge)
        for place, pair in enumerate(found)
        if pair not in known
    ]
