"""Looks words up in the dictionaries that are shipped, and proposes others (spylls, Hunspell in Python)."""

import gc
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import spylls.hunspell
from spylls.hunspell import Dictionary
from spylls.hunspell.readers import read_aff, read_dic

from caseapp.system import paths

PROPOSED = 6
"""Words proposed for one that is not known."""

_BREATH_EVERY = 100
"""Lines of a dictionary read between two breaths."""

_BREATH = 0.001
"""Seconds for which the reader lets go of the processor, so that the window's thread gets its turn."""


class NotWanted(Exception):
    """Nobody waits for the dictionary any more."""


class Speller:
    """The dictionaries of some languages; a word is right when any of them knows it.

    Reading a language takes a second or two and some 40 MB, so that it is done once, away from the window;
    it raises NotWanted as soon as `is_wanted` says no.
    """

    def __init__(self, languages: Iterable[str], is_wanted: Callable[[], bool] = lambda: True) -> None:
        self._dictionaries = tuple(_dictionary(one, is_wanted) for one in languages)
        self._known: dict[str, bool] = {}

    def knows(self, word: str) -> bool:
        """Whether a word is right, or right with a small first letter."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._looked_up(word)
        return known

    def proposals(self, word: str) -> list[str]:
        """Words that were perhaps meant, likeliest first; the languages take turns."""
        quick = [self._quick(one, word) for one in self._dictionaries]
        found = quick if any(quick) else [self._likened(one, word) for one in self._dictionaries]
        turns = [one[place] for place in range(PROPOSED) for one in found if place < len(one)]
        return list(dict.fromkeys(turns))[:PROPOSED]

    def _looked_up(self, word: str) -> bool:
        if not self._dictionaries or word.casefold() in _field_words():
            return True
        return any(one.lookup(word) for one in self._dictionaries)

    @staticmethod
    def _quick(dictionary: Dictionary, word: str) -> list[str]:
        """By a slip of a key or two; found in milliseconds."""
        suggester, most = dictionary.suggester, dictionary.aff.MAXNGRAMSUGS
        dictionary.aff.MAXNGRAMSUGS = 0
        try:
            return list(islice(suggester(word), PROPOSED))
        finally:
            dictionary.aff.MAXNGRAMSUGS = most

    @staticmethod
    def _likened(dictionary: Dictionary, word: str) -> list[str]:
        """By how alike they look; this takes the better part of a second."""
        return list(islice(dictionary.suggester(word), PROPOSED))


class _Lines:
    """The numbered lines of a file as spylls reads them; every so many, others get their turn."""

    def __init__(self, file: Path, is_wanted: Callable[[], bool]) -> None:
        lines = file.read_text(encoding="utf-8").splitlines()
        self._lines = ((number, line.strip()) for number, line in enumerate(lines, start=1) if line.strip())
        self._breath, self._is_wanted = threading.Event(), is_wanted

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return self

    def __next__(self) -> tuple[int, str]:
        number, line = next(self._lines)
        if number % _BREATH_EVERY == 0:
            self._breath.wait(_BREATH)
            if not self._is_wanted():
                raise NotWanted()
        return number, line

    def reset_encoding(self, _encoding: str) -> None:
        """Every list that is shipped is UTF-8."""


_READ: dict[str, Dictionary] = {}
_WORD_LISTS = Path(spylls.hunspell.__file__).parent / "data"
"""The word lists come with the library, which keeps them and their licences."""

_NAMES = {"en": "en/en_US"}


def _dictionary(language: str, is_wanted: Callable[[], bool]) -> Dictionary:
    if language not in _READ:
        stem = _WORD_LISTS / _NAMES[language]
        aff, context = read_aff(_Lines(stem.with_suffix(".aff"), is_wanted))
        dic = read_dic(_Lines(stem.with_suffix(".dic"), is_wanted), aff=aff, context=context)
        _READ[language] = Dictionary(aff, dic)
        gc.freeze()
        """A hundred thousand words that stay: looking at each again would hold the window up."""
    return _READ[language]


@cache
def _field_words() -> frozenset[str]:
    return frozenset(paths.resource("spelling", "field.txt").read_text(encoding="utf-8").split())
