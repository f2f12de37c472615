"""What a later list changes in a record: only what it now says otherwise than it did before.

Three sides meet: what is stored, what the list said last time, and what it says now. What the desk wrote
since is kept, a blank changes nothing, and an age that has only moved with the calendar is the same age.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any, TypeVar

from caseapp.domain.births import Birth, Precision
from caseapp.domain.matching.comparison import compare
from caseapp.domain.matching.levels import NumberLevel
from caseapp.domain.matching.model import Model
from caseapp.domain.matching.reasons import explain
from caseapp.domain.matching.traits import profile_of
from caseapp.domain.names import fold, phone_digits
from caseapp.domain.people import (
    ContactPoint,
    Identifier,
    Name,
    NameKind,
    PersonDetails,
    PersonKind,
    PersonPlace,
    PointKind,
)

T = TypeVar("T")
_YEAR = 366
_SINGLE = ("description", "pronouns", "gender")
LISTED = (*_SINGLE, "kind", "birth", "names", "points", "places", "identifiers")
"""The fields of a person that a list can say anything about."""


def updated(stored: PersonDetails, before: PersonDetails, now: PersonDetails) -> PersonDetails:
    """The record after a list that said `before` (nothing, if it is new here) says `now`."""
    still_said = tuple(one for one in before.identifiers if one in now.identifiers)
    names = _part(_name, stored.names, before.names, now.names)
    changes: dict[str, Any] = {
        "names": _one_of_a_kind(names, stored.names),
        "points": _part(_point, stored.points, before.points, now.points),
        "places": _part(lambda one: fold(one.text), stored.places, before.places, now.places),
        "identifiers": _part(hash, stored.identifiers, still_said, now.identifiers),
        "birth": _birth(stored.birth, before.birth, now.birth),
    }
    for field in _SINGLE:
        known, said = getattr(stored, field), getattr(now, field)
        if said and said != known and known == getattr(before, field):
            changes[field] = said
    if changes["names"]:
        changes["kind"] = PersonKind.KNOWN
    return replace(stored, **changes)


def is_told_by(stored: PersonDetails, now: PersonDetails) -> bool:
    """Whether a row without a number of its own says nothing that this record does not hold already."""
    alike = {*map(_name, stored.names)} == {*map(_name, now.names)} and (
        stored.birth == now.birth or _is_same_age(stored.birth, now.birth)
    )
    return alike and stored.description == now.description and updated(stored, PersonDetails(), now) == stored


def bits_for(now: PersonDetails, stored: PersonDetails) -> float:
    """How much speaks for two descriptions being of one person; below 0 their number is a coincidence."""
    model = Model()
    pattern, _surprise = compare(profile_of(now), profile_of(stored), model.frequencies)
    return sum(reason.bits for reason in explain(pattern._replace(number=NumberLevel.MISSING), model))


def to_plain(details: PersonDetails) -> dict[str, Any]:
    """The listed fields as JSON values, for remembering them beside an import."""
    found = {field: getattr(details, field) for field in LISTED}
    for field in ("names", "points", "places", "identifiers"):
        found[field] = [_plain(asdict(one)) for one in found[field]]
    birth = details.birth
    found["birth"] = [birth.on.isoformat(), birth.precision.value] if birth else None
    return {field: value for field, value in {**found, "kind": details.kind.value}.items() if value}


def from_plain(content: Mapping[str, Any]) -> dict[str, Any]:
    """The listed fields by name, as `replace` takes them; those that were empty are empty again."""
    birth = content.get("birth")
    return {
        **{field: content.get(field, "") for field in _SINGLE},
        "kind": PersonKind(content.get("kind", PersonKind.KNOWN.value)),
        "birth": Birth(date.fromisoformat(birth[0]), Precision(birth[1])) if birth else None,
        "names": tuple(Name(**{**one, "kind": NameKind(one["kind"])}) for one in content.get("names", ())),
        "points": tuple(
            ContactPoint(**{**one, "kind": PointKind(one["kind"])}) for one in content.get("points", ())
        ),
        "places": tuple(PersonPlace(**_with_days(one)) for one in content.get("places", ())),
        "identifiers": tuple(Identifier(**one) for one in content.get("identifiers", ())),
    }


def _part(
    key: Callable[[T], Hashable], stored: tuple[T, ...], before: tuple[T, ...], now: tuple[T, ...]
) -> tuple[T, ...]:
    """Put in what the list newly says, in the place of what it no longer says if nobody wrote on that."""
    there = {*map(key, stored), *map(key, before)}
    fresh = [one for one in {key(one): one for one in now}.values() if key(one) not in there]
    if not fresh:
        return stored
    said = set(map(key, now))
    gone = [one for one in before if key(one) not in said]
    places = [place for place, one in enumerate(stored) if _as_imported(one) in gone]
    at = places[0] if places else len(stored)
    kept = [one for place, one in enumerate(stored) if place not in places]
    return (*kept[:at], *fresh, *kept[at:])


def _as_imported(one: Any) -> Any:
    return replace(one, id=None) if isinstance(one, ContactPoint) else one


def _name(one: Name) -> Hashable:
    return (one.kind is NameKind.ALIAS, fold(one.given), fold(one.family))


def _point(one: ContactPoint) -> Hashable:
    return phone_digits(one.value) or fold(one.value)


def _one_of_a_kind(names: tuple[Name, ...], stored: tuple[Name, ...]) -> tuple[Name, ...]:
    """A second legal or chosen name beside the one that the desk wrote is kept as an alias."""
    written = {name.kind for name in stored if name in names}
    return tuple(
        replace(name, kind=NameKind.ALIAS) if name not in stored and name.kind in written else name
        for name in names
    )


def _birth(stored: Birth | None, before: Birth | None, now: Birth | None) -> Birth | None:
    if now is None or now == before or _is_same_age(before, now) or _is_same_age(stored, now):
        return stored
    is_guess = stored is not None and stored.precision is Precision.ESTIMATED
    is_better = is_guess and now.precision is not Precision.ESTIMATED
    return now if stored is None or stored == before or is_better else stored


def _is_same_age(one: Birth | None, other: Birth | None) -> bool:
    """Ages stated a while apart give estimates a while apart."""
    if one is None or other is None:
        return one is other
    both = one.precision is other.precision is Precision.ESTIMATED
    return both and abs(one.on - other.on).days <= _YEAR


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    plain = {name: getattr(value, "value", value) for name, value in values.items() if name != "id"}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in plain.items()
        if value not in (None, "", False)
    }


def _with_days(one: dict[str, Any]) -> dict[str, Any]:
    days: dict[str, Any] = {
        name: date.fromisoformat(one[name]) for name in ("from_on", "to_on") if name in one
    }
    return {"text": "", **one, **days}
