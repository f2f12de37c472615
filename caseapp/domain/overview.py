"""What must not fall through, as lists: each count on Today is the length of the list it opens."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from caseapp.domain.access import Right

QUIET_AFTER_DAYS = 14
"""An open case without a contact for so long is quiet (as CASA programs flag it)."""

LOOKED_BACK_DAYS = 90
"""Records of so many days are asked for completeness: a quarter, as reports are made."""


class Listed(Enum):
    """The lists, in the order in which Today counts them."""

    NO_STEP = "no-step"
    ATTEMPTS = "attempts"
    CONSENTS = "consents"
    UNSIGNED = "unsigned"
    COSIGN = "cosign"
    TEAM_UNSIGNED = "team-unsigned"
    QUIET = "quiet"
    UNANSWERED = "unanswered"
    NOT_IDENTIFIED = "not-identified"
    NO_OUTCOME = "no-outcome"
    NOT_SCREENED = "not-screened"
    NO_UNIT = "no-unit"
    NOT_DESCRIBED = "not-described"


@dataclass(frozen=True, slots=True)
class About:
    """What a list is called, who sees it, and which figure of the reports suffers from its rows."""

    words: str
    right: Right
    spoils: str = ""
    is_own: bool = False


LISTS: dict[Listed, About] = {
    Listed.NO_STEP: About("Open cases without a next step", Right.SEE_CASES, "cases_with_next_step", True),
    Listed.ATTEMPTS: About("Attempts without contact", Right.SEE_CASES, is_own=True),
    Listed.CONSENTS: About("Consents that end this week", Right.SEE_CASES, is_own=True),
    Listed.UNSIGNED: About("My notes to sign", Right.LOG_CONTACTS, is_own=True),
    Listed.COSIGN: About("Notes to co-sign", Right.LEAD_TEAM),
    Listed.TEAM_UNSIGNED: About("Unsigned notes of the team", Right.LEAD_TEAM),
    Listed.QUIET: About(f"No contact for {QUIET_AFTER_DAYS} days", Right.LEAD_TEAM),
    Listed.UNANSWERED: About("Referrals unanswered for 14 days", Right.SEE_REPORTS, "referral_outcomes"),
    Listed.NOT_IDENTIFIED: About("People met and not identified", Right.SEE_REPORTS, "people_identified"),
    Listed.NO_OUTCOME: About("Meetings without an outcome", Right.SEE_REPORTS, "records_outcome"),
    Listed.NOT_SCREENED: About("Calls nobody screened", Right.SEE_REPORTS, "records_screened"),
    Listed.NO_UNIT: About("Calls without a unit", Right.SEE_REPORTS, "response_minutes_median"),
    Listed.NOT_DESCRIBED: About("Age, gender or race missing", Right.SEE_REPORTS, "records_described"),
}
"""Every list by its name; a measure's id says which figure its rows spoil."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of such a list; `place` and `subject` say what Enter opens."""

    title: str
    second: str
    place: str
    subject: UUID
    on: date | None = None
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """A count and the list behind it; `spoils` is the name of the figure that suffers."""

    listed: Listed
    words: str
    spoils: str
    rows: tuple[Line, ...]

    @property
    def count(self) -> int:
        return len(self.rows)
