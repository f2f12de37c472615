"""Names that a list has in the wrong columns, put right by what its other rows have in the right ones."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from caseapp.domain.matching.profile import Called, Profile

_OFTEN = 4
"""Rows that must have a word as a last name before it is no first name."""

_MORE = 3
"""How many times as often it is one as a first name."""


def straightened(profiles: Sequence[Profile]) -> Sequence[Profile]:
    """The same, with first and last name in their places where nearly all others have them so.

    Else many of whom both names are crossed are taken for one: as a first name a common last name is rare.
    A last name in the field of the first is no middle name.
    """
    columns = _Columns(profiles)
    return [_with_names(profile, tuple(map(columns.put_right, profile.names))) for profile in profiles]


class _Columns:
    """How often each word stands in which place of a whole name, in this list."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        whole = [name for one in profiles for name in one.names[:1] if name.given and name.family]
        self._first = Counter(name.given[0] for name in whole)
        self._middle = Counter(word for name in whole for word in name.given[1:])
        self._family = Counter(word for name in whole for word in name.family)

    def put_right(self, name: Called) -> Called:
        """The name, crossed back or cut in two where the list says so."""
        if name.family:
            return self._crossed_back(name) if name.given else name
        *given, last = name.given or ("",)
        is_family = self._family[last] > self._first[last] + self._middle[last]
        return name._replace(given=tuple(given), family=(last,)) if given and is_family else name

    def _crossed_back(self, name: Called) -> Called:
        one, other = name.given[0], name.family[0]
        is_family = self._family[one] >= max(_OFTEN, _MORE * self._first[one] + 1)
        if not is_family or self._first[other] < self._family[other]:
            return name
        return name._replace(given=(*name.family, *name.given[1:]), family=(one,))


def _with_names(profile: Profile, names: tuple[Called, ...]) -> Profile:
    return profile if names == profile.names else replace(profile, names=names)
