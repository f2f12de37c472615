"""How two values agree: every comparison ends in one of a few levels that a person can name."""

from collections.abc import Callable
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.fuzz import partial_ratio, ratio

from caseapp.domain.matching.profile import Born, Called, Locality, Street
from caseapp.domain.names import sound
from caseapp.domain.short_forms import forms_of, groups_of

_CACHED = 1 << 17


class Given(IntEnum):
    MISSING = 0
    EXACT = 1
    SHORT = 2
    CLOSE = 3
    SOUND = 4
    INITIAL = 5
    CONTAINED = 6
    DIFFERENT = 7
    FULL = 8
    MIDDLE = 9


class Family(IntEnum):
    MISSING = 0
    EXACT = 1
    PART = 2
    CLOSE = 3
    SOUND = 4
    DIFFERENT = 5


class BirthLevel(IntEnum):
    MISSING = 0
    EXACT = 1
    SWAPPED = 2
    DIGIT = 3
    FIRST_OF_YEAR = 4
    TWO_PARTS = 5
    YEAR = 6
    NEAR = 7
    AGE_FITS = 8
    AGE_NEAR = 9
    AGE_NOT = 10
    GENERATION = 11
    DIFFERENT = 12


AGES = (BirthLevel.AGE_FITS, BirthLevel.AGE_NEAR, BirthLevel.AGE_NOT)
"""Levels of births of which one is no day: an age, a year."""


class PhoneLevel(IntEnum):
    MISSING = 0
    EXACT = 1
    DIGIT = 2
    DIFFERENT = 3


class StreetLevel(IntEnum):
    MISSING = 0
    EXACT = 1
    CLOSE = 2
    ROAD = 3
    NUMBER = 4
    DIFFERENT = 5


class LocalityLevel(IntEnum):
    MISSING = 0
    EXACT = 1
    NEARLY = 2
    ONE = 3
    CLOSE = 4
    DIFFERENT = 5


class NumberLevel(IntEnum):
    MISSING = 0
    EXACT = 1
    DIGIT = 2
    DIFFERENT = 3


class SexLevel(IntEnum):
    MISSING = 0
    EXACT = 1
    DIFFERENT = 2


class Order(IntEnum):
    STRAIGHT = 0
    SWAPPED = 1


GIVEN_RANK = (0.0, 8.0, 6.0, 5.5, 4.5, 1.5, 4.0, -4.0, 9.0, 5.0)
FAMILY_RANK = (0.0, 9.0, 7.0, 6.5, 5.0, -4.0)
_SWAP_COST = 4.0
_ALIKE = frozenset((Given.EXACT, Given.FULL, Given.SHORT, Given.CLOSE, Given.SOUND))


def is_near(one: str, other: str) -> bool:
    """One slip of the hand apart, or nearly all letters alike from the start on."""
    shorter = min(len(one), len(other))
    if shorter < 4:
        return False
    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return True
    return shorter >= 5 and JaroWinkler.similarity(one, other) >= 0.92


@lru_cache(_CACHED)
def given(one: tuple[str, ...], other: tuple[str, ...]) -> Given:
    """Compare given names; the first word weighs, the others may contain it."""
    if not one or not other:
        return Given.MISSING
    first, second = one[0], other[0]
    whole, other_whole = "".join(one), "".join(other)
    if first == second or whole == other_whole:
        return _middle(one, other) if len(first) > 1 else Given.INITIAL
    if len(first) == 1 or len(second) == 1:
        return Given.INITIAL if first[0] == second[0] else Given.DIFFERENT
    if not groups_of(first).isdisjoint(groups_of(second)):
        return Given.SHORT
    if is_near(first, second) or (len(one) + len(other) > 2 and is_near(whole, other_whole)):
        return Given.CLOSE
    if _is_near_short(first, second) or _is_near_short(second, first):
        return Given.SOUND
    if sound(first) == sound(second):
        return Given.SOUND
    if any(word in other for word in one[1:]) or first in other or _starts(first, second):
        return Given.CONTAINED
    return Given.DIFFERENT


def _middle(one: tuple[str, ...], other: tuple[str, ...]) -> Given:
    """The first word agrees; a second one, where both have it, may confirm or contradict."""
    if len(one) < 2 or len(other) < 2 or one[0] != other[0]:
        return Given.EXACT
    left, right = one[1], other[1]
    if left == right:
        return Given.FULL if len(left) > 1 else Given.EXACT
    is_like = left[0] == right[0] and (min(len(left), len(right)) == 1 or is_near(left, right))
    return Given.EXACT if is_like or set(one[1:]) & set(other[1:]) else Given.MIDDLE


