"""Lists of people as profiles to compare, and the pairs found as a table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from caseapp.domain.matching.lists import Match
from caseapp.domain.matching.model import Model
from caseapp.domain.matching.profile import (
    Profile,
    births_of,
    is_nobody,
    locality,
    mails_of,
    names_of,
    numbers_of,
    phones_of,
    place,
)
from caseapp.domain.matching.reasons import explain
from caseapp.domain.people import Identifier
from caseapp.domain.people_lists import ListedPerson, gender_code, split_alias
from caseapp.exchange import cells
from caseapp.exchange.numbers_written import UNNAMED

_SEXES = {"man": "m", "woman": "f"}
"""Other genders speak neither for nor against: one list asks where another guesses."""

COLUMNS = ("left_id", "right_id", "probability", "reasons")

SOCIAL = "ssn"
_WHOLE, _END = 9, 4


def profile_of(person: ListedPerson) -> Profile:
    """A row as it is compared; what it does not say is left empty."""
    aliases = ((*split_alias(alias), True) for alias in person.aliases)
    names = ((person.given, person.family, False), (person.chosen, "", True), *aliases)
    at, _town = place(person.address)
    found = Profile(
        names=names_of(names),
        births=births_of(person.birth, person.birth_text),
        phones=(*phones_of(person.phones), *mails_of(person.emails)),
        streets=(at,) if at.words or at.number else (),
        localities=(locality(person.city, person.zip),) if person.city or person.zip else (),
        numbers=tuple(_numbers(person.identifiers)),
        sex=_SEXES.get(gender_code(person.gender), ""),
    )
    return replace(found, is_unknown=is_nobody(f"{person.given} {person.family}") or _is_nameless(found))


def _numbers(found: Iterable[Identifier]) -> Iterator[tuple[str, str]]:
    """Numbers of other systems; of a social security number the last four too: some lists have no more.

    Of which system an unnamed one is nobody knows, so that another one parts nobody.
    """
    for scheme, value in numbers_of(found):
        if scheme == UNNAMED:
            yield f"{scheme} {value}", value
            continue
        if scheme != SOCIAL:
            yield scheme, value
            continue
        digits = "".join(filter(str.isdigit, value))
        digits = digits.zfill(_END) if len(digits) == _END - 1 else digits
        if len(digits) == _WHOLE:
            yield scheme, digits
        if len(digits) >= _END:
            yield f"{scheme}-end", digits[-_END:]


def _is_nameless(one: Profile) -> bool:
    """Whether nothing says who somebody is: "man, about 40, Birch & 9th"; a phone may be a shelter's.

    A number of another system says it only of another row with the same one: each row of a jail has its own.
    """
    return not (one.is_named or any(not born.slack for born in one.births))


def write_pairs(matches: Iterable[Match], ids: Sequence[str], model: Model) -> bytes:
    """The pairs, likeliest first, each with its probability and its reasons."""
    ordered = sorted(matches, key=lambda one: (-one.probability, one.low, one.high))
    rows = (
        (ids[one.low], ids[one.high], f"{one.probability:.6f}", "; ".join(reasons_of(one, model)))
        for one in ordered
    )
    return cells.write_csv(COLUMNS, rows)


def reasons_of(found: Match, model: Model) -> tuple[str, ...]:
    """Why a pair is taken to be one person, what weighs most first."""
    words = [reason.words for reason in explain(found.pattern, model)]
    return (*(["both are linked to a third record"] if found.is_by_group else []), *words)
