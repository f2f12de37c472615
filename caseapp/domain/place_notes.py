"""What is noted on a place, and how notes on two places that turn out to be one go together."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from caseapp.domain.errors import CaseAppError


class NoPlace(CaseAppError):
    """The call has no place to say something of."""

    code = "place.none"


class NoteEmpty(CaseAppError):
    """A note with a last day and no words."""

    code = "place.note-empty"


@dataclass(frozen=True, slots=True)
class PlaceNote:
    """What responders should know before they come here, until its last day."""

    kind: str = ""
    text: str = ""
    until: date | None = None
    noted_on: date | None = None
    id: UUID | None = None
    version: int = 0

    def holds_on(self, day: date) -> bool:
        """Whether it is to be shown on a day."""
        return bool(self.text) and (self.until is None or day <= self.until)


NOTHING_NOTED = PlaceNote()


def together(one: PlaceNote, other: PlaceNote) -> PlaceNote:
    """Two notes on one place as one: no line is lost or said twice, and it ends and is dated as the later."""
    kind, lines = one.kind or other.kind, one.text.splitlines()
    more = [line for line in other.text.splitlines() if line not in lines]
    if not more:
        return replace(one, kind=kind)
    ends = [note.until for note in (one, other) if note.text]
    last = [end for end in ends if end is not None]
    return replace(
        one,
        kind=kind,
        text="\n".join((*lines, *more)),
        until=max(last) if len(last) == len(ends) else None,
        noted_on=max((day for day in (one.noted_on, other.noted_on) if day), default=None),
    )
