"""The journal as people read it: who did or saw what, when, about whom; never more than they may see."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID


class Told(Enum):
    """The kinds of entries that a reader asks for together."""

    CHANGES = "changes"
    LOOKS = "looks"
    OUT = "out"
    SIGN_INS = "sign-ins"
    KEEPING = "keeping"


KINDS: dict[Told, tuple[str, ...]] = {
    Told.CHANGES: ("change",),
    Told.LOOKS: ("opened", "found", "previewed", "reported", "matched"),
    Told.OUT: ("printed", "exported", "export-began", "copied"),
    Told.SIGN_INS: ("signed-in", "sign-in-failed", "refused", "password", "recovered"),
    Told.KEEPING: ("verified", "backed-up", "backup-tried", "brought-up-to-date", "anchor-missing"),
}
"""The kinds of entries under what a reader asks for."""

PAGE = 200
"""Entries read at once."""

NAMED = 12
"""Records of one entry that are looked up; an import is about thousands."""

MOST_FIELDS = 400
"""Fields of one entry that are shown."""

CLINICAL = frozenset({"note", "addendum", "assessment", "safety_plan"})
"""Tables whose words are read only with the right to clinical information."""

IMPERSONAL = frozenset(
    {
        *("", "agency", "program", "staff", "staff_program", "setting", "code", "form_text", "layout"),
        *("protocol", "protocol_step", "closure_day", "organization", "service", "import_batch", "unit"),
    }
)
"""Tables that speak of nobody met; the words of all others may be about somebody sealed, whom a call or a
relative's record names without pointing there, so that only who may open sealed records reads them."""


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """What a reader asks for; nothing said asks for everything."""

    by_id: UUID | None = None
    told: Told | None = None
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that was written: `before` is empty for what is new, `after` for what was taken away."""

    noun: str
    did: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One entry; `verb` is the name of the verb, `about` the people whom the reader may be told of."""

    id: int
    at: datetime
    by: str
    kind: str
    verb: str
    reason: str
    about: tuple[str, ...]
    person_ids: tuple[UUID, ...]
    fields: tuple[FieldChange, ...]
    others: int = 0
    """Further records that it is about."""
    is_withheld: bool = False
    """Whether words were left out, because they are clinical or may be about somebody sealed."""
