"""What a spreadsheet of people says of somebody, before it is a record of ours."""

from dataclasses import dataclass, field
from typing import NamedTuple

from caseapp.domain.dispatch import RowProblem
from caseapp.domain.people import (
    Birth,
    ContactPoint,
    Identifier,
    Name,
    NameKind,
    PersonDetails,
    PersonPlace,
    PointKind,
)

_PARTICLES = frozenset(
    [
        "al",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "la",
        "las",
        "le",
        "los",
        "san",
        "santa",
        "van",
        "von",
        "y",
    ]
)


class ListedPerson(NamedTuple):
    """One row of a list; texts as written, empty where nothing stands. `key` is the list's own id."""

    row: int
    key: str = ""
    given: str = ""
    family: str = ""
    chosen: str = ""
    alias: str = ""
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


@dataclass(frozen=True, slots=True)
class PeopleReading:
    """Everything that came of one list: `rows` = people + problems + skipped, always."""

    header: tuple[str, ...]
    rows: int
    people: tuple[ListedPerson, ...]
    columns: dict[str, tuple[str, ...]]
    unread_columns: tuple[str, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    skipped: dict[str, int] = field(default_factory=dict)
    warnings: dict[str, int] = field(default_factory=dict)
    how_read: str = ""


def details_of(person: ListedPerson) -> PersonDetails:
    """The row as a record that can be saved; coded answers (gender) are left to whoever maps them."""
    legal = Name(NameKind.LEGAL, person.given, person.family)
    chosen = Name(NameKind.CHOSEN, person.chosen, person.family if person.chosen else "")
    alias = Name(NameKind.ALIAS, person.alias)
    phones = (ContactPoint(PointKind.PHONE, phone) for phone in person.phones)
    emails = (ContactPoint(PointKind.EMAIL, email) for email in person.emails)
    return PersonDetails(
        names=tuple(name for name in (legal, chosen, alias) if name.full and name.full != person.family)
        or (legal,),
        birth=person.birth,
        pronouns=person.pronouns,
        points=(*phones, *emails),
        places=(PersonPlace("home", person.place),) if person.place else (),
        identifiers=person.identifiers,
    )


def split_name(full: str) -> tuple[str, str]:
    """Given and family name of a whole one: "Okafor, James", "James Okafor", "Ana de la Cruz"."""
    before, comma, after = full.partition(",")
    if comma and after.strip():
        return after.strip(), before.strip()
    words = full.replace(",", " ").split()
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(words[: max(start, 1)]), " ".join(words[max(start, 1) :])
