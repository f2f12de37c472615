from contextlib import suppress
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.shorthand import NotUnderstood, When, read
from tests.builders import TODAY

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("text", "on", "at"),
    [
        ("tomorrow 10", date(2026, 11, 25), time(10)),
        ("+3d", date(2026, 11, 27), None),
        ("fri", date(2026, 11, 27), None),
        ("tue", date(2026, 12, 1), None),
        ("next tue 2pm", date(2026, 12, 1), time(14)),
        ("in 2 weeks", date(2026, 12, 8), None),
        ("24 Nov 13:30", date(2026, 11, 24), time(13, 30)),
        ("23 nov", date(2027, 11, 23), None),
        ("12/1", date(2026, 12, 1), None),
        ("2027-01-05", date(2027, 1, 5), None),
        ("today 12am", date(2026, 11, 24), time(0)),
        ("+1m", date(2026, 12, 24), None),
    ],
)
def test_reads_what_people_type(text, on, at):
    assert read(text, today=TODAY) == When(on, at)


@given(days, st.integers(0, 999))
def test_steps_the_days_that_were_asked(today, count):
    assert read(f"+{count}d", today=today).on == today + timedelta(days=count)


@given(days, st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
def test_takes_a_weekday_as_the_next_one_never_today(today, name):
    found = read(name, today=today).on
    assert 1 <= (found - today).days <= 7
    assert f"{found:%a}".lower() == name


@given(days, st.text(max_size=30))
def test_answers_or_refuses_and_nothing_else(today, text):
    with suppress(NotUnderstood):
        assert isinstance(read(text, today=today), When)


@pytest.mark.parametrize("text", ["", "soon", "10:99", "+3x", "13pm", "32/13"])
def test_refuses_what_is_no_day(text):
    with pytest.raises(NotUnderstood):
        read(text, today=TODAY)
