"""Names that a list has in the wrong columns, turned back by what its other rows have in the right ones."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from caseapp.domain.matching.profile import Called, Profile

_OFTEN = 4
"""Rows that must have a word as a last name before it is no first name."""

_MORE = 3
"""How many times as often it is one as a first name."""


def straightened(profiles: Sequence[Profile]) -> Sequence[Profile]:
    """The same, with first and last name in their places where nearly all others have them so.

    Else many of whom both names are crossed are taken for one: as a first name a common last name is rare.
    """
    first = [name for profile in profiles for name in profile.names[:1] if name.given and name.family]
    given = Counter(name.given[0] for name in first)
    family = Counter(word for name in first for word in name.family)

    def is_crossed(name: Called) -> bool:
        if not (name.given and name.family):
            return False
        one, other = name.given[0], name.family[0]
        return family[one] >= max(_OFTEN, _MORE * given[one] + 1) and given[other] >= family[other]

    return [_turned(profile, filter(is_crossed, profile.names)) for profile in profiles]


def _turned(profile: Profile, crossed: Iterable[Called]) -> Profile:
    turned = {
        name: name._replace(given=(*name.family, *name.given[1:]), family=name.given[:1]) for name in crossed
    }
    if not turned:
        return profile
    return replace(profile, names=tuple(turned.get(name, name) for name in profile.names))
