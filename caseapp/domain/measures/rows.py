"""The frozen rows that measures read: flat, made once a report, so that a function only compares numbers.

Instants are whole microseconds since 1970 in UTC and ids are 16 bytes, because a year has a million of
them. A person's id is that of their whole group of linked records.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from caseapp.domain.follow_ups import Status

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.toordinal()
_MICROSECOND = timedelta(microseconds=1)


class CallFact(NamedTuple):
    """A call received in the period; `outcome` and `end` are codes, `sent` says that a team of ours went.

    `aside` is why no measure counts the call: a duplicate, or a date that may lie outside the period.
    """

    key: bytes
    at: int
    is_day: bool
    until: int | None
    dispatched_at: int | None
    on_scene_at: int | None
    cleared_at: int | None
    type_text: str
    category: str
    source: str
    area: str
    eligible: str
    not_served_reason: str
    aside: str
    end: str
    outcome: str
    models: tuple[str, ...]
    sent: bool
    backup_asked: bool
    backup_arrived: bool
    with_police: bool
    has_units: bool

    @property
    def left_at(self) -> int:
        """When the team left: cleared, else arrived, else the call itself."""
        return self.cleared_at or self.on_scene_at or self.at


class EncounterFact(NamedTuple):
    """A person met on a call of the period; `person` is empty where nobody was identified."""

    key: bytes
    call: bytes
    person: bytes | None
    at: int
    left_at: int
    is_subject: bool
    outcome: str
    transported_to: str
    is_voluntary: bool | None
    arrest: str
    injuries: str
    wished: str
    offers: tuple[str, ...]
    planned: bool
    model: str


class ContactFact(NamedTuple):
    """An attempt of staff; `is_contact` when the person was met or spoken to."""

    key: bytes
    at: int
    is_contact: bool
    channel: str
    minutes: int | None


class FollowUpFact(NamedTuple):
    """A promise with its day, as the one rule of what is late reads it."""

    key: bytes
    person: bytes
    status: Status
    due_on: date
    due_at: datetime | None
    latest_on: date | None
    latest_at: datetime | None
    worker: str

    @property
    def due_day(self) -> int:
        """Days from 0001-01-01, as everywhere here."""
        return self.due_on.toordinal()


class ReferralFact(NamedTuple):
    """A referral; days are counted from 0001-01-01, each the first day on which the step was taken."""

    key: bytes
    person: bytes
    offered_on: int
    sent_on: int | None
    answered_on: int | None
    accepted_on: int | None
    declined_on: int | None
    appointment_on: int | None
    attended_on: int | None
    engaged_on: int | None
    completed_on: int | None
    closed_on: int | None
    ended_by: str
    proof: str
    step: str
    to_name: str
    category: str
    need: str


class CaseFact(NamedTuple):
    """A case; days are counted from 0001-01-01, instants as everywhere."""

    key: bytes
    person: bytes
    program: str
    opened_on: int
    opened_at: int
    closed_on: int | None
    close_reason: str
    outcome: str
    opened_from: str
    index_call: bytes | None
    has_next_step: bool
    call_on: int | None
    worker: str


class PersonFact(NamedTuple):
    """Who somebody is, as far as it is recorded; an empty text is not recorded."""

    key: bytes
    is_known: bool
    gender: str
    races: tuple[str, ...]
    language: str
    veteran: str
    age: int | None
    died_on: int | None
    living: tuple[tuple[str, int, int | None], ...]


class PersonCall(NamedTuple):
    """A call on which somebody was met."""

    at: int
    call: bytes


@dataclass(frozen=True, slots=True)
class Span:
    """Instants of the report: from, up to (excluded), and until when the data is complete."""

    start: int
    end: int
    complete: int
    data_start: int
    start_day: int
    end_day: int
    complete_day: int
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that the chosen measures read, as of one transaction."""

    span: Span
    calls: Sequence[CallFact] = ()
    encounters: Sequence[EncounterFact] = ()
    people: Mapping[bytes, PersonFact] = field(default_factory=dict)
    contacts: Mapping[bytes, Sequence[ContactFact]] = field(default_factory=dict)
    person_calls: Mapping[bytes, Sequence[PersonCall]] = field(default_factory=dict)
    referrals: Sequence[ReferralFact] = ()
    cases: Sequence[CaseFact] = ()
    follow_ups: Sequence[FollowUpFact] = ()
    trained: Sequence[tuple[bytes, str, int | None]] = ()
    """Officers: id, agency, and the day of the CIT course if there was one."""
    repeat_threshold: int = 3
    """Calls from which the agency speaks of repeat contact."""
    cached: dict[str, object] = field(default_factory=dict, repr=False, compare=False)
    """Populations made once and read by several measures."""


def moment(at: int) -> datetime:
    """The instant of so many microseconds."""
    return _EPOCH + at * _MICROSECOND


def instant(at: datetime) -> int:
    """Whole microseconds since 1970 of an instant."""
    return (at - _EPOCH) // _MICROSECOND


def utc_day(at: int) -> int:
    """The day of an instant, counted as `date.toordinal` does, in UTC."""
    return at // DAY + _EPOCH_DAY
