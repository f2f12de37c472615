"""Protocols started, attempts that fail, series edited, and everything taken back, on a real file."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from caseapp.domain.access import Role
from caseapp.domain.calls import UnitResponse
from caseapp.domain.contacts import Channel, Outcome
from caseapp.domain.errors import StaleRecord
from caseapp.domain.follow_ups import AlreadyClosed, Due, DueInPast, ReasonMissing
from caseapp.domain.open_days import ClosureDay, NoWeekday
from caseapp.domain.protocols import BadProtocol, ProtocolUnknown
from caseapp.domain.recurrence import Every, Recurrence
from caseapp.domain.series import Reach
from caseapp.domain.shorthand import When
from caseapp.services.cases import NewCase
from caseapp.services.context import Context
from caseapp.services.desk import build_services
from caseapp.services.follow_ups import Move
from caseapp.services.session import SignedIn
from caseapp.services.staff import KeyRing
from caseapp.system import keys
from tests.builders import NOW, TODAY, Clock, a_call, a_contact, a_person, an_encounter, services_as

MONDAY = date(2026, 11, 30)
WEEKLY = Recurrence(Every.WEEK, 6)


@pytest.fixture
def person_id(worker):
    return worker.people.add(details=a_person())


def planned(services, person_id):
    return services.follow_ups.planned(person_id=person_id)


def a_series(worker, person_id, recurrence=WEEKLY, when=None):
    return worker.follow_ups.repeat(
        person_id=person_id,
        what="Check-in",
        channel=Channel.VISIT,
        when=when or When(MONDAY, time(10)),
        recurrence=recurrence,
    )


def facts(rows):
    return [(one.id, one.due_on, one.due_at, one.owner_id, one.status, one.recurs_on) for one in rows]


def with_clock(worker, clock):
    context = worker.context
    moved = Context(context.database, context.actor, context.zone, clock)
    return build_services(SignedIn(moved, KeyRing(b"", keys.LOWEST_COST), worker.staff.agency()))


class TestProtocol:
    def test_runs_from_when_the_team_left_and_is_taken_back_whole(self, worker, person_id):
        left = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
        call = a_call(received_at=left - timedelta(hours=2), responses=(UnitResponse("A2", cleared_at=left),))
        call_id = worker.calls.add(call=call)
        worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=person_id)
        assert worker.protocols.last_call(person_id=person_id) == left
        done = worker.protocols.start(code="first-contact", person_id=person_id, from_call=True)
        [one] = planned(worker, person_id)
        assert (one.due_at, one.latest_at) == (left + timedelta(hours=24), left + timedelta(hours=72))
        assert one.encounter_id is not None and one.run_id is not None
        worker.follow_ups.take_back(done=done)
        assert planned(worker, person_id) == []

    def test_goes_on_by_other_channels_then_to_the_supervisor_and_ends_with_a_contact(
        self, worker, admin, signed_in, person_id
    ):
        supervisor = services_as(signed_in, Role.SUPERVISOR).context.actor.staff_id
        me = next(one for one in admin.staff.list_staff() if one.id == worker.context.actor.staff_id)
        admin.staff.change(
            staff_id=me.id, details=replace(me.details, supervisor_id=supervisor), version=me.version
        )
        clock = Clock()
        desk = with_clock(worker, clock)
        desk.protocols.start(code="first-contact", person_id=person_id)
        seen, logged = [], None
        for _attempt in range(3):
            [one] = planned(desk, person_id)
            logged = desk.contacts.log(
                details=a_contact(person_id, outcome=Outcome.NO_ANSWER, follow_up_id=one.id, at=clock.at)
            )
            [one] = planned(desk, person_id)
            seen.append((one.channel, one.owner_id == supervisor, (one.due_on - TODAY).days))
            clock.at += timedelta(days=1)
        assert seen == [("phone", False, 1), ("visit", False, 2), ("text", True, 3)]
        assert desk.context.stands(one) is Due.TODAY
        desk.contacts.take_back(logged=logged)
        [one] = planned(desk, person_id)
        assert (one.channel, one.owner_id, one.attempts) == ("visit", me.id, 2)
        desk.contacts.log(details=a_contact(person_id, follow_up_id=one.id, at=clock.at))
        assert planned(desk, person_id) == []

    def test_keeps_its_edition_and_a_new_one_comes_from_a_file(self, worker, admin, person_id):
        worker.protocols.start(code="four-contacts", person_id=person_id)
        content = (
            b'code = "four-contacts"\nname = "Ours"\nedition = 1\nsource = "us"\n'
            b'[[steps]]\ncode = "one"\nwhat = "Call"\nchannel = "phone"\n'
        )
        assert admin.protocols.add(content=content).edition == 2
        assert len(planned(worker, person_id)) == 4
        worker.protocols.start(code="four-contacts", person_id=person_id)
        assert [one.what for one in planned(worker, person_id)].count("Call") == 1
        for wrong in (b"\xff", b"steps = [", b'code = "x"'):
            with pytest.raises(BadProtocol):
                admin.protocols.add(content=wrong)

    def test_is_taken_out_of_use_and_brought_back(self, worker, admin, person_id):
        admin.protocols.retire(code="first-contact", is_retired=True)
        assert "first-contact" not in {one.id for one in worker.protocols.offered()}
        with pytest.raises(ProtocolUnknown):
            worker.protocols.start(code="first-contact", person_id=person_id)
        admin.protocols.retire(code="first-contact", is_retired=False)
        assert worker.protocols.start(code="first-contact", person_id=person_id).added

    def test_is_stopped_with_a_reason_and_that_is_taken_back(self, worker, person_id):
        worker.protocols.start(code="four-contacts", person_id=person_id)
        before = planned(worker, person_id)
        with pytest.raises(ReasonMissing):
            worker.protocols.stop(run_id=before[0].run_id, reason=" ")
        done = worker.protocols.stop(run_id=before[0].run_id, reason="moved away")
        assert planned(worker, person_id) == []
        worker.follow_ups.take_back(done=done)
        assert facts(planned(worker, person_id)) == facts(before)


class TestOpenDays:
    def test_of_the_agency_decide_where_steps_fall(self, worker, admin, person_id):
        day = TODAY + timedelta(days=35)
        assert worker.protocols.open_days().is_open(day)
        admin.protocols.put_closure(day=ClosureDay(day, "  Staff   retreat "))
        assert worker.protocols.open_days().closed_for(day) == "Staff retreat"
        worker.protocols.start(code="four-contacts", person_id=person_id)
        assert planned(worker, person_id)[2].due_on == day + timedelta(days=1)
        admin.protocols.drop_closure(on=day)
        assert worker.protocols.open_days().is_open(day)

    def test_are_weekdays_and_federal_days_as_the_agency_says(self, worker, admin):
        saturday, thanksgiving = date(2026, 11, 28), date(2026, 11, 26)
        admin.protocols.change_open_days(weekdays=frozenset(range(7)), with_federal=False)
        days = worker.protocols.open_days()
        assert days.is_open(saturday) and days.is_open(thanksgiving)
        with pytest.raises(NoWeekday):
            admin.protocols.change_open_days(weekdays=frozenset(), with_federal=True)


class TestSeries:
    def test_keeps_its_hour_over_the_change_of_clocks(self, worker, person_id):
        a_series(worker, person_id, Recurrence(Every.MONTH, 6), When(date(2026, 12, 31), time(10)))
        rows = planned(worker, person_id)
        assert [one.due_on.day for one in rows] == [31, 31, 28, 31, 30, 31]
        zone = worker.context.zone
        assert {one.due_at.astimezone(zone).hour for one in rows} == {10}
        assert len({one.due_at.hour for one in rows}) == 2

    def test_moves_one_and_leaves_the_others(self, worker, person_id):
        a_series(worker, person_id)
        one = planned(worker, person_id)[2]
        worker.follow_ups.move(
            follow_up_id=one.id, when=When(one.due_on + timedelta(days=1)), version=one.version
        )
        days = [(row.due_on - MONDAY).days for row in planned(worker, person_id)]
        assert days == [0, 7, 15, 21, 28, 35]

    @pytest.mark.parametrize(
        ("reach", "expected"), [(Reach.LATER, [0, 7, 15, 22, 29, 36]), (Reach.ALL, [1, 8, 15, 22, 29, 36])]
    )
    def test_moves_this_and_later_or_all_and_takes_it_back(self, worker, person_id, reach, expected):
        a_series(worker, person_id)
        before = planned(worker, person_id)
        one = before[2]
        when = When(one.due_on + timedelta(days=1), time(14))
        worker.follow_ups.move(follow_up_id=one.id, when=when, version=one.version, reach=reach)
        moved = planned(worker, person_id)
        assert [(row.due_on - MONDAY).days for row in moved] == expected
        zone = worker.context.zone
        assert [row.due_at.astimezone(zone).hour for row in moved[2:]] == [14] * 4
        assert len({row.series_id for row in moved}) == (2 if reach is Reach.LATER else 1)
        again = moved[3]
        later = worker.follow_ups.move(
            follow_up_id=again.id, when=When(again.due_on), version=again.version, reach=Reach.LATER
        )
        worker.follow_ups.take_back(done=later)
        with pytest.raises(StaleRecord):
            worker.follow_ups.take_back(done=later)

    def test_taking_a_move_back_restores_every_row_and_the_rule(self, worker, person_id):
        a_series(worker, person_id)
        before = planned(worker, person_id)
        one = before[2]
        when = When(one.due_on + timedelta(days=1))
        done = worker.follow_ups.move(follow_up_id=one.id, when=when, version=one.version, reach=Reach.LATER)
        worker.follow_ups.take_back(done=done)
        assert facts(planned(worker, person_id)) == facts(before)
        with worker.context.read("test") as work:
            assert work.follow_ups.series(one.series_id).rule == WEEKLY.rule(MONDAY)

    def test_cancels_this_and_later_with_a_reason(self, worker, person_id):
        a_series(worker, person_id)
        rows = planned(worker, person_id)
        done = worker.follow_ups.cancel(follow_up_id=rows[4].id, reason="goes by himself", reach=Reach.LATER)
        assert len(planned(worker, person_id)) == 4
        worker.follow_ups.take_back(done=done)
        assert facts(planned(worker, person_id)) == facts(rows)

    def test_leaves_what_is_done_where_it_was(self, worker, person_id):
        a_series(worker, person_id)
        first = planned(worker, person_id)[0]
        worker.contacts.log(details=a_contact(person_id, follow_up_id=first.id))
        second = planned(worker, person_id)[0]
        worker.follow_ups.move(
            follow_up_id=second.id,
            when=When(second.due_on + timedelta(days=2)),
            version=second.version,
            reach=Reach.ALL,
        )
        assert [(row.due_on - MONDAY).days for row in planned(worker, person_id)] == [9, 16, 23, 30, 37]
        with worker.context.read("test") as work:
            assert work.follow_ups.get(first.id).due_on == MONDAY


class TestMove:
    def test_refuses_the_past_a_stale_version_and_what_is_closed(self, worker, person_id):
        one = worker.follow_ups.schedule(
            person_id=person_id, what="Call", channel=Channel.PHONE, when=When(TODAY)
        )
        move = worker.follow_ups.move
        with pytest.raises(DueInPast):
            move(follow_up_id=one, when=When(TODAY - timedelta(days=1)), version=1)
        move(follow_up_id=one, when=When(TODAY + timedelta(days=1)), version=1)
        with pytest.raises(StaleRecord):
            move(follow_up_id=one, when=When(TODAY), version=1)
        worker.follow_ups.cancel(follow_up_id=one, reason="done otherwise")
        with pytest.raises(AlreadyClosed):
            move(follow_up_id=one, when=When(TODAY), version=3)

    def test_moves_several_or_none(self, worker, signed_in, person_id):
        other = services_as(signed_in, Role.PEER_SPECIALIST).context.actor.staff_id
        a_series(worker, person_id)
        before = planned(worker, person_id)
        moves = tuple(
            Move(one.id, one.version, When(one.due_on + timedelta(days=7)), other) for one in before
        )
        with pytest.raises(StaleRecord):
            worker.follow_ups.move_all(moves=(*moves[:-1], replace(moves[-1], version=9)))
        assert facts(planned(worker, person_id)) == facts(before)
        done = worker.follow_ups.move_all(moves=moves)
        assert {one.owner_id for one in planned(worker, person_id)} == {other}
        worker.follow_ups.take_back(done=done)
        assert facts(planned(worker, person_id)) == facts(before)

    def test_a_clock_set_back_makes_nothing_late_and_loses_nothing(self, worker, person_id):
        clock = Clock()
        desk = with_clock(worker, clock)
        desk.follow_ups.schedule(
            person_id=person_id, what="Call", channel=Channel.PHONE, when=When(TODAY + timedelta(days=1))
        )
        clock.at = NOW + timedelta(days=3)
        [late] = planned(desk, person_id)
        assert desk.context.stands(late) is Due.OVERDUE
        clock.at = NOW - timedelta(days=2)
        assert desk.context.stands(late) is Due.THIS_WEEK
        logged = desk.contacts.log(
            details=a_contact(person_id, outcome=Outcome.NO_ANSWER, follow_up_id=late.id, at=clock.at)
        )
        [again] = planned(desk, person_id)
        assert (again.attempts, again.due_on) == (1, TODAY - timedelta(days=1))
        desk.contacts.take_back(logged=logged)
        assert planned(desk, person_id)[0].due_on == TODAY + timedelta(days=1)


def test_stands_in_one_order_wherever_it_is_listed(worker, person_id):
    """By day; of a day first what was promised for an hour, the earliest first, whenever it was planned."""
    case = worker.cases.open_episode(new=NewCase(person_id, "self", worker.context.actor.staff_id))
    cancelled = planned(worker, person_id)
    for one in cancelled:
        worker.follow_ups.cancel(follow_up_id=one.id, reason="not here")
    days = (TODAY + timedelta(days=1), TODAY)
    for what, day, clock in (
        ("any time", days[1], None),
        ("late", days[1], time(16)),
        ("tomorrow", days[0], time(8)),
        ("early", days[1], time(15, 30)),
    ):
        worker.follow_ups.schedule(
            person_id=person_id, what=what, channel=Channel.PHONE, when=When(day, clock), case_id=case.id
        )
    wanted = ["early", "late", "any time", "tomorrow"]
    lists = (
        [one.follow_up for one in worker.today.page().due],
        planned(worker, person_id),
        worker.follow_ups.planned(),
        worker.follow_ups.between(first=TODAY, last=days[0]),
        worker.people.open(person_id=person_id).follow_ups,
        worker.cases.open(case_id=case.id).steps,
    )
    assert [[one.what for one in rows] for rows in lists] == [wanted] * len(lists)
