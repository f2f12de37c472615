from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.past_times import read_past
from caseapp.domain.shorthand import NotUnderstood

ZONE = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
"""Tuesday, nine in the morning in Los Angeles."""


def local(text, now=NOW):
    return f"{read_past(text, now=now, zone=ZONE).astimezone(ZONE):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "2026-11-24 09:00"),
        ("now", "2026-11-24 09:00"),
        ("today", "2026-11-24 09:00"),
        ("8:30", "2026-11-24 08:30"),
        ("15:10", "2026-11-23 15:10"),
        ("3pm", "2026-11-23 15:00"),
        ("yesterday", "2026-11-23 12:00"),
        ("Yesterday  3pm", "2026-11-23 15:00"),
        ("-2h", "2026-11-24 07:00"),
        ("-30m", "2026-11-24 08:30"),
        ("-3d", "2026-11-21 09:00"),
        ("mon", "2026-11-23 12:00"),
        ("tue 14", "2026-11-17 14:00"),
        ("20 nov 13:30", "2026-11-20 13:30"),
        ("12/24", "2025-12-24 12:00"),
        ("2026-02-01 10", "2026-02-01 10:00"),
    ],
)
def test_reads_a_moment_that_is_past(text, wanted):
    assert local(text) == wanted


@pytest.mark.parametrize("text", ["sometime", "-3x", "yesterday maybe", "25:00", "\x00"])
def test_says_what_it_does_not_understand(text):
    with pytest.raises(NotUnderstood):
        local(text)


def test_days_back_keep_the_hour_over_a_change_of_the_clock():
    assert local("-1d", datetime(2026, 11, 2, 17, 0, tzinfo=UTC)) == "2026-11-01 09:00"


@given(
    st.sampled_from(
        ["", "now", "8:30", "23:59", "yesterday 9", "mon", "sun 22", "-5d", "-90m", "3 mar", "12/31"]
    ),
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)),
)
def test_is_never_in_the_future_and_at_most_a_year_back(text, now):
    at = read_past(text, now=now, zone=ZONE)
    assert now - timedelta(days=367) <= at <= now
