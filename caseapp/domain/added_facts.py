"""What was typed on a record and what was taken from it while it was linked with another.

A fact is a value of a person's record: a name, a phone, a place, a birth date. A call or a note is an entry.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from caseapp.domain.one_person import LISTS, SINGLE
from caseapp.domain.people import PersonDetails

SINGLE_FACTS = (*SINGLE, "interpreter_needed")
"""The fields of which a record says one thing."""

_UNLINK, _UNDO_UNLINK = "person.unlink", "person.undo-unlink"
"""Verbs by which a fact goes to the record of the person whom it is about, and back."""


class Earlier(NamedTuple):
    """What a record said before a change; when, by whom and by which verb, and its number in the journal."""

    before: PersonDetails
    at: datetime
    by: str
    seq: int
    verb: str = ""


class FactKey(NamedTuple):
    """By what a fact is known again when it is read a second time."""

    person_id: UUID
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class Fact:
    """A value of a record that somebody wrote or took away at an instant."""

    person_id: UUID
    field: str
    value: Any
    at: datetime
    by: str

    @property
    def key(self) -> FactKey:
        return FactKey(self.person_id, self.field, self.value)


@dataclass(frozen=True, slots=True)
class AddedFact(Fact):
    """A value typed at an instant; `former` is what it replaced, None or empty if nothing."""

    former: Any = None


@dataclass(frozen=True, slots=True)
class TakenFact(Fact):
    """A value that went at an instant; `stood` is all that the record said of its kind before."""

    stood: tuple[Any, ...] = ()


def added_facts(person_id: UUID, now: PersonDetails, changes: Sequence[Earlier]) -> list[AddedFact]:
    """What the record says now and did not say before the first of these changes, the oldest first.

    A value that was there before, was gone and came back is no new fact. A new one counts from when it was
    first typed.
    """
    if not changes:
        return []
    stages = [*(bare(one.before) for one in changes), bare(now)]
    first, last = stages[0], stages[-1]
    found: dict[tuple[str, Any], AddedFact] = {}
    for change, before, after in zip(changes, stages, stages[1:], strict=False):
        for field, value, former in _written(before, after):
            if value in _values(first, field) or (field, value) in found:
                continue
            known = found.get((field, former))
            origin = getattr(first, field) if field in SINGLE_FACTS else known.former if known else former
            found[field, value] = AddedFact(person_id, field, value, change.at, change.by, origin)
    return [one for (field, value), one in found.items() if value in _values(last, field)]


def taken_facts(person_id: UUID, now: PersonDetails, changes: Sequence[Earlier]) -> list[TakenFact]:
    """What the record said before the first of these changes and says no more, in the order of the record.

    What was written over is the `former` of the new one; what an unlinking gave to another record is no loss.
    """
    if not changes:
        return []
    stages = [*(bare(one.before) for one in changes), bare(now)]
    first, last = stages[0], stages[-1]
    instead = {(one.field, one.former) for one in added_facts(person_id, now, changes)}
    found = []
    for field in (*SINGLE_FACTS, *LISTS):
        stood = _values(first, field)
        for value in stood:
            if value and value not in _values(last, field) and (field, value) not in instead:
                change = _went(changes, stages, field, value)
                if change is not None and change.verb != _UNLINK:
                    found.append(TakenFact(person_id, field, value, change.at, change.by, stood))
    return found


def _went(
    changes: Sequence[Earlier], stages: Sequence[PersonDetails], field: str, value: Any
) -> Earlier | None:
    """The last change by which a value went, apart from the undo of one that had brought it."""
    said = [value in _values(one, field) for one in stages]
    went = [change for change, was, now in zip(changes, said, said[1:], strict=False) if was and not now]
    return next((one for one in reversed(went) if one.verb != _UNDO_UNLINK), None)


def bare(details: PersonDetails) -> PersonDetails:
    """A record without the ids of rows, so that equal values are equal."""
    points = tuple(replace(one, id=None) for one in details.points)
    return replace(details, points=points, alerts=tuple(replace(one, id=None) for one in details.alerts))


def _values(details: PersonDetails, field: str) -> tuple[Any, ...]:
    said = getattr(details, field)
    return said if field in LISTS else (said,)


def _written(before: PersonDetails, after: PersonDetails) -> Iterator[tuple[str, Any, Any]]:
    """Field, value and what it replaced of everything that one change wrote."""
    for field in SINGLE_FACTS:
        value = getattr(after, field)
        if value and value != getattr(before, field):
            yield field, value, getattr(before, field)
    for field in LISTS:
        then, now = getattr(before, field), getattr(after, field)
        for place, value in enumerate(now):
            if value not in then:
                former = then[place] if place < len(then) and then[place] not in now else None
                yield field, value, former
