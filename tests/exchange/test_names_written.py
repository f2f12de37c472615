from time import perf_counter

import pytest

from caseapp.domain.matching.traits import profile_of
from caseapp.domain.people import NameKind, PersonKind
from caseapp.domain.people_lists import details_of, split_name
from caseapp.exchange import people_pairs, people_sheet
from caseapp.exchange import sheet as sheets
from caseapp.exchange.names_written import written
from caseapp.system import paths
from tests.builders import TODAY


def listed(text):
    sheet = sheets.read(text.encode(), "people.csv")
    columns = paths.resource("recogniser", "people-columns.toml")
    return tuple(people_sheet.every_row(sheet, columns_file=columns, today=TODAY))


@pytest.mark.parametrize(
    ("full", "given", "family"),
    [
        ("William St. Clair", "William", "St. Clair"),
        ("Robert St John", "Robert", "St John"),
        ("Fatima Abu Bakr", "Fatima", "Abu Bakr"),
        ("Lambert, Jr., Donald", "Donald", "Lambert Jr."),
        ("LAMBERT JR DONALD", "DONALD", "LAMBERT JR"),
        ("Donald Lambert, Jr", "Donald", "Lambert Jr"),
        ("Lambert, Donald T. Jr.", "Donald T. Jr.", "Lambert"),
        ("St. Clair", "St.", "Clair"),
    ],
)
def test_parts_a_whole_name(full, given, family):
    assert split_name(full) == (given, family)


@pytest.mark.parametrize(
    ("full", "given", "family"),
    [
        ("Marcus LNU", "Marcus", ""),
        ("LNU, Marcus", "Marcus", ""),
        ("FNU Hassan", "", "Hassan"),
        ("Hassan, FNU", "", "Hassan"),
        ("Smith, John NMN", "John", "Smith"),
        ("N/A, N/A", "", ""),
        ("Smith, N/A", "", "Smith"),
        ("Marcus (no last name)", "Marcus", ""),
        ("Robert (Bobby) Smith", "Robert (Bobby)", "Smith"),
        ("Unknown, Marcus", "Marcus", "Unknown"),
    ],
)
def test_what_says_that_a_part_was_not_known_is_no_name(full, given, family):
    assert written(full) == (given, family, "")


@pytest.mark.parametrize(
    "text",
    [
        "Unknown male about 30",
        "unk male 30s",
        "Refused to give name",
        "would not give name",
        "John Doe #2",
        "unknown male about 30, red parka",
        "older white male, walker, no name",
        "unk male black hoodie",
        "female in pajamas, about 25",
        "Unknown female, 50s, grey hair",
    ],
)
def test_a_description_in_the_place_of_a_name_names_nobody(text):
    (one,) = listed(f'Name\n"{text}"\n')
    assert people_pairs.profile_of(one).is_unknown
    details = details_of(one)
    assert (details.kind, details.description, details.names) == (PersonKind.UNKNOWN, text, ())


@pytest.mark.parametrize(("given", "family"), [("Ibrahim", "Age"), ("UNKNOWN", "WHITE"), ("Young", "Old")])
def test_a_name_made_of_such_words_stays_one(given, family):
    assert written(given=given, family=family) == (given, family, "")


@pytest.mark.parametrize(
    ("cell", "aliases"),
    [
        ("Bobby; Rob Smith", ("Bobby", "Rob Smith")),
        ("Bobby / Slim", ("Bobby", "Slim")),
        ("Bobby aka Slim", ("Bobby", "Slim")),
        ('"Bobby\nSlim"', ("Bobby", "Slim")),
        ("Akande", ("Akande",)),
    ],
)
def test_each_of_several_aliases_is_one(cell, aliases):
    (one,) = listed(f'Name,AKA\nAna Vega,"{cell.strip(chr(34))}"\n')
    assert one.aliases == aliases
    found = [name.given for name in details_of(one).names if name.kind is NameKind.ALIAS]
    assert tuple(found) == aliases


def test_an_alias_with_a_comma_is_a_whole_name():
    (one,) = listed('Name,AKA\nAna Vega,"Reed, Rosa"\n')
    assert one.aliases == ("Reed, Rosa",)
    assert (("rosa",), ("reed",)) in [name[:2] for name in people_pairs.profile_of(one).names]


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("541 555 0101 / 541 555 0102", ("541 555 0101", "541 555 0102")),
        ("541 555 0101 or 541 555 0102", ("541 555 0101", "541 555 0102")),
        ("541/555-0101", ("541/555-0101",)),
        ("c: 541 555 0101 h: (541) 555-0102", ("541 555 0101", "(541) 555-0102")),
    ],
)
def test_each_of_several_phones_is_one(cell, phones):
    (one,) = listed(f"Name,Phone\nAna Vega,{cell}\n")
    assert one.phones == phones


def test_reads_a_long_text_without_an_end_in_the_place_of_a_name_at_once():
    begun = perf_counter()
    assert written("(no " * 1500).family == "(no" and written("[" + "no " * 5000).family == "no"
    assert perf_counter() - begun < 2


def test_imports_a_name_of_before_a_marriage_as_it_is_compared():
    (person,) = listed("First,Last,Maiden Name,Alias\nAna,Vega,Lopez,Billy Ray\n")
    told = {(one.given, one.family) for one in details_of(person).names}
    assert told == {("Ana", "Vega"), ("Ana", "Lopez"), ("Billy Ray", "")}
    stored, compared = profile_of(details_of(person)), people_pairs.profile_of(person)
    assert [one[:2] for one in stored.names] == [one[:2] for one in compared.names if one.given]
