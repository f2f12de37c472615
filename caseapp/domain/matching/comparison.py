"""Compares two profiles field by field; of several values the best agreeing pair counts."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from caseapp.domain.matching import facts_alike, names_alike
from caseapp.domain.matching.frequencies import Frequencies
from caseapp.domain.matching.levels import (
    BirthLevel,
    Family,
    Given,
    LocalityLevel,
    NumberLevel,
    Order,
    PhoneLevel,
    SexLevel,
    StreetLevel,
    by_level,
)
from caseapp.domain.matching.profile import Called, Profile, is_mail

V = TypeVar("V")
L = TypeVar("L", bound=int)


class Pattern(NamedTuple):
    """The level of each field, in the order of `FIELDS`."""

    given: Given
    family: Family
    order: Order
    birth: BirthLevel
    phone: PhoneLevel
    street: StreetLevel
    locality: LocalityLevel
    number: NumberLevel
    sex: SexLevel


FIELDS = Pattern._fields
LEVELS = {
    "given": Given,
    "family": Family,
    "order": Order,
    "birth": BirthLevel,
    "phone": PhoneLevel,
    "street": StreetLevel,
    "locality": LocalityLevel,
    "number": NumberLevel,
    "sex": SexLevel,
}
FUZZY = 0.5
"""How far the rarity of a value counts where it agrees only nearly; the commoner of the two is taken."""

ONE_FIRST_NAME = frozenset((Given.EXACT, Given.FULL, Given.MIDDLE, Given.LINE))
_LIKE_FIRST_NAMES = ONE_FIRST_NAME | {Given.SHORT, Given.CLOSE, Given.SOUND}
_SHARED_FAMILY = frozenset((Family.EXACT, Family.PART))
_BIRTH_RANK = by_level(
    BirthLevel,
    MISSING=6,
    EXACT=13,
    SWAPPED=10,
    DIGIT=11,
    FIRST_OF_YEAR=7,
    TWO_PARTS=9,
    YEAR=5,
    NEAR=4,
    AGE_FITS=8,
    AGE_NEAR=3,
    AGE_FAR=2,
    AGE_NOT=1,
    GENERATION=0,
    DIFFERENT=0,
)
"""Which of several births counts: agreement, an age that fits, none told, and then what contradicts."""

RANKS: dict[str, tuple[int, ...]] = {
    "phone": by_level(PhoneLevel, MISSING=0, EXACT=4, MAIL=3, DIGIT=2, DIFFERENT=1),
    "street": by_level(StreetLevel, MISSING=0, EXACT=5, CLOSE=4, ROAD=3, NUMBER=2, DIFFERENT=1),
    "locality": by_level(LocalityLevel, MISSING=0, EXACT=5, NEARLY=4, ONE=3, CLOSE=2, DIFFERENT=1),
    "number": by_level(NumberLevel, MISSING=0, EXACT=3, DIGIT=2, DIFFERENT=1),
}
"""Which of several levels of a field counts: the best agreement, a missing one last."""


def compare(one: Profile, other: Profile, frequencies: Frequencies) -> tuple[Pattern, float]:
    """The level of each field, and the surprise of the agreeing values together, in bits."""
    given, family, order, surprise = _names(one, other, frequencies)
    birth = BirthLevel.MISSING
    if one.births and other.births:
        birth, bits = _births(one, other, frequencies)
        surprise += bits
    phone = PhoneLevel.MISSING
    if one.phones and other.phones:
        phone, bits = _phones(one, other, frequencies)
        surprise += bits
    street = StreetLevel.MISSING
    if one.streets and other.streets:
        street, bits = _streets(one, other, frequencies)
        surprise += bits
    locality = LocalityLevel.MISSING
    if one.localities and other.localities:
        locality, bits = _localities(one, other, frequencies)
        surprise += bits
    number = NumberLevel.MISSING
    if one.numbers and other.numbers:
        number, _of = _best(one.numbers, other.numbers, facts_alike.number, RANKS["number"])
    sex = SexLevel.MISSING
    if one.sex and other.sex:
        sex = SexLevel.EXACT if one.sex == other.sex else SexLevel.DIFFERENT
    return Pattern(given, family, order, birth, phone, street, locality, number, sex), surprise


def _names(one: Profile, other: Profile, frequencies: Frequencies) -> tuple[Given, Family, Order, float]:
    if not one.names or not other.names:
        return Given.MISSING, Family.MISSING, Order.STRAIGHT, 0.0
    left, right = one.names[0], other.names[0]
    best = names_alike.name(left, right)
    if len(one.names) > 1 or len(other.names) > 1:
        pairs = ((names_alike.name(a, b), a, b) for a in one.names for b in other.names)
        best, left, right = max(pairs, key=lambda found: names_alike.rank(found[0]))
    if best[0] is Given.CLOSE and not best[2] and {left.given[0], right.given[0]} <= frequencies.several:
        best = (Given.SOUND, *best[1:])
    return *best, _surprise_of(best, left, right, frequencies)


def _surprise_of(
    found: tuple[Given, Family, Order], left: Called, right: Called, frequencies: Frequencies
) -> float:
    """Bits for the names agreed on; of crossed names those of the reading that makes them commoner."""
    given, family, order = found
    if order:
        crossed = Called(left.family, left.given)
        return min(
            _surprise_of((given, family, Order.STRAIGHT), one, one, frequencies) for one in (left, crossed)
        )
    return _of_given(given, left, right, frequencies) + _of_family(family, left, right, frequencies)


def _of_given(found: Given, left: Called, right: Called, frequencies: Frequencies) -> float:
    if found is Given.DIFFERENT or not left.given or not right.given:
        return 0.0
    if found is Given.FULL:
        return frequencies.surprise_of_both(max(left.given, right.given, key=len)[:2])
    if found in ONE_FIRST_NAME and left.given[0] == right.given[0]:
        return frequencies.surprise("given", left.given[0])
    if found in _LIKE_FIRST_NAMES:
        words = (left.given[0], right.given[0])
        return FUZZY * min([frequencies.surprise("given", word) for word in words])
    return 0.0


def _of_family(found: Family, left: Called, right: Called, frequencies: Frequencies) -> float:
    if found is Family.DIFFERENT or not found:
        return 0.0
    if found in _SHARED_FAMILY:
        shared = [frequencies.surprise("family", word) for word in left.family if word in right.family]
        return max(shared, default=0.0)
    words = (*left.family, *right.family)
    return FUZZY * min([frequencies.surprise("family", word) for word in words], default=0.0)


def _births(one: Profile, other: Profile, frequencies: Frequencies) -> tuple[BirthLevel, float]:
    found, born = _best(one.births, other.births, facts_alike.birth, _BIRTH_RANK)
    return found, frequencies.surprise("birth", born) if found is BirthLevel.EXACT else 0.0


def _phones(one: Profile, other: Profile, frequencies: Frequencies) -> tuple[PhoneLevel, float]:
    both = [value for value in one.phones if value in other.phones]
    shared = [frequencies.surprise("phone", phone) for phone in both if not is_mail(phone)]
    if shared:
        return PhoneLevel.EXACT, max(shared)
    if both:
        return PhoneLevel.MAIL, min(0.0, max(frequencies.surprise("phone", mail) for mail in both))
    return _best(one.phones, other.phones, facts_alike.phone, RANKS["phone"])[0], 0.0


def _streets(one: Profile, other: Profile, frequencies: Frequencies) -> tuple[StreetLevel, float]:
    found, street = _best(one.streets, other.streets, facts_alike.street, RANKS["street"])
    return found, frequencies.surprise("street", street) if found is StreetLevel.EXACT else 0.0


def _localities(one: Profile, other: Profile, frequencies: Frequencies) -> tuple[LocalityLevel, float]:
    found, place = _best(one.localities, other.localities, facts_alike.locality, RANKS["locality"])
    return found, frequencies.surprise("locality", place) if found is LocalityLevel.EXACT else 0.0


def _best(
    ones: Sequence[V], others: Sequence[V], compare: Callable[[V, V], L], ranks: Sequence[int]
) -> tuple[L, V]:
    """The best level of any two values, and the first of these two."""
    if len(ones) == len(others) == 1:
        return compare(ones[0], others[0]), ones[0]
    pairs = [(compare(one, other), one) for one in ones for other in others]
    return max(pairs, key=lambda pair: ranks[pair[0]])
