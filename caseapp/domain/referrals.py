"""The referral ladder: each step with its day and its proof, from offered to completed."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from caseapp.domain.errors import CaseAppError

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXY"
"""29 characters of a reply code: no 0/O, 1/I/L, U or Z, so that it survives a phone line and handwriting."""

CODE_LENGTH = 6
"""Five characters and one check character: 29^5 codes, shown as ABC-DEF."""


class Step(Enum):
    """The rungs in order; the agency's answer is one of three."""

    OFFERED = "offered"
    ACCEPTED_BY_PERSON = "accepted-by-person"
    SENT = "sent"
    AGENCY_ACCEPTED = "agency-accepted"
    AGENCY_WAITLISTED = "agency-waitlisted"
    AGENCY_DECLINED = "agency-declined"
    APPOINTMENT = "appointment"
    ATTENDED = "attended"
    ENGAGED_30_DAYS = "engaged-30-days"
    COMPLETED = "completed"
    CLOSED = "closed"


class Proof(Enum):
    """How we know that a step happened."""

    PERSON_SAID = "person-said"
    AGENCY_SAID = "agency-said"
    PAPER_SEEN = "paper-seen"


class Method(Enum):
    WARM_IN_PERSON = "warm-handoff-in-person"
    WARM_BY_PHONE = "warm-handoff-by-phone"
    PACKET = "packet"
    SELF = "self"


class EndedBy(Enum):
    AGENCY = "agency"
    PERSON = "person"
    US = "us"


NEXT: dict[Step, frozenset[Step]] = {
    Step.OFFERED: frozenset({Step.ACCEPTED_BY_PERSON, Step.CLOSED}),
    Step.ACCEPTED_BY_PERSON: frozenset({Step.SENT, Step.CLOSED}),
    Step.SENT: frozenset(
        {
            Step.AGENCY_ACCEPTED,
            Step.AGENCY_WAITLISTED,
            Step.AGENCY_DECLINED,
            Step.APPOINTMENT,
            Step.ATTENDED,
            Step.CLOSED,
        }
    ),
    Step.AGENCY_WAITLISTED: frozenset(
        {Step.AGENCY_ACCEPTED, Step.AGENCY_DECLINED, Step.APPOINTMENT, Step.ATTENDED, Step.CLOSED}
    ),
    Step.AGENCY_ACCEPTED: frozenset({Step.APPOINTMENT, Step.ATTENDED, Step.AGENCY_DECLINED, Step.CLOSED}),
    Step.APPOINTMENT: frozenset({Step.APPOINTMENT, Step.ATTENDED, Step.CLOSED}),
    Step.ATTENDED: frozenset({Step.ENGAGED_30_DAYS, Step.COMPLETED, Step.CLOSED}),
    Step.ENGAGED_30_DAYS: frozenset({Step.COMPLETED, Step.CLOSED}),
    Step.AGENCY_DECLINED: frozenset({Step.SENT, Step.CLOSED}),
    Step.COMPLETED: frozenset(),
    Step.CLOSED: frozenset(),
}
"""Which step may follow which; a declined referral may be sent again, an ended one may not move."""

ENDED = frozenset({Step.COMPLETED, Step.CLOSED})
WAITING = frozenset({Step.SENT, Step.AGENCY_WAITLISTED})
"""Steps at which the agency owes an answer."""


class StepOutOfOrder(CaseAppError):
    """The ladder does not allow this step after the present one."""

    code = "referral.step-out-of-order"


class ReasonMissing(CaseAppError):
    """Declined and closed need who ended it and why, so that the network can be mended."""

    code = "referral.reason-missing"


class PlaceMissing(CaseAppError):
    """A referral goes to a service of the directory or to a place typed by hand."""

    code = "referral.place-missing"


class StepInFuture(CaseAppError):
    """A step is written down when it has happened; an appointment's own time may lie ahead."""

    code = "referral.step-in-future"


class StepBeforeTheLast(CaseAppError):
    """A step cannot have happened before the one that it follows."""

    code = "referral.step-before-the-last"


class AppointmentMissing(CaseAppError):
    """An appointment has its day and time."""

    code = "referral.appointment-missing"


class NotAnswered(CaseAppError):
    """A warm handoff says who was present and whether it was accepted."""

    code = "referral.handoff-not-told"


