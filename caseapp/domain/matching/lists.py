"""Finds the same person within one list, or between two, without a database and without anybody's help."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2
from typing import NamedTuple

from caseapp.domain.matching import rivals
from caseapp.domain.matching import levels
from caseapp.domain.matching.levels import *
from caseapp.domain.matching.comparison import _PHONE_RANK, _STREET_RANK, _LOCALITY_RANK, _NUMBER_RANK
from collections import Counter
from collections.abc import Iterable
from caseapp.domain.matching.candidates import Pair, Tick, pairs
from caseapp.domain.matching.comparison import Pattern, compare
from caseapp.domain.matching.frequencies import count
from caseapp.domain.matching.grouping import Verdict, group
from caseapp.domain.matching.learning import Weighed, learn, strangers
from caseapp.domain.matching.model import THRESHOLD, Model
from caseapp.domain.matching.profile import Profile

DOUBTFUL = 0.9
"""The most that is said of somebody unknown: such a pair is looked at, and never linked by itself."""

import os
_R = float(os.environ.get('R','1'))
_EDGE = float(os.environ.get("E","0"))
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
    odds = rivals.weigh(dict(_odds(found, compared, model)), judge.compare, judge.odds)
    edges = [(bits, pair) for pair, bits in odds.items() if bits >= _EDGE and judge.can_stand_alone(pair)]
    groups = tuple(map(tuple, group(len(profiles), edges, judge)))
    tick(0.95)
    matches = list(_of_groups(groups, judge, odds, boundary))
    if keeps_all:
        matches = _with_the_others(matches, found, judge, odds)
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
        self._verdicts: dict[Pair, Verdict] = {}
        self._patterns: dict[Pair, tuple[Pattern, float]] = {}

    def __call__(self, pair: Pair) -> Verdict:
        found = self._verdicts.get(pair)
        if found is None:
            one, related, others = self._model.odds(*self.compare(pair))
            found = Verdict(bits_of(one, related + others), related / (one + related + others))
            self._verdicts[pair] = found
        return found

    def compare(self, pair: Pair) -> tuple[Pattern, float]:
        found = self._patterns.get(pair)
        if found is None:
            found = self._patterns[pair] = self._compared.compare(pair)
        return found

    def odds(self, pattern: Pattern, surprise: float) -> float:
        one, related, others = self._model.odds(pattern, surprise)
        return bits_of(one, related + others)

    def together(self, pairs: Sequence[Pair], one_, other_) -> Verdict:
        """Two groups as two people, by what all pairs between them say together."""
        compared = [self.compare(pair) for pair in pairs]
        pattern = _summed(found for found, _surprise in compared)
        best = max(range(len(pairs)), key=lambda place: self(pairs[place]).odds)
        one, related, others = self._model.odds(pattern, compared[best][1])
        again = 0.0
        n = min(3, len(one_), len(other_))
        if all(found[0].given is Given.DIFFERENT for found in compared):
            again += (n - 1) * self._model.bits("given", Given.DIFFERENT) * _R
        far=[pr for pr,found in zip(pairs,compared) if found[0].birth in (BirthLevel.GENERATION, BirthLevel.DIFFERENT, BirthLevel.AGE_NOT)]
        if far and pattern.birth in (BirthLevel.GENERATION, BirthLevel.DIFFERENT, BirthLevel.AGE_NOT):
            n = min(3, len({a for p in far for a in p if a in one_}), len({a for p in far for a in p if a in other_}))
            again += (n - 1) * self._model.bits("birth", pattern.birth) * _R
        return Verdict(bits_of(one, related + others) + again, related / (one + related + others))

    def can_stand_alone(self, pair: Pair) -> bool:
        one, other = (self._compared.profiles[place] for place in pair)
        return can_stand_alone(self.compare(pair)[0], one, other)

    def match(self, pair: Pair, odds: float | None) -> Match:
        """A pair with its chance; `odds` in bits where these were weighed against rivals."""
        chance = chance_of(self(pair).odds if odds is None else odds)
        if not self.can_stand_alone(pair):
            chance = min(chance, DOUBTFUL)
        return Match(*pair, chance, self.compare(pair)[0])


def _summed(patterns: Iterable[Pattern]) -> Pattern:
    found = list(patterns)
    name = max(((one.given, one.family, one.order) for one in found), key=levels.rank)
    births = [one.birth for one in found if one.birth]
    dated = [one for one in births if one not in AGES]
    birth = BirthLevel.MISSING
    if births:
        counts = Counter(dated or births)
        birth = max(counts, key=lambda level: (counts[level], level))
    rest = (
        max((getattr(one, field) for one in found), key=rank.__getitem__)
        for field, rank in (
            ("phone", _PHONE_RANK),
            ("street", _STREET_RANK),
            ("locality", _LOCALITY_RANK),
            ("number", _NUMBER_RANK),
        )
    )
    sex = Counter(one.sex for one in found if one.sex).most_common(1)
    return Pattern(*name, birth, *rest, sex[0][0] if sex else SexLevel.MISSING)


def bits_of(chance: float, against: float) -> float:
    """Odds in bits; certainty either way is cut at 300."""
    if against <= 0.0:
        return 300.0
    return max(-300.0, log2(chance / against)) if chance > 0.0 else -300.0


def chance_of(bits: float) -> float:
    """Odds in bits as a chance between 0 and 1."""
    return 1.0 / (1.0 + 2.0**-bits)


def _odds(found: list[Pair], compared: _Compared, model: Model) -> Iterator[tuple[Pair, float]]:
    for place, pair in enumerate(found):
        one, related, others = model.odds(*compared.at(place))
        yield pair, bits_of(one, related + others)


def can_stand_alone(pattern: Pattern, one: Profile, other: Profile) -> bool:
    """Whether a pair may be linked without anybody looking: nobody unknown is linked by a guess."""
    return not (one.is_unknown or other.is_unknown) or pattern.number == 1


def _of_groups(
    groups: Sequence[Sequence[int]], judge: _Judge, odds: Mapping[Pair, float], boundary: int | None
) -> Iterator[Match]:
    for members in groups:
        for low, high in combinations(members, 2):
            if boundary is None or low < boundary <= high:
                found = judge.match((low, high), odds.get((low, high)))
                is_by_group = found.probability < THRESHOLD
                yield found._replace(probability=max(found.probability, THRESHOLD), is_by_group=is_by_group)


def _with_the_others(
    matches: list[Match], found: list[Pair], judge: _Judge, odds: Mapping[Pair, float]
) -> list[Match]:
    known = {(one.low, one.high) for one in matches}
    return matches + [judge.match(pair, odds[pair]) for pair in found if pair not in known]
