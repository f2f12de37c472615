from datetime import date

import pytest

from caseapp.domain.people import Birth, Identifier, Precision
from caseapp.exchange import people_sheet
from caseapp.exchange import sheet as sheets
from caseapp.system import paths
from tests.builders import HOSTILE, TODAY

COLUMNS = paths.resource("recogniser", "people-columns.toml")


def read(text, name="people.csv"):
    return people_sheet.read(sheets.read(text.encode(), name), columns_file=COLUMNS, today=TODAY)


def born(cell):
    reading = read(f"Name,DOB,Phone\nAna Vega,{cell},541 555 0101\nRuth Reed,1990-01-01,\n")
    return reading.people[0].birth if not reading.problems else reading.problems[0].reason


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("03/02/1976", Birth(date(1976, 3, 2))),
        ("3/2/76", Birth(date(1976, 3, 2))),
        ("3/2/31", Birth(date(1931, 3, 2))),
        ("1976", Birth(date(1976, 1, 1), Precision.YEAR)),
        ("03/1976", Birth(date(1976, 3, 1), Precision.MONTH)),
        ("Unknown", None),
        ("00/00/0000", None),
        ("1900-01-01", None),
        ("2031-01-01", "birth date in the future"),
        ("19761399", "birth date cannot be read"),
        ("last spring", "birth date cannot be read"),
    ],
)
def test_reads_a_birth_date_or_says_why_not(cell, expected):
    assert born(cell) == expected


def test_reads_a_list_with_spanish_headers():
    """A shelter across the border writes day before month."""
    (one,) = read(
        "Nombre,Primer apellido,Segundo apellido,Apodo,Fecha de nacimiento,Teléfono,Dirección,Ciudad\n"
        "Guadalupe,Ibarra,Soto,Lupe,25/04/1988,541 555 0142,Calle 9 12,Riverside\n"
    ).people
    assert (one.given, one.family, one.alias) == ("Guadalupe", "Ibarra Soto", "Lupe")
    assert one.birth == Birth(date(1988, 4, 25)) and one.phones == ("541 555 0142",)
    assert (one.address, one.city) == ("Calle 9 12", "Riverside")


def test_accounts_for_every_row_and_numbers_it_as_the_file_does():
    reading = read(
        "Client ID,First Name,Last Name,HMIS ID,Description\n"
        f'1,Ana,Vega,H7,"{HOSTILE.replace(chr(34), "")}"\n'
        "1,Ana,Vega,H7,other words\n"
        ",,,,\n"
        "2,,,,\n"
        "3,,,,gray coat\n"
    )
    assert [person.row for person in reading.people] == [2, 6]
    assert {one.row: one.reason for one in reading.problems} == {
        3: "row 2 has the same number with other facts",
        5: "no name and no description",
    }
    assert reading.skipped == {"blank": 1} and reading.rows == 5
    assert reading.people[0].identifiers == (Identifier("hmis", "H7"),)


def test_counts_a_gender_it_does_not_know():
    assert read("Name,Gender\nAna Vega,dragon\n").warnings == {"gender-not-understood": 1}


def test_gives_rejected_rows_back_as_they_came():
    text = 'Name,DOB,Note\n"=Vega, Ana",2031-01-01,"a, b"\nRuth Reed,1990-01-01,\n'
    rejects = people_sheet.write_rejects(read(text)).decode("utf-8-sig")
    assert rejects.splitlines()[0] == "caseapp row,caseapp reason,Name,DOB,Note"
    (person,) = read(rejects.replace("2031", "1991")).people
    assert (person.given, person.family) == ("Ana", "=Vega")
