"""Follow-ups: a promise with a day, what an outcome means, and what is due."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from uuid import UUID

from caseapp.domain.contacts import Outcome
from caseapp.domain.errors import CaseAppError

RETRY_AFTER = timedelta(days=1)
"""A failed attempt is tried again the next day unless the worker says otherwise."""

ATTEMPTS_BEFORE_SUPERVISOR = 3
"""Three to five attempts are usual before closing (988 Lifeline follow-up practice); at three it shows."""


class Status(Enum):
    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Due(Enum):
    """Where a planned follow-up stands on a day; every list and count uses this one answer."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this-week"
    LATER = "later"
    CLOSED = "closed"


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
class FollowUp:
    """A stored follow-up; `due_at` is set where an hour was promised (UTC)."""

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


@dataclass(frozen=True, slots=True)
class Decision:
    """What an outcome makes of a follow-up: its new state, and the day to try again while it stays open."""

    status: Status
    attempts: int
    retry_on: date | None


def check_plan(*, what: str, due_on: date, today: date) -> None:
    """Raise WhatMissing or DueInPast for a follow-up that cannot be planned."""
    if not what.strip():
        raise WhatMissing()
    if due_on < today:
        raise DueInPast(due_on=due_on)


def decide_outcome(*, follow_up: FollowUp, outcome: Outcome, today: date) -> Decision:
    """Say what recording the outcome means: a contact closes it, an attempt keeps it open and moves it.

    Raises AlreadyClosed when it was closed before.
    """
    if follow_up.status is not Status.PLANNED:
        raise AlreadyClosed(status=follow_up.status.value)
    attempts = follow_up.attempts + 1
    if outcome.closes_follow_up:
        return Decision(status=Status.DONE, attempts=attempts, retry_on=None)
    return Decision(status=Status.PLANNED, attempts=attempts, retry_on=today + RETRY_AFTER)


def decide_cancel(*, follow_up: FollowUp, reason: str) -> Status:
    """Cancel with a reason; raises AlreadyClosed or ReasonMissing."""
    if follow_up.status is not Status.PLANNED:
        raise AlreadyClosed(status=follow_up.status.value)
    if not reason.strip():
        raise ReasonMissing()
    return Status.CANCELLED


def due(*, due_on: date, status: Status, today: date) -> Due:
    """Where it stands today: the week is the six days after today, so that no day falls between."""
    if status is not Status.PLANNED:
        return Due.CLOSED
    if due_on < today:
        return Due.OVERDUE
    if due_on == today:
        return Due.TODAY
    return Due.THIS_WEEK if due_on <= today + timedelta(days=6) else Due.LATER


def needs_supervisor(follow_up: FollowUp) -> bool:
    """Tell whether attempts without a contact have reached the number at which somebody else looks."""
    return follow_up.status is Status.PLANNED and follow_up.attempts >= ATTEMPTS_BEFORE_SUPERVISOR
