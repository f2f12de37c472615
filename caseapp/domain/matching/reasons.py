"""Says in words why two records are, or are not, taken to be one person; what weighs most comes first."""

from typing import NamedTuple

from caseapp.domain.matching.comparison import FIELDS, Pattern
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
from caseapp.domain.matching.model import Model

WORDS: dict[tuple[str, int], str] = {
    ("given", Given.FULL): "same first and middle name",
    ("given", Given.EXACT): "same first name",
    ("given", Given.MIDDLE): "same first name, another middle name",
    ("given", Given.LINE): "the one is Junior, the other Senior",
    ("given", Given.SHORT): "first name a known short form",
    ("given", Given.CLOSE): "first name nearly the same",
    ("given", Given.SOUND): "first name sounds alike",
    ("given", Given.INITIAL): "same initial",
    ("given", Given.CONTAINED): "one first name is part of the other",
    ("given", Given.DIFFERENT): "first name differs",
    ("family", Family.EXACT): "same last name",
    ("family", Family.PART): "one of two last names is the same",
    ("family", Family.CLOSE): "last name nearly the same",
    ("family", Family.SOUND): "last name sounds alike",
    ("family", Family.DIFFERENT): "last name differs",
    ("order", Order.SWAPPED): "first and last name swapped",
    ("birth", BirthLevel.EXACT): "same birth date",
    ("birth", BirthLevel.SWAPPED): "birth day and month swapped",
    ("birth", BirthLevel.DIGIT): "birth date one digit off",
    ("birth", BirthLevel.FIRST_OF_YEAR): "birth year fits a date of 1 January",
    ("birth", BirthLevel.TWO_PARTS): "two parts of the birth date agree",
    ("birth", BirthLevel.YEAR): "same birth year",
    ("birth", BirthLevel.NEAR): "birth years are near",
    ("birth", BirthLevel.AGE_FITS): "age fits",
    ("birth", BirthLevel.AGE_NEAR): "age is near",
    ("birth", BirthLevel.AGE_FAR): "age is some years off",
    ("birth", BirthLevel.AGE_NOT): "age does not fit",
    ("birth", BirthLevel.GENERATION): "a generation apart",
    ("birth", BirthLevel.DIFFERENT): "birth date differs",
    ("phone", PhoneLevel.EXACT): "same phone",
    ("phone", PhoneLevel.DIGIT): "phone one digit off",
    ("phone", PhoneLevel.DIFFERENT): "phone differs",
    ("phone", PhoneLevel.MAIL): "same e-mail",
    ("street", StreetLevel.EXACT): "same address or place",
    ("street", StreetLevel.CLOSE): "address or place nearly the same",
    ("street", StreetLevel.ROAD): "same street",
    ("street", StreetLevel.NUMBER): "same house number",
    ("street", StreetLevel.DIFFERENT): "address differs",
    ("locality", LocalityLevel.EXACT): "same town",
    ("locality", LocalityLevel.NEARLY): "town nearly the same",
    ("locality", LocalityLevel.ONE): "town or postal code the same",
    ("locality", LocalityLevel.CLOSE): "town is near",
    ("locality", LocalityLevel.DIFFERENT): "town differs",
    ("number", NumberLevel.EXACT): "same number in another system",
    ("number", NumberLevel.DIGIT): "number in another system one digit off",
    ("number", NumberLevel.DIFFERENT): "another number in the other system",
    ("sex", SexLevel.DIFFERENT): "gender differs",
}
SAYS_LITTLE = 0.8
"""Bits below which a field is not worth a word."""


class Reason(NamedTuple):
    """One piece of evidence in words, and its weight in bits: above 0 for, below against."""

    words: str
    bits: float


def words_of(pattern: Pattern) -> tuple[str, ...]:
    """All that two records agree and differ in, however much or little it says."""
    return tuple(WORDS[one] for one in zip(FIELDS, pattern, strict=True) if one in WORDS)


def explain(pattern: Pattern, model: Model) -> tuple[Reason, ...]:
    """Every field that says something: what speaks for it first, then what speaks against."""
    found = (
        Reason(WORDS[name, level], model.bits(name, level))
        for name, level in zip(FIELDS, pattern, strict=True)
        if (name, level) in WORDS
    )
    return tuple(sorted((one for one in found if abs(one.bits) >= SAYS_LITTLE), key=lambda one: -one.bits))
