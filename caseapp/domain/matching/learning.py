"""Learns the chances from the records themselves, without anybody's judgement (expectation maximisation).

u comes from random pairs, of which hardly any is one person, and stays fixed; m and the shares of the classes
are found by turns: weigh the candidate pairs, count their levels by weight, again. What the records say is
mixed with the defaults as if these had been seen in `TRUST` pairs, so that a small list teaches little.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from caseapp.domain.matching.candidates import Pair
from caseapp.domain.matching.comparison import FIELDS, LEVELS, ONE_FIRST_NAME, Pattern, compare
from caseapp.domain.matching.frequencies import Frequencies, people_of
from caseapp.domain.matching.levels import AGES, BirthLevel, Given, PhoneLevel, SexLevel, StreetLevel
from caseapp.domain.matching.model import (
    CAUTION,
    DEFAULT_M,
    DEFAULT_U,
    OTHER_GENDER,
    SAME_HOME,
    SAME_PHONE,
    USUAL_RELATIVES,
    Model,
    Relatives,
    Table,
)
from caseapp.domain.matching.profile import Profile

ROUNDS = 25
TRUST = 60.0
RANDOM_PAIRS = 20_000
_ENOUGH = 1e-4
_OFTEN_EACH = 10
"""Records a person, on average, from which on two random ones of a list are no strangers."""

_FEWEST_RELATED = (0.3, 0.2, 0.07)
MOST_TIMES, MOST_OFTEN = 5.0, 0.85
"""One person's records disagree in a way at most so many times as often as usual, and no oftener than this.

A list without repeats would else teach that one person's records agree in nothing.
"""

_FREE = frozenset(("order", "locality"))
"""Fields of which nothing is usual: people move."""

_FEWEST_SHOWN = 0.02
"""A list that hardly shows households is not made to have many."""

USUAL_SIBLINGS = 0.12
"""Pairs of siblings to a pair that is one person, where a list has no birth dates to show them by."""

_ENOUGH_DATED = 0.02
"""From this share of pairs with two dates on, the list itself says how many siblings it has."""

MOST_WRONG_DATES, MOST_NEAR_DATES = 0.02, 0.005
"""One person's two dates are others altogether so often at the most, and so often others of a year or two.

In a list with many people of rare names these would else pass for one person with a slip in the date.
"""
MOST_UNLIKE_NAMES, MOST_UNLIKE_BIRTHS = 0.5, 0.1
"""Of one person's pairs of records of one home, at most so many are unlike in the first name, or in the
birth, to one that is alike in both. Where nobody stands twice, whoever is unlike is somebody else.
"""
MOST_RELATED = (0.5, 0.1, 0.1)
"""Pairs of siblings, twins, father and son to a pair that is one person, at the most.

