"""Giving facts that were typed on one record to another, and putting back what was taken from one."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from caseapp.domain.added_facts import SINGLE_FACTS, AddedFact, Fact, TakenFact, bare
from caseapp.domain.errors import CaseAppError
from caseapp.domain.one_person import CAREFUL, LISTS
from caseapp.domain.people import ContactPoint, Name, PersonDetails, PersonKind, PersonPlace
from caseapp.domain.relations import Relation


class NothingLeft(CaseAppError):
    """Nobody could tell whose a record is that has neither a name nor a description."""

    code = "link.nothing-left"


def given_away(
    details: PersonDetails, facts: Iterable[AddedFact], back: Iterable[TakenFact] = ()
) -> PersonDetails:
    """The record without some facts, with what they replaced and what is put back; raises NothingLeft."""
    left = bare(details)
    for one in facts:
        said = getattr(left, one.field)
        left = _saying(
            left, one.field, one.former if one.field in SINGLE_FACTS else tuple(_instead(said, one))
        )
    left = put_back(left, back)
    if not left.names:
        if not left.description.strip():
            raise NothingLeft()
        left = replace(left, kind=PersonKind.UNKNOWN)
    return left


def put_back(details: PersonDetails, facts: Iterable[TakenFact]) -> PersonDetails:
    """The record with what was taken from it, each in its place; of what is said meanwhile nothing goes."""
    now = bare(details)
    for one in facts:
        said = getattr(now, one.field)
        now = _saying(now, one.field, said or one.value if one.field in SINGLE_FACTS else _again(said, one))
    return _known_by(now, details)


def received(details: PersonDetails, facts: Iterable[AddedFact]) -> PersonDetails:
    """The record with these facts: added where a person has several of a kind, else instead of what it says.

    Of a phone or a name that it has already, the more careful word counts, and no word of either is lost.
    """
    now = bare(details)
    for one in facts:
        said = getattr(now, one.field)
        now = _saying(now, one.field, one.value if one.field in SINGLE_FACTS else _with(said, one))
    return _known_by(now, details)


def replaced(details: PersonDetails, one: AddedFact) -> Any:
    """What the record says now and would lose if it were given the fact; None if it would lose nothing."""
    said = getattr(details, one.field) if one.field in SINGLE_FACTS else None
    return said if said and said != one.value else None


def _known_by(now: PersonDetails, before: PersonDetails) -> PersonDetails:
    """Somebody who had no name is known by the first one."""
    return replace(now, kind=PersonKind.KNOWN) if now.names and not before.names else now


def _saying(details: PersonDetails, field: str, value: Any) -> PersonDetails:
    changes: dict[str, Any] = {field: value}
    return replace(details, **changes)


def _instead(values: tuple[Any, ...], one: AddedFact) -> Iterator[Any]:
    for value in values:
        if value != one.value:
            yield value
        elif one.former is not None and one.former not in values:
            yield one.former


def _again(values: tuple[Any, ...], one: TakenFact) -> tuple[Any, ...]:
    """With the value between those beside which it stood; a new one of the same thing is filled instead."""
    same = LISTS[one.field]
    if any(same(value) == same(one.value) for value in values if value not in one.stood):
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
