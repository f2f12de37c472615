"""Two records of one person share a key: a slip of the hand in a last name hides nobody."""

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.matching.blocks import in_one_or_two, keys_of, slips
from caseapp.domain.matching.candidates import pairs
from caseapp.domain.matching.intake import telling_keys, wanted_keys
from caseapp.domain.matching.profile import Profile, called, is_nobody
from caseapp.domain.names import a_slip_apart

LAST_NAMES = st.text(ascii_lowercase, min_size=4, max_size=12).filter(lambda name: not is_nobody(name))


def person(given, family):
    return Profile(names=(called(given, family),))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Fogle", "Fogke"), ("Conway", "Coway"), ("Altman", "Almtan"), ("Okorie", "Okroie")],
)
def test_a_first_name_and_nearly_the_last_one_are_looked_at(one, other):
    assert pairs([person("Ryan", one), person("Ida", one), person("Ryan", other)]) == [(0, 2)]


@given(LAST_NAMES, st.data())
def test_any_slip_leaves_a_key_that_both_have(family, data):
    other = data.draw(st.sampled_from(sorted(one for one in a_slip_apart(family) if not is_nobody(one))))
    one, again = person("ryan", family), person("ryan", other)
    shared = (keys_of(one) | set(slips(one))) & (keys_of(again) | set(slips(again)))
    assert {key[0] for key in shared} & set("ahtu")


def told(given_name, family):
    return telling_keys(Profile(names=(called(given_name, family),)))


@pytest.mark.parametrize(
    ("right", "slipped"),
    [("Rosen", "Roden"), ("Wong", "Woong"), ("Aguilera", "Agguilera"), ("Crank", "Crakn")],
)
def test_a_slip_within_a_last_name_leaves_a_key_with_the_initial(right, slipped):
    shared = {key for key in told("Janet", right) & told("Jan", slipped) if key.startswith("v")}
    assert len(shared) == 1


@pytest.mark.parametrize(("one", "other"), [("Hye-Jin", "Hyejin"), ("Jean Robert", "Jeanrobert")])
def test_a_first_name_in_one_word_or_in_two_is_looked_at(one, other):
    assert pairs([person(one, "Kim"), person("Ida", "Kim"), person(other, "Kim")]) == [(0, 2)]
    for asked, stored in ((one, other), (other, one)):
        later = set(in_one_or_two(person(asked, "Kim")))
        assert later & telling_keys(person(stored, "Kim")) and not later & wanted_keys(person(asked, "Kim"))
