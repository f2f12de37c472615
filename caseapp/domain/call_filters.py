"""Which calls a list shows, and where in it one stands: newest first, by the instant and then the id."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

PAGE = 200
"""Calls that are read at once; a window shows some ten of them."""

_INSTANT = timedelta(microseconds=1)


class Written(NamedTuple):
    """A place as calls write it, with the city beside it."""

    place: str
    city: str = ""


@dataclass(frozen=True, slots=True)
class CallFilter:
    """Calls that meet everything said here; nothing said is every call.

    `words` stand in the number, the type, the place or the disposition, each somewhere. `after` is left
    out and `until` is kept. `is_ours` asks for a unit of ours other than police, `has_unlinked` for
    somebody whom nobody has identified, `needs_triage` for somebody on Today's list of new people.
    `person_id` asks for calls about a person, and with it as with `places` a duplicate is left out: as many
    as repeat contact counts.
    """

    words: str = ""
    after: datetime | None = None
    until: datetime | None = None
    type_text: str = ""
    source: str = ""
    disposition: str = ""
    place: str = ""
    places: tuple[Written, ...] = ()
    person_id: UUID | None = None
    is_ours: bool = False
    has_unlinked: bool = False
    needs_triage: bool = False


class Mark(NamedTuple):
    """Where a call stands in the list, so that reading goes on behind it without counting from the top."""

    received_at: datetime
    id: UUID


def whole_days(
    from_on: date | None, to_on: date | None, zone: ZoneInfo
) -> tuple[datetime | None, datetime | None]:
    """`after` and `until` of a filter for whole days of the agency, both days included; None is open."""
    after = datetime.combine(from_on, time(0), zone) - _INSTANT if from_on else None
    until = datetime.combine(to_on + timedelta(days=1), time(0), zone) - _INSTANT if to_on else None
    return after, until


def since(days: int, *, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant after which the last so many days of the agency begin, today the last of them.

    Whole days, so that a screen counts the calls that a report of the same days counts.
    """
    first = now.astimezone(zone).date() - timedelta(days=days - 1)
    return datetime.combine(first, time(0), zone) - _INSTANT


@dataclass(frozen=True, slots=True)
class CallCount:
    """How many calls a list holds, and how many people on them wait to be linked (None: not counted)."""

    calls: int
    to_link: int | None = None


@dataclass(frozen=True, slots=True)
class CallWords:
    """What calls on record say, to choose from: types and dispositions, each as often as it is there."""

    types: tuple[str, ...] = ()
    dispositions: tuple[str, ...] = ()
