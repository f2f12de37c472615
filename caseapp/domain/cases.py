"""A case is one episode of follow-up; a person can have several, and an open one has a dated next step."""

from dataclasses import dataclass
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


class CloseReasonMissing(CaseAppError):
    """Closing needs a reason and an outcome."""

    code = "case.close-reason-missing"


@dataclass(frozen=True, slots=True)
class Goal:
    """A need and what the person wants, in their own words."""

    domain: str
    statement: str
    target: str = ""
    status: str = "open"
    id: UUID | None = None


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
