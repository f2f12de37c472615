"""Learns the chances from the records themselves, without anybody's judgement (expectation maximisation).

u comes from random pairs, of which hardly any is one person, and stays fixed; m and the shares of the classes
are found by turns: weigh the candidate pairs, count their levels by weight, again. What the records say is
mixed with the defaults as if these had been seen in `TRUST` pairs, so that a small list teaches little.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from caseapp.domain.matching.candidates import Pair
from caseapp.domain.matching.comparison import FIELDS, LEVELS, Frequencies, Pattern, compare
from caseapp.domain.matching.levels import Given
from caseapp.domain.matching.model import CAUTION, DEFAULT_M, DEFAULT_U, Model, Table
from caseapp.domain.matching.profile import Profile

ROUNDS = 25
TRUST = 60.0
RANDOM_PAIRS = 20_000
_ENOUGH = 1e-4
_STRIDE, _LEAP = 7919, 104_729

Weighed = Counter[tuple[Pattern, int]]
"""How many candidate pairs have a pattern and a surprise (rounded, in half bits)."""


def strangers(profiles: Sequence[Profile], frequencies: Frequencies) -> Table:
    """u of every field from pairs as good as random; of agreement on a value from the frequencies."""
    counts = {name: [0.0] * len(levels) for name, levels in LEVELS.items()}
    for low, high in _scattered(len(profiles)):
        pattern, _surprise = compare(profiles[low], profiles[high], frequencies)
        for name, level in zip(FIELDS, pattern, strict=True):
            counts[name][level] += 1
    return {name: _mixed(name, found, DEFAULT_U, 400.0, frequencies) for name, found in counts.items()}


def _scattered(records: int) -> Iterator[Pair]:
    """Pairs spread evenly over a list, always the same ones, so that the same list gives the same weights."""
    for number in range(min(RANDOM_PAIRS, 4 * records) if records > 1 else 0):
        low = number * _STRIDE % records
        high = (low + 1 + number * _LEAP % (records - 1)) % records
        yield low, high


def _mixed(
    name: str, found: list[float], default: Table, trust: float, frequencies: Frequencies | None = None
) -> tuple[float, ...]:
    """Shares of the levels, the defaults mixed in; level 0, missing, says nothing (order apart)."""
    first = 0 if name == "order" else 1
    groups = [list(range(first, len(found)))] if name != "birth" else [[*range(1, 8), 11, 12], [8, 9, 10]]
    mixed = [1.0] * len(found)
    for group in groups:
        usual = sum(default[name][level] for level in group)
        total = sum(found[level] for level in group) + trust
        for level in group:
            mixed[level] = (found[level] + trust * default[name][level] / usual) / total
    average = frequencies.average.get(name) if frequencies else None
    if average:
        mixed[1] = average
    both = frequencies.average.get("both") if frequencies and name == "given" else None
    if both:
        mixed[Given.FULL] = both / 4
    return tuple(mixed)


def learn(pairs: Weighed, all_pairs: float, start: Model) -> Model:
    """The model under which these candidates are likeliest; `all_pairs` of records there are in all."""
    guess = sum(pairs.values()) / 4
    model = replace(start, one=min(0.2, guess / all_pairs), relative=min(0.01, guess / all_pairs / 25))
    for _round in range(ROUNDS):
        better = _round_of(pairs, all_pairs, model)
        is_settled = abs(better.one - model.one) < _ENOUGH * model.one
        model = better
        if is_settled:
            break
    return replace(model, caution=CAUTION)


def _round_of(pairs: Weighed, all_pairs: float, model: Model) -> Model:
    counts = {name: [0.0] * len(levels) for name, levels in LEVELS.items()}
    same = related = 0.0
    for (pattern, half_bits), number in pairs.items():
        one, relatives, others = model.odds(pattern, half_bits / 2)
        total = one + relatives + others
        weight = number * one / total
        same += weight
        related += number * relatives / total
        if weight > 1e-9:
            for name, level in zip(FIELDS, pattern, strict=True):
                counts[name][level] += weight
    m = {name: _mixed(name, found, DEFAULT_M, TRUST) for name, found in counts.items()}
    one_share = max(same, 1.0) / all_pairs
    return replace(model, m=m, one=one_share, relative=max(related, 0.05) / all_pairs)
