"""Follow-ups: a promise with a day and a window, what an outcome means, and what is due."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import Enum
from typing import Protocol
from uuid import UUID

from caseapp.domain.contacts import Channel, Outcome
from caseapp.domain.errors import CaseAppError

RETRY_AFTER = timedelta(days=1)
"""A failed attempt is tried again the next day unless the worker or the protocol says otherwise."""

ATTEMPTS_BEFORE_SUPERVISOR = 3
"""Three to five attempts are usual before closing (988 Lifeline follow-up practice); at three it shows."""

THIS_WEEK = timedelta(days=6)
"""The week is the six days after today, so that no day falls between."""


class Status(Enum):
    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Due(Enum):
    """Where a follow-up stands at a moment; every list, count, report and reminder uses this one answer.

    MISSED: nobody did it within its window. OVERDUE: past its day or hour, and still to be done in time.
    """

    MISSED = "missed"
    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this-week"
    LATER = "later"
    CLOSED = "closed"


_NO_HOUR = datetime.max.replace(tzinfo=UTC)
LATE = frozenset({Due.MISSED, Due.OVERDUE})
"""What is late in a count of two words."""


class AlreadyClosed(CaseAppError):
    """A follow-up takes one outcome; a second would overwrite what happened."""

    code = "follow-up.already-closed"


class WhatMissing(CaseAppError):
    """A follow-up needs a few words on what is to be done."""

    code = "follow-up.what-missing"


class DueInPast(CaseAppError):
    """A new follow-up cannot be due before today."""

    code = "follow-up.due-in-past"


class ReasonMissing(CaseAppError):
    """Cancelling needs a reason, because a promise is dropped."""

    code = "follow-up.reason-missing"


@dataclass(frozen=True, slots=True)
class AfterFailed:
    """What an attempt without a contact leads to.

    `waits` are days to the next attempt and `channels` how it is made, each by its number, the last one
    again and again; without channels it stays as it was. From `supervisor_after` attempts on it is the
    supervisor's; `usual` is how many attempts are usual at most.
    """

    waits: tuple[int, ...] = (RETRY_AFTER.days,)
    channels: tuple[Channel, ...] = ()
    supervisor_after: int = ATTEMPTS_BEFORE_SUPERVISOR
    usual: int | None = None
    hands_over: bool = False

    def wait(self, attempts: int) -> timedelta:
        """Days from the attempt of that number (from 1) to the next."""
        return timedelta(days=self.waits[min(attempts, len(self.waits)) - 1])

    def channel(self, attempts: int) -> Channel | None:
        """How the next attempt is made after that many; None where nothing changes."""
        return self.channels[min(attempts, len(self.channels)) - 1] if self.channels else None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A stored follow-up; `due_at` is set where an hour was promised (UTC).

    `earliest_on` to `latest_on` is the window. `due_at` and `latest_at` of a protocol's first step are two
    clocks: until when somebody tries, and until when the person is reached. `recurs_on` is the day that the
    rule of its series gave (RFC 5545 RECURRENCE-ID); `run_id` joins the steps of a protocol started once.
    """

    id: UUID
    version: int
    person_id: UUID
    person_name: str
    what: str
    channel: str
    due_on: date
    due_at: datetime | None
    owner_id: UUID
    owner_name: str
    status: Status
    attempts: int
    case_id: UUID | None = None
    encounter_id: UUID | None = None
    reason: str = ""
    earliest_on: date | None = None
    latest_on: date | None = None
    latest_at: datetime | None = None
    series_id: UUID | None = None
    recurs_on: date | None = None
    run_id: UUID | None = None
    after: AfterFailed = field(default_factory=AfterFailed)


class Promise(Protocol):
    """What says when something was promised, and until when; a follow-up, or a flat row of one."""

    @property
    def status(self) -> Status: ...
    @property
    def due_on(self) -> date: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def latest_on(self) -> date | None: ...
    @property
    def latest_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Decision:
    """What an outcome makes of a follow-up: its new state, and how it goes on while it stays open."""

    status: Status
    attempts: int
    retry_on: date | None
    channel: Channel | None = None
    to_supervisor: bool = False


def check_plan(*, what: str, due_on: date, today: date) -> None:
    """Raise WhatMissing or DueInPast for a follow-up that cannot be planned."""
    check_what(what)
    if due_on < today:
        raise DueInPast(due_on=due_on)


def check_what(what: str) -> None:
    """Raise WhatMissing for a promise without words."""
    if not what.strip():
        raise WhatMissing()


def decide_outcome(*, follow_up: FollowUp, outcome: Outcome, today: date) -> Decision:
    """Say what recording the outcome means: a contact closes it, an attempt keeps it open and moves it.

    The next attempt stays within the window while the window is open. Raises AlreadyClosed when it was
    closed before.
    """
    if follow_up.status is not Status.PLANNED:
        raise AlreadyClosed(status=follow_up.status.value)
    attempts, after = follow_up.attempts + 1, follow_up.after
    if outcome.closes_follow_up:
        return Decision(status=Status.DONE, attempts=attempts, retry_on=None)
    retry_on, latest = today + after.wait(attempts), follow_up.latest_on
    if latest is not None and today < latest < retry_on:
        retry_on = latest
    return Decision(
        status=Status.PLANNED,
        attempts=attempts,
        retry_on=retry_on,
        channel=after.channel(attempts),
        to_supervisor=after.hands_over and attempts == after.supervisor_after,
    )


def decide_cancel(*, follow_up: FollowUp, reason: str) -> Status:
    """Cancel with a reason; raises AlreadyClosed or ReasonMissing."""
    if follow_up.status is not Status.PLANNED:
        raise AlreadyClosed(status=follow_up.status.value)
    if not reason.strip():
        raise ReasonMissing()
    return Status.CANCELLED


def soonest(one: FollowUp) -> tuple[date, bool, datetime, UUID]:
    """The order of every list of what is planned: by day, within a day what has an hour first."""
    return one.due_on, one.due_at is None, one.due_at or _NO_HOUR, one.id


def due(one: Promise, *, now: datetime, zone: tzinfo) -> Due:
    """Where it stands at an instant, by the agency's days.

    An hour that was promised is over when its instant is past; a day is over at the agency's midnight, also
    on days that daylight saving makes 23 or 25 hours long. The answer depends on `now` alone, so a clock set
    back takes back what it said and nothing more.
    """
    if one.status is Status.MISSED:
        return Due.MISSED
    if one.status is not Status.PLANNED:
        return Due.CLOSED
    today = now.astimezone(zone).date()
    if _is_over(one.latest_on, one.latest_at, now, today):
        return Due.MISSED
    if _is_over(one.due_on, one.due_at, now, today):
        return Due.OVERDUE
    if one.due_on <= today:
        return Due.TODAY
    return Due.THIS_WEEK if one.due_on <= today + THIS_WEEK else Due.LATER


def in_time(at: float, *, since: float, within: float) -> bool:
    """Whether something happened within a span after a moment: the one rule of both clocks.

    All three in one unit. What happened before the moment, as after a clock was set back, is not in time:
    it answers something earlier.
    """
    return since < at <= since + within


def needs_supervisor(follow_up: FollowUp) -> bool:
    """Tell whether attempts without a contact have reached the number at which somebody else looks."""
    return follow_up.status is Status.PLANNED and follow_up.attempts >= follow_up.after.supervisor_after


def _is_over(on: date | None, at: datetime | None, now: datetime, today: date) -> bool:
    if at is not None and at < now:
        return True
    return on is not None and on < today
