"""Screening: the agency's own criteria with their days of validity, and what they say of a call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from caseapp.domain.call_forms import FieldError


class Answer(Enum):
    """What was answered to a criterion on one call."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class CriterionEmpty(FieldError):
    code = "screening.criterion-empty"


class VersionNotLater(FieldError):
    """A changed criterion begins after the one it replaces: a call keeps the words it was asked."""

    code = "screening.version-not-later"


class EndsBeforeStart(FieldError):
    code = "screening.ends-before-start"


class OverruledWithoutReason(FieldError):
    """Somebody decided otherwise than the criteria say; why belongs on the call."""

    code = "screening.overruled-without-reason"


class NotServedReasonMissing(FieldError):
    """An eligible call that nobody of ours reached needs the reason."""

    code = "screening.not-served-reason-missing"


class WasServed(FieldError):
    """A reason for not serving a call stands beside a unit of ours that reached it."""

    code = "screening.was-served"


@dataclass(frozen=True, slots=True)
class CriterionDetails:
    """A yes-or-no question; a call may go to a non-police team while the answer is `letting`."""

    text: str
    letting: Answer = Answer.NO
    valid_from: date = date.min
    valid_to: date | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Criterion:
    """A stored criterion in one of its versions; `replaces` is the version before."""

    id: UUID
    version: int
    details: CriterionDetails
    replaces: UUID | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the criteria say of a call: "yes", "no" or "unknown", and which ones speak against it."""

    eligible: str
    against: tuple[str, ...] = ()
    unanswered: int = 0

    @property
    def words(self) -> str:
        if self.eligible == "no":
            return f"Not eligible: {'; '.join(self.against)}"
        if self.eligible == "unknown":
            return f"Not decided: {self.unanswered} not answered" if self.unanswered else "No criteria"
        return "Eligible by every criterion"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answer sheet of a call, and what was decided on it."""

    answers: Mapping[UUID, Answer] = field(default_factory=dict)
    eligible: str = "unknown"
    reason: str = ""
    not_served_reason: str = ""
    screened_by: str = ""
    screened_at: datetime | None = None


def valid_on(criteria: Sequence[Criterion], day: date) -> list[Criterion]:
    """The criteria in force on a day, in their order."""
    found = [
        one
        for one in criteria
        if one.details.valid_from <= day and (one.details.valid_to is None or day <= one.details.valid_to)
    ]
    return sorted(found, key=lambda one: (one.details.position, one.id))


def decide_eligibility(criteria: Sequence[Criterion], answers: Mapping[UUID, Answer]) -> Verdict:
    """One answer against a criterion is enough for "no"; "yes" needs every criterion answered."""
    given = [(one, answers.get(one.id, Answer.UNKNOWN)) for one in criteria]
    against = tuple(
        one.details.text for one, answer in given if answer not in (one.details.letting, Answer.UNKNOWN)
    )
    unanswered = sum(answer is Answer.UNKNOWN for _one, answer in given)
    if against:
        return Verdict("no", against, unanswered)
    return Verdict("yes" if given and not unanswered else "unknown", (), unanswered)


def check_criterion(details: CriterionDetails, *, after: Criterion | None = None) -> None:
    """Raise CriterionEmpty, EndsBeforeStart, or VersionNotLater than the version it follows."""
    if not details.text.strip():
        raise CriterionEmpty(field="text")
    if details.valid_to is not None and details.valid_to < details.valid_from:
        raise EndsBeforeStart(field="valid_to")
    if after is not None and details.valid_from <= after.details.valid_from:
        raise VersionNotLater(field="valid_from", day=after.details.valid_from.isoformat())


def check_sheet(sheet: Sheet, verdict: Verdict, *, is_served: bool) -> None:
    """Raise OverruledWithoutReason, NotServedReasonMissing or WasServed."""
    is_overruled = verdict.eligible != "unknown" and sheet.eligible != verdict.eligible
    if is_overruled and not sheet.reason.strip():
        raise OverruledWithoutReason(field="reason")
    if sheet.not_served_reason and is_served:
        raise WasServed(field="not_served_reason")
    if sheet.eligible == "yes" and not is_served and not sheet.not_served_reason:
        raise NotServedReasonMissing(field="not_served_reason")
