"""Ranks the people somebody may be, as fields are typed: few, best first, each with its reasons."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import NamedTuple
from uuid import UUID

from caseapp.domain.matching.blocks import TELLING, WEIGHT_OF, around, keys_of, spelled
from caseapp.domain.matching.comparison import compare
from caseapp.domain.matching.levels import Given
from caseapp.domain.matching.model import Model
from caseapp.domain.matching.profile import Profile
from caseapp.domain.matching.reasons import explain

SHOWN = 0.02
"""Below this nobody is offered: a wrong offer costs a look, none costs a second record of one person.

Among 10,000 people, of those met again 0.98 are offered, and of 100 who are new 14 see somebody offered; from
0.015 on it is hardly more of the one and 16 of the others. Who asks to look further sees 0.96 by the name
alone. See `tests.benchmarks intake-10k`.
"""

HEARD_OF_NOBODY = 3.0
"""How many times as often a first name that nobody here has is told of somebody known by another one.

A street name or a badly heard one is seldom anybody else's name; of two strangers the one's name mostly is.
"""

LIKELY = 0.5
"""From here on it is rather this person than another or nobody."""

AT_MOST = 5
"""People offered by themselves, as fields are typed."""

AT_MOST_ASKED = 10
"""People shown to whoever asks to look further: then those who come nearest, likely or not."""

KNOWN_BEFORE = 0.5
"""How often somebody at intake was met before; the rest is nobody yet."""


NO_WORDS: frozenset[str] = frozenset()
_HARDLY_ANY = 1e-300
"""The least that is said against one person: nothing is divided by none."""


class Ranked(NamedTuple):
    """One person, how likely it is them and nobody else of those weighed (0 to 1), and why.

    `same_as` is somebody offered before them who is certainly the same person, see `twice`.
    """

    person_id: UUID
    probability: float
    reasons: tuple[str, ...]
    same_as: UUID | None = None


def rank(
    wanted: Profile,
    people: Iterable[tuple[UUID, Profile]],
    model: Model,
    *,
    known: int,
    at_most: int = AT_MOST,
    least: float = SHOWN,
    unheard: AbstractSet[str] = NO_WORDS,
) -> list[Ranked]:
    """People it may be, likeliest first, whose chance by themselves is `least` or more.

    Somebody is one person at the most: of four who fit alike, each is a quarter as likely. `known` is how
    many there are to be taken for; `unheard` are the told words that nobody has in a name.
    """
    prior = model.at_intake(KNOWN_BEFORE / max(known, 2))
    firsts = {name.given[0] for name in wanted.names if name.given}
    by_another_name = HEARD_OF_NOBODY if firsts <= unheard else 1.0
    found = []
    for person_id, profile in people:
        pattern, surprise = compare(wanted, profile, model.frequencies)
        one, relatives, strangers = prior.odds(pattern, surprise)
        one *= by_another_name if pattern.given is Given.DIFFERENT else 1.0
        odds = one / max(relatives + strangers, _HARDLY_ANY)
        if odds >= least * (1.0 + odds):
            found.append((odds, person_id, pattern))
    found.sort(key=lambda one: (-one[0], one[1]))
    whole = 1.0 + sum(odds for odds, _person_id, _pattern in found)
    return [
        Ranked(person_id, odds / whole, tuple(reason.words for reason in explain(pattern, model)))
        for odds, person_id, pattern in found[:at_most]
    ]


def least_of(at_most: int) -> float:
    """From which chance on somebody is shown: who asks for more than is offered wants the nearest."""
    return SHOWN if at_most <= AT_MOST else 0.0


def telling_keys(profile: Profile) -> frozenset[str]:
    """The keys worth an index: the weak ones bring in too many."""
    telling = frozenset(key for key in keys_of(profile) if WEIGHT_OF[key[0]] >= TELLING)
    return telling.union(spelled(profile))


def wanted_keys(profile: Profile) -> frozenset[str]:
    """The keys to look up first: of the profile and of the years around an age."""
    return telling_keys(profile).union(around(profile))
