"""Names are counted by people, and what a shelter or a form gives to everybody makes nobody one person."""

from dataclasses import replace

import pytest

from caseapp.domain.matching import lists
from caseapp.domain.matching.frequencies import count, people_of
from caseapp.domain.matching.profile import Born, phones_of
from tests.crowd import crowd, profile

OF_A_SHELTER = {"phones": phones_of(("541-555-0100",))}
WHERE_NONE_IS_KNOWN = {"births": (Born(1980, 1, 1),)}


@pytest.mark.parametrize("held_by_all", [OF_A_SHELTER, WHERE_NONE_IS_KNOWN, OF_A_SHELTER | {"births": ()}])
def test_one_phone_or_one_date_of_everybody_makes_nobody_another(held_by_all):
    assert lists.match([replace(one, **held_by_all) for one in crowd(600)]).groups == ()


@pytest.mark.parametrize("held_by_all", [OF_A_SHELTER, WHERE_NONE_IS_KNOWN])
def test_names_are_as_common_as_among_people_who_share_nothing(held_by_all):
    people = crowd(600)
    common = count([replace(one, **held_by_all) for one in people]).average["given"]
    assert common == pytest.approx(count(people).average["given"], rel=0.2)


def test_calls_of_one_person_by_their_own_phone_count_as_one():
    calls = [profile("Ana", f"Vega {word}", phone="541-555-0117") for word in ("", "Ruiz", "de Leon")]
    assert len(set(people_of([*calls, profile("Otis", "Vega", phone="541-555-0117")]))) == 2
