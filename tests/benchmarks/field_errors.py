"""A list with this field's errors: how much is found, what is taken for somebody else, time and memory.

One true pair in fifty is of an unknown person, whom nothing may link by itself; so what can be found at the most
is told too.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from caseapp.domain.matching import lists
from caseapp.domain.matching.judging import can_stand_alone
from caseapp.domain.matching.lists import Matched
from caseapp.domain.matching.model import CERTAIN, THRESHOLD
from caseapp.domain.matching.profile import Profile
from caseapp.system import memory
from db.demo import corrupt
from db.demo.corrupt import Listed
from tests.benchmarks import clock, lists_of, scoring
from tests.benchmarks.figures import Figure, at_least, at_most


class Wanted(NamedTuple):
    """What is asked of a list of so many people and records."""

    people: int
    records: int
    f1: float
    grouped: float
    seconds: float
    megabytes: float


SMALL = Wanted(4_100, 9_000, 0.92, 0.94, 60, 1000)
LARGE = Wanted(45_500, 100_000, 0.88, 0.88, 60, 1000)


def measure(
    wanted: Wanted,
    *,
    seed: int = 1,
    rates: corrupt.Rates | None = None,
    maker: type[corrupt.Maker] = corrupt.Maker,
    note: str = "",
) -> list[Figure]:
    """The figures of one list; `note` says what is unusual in it."""
    listed = corrupt.make(maker(wanted.people, seed=seed, rates=rates), wanted.people, wanted.records)
    content = lists_of.field_list(listed)
    with memory.uncollected(), clock.spent() as time:
        profiles = lists_of.profiles(content)
        found = lists.match(profiles, keeps_all=True)
    return _figures(listed, found, profiles, time, f"field, {wanted.records:,} records{note}", wanted)


def _figures(
    listed: list[Listed],
    found: Matched,
    profiles: list[Profile],
    time: clock.Spent,
    part: str,
    wanted: Wanted,
) -> list[Figure]:
    truth = scoring.true_pairs([one.person for one in listed])
    linkable = {pair for pair in truth if not any(profiles[one].is_unknown for one in pair)}
    alone = _likely(found, profiles, THRESHOLD)
    grouped = {pair for members in found.groups for pair in combinations(members, 2)}
    certain = _likely(found, profiles, CERTAIN)
    touched = alone | grouped | certain
    unknown = sum(profiles[low].is_unknown or profiles[high].is_unknown for low, high in touched)
    return [
        at_least(part, "pairwise F1", scoring.f1(alone, truth), wanted.f1),
        Figure(part, "precision", scoring.precision(alone, truth)),
        Figure(part, "recall", scoring.recall(alone, truth)),
        at_least(part, "pairwise F1 after grouping", scoring.f1(grouped, truth), wanted.grouped),
        at_least(
            part, "the same without pairs of unknown persons", scoring.f1(grouped, linkable), wanted.grouped
        ),
        Figure(part, "precision after grouping", scoring.precision(grouped, truth)),
        Figure(part, "recall after grouping", scoring.recall(grouped, truth)),
        at_most(part, "accepted pairs that are relatives", _related(alone, listed), 0.015),
        at_most(part, "the same after grouping", _related(grouped, listed), 0.015),
        at_least(part, "precision of the certain pairs", scoring.precision(certain, truth), 0.999),
        Figure(part, "share of true pairs that are certain", scoring.recall(certain, truth)),
        at_most(part, "unknown persons linked by themselves", unknown, 0, "pairs"),
        Figure(part, "pairs compared", found.compared, "pairs"),
        at_most(part, "wall", time.wall, wanted.seconds, "s"),
        Figure(part, "processor time", time.cpu, "s"),
        at_most(part, "peak memory", clock.peak_megabytes(), wanted.megabytes, "MB"),
        *_by_fault(part, grouped, truth, listed),
    ]


def _likely(found: Matched, profiles: list[Profile], least: float) -> scoring.Pairs:
    """Pairs accepted by their own chance, whether or not they were grouped."""
    return {
        (one.low, one.high)
        for one in found.matches
        if one.probability >= least
        and not one.is_by_group
        and can_stand_alone(one.pattern, profiles[one.low], profiles[one.high])
    }


def _related(pairs: scoring.Pairs, listed: list[Listed]) -> float:
    """The share of the pairs that is two people of one family."""
    related = sum(
        listed[low].person != listed[high].person and listed[low].family == listed[high].family
        for low, high in pairs
    )
    return related / max(1, len(pairs))


def _by_fault(
    part: str, found: scoring.Pairs, truth: scoring.Pairs, listed: list[Listed]
) -> Iterator[Figure]:
    shares = scoring.recall_by_fault(found, truth, [one.faults for one in listed])
    for fault, share in shares.items():
        yield Figure(part, f"recall where {fault.replace('_', ' ')}", share)
