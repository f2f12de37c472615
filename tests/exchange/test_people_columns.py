from datetime import date
from time import perf_counter

import pytest

from caseapp.domain.births import Birth
from caseapp.exchange import people_pairs, people_sheet
from caseapp.exchange import sheet as sheets
from caseapp.exchange.people_columns import NotPeople, columns_of_people
from caseapp.system import paths
from tests.builders import TODAY

COLUMNS = paths.resource("recogniser", "people-columns.toml")


def understood(header):
    names = header.split("|")
    found, _schemes = columns_of_people(names, COLUMNS)
    return {field: [names[place] for place in places] for field, places in found.items()}


def listed(text):
    sheet = sheets.read(text.encode(), "people.csv")
    return tuple(people_sheet.every_row(sheet, columns_file=COLUMNS, today=TODAY))


def test_reads_what_a_dispatch_export_calls_its_subjects():
    assert understood("Subject_Last|Subject_First|SubjectDOB|Est_Age|Subject Phone|Officer_First") == {
        "given": ["Subject_First"],
        "family": ["Subject_Last"],
        "birth": ["SubjectDOB"],
        "age": ["Est_Age"],
        "phone": ["Subject Phone"],
    }


def test_reads_a_clinic_register():
    assert understood(
        "Family Name|Given Name(s)|Legal Sex|Age at Visit|Visit Date|Home Address Line 1|Home Address Line 2"
        "|Home Address City|Home Address Postal Code|Emergency Phone"
    ) == {
        "given": ["Given Name(s)"],
        "family": ["Family Name"],
        "age": ["Age at Visit"],
        "seen_on": ["Visit Date"],
        "address": ["Home Address Line 1", "Home Address Line 2"],
        "city": ["Home Address City"],
        "zip": ["Home Address Postal Code"],
        "gender": ["Legal Sex"],
    }


@pytest.mark.parametrize(
    ("header", "field", "names"),
    [
        ("Name|Alias / AKA", "alias", ["Alias / AKA"]),
        ("Name|Street Name / Goes By", "alias", ["Street Name / Goes By"]),
        ("Name|DOB / Age", "birth", None),
        ("Name|M/F", "gender", ["M/F"]),
        ("Last, First|DOB", "full", ["Last, First"]),
        ("Name|Last Permanent Address|Apt", "address", ["Last Permanent Address"]),
        ("Name|Soc Sec (last 4)", "ssn", ["Soc Sec (last 4)"]),
        ("Name|Phone|Subject Phone", "phone", ["Phone", "Subject Phone"]),
        ("Name|Cell Phone #|Ph", "phone", ["Cell Phone #", "Ph"]),
        ("Name|AKAs", "alias", ["AKAs"]),
        ("NAM|SOC|RAC", "full", ["NAM"]),
        ("FIRST_NM|LAST_NM", "family", ["LAST_NM"]),
        ("Name|Birth Dt", "birth", ["Birth Dt"]),
        ("Name|Sex Code", "gender", ["Sex Code"]),
        ("Name|Booking #", "jail", ["Booking #"]),
        ("Name|Client #", "key", ["Client #"]),
        ("Name|Last 4 of SSN", "ssn", ["Last 4 of SSN"]),
        ("Name|Book Date/Time", "seen_on", ["Book Date/Time"]),
    ],
)
def test_reads_names_in_the_ways_of_outreach_and_shelters(header, field, names):
    assert understood(header).get(field) == names


def test_a_plain_name_goes_before_one_with_words_around():
    """Two addresses would be read as one that is nowhere."""
    assert understood("Name|Address|Mailing City|City|Prior Residential Address")["city"] == ["City"]
    assert understood("Name|Home Street|Mailing Street")["address"] == ["Home Street"]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Mother's Name",
            "Emergency Contact Phone",
            "Officer First",
            "Caller Phone",
            "Shelter Name",
            "Case number",
        ),
        *(
            "Date of Death",
            "Release Date",
            "Place of Birth",
            "Name Data Quality",
            "Home visit",
            "Client Status",
        ),
        *("Phone OK to leave message", "Address type", "Incident City", "Message", "Legal status"),
    ],
)
def test_what_speaks_of_others_or_of_something_else_is_not_read(name):
    assert understood(f"Name|{name}") == {"full": ["Name"]}


def test_of_several_whole_names_the_plainest_counts():
    (one,) = listed("Subject,Name\nwelfare check,Ana Vega\n")
    assert (one.given, one.family) == ("Ana", "Vega")


def test_a_last_name_before_a_marriage_is_another_whole_name():
    (one,) = listed("First,Last,Maiden Name\nAna,Vega,Reed\n")
    assert one.aliases == ("Reed, Ana",)
    assert [name[:2] for name in people_pairs.profile_of(one).names] == [
        (("ana",), ("vega",)),
        (("ana",), ("reed",)),
    ]


def test_refuses_a_list_without_names():
    with pytest.raises(NotPeople):
        understood("Mother First|Officer Last|DOB")


def test_a_suffix_in_a_column_of_its_own_parts_father_and_son():
    father, son, other = listed("Last,First,SFX\nReed,Sam,SR\nReed,Sam,Jr.\nReed,Sam,MD\n")
    assert (father.family, son.family, other.family) == ("Reed SR", "Reed Jr.", "Reed")


def test_a_flat_of_its_own_column_stands_behind_the_street():
    one, other = listed("Name,Address,Apt\nAna Vega,9 Elm St,4B\nRuth Reed,9 Elm St,Unit 2\n")
    assert (one.address, other.address) == ("9 Elm St #4B", "9 Elm St Unit 2")


def test_an_age_is_as_of_the_day_of_the_row():
    (one,) = listed("Name,Age,Booking Date\nAna Vega,40,03/05/2021\n")
    assert isinstance(one.birth, Birth) and one.birth.on < date(1981, 3, 6)


@pytest.mark.parametrize("name", ["s" * 2000, "home " * 400, "home " * 12 + "no " * 12])
def test_tells_of_a_column_of_words_around_no_name_at_once_that_it_is_not_read(name):
    begun = perf_counter()
    assert understood(f"Name|{name}") == {"full": ["Name"]}
    assert perf_counter() - begun < 2
