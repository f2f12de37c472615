"""Series against dateutil's own arithmetic and a walk day by day, over leap days and month ends."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.recurrence import MOST, BadRule, Every, NoEnd, Recurrence, days_of, read_rule, words
from caseapp.domain.series import NotASeries, Reach, Series, counted, end_before, move_rest, reached
from tests.domain.follow_up_values import a_follow_up

starts = st.dates(date(2024, 1, 1), date(2033, 12, 31))
recurrences = st.builds(
    Recurrence,
    every=st.sampled_from(list(Every)),
    count=st.integers(2, 30),
    interval=st.integers(1, 4),
    weekdays=st.frozensets(st.integers(0, 6), max_size=3),
    by_weekday=st.booleans(),
)


def a_series(recurrence, start):
    return Series(UUID(int=1), 1, UUID(int=2), recurrence.rule(start), start, None)


class TestDays:
    @given(recurrences, starts)
    def test_are_as_many_as_said_in_order_and_never_before_the_first(self, recurrence, start):
        found = recurrence.days(start)
        assert len(found) == recurrence.count and found == sorted(set(found)) and found[0] >= start

    @given(starts, st.integers(1, 4), st.sampled_from([Every.MONTH, Every.YEAR]))
    def test_keep_the_day_of_the_month_or_take_the_last(self, start, interval, every):
        """relativedelta clips to the last day of a short month, which is what people mean."""
        unit = "months" if every is Every.MONTH else "years"
        expected = [start + relativedelta(**{unit: interval * number}) for number in range(8)]
        assert Recurrence(every, 8, interval).days(start) == expected

    @given(starts, st.integers(1, 6), st.sampled_from([Every.DAY, Every.WEEK]))
    def test_of_days_and_weeks_are_evenly_apart(self, start, interval, every):
        span = timedelta(days=interval * (7 if every is Every.WEEK else 1))
        assert Recurrence(every, 9, interval).days(start) == [start + span * number for number in range(9)]

    @given(starts, st.frozensets(st.integers(0, 6), min_size=1), st.integers(1, 3))
    def test_of_weekdays_are_those_that_a_walk_finds(self, start, weekdays, interval):
        found = Recurrence(Every.WEEK, 10, interval, weekdays).days(start)
        monday, walked, day = start - timedelta(days=start.weekday()), [], start
        while len(walked) < 10:
            if day.weekday() in weekdays and (day - monday).days // 7 % interval == 0:
                walked.append(day)
            day += timedelta(days=1)
        assert found == walked

    @given(starts)
    def test_by_weekday_stay_on_the_weekday_and_the_fifth_is_the_last(self, start):
        found = Recurrence(Every.MONTH, 12, by_weekday=True).days(start)
        assert {day.weekday() for day in found} == {start.weekday()}
        is_last = start.day > 28
        for day in found:
            if is_last:
                assert (day + timedelta(days=7)).month != day.month
            else:
                assert (day.day - 1) // 7 == (start.day - 1) // 7

    def test_over_a_leap_day(self):
        assert Recurrence(Every.YEAR, 5).days(date(2024, 2, 29)) == [
            date(2024, 2, 29),
            date(2025, 2, 28),
            date(2026, 2, 28),
            date(2027, 2, 28),
            date(2028, 2, 29),
        ]

    @given(recurrences, starts)
    def test_are_what_dateutil_reads_from_the_written_rule(self, recurrence, start):
        rule = recurrence.rule(start)
        dateutil = rrulestr(f"DTSTART:{start:%Y%m%d}T000000\nRRULE:{rule}")
        assert [moment.date() for moment in dateutil] == recurrence.days(start)

    @given(recurrences, starts)
    def test_come_back_from_their_own_rule(self, recurrence, start):
        rule = recurrence.rule(start)
        assert read_rule(rule).rule(start) == rule and words(rule)

    @pytest.mark.parametrize("count", [0, 1, MOST + 1])
    def test_have_an_end(self, count):
        with pytest.raises(NoEnd):
            Recurrence(Every.DAY, count).rule(date(2026, 1, 1))

    @pytest.mark.parametrize("rule", ["", "FREQ=SOMETIMES", "often", "FREQ=WEEKLY;BYDAY=XX"])
    def test_refuse_a_rule_that_is_none(self, rule):
        with pytest.raises(BadRule):
            days_of(rule, starts=date(2026, 1, 1))
        with pytest.raises(BadRule):
            read_rule(rule)

    def test_of_a_rule_without_end_stop(self):
        assert len(days_of("FREQ=DAILY", starts=date(2026, 1, 1))) == MOST


class TestMoveRest:
    @given(recurrences, starts, st.data(), st.integers(-20, 20))
    def test_keeps_the_number_and_what_lies_before(self, recurrence, start, data, days):
        series = a_series(recurrence, start)
        before = recurrence.days(start)
        place = data.draw(st.integers(0, len(before) - 1))
        rest = move_rest(series, from_on=before[place], days=days)
        assert rest.before == tuple(before[place:]) and len(rest.days) == len(rest.before)
        assert rest.days[0] == before[place] + timedelta(days=days)
        assert rest.days == tuple(days_of(rest.rule, starts=rest.starts_on))
        kept = days_of(rest.kept, starts=start) if rest.kept else []
        assert kept == before[:place]

    @given(recurrences, starts, st.data(), st.integers(-20, 20))
    def test_moves_days_and_weeks_evenly_and_nothing_when_only_the_hour_moves(
        self, recurrence, start, data, days
    ):
        before = recurrence.days(start)
        place = data.draw(st.integers(0, len(before) - 1))
        if recurrence.every in (Every.MONTH, Every.YEAR):
            days = 0
        rest = move_rest(a_series(recurrence, start), from_on=before[place], days=days)
        assert rest.days == tuple(day + timedelta(days=days) for day in before[place:])

    @given(recurrences, starts, st.data())
    def test_ending_keeps_what_lies_before(self, recurrence, start, data):
        before = recurrence.days(start)
        place = data.draw(st.integers(0, len(before) - 1))
        kept = end_before(a_series(recurrence, start), from_on=before[place])
        assert (days_of(kept, starts=start) if kept else []) == before[:place]
        assert counted("FREQ=DAILY;COUNT=9", 3) == "FREQ=DAILY;COUNT=3"


class TestReached:
    def test_is_one_the_later_ones_or_all(self):
        rows = [
            a_follow_up(id=UUID(int=n), series_id=UUID(int=9), recurs_on=date(2026, n, 1)) for n in (1, 2, 3)
        ]
        found = {reach: len(reached(rows, chosen=rows[1], reach=reach)) for reach in Reach}
        assert found == {Reach.THIS: 1, Reach.LATER: 2, Reach.ALL: 3}

    def test_is_only_itself_for_a_single_one(self):
        with pytest.raises(NotASeries):
            reached([], chosen=a_follow_up(), reach=Reach.LATER)
        assert reached([], chosen=a_follow_up(), reach=Reach.THIS) == [a_follow_up()]
