"""What a spreadsheet of people says of somebody, before it is a record of ours."""

from dataclasses import dataclass, field
from typing import NamedTuple

from caseapp.domain.births import Birth
from caseapp.domain.dispatch import RowProblem
from caseapp.domain.names import GENERATIONS, PARTICLES
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

LIST = "list"
"""The identifier scheme of a list's own numbers."""

_TELLING = (LIST, "hmis", "mrn", "medicaid", "cad", "jail")
"""Schemes whose number names one person, surest first; social security numbers are too often borrowed."""

_GENDERS = {
    "man": ("man", "male", "m", "boy", "hombre"),
    "woman": ("woman", "female", "f", "w", "girl", "mujer"),
    "non-binary": ("non-binary", "nonbinary", "non binary", "nb", "enby", "x"),
    "transgender": ("transgender", "trans"),
    "other": ("other", "another gender", "different identity"),
    "unknown": ("unknown", "unk", "u", "not known"),
    "declined": ("declined", "refused", "declined to answer", "prefer not to say"),
}
_GENDER_OF = {word: code for code, words in _GENDERS.items() for word in words}

_BEGIN_A_FAMILY_NAME = PARTICLES | {"le", "mac", "mc", "saint", "san", "santa", "st", "ter", "vander"}
"""Words that stand in front of the last one and belong to it; "San" counts where names are compared."""


class ListedPerson(NamedTuple):
    """One row of a list; texts as written, empty where nothing stands. `key` is the list's own id."""

    row: int
    key: str = ""
    given: str = ""
    family: str = ""
    chosen: str = ""
    aliases: tuple[str, ...] = ()
    description: str = ""
    birth: Birth | None = None
    birth_text: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    address: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    gender: str = ""
    pronouns: str = ""
    identifiers: tuple[Identifier, ...] = ()

    @property
    def place(self) -> str:
        """The address in one line."""
        return ", ".join(filter(None, (self.address, self.city, f"{self.state} {self.zip}".strip())))


_FIELDS = {
    "key": "number in the list",
    "full": "name",
    "given": "first name",
    "middle": "middle name",
    "chosen": "chosen name",
    "family": "last name",
    "maiden": "last name before",
    "birth": "birth date",
    "birth_year": "year of birth",
    "seen_on": "met on",
    "email": "e-mail",
    "zip": "ZIP",
    "generation": "Jr or Sr",
    "numbers": "numbers of other systems",
    "hmis": "HMIS number",
    "jail": "jail number",
    "medicaid": "Medicaid number",
    "mrn": "medical record number",
    "cad": "dispatch number",
    "ssn": "social security number",
    "deleted": "deleted on",
}
"""What a list tells of a person, where its name in the program is not plain."""


class ColumnsRead(NamedTuple):
    """From which columns of a list each part of a person was read, and which columns were not read."""

    fields: dict[str, tuple[str, ...]]
    unread: tuple[str, ...] = ()

    def in_words(self) -> list[tuple[str, str]]:
        """Each part with the names of its columns, last what was not read."""
        read = [
            (_capital(_FIELDS.get(field) or field.replace("_", " ")), ", ".join(names))
            for field, names in self.fields.items()
        ]
        return [*read, ("Not read", ", ".join(self.unread))] if self.unread else read

    def sentence(self, file: str) -> str:
        """The same in one line, for whoever compares lists: what was not read found nobody."""
        return f"{file} was read as: " + "; ".join(map(": ".join, self.in_words())) + "."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class PeopleReading:
    """Everything that came of one list: `rows` = people + problems + skipped, always."""

    header: tuple[str, ...]
    rows: int
    people: tuple[ListedPerson, ...]
    columns: ColumnsRead
    problems: tuple[RowProblem, ...] = ()
    skipped: dict[str, int] = field(default_factory=dict)
    warnings: dict[str, int] = field(default_factory=dict)
    how_read: str = ""


def identity_of(person: ListedPerson) -> Identifier | None:
    """The number by which a later list means the same person: the list's own, else another system's."""
    numbers = {one.scheme: one for one in reversed(_identifiers(person))}
    return next((numbers[scheme] for scheme in _TELLING if scheme in numbers), None)


def gender_code(text: str) -> str:
    """The code of a written answer; "" where it is none of those that are known."""
    return _GENDER_OF.get(" ".join(text.casefold().split()), "")


def details_of(person: ListedPerson) -> PersonDetails:
    """The row as a record that can be saved; one without any name is somebody known by a description."""
    legal = Name(NameKind.LEGAL, person.given, person.family)
    chosen = Name(NameKind.CHOSEN, person.chosen, person.family if person.chosen else "")
    aliases = (Name(NameKind.ALIAS, *split_alias(alias)) for alias in person.aliases)
    names = tuple(name for name in (legal, chosen, *aliases) if name.full)
    phones = (ContactPoint(PointKind.PHONE, phone) for phone in person.phones)
    emails = (ContactPoint(PointKind.EMAIL, email) for email in person.emails)
    return PersonDetails(
        kind=PersonKind.KNOWN if names else PersonKind.UNKNOWN,
        names=names,
        description=person.description,
        birth=person.birth,
        pronouns=person.pronouns,
        gender=gender_code(person.gender),
        points=(*phones, *emails),
        places=(PersonPlace("home", person.place),) if person.place else (),
        identifiers=_identifiers(person),
    )


def _identifiers(person: ListedPerson) -> tuple[Identifier, ...]:
    own = (Identifier(LIST, person.key),) if person.key else ()
    return (*own, *person.identifiers)


def split_name(full: str) -> tuple[str, str]:
    """Given and family name of a whole one: "Okafor, James", "James Okafor Jr", "Ana de la Cruz".

    Who stands in the middle as "Jr" has the last name before it: "OKAFOR JR JAMES", "Okafor, Jr., James".
    """
    parts = [part.strip() for part in full.split(",") if part.strip()]
    if len(parts) > 2 and is_generation(parts[1]):
        parts[:2] = [f"{parts[0]} {parts[1]}"]
    if len(parts) > 1 and not is_generation(parts[1]):
        return ", ".join(parts[1:]), parts[0]
    words = full.replace(",", " ").split()
    middle = next((place for place, word in enumerate(words[1:-1], 1) if is_generation(word)), 0)
    if middle:
        return " ".join(words[middle + 1 :]), " ".join(words[: middle + 1])
    start = len(words) - 1
    if start > 1 and is_generation(words[start]):
        start -= 1
    while start > 1 and words[start - 1].strip(".").casefold() in _BEGIN_A_FAMILY_NAME:
        start -= 1
    return " ".join(words[: max(start, 1)]), " ".join(words[max(start, 1) :])


def split_alias(alias: str) -> tuple[str, str]:
    """An alias with a comma is a whole name; one of two words is mostly two first names."""
    return split_name(alias) if "," in alias else (alias, "")


def is_generation(word: str) -> bool:
    """Whether a word tells one of a line of namesakes: "Jr.", "III"."""
    return word.strip(" .").casefold() in GENERATIONS
