"""The facts of a record in a few words, for whoever decides whose they are."""

from datetime import date
from typing import Any

from caseapp.domain.added_facts import Fact
from caseapp.domain.births import Birth, birth_words
from caseapp.domain.code_words import InWords
from caseapp.domain.day_words import day_words
from caseapp.domain.people import ContactPoint, Name, PointKind

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

_CHOSEN = {
    "gender": "gender",
    "languages": "language",
    "pronouns": "pronouns",
    "races": "race_ethnicity",
    "veteran": "veteran",
}
"""The agency's lists from which facts of a record are chosen: field -> list."""

_KINDS = {
    "alerts": ("kind", "alert_kind"),
    "identifiers": ("scheme", "identifier_kind"),
    "living": ("code", "living_situation"),
    "names": ("kind", "name_kind"),
    "places": ("kind", "place_kind"),
    "relations": ("kind", "relation"),
}
"""Of facts that have a kind: field -> what holds its code, and the list that says it."""

_SPOKEN = ("scheme", "kind", "code", "name", "phone", "text", "value", "note")
"""What is said of a place, a number, an alert, a relative or where somebody lives, in this order."""

_DAYS = (("from_on", "from"), ("to_on", "until"), ("expires_on", "until"))
"""The days of such a value, which may be all in which it differs from the one before."""


def fact_title(one: Fact) -> str:
    """What kind of fact it is."""
    if isinstance(one.value, ContactPoint):
        return "Phone" if one.value.kind is PointKind.PHONE else "E-mail"
    return _TITLES[one.field]


def value_words(field: str, value: Any, said: InWords) -> str:
    """A value of a field of a record, its codes in the words of the agency's lists."""
    if isinstance(value, Name):
        kind = "do not use" if value.do_not_use else said.within("name_kind", value.kind.value)
        return f"{value.full}, {kind}"
    if isinstance(value, ContactPoint):
        return ", ".join(filter(None, (value.value, value.owner, value.may_words)))
    if isinstance(value, Birth):
        return birth_words(value)
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return said.word(_CHOSEN[field], value) if field in _CHOSEN else value
    coded, listed = _KINDS.get(field, ("", ""))
    parts = [(name, getattr(value, name, "")) for name in _SPOKEN]
    told = [said.word(listed, text) if text and name == coded else text for name, text in parts]
    days = [f"{word} {day_words(day)}" for name, word in _DAYS if (day := getattr(value, name, None))]
    return ", ".join(filter(None, (*told, *days)))
