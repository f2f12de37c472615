"""What was said of somebody nobody knows yet: read from one line, and made a new record of."""

import re
from datetime import date

from caseapp.domain.ages import name_and_age
from caseapp.domain.births import birth_by_age
from caseapp.domain.encounters import StatedIdentity
from caseapp.domain.matching.profile import is_nobody
from caseapp.domain.names import phone_digits, tokens
from caseapp.domain.people import ContactPoint, Name, NameKind, PersonDetails, PersonKind, PointKind

_NUMBER = re.compile(r"\+?[\d(][\d()./\s-]*\d(?:\s*(?:x|ext\.?|#)\s*\d+)?", re.IGNORECASE)

_BEFORE = frozenset(
    ("a", "an", "the", "one", "some", "old", "older", "elderly", "young", "younger", "unknown")
)
"""Words that stand before "man" where somebody is told of by their looks."""


def stated_in_a_line(text: str) -> StatedIdentity:
    """Read "Jamie, about 31, 541 555 0142": what has seven digits and more is the phone.

    "man, about 50, red parka" tells of looks and no name; a line that is a phone alone is the description.
    """
    phone = next((found for found in _NUMBER.findall(text) if phone_digits(found)), "")
    told = " ".join(text.replace(phone, " ").split()).strip(" ,") if phone else text
    name, age = name_and_age(told)
    if not told or _tells_of_looks(name, has_age=age is not None):
        return StatedIdentity(age=age, phone=phone, description=told or text)
    return StatedIdentity(name=name, age=age, phone=phone)


def person_as_stated(stated: StatedIdentity, *, is_named: bool, place: str, today: date) -> PersonDetails:
    """A new record of what was said on the call: somebody by name, or an unknown person by their looks."""
    birth = stated.birth
    if birth is None and stated.age is not None:
        birth = birth_by_age(stated.age, today)
    return PersonDetails(
        kind=PersonKind.KNOWN if is_named else PersonKind.UNKNOWN,
        names=(Name(NameKind.LEGAL, stated.name),) if is_named else (),
        description="" if is_named else _looks_of(stated, place=place),
        birth=birth,
        points=(ContactPoint(PointKind.PHONE, stated.phone),) if stated.phone else (),
    )


def _looks_of(stated: StatedIdentity, *, place: str) -> str:
    """Words for an unknown person's description, from what was said on the call."""
    words = [stated.description or stated.words]
    if place:
        words.append(f"met at {place}")
    return ", ".join(words)


def _tells_of_looks(name: str, *, has_age: bool) -> bool:
    """Whether this calls somebody "man" or "older woman" and goes on, where a name would end."""
    words = tokens(name)
    first = words[1:] if words[0:1] and words[0] in _BEFORE else words
    return bool(first) and is_nobody(first[0]) and (has_age or len(first) != 2 or first != words)