class BadReplyCode(CaseAppError):
    """The code has a wrong length, letter or check character."""

    code = "referral.bad-reply-code"


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One rung taken: when, by which proof, who wrote it, and for an appointment when it is."""

    step: Step
    on: date
    proof: Proof
    by: str = ""
    note: str = ""
    ended_by: EndedBy | None = None
    reason: str = ""
    appointment_at: datetime | None = None
    next_action: str = ""
    next_action_on: date | None = None
    present: str = ""
    is_accepted: bool | None = None


@dataclass(frozen=True, slots=True)
class Referral:
    """A stored referral with its whole ladder."""

    id: UUID
    version: int
    person_id: UUID
    person_name: str
    to_name: str
    need: str
    method: Method
    step: Step
    reply_code: str
    owner_name: str
    case_id: UUID | None = None
    service_id: UUID | None = None
    organization_id: UUID | None = None
    to_phone: str = ""
    why_now: str = ""
    accepted_by: str = ""
    consent_id: UUID | None = None
    is_substance_use: bool = False
    sent_on: date | None = None
    last_answer_on: date | None = None
    appointment_at: datetime | None = None
    next_action: str = ""
    next_action_on: date | None = None
    present_at_handoff: str = ""
    handoff_accepted: bool | None = None
    follow_up_id: UUID | None = None
    created_on: date | None = None
    steps: tuple[LadderStep, ...] = ()

    @property
    def agency_name(self) -> str:
        """The agency without its service, as consents name it."""
        return self.to_name.split(",")[0].strip()

    @property
    def is_waiting(self) -> bool:
        """Whether the agency owes an answer."""
        return is_waiting(self.step)


def decide_step(*, current: Step, taken: LadderStep, today: date, last_on: date | None = None) -> Step:
    """Return the step the referral now stands on; `last_on` is the day of the step before.

    Raises StepOutOfOrder, StepInFuture, StepBeforeTheLast, AppointmentMissing, NotAnswered, or ReasonMissing
    (declined and closed need who and why).
    """
    if taken.step not in NEXT[current]:
        raise StepOutOfOrder(current=current.value, asked=taken.step.value)
    if taken.on > today:
        raise StepInFuture(on=taken.on)
    if last_on is not None and taken.on < last_on:
        raise StepBeforeTheLast(on=taken.on, last=last_on)
    if taken.step is Step.APPOINTMENT and taken.appointment_at is None:
        raise AppointmentMissing()
    if taken.present and taken.is_accepted is None:
        raise NotAnswered()
    ends = taken.step in (Step.AGENCY_DECLINED, Step.CLOSED)
    if ends and not (taken.reason and (taken.ended_by or taken.step is Step.AGENCY_DECLINED)):
        raise ReasonMissing()
    return taken.step


def is_waiting(step: Step) -> bool:
    """Whether the agency owes an answer."""
    return step in WAITING


def days_waiting(*, step: Step, sent_on: date | None, last_answer_on: date | None, today: date) -> int | None:
    """Days since the agency last said anything, counted from sending; None when nothing is owed."""
    since = last_answer_on or sent_on
    return (today - since).days if is_waiting(step) and since else None


def _check_character(body: str) -> str:
    """Weighted sum modulo 29, a prime: finds every single wrong letter and every swapped pair."""
    total = sum((position + 1) * ALPHABET.index(letter) for position, letter in enumerate(body))
    return ALPHABET[total % len(ALPHABET)]


def reply_code(number: int) -> str:
    """The code of a random number: it opens its referral here and means nothing elsewhere."""
    body = ""
    for _ in range(CODE_LENGTH - 1):
        number, digit = divmod(number, len(ALPHABET))
        body += ALPHABET[digit]
    return body + _check_character(body)


def read_reply_code(text: str) -> str:
    """Normalise a typed code (any case, blanks, dash) and check it; raises BadReplyCode."""
    code = "".join(letter for letter in text.upper() if letter.isalnum())
    if len(code) != CODE_LENGTH or any(letter not in ALPHABET for letter in code):
        raise BadReplyCode()
    if _check_character(code[:-1]) != code[-1]:
        raise BadReplyCode()
    return code


def show_reply_code(code: str) -> str:
    """The code in two groups of three, as it is printed and read aloud."""
    return f"{code[:3]}-{code[3:]}"