def _is_near_short(one: str, other: str) -> bool:
    """Whether one is a slip of the hand apart from a short form of the other: "Gteg" of "Gregory"."""
    if len(one) < 4 or len(other) < 4 or _shortened(one).isdisjoint(_forms_shortened(other)):
        return False
    return any(OSA.distance(one, form, score_cutoff=1) <= 1 for form in forms_of(other) if len(form) > 3)


@lru_cache(_CACHED)
def _shortened(word: str) -> frozenset[str]:
    """A word and all it is without one of its letters: two words a slip apart have one of these in common."""
    return frozenset((word, *(word[:place] + word[place + 1 :] for place in range(len(word)))))


@lru_cache(_CACHED)
def _forms_shortened(word: str) -> frozenset[str]:
    return frozenset[str]().union(*(_shortened(form) for form in forms_of(word) if len(form) > 3))


def _starts(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one))


@lru_cache(_CACHED)
def family(one: tuple[str, ...], other: tuple[str, ...]) -> Family:
    """Compare family names in any order; one of two surnames is enough for a part.

    A first letter that fits speaks neither for nor against.
    """
    if not one or not other:
        return Family.MISSING
    if one == other or sorted(one) == sorted(other) or "".join(one) == "".join(other):
        return Family.EXACT
    if any(len(word) > 1 and word in other for word in one):
        return Family.PART
    if _any_alike(one, other, is_near) or (
        len(one) + len(other) > 2 and is_near("".join(one), "".join(other))
    ):
        return Family.CLOSE
    if _any_alike(one, other, _sound_alike):
        return Family.SOUND
    return Family.MISSING if _any_alike(one, other, _is_initial_of) else Family.DIFFERENT


def _any_alike(one: tuple[str, ...], other: tuple[str, ...], are: Callable[[str, str], bool]) -> bool:
    for left in one:
        for right in other:
            if are(left, right):
                return True
    return False


def _is_initial_of(one: str, other: str) -> bool:
    return one[0] == other[0] and min(len(one), len(other)) == 1


def _sound_alike(one: str, other: str) -> bool:
    return sound(one) == sound(other) and len(one) > 1 and len(other) > 1


@lru_cache(_CACHED)
def name(one: Called, other: Called) -> tuple[Given, Family, Order]:
    """Both parts as written, or crossed where that explains more; the same whichever comes first.

    Of namesakes Senior and Junior contradict each other as another middle name does.
    """
    found = _name(one, other)
    are_apart = one.generation and other.generation and one.generation != other.generation
    return (Given.MIDDLE, *found[1:]) if are_apart and found[0] in _ALIKE else found


def _name(one: Called, other: Called) -> tuple[Given, Family, Order]:
    if other < one:
        one, other = other, one
    straight = given(one.given, other.given), family(one.family, other.family)
    rank = GIVEN_RANK[straight[0]] + FAMILY_RANK[straight[1]]
    if straight[1] is Family.DIFFERENT and _is_middle(one, other):
        return Given.FULL, Family.MISSING, Order.STRAIGHT
    if rank > 4.0 or not (_may_be(one.given, other.family) or _may_be(one.family, other.given)):
        return *straight, Order.STRAIGHT
    crossed = given(one.given, other.family), family(one.family, other.given)
    ranks = GIVEN_RANK[crossed[0]], FAMILY_RANK[crossed[1]]
    if (min(ranks) >= 0.0 or crossed[1] is Family.EXACT) and sum(ranks) - _SWAP_COST > rank:
        return *crossed, Order.SWAPPED
    return *straight, Order.STRAIGHT


def _is_middle(one: Called, other: Called) -> bool:
    """Whether what one has for a last name is the other's middle name, and the last name was not told."""
    return one.given + one.family == other.given or other.given + other.family == one.given


