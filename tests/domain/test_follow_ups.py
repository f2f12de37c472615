from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.contacts import Outcome
from caseapp.domain.follow_ups import (
    AlreadyClosed,
    Due,
    DueInPast,
    FollowUp,
    ReasonMissing,
    Status,
    WhatMissing,
    check_plan,
    decide_cancel,
    decide_outcome,
    due,
)
from tests.builders import TODAY

ID = UUID(int=1)


def a_follow_up(**changes):
    values = {
        "id": ID,
        "version": 1,
        "person_id": ID,
        "person_name": "James Okafor",
        "what": "Day 7 check-in",
        "channel": "phone",
        "due_on": TODAY,
        "due_at": None,
        "owner_id": ID,
        "owner_name": "Dana Whitfield",
        "status": Status.PLANNED,
        "attempts": 0,
    }
    return FollowUp(**{**values, **changes})


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


class TestDue:
    @given(st.integers(-400, 400))
    def test_puts_each_day_in_exactly_one_group_and_in_order(self, days):
        order = [Due.OVERDUE, Due.TODAY, Due.THIS_WEEK, Due.LATER]
        here = due(due_on=TODAY + timedelta(days=days), status=Status.PLANNED, today=TODAY)
        after = due(due_on=TODAY + timedelta(days=days + 1), status=Status.PLANNED, today=TODAY)
        assert order.index(after) - order.index(here) in (0, 1)

    def test_counts_the_six_days_after_today_as_this_week(self):
        assert due(due_on=date(2026, 11, 30), status=Status.PLANNED, today=TODAY) is Due.THIS_WEEK
        assert due(due_on=date(2026, 12, 1), status=Status.PLANNED, today=TODAY) is Due.LATER
