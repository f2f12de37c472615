"""What is told of somebody is asked for under every reading and every slip that is likely."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from caseapp.domain.matching.intake import AT_MOST, SHOWN, least_of, telling_keys
from caseapp.domain.matching.profile import Profile, called
from caseapp.domain.matching.traits import Traits, as_percent
from caseapp.domain.names import a_slip_apart
from caseapp.domain.short_forms import forms_of, groups_of
from tests.builders import TODAY

words = st.text("abcdefghij", min_size=4, max_size=12)


def keys_of(given_name, family):
    return telling_keys(Profile(names=(called(given_name, family),)))


@given(words, words)
def test_a_word_is_a_slip_apart_exactly_where_one_slip_makes_it(one, other):
    near = OSA.distance(one, other) == 1
    assert (other in a_slip_apart(one)) is near
    assert one not in a_slip_apart(one)


@pytest.mark.parametrize("word", ["", "ana", "x" * 10_000])
def test_short_and_endless_words_have_no_slips(word):
    assert a_slip_apart(word) == frozenset()


def test_a_name_is_among_its_own_forms_and_those_of_its_groups():
    assert {"volodymyr", "vladimir", "vova"} <= forms_of("vladimir") and forms_of("xyzzy") == {"xyzzy"}


@pytest.mark.parametrize(
    ("full", "short"),
    [
        *(("luis", "wicho"), ("moises", "moy"), ("mohammed", "moe"), ("maurice", "moe"), ("lourdes", "lulu")),
        *(("graciela", "chela"), ("gilberto", "beto"), ("leopoldo", "polo"), ("tyrone", "ty")),
    ],
)
def test_everyday_short_forms_are_known(full, short):
    assert short in forms_of(full) and not groups_of(full).isdisjoint(groups_of(short))


@pytest.mark.parametrize(("one", "other"), [("luis", "mauricio"), ("graciela", "lourdes"), ("mary", "rosa")])
def test_names_of_different_people_share_no_group(one, other):
    assert groups_of(one).isdisjoint(groups_of(other))


@pytest.mark.parametrize(
    ("right", "slipped"),
    [("Rosen", "Roden"), ("Wong", "Woong"), ("Aguilera", "Agguilera"), ("Crank", "Crakn")],
)
def test_a_slip_within_a_last_name_leaves_a_key_with_the_initial(right, slipped):
    shared = {key for key in keys_of("Janet", right) & keys_of("Jan", slipped) if key.startswith("v")}
    assert len(shared) == 1


def test_an_alias_borrows_the_last_name_that_was_told():
    profile = Traits(names=("Granado, Joaquín", "Ignacio")).profile(today=TODAY)
    assert [name.family for name in profile.names] == [("granado",), ("granado",)]


def test_an_alias_of_two_words_may_be_two_first_names():
    profile = Traits(names=("Kovalenko, Yousef", "Mohammed Steve")).profile(today=TODAY)
    assert called("Mohammed Steve", "Kovalenko", is_alias=True) in profile.names


def test_more_than_is_offered_by_itself_is_asked_for():
    assert least_of(AT_MOST) == SHOWN and least_of(AT_MOST + 1) == 0.0


@pytest.mark.parametrize(("probability", "shown"), [(0.0, 0), (0.914, 91), (0.9999, 99), (1.0, 99)])
def test_no_likelihood_is_shown_as_a_certainty(probability, shown):
    assert as_percent(probability) == shown
