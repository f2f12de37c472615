from datetime import date

import pytest

from caseapp.domain.births import Birth, Precision
from caseapp.domain.matching.profile import Born
from caseapp.domain.people import Identifier
from caseapp.domain.people_lists import details_of
from caseapp.exchange import people_pairs, people_sheet
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
        ("1901-01-01", None),
        ("01/01/1901", None),
        ("1901", Birth(date(1901, 1, 1), Precision.YEAR)),
        ("1901-01-02", Birth(date(1901, 1, 2))),
        ("Not recorded", None),
        ("N/A", None),
        ("2031-01-01", "birth date in the future"),
        ("19761399", "birth date cannot be read"),
        ("last spring", "birth date cannot be read"),
    ],
)
def test_reads_a_birth_date_or_says_why_not(cell, expected):
    assert born(cell) == expected


@pytest.mark.parametrize(
    "last",
    [
        "Total: 2,,",
        "Total,2,",
        ",Grand Total,2",
        "TOTAL INMATES: 2,,",
        "2 records,,",
        "*** END OF REPORT ***,,",
    ],
)
def test_takes_nobody_out_of_the_row_that_counts_those_above(last):
    """“Total: 2” of a roster became a person of that name."""
    reading = read(f"Name,DOB,Cell\nAna Vega,1990-01-01,A-12\nRuth Total,1990-01-02,B-3\n{last}\n")
    assert [one.family for one in reading.people] == ["Vega", "Total"] and reading.skipped == {"total": 1}


@pytest.mark.parametrize("header", ["Fecha Nac.", "Fec. Nac.", "F. Nacimiento"])
def test_reads_a_birth_date_under_a_short_spanish_header(header):
    reading = read(f"Nombre;Apellidos;{header}\nLupe;Ramírez;20/06/1967\n")
    assert reading.people[0].birth == Birth(date(1967, 6, 20))


@pytest.mark.parametrize("cell", ["1900-01-01", "1901-01-01"])
def test_counts_a_day_that_stands_for_no_birth_date(cell):
    reading = read(f"Name,DOB\nAna Vega,{cell}\n")
    assert reading.people[0].birth is None and reading.warnings == {"birth-date-dropped": 1}


@pytest.mark.parametrize(
    ("whole", "given", "family"),
    [
        ("Ana de la Cruz", "Ana", "de la Cruz"),
        ("Jan van den Berg", "Jan", "van den Berg"),
        ("Omar ibn Said", "Omar", "ibn Said"),
        ("Maria San Martin", "Maria", "San Martin"),
        ("Abu Said", "Abu", "Said"),
    ],
)
def test_small_words_stay_with_the_family_name_behind_them(whole, given, family):
    (one,) = read(f"Name\n{whole}\n").people
    assert (one.given, one.family) == (given, family)


def test_reads_a_list_with_spanish_headers():
    """A shelter across the border writes day before month."""
    (one,) = read(
        "Nombre,Primer apellido,Segundo apellido,Apodo,Fecha de nacimiento,Teléfono,Dirección,Ciudad\n"
        "Guadalupe,Ibarra,Soto,Lupe,25/04/1988,541 555 0142,Calle 9 12,Riverside\n"
    ).people
    assert (one.given, one.family, one.aliases) == ("Guadalupe", "Ibarra Soto", ("Lupe",))
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


def test_counts_rows_without_a_number_that_say_what_another_says():
    reading = read(
        "Name,DOB\nAna Vega,1990-01-01\nAna Vega,1990-01-01\nAna Vega,1990-01-02\n,\nAna Vega,1990-01-01\n"
    )
    assert reading.warnings == {"row-repeated-without-a-number": 2} and len(reading.people) == 4


def test_gives_rejected_rows_back_as_they_came():
    text = 'Name,DOB,Note\n"=Vega, Ana",2031-01-01,"a, b"\nRuth Reed,1990-01-01,\n'
    rejects = people_sheet.write_rejects(read(text)).decode("utf-8-sig")
    assert rejects.splitlines()[0] == "caseapp row,caseapp reason,Name,DOB,Note"
    (person,) = read(rejects.replace("2031", "1991")).people
    assert (person.given, person.family) == ("Ana", "=Vega")


def listed(text):
    sheet = sheets.read(text.encode(), "people.csv")
    return tuple(people_sheet.every_row(sheet, columns_file=COLUMNS, today=TODAY))


@pytest.mark.parametrize("cell", ["2099-01-01", "1900-01-01", "1901-01-01", "20990101", ""])
def test_an_age_counts_where_the_date_beside_it_cannot_be(cell):
    (one,) = listed(f"Name,DOB,Age\nAna Vega,{cell},40\n")
    assert one.birth is not None and one.birth.precision is Precision.ESTIMATED
    (one,) = listed(f"Name,DOB\nAna Vega,{cell}\n")
    assert not people_pairs.profile_of(one).births


def test_most_of_a_date_is_compared():
    (one,) = listed("Name,DOB\nAna Vega,19761399\n")
    assert people_pairs.profile_of(one).births == (Born(1976, 13, 99),)


def test_somebody_called_like_an_empty_cell_keeps_their_name():
    one, other = listed("First name,Last name,City\nNan,Reed,Na\nnan,Reed,NaN\n")
    assert (one.given, one.city, other.given) == ("Nan", "", "")


def test_whoever_has_neither_name_nor_birth_date_is_unknown():
    """Such a row is never linked by itself, whatever place or phone, which may be a shelter's, it shares."""
    header = "First name,Last name,Gender,DOB,Age,Address,Phone\n"
    rows = (
        ",,Male,,,Birch & 9th,",
        ",,Male,,40,Birch & 9th,",
        ",,Male,,40,,541 555 0142",
        ",,Male,3/5/1980,,,",
    )
    *unknown, known = listed(header + "\n".join(rows))
    assert all(people_pairs.profile_of(one).is_unknown for one in unknown)
    assert not people_pairs.profile_of(known).is_unknown