def _may_be(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether any word of one begins as a word of the other: what does not is hardly the same."""
    return _any_alike(one, other, _begin_alike)


def _begin_alike(one: str, other: str) -> bool:
    return one[0] == other[0]


def rank(found: tuple[Given, Family, Order]) -> float:
    """How good a pairing of two names is, to choose the best among several."""
    return GIVEN_RANK[found[0]] + FAMILY_RANK[found[1]] - _SWAP_COST * found[2]


@lru_cache(_CACHED)
def birth(one: Born, other: Born) -> BirthLevel:
    """Compare births in parts; a year alone or an age only by how far apart the years are."""
    apart = abs(one.year - other.year)
    slack = one.slack + other.slack
    if slack:
        if apart <= max(1, slack // 2):
            return BirthLevel.AGE_FITS
        return BirthLevel.AGE_NEAR if apart <= slack + 2 else BirthLevel.AGE_NOT
    if one == other:
        return BirthLevel.EXACT
    return _dates(one, other, apart)


def _dates(one: Born, other: Born, apart: int) -> BirthLevel:
    if apart == 0 and (one.month, one.day) == (other.day, other.month):
        return BirthLevel.SWAPPED
    if apart <= 1 and ((one.month, one.day) == (1, 1) or (other.month, other.day) == (1, 1)):
        return BirthLevel.FIRST_OF_YEAR
    left, right = _digits(one), _digits(other)
    if OSA.distance(left, right, score_cutoff=1) <= 1:
        return BirthLevel.DIGIT
    same = (apart == 0) + (one.month == other.month) + (one.day == other.day)
    if same == 2:
        return BirthLevel.TWO_PARTS
    if apart == 0:
        return BirthLevel.YEAR
    if apart <= 2:
        return BirthLevel.NEAR
    return BirthLevel.GENERATION if apart >= 15 else BirthLevel.DIFFERENT


@lru_cache(_CACHED)
def _digits(one: Born) -> str:
    return f"{one.year:04d}{one.month:02d}{one.day:02d}"


def phone(one: str, other: str) -> PhoneLevel:
    if one == other:
        return PhoneLevel.EXACT
    return PhoneLevel.DIGIT if OSA.distance(one, other, score_cutoff=1) <= 1 else PhoneLevel.DIFFERENT


@lru_cache(_CACHED)
def street(one: Street, other: Street) -> StreetLevel:
    """Compare number and road as one thing; a road met twice says little without its number."""
    if not (one.words or one.number) or not (other.words or other.number):
        return StreetLevel.MISSING
    alike = _alike(one.words, other.words)
    is_number = bool(one.number) and one.number == other.number
    if alike >= 84:
        if is_number or (one == other and len(one.words) > 3):
            return StreetLevel.EXACT
        return StreetLevel.CLOSE if _is_slip(one.number, other.number) else StreetLevel.ROAD
    if is_number:
        return StreetLevel.CLOSE if alike >= 64 else StreetLevel.NUMBER
    return StreetLevel.DIFFERENT


def _alike(one: str, other: str) -> float:
    """0 to 100: how alike two roads are, blanks and order aside; the shorter may be a part of the longer."""
    if one == other:
        return 100.0
    left, right = one.replace(" ", ""), other.replace(" ", "")
    if min(len(left), len(right)) < 4:
        return 0.0
    ordered = ratio(" ".join(sorted(one.split())), " ".join(sorted(other.split())))
    return max(ratio(left, right), partial_ratio(left, right) - 6, ordered)


def _is_slip(one: str, other: str) -> bool:
    return not (one and other) or (len(one) > 1 and OSA.distance(one, other, score_cutoff=1) <= 1)


@lru_cache(_CACHED)
def locality(one: Locality, other: Locality) -> LocalityLevel:
    """Compare town and postal code as one thing."""
    cities = _either(one.city, other.city)
    codes = _either(one.zip, other.zip)
    if cities is None and codes is None:
        return LocalityLevel.MISSING
    found = [level for level in (cities, codes) if level is not None]
    if all(level == 2 for level in found):
        return LocalityLevel.EXACT
    if any(level == 2 for level in found):
        return LocalityLevel.NEARLY if all(found) else LocalityLevel.ONE
    return LocalityLevel.CLOSE if any(found) else LocalityLevel.DIFFERENT


def _either(one: str, other: str) -> int | None:
    """2 the same, 1 a slip apart, 0 different, None where one is missing."""
    if not one or not other:
        return None
    if one == other:
        return 2
    return int(OSA.distance(one, other, score_cutoff=2) <= (1 if len(one) < 7 else 2))


def number(one: tuple[str, str], other: tuple[str, str]) -> NumberLevel:
    if one[0] != other[0]:
        return NumberLevel.MISSING
    if one[1] == other[1]:
        return NumberLevel.EXACT
    return NumberLevel.DIGIT if OSA.distance(one[1], other[1], score_cutoff=1) <= 1 else NumberLevel.DIFFERENT
