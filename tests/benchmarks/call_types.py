"""Categories of call types, one city left out: macro-F1 beside majority, keyword list and nearest neighbour."""

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from db.call_types import Sorted, leave_one_out, read, weigh
from tests.benchmarks.figures import Figure, at_least
from tests.benchmarks.scoring import macro_f1

MAP = Path(__file__).resolve().parents[3] / "shared" / "data" / "cfs" / "vera_call_type_map.csv"

KEYWORDS = tomllib.loads(
    """
"Behavioral Health" = ["mental", "suicid", "crisis", "psych", "overdose"]
"Medical Emergencies" = ["medical", "sick", "injur", "ems", "death"]
"Domestic Violence" = ["domestic", "family"]
"Alarms" = ["alarm"]
"Accidents/Traffic Safety" = ["accident", "crash", "hit & run", "mva", "collision"]
"Traffic" = ["traffic", "traf", "dwi", "dui", "parking", "speed"]
"Drugs" = ["drug", "narc", "marij", "cocaine"]
"Sex Offenses" = ["sex", "rape", "indec", "prostit"]
"Missing Persons" = ["missing", "runaway"]
"Warrants" = ["warrant"]
"Fire" = ["fire", "explos"]
"Suspicion" = ["suspicious", "susp", "prowler"]
"Property Crime" = ["theft", "burg", "robb", "stolen", "shoplift", "fraud", "forg", "bmv", "vandal"]
"Violent Crime" = ["assault", "homicide", "murder", "shoot", "weapon", "stab", "kidnap", "battery"]
"Complaints/Environmental Conditions" = ["noise", "disturb", "complaint", "hazard", "animal", "abandon"]
"Assisting the Public" = ["assist", "help", "welfare", "lost"]
"Officer Needs Help" = ["officer"]
"Liquor Violations" = ["liquor", "alcohol"]
"Status Offenses" = ["curfew", "truan"]
"""
)


def measure() -> list[Figure]:
    """A figure for each city, beside the best of the three baselines."""
    examples = read(MAP)
    by_learner = {
        name: {city: macro_f1(pairs) for city, pairs in leave_one_out(examples, learner)}
        for name, learner in LEARNERS.items()
    }
    ours = by_learner.pop("learned words")
    figures = []
    for city, value in ours.items():
        name, best = max(
            ((name, scores[city]) for name, scores in by_learner.items()), key=lambda pair: pair[1]
        )
        figures.append(
            at_least("call-types", f"macro-F1, {city} left out; best baseline is {name}", value, best)
        )
        figures += [
            Figure("call-types", f"{name}, {city} left out", scores[city])
            for name, scores in by_learner.items()
        ]
    return figures


def learned(examples: Sequence[Sorted]) -> Callable[[str], str]:
    words = weigh(examples)
    most = majority(examples)
    return lambda text: next((name for _share, name in words.shares(text)), most(text))


def majority(examples: Sequence[Sorted]) -> Callable[[str], str]:
    ((most, _count),) = Counter(one.category for one in examples).most_common(1)
    return lambda _text: most


def keywords(examples: Sequence[Sorted]) -> Callable[[str], str]:
    most = majority(examples)

    def say(text: str) -> str:
        plain = text.casefold()
        found = (name for name, words in KEYWORDS.items() if any(word in plain for word in words))
        return next(found, most(text))

    return say


def nearest(examples: Sequence[Sorted]) -> Callable[[str], str]:
    """The category of the type that shares most three-letter runs, rare ones counting more."""
    counted = [(Counter(_runs(one.text)), one.category) for one in examples]
    among = Counter(run for runs, _name in counted for run in runs)
    rarity = {run: math.log(1 + len(counted) / count) for run, count in among.items()}
    held: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, (runs, _name) in enumerate(counted):
        weights = {run: count * rarity[run] for run, count in runs.items()}
        length = math.sqrt(sum(one * one for one in weights.values()))
        for run, weight in weights.items():
            held[run].append((number, weight / length))
    most = majority(examples)

    def say(text: str) -> str:
        near: defaultdict[int, float] = defaultdict(float)
        for run, count in Counter(_runs(text)).items():
            for number, weight in held.get(run, ()):
                near[number] += weight * count * rarity[run]
        return counted[max(near, key=near.__getitem__)][1] if near else most(text)

    return say


def _runs(text: str) -> list[str]:
    padded = f"  {' '.join(text.casefold().split())}  "
    return [padded[start : start + 3] for start in range(len(padded) - 2)]


LEARNERS = {
    "learned words": learned,
    "majority": majority,
    "keyword list": keywords,
    "nearest neighbour": nearest,
}
