from datetime import date

import pytest

from caseapp.domain.births import Birth, Precision, age_on, age_words, birth_by_age, birth_words, years_before


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1976, 3, 2), date(2026, 3, 1), 49),
        (date(1976, 3, 2), date(2026, 3, 2), 50),
        (date(2000, 2, 29), date(2025, 2, 28), 24),
        (date(2000, 2, 29), date(2025, 3, 1), 25),
        (date(2026, 3, 2), date(2026, 3, 2), 0),
    ],
)
def test_age_is_counted_in_whole_years(born, day, age):
    assert age_on(Birth(born), day) == age


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 11, 24)])
@pytest.mark.parametrize("age", [0, 1, 50])
def test_an_age_that_was_told_is_the_age_on_that_day(day, age):
    birth = birth_by_age(age, day)
    assert birth.precision is Precision.ESTIMATED and age_on(birth, day) == age


def test_a_leap_day_so_many_years_before_is_the_28th_where_there_is_none():
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
    assert years_before(date(2024, 2, 29), 4) == date(2020, 2, 29)


@pytest.mark.parametrize(
    ("precision", "born", "age"),
    [
        (Precision.DAY, "2 Mar 1976", "50"),
        (Precision.MONTH, "Mar 1976", "about 50"),
        (Precision.YEAR, "1976", "about 50"),
        (Precision.ESTIMATED, "about 1976", "about 50"),
    ],
)
def test_says_as_much_as_is_known(precision, born, age):
    birth = Birth(date(1976, 3, 2), precision)
    assert (birth_words(birth), age_words(birth, date(2026, 11, 24))) == (born, age)


def test_says_that_nothing_is_known():
    assert (birth_words(None), age_words(None, date(2026, 11, 24))) == ("", "age not recorded")
