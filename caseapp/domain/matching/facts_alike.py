"""How two births, phones, addresses, towns or numbers agree."""

from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import partial_ratio, ratio

from caseapp.domain.matching.levels import BirthLevel, LocalityLevel, NumberLevel, PhoneLevel, StreetLevel
from caseapp.domain.matching.profile import Born, Locality, Street, is_mail
from caseapp.domain.names import KEPT

A_GENERATION = 15
"""Years that a parent is older, at the least: two births so far apart may be a father's and his son's."""


@lru_cache(KEPT)
def birth(one: Born, other: Born) -> BirthLevel:
    """Compare births in parts; a year alone or an age only by how far apart the years are."""
    apart = abs(one.year - other.year)
    slack = one.slack + other.slack
    if slack:
        if apart <= max(1, slack // 2):
            return BirthLevel.AGE_FITS
        if apart <= slack + 2:
            return BirthLevel.AGE_NEAR
        return BirthLevel.AGE_FAR if apart < A_GENERATION else BirthLevel.AGE_NOT
    if one == other:
        return BirthLevel.EXACT
    return _dates(one, other, apart)


def _dates(one: Born, other: Born, apart: int) -> BirthLevel:
    if apart == 0 and (one.month, one.day) == (other.day, other.month):
        return BirthLevel.SWAPPED
    if apart <= 1 and ((one.month, one.day) == (1, 1) or (other.month, other.day) == (1, 1)):
        return BirthLevel.FIRST_OF_YEAR
    are_years = one[1:3] == other[1:3] == (1, 1)
    if are_years and apart:
        return _years(apart)
    left, right = _digits(one), _digits(other)
    if OSA.distance(left, right, score_cutoff=1) <= 1:
        return BirthLevel.DIGIT
    same = (apart == 0) + (one.month == other.month) + (one.day == other.day)
    if same == 2:
        return BirthLevel.TWO_PARTS
    return _years(apart) if apart else BirthLevel.YEAR


def _years(apart: int) -> BirthLevel:
    """What is left to say of two other days, or of two that are a 1 January by habit: their years."""
    if apart <= 2:
        return BirthLevel.NEAR
    return BirthLevel.GENERATION if apart >= A_GENERATION else BirthLevel.DIFFERENT


@lru_cache(KEPT)
def _digits(one: Born) -> str:
    return f"{one.year:04d}{one.month:02d}{one.day:02d}"


def phone(one: str, other: str) -> PhoneLevel:
    """Two phones, or two e-mail addresses: of these one has several, so that another one parts nobody."""
    if is_mail(one) or is_mail(other):
        return PhoneLevel.MAIL if one == other else PhoneLevel.MISSING
    if one == other:
        return PhoneLevel.EXACT
    return PhoneLevel.DIGIT if OSA.distance(one, other, score_cutoff=1) <= 1 else PhoneLevel.DIFFERENT


@lru_cache(KEPT)
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


@lru_cache(KEPT)
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
