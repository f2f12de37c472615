"""Protocols: their days against a naive count, over leap days, month ends, holidays and clock changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.contacts import Channel
from caseapp.domain.follow_ups import AfterFailed
from caseapp.domain.open_days import OpenDays
from caseapp.domain.protocols import (
    BadProtocol,
    NothingLeft,
    Protocol,
    Step,
    after_of,
    kept_after,
    plan,
    read,
)
from caseapp.services.protocols import shipped

LA = ZoneInfo("America/Los_Angeles")
EVERY_DAY = OpenDays(frozenset(range(7)), with_federal=False)
BY_CODE = {one.code: one for one in shipped()}
instants = st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))


def days(protocol, since, *, open_days=EVERY_DAY, zone=LA):
    return plan(protocol, since=since, now=since, zone=zone, open_days=open_days)


def a_protocol(*steps):
    return Protocol("p", "P", 1, "tests", steps)


class TestShipped:
    def test_are_the_four_of_the_field_and_say_where_they_come_from(self):
        assert set(BY_CODE) == {"first-contact", "four-contacts", "peer-check-in", "after-referral"}
        assert all(one.source and one.steps for one in shipped())

    @given(instants)
    def test_first_contact_runs_24_and_72_hours_as_they_pass(self, since):
        [one] = days(BY_CODE["first-contact"], since)
        assert (one.due_at - since, one.latest_at - since) == (timedelta(hours=24), timedelta(hours=72))
        assert one.due_on == one.due_at.astimezone(LA).date() <= one.latest_on
        assert one.step.after.usual == 5 and one.step.after.supervisor_after == 3

    @pytest.mark.parametrize("day", [date(2026, 3, 7), date(2026, 10, 31)])
    def test_first_contact_is_an_hour_off_the_wall_when_the_clocks_change(self, day):
        since = datetime(day.year, day.month, day.day, 14, 0, tzinfo=LA)
        [one] = days(BY_CODE["first-contact"], since.astimezone(UTC))
        assert one.due_at.astimezone(LA).hour == (15 if day.month == 3 else 13)

    @given(instants)
    def test_four_contacts_lie_in_their_windows(self, since):
        start = since.astimezone(LA).date()
        found = days(BY_CODE["four-contacts"], since, open_days=OpenDays())
        windows = [((one.earliest_on - start).days, (one.latest_on - start).days) for one in found]
        assert windows == [(1, 3), (7, 10), (30, 60), (61, 90)]
        assert all(one.earliest_on <= one.due_on <= one.latest_on for one in found)
        assert all(OpenDays().is_open(one.due_on) for one in found[1:])

    @given(instants)
    def test_peers_check_in_twelve_times_once_a_month(self, since):
        found = days(BY_CODE["peer-check-in"], since)
        months = [one.due_on.year * 12 + one.due_on.month for one in found]
        assert len(found) == 12 and len({one.step.code for one in found}) == 1
        assert months == sorted(months)

    @given(instants, st.integers(1, 20))
    def test_business_days_are_counted_like_somebody_who_walks(self, since, count):
        step = Step("s", "x", Channel.PHONE, count, count, count, is_business=True)
        walked, left = since.astimezone(LA).date(), count
        while left:
            walked += timedelta(days=1)
            left -= OpenDays().is_open(walked)
        assert [one.due_on for one in days(a_protocol(step), since, open_days=OpenDays())] == [walked]


class TestStartedLate:
    def test_leaves_out_what_is_over_and_does_today_what_is_late(self):
        since = datetime(2026, 11, 1, 20, 0, tzinfo=UTC)
        now = since + timedelta(days=9)
        found = plan(BY_CODE["four-contacts"], since=since, now=now, zone=LA, open_days=EVERY_DAY)
        today = now.astimezone(LA).date()
        assert [one.step.code for one in found] == ["days-7-10", "days-30-60", "days-60-90"]
        assert found[0].due_on == today and found[1].due_on > today

    def test_says_when_nothing_is_left(self):
        since = datetime(2026, 1, 1, tzinfo=UTC)
        with pytest.raises(NothingLeft):
            plan(
                BY_CODE["first-contact"],
                since=since,
                now=since + timedelta(hours=73),
                zone=LA,
                open_days=EVERY_DAY,
            )

    def test_keeps_the_second_clock_when_the_first_ran_out(self):
        since = datetime(2026, 11, 1, 20, 0, tzinfo=UTC)
        now = since + timedelta(hours=30)
        [one] = plan(BY_CODE["first-contact"], since=since, now=now, zone=LA, open_days=EVERY_DAY)
        assert one.due_at is None and one.due_on == now.astimezone(LA).date()
        assert one.latest_at == since + timedelta(hours=72)


GOOD = {
    "code": "c",
    "name": "C",
    "edition": 1,
    "source": "ours",
    "steps": [{"code": "a", "what": "x", "channel": "phone"}],
}


class TestRead:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"steps": []},
            {"edition": "first"},
            {"steps": [{"code": "a", "what": "x", "channel": "pigeon"}]},
            {"steps": [{"code": "a", "what": "x", "channel": "phone", "due_days": 5, "latest_days": 3}]},
            {"steps": [{"code": "a", "what": "x", "channel": "phone", "due_hours": 5}]},
            {"steps": [{"code": "a", "what": "x", "channel": "phone", "rule": "FREQ=NEVER"}]},
            {"steps": [{"code": "a", "what": "x", "channel": "phone", "failed": {"waits": []}}]},
            {"steps": [{"code": "a", "what": "x", "channel": "phone", "surprise": 1}]},
            {"steps": "all"},
        ],
    )
    def test_refuses_what_it_does_not_know(self, wrong):
        assert read(GOOD).steps
        with pytest.raises(BadProtocol):
            read({**GOOD, **wrong})

    def test_refuses_a_file_without_a_name(self):
        with pytest.raises(BadProtocol):
            read({one: value for one, value in GOOD.items() if one != "name"})

    @given(
        st.builds(
            AfterFailed,
            waits=st.lists(st.integers(1, 90), min_size=1, max_size=5).map(tuple),
            channels=st.lists(st.sampled_from(list(Channel)), max_size=4).map(tuple),
            supervisor_after=st.integers(1, 9),
            usual=st.one_of(st.none(), st.integers(1, 9)),
            hands_over=st.booleans(),
        )
    )
    def test_keeps_what_follows_a_failed_attempt(self, after):
        assert after_of(kept_after(after)) == after
