"""What is compared and listed of a person, in one row, so that a question reads everybody in one statement.

The row holds what is listed as it stands, and what is compared as the matcher cuts it; whatever stands on the
person's own row is read there.
"""

from typing import Any

from caseapp.domain.matching.profile import Called, Locality, Profile, Street, born
from caseapp.domain.matching.traits import profile_of
from caseapp.domain.people import (
    Birth,
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
    """What is listed and what is compared, as plain lists."""
    return [_listed(details), _compared(profile_of(details))]


def details_of(own: Any) -> PersonDetails:
    """A person as far as they are listed, from a row of their own columns and the content."""
    names, phones, places, numbers = own.content[0]
    return PersonDetails(
        kind=own.kind,
        description=own.description,
        pronouns=own.pronouns,
        is_restricted=own.is_restricted,
        names=tuple(Name(NameKind(kind), *rest) for kind, *rest in names),
        birth=_birth(own),
        points=tuple(ContactPoint(PointKind.PHONE, value) for value in phones),
        places=tuple(PersonPlace(*one) for one in places),
        identifiers=tuple(Identifier(*one) for one in numbers),
    )


def compared_of(own: Any) -> Profile:
    """The same person as they are compared, cut before."""
    names, phones, streets, localities, numbers = own.content[1]
    birth = _birth(own)
    return Profile(
        names=tuple(Called(tuple(given), tuple(family), is_alias) for given, family, is_alias in names),
        births=(born(birth),) if birth else (),
        phones=tuple(phones),
        streets=tuple(Street(*one) for one in streets),
        localities=tuple(Locality(*one) for one in localities),
        numbers=tuple((scheme, value) for scheme, value in numbers),
        is_unknown=own.kind is PersonKind.UNKNOWN,
    )


def _birth(own: Any) -> Birth | None:
    return Birth(own.birth_on, own.birth_precision) if own.birth_on else None


def _listed(details: PersonDetails) -> list[Any]:
    return [
        [[one.kind.value, one.given, one.family, one.do_not_use] for one in details.names],
        [one.value for one in details.points if one.kind is PointKind.PHONE],
        [[one.kind, one.text] for one in details.places],
        [[one.scheme, one.value] for one in details.identifiers],
    ]


def _compared(profile: Profile) -> list[Any]:
    return [
        [[list(one.given), list(one.family), one.is_alias] for one in profile.names],
        list(profile.phones),
        [list(one) for one in profile.streets],
        [list(one) for one in profile.localities],
        [list(one) for one in profile.numbers],
    ]
