"""Promises of somebody who is away: never in the past, never in the absence, never out of their window."""

from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.away import MOST_A_DAY, AwayBackwards, Fate, check_away, propose
from caseapp.domain.open_days import OpenDays
from tests.builders import TODAY
from tests.domain.follow_up_values import a_follow_up

DAY = timedelta(days=1)


def falling(count, start, window):
    return [
        a_follow_up(id=UUID(int=n + 1), due_on=start + DAY * (n % 5), latest_on=window) for n in range(count)
    ]


def proposed(rows, start, end, *, has_cover=False, load=None):
    return propose(
        rows,
        from_on=start,
        to_on=end,
        today=TODAY,
        open_days=OpenDays(),
        has_cover=has_cover,
        load=load or {},
    )


@given(st.integers(0, 9), st.integers(4, 30), st.integers(1, 30), st.one_of(st.none(), st.integers(4, 60)))
def test_finds_an_open_day_or_asks(ahead, length, count, window):
    start = TODAY + DAY * ahead
    end, latest = start + DAY * length, None if window is None else start + DAY * window
    found = proposed(falling(count, start, latest), start, end)
    assert len(found) == count
    for one in found:
        if one.fate is Fate.ASK:
            assert latest is not None and one.on == one.follow_up.due_on
            continue
        assert one.on >= TODAY and not start <= one.on <= end and OpenDays().is_open(one.on)
        assert latest is None or one.on <= latest
        assert (one.fate is Fate.LATER) is (one.on > end)


@given(st.integers(1, 60), st.integers(0, MOST_A_DAY))
def test_spreads_what_has_no_window_so_that_no_day_overflows(count, already):
    start, end = TODAY, TODAY + DAY * 6
    first = OpenDays().next_open(end + DAY)
    found = proposed(falling(count, start, None), start, end, load={first: already})
    days = Counter(one.on for one in found)
    days[first] += already
    assert max(days.values()) <= MOST_A_DAY


def test_keeps_the_days_when_somebody_covers():
    rows = falling(5, TODAY - DAY * 2, None)
    found = proposed(rows, TODAY - DAY * 2, TODAY + DAY * 3, has_cover=True)
    assert {one.fate for one in found} == {Fate.COVERED}
    assert [one.on for one in found] == [max(one.follow_up.due_on, TODAY) for one in found]


def test_refuses_a_time_that_ends_before_it_begins():
    check_away(from_on=TODAY, to_on=TODAY)
    for end in (TODAY - DAY, TODAY + DAY * 400):
        with pytest.raises(AwayBackwards):
            check_away(from_on=TODAY, to_on=end)
