from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.contacts import Channel, Outcome
from caseapp.domain.follow_ups import (
    AfterFailed,
    AlreadyClosed,
    Due,
    DueInPast,
    ReasonMissing,
    Status,
    WhatMissing,
    check_plan,
    decide_cancel,
    decide_outcome,
    due,
    in_time,
    needs_supervisor,
)
from tests.builders import NOW, TODAY
from tests.domain.follow_up_values import a_follow_up


class TestDecideOutcome:
    def test_closes_with_a_contact(self):
        decision = decide_outcome(follow_up=a_follow_up(), outcome=Outcome.REACHED, today=TODAY)
        assert (decision.status, decision.attempts, decision.retry_on) == (Status.DONE, 1, None)

    def test_stays_open_and_moves_to_tomorrow_after_an_attempt(self):
        decision = decide_outcome(follow_up=a_follow_up(attempts=2), outcome=Outcome.NO_ANSWER, today=TODAY)
        assert (decision.status, decision.attempts) == (Status.PLANNED, 3)
        assert decision.retry_on == TODAY + timedelta(days=1)

    @given(st.sampled_from([status for status in Status if status is not Status.PLANNED]))
    def test_refuses_a_second_outcome(self, status):
        with pytest.raises(AlreadyClosed):
            decide_outcome(follow_up=a_follow_up(status=status), outcome=Outcome.REACHED, today=TODAY)


class TestCancel:
    def test_needs_a_reason(self):
        with pytest.raises(ReasonMissing):
            decide_cancel(follow_up=a_follow_up(), reason="  ")

    def test_refuses_what_is_done(self):
        with pytest.raises(AlreadyClosed):
            decide_cancel(follow_up=a_follow_up(status=Status.DONE), reason="moved")


class TestPlan:
    def test_needs_words(self):
        with pytest.raises(WhatMissing):
            check_plan(what=" ", due_on=TODAY, today=TODAY)

    def test_refuses_yesterday(self):
        with pytest.raises(DueInPast):
            check_plan(what="Call", due_on=TODAY - timedelta(days=1), today=TODAY)


LA = ZoneInfo("America/Los_Angeles")


def stands(one, *, local):
    """Where it stands when the agency's clock shows a naive time (the first time where it comes twice)."""
    return due(one, now=local.replace(tzinfo=LA).astimezone(UTC), zone=LA)