Siblings without birth dates are seldom compared, so they are counted where they show, and as many are added
as do not show. Twins under two names look like one person under two names: they are not learned, but follow
the siblings; so do fathers and sons where their dates show fewer.
"""

_STRIDE, _LEAP = 7919, 104_729


class Told(NamedTuple):
    """Of how many pairs of records both say it: shares between 0 and 1."""

    dated: float = 0.5
    phone: float = 0.5
    street: float = 0.5


def told(profiles: Sequence[Profile]) -> Told:
    """How often two records of a list both have a date of birth, a phone, a street."""
    count = max(1, len(profiles))
    dated = sum(any(not born.slack for born in one.births) for one in profiles) / count
    phones = sum(bool(one.phones) for one in profiles) / count
    streets = sum(bool(one.streets) for one in profiles) / count
    return Told(dated**2, phones**2, streets**2)


_LIKE_NAMES = frozenset((Given.EXACT, Given.FULL, Given.MIDDLE, Given.SHORT, Given.CLOSE, Given.SOUND))
_LIKE_BIRTHS = frozenset(
    (BirthLevel.EXACT, BirthLevel.SWAPPED, BirthLevel.DIGIT, BirthLevel.FIRST_OF_YEAR, BirthLevel.TWO_PARTS)
)
_OTHER_BIRTHS = frozenset((BirthLevel.NEAR, BirthLevel.DIFFERENT))
_DATED = tuple(level for level in BirthLevel if level not in (0, *AGES))

Weighed = Counter[tuple[Pattern, int]]
"""How many candidate pairs have a pattern and a surprise (rounded, in half bits)."""


def strangers(profiles: Sequence[Profile], frequencies: Frequencies) -> Table:
    """u of every field from pairs as good as random; of agreement on a value from the frequencies.

    Where a list repeats a few people, records that are one person on the face of it are no strangers.

    Names are read crossed only where they agree so, and strangers agree so as often as straight.
    """
    counts = {name: [0.0] * len(levels) for name, levels in LEVELS.items()}
    people = people_of(profiles)
    is_of_few = len(set(people)) * _OFTEN_EACH < len(profiles)
    for low, high in _scattered(len(profiles)):
        if is_of_few and people[low] == people[high]:
            continue
        pattern, _surprise = compare(profiles[low], profiles[high], frequencies)
        for name, level in zip(FIELDS, pattern, strict=True):
            counts[name][level] += 1
    u = {name: _mixed(name, found, DEFAULT_U, 400.0, frequencies) for name, found in counts.items()}
    return u | {"order": DEFAULT_U["order"]}


def _scattered(records: int) -> Iterator[Pair]:
    """Pairs spread evenly over a list, always the same ones, so that the same list gives the same weights."""
    for number in range(min(RANDOM_PAIRS, 4 * records) if records > 1 else 0):
        low = number * _STRIDE % records
        high = (low + 1 + number * _LEAP % (records - 1)) % records
        yield low, high


def _mixed(
    name: str, found: list[float], default: Table, trust: float, frequencies: Frequencies | None = None
) -> tuple[float, ...]:
    """Shares of the levels, the defaults mixed in; level 0, missing, says nothing (order apart)."""
    first = 0 if name == "order" else 1
    groups = [list(range(first, len(found)))] if name != "birth" else [list(_DATED), list(AGES)]
    mixed = [1.0] * len(found)
    for group in groups:
        usual = sum(default[name][level] for level in group)
        total = sum(found[level] for level in group) + trust
        for level in group:
            mixed[level] = (found[level] + trust * default[name][level] / usual) / total
    average = frequencies.average.get(name) if frequencies else None
    if average:
        mixed[1] = average
    both = frequencies.average.get("both") if frequencies and name == "given" else None
    if both:
        mixed[Given.FULL] = both / 4
    return tuple(mixed)


def learn(pairs: Weighed, all_pairs: float, start: Model, both: Told) -> Model:
    """The model under which these candidates are likeliest; `all_pairs` of records there are in all."""
    guess = min(sum(pairs.values()) / 4, (all_pairs / 2) ** 0.5)
    model = replace(
        start,
        one=min(0.2, guess / all_pairs),
        relatives=USUAL_RELATIVES.times(min(0.01, guess / all_pairs / 25)),
    )
    for _round in range(ROUNDS):
        better = _round_of(pairs, all_pairs, model, both)
        is_settled = abs(better.one - model.one) < _ENOUGH * model.one
        model = better
        if is_settled:
            break
    return replace(model, caution=CAUTION)


def _round_of(pairs: Weighed, all_pairs: float, model: Model, both: Told) -> Model:
    counts = {name: [0.0] * len(levels) for name, levels in LEVELS.items()}
    births = [0.0] * len(BirthLevel)
    same, related, households = 0.0, [0.0, 0.0, 0.0], defaultdict[tuple[bool, bool], float](float)
    of_one_name = [0.0] * len(SexLevel)
    for (pattern, half_bits), number in pairs.items():
        one, relatives, others = model.odds(pattern, half_bits / 2)
        total = one + relatives + others
        weight = number * one / total
        same += weight
        if pattern.given in ONE_FIRST_NAME:
            of_one_name[pattern.sex] += number * others / total
        namesakes = number * model.of_relatives(pattern)[2] / total
        _tally(households, pattern, number * (one + relatives) / total)
        births[pattern.birth] += weight + namesakes
        if weight > 1e-9:
            for name, level in zip(FIELDS, pattern, strict=True):
                counts[name][level] += weight
    m = {name: _bounded(name, _mixed(name, found, DEFAULT_M, TRUST)) for name, found in counts.items()}
    m["birth"] = _with_any_other_date(m["birth"], model.u["birth"])
    shown = _too_many_unlike(households) / max(_FEWEST_SHOWN, both.dated * _shown(m, both))
    is_told = min(1.0, both.dated / _ENOUGH_DATED)
    related[0] = is_told * shown + (1.0 - is_told) * USUAL_SIBLINGS * same
    related[1] = related[0] * USUAL_RELATIVES.twins / USUAL_RELATIVES.siblings
    related[2] = max(
        _a_generation_too_many(births, model.u["birth"]),
        related[0] * USUAL_RELATIVES.namesakes / USUAL_RELATIVES.siblings,
    )
    shares = (
        min(found, most * same) + fewest
        for found, most, fewest in zip(related, MOST_RELATED, _FEWEST_RELATED, strict=True)
    )
    relatives_share = Relatives(*shares).times(1 / all_pairs)
    return replace(
        model,
        m=m,
        one=max(same, 1.0) / all_pairs,
        relatives=relatives_share,
        other_gender=_other_gender(of_one_name),
    )


def _other_gender(of_one_name: Sequence[float]) -> float:
    """How often strangers of one first name are told as of two genders."""
    differ = of_one_name[SexLevel.DIFFERENT]
    return (differ + TRUST * OTHER_GENDER) / (differ + of_one_name[SexLevel.EXACT] + TRUST)


def _tally(households: dict[tuple[bool, bool], float], pattern: Pattern, weight: float) -> None:
    """Count a pair of one home or phone by whether its first names, and its births, are alike.

    Births a generation apart are left out: they tell of parents, of whom there is a count of its own.
    """
    if pattern.phone is PhoneLevel.EXACT or pattern.street is StreetLevel.EXACT:
        is_unlike = pattern.given is Given.DIFFERENT
        if (is_unlike or pattern.given in _LIKE_NAMES) and pattern.birth in _LIKE_BIRTHS | _OTHER_BIRTHS:
            households[is_unlike, pattern.birth in _OTHER_BIRTHS] += weight


def _too_many_unlike(households: dict[tuple[bool, bool], float]) -> float:
    """Pairs of one home that are unlike in name and birth, more than two slips at once explain: siblings.

    One person's slips in the two do not depend on each other, so that both come together as often as one
    times the other; each is counted up to its most, since what is above that is no slip.
    """
    both_alike = max(1.0, households[False, False])
    names = min(households[True, False] / both_alike, MOST_UNLIKE_NAMES)
    births = min(households[False, True] / both_alike, MOST_UNLIKE_BIRTHS)
    return max(0.0, households[True, True] - both_alike * names * births)


def _shown(m: Table, both: Told) -> float:
    """How often two relatives show that they share a home or a phone."""
    at_home = both.street * SAME_HOME * m["street"][StreetLevel.EXACT]
    by_phone = both.phone * SAME_PHONE * m["phone"][PhoneLevel.EXACT]
    return 1.0 - (1.0 - at_home) * (1.0 - by_phone)


def _bounded(name: str, m: tuple[float, ...]) -> tuple[float, ...]:
    """What is more than may be is taken to be exact agreement."""
    if name in _FREE:
        return m
    most = [min(MOST_OFTEN, MOST_TIMES * usual) for usual in DEFAULT_M[name]]
    if name == "birth":
        most[BirthLevel.DIFFERENT] = MOST_WRONG_DATES
        most[BirthLevel.NEAR] = MOST_NEAR_DATES
    checked = [level for level in range(2, len(m)) if name != "birth" or level in _DATED]
    found = list(m)
    for level in checked:
        found[1] += max(0.0, found[level] - most[level])
        found[level] = min(found[level], most[level])
    return tuple(found)


def _a_generation_too_many(births: list[float], u: tuple[float, ...]) -> float:
    """Pairs that are father and son, by the births of all pairs that pass for one person or for these.

    Dates a generation apart are more than wrong dates explain; where no date is known it is as often so.
    """
    different, generation = BirthLevel.DIFFERENT, BirthLevel.GENERATION
    too_many = births[generation] - births[different] * u[generation] / u[different]
    dated = sum(births[level] for level in _DATED)
    return max(0.0, too_many) * sum(births) / dated if dated else 0.0


def _with_any_other_date(m: tuple[float, ...], u: tuple[float, ...]) -> tuple[float, ...]:
    """One person's wrong birth date is any other date, a generation off as often as that explains.

    What is more is fathers and sons, who would else pass for one person with a wrong date.
    """
    different, generation = BirthLevel.DIFFERENT, BirthLevel.GENERATION
    tied = list(m)
    tied[generation] = m[different] * u[generation] / u[different]
    return tuple(tied)
