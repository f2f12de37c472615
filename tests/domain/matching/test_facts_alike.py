"""Births, phones, addresses and towns agree in one of a few levels, the same both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.matching import facts_alike, names_alike
from caseapp.domain.matching.levels import (
    BirthLevel,
    Family,
    Given,
    LocalityLevel,
    NumberLevel,
    PhoneLevel,
    StreetLevel,
)
from caseapp.domain.matching.profile import (
    Born,
    called,
    locality,
    mails_of,
    street,
)

births = st.builds(
    Born, st.integers(1900, 2026), st.integers(1, 12), st.integers(1, 31), st.sampled_from((0, 0, 1, 3, 5))
)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (Born(1976, 3, 2), Born(1976, 3, 2), BirthLevel.EXACT),
        (Born(1976, 3, 2), Born(1976, 2, 3), BirthLevel.SWAPPED),
        (Born(1976, 3, 2), Born(1976, 3, 7), BirthLevel.DIGIT),
        (Born(1976, 3, 2), Born(1967, 3, 2), BirthLevel.DIGIT),
        (Born(1976, 1, 1), Born(1977, 6, 20), BirthLevel.FIRST_OF_YEAR),
        (Born(1976, 1, 1), Born(1977, 1, 1), BirthLevel.FIRST_OF_YEAR),
        (Born(1976, 1, 1), Born(1972, 1, 1), BirthLevel.DIFFERENT),
        (Born(1976, 1, 1), Born(1958, 1, 1), BirthLevel.GENERATION),
        (Born(1976, 3, 2), Born(1958, 3, 2), BirthLevel.TWO_PARTS),
        (Born(1976, 3, 2), Born(1976, 11, 25), BirthLevel.YEAR),
        (Born(1976, 3, 2), Born(1978, 11, 25), BirthLevel.NEAR),
        (Born(1976, 3, 2), Born(1948, 11, 25), BirthLevel.GENERATION),
        (Born(1976, 3, 2), Born(1985, 11, 25), BirthLevel.DIFFERENT),
        (Born(1976, 3, 2), Born(1977, 0, 0, 3), BirthLevel.AGE_FITS),
        (Born(1976, 3, 2), Born(1981, 0, 0, 3), BirthLevel.AGE_NEAR),
        (Born(1976, 3, 2), Born(1990, 0, 0, 3), BirthLevel.AGE_FAR),
        (Born(1976, 3, 2), Born(1991, 0, 0, 3), BirthLevel.AGE_NOT),
    ],
)
def test_births(one, other, level):
    assert facts_alike.birth(one, other) is level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("44 Forbes Street", "44 forbes st", StreetLevel.EXACT),
        ("44 Forbes Street Apt 3", "44 Forbes St", StreetLevel.EXACT),
        ("44 Forbes Street", "44 Frobes Street", StreetLevel.EXACT),
        ("144 Forbes Street", "145 Forbes Street", StreetLevel.CLOSE),
        ("44 Forbes Street", "910 Forbes Street", StreetLevel.ROAD),
        ("44 Forbes Street", "44 Main Street", StreetLevel.NUMBER),
        ("44 Forbes Street", "7 Ocean Drive", StreetLevel.DIFFERENT),
        ("Lincoln Park", "lincoln park", StreetLevel.EXACT),
        ("", "7 Ocean Drive", StreetLevel.MISSING),
    ],
)
def test_streets(one, other, level):
    assert facts_alike.street(street(one), street(other)) is level


def test_towns_and_codes_are_one_thing():
    one = locality("Riverside", "97401")
    assert facts_alike.locality(one, locality("riverside", "97401")) is LocalityLevel.EXACT
    assert facts_alike.locality(one, locality("Rivrside", "97401")) is LocalityLevel.NEARLY
    assert facts_alike.locality(one, locality("", "97401")) is LocalityLevel.EXACT
    assert facts_alike.locality(one, locality("Eugene", "97401")) is LocalityLevel.ONE
    assert facts_alike.locality(one, locality("Springfield", "10001")) is LocalityLevel.DIFFERENT


def test_phones_and_numbers_forgive_one_digit():
    assert facts_alike.phone("5415550142", "5415550142") is PhoneLevel.EXACT
    assert facts_alike.phone("5415550142", "5415550124") is PhoneLevel.DIGIT
    assert facts_alike.phone("5415550142", "2025559999") is PhoneLevel.DIFFERENT
    assert facts_alike.number(("ssn", "123456789"), ("jail", "123456789")) is NumberLevel.MISSING
    assert facts_alike.number(("ssn", "123456789"), ("ssn", "123456798")) is NumberLevel.DIGIT


def test_an_e_mail_address_is_no_phone_and_another_one_parts_nobody():
    assert facts_alike.phone("ruth@example.org", "ruth@example.org") is PhoneLevel.MAIL
    assert facts_alike.phone("ruth@example.org", "okafor@example.org") is PhoneLevel.MISSING
    assert facts_alike.phone("ruth@example.org", "5415550142") is PhoneLevel.MISSING
    assert mails_of(("Ruth@Example.org ", "ruth@example.org", "none", "")) == ("ruth@example.org",)


@given(births, births)
def test_births_agree_the_same_both_ways(one, other):
    assert facts_alike.birth(one, other) is facts_alike.birth(other, one)


@given(st.text(max_size=60))
def test_everything_agrees_with_itself_or_says_nothing(text):
    name = called(text, text)
    found = names_alike.name(name, name)
    assert found[0] in (Given.MISSING, Given.EXACT, Given.FULL, Given.INITIAL)
    assert found[1] in (Family.MISSING, Family.EXACT)
