"""Follow-ups, Today and the papers of the day by the keyboard alone, on the real windows of each role."""

from datetime import date, datetime, time, timedelta

import icalendar
import pytest
from pypdf import PdfReader

from caseapp.domain.access import Role
from caseapp.domain.contacts import Channel
from caseapp.domain.follow_ups import needs_supervisor
from caseapp.domain.recurrence import Every, Recurrence
from caseapp.domain.shorthand import When
from caseapp.ui.follow_ups.grid import Span
from tests.builders import TODAY, a_person
from tests.journeys.by_keys import saving_to

THURSDAY = TODAY + timedelta(days=2)
WEEKS = [THURSDAY + timedelta(weeks=week) for week in range(4)]


@pytest.fixture
def somebody(desks):
    return desks.admin.people.add(details=a_person("Sol", "Planned", points=(), birth=None))


@pytest.fixture(autouse=True)
def nothing_stays_planned(desks):
    """The next journey begins with an empty calendar."""
    yield
    for role in (Role.SOCIAL_WORKER, Role.PEER_SPECIALIST):
        services = desks.services(role)
        for one in services.follow_ups.planned():
            services.follow_ups.cancel(follow_up_id=one.id, reason="the journey ended")


def to_the_agenda(keys):
    """Whatever view another journey left."""
    keys.reach("View")
    keys.press("1")
    keys.reach("Planned follow-ups")


def planned(keys, person_id):
    return keys.services.follow_ups.planned(person_id=person_id)


@pytest.mark.parametrize(
    ("reach", "moved"),
    [("this one", (1,)), ("this and later", (1, 2, 3)), ("all of the series", (0, 1, 2, 3))],
)
def test_a_series_is_moved_reworded_and_dropped_as_far_as_one_says(at_desk, somebody, reach, moved):
    keys = at_desk()
    keys.services.follow_ups.repeat(
        person_id=somebody,
        what="Check-in",
        channel=Channel.VISIT,
        when=When(THURSDAY),
        recurrence=Recurrence(Every.WEEK, 4),
    )
    keys.show("follow-ups")

    def second():
        to_the_agenda(keys)
        keys.press("Ctrl+Home", "Down")

    second()
    keys.press("E")
    keys.type_over("Call about rent")
    keys.choose("How far the change reaches", reach)
    keys.do("Change")
    named = ["Call about rent" if place in moved else "Check-in" for place in range(4)]
    assert [one.what for one in planned(keys, somebody)] == named
    keys.press("Ctrl+Z")
    assert {one.what for one in planned(keys, somebody)} == {"Check-in"}
    second()
    keys.press("M")
    keys.type("4 dec")
    keys.choose("How far the change reaches", reach)
    keys.do("Move")
    days = [day + timedelta(days=1) if place in moved else day for place, day in enumerate(WEEKS)]
    assert [one.due_on for one in planned(keys, somebody)] == days
    keys.press("Ctrl+Z")
    second()
    keys.press("C")
    keys.type("no longer wanted")
    keys.choose("How far the change reaches", reach)
    keys.do("Cancel it")
    assert [one.due_on for one in planned(keys, somebody)] == [
        day for place, day in enumerate(WEEKS) if place not in moved
    ]
    keys.press("Ctrl+Z")
    assert [one.due_on for one in planned(keys, somebody)] == WEEKS


def test_failed_attempts_climb_the_ladder_of_a_protocol_to_the_supervisor(desks, at_desk, somebody):
    keys = at_desk()
    keys.services.cases.open_case(person_id=somebody, opened_from="self")
    keys.show("schedule", somebody)
    keys.reach("Protocols")
    table = keys.screen.protocols.table
    for _row in table.shown():
        if table.current().id == "first-contact":
            break
        keys.press("Down")
    keys.press("Return")
    ways = []
    for _attempt in range(6):
        first = planned(keys, somebody)[0]
        ways.append((first.attempts, first.channel))
        if needs_supervisor(first):
            break
        keys.show("follow-ups")
        to_the_agenda(keys)
        keys.press("Ctrl+Home")
        while keys.screen.table.current().id != first.id:
            keys.press("Down")
        keys.press("L", "3", "Ctrl+Return")
    assert [attempts for attempts, _way in ways] == list(range(len(ways))) and 3 <= len(ways) - 1 <= 5
    assert len({way for _attempts, way in ways}) > 1, "the next channel"
    lead = at_desk(Role.SUPERVISOR)
    lead.show("today")
    lead.do("Open attempts without contact")
    assert "Sol Planned" in [one.title for one in lead.screen.table.model.rows]


