"""The calendar file, read back by a calendar library of others."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from caseapp.exchange.icalendar_file import EVENT_LENGTH, Event, build
from tests.builders import HOSTILE, NOW, TODAY

texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters='\n;,\\"'), max_size=200)


def read(*events):
    content = build(events, name="Follow-ups", now=NOW)
    assert content.endswith(b"END:VCALENDAR\r\n") and b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    return icalendar.Calendar.from_ical(content)


def an_event(**changes):
    values = {"id": UUID(int=7), "sequence": 3, "on": TODAY, "at": None, "summary": "Follow-up"}
    return Event(**{**values, **changes})


def test_says_what_a_calendar_needs():
    calendar = read(an_event(), an_event(id=UUID(int=8), is_cancelled=True))
    assert calendar["VERSION"] == "2.0" and calendar["METHOD"] == "PUBLISH" and calendar["PRODID"]
    first, second = calendar.walk("VEVENT")
    assert first["UID"] == f"followup-{UUID(int=7)}@caseapp" and first["SEQUENCE"] == 3
    assert first.decoded("DTSTAMP") == NOW and first["CLASS"] == "PRIVATE"
    assert (first["STATUS"], second["STATUS"]) == ("CONFIRMED", "CANCELLED")


@given(st.dates(date(2000, 1, 1), date(2099, 12, 30)))
def test_a_day_is_a_whole_day(day):
    [event] = read(an_event(on=day)).walk("VEVENT")
    assert event.decoded("DTSTART") == day and event.decoded("DTEND") == day + timedelta(days=1)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 30), timezones=st.just(UTC)))
def test_an_hour_is_an_instant_also_when_the_clocks_change(at):
    at = at.replace(microsecond=0)
    [event] = read(an_event(on=at.date(), at=at)).walk("VEVENT")
    assert event.decoded("DTSTART") == at and event.decoded("DTEND") == at + EVENT_LENGTH


@given(texts)
def test_text_comes_back_whole(text):
    [event] = read(an_event(summary=text or "x")).walk("VEVENT")
    assert str(event["SUMMARY"]) == (text or "x")


def test_hostile_text_adds_no_line_of_its_own():
    text = f"{HOSTILE}\r\nEND:VEVENT\x00\x07\x85\nBEGIN:VALARM"
    calendar = read(an_event(summary=text))
    assert [one.name for one in calendar.walk()] == ["VCALENDAR", "VEVENT"]
