from datetime import date

import pytest

from caseapp.domain.births import Birth, Precision
from caseapp.exchange import people_sheet
from caseapp.exchange import sheet as sheets
from caseapp.system import paths
from tests.builders import TODAY


def births(text):
    sheet = sheets.read(text.encode(), "people.csv")
    columns = paths.resource("recogniser", "people-columns.toml")
    return [one.birth for one in people_sheet.every_row(sheet, columns_file=columns, today=TODAY)]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("17888", date(1948, 12, 21)),
        ("19999.0", date(1954, 10, 2)),
        ("26359", date(1972, 3, 1)),
        ("030587", date(1987, 3, 5)),
        ("123199", date(1999, 12, 31)),
        ("19870305.0", date(1987, 3, 5)),
        ("05MAR87", date(1987, 3, 5)),
        ("March 5th 1987", date(1987, 3, 5)),
        ("3 / 5 / 1987", date(1987, 3, 5)),
        ("3/5/1987 (38)", date(1987, 3, 5)),
    ],
)
def test_reads_a_day_of_birth_as_spreadsheets_and_booking_systems_have_it(cell, day):
    """Whoever was born before October 1954 had no birth, and an import refused their row."""
    assert births(f"Name,DOB\nAna Vega,{cell}\n") == [Birth(day)]


def test_six_digits_have_the_day_first_where_the_list_has_it_so():
    list_of_births = "Name,DOB\nAna Vega,{}\nBo Lind,030587\nCy Moss,250387\n"
    assert births(list_of_births.format("13/04/1990"))[1:] == [
        Birth(date(1987, 5, 3)),
        Birth(date(1987, 3, 25)),
    ]
    assert births(list_of_births.format("04/13/1990"))[1:] == [Birth(date(1987, 3, 5)), None]


def test_six_digits_that_are_no_day_are_none():
    assert births("Name,DOB\nAna Vega,870305\n") == [None]


def test_a_range_of_ages_is_an_estimate_as_of_the_row():
    (birth,) = births("Name,Age,Contact date\nAna Vega,30s,2021-03-05\n")
    assert birth == Birth(date(1986, 3, 5), Precision.ESTIMATED)


@pytest.mark.parametrize(
    ("cell", "on", "precision"),
    [
        ("XX/XX/1987", date(1987, 1, 1), Precision.YEAR),
        ("1987-00-00", date(1987, 1, 1), Precision.YEAR),
        ("3/?/1987", date(1987, 3, 1), Precision.MONTH),
        ("1987-03-XX", date(1987, 3, 1), Precision.MONTH),
        ("March 1987", date(1987, 3, 1), Precision.MONTH),
        ("c. 1987", date(1987, 1, 1), Precision.ESTIMATED),
        ("1987?", date(1987, 1, 1), Precision.ESTIMATED),
        ("(est) 1/1/1987", date(1987, 1, 1), Precision.ESTIMATED),
    ],
)
def test_reads_as_much_of_a_birth_as_is_written(cell, on, precision):
    assert births(f"Name,DOB\nAna Vega,{cell}\n") == [Birth(on, precision)]


@pytest.mark.parametrize("cell", ["XX/XX/XXXX", "13/?/1987", "00/00/0000", "1987-99-XX", "spring 1987"])
def test_what_tells_no_birth_is_none(cell):
    assert births(f"Name,DOB\nAna Vega,{cell}\n") == [None]
