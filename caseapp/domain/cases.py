"""A case is one episode of follow-up; a person can have several, and an open one has a dated next step."""

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from uuid import UUID

from caseapp.domain.errors import CaseAppError


class CaseStatus(Enum):
    """Derived from facts, never typed."""

    OPEN = "open"
    CLOSED = "closed"


class CaseAlreadyOpen(CaseAppError):
    """The person has an open case in this program already; work goes on there."""

    code = "case.already-open"


class AlreadyClosed(CaseAppError):
    code = "case.already-closed"


class CaseEnded(CaseAppError):
    """Nothing is begun in an episode that is over: who works on it takes it up again first."""

    code = "case.ended"


class CloseReasonMissing(CaseAppError):
    """Closing needs a reason and an outcome."""

    code = "case.close-reason-missing"


class NotClosed(CaseAppError):
    """Only a case that has ended is taken up again."""

    code = "case.not-closed"


class ReopenReasonMissing(CaseAppError):
    """Taking a case up again says why."""

    code = "case.reopen-reason-missing"


class GoalEmpty(CaseAppError):
    """A need is said in the person's own words."""

    code = "case.goal-empty"


@dataclass(frozen=True, slots=True)
class TeamPeriod:
    """Somebody's time on a team; ended, never overwritten."""

    staff_id: UUID
    name: str
    is_primary: bool
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Reopening:
    """A case that had ended and went on, with how it had ended."""

    on: date
    reason: str
    closed_on: date
    close_reason: str
    outcome: str


_SUBSTANCE_USE = "substance-use"


@dataclass(frozen=True, slots=True)
class Goal:
    """A need and what the person wants, in their own words."""

    domain: str
    statement: str
    target: str = ""
    status: str = "open"
    id: UUID | None = None

    @property
    def tells_substance_use(self) -> bool:
        return self.domain == _SUBSTANCE_USE


@dataclass(frozen=True, slots=True)
class Case:
    """A stored case with its team now."""

    id: UUID
    version: int
    number: str
    person_id: UUID
    person_name: str
    opened_on: date
    opened_from: str
    primary_id: UUID
    primary_name: str
    program: str = ""
    team: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()
    closed_on: date | None = None
    close_reason: str = ""
    outcome: str = ""
    is_beyond: bool = False
    """Whether it lies beyond the reader's scope, so that what is written in it was left out."""

    @property
    def status(self) -> CaseStatus:
        return CaseStatus.CLOSED if self.closed_on else CaseStatus.OPEN


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of a caseload: what a worker needs to choose whom to see next."""

    case: Case
    last_contact_on: date | None
    next_step_on: date | None
    next_step: str
    open_referrals: int

    def days_quiet(self, today: date) -> int:
        """Days since the last contact, or since opening where there was none."""
        return (today - (self.last_contact_on or self.case.opened_on)).days

    @property
    def lacks_next_step(self) -> bool:
        """The one-next-step rule: an open case without a dated next step is an exception."""
        return self.case.closed_on is None and self.next_step_on is None


def decide_close(*, case: Case, reason: str, outcome: str) -> None:
    """Raise AlreadyClosed or CloseReasonMissing."""
    if case.closed_on is not None:
        raise AlreadyClosed(number=case.number)
    if not reason.strip() or not outcome.strip():
        raise CloseReasonMissing()


def check_open(case: Case) -> None:
    """Raise CaseEnded."""
    if case.closed_on is not None:
        raise CaseEnded(number=case.number)


def decide_reopen(*, case: Case, standing: Case | None, reason: str) -> str:
    """The reason as it is kept; raises NotClosed, ReopenReasonMissing or CaseAlreadyOpen."""
    if case.closed_on is None:
        raise NotClosed(number=case.number)
    if standing is not None:
        raise CaseAlreadyOpen(number=standing.number)
    if not reason.strip():
        raise ReopenReasonMissing()
    return reason.strip()


def check_goal(goal: Goal) -> Goal:
    """The need as it is kept; raises GoalEmpty."""
    if not goal.statement.strip():
        raise GoalEmpty()
    return replace(goal, statement=goal.statement.strip(), target=goal.target.strip())


def veil_case(case: Case) -> Case:
    """What anybody may know of a case of others: that it is there, whose it is, and since when."""
    return replace(case, goals=(), close_reason="", outcome="", is_beyond=True)
