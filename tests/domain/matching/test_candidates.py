"""Pairs are worth comparing by what they share; the work grows with the records."""

from dataclasses import replace
from random import Random

import pytest

from caseapp.domain.matching import candidates
from caseapp.domain.matching.candidates import pairs
from caseapp.domain.matching.profile import Born
from tests.crowd import FAMILY, GIVEN, profile


@pytest.mark.parametrize(
    ("one", "other", "is_compared"),
    [
        ({"born": Born(1980, 5, 17)}, {"born": Born(1980, 5, 17)}, False),
        ({"address": "12 Oak St"}, {"address": "12 Oak St"}, False),
        (
            {"born": Born(1980, 5, 17), "address": "12 Oak St"},
            {"born": Born(1980, 5, 17), "address": "12 Oak St"},
            True,
        ),
        ({"phone": "503 555 0142"}, {"phone": "503 555 0142"}, True),
    ],
)
def test_a_long_list_wants_more_in_common_than_a_birth_date_or_an_address(
    monkeypatch, one, other, is_compared
):
    both = [profile("Wanda", "Okafor", town="Salem", **one), profile("Pilar", "Zuniga", **other)]
    assert pairs(both) == [(0, 1)]
    monkeypatch.setattr(candidates, "SHORT_LIST", 1)
    assert pairs(both) == ([(0, 1)] if is_compared else [])


def test_a_long_list_wants_more_in_common_than_another_form_of_a_common_name(monkeypatch):
    names = [*((first, "Okafor") for first in 2 * GIVEN), *(("Bill", last) for last in 2 * FAMILY[1:])]
    others = [profile(*name, town=f"Town {n}") for n, name in enumerate(names)]
    bare = [profile("Bill", "Okafor", town="Salem"), profile("William", "Okafor"), *others]
    born = [
        replace(one, births=(Born(1980, month, 17),)) for one, month in zip(bare[:2], (1, 5), strict=True)
    ]
    assert (0, 1) in pairs(bare)
    monkeypatch.setattr(candidates, "SHORT_LIST", 1)
    assert (0, 1) not in pairs(bare)
    assert (0, 1) in pairs([*born, *others])


def test_work_grows_with_the_records_and_not_with_their_square():
    def at_a_shelter(count):
        born = ((1940 + n % 60, 1 + n % 12, 1 + n % 28) for n in range(count))
        names = Random(2)
        return [
            profile(names.choice(GIVEN), names.choice(FAMILY), one, address="1 Shelter Way") for one in born
        ]

    assert all(len(pairs(at_a_shelter(count))) < 60 * count for count in (1000, 4000, 8000))
    assert len(pairs([profile("James", "Okafor")] * 2000)) < 2000 * 10