def test_columns_for_each_gender_are_read_whichever_of_them_a_list_has():
    people = listed(
        "FirstName,LastName,Woman,Man\nAna,Vega,1,0\nJo,Reed,0,1\nMo,Lee,1,1\nLu,Ito,0,0\nKi,Orr,99,\n"
    )
    assert [one.gender for one in people] == ["woman", "man", "", "", ""]
    assert [one.gender for one in listed("FirstName,LastName,Woman\nAna,Vega,1\n")] == ["woman"]


def test_a_day_on_which_somebody_was_met_dates_their_age():
    (one,) = listed("Name,Age,Met on\nAna Vega,40,2020-03-01\n")
    assert one.birth is not None and one.birth.on.year == 1980


def test_a_number_of_the_row_alone_says_not_who_somebody_is():
    header = "Booking No,Inmate Name,DOB,Age,Sex,Phone\n"
    (booked,) = read(header + "B1,UNKNOWN MALE ABOUT 45,,45,M,5415550101\n").people
    assert people_pairs.profile_of(booked).is_unknown


@pytest.mark.parametrize(
    ("column", "codes"),
    [
        (("0", "1", "1", "99"), ["woman", "man", "man", ""]),
        (("1", "8", "9", ""), ["man", "unknown", "declined", ""]),
        (("1", "2", "0", "9"), ["man", "woman", "", ""]),
    ],
)
def test_numbers_of_a_column_of_sexes_say_what_its_list_means_by_them(column, codes):
    reading = read("Name,Sex\n" + "".join(f"Ana Vega{n},{one}\n" for n, one in enumerate(column)))
    assert [details_of(one).gender for one in reading.people] == codes
    assert not reading.warnings


def test_whom_an_extract_has_as_deleted_is_nobody_to_look_at():
    text = "PersonalID,FirstName,LastName,DateDeleted\n1,Ana,Vega,\n2,Ana,Vego,2026-03-05 10:11:12\n"
    reading = read(text)
    assert [one.given + one.family for one in reading.people] == ["AnaVega"]
    assert reading.skipped == {"deleted": 1} and reading.rows == 2 and not reading.problems
    assert len(listed(text)) == 1


@pytest.mark.parametrize("column", [("1", "2", "3"), ("0", "0"), ("1", "male", "7")])
def test_numbers_that_no_list_explains_say_nothing(column):
    reading = read("Name,Sex\n" + "".join(f"Ana Vega{n},{one}\n" for n, one in enumerate(column)))
    assert not {details_of(one).gender for one in reading.people} - {"", "man"}
    assert reading.warnings["gender-not-understood"] >= 2


@pytest.mark.parametrize(
    ("cell", "sex"), [("Woman", "f"), ("Female", "f"), ("M", "m"), ("Unknown", ""), ("Nonbinary", "")]
)
def test_only_men_and_women_are_told_apart_by_gender(cell, sex):
    (one,) = listed(f"Name,Gender\nAna Vega,{cell}\n")
    assert people_pairs.profile_of(one).sex == sex


@pytest.mark.parametrize("cell", ["999-99-9999", "XXX-XX-XXXX", "xxxxxxxxx", "000000000", "123-45-6789", "-"])
def test_a_number_that_nobody_has_is_left_out_and_counted(cell):
    reading = read(f"Name,SSN\nAna Vega,{cell}\n")
    assert reading.people[0].identifiers == ()
    assert reading.warnings == ({} if cell == "-" else {"number-dropped": 1})


def test_the_last_four_digits_of_a_social_security_number_meet_the_whole():
    whole, masked, last, short = map(
        people_pairs.profile_of,
        listed("Name,SSN\nAna Vega,123-45-6734\nAna Vega,XXX-XX-6734\nAna Vega,6734\nAna Vega,67\n"),
    )
    assert set(masked.numbers) == set(last.numbers) <= set(whole.numbers) and masked.numbers
    assert ("ssn", "123456734") in whole.numbers and not short.numbers


def test_a_town_behind_the_street_is_no_part_of_it():
    one, other = listed('Name,Address\nAna Vega,"9 Elm St, Riverside, OR 97401"\nAna Vega,9 Elm Street\n')
    assert people_pairs.profile_of(one).streets == people_pairs.profile_of(other).streets
    (lines,) = listed('Name,Address\nAna Vega,"9 Elm St\nRiverside, OR 97401"\n')
    assert people_pairs.profile_of(lines).streets == people_pairs.profile_of(one).streets


def test_what_a_spreadsheet_did_to_a_number_is_undone():
    spoilt, right = map(
        people_pairs.profile_of,
        listed("Name,Phone,SSN\nAna Vega,5415550101.0,719.0\nAna Vega,541 555 0101,0719\n"),
    )
    assert spoilt.phones == right.phones and spoilt.numbers == right.numbers and right.numbers


@pytest.mark.parametrize("cell", ["541-000-0000", "(999) 999-9999", "123-456-7890", "911"])
def test_a_phone_that_nobody_has_is_left_out_and_counted(cell):
    reading = read(f"Name,Phone\nAna Vega,{cell}\n")
    assert reading.people[0].phones == () and reading.warnings == {"phone-dropped": 1}


@pytest.mark.parametrize("cell", ["UNK", "Unknown", "Homeless", "Transient", "Refused"])
def test_a_town_that_nobody_knows_is_none(cell):
    (one,) = listed(f"Name,City\nAna Vega,{cell}\n")
    assert not people_pairs.profile_of(one).localities
