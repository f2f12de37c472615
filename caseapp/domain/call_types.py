"""Categories for types of call: what the words of a type speak for, and how sure that is."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from caseapp.domain.errors import CaseAppError

_WORD = re.compile(r"[a-z]+|\d+")
SURE = 0.8
"""From here on a proposal may be confirmed together with others."""


class UnknownCategory(CaseAppError):
    """The list of categories has no such item."""

    code = "call-type.unknown-category"


@dataclass(frozen=True, slots=True)
class CallType:
    """A type as the dispatch centre writes it, the calls that have it, and what the agency says of it."""

    text: str
    calls: int
    category: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category of our list; `confidence` is 0 to 1, `why` is for somebody who decides."""

    category: str
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class LearnedWords:
    """What was learned from types that somebody sorted: each word's weight for each category.

    `sharpness` turns sums of weights into shares that are right as often as they say.
    """

    categories: tuple[str, ...]
    weights: Mapping[str, Mapping[int, float]]
    sharpness: float = 1.0

    def shares(self, text: str) -> list[tuple[float, str]]:
        """Every category with its share, the likeliest first; none where no word is known."""
        sums = [0.0] * len(self.categories)
        known = [self.weights[one] for one in features(text) if one in self.weights]
        for weights in known:
            for place, weight in weights.items():
                sums[place] += weight
        if not known:
            return []
        top = max(sums)
        grown = [math.exp(self.sharpness * (one - top)) for one in sums]
        pairs = ((one / sum(grown), name) for one, name in zip(grown, self.categories, strict=True))
        return sorted(pairs, reverse=True)

    def telling(self, text: str, category: str) -> list[str]:
        """The words of a type that speak most for a category."""
        place = self.categories.index(category)
        found = [(self.weights.get(one, {}).get(place, 0.0), one) for one in features(text)]
        return [one for weight, one in sorted(found, reverse=True)[:2] if weight > 0]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words that settle a category of our own list, and what each learned category is in that list."""

    ours: Mapping[str, Sequence[str]] = field(default_factory=dict)
    learned: Mapping[str, str] = field(default_factory=dict)


def features(text: str) -> list[str]:
    """The words of a type and each two that follow each other, each once."""
    words = _WORD.findall(text.casefold())
    return list(dict.fromkeys([*words, *(f"{one} {two}" for one, two in pairwise(words))]))


def suggest(text: str, learned: LearnedWords, phrases: Phrases) -> Suggestion | None:
    """The likeliest category of our list; None where nothing speaks for any."""
    plain = f" {' '.join(_WORD.findall(text.casefold()))} "
    for category, words in phrases.ours.items():
        for word in words:
            if f" {word}" in plain:
                return Suggestion(category, 0.9, f"it says “{word.strip()}”")
    shares = learned.shares(text)
    if not shares:
        return None
    totals: dict[str, float] = {}
    for share, name in shares:
        ours = phrases.learned.get(name, "other")
        totals[ours] = totals.get(ours, 0.0) + share
    best = max(totals, key=totals.__getitem__)
    name = next(name for _share, name in shares if phrases.learned.get(name, "other") == best)
    words = " and ".join(f"“{one}”" for one in learned.telling(text, name))
    why = f"{words} read like {name}" if words else f"reads like {name}"
    return Suggestion(best, round(totals[best], 3), why)
