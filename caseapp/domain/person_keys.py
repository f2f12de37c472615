"""The keys under which a person is found: one function, used on saving, searching and verifying."""

from collections.abc import Iterator

from caseapp.domain.matching.intake import telling_keys
from caseapp.domain.matching.traits import profile_of
from caseapp.domain.names import fold, number_signs, phone_digits, sound, tokens
from caseapp.domain.people import PersonDetails, PointKind

NAME, SOUND, PHONE_END, BORN, NUMBER, EMAIL, MATCH = (
    "name",
    "sound",
    "phone-end",
    "born",
    "number",
    "e-mail",
    "match",
)
"""Kinds of keys: those of the search field, and the composite ones of the matcher."""


def keys_of(details: PersonDetails) -> frozenset[tuple[str, str]]:
    """(kind, key) pairs; a phone is stored backwards too, so that its last digits find it."""
    return frozenset(_all(details))


def _all(details: PersonDetails) -> Iterator[tuple[str, str]]:
    for name in details.names:
        for token in tokens(name.full):
            yield NAME, token
            yield SOUND, sound(token)
    for token in tokens(details.description):
        yield NAME, token
    for point in details.points:
        if point.kind is PointKind.EMAIL:
            yield EMAIL, fold(point.value)
        elif digits := phone_digits(point.value):
            yield PHONE_END, digits[::-1]
    yield from ((MATCH, key) for key in telling_keys(profile_of(details)))
    if details.birth:
        yield BORN, details.birth.on.isoformat()
    for identifier in details.identifiers:
        if value := number_signs(identifier.value):
            yield NUMBER, value
