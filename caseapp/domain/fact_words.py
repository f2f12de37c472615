"""The facts of a record in a few words, for whoever decides whose they are."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from caseapp.domain.added_facts import Fact
from caseapp.domain.day_words import day_words
from caseapp.domain.people import Birth, ContactPoint, Name, PointKind
from caseapp.domain.side_by_side import birth_words

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

_SPOKEN = ("scheme", "kind", "code", "name", "phone", "text", "value", "note")
"""What is said of a place, a number, an alert, a relative or where somebody lives, in this order."""

_DAYS = (("from_on", "from"), ("to_on", "until"), ("expires_on", "until"))
"""The days of such a value, which may be all in which it differs from the one before."""


def fact_title(one: Fact) -> str:
    """What kind of fact it is."""
    if isinstance(one.value, ContactPoint):
        return "Phone" if one.value.kind is PointKind.PHONE else "E-mail"
    return _TITLES[one.field]


def value_words(value: Any, codes: Mapping[str, str]) -> str:
    """A value of a record; a code in the words of `codes`, or as it is kept where they do not have it."""
    if isinstance(value, Name):
        return f"{value.full}, do not use" if value.do_not_use else f"{value.full}, {value.kind.value}"
    if isinstance(value, ContactPoint):
        return ", ".join(filter(None, (value.value, value.owner, value.may_words)))
    if isinstance(value, Birth):
        return birth_words(value)
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return codes.get(value, value)
    said = [_part(name, getattr(value, name, ""), codes) for name in _SPOKEN]
    days = [f"{word} {day_words(day)}" for name, word in _DAYS if (day := getattr(value, name, None))]
    return ", ".join(filter(None, (*said, *days)))


def _part(name: str, text: str, codes: Mapping[str, str]) -> str:
    if name == "code":
        return codes.get(text, text)
    return text.replace("-", " ") if name == "kind" else text
