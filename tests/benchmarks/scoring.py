"""Compares the pairs found with the truth."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations

Pairs = set[tuple[int, int]]


def true_pairs(people: Sequence[Hashable]) -> Pairs:
    """Every pair of places that is one person."""
    places = defaultdict(list)
    for place, person in enumerate(people):
        places[person].append(place)
    return {pair for some in places.values() for pair in combinations(some, 2)}


def f1(found: Pairs, truth: Pairs) -> float:
    right = len(found & truth)
    return 2 * right / (len(found) + len(truth)) if found or truth else 1.0


def precision(found: Pairs, truth: Pairs) -> float:
    return len(found & truth) / len(found) if found else 1.0


def recall(found: Pairs, truth: Pairs) -> float:
    return len(found & truth) / len(truth) if truth else 1.0


def recall_by_fault(found: Pairs, truth: Pairs, faults: Sequence[Iterable[str]]) -> dict[str, float]:
    """Of the true pairs in which either record has a fault, the share found."""
    asked, met = Counter[str](), Counter[str]()
    for pair in truth:
        of_pair = set(faults[pair[0]]) | set(faults[pair[1]])
        asked.update(of_pair)
        met.update(of_pair if pair in found else ())
    return {fault: met[fault] / number for fault, number in sorted(asked.items())}


def macro_f1(pairs: Iterable[tuple[str, str]]) -> float:
    """The mean over the true categories of 2 x hits / (said + true), from (true, said)."""
    found = list(pairs)
    labels = {true for true, _said in found}
    scores = []
    for label in labels:
        hits = sum(true == said == label for true, said in found)
        either = sum(true == label for true, _said in found) + sum(said == label for _true, said in found)
        scores.append(2 * hits / either)
    return sum(scores) / len(scores) if scores else 0.0
