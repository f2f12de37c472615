"""Judges pairs of records, and groups of records by all that their pairs say together."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from math import exp2
from typing import Any

from caseapp.domain.matching import names_alike
from caseapp.domain.matching.candidates import Pair
from caseapp.domain.matching.comparison import FIELDS, RANKS, L, Pattern, compare
from caseapp.domain.matching.learning import Weighed
from caseapp.domain.matching.levels import AGES, BirthLevel, Family, Given, NumberLevel, SexLevel
from caseapp.domain.matching.model import Model
from caseapp.domain.matching.profile import Profile

OFTENEST = 3
"""Further repetitions of a contradiction say nothing new: people repeat each other's mistakes."""

UNSURE = 0.998
"""Likely as it may be, nobody is linked by such a chance without anybody looking."""

DOUBTFUL = 0.9
"""The most that is said of somebody unknown: such a pair is looked at, and never linked by itself."""

_CONTRADICTORY = (BirthLevel.DIFFERENT, BirthLevel.GENERATION, BirthLevel.AGE_FAR, BirthLevel.AGE_NOT)

_CONTRADICTIONS: dict[str, tuple[int, ...]] = {
    "given": (Given.DIFFERENT,),
    "family": (Family.DIFFERENT,),
    "birth": _CONTRADICTORY,
}

_APART = frozenset((BirthLevel.DIFFERENT, BirthLevel.NEAR, BirthLevel.YEAR, BirthLevel.TWO_PARTS))
"""Births of two that a third record without one makes no likelier."""

_MAY_BE_CERTAIN = frozenset((Given.EXACT, Given.FULL, Given.SHORT, Given.CLOSE, Given.INITIAL))


class Compared:
    """Patterns of the candidate pairs, kept small: a million pairs take a few dozen megabytes.

    They are added in their order, so that a pair is found again by halving.
    """

    def __init__(self, profiles: Sequence[Profile], model: Model) -> None:
        self.profiles = profiles
        self._frequencies = model.frequencies
        self._patterns: list[Pattern] = []
        self._numbers: dict[Pattern, int] = {}
        self._codes = array("q")
        self._of = array("l")
        self._surprise = array("d")
        self._others: dict[int, tuple[Pattern, float]] = {}

    def add(self, pair: Pair) -> None:
        self.put(pair, *self._compare(pair))

    def put(self, pair: Pair, pattern: Pattern, surprise: float) -> None:
        """Keep what was found of a pair."""
        number = self._numbers.setdefault(pattern, len(self._patterns))
        if number == len(self._patterns):
            self._patterns.append(pattern)
        self._codes.append(self._code(pair))
        self._of.append(number)
        self._surprise.append(surprise)

    def compare(self, pair: Pair) -> tuple[Pattern, float]:
        """What was found of a pair, added before or not; compared once."""
        code = self._code(pair)
        place = bisect_left(self._codes, code)
        if place < len(self._codes) and self._codes[place] == code:
            return self.at(place)
        found = self._others.get(code)
        if found is None:
            found = self._others[code] = self._compare(pair)
        return found

    def at(self, place: int) -> tuple[Pattern, float]:
        return self._patterns[self._of[place]], self._surprise[place]

    def found(self) -> tuple[list[Pattern], array[int], array[float]]:
        """The patterns, and of each pair in its order the number of its pattern and its surprise."""
        return self._patterns, self._of, self._surprise

    def weighed(self) -> Weighed:
        return Weighed(
            (self._patterns[number], round(2 * surprise))
            for number, surprise in zip(self._of, self._surprise, strict=True)
        )

    def _code(self, pair: Pair) -> int:
        return pair[0] * len(self.profiles) + pair[1]

    def _compare(self, pair: Pair) -> tuple[Pattern, float]:
        return compare(self.profiles[pair[0]], self.profiles[pair[1]], self._frequencies)


