"""Numbers that name the rows of a list and not its people."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from caseapp.domain.matching.profile import Profile

_NEARLY_ALL = 0.9


def without_row_numbers(*lists: Sequence[Profile]) -> list[Profile]:
    """The records of all lists, without the numbers of systems that no two records have alike.

    A register that has given every row a number of its own would else say of everybody who stands twice that
    they are two. A number that only some have, or that comes again in the other list, is a person's.
    """
    everybody = list(chain.from_iterable(lists))
    schemes = {scheme for one in everybody for scheme, _value in one.numbers}
    of_rows = {scheme for scheme in schemes if _names_rows(scheme, lists)}
    return [_without(one, of_rows) for one in everybody] if of_rows else everybody


def _names_rows(scheme: str, lists: Sequence[Sequence[Profile]]) -> bool:
    found = [[number for one in rows for number in one.numbers if number[0] == scheme] for rows in lists]
    values = list(chain.from_iterable(found))
    are_full = all(
        len(numbers) >= _NEARLY_ALL * len(rows) for numbers, rows in zip(found, lists, strict=True) if numbers
    )
    return are_full and len(set(values)) == len(values)


def _without(one: Profile, schemes: set[str]) -> Profile:
    if not any(scheme in schemes for scheme, _value in one.numbers):
        return one
    return replace(one, numbers=tuple(number for number in one.numbers if number[0] not in schemes))
