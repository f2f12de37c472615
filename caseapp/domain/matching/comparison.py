"""Compares two profiles field by field; of several values the best agreeing pair counts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log2
from typing import NamedTuple

from caseapp.domain.matching import levels
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

RAREST = 1e-5
"""No value is taken to be rarer than this: lists are short, and rare values are often slips."""

COMMON_KEPT = 4000
"""Values of each kind whose frequency a model keeps; the others count as rare."""


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

_SHORT = 1000
"""Values of a short list are not common because two records of one person hold them."""

_TRUST = 20_000
_USUAL = {
    kind: _TRUST * share
    for kind, share in (("given", 6e-3), ("family", 3e-3), ("birth", 5e-5), ("phone", 2e-5), ("street", 3e-4))
} | {"locality": _TRUST * 0.1, "both": _TRUST * 1e-4}
"""A short list says little of how often strangers agree: so many pairs are added that agree as usual."""

_SAME_FIRST = frozenset((Given.EXACT, Given.FULL, Given.MIDDLE))
_LIKE_GIVEN = frozenset((Given.SHORT, Given.CLOSE, Given.SOUND))
_PHONE_RANK = (1, 3, 2, 0)
_BIRTH_RANK = (5, 12, 9, 10, 6, 8, 4, 3, 7, 2, 1, 0, 0)
_STREET_RANK = (2, 5, 4, 3, 1, 0)
_LOCALITY_RANK = (1, 5, 4, 3, 2, 0)
_NUMBER_RANK = (0, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How common each value is among the records: a share between 0 and 1, by kind of value.

    `average` is the chance that two random records agree on a kind, the sum of the squared shares.
    """

    shares: dict[str, dict[object, float]] = field(default_factory=dict)
    average: dict[str, float] = field(default_factory=dict)

    def surprise(self, kind: str, value: object) -> float:
        """Bits by which agreeing on this value says more (or less) than agreeing on an average one."""
        average = self.average.get(kind)
        if not average:
            return 0.0
        return log2(average / max(self.shares[kind].get(value, RAREST), RAREST))


def count(profiles: Iterable[Profile]) -> Frequencies:
    """Count the values of these records."""
    counts: dict[str, Counter[object]] = {
        kind: Counter() for kind in ("given", "both", "family", "birth", "phone", "street", "locality")
    }
    for profile in profiles:
        for name in profile.names[:1]:
            counts["given"].update(name.given[:1])
            counts["both"].update((name.given[:2],) if len(name.given) > 1 else ())
            counts["family"].update(name.family)
        counts["birth"].update(one for one in profile.births[:1] if not one.slack)
        counts["phone"].update(profile.phones)
        counts["street"].update(one for one in profile.streets if one.words)
        counts["locality"].update(profile.localities)
    shares: dict[str, dict[object, float]] = {}
    average = {}
    for kind, found in counts.items():
        total = sum(found.values())
        if total < 2:
            continue
        shares[kind] = {
            value: (number - 1) / (total + _SHORT) for value, number in found.items() if number > 1
        }
        alike = sum(number * (number - 1) for number in found.values())
        average[kind] = max((alike + _USUAL.get(kind, 0.0)) / (total * (total - 1) + _TRUST), RAREST)
    return Frequencies(shares, average)


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
        number = max(pairs, key=_NUMBER_RANK.__getitem__)
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
    return max(pairs, key=_PHONE_RANK.__getitem__), 0.0


def _streets(one: Profile, other: Profile, frequencies: Frequencies) -> tuple[StreetLevel, float]:
    pairs = ((levels.street(a, b), a) for a in one.streets for b in other.streets)
    found, street = max(pairs, key=lambda pair: _STREET_RANK[pair[0]])
    return found, frequencies.surprise("street", street) if found is StreetLevel.EXACT else 0.0


def _localities(one: Profile, other: Profile, frequencies: Frequencies) -> tuple[LocalityLevel, float]:
    pairs = ((levels.locality(a, b), a) for a in one.localities for b in other.localities)
    found, place = max(pairs, key=lambda pair: _LOCALITY_RANK[pair[0]])
    return found, frequencies.surprise("locality", place) if found is LocalityLevel.EXACT else 0.0
