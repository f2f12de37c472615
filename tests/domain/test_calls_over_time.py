"""A person's calls by month, and in equal stretches of days before and since their case was opened."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.calls_over_time import MONTHS, calls_over_time
from caseapp.domain.repeat_chart import around_words, calls_by_month
from tests.builders import NOW, TODAY

ZONE = ZoneInfo("America/Los_Angeles")


def on(day, hour=12):
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


@given(st.lists(st.integers(-48, 400 * 24), max_size=40), st.integers(0, 500))
def test_counts_each_call_in_the_month_of_its_day_there_and_none_twice(hours, opened):
    received = [NOW - timedelta(hours=one) for one in hours]
    found = calls_over_time(received, now=NOW, zone=ZONE, opened_on=TODAY - timedelta(days=opened))
    firsts = [one.first for one in found.months]
    assert len(firsts) == MONTHS and firsts == sorted(firsts) and firsts[-1] == TODAY.replace(day=1)
    days = [at.astimezone(ZONE).date() for at in received if at <= NOW]
    assert sum(one.calls for one in found.months) == sum(day >= firsts[0] for day in days)
    if opened:
        assert found.around.since == sum(day > found.around.opened_on for day in days)
    else:
        assert found.around is None


def test_the_day_on_which_a_case_was_opened_counts_before_it():
    opened = TODAY - timedelta(days=10)
    days = [opened - timedelta(days=10), opened - timedelta(days=9), opened, opened + timedelta(days=1)]
    around = calls_over_time([on(day) for day in days], now=NOW, zone=ZONE, opened_on=opened).around
    assert (around.days, around.before, around.since) == (10, 2, 1)
    assert (
        around_words(around)
        == "Case opened 14 Nov 2026: 2 calls in the 10 days up to it, 1 in the 10 days since."
    )


def test_the_picture_is_said_in_a_sentence_and_marks_when_the_case_was_opened():
    received = [on(date(2026, 9, 3)), on(date(2026, 9, 30), 23), on(date(2026, 11, 2))]
    chart = calls_by_month(calls_over_time(received, now=NOW, zone=ZONE, opened_on=date(2026, 10, 16)))
    assert chart.sentence.startswith("Calls by month. 2 in September 2026, 1 in November 2026. Case opened")
    assert [one.words for one in chart.points][-3:] == ["2", "", "1"]
    assert 10.4 < chart.mark.at < 10.6
    old = calls_over_time(received, now=NOW, zone=ZONE, opened_on=date(2024, 1, 1))
    assert calls_by_month(old).mark is None
    assert (
        calls_by_month(calls_over_time([], now=NOW, zone=ZONE, opened_on=None)).sentence
        == "Calls by month. None."
    )
