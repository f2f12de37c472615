"""Finds the same person within one list, or between two, without a database and without anybody's help."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2
from typing import NamedTuple

from caseapp.domain.matching.candidates import Pair, Tick, pairs
from caseapp.domain.matching.comparison import Pattern, compare, count
from caseapp.domain.matching.grouping import Verdict, group
from caseapp.domain.matching.learning import Weighed, learn, strangers
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


class _Compared:
    """Patterns of the candidate pairs, kept small: a million pairs take a few dozen megabytes."""

    def __init__(self, profiles: Sequence[Profile], model: Model) -> None:
        self.profiles = profiles
        self.model = model
        self.patterns: list[Pattern] = []
        self._numbers: dict[Pattern, int] = {}
        self._of = array("l")
        self._surprise = array("f")
        self._places: dict[Pair, int] = {}

    def add(self, pair: Pair) -> None:
        pattern, surprise = self.compare(pair)
        number = self._numbers.setdefault(pattern, len(self.patterns))
        if number == len(self.patterns):
            self.patterns.append(pattern)
        self._of.append(number)
        self._surprise.append(surprise)

    def compare(self, pair: Pair) -> tuple[Pattern, float]:
        return compare(self.profiles[pair[0]], self.profiles[pair[1]], self.model.frequencies)

    def at(self, place: int) -> tuple[Pattern, float]:
        return self.patterns[self._of[place]], self._surprise[place]

    def weighed(self) -> Weighed:
        return Weighed(
            (self.patterns[number], round(2 * surprise))
            for number, surprise in zip(self._of, self._surprise, strict=True)
        )


def match(
    profiles: Sequence[Profile],
    *,
    boundary: int | None = None,
    keeps_all: bool = False,
    tick: Tick = lambda _share: None,
) -> Matched:
    """Match a list with itself, or, with a boundary, the records before it with those after.

    `keeps_all` gives every compared pair with its probability, else those of the groups alone.
    """
    frequencies = count(profiles)
    start = Model(u=strangers(profiles, frequencies), frequencies=frequencies)
    found = pairs(profiles, boundary=boundary)
    tick(0.2)
    compared = _Compared(profiles, start)
    for place, pair in enumerate(found):
        compared.add(pair)
        if not place % _TICK_EVERY:
            tick(0.2 + 0.6 * place / len(found))
    model = learn(compared.weighed(), _all_pairs(len(profiles), boundary), start)
    tick(0.85)
    judge = _Judge(model, compared)
    groups = tuple(map(tuple, group(len(profiles), list(_edges(found, compared, model)), judge)))
    tick(0.95)
    matches = list(_of_groups(groups, judge, boundary))
    if keeps_all:
        matches = _with_the_others(matches, found, compared, model)
    return Matched(model, groups, tuple(sorted(matches)), len(found))


def _all_pairs(records: int, boundary: int | None) -> float:
    if boundary is None:
        return max(1.0, records * (records - 1) / 2)
    return max(1.0, boundary * (records - boundary))


class _Judge:
    """Weighs any pair of the list, compared before or not; judged once."""

    def __init__(self, model: Model, compared: _Compared) -> None:
        self._model = model
        self._compared = compared
        self._known: dict[Pair, Verdict] = {}

    def __call__(self, pair: Pair) -> Verdict:
        found = self._known.get(pair)
        if found is None:
            one, related, others = self._model.odds(*self._compared.compare(pair))
            odds = bits_of(one, related + others)
            found = Verdict(odds, related / (one + related + others))
            self._known[pair] = found
        return found

    def match(self, pair: Pair) -> Match:
        pattern, surprise = self._compared.compare(pair)
        chance = self._model.probability(pattern, surprise)
        return Match(*pair, max(chance, THRESHOLD), pattern, is_by_group=chance < THRESHOLD)


def bits_of(chance: float, against: float) -> float:
    """Odds in bits; certainty either way is cut at 300."""
    if against <= 0.0:
        return 300.0
    return max(-300.0, log2(chance / against)) if chance > 0.0 else -300.0


def _edges(found: list[Pair], compared: _Compared, model: Model) -> Iterator[tuple[float, Pair]]:
    for place, pair in enumerate(found):
        pattern, surprise = compared.at(place)
        if not can_stand_alone(pattern, compared.profiles[pair[0]], compared.profiles[pair[1]]):
            continue
        one, related, others = model.odds(pattern, surprise)
        odds = bits_of(one, related + others)
        if odds >= 0:
            yield odds, pair


def can_stand_alone(pattern: Pattern, one: Profile, other: Profile) -> bool:
    """Whether a pair may be linked without anybody looking: nobody unknown is linked by a guess."""
    return not (one.is_unknown or other.is_unknown) or pattern.number == 1


def _of_groups(groups: Sequence[Sequence[int]], judge: _Judge, boundary: int | None) -> Iterator[Match]:
    for members in groups:
        for low, high in combinations(members, 2):
            if boundary is None or low < boundary <= high:
                yield judge.match((low, high))


def _with_the_others(
    matches: list[Match], found: list[Pair], compared: _Compared, model: Model
) -> list[Match]:
    known = {(one.low, one.high) for one in matches}
    others = ((pair, *compared.at(place)) for place, pair in enumerate(found) if pair not in known)
    return matches + [
        Match(*pair, model.probability(pattern, surprise), pattern) for pair, pattern, surprise in others
    ]
