"""Which pairs of a list are worth comparing: those that share one sure key, or several weaker ones.

The work grows with the records, not with their square: of a key shared by more than `LARGEST_BLOCK` records
only neighbours in the order of names and births are paired, which still chains one person's many records.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from caseapp.domain.matching.blocks import SURE, TELLING, WEAK, WEIGHT_OF, keys_of, slips
from caseapp.domain.matching.profile import Born, Called, Profile

LARGEST_BLOCK = 100
NEIGHBOURS = 5
SHORT_LIST = 20_000
"""Up to so many records a pair is compared for less in common: there is time."""


class _Scale(NamedTuple):
    """What is worth comparing in a list of some length.

    `weight_of` is what each kind of key says, `enough` what two records must reach together, and of a weak
    key shared by more than `largest_weak_block` records nobody is paired. Where it `forgives_slips`, a first
    name and nearly the last one are enough.
    """

    weight_of: Mapping[str, int]
    enough: int
    largest_weak_block: int
    forgives_slips: bool = False


_SHORT = _Scale(WEIGHT_OF, enough=TELLING, largest_weak_block=50, forgives_slips=True)
_LONG = _Scale(
    WEIGHT_OF | {"a": TELLING, "b": TELLING, "s": TELLING, "h": WEAK, "t": WEAK},
    enough=SURE,
    largest_weak_block=20,
)
"""In a long list strangers are many: of the pairs that share only a birth date, an address, or a surname and
an initial, one in 150 to 16,000 is one person; of those that share only another form of the name one in 34,
and of whom would be taken for one person nearly half are not.
"""


Pair = tuple[int, int]
BlocksOf = dict[int, list[list[int]]]
"""By record the blocks of records that share a key with it, in each the last record first."""
Tick = Callable[[float], None]
"""Told how much is done, 0 to 1; may raise to stop the work."""


TICK_EVERY = 1000
"""Records or pairs between two looks at whether the work is to stop."""


def pairs(
    profiles: Sequence[Profile], *, boundary: int | None = None, tick: Tick = lambda _share: None
) -> list[Pair]:
    """Pairs of places (lower first), in a fixed order; with a boundary only those across it."""
    scale = _SHORT if len(profiles) <= SHORT_LIST else _LONG
    alone: list[tuple[int, BlocksOf]] = []
    counted: list[tuple[int, BlocksOf]] = []
    for kind, blocks_of in _blocks(profiles, scale, tick).items():
        weight = scale.weight_of[kind]
        (alone if weight >= scale.enough else counted).append((weight, blocks_of))
    lows, highs_from = (len(profiles), 0) if boundary is None else (boundary, boundary)
    found: list[Pair] = []
    for low in range(lows):
        if not low % TICK_EVERY:
            tick(0.5 + 0.5 * low / lows)
        met = set(_said(low, alone))
        weights = Counter(_said(low, counted)).items()
        met.update([high for high, weight in weights if weight >= scale.enough])
        found += [(low, high) for high in sorted(met) if high >= highs_from]
    return found


def _said(low: int, kinds: Sequence[tuple[int, BlocksOf]]) -> list[int]:
    """The records after one that share a key with it, each as often as the kind of key weighs."""
    said: list[int] = []
    for weight, blocks_of in kinds:
        if shared := blocks_of.get(low):
            said += weight * _after(shared)
    return said


def _after(blocks: Sequence[list[int]]) -> list[int]:
    """Each record once that comes after the one at the end of these blocks, which is taken off them."""
    for block in blocks:
        block.pop()
    return blocks[0] if len(blocks) == 1 else list(set().union(*blocks))


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


def _blocks(profiles: Sequence[Profile], scale: _Scale, tick: Tick) -> dict[str, BlocksOf]:
    """By kind of key the blocks of each record."""
    ranks = _ranks(profiles)
    found: dict[str, BlocksOf] = {}
    for kind, (hashes, places) in _keys_by_kind(profiles, scale, tick).items():
        by_key: defaultdict[int, list[int]] = defaultdict(list)
        for hashed, place in zip(reversed(hashes), reversed(places), strict=True):
            by_key[hashed].append(place)
        blocks_of: defaultdict[int, list[list[int]]] = defaultdict(list)
        largest_weak = scale.largest_weak_block if scale.weight_of[kind] == WEAK else None
        for block in _paired(by_key.values(), ranks, largest_weak):
            for place in block:
                blocks_of[place].append(block)
        found[kind] = blocks_of
    return found


def _keys_by_kind(
    profiles: Sequence[Profile], scale: _Scale, tick: Tick
) -> dict[str, tuple[array[int], array[int]]]:
    """Hashes of keys and the places of their records, by kind of key."""
    found = {kind: (array("q"), array("l")) for kind in WEIGHT_OF}
    for place, profile in enumerate(profiles):
        if not place % TICK_EVERY:
            tick(0.5 * place / len(profiles))
        for key in keys_of(profile).union(slips(profile) if scale.forgives_slips else ()):
            hashes, places = found[key[0]]
            hashes.append(hash(key))
            places.append(place)
    return found


def _paired(
    blocks: Iterable[list[int]], ranks: Sequence[int], largest_weak: int | None
) -> Iterator[list[int]]:
    """The blocks in which everybody is paired with everybody.

    A weak key (`largest_weak` is given) that too many share is left out; of any other the neighbours are
    paired.
    """
    largest = largest_weak or LARGEST_BLOCK
    for block in blocks:
        if 1 < len(block) <= largest:
            yield block
        elif len(block) > largest and not largest_weak:
            yield from _neighbours(sorted(block, key=ranks.__getitem__))


def _neighbours(block: list[int]) -> Iterator[list[int]]:
    for start, one in enumerate(block):
        for other in block[start + 1 : start + 1 + NEIGHBOURS]:
            yield [other, one] if one < other else [one, other]
