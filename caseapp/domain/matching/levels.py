"""The levels in which two values of a field can agree: few, so that a person can name each.

Their numbers stand in what an agency learned and in searches that are gone on with (`saved`, `begun`): a new
level comes last, and none changes its place.
"""

from enum import IntEnum
from typing import TypeVar

N = TypeVar("N", int, float)


class Given(IntEnum):
    """How two first names agree, middle names with them."""

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
    LINE = 10


class Family(IntEnum):
    """How two last names agree, in any order of their words."""

    MISSING = 0
    EXACT = 1
    PART = 2
    CLOSE = 3
    SOUND = 4
    DIFFERENT = 5


class BirthLevel(IntEnum):
    """How two births agree: days, or an age or a year that stands for one."""

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
    AGE_FAR = 13


AGES = (BirthLevel.AGE_FITS, BirthLevel.AGE_NEAR, BirthLevel.AGE_FAR, BirthLevel.AGE_NOT)
"""Levels of births of which one is no day: an age, a year."""


class PhoneLevel(IntEnum):
    """How two phones agree, digit by digit, and where none does whether an e-mail address is the same."""

    MISSING = 0
    EXACT = 1
    DIGIT = 2
    DIFFERENT = 3
    MAIL = 4


class StreetLevel(IntEnum):
    """How two addresses agree, number and road; a place that has no number is a road."""

    MISSING = 0
    EXACT = 1
    CLOSE = 2
    ROAD = 3
    NUMBER = 4
    DIFFERENT = 5


class LocalityLevel(IntEnum):
    """How two towns agree, with their postal codes."""

    MISSING = 0
    EXACT = 1
    NEARLY = 2
    ONE = 3
    CLOSE = 4
    DIFFERENT = 5


class NumberLevel(IntEnum):
    """How two numbers of one other system agree."""

    MISSING = 0
    EXACT = 1
    DIGIT = 2
    DIFFERENT = 3


class SexLevel(IntEnum):
    """Whether two records say the same; only lists do, see `traits.profile_of`."""

    MISSING = 0
    EXACT = 1
    DIFFERENT = 2


class Order(IntEnum):
    """Whether first and last name stand in each other's place in one of the two."""

    STRAIGHT = 0
    SWAPPED = 1


def by_level(kind: type[IntEnum], **numbers: N) -> tuple[N, ...]:
    """A number for each level of a field, by its name; raises KeyError where one has none."""
    return tuple(numbers[level.name] for level in kind)
