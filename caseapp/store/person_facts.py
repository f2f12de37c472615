"""What is compared and listed of a person, in one row, so that a question reads everybody in one place.

The row holds what stands on the person's own row, what else is listed as it stands, and what is compared as
the matcher cuts it: three plain lists, of which each is taken apart where it is needed.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from caseapp.domain.births import Birth, Precision
from caseapp.domain.matching.profile import Called, Locality, Profile, Street, births_of
from caseapp.domain.matching.traits import profile_of
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


def content_of(details: PersonDetails) -> list[Any]:
    """What is a person's own, what is listed and what is compared, as plain lists."""
    return [_own(details), _listed(details), _compared(profile_of(details))]


def is_sealed(content: Sequence[Any]) -> bool:
    """Whether the person is open to those alone who are named on the record."""
    return bool(content[0][0])


def details_of(content: Sequence[Any]) -> PersonDetails:
    """A person as far as they are listed."""
    is_restricted, kind, description, pronouns, *birth = content[0]
    names, phones, places, numbers = content[1]
    return PersonDetails(
        kind=PersonKind(kind),
        description=description,
        pronouns=pronouns,
        is_restricted=is_restricted,
        names=tuple(Name(NameKind(kind), *rest) for kind, *rest in names),
        birth=_birth(*birth),
        points=tuple(ContactPoint(PointKind.PHONE, value) for value in phones),
        places=tuple(PersonPlace(*one) for one in places),
        identifiers=tuple(Identifier(*one) for one in numbers),
    )


def compared_of(content: Sequence[Any]) -> Profile:
    """The same person as they are compared, cut before: asked for each candidate at every key."""
    _is_restricted, kind, _description, _pronouns, *said = content[0]
    names, phones, streets, localities, numbers = content[2]
    birth = _birth(*said)
    return Profile(
        names=tuple([Called(tuple(given), tuple(family), *rest) for given, family, *rest in names]),
        births=births_of(birth),
        phones=tuple(phones),
        streets=tuple([Street(*one) for one in streets]),
        localities=tuple([Locality(*one) for one in localities]),
        numbers=tuple([(scheme, value) for scheme, value in numbers]),
        is_unknown=kind == PersonKind.UNKNOWN.value,
    )


def _birth(on: str = "", precision: str = "") -> Birth | None:
    return Birth(date.fromisoformat(on), Precision(precision)) if on else None


def _own(details: PersonDetails) -> list[Any]:
    birth = details.birth
    said = [birth.on.isoformat(), birth.precision.value] if birth else []
    return [details.is_restricted, details.kind.value, details.description, details.pronouns, *said]


def _listed(details: PersonDetails) -> list[Any]:
    return [
        [[one.kind.value, one.given, one.family, one.do_not_use] for one in details.names],
        [one.value for one in details.points if one.kind is PointKind.PHONE],
        [[one.kind, one.text] for one in details.places],
        [[one.scheme, one.value] for one in details.identifiers],
    ]


def _compared(profile: Profile) -> list[Any]:
    return [
        [
            [list(one.given), list(one.family), one.is_alias, *([one.generation] if one.generation else ())]
            for one in profile.names
        ],
        list(profile.phones),
        [list(one) for one in profile.streets],
        [list(one) for one in profile.localities],
        [list(one) for one in profile.numbers],
    ]
