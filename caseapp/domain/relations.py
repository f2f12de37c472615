"""Somebody in a person's life: how they are written, checked, put and taken off."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from uuid import UUID

from caseapp.domain.errors import CaseAppError
from caseapp.domain.names import is_seen

EMERGENCY_CONTACT = "emergency-contact"
"""The kind of relation that says whom to call in an emergency."""
HELPERS = (EMERGENCY_CONTACT, "family", "partner", "friend", "household")
"""The kinds of relation, of all in the list `relation`, of which somebody may be asked for help."""


class RelatedToSelf(CaseAppError):
    """Somebody close to a person is another record of the same person."""

    code = "person.related-to-self"


class RelativeGone(CaseAppError):
    """The record of somebody close is not in the database, or not any more."""

    code = "person.relative-gone"


class RelativeNameMissing(CaseAppError):
    """A phone or a note of nobody: whoever is close to a person is called by something."""

    code = "person.relative-name-missing"


class RelationChanged(CaseAppError):
    """What is said of somebody close does not stand any more as it was read."""

    code = "person.relation-changed"


@dataclass(frozen=True, slots=True)
class Relation:
    """Somebody in the person's life, known to us or only by name."""

    kind: str
    name: str
    phone: str = ""
    other_person_id: UUID | None = None
    note: str = ""

    @property
    def kind_words(self) -> str:
        """The kind as it is said where the words of the list are not at hand."""
        return self.kind.replace("-", " ")


def check_relations(relations: Iterable[Relation], own: AbstractSet[UUID]) -> None:
    """Raise RelatedToSelf where one of these names any of a person's own records."""
    if any(one.other_person_id in own for one in relations):
        raise RelatedToSelf()


def check_relation(said: Relation) -> Relation:
    """Somebody close as they are written: without blanks around the words. Raises RelativeNameMissing."""
    name, phone, note = said.name.strip(), said.phone.strip(), said.note.strip()
    if not is_seen(name):
        raise RelativeNameMissing()
    return replace(said, name=name, phone=phone, note=note)


def rewritten(
    stored: tuple[Relation, ...], before: Relation | None, after: Relation | None, *, place: int
) -> tuple[Relation, ...]:
    """The relations with one of them put, changed or taken off; what is new stands at a place.

    Raises RelationChanged where `before` is not among them.
    """
    if before is not None and before not in stored:
        raise RelationChanged()
    at = min(place, len(stored)) if before is None else stored.index(before)
    rest = stored[at:] if before is None else stored[at + 1 :]
    return (*stored[:at], *((after,) if after is not None else ()), *rest)
