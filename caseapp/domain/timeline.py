"""One line of a person's story, whatever kind of record it comes from."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID


class TimelineKind(Enum):
    """The kinds that can be shown or hidden."""

    CALL = "call"
    CONTACT = "contact"
    FOLLOW_UP = "follow-up"
    REFERRAL = "referral"
    DOCUMENT = "document"
    CASE = "case"
    CONSENT = "consent"
    ASSESSMENT = "assessment"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """`title` in a few words, `chip` a state in a word or two, `text` what was written.

    Without `has_time` it is of a day, and the hour of `at` only keeps it in its place.
    """

    kind: TimelineKind
    at: datetime
    title: str
    text: str
    has_time: bool = True
    chip: str = ""
    tone: str = "neutral"
    by: str = ""
    record_id: UUID | None = None
    is_substance_use: bool = False
    is_clinical: bool = False
    case_id: UUID | None = None
    """The case it was written in."""
    by_id: UUID | None = None
    with_people: tuple[UUID, ...] = ()
    """Everybody whom the words are about, where that is more than one."""
    origins: tuple[UUID, ...] = ()
    """The records it stands on, of the linked ones that are read as one person."""
