"""How common each value is among people: agreeing on a rare one says more.

People are counted and not records: somebody's ten calls do not make their name a common one. Who is who is
not known yet, so records that share a birth date or a phone and a first name are counted as one. The
phone of a shelter says nothing of the kind, nor a date that stands wherever none is known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log2

from caseapp.domain.matching.profile import Born, Called, Profile, Street

RAREST = 1e-5
"""No value is taken to be rarer than this: lists are short, and rare values are often slips."""

_OF_SEVERAL, _OF_MANY = 4, 2e-4
"""People who have a first name, or in a long list a share of all, from which on it is no slip of another."""

_UNSEEN = 0.3
"""How many more people have a value than the two who are compared, at the least: lists are short."""

_SHORT = 1000
"""Values of a short list are not common because two records of one person hold them."""

_HARDLY_MET = 100
"""So many more people than are known yet are met elsewhere: a new agency was at few places."""

HOUSEHOLD = 10
"""Names or people under which a phone or an address stands, at the most; with more it is a shelter's."""

_DAYS = 20_000
"""Days of birth of people of all ages, about: of so many people one each was born on such a day."""

_TRUST = 20_000
_USUAL = {
    kind: _TRUST * share
    for kind, share in (("given", 6e-3), ("family", 3e-3), ("birth", 5e-5), ("phone", 2e-5), ("street", 3e-4))
} | {"locality": _TRUST * 0.1, "both": _TRUST * 1e-4}
"""A short list says little of how often strangers agree: so many pairs are added that agree as usual."""

_KINDS = ("given", "both", "family", "birth", "phone", "street", "locality")


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How common each value is: a share of the people between 0 and 1, by kind of value.

    `average` is the chance that two random people agree on a kind, the sum of the squared shares. `several`
    are first names so common that none is a slip of another.
    """

    shares: dict[str, dict[object, float]] = field(default_factory=dict)
    average: dict[str, float] = field(default_factory=dict)
    several: frozenset[str] = frozenset()

    def surprise(self, kind: str, value: object) -> float:
        """Bits by which agreeing on this value says more (or less) than agreeing on an average one."""
        average = self.average.get(kind)
        if not average:
            return 0.0
        return log2(average / self._share(kind, value))

    def surprise_of_both(self, names: tuple[str, ...]) -> float:
        """The same of a first name and the word behind it, which may be the last name in the first's field.

        "Manuel Garcia" is no rare pair of first names, but as common as any Manuel is a Garcia.
        """
        bits = self.surprise("both", names)
        average = self.average.get("both")
        if not average:
            return bits
        by_chance = self._share("given", names[0]) * self._share("family", names[-1])
        return min(bits, log2(average / by_chance))

    def _share(self, kind: str, value: object) -> float:
        return max(self.shares.get(kind, {}).get(value, RAREST), RAREST)


def count(profiles: Sequence[Profile]) -> Frequencies:
    """Count the values of these records."""
    holders: dict[str, dict[object, set[int]]] = {kind: {} for kind in _KINDS}
    for person, profile in zip(people_of(profiles), profiles, strict=True):
        for kind, value in _values(profile):
            holders[kind].setdefault(value, set()).add(person)
    shares: dict[str, dict[object, float]] = {}
    average = {}
    for kind, found in holders.items():
        counts = {value: len(people) for value, people in found.items()}
        total = sum(counts.values())
        if total < 2:
            continue
        shares[kind] = {
            value: max(number - 2, 0) / total + _UNSEEN / (total + _SHORT)
            for value, number in counts.items()
            if number > 1
        }
        alike = sum(number * (number - 1) for number in counts.values())
        average[kind] = max((alike + _USUAL.get(kind, 0.0)) / (total * (total - 1) + _TRUST), RAREST)
    return Frequencies(shares, average, frozenset(_of_several(holders["given"])))


def _of_several(given: Mapping[object, set[int]]) -> Iterator[str]:
    least = max(_OF_SEVERAL, _OF_MANY * sum(map(len, given.values())))
    return (str(name) for name, people in given.items() if len(people) >= least)


def of_names(
    learned: Frequencies, u: Mapping[str, Sequence[float]], counts: Mapping[str, int], people: int
) -> Frequencies:
    """What was learned, with names as common as they are now: `counts` of people who have a word in a name.

    A new agency has learned nothing, and the chance `u` that two strangers agree stands for the average.
    """
    shares, average = dict(learned.shares), dict(learned.average)
    common: dict[object, float] = {
        word: (number + _UNSEEN) / (people + _SHORT) for word, number in counts.items()
    }
    for kind in ("given", "family"):
        average.setdefault(kind, u[kind][1])
        shares[kind] = {**shares.get(kind, {}), **common}
    return Frequencies(shares, average)


def where_met(
    learned: Frequencies, u: Mapping[str, Sequence[float]], at: Street, *, met: int, people: int
) -> Frequencies:
    """The same where somebody is met at a place at which `met` of so many people were met before.

    A square or a shelter says little of anybody; of the people met there one may be who is asked about.
    """
    share = (max(0, met - 1) + _UNSEEN) / (people + _HARDLY_MET)
    return _at_least_as_common(learned, u, "street", at, share)


def held_by(
    learned: Frequencies,
    u: Mapping[str, Sequence[float]],
    kind: str,
    value: object,
    *,
    held: int,
    people: int,
) -> Frequencies:
    """The same where `held` of so many people have a phone or an address: a shelter's says little."""
    if held <= HOUSEHOLD:
        return learned
    return _at_least_as_common(learned, u, kind, value, held / (people + _HARDLY_MET))


