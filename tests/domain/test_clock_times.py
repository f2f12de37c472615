from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.clock_times import NotAMoment, read_after, read_moment, write_after, write_moment

ZONE = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)
SECONDS = st.integers(min_value=0, max_value=3 * 86_400)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0215", "2026-11-24 02:15:00"),
        ("2:15 pm", "2026-11-23 14:15:00"),
        ("14:20:07", "2026-11-23 14:20:07"),
        ("yesterday 23:10", "2026-11-23 23:10:00"),
        ("24 Nov, 02:15", "2026-11-24 02:15:00"),
        ("23 Dec 10:00", "2025-12-23 10:00:00"),
        ("11/23/2026 2:15 PM", "2026-11-23 14:15:00"),
    ],
)
def test_reads_a_moment_that_has_passed(text, expected):
    assert write_moment(read_moment(text, now=NOW)) == expected


@pytest.mark.parametrize("text", ["", "soon", "24 Nov", "25:00", "13:77", "14 pm", "<b>", "30 Feb 10:00"])
def test_refuses_what_is_no_moment(text):
    with pytest.raises(NotAMoment):
        read_moment(text, now=NOW)


@given(SECONDS)
def test_writes_a_later_time_so_that_it_reads_back(seconds):
    at = NOW + timedelta(seconds=seconds)
    assert read_after(write_after(at, after=NOW), after=NOW) == at


@given(SECONDS)
def test_writes_a_moment_so_that_it_reads_back(seconds):
    at = NOW - timedelta(seconds=seconds)
    assert read_moment(write_moment(at), now=NOW) == at


def test_a_time_after_midnight_is_of_the_next_day():
    received = datetime(2026, 11, 23, 23, 50, tzinfo=ZONE)
    assert read_after("0:10", after=received).day == 24
