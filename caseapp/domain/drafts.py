"""Text that is not saved yet."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from caseapp.domain.contacts import Channel, NoteForm, Outcome


def name_of(kind: str, about: str) -> str:
    """What a draft is kept under: the kind of form, and what that was open for beside the person."""
    return f"{kind} {about}".strip()


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in a form, and when it was kept; `form` is as `name_of` gives it."""

    form: str
    person_id: UUID | None
    content: dict[str, Any]
    saved_at: datetime

    @property
    def kind(self) -> str:
        """Which form it is, whatever it was open for."""
        return self.form.partition(" ")[0]

    @property
    def about(self) -> str:
        """What the form was open for beside the person, or nothing."""
        return self.form.partition(" ")[2]


@dataclass(frozen=True, slots=True)
class TypedContact:
    """Everything that a contact form can hold before it is saved, as text that a file can keep."""

    outcome: str = ""
    notes: dict[str, str] = field(default_factory=dict)
    when: str = ""
    what: str = ""
    form: str = NoteForm.PLAIN.value
    channel: str = Channel.PHONE.value
    minutes: int = 0
    people: list[str] = field(default_factory=list)
    follow_up: str = ""
    at: str = ""
    place: str = ""
    items: str = ""
    travel: int = 0
    incoming: bool = False
    substance: bool = False
    together: bool = False
    name: str = ""
    """What is typed of somebody who is not added yet."""

    @property
    def has_words(self) -> bool:
        """Whether there is anything that somebody would miss."""
        typed = (self.outcome, self.when, self.place, self.items, self.name, *self.notes.values())
        return any(typed)

    def content(self) -> dict[str, Any]:
        """What is kept on file."""
        return asdict(self)

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "TypedContact":
        """Read back what was kept, also by an edition that kept less or knew other choices."""
        known = {name: content[name] for name in cls.__dataclass_fields__ if name in content}
        for name, choices in (("outcome", Outcome), ("form", NoteForm), ("channel", Channel)):
            if known.get(name) not in {one.value for one in choices}:
                known.pop(name, None)
        return cls(**known)
