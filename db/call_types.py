"""Learns which words of a call type speak for which category, from types that somebody sorted.

python -m db.call_types MAP.csv resources/recogniser/call-type-words.csv

MAP.csv has the columns "City", "Field 1" (the type) and "Category"; it stays outside. What is learned is
words and their weights by category.
"""

import csv
import math
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from caseapp.domain.call_types import LearnedWords, features

_SAME = {
    "Call Related Isuues": "Call Related Issues",
    "Callback": "Call Related Issues",
    "Warrant": "Warrants",
    "Medical": "Medical Emergencies",
    "Assist the Public": "Assisting the Public",
}
"""Spellings of one category in the map."""

ROUNDS, SEED = 12, 1
_LEAST = 0.02
"""Weights below this say nothing."""

_SOURCE = (
    "Learned from the call types of five cities that tsdataclinic/Vera sorted into categories (MIT licence); "
    "the map itself is not part of this project."
)


class Sorted(NamedTuple):
    """One type of one city with its category."""

    city: str
    text: str
    category: str


def read(file: Path) -> list[Sorted]:
    """The sorted types of a map, each once."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [
            (one["City"], " ".join(one["Field 1"].split()), one["Category"].strip())
            for one in csv.DictReader(lines)
        ]
    return sorted({Sorted(city, text, _SAME.get(name, name)) for city, text, name in rows if text and name})


def learn(examples: Sequence[Sorted]) -> LearnedWords:
    """Words with their weights, and the sharpness at which their shares are right as often as they say."""
    weighed = weigh(examples)
    return LearnedWords(weighed.categories, weighed.weights, _sharpness(examples))


def weigh(examples: Sequence[Sorted]) -> LearnedWords:
    """An averaged perceptron with a margin."""
    categories = sorted({one.category for one in examples})
    place = {name: number for number, name in enumerate(categories)}
    data = [(features(one.text), place[one.category]) for one in examples]
    held: dict[str, list[float]] = {}
    summed: dict[str, list[float]] = {}
    drawn, step = random.Random(SEED), 1  # noqa: S311
    for _round in range(ROUNDS):
        drawn.shuffle(data)
        for words, true in data:
            size = 1 / math.sqrt(len(words)) if words else 0.0
            sums = [0.0] * len(categories)
            for word in words:
                for number, weight in enumerate(held.get(word, ())):
                    sums[number] += weight
            wrong = max((n for n in range(len(categories)) if n != true), key=sums.__getitem__)
            if (sums[true] - sums[wrong]) * size < 1:
                for word in words:
                    now = held.setdefault(word, [0.0] * len(categories))
                    past = summed.setdefault(word, [0.0] * len(categories))
                    for number, by in ((true, size), (wrong, -size)):
                        now[number] += by
                        past[number] += by * step
            step += 1
    mean = {
        word: [weight - past / step for weight, past in zip(now, summed[word], strict=True)]
        for word, now in held.items()
    }
    return LearnedWords(
        tuple(categories),
        {word: {n: round(w, 2) for n, w in enumerate(row) if abs(w) >= _LEAST} for word, row in mean.items()},
    )


def _sharpness(examples: Sequence[Sorted]) -> float:
    """Where the mean share of the first category is nearest to how often it is right, one city left out."""
    tried: list[tuple[list[tuple[float, str]], str, LearnedWords]] = []
    for city in sorted({one.city for one in examples}):
        learned = weigh([one for one in examples if one.city != city])
        tried += [(learned.shares(one.text), one.category, learned) for one in examples if one.city == city]
    told = [(shares, true) for shares, true, _learned in tried if shares]
    right = sum(shares[0][1] == true for shares, true in told) / max(len(told), 1)

    def misses(sharpness: float) -> float:
        return abs(sum(_first(shares, sharpness) for shares, _true in told) / max(len(told), 1) - right)

    return min((one / 10 for one in range(2, 60)), key=misses)


def _first(shares: Sequence[tuple[float, str]], sharpness: float) -> float:
    """The first share under another sharpness."""
    grown = [share**sharpness for share, _name in shares]
    return float(grown[0] / sum(grown))


def write(learned: LearnedWords, file: Path) -> None:
    """One line a word and category, after the source and the sharpness."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        lines.write(f"# {_SOURCE}\n")
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("word", "category", "weight"))
        writer.writerow(("", "", f"{learned.sharpness:g}"))
        for word, weights in sorted(learned.weights.items()):
            rows = sorted(weights.items())
            writer.writerows((word, learned.categories[n], f"{weight:g}") for n, weight in rows)


def leave_one_out(
    examples: Sequence[Sorted], learner: Callable[[Sequence[Sorted]], Callable[[str], str]]
) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """City by city, (true, said) of a learner that never saw the city."""
    for city in sorted({one.city for one in examples}):
        say = learner([one for one in examples if one.city != city])
        yield city, [(one.category, say(one.text)) for one in examples if one.city == city]


if __name__ == "__main__":
    write(learn(read(Path(sys.argv[1]))), Path(sys.argv[2]))
