"""How well a column's name fits a field: listed names first, then the words that the name is made of."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from caseapp.exchange.spellings import column_key

_CLOSE = 88
_BY_WORDS = 0.78
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_ASIDE = re.compile(r"\s*\((?:\d+|[MDYHSmdyhs/:. -]{2,}|public)\)$", re.IGNORECASE)
"""What stands behind a name and says nothing of it: that it comes again, or how its values are written."""


@dataclass(frozen=True, slots=True)
class FieldNames:
    """The listed names of one field, and the words that tell it: one of each group, none of the others."""

    listed: tuple[str, ...]
    groups: tuple[frozenset[str], ...] = ()
    barred: frozenset[str] = frozenset()

    def score(self, name: str, words: Sequence[str]) -> tuple[float, str]:
        """0 to 1 and the reason: 1 for the first listed name, 0.78 at most by words, 0.75 for a near one."""
        name = _ASIDE.sub("", name) or name
        folded = column_key(name)
        for place, listed in enumerate(self.listed):
            if column_key(listed) == folded:
                return max(0.56, 1.0 - 0.015 * place), f"the column is called “{name}”"
        by_words = self._by_words(words)
        if by_words:
            return by_words, f"the words of “{name}” fit"
        spread = name.replace("_", " ").replace("-", " ").casefold()
        best = max(((fuzz.token_sort_ratio(one, spread), one) for one in self.listed), default=(0.0, ""))
        if best[0] >= _CLOSE and not self.barred & set(words):
            return 0.75, f"“{name}” is close to “{best[1]}”"
        return 0.0, ""

    def _by_words(self, words: Sequence[str]) -> float:
        there = set(words)
        if not self.groups or there & self.barred or not all(there & group for group in self.groups):
            return 0.0
        told = set().union(*self.groups)
        return max(0.55, _BY_WORDS - 0.05 * sum(word not in told for word in there))


class Names:
    """The names of every field, read from the file of names, with the words they are made of."""

    def __init__(self, listed: Mapping[str, Any], words: Mapping[str, Any]) -> None:
        self.fields = {
            name: FieldNames(
                tuple(listed.get(name, ())),
                tuple(frozenset(group.split()) for group in words.get(name, {}).get("has", ())),
                frozenset(words.get(name, {}).get("bars", "").split()),
            )
            for name in dict.fromkeys([*listed, *words])
        }
        every = (group for one in self.fields.values() for group in (*one.groups, one.barred))
        listed_words = (word for names in listed.values() for one in names for word in one.split())
        self._known = frozenset(word for group in every for word in group) | frozenset(listed_words)

    def words_of(self, name: str) -> tuple[str, ...]:
        """The words of "CallCreated_Time", "calltime" or "TIMECREATE": call, created, time; "#" is number."""
        found = (
            part.casefold() for part in _WORD.findall((_ASIDE.sub("", name) or name).replace("#", " number "))
        )
        return tuple(word for part in found for word in self._parted(part))

    def _parted(self, part: str) -> Iterable[str]:
        """A run of letters as known words, the fewest that cover it; itself where none do."""
        if part in self._known or len(part) < 5:
            return (part,)
        best: list[tuple[str, ...] | None] = [()] + [None] * len(part)
        for end in range(1, len(part) + 1):
            for start in range(max(0, end - 14), end):
                before = best[start]
                if before is None or part[start:end] not in self._known or end - start < 2:
                    continue
                if best[end] is None or len(before) + 1 < len(best[end] or ()):
                    best[end] = (*before, part[start:end])
        return best[-1] or (part,)
