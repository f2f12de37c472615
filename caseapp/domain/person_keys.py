"""The keys under which a person is found: one function, used on saving, searching and verifying."""

from collections.abc import Iterator

from caseapp.domain.names import fold, groups_of, phone_digits, sound, tokens
from caseapp.domain.people import PersonDetails, PointKind

NAME, SOUND, GROUP, PHONE, PHONE_END, BORN, NUMBER, EMAIL = (
    "name",
    "sound",
    "group",
    "phone",
    "phone-end",
    "born",
    "number",
    "e-mail",
)


def keys_of(details: PersonDetails) -> frozenset[tuple[str, str]]:
    """(kind, key) pairs; a phone is stored backwards too, so that its last digits find it."""
    return frozenset(_all(details))


def number_key(text: str) -> str:
    """Another system's number without its signs, so that "A-17" and "a17" meet."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _all(details: PersonDetails) -> Iterator[tuple[str, str]]:
    for name in details.names:
        for token in tokens(name.full):
            yield NAME, token
            yield SOUND, sound(token)
        for token in tokens(name.given):
            yield from ((GROUP, group) for group in groups_of(token))
    for token in tokens(details.description):
        yield NAME, token
    for point in details.points:
        if point.kind is PointKind.EMAIL:
            yield EMAIL, fold(point.value)
        elif digits := phone_digits(point.value):
            yield PHONE, digits
            yield PHONE_END, digits[::-1]
    if details.birth:
        yield BORN, details.birth.on.isoformat()
    for identifier in details.identifiers:
        if value := number_key(identifier.value):
            yield NUMBER, value
