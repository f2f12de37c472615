"""A comparison that was stopped goes on where it was, and never by what is not its own."""

import json
from hashlib import blake2b
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.domain.matching import lists
from caseapp.domain.matching.begun import EDITION, Begun
from caseapp.domain.matching.candidates import pairs
from caseapp.domain.matching.comparison import compare
from caseapp.domain.matching.frequencies import Frequencies
from tests.crowd import crowd, profile


class Enough(Exception):
    pass


@pytest.fixture(scope="module")
def people():
    return crowd(150)


@pytest.fixture(scope="module")
def whole(people):
    return lists.match(people, keeps_all=True)


@pytest.fixture(autouse=True)
def often(monkeypatch):
    """A short list has few pairs: they are told of one by one."""
    monkeypatch.setattr(lists, "_TICK_EVERY", 1)


def stopped(people, ticks, kept=b""):
    """What is kept of a comparison that is stopped after so many ticks, once it knows what to compare."""
    begun, left = Begun(kept), [ticks]

    def tick(share):
        left[0] -= share >= 0.2
        if left[0] < 0:
            raise Enough

    with pytest.raises(Enough):
        lists.match(people, tick=tick, begun=begun)
    return begun.to_bytes()


def compared(people, kept):
    """The outcome, and how many pairs were compared anew."""
    ticks = []
    found = lists.match(people, keeps_all=True, tick=ticks.append, begun=Begun(kept))
    return found, sum(0.2 < share < 0.7 for share in ticks)


def test_goes_on_from_where_it_was_stopped_to_the_same_end(people, whole):
    kept = stopped(people, 40)
    found, anew = compared(people, kept)
    assert found == whole and anew == whole.compared - 40
    further = stopped(people, 40, kept)
    found, anew = compared(people, further)
    assert found == whole and anew == whole.compared - 2 * 40


def test_what_was_compared_whole_is_not_compared_again(people, whole):
    begun = Begun()
    lists.match(people, begun=begun)
    assert compared(people, begun.to_bytes()) == (whole, 0)


def test_a_comparison_that_comes_to_other_levels_is_another_edition():
    """Whoever changes a level, a rule of names or a short form counts `EDITION` up and writes both anew."""
    names = (
        "Jim Okafor",
        "J Okafor",
        "Lupe Soto Ibarra",
        "Guadalupe Ibarra",
        "Mohamed Warsame",
        "Okafor Jams",
        "Smokey Okafor",
    )
    people = [*crowd(40, seed=9), *(profile(*name.split(" ", 1)) for name in names)]
    levels = [list(compare(one, other, Frequencies())[0]) for one, other in combinations(people, 2)]
    digest = blake2b(json.dumps(levels).encode(), digest_size=8).hexdigest()
    assert (EDITION, digest) == (9, "8eba0bea2925a248")


def test_nothing_is_kept_before_the_first_pair(people):
    assert stopped(people, 0) == b"" and Begun(b"anything").to_bytes() == b""


def test_other_records_are_compared_anew(people, whole):
    kept = stopped(people, 40)
    others = [*people[:-1], people[0]]
    found, anew = compared(others, kept)
    assert found == lists.match(others, keeps_all=True) and anew >= found.compared - 1


def test_other_pairs_of_the_same_records_are_compared_anew(people, monkeypatch):
    monkeypatch.setattr(lists, "pairs", lambda profiles, **_options: pairs(profiles)[:-1])
    kept = stopped(people, 40)
    monkeypatch.setattr(lists, "pairs", lambda profiles, **_options: pairs(profiles)[1:])
    found, anew = compared(people, kept)
    assert anew >= found.compared - 1


@settings(max_examples=15, deadline=None)
@given(cut=st.integers(0, 200), noise=st.binary(max_size=40))
def test_what_cannot_be_read_is_compared_anew(people, whole, cut, noise):
    kept = stopped(people, 40)
    found, _anew = compared(people, kept[:cut] + noise)
    assert found == whole
