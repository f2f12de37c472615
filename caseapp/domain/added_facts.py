"""What a record says since an instant, while it stood for two people, and giving it to whom it belongs.

A fact is a name, a phone, a place, a birth date: a value of a person's record that is no entry of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from caseapp.domain.errors import CaseAppError
from caseapp.domain.one_person import LISTS, SINGLE
from caseapp.domain.people import (
    Birth,
    ContactPoint,
    Name,
    PersonDetails,
    PersonKind,
    PersonPlace,
    PointKind,
    Relation,
)
from caseapp.domain.side_by_side import birth_words

_SINGLE = (*SINGLE, "interpreter_needed")


class NothingLeft(CaseAppError):
    """A record without its last name and without a description is nobody's."""

    code = "link.nothing-left"


class Earlier(NamedTuple):
    """What a record said before a change: when that was made, by whom, and its number in the journal."""

    before: PersonDetails
    at: datetime
    by: str
    seq: int


class FactKey(NamedTuple):
    """What stays the same of a fact when it is read again."""

    person_id: UUID
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class AddedFact:
    """A value that a record says since an instant; `former` is what stood in its place until then, if any."""

    person_id: UUID
    field: str
    value: Any
    at: datetime
    by: str
    former: Any = None

    @property
    def key(self) -> FactKey:
        return FactKey(self.person_id, self.field, self.value)


def added_facts(person_id: UUID, now: PersonDetails, changes: Sequence[Earlier]) -> list[AddedFact]:
    """What the record says now and did not before the first of these changes, which are in their order.

    What was said before and is said again is no new fact; a new one is of when it was first said.
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


def given_away(details: PersonDetails, facts: Iterable[AddedFact]) -> PersonDetails:
    """The record without these facts, with what stood in their places before; raises NothingLeft."""
    left = _bare(details)
    for one in facts:
        said = getattr(left, one.field)
        left = _saying(left, one.field, one.former if one.field in _SINGLE else tuple(_instead(said, one)))
    if not left.names:
        if not left.description.strip():
            raise NothingLeft()
        left = replace(left, kind=PersonKind.UNKNOWN)
    return left


def received(details: PersonDetails, facts: Iterable[AddedFact]) -> PersonDetails:
    """The record with these facts: beside what it says of what there are several of, else instead of it.

    Of a phone or a name that it says already the most careful word counts, and no word of either is lost.
    """
    now = _bare(details)
    for one in facts:
        said = getattr(now, one.field)
        now = _saying(now, one.field, one.value if one.field in _SINGLE else _with(said, one))
    return replace(now, kind=PersonKind.KNOWN) if now.names and not details.names else now


def replaced(details: PersonDetails, one: AddedFact) -> Any:
    """What the record says instead of which it would say the fact; None where it loses nothing by it."""
    said = getattr(details, one.field) if one.field in _SINGLE else None
    return said if said and said != one.value else None


def fact_words(one: AddedFact) -> tuple[str, str]:
    """What kind of fact it is, and the fact; a code stands as it is kept."""
    if isinstance(one.value, ContactPoint):
        is_phone = one.value.kind is PointKind.PHONE
        return "Phone" if is_phone else "E-mail", value_words(one.value)
    return _TITLES[one.field], value_words(one.value)


def value_words(value: Any) -> str:
    """A value of a record in a few words."""
    if isinstance(value, Name):
        return f"{value.full}, do not use" if value.do_not_use else f"{value.full}, {value.kind.value}"
    if isinstance(value, ContactPoint):
        return ", ".join(filter(None, (value.value, value.owner, value.may_words)))
    if isinstance(value, Birth):
        return birth_words(value)
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    parts = (getattr(value, name, "") for name in _SPOKEN)
    return ", ".join(filter(None, parts)) or str(value or "")


_SPOKEN = ("scheme", "kind", "code", "name", "phone", "text", "value", "note")
"""What is said of a place, a number, an alert, a relative or where somebody lives, in this order."""

_TITLES = {
    "names": "Name",
    "places": "Place",
    "identifiers": "Number",
    "alerts": "Alert",
    "relations": "Person close",
    "living": "Living situation",
    "races": "Race and ethnicity",
    "languages": "Language",
    "birth": "Born",
    "pronouns": "Pronouns",
    "gender": "Gender",
    "veteran": "Veteran",
    "description": "Description",
    "comes_with": "Comes with",
    "deceased_on": "Died",
    "interpreter_needed": "Interpreter needed",
}


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


def _with(values: tuple[Any, ...], one: AddedFact) -> tuple[Any, ...]:
    """In what says the same already, or beside it where the two say different things of it."""
    same, new = LISTS[one.field], one.value
    alike = [value for value in values if same(value) == same(new)]
    for value in alike:
        new = _careful(new, value)
    told = [_careful(value, new) if value in alike else value for value in values]
    for place, value in enumerate(told):
        if same(value) == same(new) and _agree(value, new):
            told[place] = _filled(value, new)
            return tuple(told)
    return (*told, new)


def _careful(one: Any, other: Any) -> Any:
    """One of two values that are the same thing, with the more careful word of both."""
    if isinstance(one, Name):
        return replace(one, do_not_use=one.do_not_use or other.do_not_use)
    if isinstance(one, ContactPoint):
        return replace(
            one,
            may_voicemail=one.may_voicemail and other.may_voicemail,
            may_text=one.may_text and other.may_text,
            do_not_mention_us=one.do_not_mention_us or other.do_not_mention_us,
        )
    return one


_BESIDES: dict[type[Any], tuple[str, ...]] = {
    Name: ("kind",),
    ContactPoint: ("owner",),
    PersonPlace: ("from_on", "note"),
    Relation: ("phone", "note"),
}
"""What two values that are the same thing can say differently, beside how careful one has to be."""


def _agree(one: Any, other: Any) -> bool:
    said = [(getattr(one, name), getattr(other, name)) for name in _BESIDES.get(type(one), ())]
    return all(not mine or not others or mine == others for mine, others in said)


def _filled(one: Any, other: Any) -> Any:
    """One of two values that agree, with what only the other says."""
    lacking = [name for name in _BESIDES.get(type(one), ()) if not getattr(one, name)]
    return replace(one, **{name: getattr(other, name) for name in lacking}) if lacking else one