def test_the_calendar_turns_moves_and_shows_lanes_and_load(desks, at_desk, somebody):
    desks.services(Role.PEER_SPECIALIST)
    keys = at_desk()
    keys.services.follow_ups.schedule(
        person_id=somebody, what="Day 7", channel=Channel.PHONE, when=When(THURSDAY, time(10))
    )
    keys.show("follow-ups")
    keys.reach("View")
    for digit, span in (("1", Span.AGENDA), ("4", Span.MONTH), ("2", Span.DAY), ("3", Span.WEEK)):
        keys.press(digit)
        assert keys.screen.span is span
    keys.reach("Calendar")
    while keys.screen.view.current().row is None:
        keys.press("Right")
    keys.press("Alt+Right")
    assert planned(keys, somebody)[0].due_on == THURSDAY + timedelta(days=1)
    keys.press("Ctrl+Z", "PgDown")
    assert keys.screen.page.first == TODAY + timedelta(days=6)
    keys.press("T")
    keys.do("Mine")
    titles = [line.title for line in keys.screen.model.grid.lines if line.title]
    assert any(title.endswith("1 due") for title in titles) and len(titles) > 2


def test_everything_of_somebody_who_is_away_moves_at_once(desks, at_desk, somebody):
    cover = desks.services(Role.PEER_SPECIALIST).context.actor.staff_id
    keys = at_desk()
    for day in (1, 2):
        keys.services.follow_ups.schedule(
            person_id=somebody,
            what=f"Call {day}",
            channel=Channel.PHONE,
            when=When(TODAY + timedelta(days=day)),
        )
    keys.show("follow-ups")
    keys.do("Somebody is away")
    keys.fill(Who_is_away="Social-Worker", First_day="today", Last_day="+6d", Who_covers="Peer-Specialist")
    keys.do("Move them all")
    assert {one.owner_id for one in planned(keys, somebody)} == {cover}
    keys.press("Ctrl+Z")
    assert {one.owner_id for one in planned(keys, somebody)} == {keys.services.context.actor.staff_id}


def test_the_calendar_goes_out_without_names_and_is_read_back(at_desk, somebody, tmp_path):
    keys = at_desk()
    keys.services.follow_ups.schedule(
        person_id=somebody, what="Ride", channel=Channel.VISIT, when=When(date(2026, 12, 1), time(9, 30))
    )
    keys.show("follow-ups")
    with saving_to(tmp_path / "out.ics") as path:
        keys.pick_in_menu("Calendar file", "Without names")
    read = icalendar.Calendar.from_ical(path.read_bytes())
    promised = datetime(2026, 12, 1, 9, 30, tzinfo=keys.services.context.zone)
    assert promised in [one["DTSTART"].dt for one in read.walk("VEVENT")]
    assert b"Sol" not in path.read_bytes() and b"Planned" not in path.read_bytes()


def test_the_hand_over_is_written_and_comes_on_paper(at_desk, somebody, tmp_path):
    keys = at_desk()
    keys.show("today")
    keys.do("Hand over")
    keys.reach("What the next shift should know")
    keys.type("Look in at the camp")
    with saving_to(tmp_path / "sheet.pdf") as path:
        keys.do("Save PDF")
    assert "Look in at the camp" in "".join(page.extract_text() for page in PdfReader(path).pages)
    assert keys.services.drafts.get(form="hand-over", person_id=None) is None, "gone with the save"
