"""Two values agree in one of a few levels that a person can name, whatever their order or spelling."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.births import Birth
from caseapp.domain.matching import facts_alike, names_alike
from caseapp.domain.matching.levels import (
    BirthLevel,
    Family,
    Given,
    LocalityLevel,
    NumberLevel,
    Order,
    PhoneLevel,
    StreetLevel,
)
from caseapp.domain.matching.profile import (
    Born,
    births_of,
    called,
    called_whole,
    is_nobody,
    locality,
    names_of,
    phones_of,
    place,
    street,
)

names = st.builds(called, st.text(max_size=30), st.text(max_size=30))
births = st.builds(
    Born, st.integers(1900, 2026), st.integers(1, 12), st.integers(1, 31), st.sampled_from((0, 0, 1, 3, 5))
)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("James", "james", Given.EXACT),
        ("James Earl", "James Earl", Given.FULL),
        ("James Earl", "James Roy", Given.MIDDLE),
        ("Mr. James", "James", Given.EXACT),
        ("Ms Ruth", "Mr James", Given.DIFFERENT),
        ("James E", "James Earl", Given.EXACT),
        ("Bill", "William", Given.SHORT),
        ("Will", "Bill", Given.SHORT),
        ("Robert", "William", Given.DIFFERENT),
        ("Fred", "William", Given.DIFFERENT),
        ("Pancho", "Francisco", Given.SHORT),
        ("José Luis", "Joseluis", Given.EXACT),
        ("Jennifer", "Jenifer", Given.CLOSE),
        ("Katherine", "Catherine", Given.SHORT),
        ("Gteg", "Gregory", Given.SOUND),
        ("Betr", "Herbert", Given.SOUND),
        ("J", "James", Given.INITIAL),
        ("J", "Kevin", Given.DIFFERENT),
        ("Earl", "James Earl", Given.CONTAINED),
        ("James", "Ruth", Given.DIFFERENT),
        ("", "Ruth", Given.MISSING),
    ],
)
def test_first_names(one, other, level):
    assert names_alike.given(called(one, "").given, called(other, "").given) is level
    assert names_alike.given(called(other, "").given, called(one, "").given) is level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("García López", "Lopez Garcia", Family.EXACT),
        ("Fitzgerald-Ross", "Fitzgerald Ross", Family.EXACT),
        ("De la Cruz", "Cruz", Family.EXACT),
        ("O'Brien", "OBrien", Family.EXACT),
        ("García López", "García", Family.PART),
        ("Hernandez", "Hernandes", Family.CLOSE),
        ("Smyth", "Smith", Family.CLOSE),
        ("Nguyen", "Nguyễn", Family.EXACT),
        ("García L.", "García", Family.EXACT),
        ("García L.", "Lopez García", Family.PART),
        ("Cortez de la O", "Cortez", Family.PART),
        ("O.", "Okafor", Family.MISSING),
        ("M.", "Okafor", Family.DIFFERENT),
        ("Okafor", "Miller", Family.DIFFERENT),
        ("Okafor", "", Family.MISSING),
    ],
)
def test_last_names(one, other, level):
    assert names_alike.family(called("", one).family, called("", other).family) is level


def test_a_last_name_in_front_is_seen_beside_another_first_name():
    one, other = called("Bethany", "Crook"), called("Crook", "Channing")
    assert names_alike.name(one, other) == (Given.DIFFERENT, Family.EXACT, Order.SWAPPED)


def test_crossed_names_are_seen():
    assert names_alike.name(called("James", "Okafor"), called("Okafor", "James")) == (
        Given.EXACT,
        Family.EXACT,
        Order.SWAPPED,
    )


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (Born(1976, 3, 2), Born(1976, 3, 2), BirthLevel.EXACT),
        (Born(1976, 3, 2), Born(1976, 2, 3), BirthLevel.SWAPPED),
        (Born(1976, 3, 2), Born(1976, 3, 7), BirthLevel.DIGIT),
        (Born(1976, 3, 2), Born(1967, 3, 2), BirthLevel.DIGIT),
        (Born(1976, 1, 1), Born(1977, 6, 20), BirthLevel.FIRST_OF_YEAR),
        (Born(1976, 3, 2), Born(1958, 3, 2), BirthLevel.TWO_PARTS),
        (Born(1976, 3, 2), Born(1976, 11, 25), BirthLevel.YEAR),
        (Born(1976, 3, 2), Born(1978, 11, 25), BirthLevel.NEAR),
        (Born(1976, 3, 2), Born(1948, 11, 25), BirthLevel.GENERATION),
        (Born(1976, 3, 2), Born(1985, 11, 25), BirthLevel.DIFFERENT),
        (Born(1976, 3, 2), Born(1977, 0, 0, 3), BirthLevel.AGE_FITS),
        (Born(1976, 3, 2), Born(1990, 0, 0, 3), BirthLevel.AGE_NOT),
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


def test_a_middle_name_told_as_the_last_one_speaks_against_nobody():
    told, known = called_whole("Yusuf Kelly"), called("Yusuf Kelly", "Petitti")
    assert names_alike.name(told, known) == (Given.FULL, Family.MISSING, Order.STRAIGHT)
    assert names_alike.name(called_whole("Yusuf Kelso"), known)[1] is Family.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Vincent Mckinley Sr", "Vincent Mckinley Jr.", Given.MIDDLE),
        ("Vince Mckinley III", "Vincent Mckinley, Jr.", Given.MIDDLE),
        ("Vincent Mckinley II", "Mckinley, Vincent Jr", Given.EXACT),
        ("Vincent Mckinley 2nd", "Vincent Mckinley Jr", Given.EXACT),
        ("Vincent Mckinley", "Vincent Mckinley Jr", Given.EXACT),
        ("Sr. Vincent Mckinley", "Vincent Mckinley Jr", Given.EXACT),
    ],
)
def test_senior_and_junior_are_two(one, other, level):
    assert names_alike.name(called_whole(one), called_whole(other)) == (level, Family.EXACT, Order.STRAIGHT)


@given(names, names)
def test_names_agree_the_same_both_ways(one, other):
    straight, back = names_alike.name(one, other), names_alike.name(other, one)
    assert names_alike.rank(straight) == pytest.approx(names_alike.rank(back))


@given(births, births)
def test_births_agree_the_same_both_ways(one, other):
    assert facts_alike.birth(one, other) is facts_alike.birth(other, one)


@given(st.text(max_size=60))
def test_everything_agrees_with_itself_or_says_nothing(text):
    name = called(text, text)
    found = names_alike.name(name, name)
    assert found[0] in (Given.MISSING, Given.EXACT, Given.FULL, Given.INITIAL)
    assert found[1] in (Family.MISSING, Family.EXACT)


@pytest.mark.parametrize(
    "text", ["Unknown", "unknown male", "JOHN DOE", "Jane Doe", "anonymous", "not known"]
)
def test_placeholders_name_nobody(text):
    assert is_nobody(text)


@pytest.mark.parametrize("text", ["Manny", "Noah Male-Reyes", "Jane Doerr", "", "!!!", "N A"])
def test_names_are_not_placeholders(text):
    assert not is_nobody(text)


def test_cuts_an_address_line_into_street_and_town():
    assert place("44 Forbes Street, Riverside OR 97401") == (
        street("44 Forbes Street"),
        locality("Riverside", "97401"),
    )


def test_takes_a_whole_name_in_either_order():
    assert called_whole("Okafor, James") == called_whole("James Okafor") == called("James", "Okafor")


@pytest.mark.parametrize("text", ["homeless", "N/A", "No Fixed Address", "sin hogar", "NFA"])
def test_nobody_lives_where_no_address_was_told(text):
    assert street(text) == ("", "")


def test_streets_that_only_begin_so_are_streets():
    assert street("12 Homeless Ave").words == "homeless ave"


@pytest.mark.parametrize("text", ["1900-01-01", "1901-01-01", "00000000", "1875-04-04"])
def test_days_that_stand_for_no_birth_date_are_none(text):
    assert births_of(None, text) == ()


def test_most_of_a_date_is_kept():
    assert births_of(None, "19931345") == (Born(1993, 13, 45),)
    assert births_of(Birth(date(1900, 6, 2))) == (Born(1900, 6, 2),)


def test_one_digit_over_and_over_is_no_phone():
    assert phones_of(("(999) 999-9999", "541 555 0142")) == ("5415550142",)


def test_placeholders_in_two_fields_name_nobody():
    told = (("Jane", "Doe", False), ("Big Mike", "", True))
    assert names_of(told) == (called("Big Mike", "", is_alias=True),)


@pytest.mark.parametrize(
    "text",
    [
        "17 Brown St #9B",
        "17 Brown Street # 9B",
        "17 Brown St Apt. 9B",
        "#9B 17 Brown St",
        "17 Brown St Lot 4",
    ],
)
def test_a_flat_is_no_part_of_its_street_however_it_is_written(text):
    assert street(text) == street("17 Brown St")


@pytest.mark.parametrize(
    "text", ["Apt 9B, 17 Brown St, Riverside OR 97401", "17 Brown St, #9B, Riverside OR 97401"]
)
def test_a_flat_is_neither_street_nor_town(text):
    assert place(text) == place("17 Brown St, Riverside OR 97401")
