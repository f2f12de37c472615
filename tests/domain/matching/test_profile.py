"""A record is cut into what is compared; what stands where nothing was known is left out."""

from datetime import date

import pytest

from caseapp.domain.births import Birth
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


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("Al J", ("al", "j")),
        ("Van My", ("van", "my")),
        ("Al", ("al",)),
        ("Al-Amin", ("amin",)),
        ("Hung Van", ("hung",)),
    ],
)
def test_a_small_word_that_is_a_first_name_is_kept_before_another(given, words):
    assert called(given, "Smith").given == words
