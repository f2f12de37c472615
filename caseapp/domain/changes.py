"""What a committed verb changed, so that screens refresh only what they show."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID


class Kind(Enum):
    """The nouns that a screen can be showing."""

    PERSON = "person"
    CALL = "call"
    ENCOUNTER = "encounter"
    CASE = "case"
    CONTACT = "contact"
    FOLLOW_UP = "follow-up"
    REFERRAL = "referral"
    CONSENT = "consent"
    DISCLOSURE = "disclosure"
    DIRECTORY = "directory"
    IMPORT = "import"
    STAFF = "staff"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Change:
    """One committed transaction: the kinds it touched, and whom or what it was about where there is one."""

    kinds: frozenset[Kind]
    person_id: UUID | None = None
    record_id: UUID | None = None
