"""Follow-ups as an iCalendar file (RFC 5545): stable ids, no word about a person unless asked.

Calendars copy themselves to telephones and clouds, so that what stands here is out of the agency's hands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

_MOST_OCTETS = 75
"""RFC 5545 3.1: a line is folded so that none is longer, and no letter is cut in two."""

_DAY = timedelta(days=1)
EVENT_LENGTH = timedelta(minutes=30)
"""How long a promise of an hour is shown; nobody writes down how long one will take."""


@dataclass(frozen=True, slots=True)
class Event:
    """One follow-up; `at` (UTC) is None where only a day was promised. `sequence` grows with each change."""

    id: UUID
    sequence: int
    on: date
    at: datetime | None
    summary: str
    description: str = ""
    is_cancelled: bool = False


def build(events: Iterable[Event], *, name: str, now: datetime) -> bytes:
    """The file; reading it again updates events by their ids instead of doubling them."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//caseapp//Follow-ups//EN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape(name)}",
    ]
    for event in events:
        lines += _lines(event, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in fold(line)).encode()


def escape(text: str) -> str:
    """Text of a property (RFC 5545 3.3.11), without the control characters that the grammar forbids."""
    plain = "".join(one for one in text.replace("\r\n", "\n").replace("\r", "\n") if _may_stand(one))
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, f"\\{mark}")
    return plain.replace("\n", "\\n")


def fold(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, each but the first behind a space."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _MOST_OCTETS:
            yield piece
            piece, size = " ", 1
        piece += letter
        size += octets
    yield piece


def _lines(event: Event, now: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:followup-{event.id}@caseapp",
        f"DTSTAMP:{_instant(now)}",
        f"SEQUENCE:{event.sequence}",
        *_when(event),
        f"SUMMARY:{escape(event.summary)}",
        *([f"DESCRIPTION:{escape(event.description)}"] if event.description else []),
        "CLASS:PRIVATE",
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
        f"TRANSP:{'OPAQUE' if event.at else 'TRANSPARENT'}",
        "END:VEVENT",
    ]


def _when(event: Event) -> list[str]:
    if event.at is None:
        return [
            f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.on + _DAY:%Y%m%d}",
        ]
    return [f"DTSTART:{_instant(event.at)}", f"DTEND:{_instant(event.at + EVENT_LENGTH)}"]


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _may_stand(letter: str) -> bool:
    """RFC 5545 3.1: no control character but tab and the line ends, which are written as `\\n`."""
    code = ord(letter)
    return letter in "\n\t" or not (code < 32 or 127 <= code < 160 or 0xD800 <= code < 0xE000)