class Judge:
    """Weighs any pair of the list, compared before or not; judged once."""

    def __init__(self, model: Model, compared: Compared) -> None:
        self._model = model
        self._compared = compared
        self._alone: dict[Pair, float] = {}
        self.compare = compared.compare
        self.odds = model.odds_in_bits

    def alone(self, pair: Pair) -> float:
        """Odds in bits of a pair, no others regarded."""
        found = self._alone.get(pair)
        if found is None:
            found = self._alone[pair] = self.odds(*self.compare(pair))
        return found

    def chance(self, pair: Pair, pattern: Pattern, bits: float) -> float:
        """The likelihood of a pair whose odds are so many bits, at the most what it may get."""
        return chance_at_most(bits, pattern, *self._both(pair))

    def can_stand_alone(self, pair: Pair, pattern: Pattern) -> bool:
        """See `can_stand_alone`."""
        return can_stand_alone(pattern, *self._both(pair))

    def _both(self, pair: Pair) -> tuple[Profile, Profile]:
        return self._compared.profiles[pair[0]], self._compared.profiles[pair[1]]

    def are_born_apart(self, pair: Pair) -> bool:
        """Whether the births of the two speak so much against them that nobody can vouch for the pair."""
        return self.compare(pair)[0].birth in _APART

    def together(self, pairs: Sequence[Pair]) -> float:
        """Odds in bits that two groups are one person; `pairs` are across them, a record of the first first.

        What either group knows counts once, by the best agreement; what contradicts counts as often as
        both say it on their own, for nobody is called by a wrong name again and again.
        """
        compared = [self.compare(_ordered(pair)) for pair in pairs]
        if len(compared) == 1:
            return self.odds(*compared[0])
        surprise = max(compared, key=lambda found: self.odds(*found))[1]
        pattern = _summed([found for found, _surprise in compared])
        return self.odds(pattern, surprise) + self._repeated(pairs, [one for one, _bits in compared], pattern)

    def _repeated(self, pairs: Sequence[Pair], patterns: Sequence[Pattern], summed: Pattern) -> float:
        """Bits against one person, for contradictions that both groups repeat."""
        bits = 0.0
        for field, levels_apart in _CONTRADICTIONS.items():
            level = getattr(summed, field)
            if level in levels_apart:
                apart = [
                    pair
                    for pair, one in zip(pairs, patterns, strict=True)
                    if getattr(one, field) in levels_apart
                ]
                bits += _times(apart) * min(0.0, self._model.bits(field, level))
        return bits


def _ordered(pair: Pair) -> Pair:
    return pair if pair[0] < pair[1] else (pair[1], pair[0])


def _times(pairs: Sequence[Pair]) -> int:
    """How often more than once both sides say it."""
    return min(OFTENEST, len({one for one, _other in pairs}), len({other for _one, other in pairs})) - 1


def _summed(patterns: Sequence[Pattern]) -> Pattern:
    """The best agreement of each field; of births what most pairs say, days before ages.

    Of names the best of those who both have a first and a last one: a record without a last name does not
    hide that two groups have different ones.
    """
    fields: dict[str, tuple[Any, ...]] = dict(zip(FIELDS, zip(*patterns, strict=True), strict=True))
    said = list(zip(fields["given"], fields["family"], fields["order"], strict=True))
    names = [one for one in said if one[0] and one[1]] or said
    births = [level for level in fields["birth"] if level]
    return Pattern(
        *max(names, key=names_alike.rank),
        birth=_oftenest([level for level in births if level not in AGES] or births, BirthLevel.MISSING),
        sex=_oftenest([level for level in fields["sex"] if level], SexLevel.MISSING),
        **{field: max(fields[field], key=rank.__getitem__) for field, rank in RANKS.items()},
    )


def _oftenest(said: Sequence[L], nothing: L) -> L:
    """The level that is said most often, of several the last one."""
    if len(set(said)) < 2:
        return said[0] if said else nothing
    return max(said, key=lambda level: (said.count(level), level))


def chance_of(bits: float) -> float:
    """Odds in bits as a chance between 0 and 1."""
    return 1.0 / (1.0 + exp2(-bits))


def can_stand_alone(pattern: Pattern, one: Profile, other: Profile) -> bool:
    """Whether a pair may be linked without anybody looking: nobody unknown is linked by a guess."""
    return not (one.is_unknown or other.is_unknown) or pattern.number is NumberLevel.EXACT


def most_of(pattern: Pattern) -> float:
    """The highest likelihood that a pair may get, 0 to 1.

    Unless a number agrees, a pair without a birth date, or with another one, is never certain: a father or a
    brother of the same name may share all else. Nor is one without a first name in common, with one that only
    sounds alike, or with another middle name: twins may share all else, and each other's middle names, and be
    called Mai and Mee.
    """
    is_dated = pattern.birth is not BirthLevel.MISSING and pattern.birth not in _CONTRADICTORY
    is_sure = is_dated and pattern.given in _MAY_BE_CERTAIN
    return 1.0 if is_sure or pattern.number is NumberLevel.EXACT else UNSURE


def chance_at_most(bits: float, pattern: Pattern, one: Profile, other: Profile) -> float:
    """Odds in bits of two records as a likelihood, 0 to 1, at the most what such a pair may get."""
    most = most_of(pattern) if can_stand_alone(pattern, one, other) else DOUBTFUL
    return min(chance_of(bits), most)
