"""Numbers that name the rows of a list, or what happened, and not its people."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from caseapp.domain.matching.profile import Profile

_NEARLY_ALL = 0.9

_OF_PEOPLE = frozenset(("ssn", "medicaid"))
"""Numbers that an office outside gives each person once: two of them are two people in any list."""

_SEVERAL = 0.1
"""Share of the people standing again under another number from which on it does not follow people."""

_FEW = 5
"""People who stand several times, of whom no rule is made."""


def without_row_numbers(*lists: Sequence[Profile]) -> list[Profile]:
    """The records of all lists, whose numbers part two of them only where numbers follow people.

    A register that has given every row a number of its own would else say of everybody who stands twice that
    they are two; such numbers are left out. The number of a booking still says that two rows are of one. A
    number that only some have, or that comes again in the other list, is a person's.
    """
    everybody = list(chain.from_iterable(lists))
    schemes = {scheme for one in everybody for scheme, _value in one.numbers} - _OF_PEOPLE
    of_rows = {scheme for scheme in schemes if _names_rows(scheme, lists)}
    of_events = {scheme for scheme in schemes - of_rows if _names_events(scheme, everybody)}
    if not of_rows | of_events:
        return everybody
    return [replace(one, numbers=tuple(_numbers(one, of_rows, of_events))) for one in everybody]


def _names_rows(scheme: str, lists: Sequence[Sequence[Profile]]) -> bool:
    found = [[number for one in rows for number in one.numbers if number[0] == scheme] for rows in lists]
    values = list(chain.from_iterable(found))
    are_full = all(
        len(numbers) >= _NEARLY_ALL * len(rows) for numbers, rows in zip(found, lists, strict=True) if numbers
    )
    return are_full and len(set(values)) == len(values)


def _names_events(scheme: str, everybody: Sequence[Profile]) -> bool:
    """Whether many of those who stand several times under one name and birth have several numbers."""
    numbers_of = defaultdict[object, set[str]](set)
    times = Counter[object]()
    for one in everybody:
        found = [value for of, value in one.numbers if of == scheme]
        if found and one.names and one.births and not one.births[0].slack:
            who = (one.names[0][:2], one.births[0])
            numbers_of[who].update(found)
            times[who] += 1
    several = [len(numbers_of[who]) > 1 for who, often in times.items() if often > 1]
    return len(several) >= _FEW and sum(several) >= _SEVERAL * len(several)


def _numbers(one: Profile, of_rows: set[str], of_events: set[str]) -> Iterator[tuple[str, str]]:
    """A number of what happened is a system of its own: where it is another one, nothing is compared."""
    for scheme, value in one.numbers:
        if scheme not in of_rows:
            yield (f"{scheme} {value}", value) if scheme in of_events else (scheme, value)
