"""Which pairs of a list are worth comparing: those that share one sure key, or several weaker ones.

The work grows with the records, not with their square: of a key shared by more than `LARGEST_BLOCK` records
only neighbours in the order of names and births are paired, which still chains one person's many records.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from caseapp.domain.matching.blocks import SURE, TELLING, WEAK, WEIGHT_OF, keys_of
from caseapp.domain.matching.profile import Born, Called, Profile

LARGEST_BLOCK = 100
LARGEST_WEAK_BLOCK = 50
NEIGHBOURS = 5
SHORT_LIST = 20_000
"""Up to so many records a pair is compared for less in common: there is time."""


Pair = tuple[int, int]
Tick = Callable[[float], None]
"""Told how much is done, 0 to 1; may raise to stop the work."""


def pairs(profiles: Sequence[Profile], *, boundary: int | None = None) -> list[Pair]:
    """Pairs of places (lower first), in a fixed order; with a boundary only those across it."""
    count = len(profiles)
    enough = TELLING if count <= SHORT_LIST else SURE
    ranks = _ranks(profiles)
    weights = Counter[int]()
    for kind, members in sorted(_by_kind(profiles).items()):
        weight = WEIGHT_OF[kind]
        is_weak = weight == WEAK
        largest = LARGEST_WEAK_BLOCK if is_weak else LARGEST_BLOCK
        codes = _of_kind(members, largest, ranks, has_neighbours=not is_weak)
        if boundary is not None:
            codes = {code for code in codes if code // count < boundary <= code % count}
        for _unit in range(weight):
            weights.update(codes)
    return [
        divmod(code, count) for code in sorted(code for code, weight in weights.items() if weight >= enough)
    ]


def _ranks(profiles: Sequence[Profile]) -> list[int]:
    """Each record's place in the order of names and births."""
    ordered = sorted(range(len(profiles)), key=lambda place: _signature(profiles[place]))
    ranks = [0] * len(profiles)
    for rank, place in enumerate(ordered):
        ranks[place] = rank
    return ranks


def _signature(
    profile: Profile,
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Born, ...], tuple[str, ...]]:
    name = profile.names[0] if profile.names else Called((), ())
    return name.family, name.given, profile.births, profile.phones


def _by_kind(profiles: Sequence[Profile]) -> dict[str, tuple[array[int], array[int]]]:
    """Hashes of keys and the places of their records, by kind of key."""
    found = {kind: (array("q"), array("l")) for kind in WEIGHT_OF}
    for place, profile in enumerate(profiles):
        for key in keys_of(profile):
            hashes, places = found[key[0]]
            hashes.append(hash(key))
            places.append(place)
    return found


def _of_kind(
    members: tuple[array[int], array[int]], largest: int, ranks: Sequence[int], *, has_neighbours: bool
) -> set[int]:
    """Pairs that share a key, each as one number: the lower place x the count of records + the higher."""
    blocks: defaultdict[int, list[int]] = defaultdict(list)
    for hashed, place in zip(*members, strict=True):
        blocks[hashed].append(place)
    count = len(ranks)
    found: set[int] = set()
    for block in blocks.values():
        if 1 < len(block) <= largest:
            found.update([low * count + high for low, high in combinations(block, 2)])
        elif has_neighbours and len(block) > largest:
            found.update(_neighbours(sorted(block, key=ranks.__getitem__), count))
    return found


def _neighbours(block: list[int], count: int) -> Iterator[int]:
    for start, one in enumerate(block):
        for other in block[start + 1 : start + 1 + NEIGHBOURS]:
            yield one * count + other if one < other else other * count + one
