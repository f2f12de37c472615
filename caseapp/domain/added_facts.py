"""What was typed on a record and taken from it while it was linked with another, and whose it is.

A fact is a value of a person's record: a name, a phone, a place, a birth date. A call or a note is an entry.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from caseapp.domain.errors import CaseAppError
from caseapp.domain.one_person import CAREFUL, LISTS, SINGLE
from caseapp.domain.people import ContactPoint, Name, PersonDetails, PersonKind, PersonPlace, Relation

_SINGLE = (*SINGLE, "interpreter_needed")

_UNLINK, _UNDO_UNLINK = "person.unlink", "person.undo-unlink"
"""Verbs by which a fact goes to the record of the person whom it is about, and back."""


class NothingLeft(CaseAppError):
    """Nobody could tell whose a record is that has neither a name nor a description."""

    code = "link.nothing-left"


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
    stages = [*(_bare(one.before) for one in changes), _bare(now)]
    first, last = stages[0], stages[-1]
    found: dict[tuple[str, Any], AddedFact] = {}
    for change, before, after in zip(changes, stages, stages[1:], strict=False):
        for field, value, former in _written(before, after):
            if value in _values(first, field) or (field, value) in found:
                continue
            known = found.get((field, former))
            origin = getattr(first, field) if field in _SINGLE else known.former if known else former
            found[field, value] = AddedFact(person_id, field, value, change.at, change.by, origin)
    return [one for (field, value), one in found.items() if value in _values(last, field)]


def taken_facts(person_id: UUID, now: PersonDetails, changes: Sequence[Earlier]) -> list[TakenFact]:
    """What the record said before the first of these changes and says no more, in the order of the record.

    What was written over is the `former` of the new one; what an unlinking gave to another record is no loss.
    """
    if not changes:
        return []
    stages = [*(_bare(one.before) for one in changes), _bare(now)]
    first, last = stages[0], stages[-1]
    instead = {(one.field, one.former) for one in added_facts(person_id, now, changes)}
    found = []
    for field in (*_SINGLE, *LISTS):
        stood = _values(first, field)
        for value in stood:
            if value and value not in _values(last, field) and (field, value) not in instead:
                change = _went(changes, stages, field, value)
                if change is not None and change.verb != _UNLINK:
                    found.append(TakenFact(person_id, field, value, change.at, change.by, stood))
    return found


def given_away(
    details: PersonDetails, facts: Iterable[AddedFact], back: Iterable[TakenFact] = ()
) -> PersonDetails:
    """The record without some facts, with what they replaced and what is put back; raises NothingLeft."""
    left = _bare(details)
    for one in facts:
        said = getattr(left, one.field)
        left = _saying(left, one.field, one.former if one.field in _SINGLE else tuple(_instead(said, one)))
    left = put_back(left, back)
    if not left.names:
        if not left.description.strip():
            raise NothingLeft()
        left = replace(left, kind=PersonKind.UNKNOWN)
    return left


def put_back(details: PersonDetails, facts: Iterable[TakenFact]) -> PersonDetails:
    """The record with what was taken from it, each in its place; of what is said meanwhile nothing goes."""
    now = _bare(details)
    for one in facts:
        said = getattr(now, one.field)
        now = _saying(now, one.field, said or one.value if one.field in _SINGLE else _again(said, one))
    return _known_by(now, details)


def received(details: PersonDetails, facts: Iterable[AddedFact]) -> PersonDetails:
    """The record with these facts: added where a person has several of a kind, else instead of what it says.

    Of a phone or a name that it has already, the more careful word counts, and no word of either is lost.
    """
    now = _bare(details)
    for one in facts:
        said = getattr(now, one.field)
        now = _saying(now, one.field, one.value if one.field in _SINGLE else _with(said, one))
    return _known_by(now, details)


def replaced(details: PersonDetails, one: AddedFact) -> Any:
    """What the record says now and would lose if it were given the fact; None if it would lose nothing."""
    said = getattr(details, one.field) if one.field in _SINGLE else None
    return said if said and said != one.value else None


def _known_by(now: PersonDetails, before: PersonDetails) -> PersonDetails:
    """Somebody who had no name is known by the first one."""
    return replace(now, kind=PersonKind.KNOWN) if now.names and not before.names else now


def _went(
    changes: Sequence[Earlier], stages: Sequence[PersonDetails], field: str, value: Any
) -> Earlier | None:
    """The last change by which a value went, apart from the undo of one that had brought it."""
    said = [value in _values(one, field) for one in stages]
    went = [change for change, was, now in zip(changes, said, said[1:], strict=False) if was and not now]
    return next((one for one in reversed(went) if one.verb != _UNDO_UNLINK), None)


def _bare(details: PersonDetails) -> PersonDetails:
    """Without the ids of rows, so that equal values are equal."""
    points = tuple(replace(one, id=None) for one in details.points)
    return replace(details, points=points, alerts=tuple(replace(one, id=None) for one in details.alerts))


def _saying(details: PersonDetails, field: str, value: Any) -> PersonDetails:
    changes: dict[str, Any] = {field: value}
    return replace(details, **changes)


def _values(details: PersonDetails, field: str) -> tuple[Any, ...]:
    said = getattr(details, field)
    return said if field in LISTS else (said,)


def _written(before: PersonDetails, after: PersonDetails) -> Iterator[tuple[str, Any, Any]]:
    """Field, value and what it replaced of everything that one change wrote."""
    for field in _SINGLE:
        value = getattr(after, field)
        if value and value != getattr(before, field):
            yield field, value, getattr(before, field)
    for field in LISTS:
        then, now = getattr(before, field), getattr(after, field)
        for place, value in enumerate(now):
            if value not in then:
                former = then[place] if place < len(then) and then[place] not in now else None
                yield field, value, former


def _instead(values: tuple[Any, ...], one: AddedFact) -> Iterator[Any]:
    for value in values:
        if value != one.value:
            yield value
        elif one.former is not None and one.former not in values:
            yield one.former


def _again(values: tuple[Any, ...], one: TakenFact) -> tuple[Any, ...]:
    """With the value between those beside which it stood; one that is the same thing is filled instead."""
    same = LISTS[one.field]
    if any(same(value) == same(one.value) for value in values):
        return _with(values, one)
    place = one.stood.index(one.value)
    before = [values.index(value) + 1 for value in one.stood[:place] if value in values]
    after = [values.index(value) for value in one.stood[place + 1 :] if value in values]
    at = (*before[-1:], *after[:1], len(values))[0]
    return (*values[:at], one.value, *values[at:])


def _with(values: tuple[Any, ...], one: Fact) -> tuple[Any, ...]:
    """With the fact in the value that is the same thing, or beside it where the two disagree."""
    same, new = LISTS[one.field], one.value
    alike = [value for value in values if same(value) == same(new)]
    told = list(values)
    if one.field in CAREFUL:
        for value in alike:
            new = new.as_careful_as(value)
        told = [value.as_careful_as(new) if value in alike else value for value in values]
    for place, value in enumerate(told):
        if same(value) == same(new) and _agree(value, new):
            told[place] = _filled(value, new)
            return tuple(told)
    return (*told, new)


_BESIDES: dict[type[Any], tuple[str, ...]] = {
    Name: ("kind",),
    ContactPoint: ("owner",),
    PersonPlace: ("from_on", "note"),
    Relation: ("phone", "note"),
}
"""In what two values of the same thing may differ, apart from how careful one has to be."""


def _agree(one: Any, other: Any) -> bool:
    said = [(getattr(one, name), getattr(other, name)) for name in _BESIDES.get(type(one), ())]
    return all(not mine or not others or mine == others for mine, others in said)


def _filled(one: Any, other: Any) -> Any:
    """The one of two values that agree, with what only the other says."""
    lacking = [name for name in _BESIDES.get(type(one), ()) if not getattr(one, name)]
    return replace(one, **{name: getattr(other, name) for name in lacking}) if lacking else one
