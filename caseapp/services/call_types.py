"""Categories of call types: proposed from learned words, confirmed by a person, kept for every later call."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from caseapp.domain.access import Right
from caseapp.domain.call_types import (
    CallType,
    LearnedWords,
    Phrases,
    Suggestion,
    UnknownCategory,
    suggest,
)
from caseapp.domain.changes import Change, Kind
from caseapp.services.context import Service, verb
from caseapp.system import paths

LIST = "call_type_category"
_KINDS = frozenset({Kind.CALL, Kind.AGENCY})


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A type with what is proposed for it."""

    type: CallType
    suggestion: Suggestion | None

    @property
    def id(self) -> str:
        """By which a list finds it again."""
        return self.type.text


class CallTypeService(Service):
    """What kinds of call the agency's calls are."""

    @verb(Right.SEE_CALLS)
    def types(self) -> list[TypeLine]:
        """Every type on record, the most frequent first, with a proposal for each."""
        with self._context.read("call-type.list") as work:
            found = work.call_types.all()
        learned, phrases = learned_words(), own_phrases()
        return [TypeLine(one, suggest(one.text, learned, phrases)) for one in found]

    @verb(Right.IMPORT)
    def give(self, *, categories: Mapping[str, str]) -> Change:
        """Give a category to each of some types and to their calls, now and in later imports.

        An empty category takes it away. Raises UnknownCategory.
        """
        with self._context.write("call-type.give") as work:
            known = {code for code, _label in work.agency.codes(LIST)} | {""}
            for category in categories.values():
                if category not in known:
                    raise UnknownCategory(category=category)
            calls = work.call_types.give(categories)
            work.commit(summary={"types": dict(categories), "calls": calls})
        return Change(_KINDS)


@lru_cache(maxsize=1)
def learned_words() -> LearnedWords:
    """The words of the data file, which says whom they were learned from."""
    file = paths.resource("recogniser", "call-type-words.csv")
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.reader(lines) if row and not row[0].startswith("#")][1:]
    sharpness = next(float(weight) for word, _category, weight in rows if not word)
    rows = [row for row in rows if row[0]]
    categories = tuple(sorted({category for _word, category, _weight in rows}))
    place = {name: number for number, name in enumerate(categories)}
    weights: dict[str, dict[int, float]] = {}
    for word, category, weight in rows:
        weights.setdefault(word, {})[place[category]] = float(weight)
    return LearnedWords(categories, weights, sharpness)


@lru_cache(maxsize=1)
def own_phrases() -> Phrases:
    """The phrases of our own list, and what the learned categories are in it."""
    file = paths.resource("recogniser", "call-type-categories.toml")
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    return Phrases({name: tuple(words) for name, words in content["ours"].items()}, content["learned"])
