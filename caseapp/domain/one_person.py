"""One person of several linked records: every value once, and from which records it comes."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from typing import Any, Generic, TypeVar
from uuid import UUID

from caseapp.domain.names import fold, phone_digits
from caseapp.domain.people import ContactPoint, Person, PersonDetails, PersonKind, display_name
from caseapp.domain.relations import Relation
from caseapp.domain.timeline import TimelineKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sourced(Generic[T]):
    """A value, and the records that say it."""

    value: T
    origins: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link in force between two records: why, since when, and by whom."""

    left_id: UUID
    right_id: UUID
    reason: str
    evidence: tuple[str, ...]
    at: datetime
    by: str

    @property
    def why(self) -> str:
        """What somebody saw, and what they wrote."""
        return "; ".join(dict.fromkeys(filter(None, (*self.evidence, self.reason))))


@dataclass(frozen=True, slots=True)
class Added:
    """Something written about a linked person after the link: at unlinking somebody says whose it is.

    `more` are the other follow-ups of a series that was planned at once: they go where the first one goes.
    One that `is_older` was only changed then, perhaps by naming the person in it.
    """

    kind: TimelineKind
    record_id: UUID
    person_id: UUID
    at: datetime
    title: str
    more: tuple[UUID, ...] = ()
    is_older: bool = False


@dataclass(frozen=True, slots=True)
class OnePerson:
    """The records of one person as one: `members` with the leading one first."""

    members: tuple[Person, ...]
    details: PersonDetails

    @property
    def id(self) -> UUID:
        return self.members[0].id

    @property
    def display_name(self) -> str:
        return display_name(self.details)

    @property
    def is_linked(self) -> bool:
        return len(self.members) > 1

    def number(self, person_id: UUID) -> int:
        """The record's number on the screen, from 1."""
        return [one.id for one in self.members].index(person_id) + 1

    def origin_words(self, origins: Sequence[UUID]) -> str:
        """Where a value comes from: "record 2", "records 1 and 3"; nothing while there is one record."""
        if not self.is_linked:
            return ""
        numbers = [str(self.number(one)) for one in origins if one in {each.id for each in self.members}]
        if len(numbers) > 1:
            return f"records {', '.join(numbers[:-1])} and {numbers[-1]}"
        return f"record {numbers[0]}" if numbers else ""

    def of(self, name: str) -> tuple[Sourced[Any], ...]:
        """The values of a field, each with its records; worked out where they are asked for."""
        return _sourced(self.members, name)

    def origin_of(self, name: str, value: object) -> str:
        """Where one shown value of a field comes from, in words."""
        found = next((one for one in self.of(name) if one.value == value), None)
        return self.origin_words(found.origins) if found else ""


def one_person(records: Sequence[Person]) -> OnePerson:
    """Join records of one person; known before unknown, then the oldest record, leads."""
    members = tuple(sorted(records, key=_rank))
    lead = members[0].details
    if len(members) == 1:
        several: dict[str, Any] = {
            name: _values(members, name) for name in LISTS if len(getattr(lead, name)) > 1
        }
        return OnePerson(members, replace(lead, **several) if several else lead)
    said: dict[str, Any] = {name: _values(members, name) for name in LISTS}
    said |= {name: found[0] for name in SINGLE if (found := _values(members, name))}
    details = replace(
        lead,
        is_restricted=any(one.details.is_restricted for one in members),
        interpreter_needed=any(one.details.interpreter_needed for one in members),
        **said,
    )
    return OnePerson(members, details)


def _rank(one: Person) -> tuple[bool, UUID]:
    return one.details.kind is PersonKind.UNKNOWN, one.id


def _text(value: str) -> Hashable:
    return " ".join(fold(value).split())


def _point(value: ContactPoint) -> Hashable:
    return value.kind, phone_digits(value.value) or _text(value.value)


def same_relation(one: Relation) -> Hashable:
    """What makes two lines about somebody close one line: a phone or a note that differs is not lost."""
    who = one.other_person_id or _text(one.name)
    return one.kind, who, phone_digits(one.phone) or _text(one.phone), _text(one.note)


LISTS: dict[str, Callable[[Any], Hashable]] = {
    "names": lambda one: _text(one.full),
    "points": _point,
    "places": lambda one: (one.kind, _text(one.text), one.to_on),
    "identifiers": lambda one: one,
    "alerts": lambda one: (one.kind, _text(one.text), one.expires_on),
    "relations": lambda one: (one.kind, one.other_person_id or _text(one.name)),
    "living": lambda one: one,
    "races": lambda one: one,
    "languages": lambda one: one,
}
"""What a person has several of, and what makes two values the same one."""

_SHOWN_APART: dict[str, Callable[[Any], Hashable]] = {"relations": same_relation}
"""Of these two that are the same thing are both shown where they say more than that of it."""

CAREFUL = ("names", "points")
"""Of these a record also says what may be done with them: the more careful of two words counts."""

SINGLE: dict[str, Callable[[Any], Hashable]] = {
    "birth": lambda one: one,
    "pronouns": _text,
    "gender": _text,
    "veteran": _text,
    "description": _text,
    "comes_with": _text,
    "deceased_on": lambda one: one,
}
"""What a person has one of; where records disagree the leading one's is shown first, and no other is lost."""


def _sourced(members: Sequence[Person], name: str) -> tuple[Sourced[Any], ...]:
    """Each value of a field once, with the records that say it."""
    key = _SHOWN_APART.get(name) or LISTS.get(name) or SINGLE.get(name)
    if key is None:
        return ()
    found = _together(members, name, key)
    if name in CAREFUL and len(found) < sum(len(getattr(one.details, name)) for one in members):
        return _carefully(name, found, members)
    return found


def _values(members: Sequence[Person], name: str) -> tuple[Any, ...]:
    return tuple(one.value for one in _sourced(members, name))


def _together(
    members: Sequence[Person], name: str, key: Callable[[Any], Hashable]
) -> tuple[Sourced[Any], ...]:
    told = [(one.id, said) for one in members if (said := getattr(one.details, name))]
    if not told:
        return ()
    first: dict[Hashable, Any] = {}
    origins: dict[Hashable, dict[UUID, None]] = {}
    for person_id, said in told:
        for value in said if isinstance(said, tuple) else (said,):
            mark = key(value)
            first.setdefault(mark, value)
            origins.setdefault(mark, {})[person_id] = None
    return tuple(Sourced(value, tuple(origins[mark])) for mark, value in first.items())


def _carefully(
    name: str, values: Sequence[Sourced[Any]], members: Sequence[Person]
) -> tuple[Sourced[Any], ...]:
    """Of one name or one phone in several records the most careful word counts."""
    same, said = LISTS[name], dict[Hashable, list[Any]]()
    for member in members:
        for value in getattr(member.details, name):
            said.setdefault(same(value), []).append(value)
    return tuple(
        replace(
            one, value=reduce(lambda now, other: now.as_careful_as(other), said[same(one.value)], one.value)
        )
        for one in values
    )
