"""The agency's calendar against the published days, dateutil's own rules, and a walk day by day."""

from datetime import date, timedelta

import pytest
from dateutil.rrule import MO, MONTHLY, TH, YEARLY, rrule
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.open_days import (
    ClosureDay,
    DayNameMissing,
    NoOpenDay,
    OpenDays,
    check_closure,
    federal_days,
)

PUBLISHED = {
    2026: ["01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11", "11-26", "12-25"],
    2027: [
        "01-01",
        "01-18",
        "02-15",
        "05-31",
        "06-18",
        "07-05",
        "09-06",
        "10-11",
        "11-11",
        "11-25",
        "12-24",
        "12-31",
    ],
    2028: ["01-17", "02-21", "05-29", "06-19", "07-04", "09-04", "10-09", "11-10", "11-23", "12-25"],
}
"""Observed days as the Office of Personnel Management publishes them; 31 December 2027 is New Year 2028."""

days = st.dates(date(2024, 1, 1), date(2032, 12, 31))
calendars = st.builds(
    OpenDays,
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    with_federal=st.booleans(),
    own=st.lists(st.tuples(days, st.booleans()), max_size=9).map(
        lambda found: {day: ClosureDay(day, "Retreat", is_open) for day, is_open in found}
    ),
)


@pytest.mark.parametrize("year", PUBLISHED)
def test_observes_the_federal_days_as_published(year):
    assert [f"{day:%m-%d}" for day in federal_days(year)] == PUBLISHED[year]


@given(st.integers(2021, 2120))
def test_finds_the_moving_days_as_dateutil_does(year):
    start = date(year, 1, 1)
    rules = [(1, MO(3)), (2, MO(3)), (5, MO(-1)), (9, MO(1)), (10, MO(2)), (11, TH(4))]
    for month, weekday in rules:
        found = rrule(YEARLY, dtstart=start, count=1, bymonth=month, byweekday=weekday)[0].date()
        assert found in federal_days(year)


@given(calendars, days)
def test_says_why_a_day_is_closed_and_own_days_come_before_the_rules(calendar, day):
    own = calendar.own.get(day)
    by_rule = day.weekday() not in calendar.weekdays or (
        calendar.with_federal and day in federal_days(day.year)
    )
    assert calendar.is_open(day) is (own.is_open if own else not by_rule)
    assert bool(calendar.closed_for(day)) is not calendar.is_open(day)


@given(calendars, days, st.integers(0, 30))
def test_counts_open_days_like_somebody_who_walks(calendar, day, count):
    walked, left = day, count
    if count == 0:
        while not calendar.is_open(walked):
            walked += timedelta(days=1)
    while left:
        walked += timedelta(days=1)
        left -= calendar.is_open(walked)
    assert calendar.after(day, count) == walked


@given(calendars, days, st.integers(0, 5), st.integers(0, 5))
def test_fits_a_day_into_its_window_and_never_out_of_it(calendar, day, before, after):
    earliest, latest = day - timedelta(days=before), day + timedelta(days=after)
    fitted = calendar.fit(day, earliest=earliest, latest=latest)
    assert earliest <= fitted <= latest
    window = [earliest + timedelta(days=number) for number in range(before + after + 1)]
    assert calendar.is_open(fitted) or not any(map(calendar.is_open, window))


def test_counts_over_a_long_weekend_and_a_leap_day():
    assert OpenDays().after(date(2026, 11, 25), 1) == date(2026, 11, 27)
    assert OpenDays().after(date(2028, 2, 28), 1) == date(2028, 2, 29)
    assert OpenDays().after(date(2026, 12, 24), 2) == date(2026, 12, 29)


def test_gives_up_on_an_agency_that_never_opens():
    with pytest.raises(NoOpenDay):
        OpenDays(weekdays=frozenset()).next_open(date(2026, 11, 24))


def test_needs_a_name_for_a_closure_only():
    with pytest.raises(DayNameMissing):
        check_closure(ClosureDay(date(2026, 11, 27), " "))
    assert check_closure(ClosureDay(date(2026, 11, 27), "", True)).is_open


def test_agrees_with_dateutil_on_plain_weekdays():
    plain = OpenDays(with_federal=False)
    rule = rrule(MONTHLY, dtstart=date(2026, 1, 1), count=60, byweekday=range(5), bysetpos=5)
    for moment in rule:
        first = moment.date().replace(day=1)
        assert plain.after(first - timedelta(days=1), 5) == moment.date()
