from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.repeat import WINDOWS, by_often, concentration, is_within, repeat_contact, since
from tests.builders import NOW

_ages = st.lists(st.integers(-5, 400 * 24), max_size=40)


@given(_ages)
def test_counts_each_window_like_asking_one_call_after_the_other(hours):
    times = [NOW - timedelta(hours=one) for one in hours]
    found = repeat_contact(times, now=NOW)
    for days in WINDOWS:
        assert found.within(days) == sum(0 <= one < days * 24 for one in hours)
    assert list(found.counts) == sorted(found.counts)


def test_leaves_out_the_instant_at_which_a_window_begins_and_what_lies_ahead():
    assert not is_within(since(7, now=NOW), days=7, now=NOW)
    assert is_within(NOW, days=7, now=NOW)
    assert not is_within(NOW + timedelta(seconds=1), days=7, now=NOW)


@given(st.lists(st.integers(0, 60), max_size=300))
def test_concentration_takes_the_top_hundredth_and_at_least_one_person(counts):
    found, met = concentration(counts), [one for one in counts if one]
    assert (found.people, found.calls) == (len(met), sum(met))
    assert found.top_people == -(-len(met) // 100)
    assert found.top_calls == sum(sorted(met, reverse=True)[: found.top_people])
    assert 0 <= found.percent <= 100


def test_concentration_of_nothing_is_nothing():
    assert concentration([]).percent == 0.0


@given(st.lists(st.integers(0, 60), max_size=300))
def test_everybody_with_a_call_stands_in_one_band(counts):
    bands = by_often(counts)
    assert sum(one.people for one in bands) == len([one for one in counts if one])
    assert sum(one.calls for one in bands) == sum(counts)
    assert all(
        one.least * one.people <= one.calls <= (one.most or one.calls) * one.people or not one.people
        for one in bands
    )
