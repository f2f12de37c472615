"""Somebody met on a call: what was said of them, what happened, and whether it is settled who it was."""

from dataclasses import dataclass, field, fields, replace
from enum import Enum
from uuid import UUID

from caseapp.domain.births import Birth, birth_words
from caseapp.domain.errors import CaseAppError


class Part(Enum):
    """The part that a person had in the call."""

    SUBJECT = "subject"
    CALLER = "caller"
    FAMILY = "family"
    BYSTANDER = "bystander"
    UNKNOWN = "unknown"


class Certainty(Enum):
    """How sure the identity is."""

    CONFIRMED = "confirmed"
    LIKELY = "likely"
    STATED = "stated"
    NOT_IDENTIFIED = "not-identified"


class AlreadyLinked(CaseAppError):
    """The person on this call has been identified already."""

    code = "encounter.already-linked"


class LinkedAnew(CaseAppError):
    """Somebody said of the person on this call that it is another one, or nobody, since it was read."""

    code = "encounter.linked-anew"


@dataclass(frozen=True, slots=True)
class StatedIdentity:
    """What was said of somebody on the call before anyone knew who they are."""

    name: str = ""
    age: int | None = None
    birth: Birth | None = None
    phone: str = ""
    description: str = ""

    @property
    def words(self) -> str:
        """In one sentence; an age that the description tells in the same words is not told twice."""
        age = f"about {self.age}" if self.age else ""
        if age and age in self.description.casefold().split(", "):
            age = ""
        parts = [self.name and f"“{self.name}”", age, self.description]
        return ", ".join(part for part in parts if part) or "no name given"


def said_over(
    stands: StatedIdentity, before: StatedIdentity, said: StatedIdentity
) -> tuple[StatedIdentity, tuple[str, ...]]:
    """What is said now, over what others wrote since it was read as `before`.

    What was not changed stays as it stands; with it the words of others that are written over.
    """
    typed = {one.name: getattr(said, one.name) for one in fields(said)}
    typed = {name: value for name, value in typed.items() if value != getattr(before, name)}
    others = ((getattr(stands, name), getattr(before, name), value) for name, value in typed.items())
    lost = tuple(_as_words(theirs) for theirs, read, mine in others if theirs and theirs not in (read, mine))
    return replace(stands, **typed), lost


def _as_words(said: object) -> str:
    return birth_words(said) if isinstance(said, Birth) else str(said)


@dataclass(frozen=True, slots=True)
class EncounterDetails:
    """What happened between responders and one person on one call."""

    part: Part = Part.SUBJECT
    certainty: Certainty = Certainty.NOT_IDENTIFIED
    stated: StatedIdentity = field(default_factory=StatedIdentity)
    needs: tuple[str, ...] = ()
    offers: tuple[tuple[str, str], ...] = ()
    what_was_done: str = ""
    outcome: str = ""
    transported_to: str = ""
    is_voluntary: bool | None = None
    injuries: str = ""
    use_of_force: str = ""
    arrest: str = ""
    follow_up_wished: str = "unknown"
    how_to_find: str = ""
    transported_by: str = ""
    restraint: str = ""
    involuntary_hold: str = ""


def details_over(
    stands: EncounterDetails, before: EncounterDetails, said: EncounterDetails
) -> EncounterDetails | None:
    """What is said now, over what others wrote since it was read as `before`; None where both wrote there."""
    stated, lost = said_over(stands.stated, before.stated, said.stated)
    typed = {one.name: getattr(said, one.name) for one in fields(said) if one.name != "stated"}
    typed = {name: value for name, value in typed.items() if value != getattr(before, name)}
    both = [
        name for name, value in typed.items() if getattr(stands, name) not in (getattr(before, name), value)
    ]
    return None if lost or both else replace(stands, stated=stated, **typed)


@dataclass(frozen=True, slots=True)
class Encounter:
    """A stored encounter; without a person it waits in the workbench to be linked."""

    id: UUID
    version: int
    call_id: UUID
    person_id: UUID | None
    details: EncounterDetails
    triage: str = ""


def decide_link(encounter: Encounter) -> None:
    """Raise AlreadyLinked when the encounter has its person; it is undone first, never overwritten."""
    if encounter.person_id is not None:
        raise AlreadyLinked()


def decide_unlink(encounter: Encounter, person_id: UUID) -> None:
    """Raise LinkedAnew when it is not this person any more: nobody undoes what they did not see."""
    if encounter.person_id != person_id:
        raise LinkedAnew()


def veil_encounter(encounter: Encounter) -> Encounter:
    """That somebody was met and in which part, without any word on who or what."""
    details = EncounterDetails(part=encounter.details.part, certainty=encounter.details.certainty)
    return replace(encounter, details=details)
