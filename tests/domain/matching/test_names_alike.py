"""Names agree in one of a few levels, whatever their order or spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.matching import names_alike
from caseapp.domain.matching.levels import (
    Family,
    Given,
    Order,
)
from caseapp.domain.matching.profile import (
    called,
    called_whole,
)

names = st.builds(called, st.text(max_size=30), st.text(max_size=30))


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("James", "james", Given.EXACT),
        ("James Earl", "James Earl", Given.FULL),
        ("James Earl", "James Roy", Given.MIDDLE),
        ("Mr. James", "James", Given.EXACT),
        ("Ms Ruth", "Mr James", Given.DIFFERENT),
        ("James E", "James Earl", Given.EXACT),
        ("Bill", "William", Given.SHORT),
        ("Will", "Bill", Given.SHORT),
        ("Robert", "William", Given.DIFFERENT),
        ("Fred", "William", Given.DIFFERENT),
        ("Pancho", "Francisco", Given.SHORT),
        ("José Luis", "Joseluis", Given.EXACT),
        ("Jennifer", "Jenifer", Given.CLOSE),
        ("Katherine", "Catherine", Given.SHORT),
        ("Gteg", "Gregory", Given.SOUND),
        ("Betr", "Herbert", Given.SOUND),
        ("J", "James", Given.INITIAL),
        ("J", "Kevin", Given.DIFFERENT),
        ("J Earl", "James Roy", Given.DIFFERENT),
        ("J Earl", "James E", Given.INITIAL),
        ("Earl", "James Earl", Given.CONTAINED),
        ("Vinh V", "Tien V", Given.DIFFERENT),
        ("James", "Ruth", Given.DIFFERENT),
        ("", "Ruth", Given.MISSING),
    ],
)
def test_first_names(one, other, level):
    assert names_alike.given(called(one, "").given, called(other, "").given) is level
    assert names_alike.given(called(other, "").given, called(one, "").given) is level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("García López", "Lopez Garcia", Family.EXACT),
        ("Fitzgerald-Ross", "Fitzgerald Ross", Family.EXACT),
        ("De la Cruz", "Cruz", Family.EXACT),
        ("O'Brien", "OBrien", Family.EXACT),
        ("García López", "García", Family.PART),
        ("Hernandez", "Hernandes", Family.CLOSE),
        ("Smyth", "Smith", Family.CLOSE),
        ("Nguyen", "Nguyễn", Family.EXACT),
        ("García L.", "García", Family.EXACT),
        ("García L.", "Lopez García", Family.PART),
        ("Cortez de la O", "Cortez", Family.PART),
        ("O.", "Okafor", Family.MISSING),
        ("M.", "Okafor", Family.DIFFERENT),
        ("Okafor", "Miller", Family.DIFFERENT),
        ("Okafor", "", Family.MISSING),
    ],
)
def test_last_names(one, other, level):
    assert names_alike.family(called("", one).family, called("", other).family) is level


def test_a_last_name_in_front_is_seen_beside_another_first_name():
    one, other = called("Bethany", "Crook"), called("Crook", "Channing")
    assert names_alike.name(one, other) == (Given.DIFFERENT, Family.EXACT, Order.SWAPPED)


def test_crossed_names_are_seen():
    assert names_alike.name(called("James", "Okafor"), called("Okafor", "James")) == (
        Given.EXACT,
        Family.EXACT,
        Order.SWAPPED,
    )


def test_a_middle_name_told_as_the_last_one_speaks_against_nobody():
    told, known = called_whole("Yusuf Kelly"), called("Yusuf Kelly", "Petitti")
    assert names_alike.name(told, known) == (Given.FULL, Family.MISSING, Order.STRAIGHT)
    assert names_alike.name(called_whole("Yusuf Kelso"), known)[1] is Family.DIFFERENT
    lone = called("", "Yusuf")
    assert names_alike.name(lone, called("Yusuf", "Petitti")) == (Given.EXACT, Family.MISSING, Order.STRAIGHT)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Vincent Mckinley Sr", "Vincent Mckinley Jr.", Given.LINE),
        ("Vince Mckinley III", "Vincent Mckinley, Jr.", Given.LINE),
        ("V. Mckinley III", "Vincent Mckinley, Jr.", Given.LINE),
        ("Vincent Mckinley II", "Mckinley, Vincent Jr", Given.EXACT),
        ("Vincent Mckinley 2nd", "Vincent Mckinley Jr", Given.EXACT),
        ("Vincent Mckinley", "Vincent Mckinley Jr", Given.EXACT),
        ("Sr. Vincent Mckinley", "Vincent Mckinley Jr", Given.EXACT),
    ],
)
def test_senior_and_junior_are_two(one, other, level):
    assert names_alike.name(called_whole(one), called_whole(other)) == (level, Family.EXACT, Order.STRAIGHT)


@given(names, names)
def test_names_agree_the_same_both_ways(one, other):
    straight, back = names_alike.name(one, other), names_alike.name(other, one)
    assert names_alike.rank(straight) == pytest.approx(names_alike.rank(back))
