"""Lists with this field's errors: how much is found, what is taken for somebody else, time and memory.

One true pair in fifty is of an unknown person, whom nothing may link by itself; so what can be found at the most
is told too. How many relatives one list has taken for each other is luck (some sixty-five of 4,000 pairs); so
several are told as one as well.
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
SEEDS = (1, 2, 11, 21, 22, 31, 41, 42)
"""Of the lists that are told as one; on the last two nothing was ever chosen."""


class Answer(NamedTuple):
    """What was said of a list beside the truth, each as pairs of places in it."""

    truth: scoring.Pairs
    linkable: scoring.Pairs
    alone: scoring.Pairs
    grouped: scoring.Pairs
    certain: scoring.Pairs
    relatives: scoring.Pairs
    unknown: scoring.Pairs


def measure(
    wanted: Wanted,
    *,
    seed: int = 1,
    rates: corrupt.Rates | None = None,
    maker: type[corrupt.Maker] = corrupt.Maker,
    note: str = "",
) -> list[Figure]:
    """The figures of one list; `note` says what is unusual in it."""
    part = f"field, {wanted.records:,} records{note}"
    listed = corrupt.make(maker(wanted.people, seed=seed, rates=rates), wanted.people, wanted.records)
    with memory.uncollected(), clock.spent() as time:
        profiles, found = _matched(listed)
    answer = _answer(listed, profiles, found)
    return [
        *_right(part, answer, wanted),
        Figure(part, "pairs compared", found.compared, "pairs"),
        at_most(part, "wall", time.wall, wanted.seconds, "s"),
        Figure(part, "processor time", time.cpu, "s"),
        at_most(part, "peak memory", clock.peak_megabytes(), wanted.megabytes, "MB"),
        *_by_fault(part, answer, listed),
    ]


def measure_several(wanted: Wanted) -> list[Figure]:
    """How right each of the lists is, and all their pairs together."""
    part = f"field, {wanted.records:,} records"
    found, answers = [], []
    for seed in SEEDS:
        listed = corrupt.make(corrupt.Maker(wanted.people, seed=seed), wanted.people, wanted.records)
        answers.append(_answer(listed, *_matched(listed)))
        found += _right(f"{part}, seed {seed}", answers[-1], wanted)
    return [
        *found,
        *_right(f"{part}, {len(SEEDS)} lists together", _together(answers, wanted.records), wanted),
    ]


def _matched(listed: list[Listed]) -> tuple[list[Profile], Matched]:
    profiles = lists_of.profiles(lists_of.field_list(listed))
    return profiles, lists.match(profiles, keeps_all=True)


def _answer(listed: list[Listed], profiles: list[Profile], found: Matched) -> Answer:
    truth = scoring.true_pairs([one.person for one in listed])
    alone = _likely(found, profiles, THRESHOLD)
    grouped = {pair for members in found.groups for pair in combinations(members, 2)}
    certain = _likely(found, profiles, CERTAIN)
    accepted = alone | grouped | certain
    unknown = {place for place, one in enumerate(profiles) if one.is_unknown}
    return Answer(
        truth=truth,
        linkable={pair for pair in truth if unknown.isdisjoint(pair)},
        alone=alone,
        grouped=grouped,
        certain=certain,
        relatives={pair for pair in accepted - truth if len({listed[one].family for one in pair}) == 1},
        unknown={pair for pair in accepted if not unknown.isdisjoint(pair)},
    )


def _together(answers: list[Answer], records: int) -> Answer:
    """Lists of so many records as one, in which nobody of one is in another."""
    return Answer(
        *(
            {
                (low + place * records, high + place * records)
                for place, pairs in enumerate(several)
                for low, high in pairs
            }
            for several in zip(*answers, strict=True)
        )
    )


def _right(part: str, answer: Answer, wanted: Wanted) -> list[Figure]:
    truth, alone, grouped = answer.truth, answer.alone, answer.grouped
    relatives = answer.relatives
    return [
        at_least(part, "pairwise F1", scoring.f1(alone, truth), wanted.f1),
        Figure(part, "precision", scoring.precision(alone, truth)),
        Figure(part, "recall", scoring.recall(alone, truth)),
        at_least(part, "pairwise F1 after grouping", scoring.f1(grouped, truth), wanted.grouped),
        at_least(
            part,
            "the same without pairs of unknown persons",
            scoring.f1(grouped, answer.linkable),
            wanted.grouped,
        ),
        Figure(part, "precision after grouping", scoring.precision(grouped, truth)),
        Figure(part, "recall after grouping", scoring.recall(grouped, truth)),
        at_most(part, "accepted pairs that are relatives", _share(alone, relatives), 0.015),
        at_most(part, "the same after grouping", _share(grouped, relatives), 0.015),
        at_least(part, "precision of the certain pairs", scoring.precision(answer.certain, truth), 0.999),
        Figure(part, "share of true pairs that are certain", scoring.recall(answer.certain, truth)),
        at_most(part, "unknown persons linked by themselves", len(answer.unknown), 0, "pairs"),
    ]


def _share(found: scoring.Pairs, some: scoring.Pairs) -> float:
    return len(found & some) / max(1, len(found))


def _likely(found: Matched, profiles: list[Profile], least: float) -> scoring.Pairs:
    """Pairs accepted by their own chance, whether or not they were grouped."""
    return {
        (one.low, one.high)
        for one in found.matches
        if one.probability >= least
        and not one.is_by_group
        and can_stand_alone(one.pattern, profiles[one.low], profiles[one.high])
    }


def _by_fault(part: str, answer: Answer, listed: list[Listed]) -> Iterator[Figure]:
    shares = scoring.recall_by_fault(answer.grouped, answer.truth, [one.faults for one in listed])
    for fault, share in shares.items():
        yield Figure(part, f"recall where {fault.replace('_', ' ')}", share)
