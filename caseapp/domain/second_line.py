"""The line under a person's name by which people of one name are told apart, the same wherever it stands."""

from collections.abc import Iterator
from datetime import date

from caseapp.domain.births import Precision, age_words, birth_words
from caseapp.domain.people import PersonDetails, display_name, other_names, usual_place


def second_line(details: PersonDetails, today: date, *, phones: int = 0) -> str:
    """What is known of pronouns, age and birth, `phones` or so many e-mails, place, other names and looks.

    An age that the name by looks tells in the same words, “woman, about 40, green parka”, is not told twice.
    """
    return ", ".join(filter(None, _facts(details, today, phones)))


def _facts(details: PersonDetails, today: date, phones: int) -> Iterator[str]:
    birth = details.birth
    yield details.pronouns
    if birth is not None:
        age = age_words(birth, today)
        yield "" if details.description and age in display_name(details).casefold().split(", ") else age
        yield f"born {birth_words(birth)}" if birth.precision is not Precision.ESTIMATED else ""
    yield from (point.value for point in details.points[:phones])
    yield usual_place(details, today)
    names = other_names(details)
    yield f"also {', '.join(names)}" if names else ""
    if details.description and details.description.strip() != display_name(details):
        yield " ".join(details.description.split())
