from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.schedules import (
    WEEKDAYS,
    Answer,
    OpenRule,
    answer,
    hours_on,
    read_moment,
    rule_text,
    weekly,
)

HERE = ZoneInfo("America/Los_Angeles")
SATURDAY_9 = datetime(2026, 11, 28, 9, 0, tzinfo=HERE)
NINE_TO_FIVE = {"opens": time(9), "closes": time(17)}


class TestAnswer:
    def test_knows_an_office_week(self):
        week = tuple(weekly(day, time(9), time(17)) for day in range(5))
        assert answer(week, SATURDAY_9) is Answer.CLOSED
        assert answer(week, SATURDAY_9 + timedelta(days=2)) is Answer.OPEN
        assert answer(week, SATURDAY_9 + timedelta(days=2, hours=8)) is Answer.CLOSED

    def test_knows_nothing_where_nothing_is_told(self):
        assert answer((), SATURDAY_9) is Answer.UNKNOWN
        assert answer((OpenRule(byday="SA"),), SATURDAY_9) is Answer.UNKNOWN

    def test_keeps_the_night_that_began_the_day_before(self):
        night = (OpenRule(opens=time(20), closes=time(8), byday="FR"),)
        assert answer(night, SATURDAY_9.replace(hour=7)) is Answer.OPEN
        assert answer(night, SATURDAY_9) is Answer.CLOSED
        assert answer(night, SATURDAY_9.replace(hour=21)) is Answer.CLOSED

    def test_counts_the_last_minute_of_a_whole_day(self):
        always = (OpenRule(opens=time(0), closes=time(23, 59)),)
        assert answer(always, SATURDAY_9.replace(hour=23, minute=59, second=30)) is Answer.OPEN

    @pytest.mark.parametrize(
        ("rule", "days"),
        [
            (OpenRule(freq="MONTHLY", byday="2SA", **NINE_TO_FIVE), [14]),
            (OpenRule(freq="MONTHLY", byday="-1FR", **NINE_TO_FIVE), [27]),
            (OpenRule(freq="MONTHLY", bymonthday="1,15", **NINE_TO_FIVE), [1, 15]),
            (OpenRule(interval=2, starts=date(2026, 11, 3), byday="TU", **NINE_TO_FIVE), [3, 17]),
            (OpenRule(count=2, starts=date(2026, 11, 4), byday="WE", **NINE_TO_FIVE), [4, 11]),
        ],
    )
    def test_follows_rfc_5545(self, rule, days):
        noon = datetime(2026, 11, 1, 12, tzinfo=HERE)
        found = [day for day in range(1, 31) if answer((rule,), noon.replace(day=day)) is Answer.OPEN]
        assert found == days

    def test_does_not_know_after_valid_to_and_is_closed_after_until(self):
        past = date(2026, 11, 1)
        assert answer((OpenRule(byday="SA", valid_to=past, **NINE_TO_FIVE),), SATURDAY_9) is Answer.UNKNOWN
        assert answer((OpenRule(byday="SA", until=past, **NINE_TO_FIVE),), SATURDAY_9) is Answer.CLOSED

    def test_closes_a_holiday_whatever_the_week_says(self):
        holiday = OpenRule(starts=SATURDAY_9.date(), until=SATURDAY_9.date(), is_closed=True)
        assert answer((weekly(5, time(8), time(12)), holiday), SATURDAY_9) is Answer.CLOSED
        assert hours_on((weekly(5, time(8), time(12)), holiday), SATURDAY_9.date()) == ()

    def test_reads_times_that_carry_their_offset(self):
        rule = OpenRule(opens=time(17), closes=time(20), byday="SA", offset=0)
        assert answer((rule,), SATURDAY_9) is Answer.OPEN
        assert answer((rule,), SATURDAY_9.replace(hour=13)) is Answer.CLOSED

    @pytest.mark.parametrize("byday", ["XX", "99MO", "2MO;COUNT=1", "MO,,TU\n"])
    def test_gives_no_answer_to_a_rule_it_cannot_read(self, byday):
        rule = OpenRule(freq="MONTHLY", byday=byday, **NINE_TO_FIVE)
        assert answer((rule,), SATURDAY_9) in (Answer.UNKNOWN, Answer.CLOSED)

    @given(
        st.sampled_from(WEEKDAYS),
        st.times(),
        st.times(),
        st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    )
    def test_always_answers_a_plain_week(self, day, opens, closes, at):
        found = answer((OpenRule(opens, closes, byday=day),), at.replace(tzinfo=UTC))
        assert found in (Answer.OPEN, Answer.CLOSED)

    @given(st.text(max_size=12), st.text(max_size=6), st.integers(-3, 9), st.text(max_size=8))
    def test_survives_any_text_in_a_rule(self, byday, freq, interval, bymonthday):
        rule = OpenRule(byday=byday, freq=freq, interval=interval, bymonthday=bymonthday, **NINE_TO_FIVE)
        assert answer((rule,), SATURDAY_9) in Answer
        assert rule_text(rule) is None or "FREQ=" in rule_text(rule)


class TestMoment:
    NOW = datetime(2026, 11, 24, 9, 30, tzinfo=HERE)

    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("now", NOW),
            ("", NOW),
            ("saturday 9", SATURDAY_9),
            ("Sat at 9", SATURDAY_9),
            ("sat 9am", SATURDAY_9),
            ("tue 5pm", NOW.replace(hour=17, minute=0)),
            ("17:30", NOW.replace(hour=17, minute=30)),
        ],
    )
    def test_is_read_as_it_is_said(self, text, moment):
        assert read_moment(text, now=self.NOW) == moment

    @pytest.mark.parametrize("text", ["someday", "sat 25", "13pm", "sat 9:75"])
    def test_is_not_guessed(self, text):
        assert read_moment(text, now=self.NOW) is None
