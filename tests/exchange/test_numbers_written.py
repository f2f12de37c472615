from time import perf_counter

import pytest

from caseapp.domain.matching.comparison import compare
from caseapp.domain.matching.frequencies import Frequencies
from caseapp.domain.matching.levels import NumberLevel
from caseapp.domain.people import Identifier
from caseapp.exchange import people_pairs, people_sheet
from caseapp.exchange import sheet as sheets
from caseapp.exchange.numbers_written import numbers_in
from caseapp.system import paths
from tests.builders import TODAY


def numbers(*cells):
    rows = "".join(f'Ana Vega,"{cell}"\n' for cell in cells)
    sheet = sheets.read(f"Name,ID numbers\n{rows}".encode(), "people.csv")
    columns = paths.resource("recogniser", "people-columns.toml")
    return tuple(people_sheet.every_row(sheet, columns_file=columns, today=TODAY))


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("DOC C092176 SSN 1234", [("doc", "C092176"), ("ssn", "1234")]),
        ("HMIS ID: 4711; SSN xxx-xx-6734", [("hmis", "4711"), ("ssn", "6734")]),
        ("Medicaid #AB12345X", [("medicaid", "AB12345X")]),
        ("A1234567, 42", [("other", "A1234567"), ("other", "42")]),
        ("SSN 999999999", []),
        ("none", []),
    ],
)
def test_reads_each_number_with_its_system(cell, found):
    (one,) = numbers(cell)
    assert one.identifiers == tuple(Identifier(*each) for each in found)


def test_numbers_of_no_named_system_part_nobody():
    one, same, other = map(people_pairs.profile_of, numbers("A1234567", "a1234567", "B7654321"))
    assert compare(one, same, Frequencies())[0].number is NumberLevel.EXACT
    assert compare(one, other, Frequencies())[0].number is NumberLevel.MISSING


def test_looks_through_a_long_text_without_a_number_at_once():
    begun = perf_counter()
    assert numbers_in("a " * 16_000, {}) == []
    assert perf_counter() - begun < 2