class TestDue:
    @given(st.integers(-400, 400))
    def test_puts_each_day_in_exactly_one_group_and_in_order(self, days):
        order = [Due.OVERDUE, Due.TODAY, Due.THIS_WEEK, Due.LATER]
        here, after = (
            due(a_follow_up(due_on=TODAY + timedelta(days=count)), now=NOW, zone=LA)
            for count in (days, days + 1)
        )
        assert order.index(after) - order.index(here) in (0, 1)

    def test_counts_the_six_days_after_today_as_this_week(self):
        assert due(a_follow_up(due_on=date(2026, 11, 30)), now=NOW, zone=LA) is Due.THIS_WEEK
        assert due(a_follow_up(due_on=date(2026, 12, 1)), now=NOW, zone=LA) is Due.LATER

    def test_is_the_agencys_day_and_not_that_of_greenwich(self):
        one = a_follow_up(due_on=date(2026, 11, 24))
        assert stands(one, local=datetime(2026, 11, 24, 23, 59)) is Due.TODAY
        assert stands(one, local=datetime(2026, 11, 25, 0, 0)) is Due.OVERDUE

    def test_is_overdue_from_the_promised_hour_on_and_missed_when_the_window_is_over(self):
        at = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
        one = a_follow_up(due_at=at, latest_on=date(2026, 11, 25))
        assert due(one, now=at, zone=LA) is Due.TODAY
        assert due(one, now=at + timedelta(microseconds=1), zone=LA) is Due.OVERDUE
        assert due(one, now=at + timedelta(days=2), zone=LA) is Due.MISSED

    def test_runs_two_clocks_of_hours_from_a_call(self):
        call = datetime(2026, 10, 31, 20, 0, tzinfo=UTC)
        one = a_follow_up(
            due_on=date(2026, 11, 1),
            due_at=call + timedelta(hours=24),
            latest_on=date(2026, 11, 3),
            latest_at=call + timedelta(hours=72),
        )
        seen = [due(one, now=call + timedelta(hours=hours), zone=LA) for hours in (23.9, 24.1, 71.9, 72.1)]
        assert seen == [Due.TODAY, Due.OVERDUE, Due.OVERDUE, Due.MISSED]

    @pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1)])
    def test_lasts_the_whole_day_on_which_the_clocks_change(self, day):
        one = a_follow_up(due_on=day)
        midnight = datetime.combine(day, time(), LA).astimezone(UTC)
        end = datetime.combine(day + timedelta(days=1), time(), LA).astimezone(UTC)
        assert (end - midnight) in (timedelta(hours=23), timedelta(hours=25))
        for moment in (midnight, end - timedelta(seconds=1)):
            assert due(one, now=moment, zone=LA) is Due.TODAY
        assert due(one, now=end, zone=LA) is Due.OVERDUE

    def test_tells_the_two_halves_of_an_hour_that_comes_twice_apart(self):
        first = datetime(2026, 11, 1, 1, 30, tzinfo=LA).astimezone(UTC)
        one = a_follow_up(due_on=date(2026, 11, 1), due_at=first + timedelta(minutes=45))
        assert due(one, now=first, zone=LA) is Due.TODAY
        assert due(one, now=first + timedelta(hours=1), zone=LA) is Due.OVERDUE

    @given(
        st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
        st.integers(0, 90),
        st.one_of(st.none(), st.integers(0, 40)),
        st.timedeltas(timedelta(0), timedelta(days=60)),
        st.sampled_from(["America/Los_Angeles", "America/Havana", "Pacific/Chatham", "UTC"]),
    )
    def test_only_gets_later_and_a_clock_set_back_takes_back_what_it_said(self, now, ahead, window, on, name):
        zone = ZoneInfo(name)
        day = now.astimezone(zone).date() + timedelta(days=ahead)
        one = a_follow_up(due_on=day, latest_on=None if window is None else day + timedelta(days=window))
        order = [Due.LATER, Due.THIS_WEEK, Due.TODAY, Due.OVERDUE, Due.MISSED]
        before, after = due(one, now=now, zone=zone), due(one, now=now + on, zone=zone)
        assert order.index(before) <= order.index(after)
        assert due(one, now=(now + on) - on, zone=zone) is before

    def test_is_closed_with_its_outcome(self):
        for status in (Status.DONE, Status.CANCELLED):
            assert due(a_follow_up(status=status), now=NOW, zone=LA) is Due.CLOSED


class TestInTime:
    def test_counts_the_end_of_the_span_and_not_what_was_before_it(self):
        assert in_time(10, since=0, within=10) and not in_time(11, since=0, within=10)
        assert not in_time(0, since=0, within=10) and not in_time(-5, since=0, within=10)


class TestAfterFailed:
    def test_changes_the_channel_and_waits_as_the_protocol_says_and_then_tells_the_supervisor(self):
        after = AfterFailed(
            waits=(1, 2), channels=(Channel.PHONE, Channel.VISIT), supervisor_after=2, hands_over=True
        )
        one, day, seen = a_follow_up(after=after), TODAY, []
        for _attempt in range(3):
            decision = decide_outcome(follow_up=one, outcome=Outcome.NO_ANSWER, today=day)
            seen.append(((decision.retry_on - day).days, decision.channel, decision.to_supervisor))
            one, day = replace(one, attempts=decision.attempts), decision.retry_on
            assert needs_supervisor(one) is (one.attempts >= 2)
        assert seen == [(1, Channel.PHONE, False), (2, Channel.VISIT, True), (2, Channel.VISIT, False)]

    def test_tries_again_within_the_window_while_it_is_open(self):
        one = a_follow_up(latest_on=TODAY + timedelta(days=3), after=AfterFailed(waits=(7,)))
        decided = decide_outcome(follow_up=one, outcome=Outcome.LEFT_MESSAGE, today=TODAY)
        assert decided.retry_on == TODAY + timedelta(days=3)
        last = decide_outcome(follow_up=one, outcome=Outcome.LEFT_MESSAGE, today=TODAY + timedelta(days=3))
        assert last.retry_on == TODAY + timedelta(days=10)
