"""A contact: what staff did afterwards, with attempt and contact kept apart."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from caseapp.domain.code_words import InWords
from caseapp.domain.errors import CaseAppError

LONGEST_NOTE = 100_000
"""Letters of a note: fifty printed pages; what is longer is a file that was pasted."""

LATE_AFTER = timedelta(hours=24)
"""A note entered more than a day after the contact says that it is a late entry."""


class Outcome(Enum):
    """What came of an attempt; the order is the digit on the keyboard."""

    REACHED = "reached"
    LEFT_MESSAGE = "left-message"
    NO_ANSWER = "no-answer"
    NOT_FOUND = "not-found"
    DECLINED = "declined"
    WRONG_NUMBER = "wrong-number"
    NO_SHOW = "no-show"

    @property
    def is_contact(self) -> bool:
        """Whether the person was met or spoken to; everything else is an attempt."""
        return self in (Outcome.REACHED, Outcome.DECLINED)

    @property
    def closes_follow_up(self) -> bool:
        return self.is_contact


class Channel(Enum):
    PHONE = "phone"
    TEXT = "text"
    VISIT = "visit"
    OFFICE = "office"
    VIDEO = "video"
    LETTER = "letter"
    EMAIL = "e-mail"
    MEETING = "meeting"


def contact_words(said: InWords, channel: Channel, outcome: Outcome) -> str:
    """How somebody was met or sought, and what came of it: "Phone, left a message"."""
    return f"{said.word('contact_channel', channel.value)}, {said.within('contact_outcome', outcome.value)}"


class NoteForm(Enum):
    """Which headings a note has; peer notes are everyday language and strengths."""

    PLAIN = "plain"
    SOAP = "soap"
    DAP = "dap"
    BIRP = "birp"
    PEER = "peer"


CLINICAL_FORMS = frozenset({NoteForm.SOAP, NoteForm.DAP, NoteForm.BIRP})
"""Forms whose words are read by whoever holds the right to clinical information."""

NOTE_PARTS: dict[NoteForm, tuple[str, ...]] = {
    NoteForm.PLAIN: ("Note",),
    NoteForm.SOAP: ("Subjective", "Objective", "Assessment", "Plan"),
    NoteForm.DAP: ("Data", "Assessment", "Plan"),
    NoteForm.BIRP: ("Behavior", "Intervention", "Response", "Plan"),
    NoteForm.PEER: ("What we did", "In their words", "Strengths", "Next promise"),
}
"""The headings of each form, in order."""


class InFuture(CaseAppError):
    """A contact is written down after it happened."""

    code = "contact.in-future"


class NobodyNamed(CaseAppError):
    """A contact is with at least one person."""

    code = "contact.nobody-named"


class MinutesOutOfRange(CaseAppError):
    """Minutes are 0 to 1440: a contact ends within its day."""

    code = "contact.minutes-out-of-range"


class NoteTooLong(CaseAppError):
    """A note of more letters than a page can carry was pasted by mistake."""

    code = "contact.note-too-long"


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note in its form: heading -> text; `is_substance_use` marks what 42 CFR Part 2 covers."""

    form: NoteForm = NoteForm.PLAIN
    parts: dict[str, str] = field(default_factory=dict)
    written_together: bool = False
    is_substance_use: bool = False

    @property
    def text(self) -> str:
        filled = [(name, words.strip()) for name, words in self.parts.items() if words.strip()]
        if len(filled) == 1 and filled[0][0] == "Note":
            return filled[0][1]
        return "\n".join(f"{name}: {words}" for name, words in filled)


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """What the form says: several people at once, one outcome; `at` is an instant in UTC."""

    at: datetime
    channel: Channel
    outcome: Outcome
    person_ids: tuple[UUID, ...]
    minutes: int | None = None
    travel_minutes: int | None = None
    is_incoming: bool = False
    with_whom: str = ""
    place: str = ""
    items: tuple[str, ...] = ()
    note: NoteText = field(default_factory=NoteText)
    case_id: UUID | None = None
    follow_up_id: UUID | None = None
    is_substance_use: bool = False


@dataclass(frozen=True, slots=True)
class Addendum:
    """What was added to a note after it was written, by whom and when."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A stored contact."""

    id: UUID
    version: int
    details: ContactDetails
    staff_id: UUID
    staff_name: str
    is_late_entry: bool
    written_at: datetime
    signed_at: datetime | None = None
    signed_by: str = ""
    needs_cosign: bool = False
    cosigned_at: datetime | None = None
    cosigned_by: str = ""
    addenda: tuple[Addendum, ...] = ()

    @property
    def has_words(self) -> bool:
        """Whether anything was written down."""
        return bool(self.details.note.text or self.addenda)


def check(details: ContactDetails, *, now: datetime) -> None:
    """Raise InFuture, NobodyNamed, MinutesOutOfRange or NoteTooLong for what cannot be saved."""
    if details.at > now + timedelta(minutes=5):
        raise InFuture(at=details.at)
    if not details.person_ids:
        raise NobodyNamed()
    for minutes in (details.minutes, details.travel_minutes):
        if minutes is not None and not 0 <= minutes <= 24 * 60:
            raise MinutesOutOfRange(minutes=minutes)
    if len(details.note.text) > LONGEST_NOTE:
        raise NoteTooLong(letters=len(details.note.text), most=LONGEST_NOTE)


def is_late(*, at: datetime, now: datetime) -> bool:
    """Whether the entry comes more than a day after the contact."""
    return now - at > LATE_AFTER
