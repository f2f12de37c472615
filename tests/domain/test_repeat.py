from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.call_filters import since
from caseapp.domain.repeat import WINDOWS, by_often, concentration, repeat_contact
from tests.builders import NOW

ZONE = ZoneInfo("America/Los_Angeles")
_ages = st.lists(st.integers(-5, 400 * 24), max_size=40)


@given(_ages, st.integers(0, 23))
def test_counts_the_calls_of_each_windows_days_today_with_them(hours, later):
    now = NOW + timedelta(hours=later)
    today = now.astimezone(ZONE).date()
    times = [now - timedelta(hours=one) for one in hours]
    found = repeat_contact(times, now=now, zone=ZONE)
    for days in WINDOWS:
        first = today - timedelta(days=days - 1)
        assert found.within(days) == sum(at <= now and at.astimezone(ZONE).date() >= first for at in times)
    assert list(found.counts) == sorted(found.counts)


def test_a_window_begins_with_its_first_day_and_ends_now():
    after = since(7, now=NOW, zone=ZONE)
    times = (after, after + timedelta(microseconds=1), NOW, NOW + timedelta(seconds=1))
    assert repeat_contact(times, now=NOW, zone=ZONE).within(7) == 2
    assert (after + timedelta(microseconds=1)).isoformat() == "2026-11-18T00:00:00-08:00"


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
