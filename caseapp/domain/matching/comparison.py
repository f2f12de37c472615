"""Compares two profiles field by field; of several values the best agreeing pair counts."""

from typing import NamedTuple

from caseapp.domain.matching import levels
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
)
from caseapp.domain.matching.profile import Called, Profile


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

_SAME_FIRST = frozenset((Given.EXACT, Given.FULL, Given.MIDDLE))
_LIKE_GIVEN = frozenset((Given.SHORT, Given.CLOSE, Given.SOUND))
_BIRTH_RANK = (5, 12, 9, 10, 6, 8, 4, 3, 7, 2, 1, 0, 0)
RANKS: dict[str, tuple[int, ...]] = {
    "phone": (0, 3, 2, 1),
    "street": (0, 5, 4, 3, 2, 1),
    "locality": (0, 5, 4, 3, 2, 1),
    "number": (0, 3, 2, 1),
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
        pairs = (levels.number(a, b) for a in one.numbers for b in other.numbers)
        number = max(pairs, key=RANKS["number"].__getitem__)
    sex = SexLevel.MISSING
    if one.sex and other.sex:
        sex = SexLevel.EXACT if one.sex == other.sex else SexLevel.DIFFERENT
    return Pattern(given, family, order, birth, phone, street, locality, number, sex), surprise


def _names(one: Profile, other: Profile, frequencies: Frequencies) -> tuple[Given, Family, Order, float]:
    if not one.names or not other.names:
        return Given.MISSING, Family.MISSING, Order.STRAIGHT, 0.0
    left, right = one.names[0], other.names[0]
    best = levels.name(left, right)
    if len(one.names) > 1 or len(other.names) > 1:
        pairs = ((levels.name(a, b), a, b) for a in one.names for b in other.names)
        best, left, right = max(pairs, key=lambda found: levels.rank(found[0]))
    return *best, _surprise_of(best, left, right, frequencies)


def _surprise_of(
    found: tuple[Given, Family, Order], left: Called, right: Called, frequencies: Frequencies
) -> float:
    """Bits for the names agreed on; of crossed names those of the reading that makes them commoner."""
    given, family, order = found
    if order is Order.SWAPPED:
        crossed = Called(left.family, left.given)
        return min(
            _surprise_of((given, family, Order.STRAIGHT), one, one, frequencies) for one in (left, crossed)
        )
    return _of_given(given, left, right, frequencies) + _of_family(family, left, right, frequencies)


def _of_given(found: Given, left: Called, right: Called, frequencies: Frequencies) -> float:
    if found in _SAME_FIRST and left.given:
        if found is Given.FULL:
            return frequencies.surprise("both", left.given[:2])
        return frequencies.surprise("given", left.given[0])
    if found in _LIKE_GIVEN:
        words = (*left.given[:1], *right.given[:1])
        return FUZZY * min((frequencies.surprise("given", word) for word in words), default=0.0)
    return 0.0


def _of_family(found: Family, left: Called, right: Called, frequencies: Frequencies) -> float:
    if found is Family.EXACT or found is Family.PART:
        shared = (word for word in left.family if word in right.family)
        return max((frequencies.surprise("family", word) for word in shared), default=0.0)
    if found is Family.CLOSE or found is Family.SOUND:
        words = (*left.family, *right.family)
        return FUZZY * min((frequencies.surprise("family", word) for word in words), default=0.0)
    return 0.0


def _births(one: Profile, other: Profile, frequencies: Frequencies) -> tuple[BirthLevel, float]:
    if len(one.births) == len(other.births) == 1:
        born = one.births[0]
        found = levels.birth(born, other.births[0])
    else:
        pairs = ((levels.birth(a, b), a) for a in one.births for b in other.births)
        found, born = max(pairs, key=lambda pair: _BIRTH_RANK[pair[0]])
    return found, frequencies.surprise("birth", born) if found is BirthLevel.EXACT else 0.0


def _phones(one: Profile, other: Profile, frequencies: Frequencies) -> tuple[PhoneLevel, float]:
    shared = [phone for phone in one.phones if phone in other.phones]
    if shared:
        return PhoneLevel.EXACT, max(frequencies.surprise("phone", phone) for phone in shared)
    pairs = (levels.phone(a, b) for a in one.phones for b in other.phones)
    return max(pairs, key=RANKS["phone"].__getitem__), 0.0


def _streets(one: Profile, other: Profile, frequencies: Frequencies) -> tuple[StreetLevel, float]:
    pairs = ((levels.street(a, b), a) for a in one.streets for b in other.streets)
    found, street = max(pairs, key=lambda pair: RANKS["street"][pair[0]])
    return found, frequencies.surprise("street", street) if found is StreetLevel.EXACT else 0.0


def _localities(one: Profile, other: Profile, frequencies: Frequencies) -> tuple[LocalityLevel, float]:
    pairs = ((levels.locality(a, b), a) for a in one.localities for b in other.localities)
    found, place = max(pairs, key=lambda pair: RANKS["locality"][pair[0]])
    return found, frequencies.surprise("locality", place) if found is LocalityLevel.EXACT else 0.0