def _at_least_as_common(
    learned: Frequencies, u: Mapping[str, Sequence[float]], kind: str, value: object, share: float
) -> Frequencies:
    """A new agency has learned nothing: the chance `u` that two strangers agree is its average."""
    shares, average = dict(learned.shares), dict(learned.average)
    average.setdefault(kind, u[kind][1])
    own = shares.get(kind, {})
    shares[kind] = {**own, value: max(share, own.get(value, 0.0))}
    return replace(learned, shares=shares, average=average)


def _values(profile: Profile) -> Iterator[tuple[str, object]]:
    for name in profile.names:
        if name.given:
            yield "given", name.given[0]
    for name in profile.names[:1]:
        if len(name.given) > 1:
            yield "both", name.given[:2]
        yield from (("family", word) for word in name.family)
    yield from (("birth", one) for one in profile.births[:1] if not one.slack)
    yield from (("phone", one) for one in profile.phones)
    yield from (("street", one) for one in profile.streets if one.words)
    yield from (("locality", one) for one in profile.localities)


def people_of(profiles: Sequence[Profile]) -> list[int]:
    """A number for each record; those that are one person on the face of it have the same."""
    first: dict[tuple[object, str], int] = {}
    of = list(range(len(profiles)))
    public = _public(profiles)
    for place, profile in enumerate(profiles):
        for key in _plain_keys(profile, public):
            known = _root(of, first.setdefault(key, place))
            of[_root(of, place)] = known
    return [_root(of, place) for place in of]


def _public(profiles: Sequence[Profile]) -> frozenset[object]:
    """Phones and birth dates that stand under more names than a household has, or people of one day."""
    names_of: dict[object, set[Called]] = {}
    for profile in profiles:
        for sure in _sure(profile):
            names_of.setdefault(sure, set()).update(profile.names)
    of_a_day = HOUSEHOLD * (1 + len(profiles) / _DAYS)
    return frozenset(
        sure
        for sure, names in names_of.items()
        if len(names) > (of_a_day if isinstance(sure, Born) else HOUSEHOLD)
    )


def _plain_keys(profile: Profile, public: frozenset[object]) -> Iterator[tuple[object, str]]:
    firsts = [name.given[0] for name in profile.names if name.given]
    for sure in _sure(profile):
        if sure not in public:
            yield from ((sure, first) for first in firsts)


def _sure(profile: Profile) -> Iterator[Born | str]:
    yield from (one for one in profile.births if not one.slack)
    yield from profile.phones


def _root(of: list[int], place: int) -> int:
    while of[place] != place:
        of[place] = of[of[place]]
        place = of[place]
    return place
