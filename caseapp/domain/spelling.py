"""Which words of a note are looked up, and the words that the agency itself counts as right."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from caseapp.domain.errors import CaseAppError

LANGUAGES: Mapping[str, str] = {"en": "English"}
"""Languages with a dictionary, by code, in their own words."""

LONGEST = 60
"""Letters of the longest word that is looked up or kept; what is longer is no word."""

_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ADDRESS = re.compile(r"@|://|\w\.\w{2,}|[/\\]")
_LATIN = "\u024f"
"""The last letter of the Latin script as European languages write it."""

_ENDS = frozenset('.!?:¿¡•-–—"“(')


class NotAWord(CaseAppError):
    """The agency's words are single words of letters."""

    code = "spelling.not-a-word"


@dataclass(frozen=True, slots=True)
class Spelling:
    """What the agency says: the languages of its notes, and words that no dictionary holds."""

    languages: tuple[str, ...] = ("en",)
    words: tuple[str, ...] = ()

    def stored(self) -> dict[str, Any]:
        """As a setting keeps it."""
        return {"languages": list(self.languages), "words": list(self.words)}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Spelling":
        """Read back what was kept; a language without a dictionary is left out."""
        languages = tuple(one for one in stored.get("languages", ("en",)) if one in LANGUAGES)
        return cls(languages, tuple(stored.get("words", ())))

    def with_word(self, word: str) -> "Spelling":
        """The same with a word more, in order; raises NotAWord."""
        return Spelling(self.languages, _in_order((*self.words, check_word(word))))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text that is looked up, and where it begins (in code points)."""

    start: int
    text: str


def check_spelling(spelling: Spelling) -> Spelling:
    """The settings as they are kept; raises NotAWord."""
    languages = tuple(one for one in LANGUAGES if one in spelling.languages)
    return Spelling(languages, _in_order(check_word(one) for one in spelling.words))


def check_word(text: str) -> str:
    """One word as the agency keeps it; raises NotAWord."""
    word = plain(text.strip())
    if not _WORD.fullmatch(word) or len(word) > LONGEST:
        raise NotAWord(word=text.strip()[:LONGEST])
    return word


def plain(word: str) -> str:
    """A word with the apostrophe of the keyboard, as dictionaries write it."""
    return word.replace("’", "'")


def words_of(text: str) -> Iterator[Word]:
    """The words of a text that are looked up.

    Left be: numbers and what they touch, addresses, abbreviations in capitals, single letters, other
    scripts than the Latin, and words with a capital inside a sentence: names of people and places.
    """
    for token in _TOKEN.finditer(text):
        if _ADDRESS.search(token[0]) or any(letter.isdigit() for letter in token[0]):
            continue
        for match in _WORD.finditer(token[0]):
            start = token.start() + match.start()
            if _is_looked_up(match[0], text, start):
                yield Word(start, match[0])


def _is_looked_up(word: str, text: str, start: int) -> bool:
    if not 1 < len(word) <= LONGEST:
        return False
    if any(letter.isupper() or (letter > _LATIN and letter != "’") for letter in word[1:]):
        return False
    return word[0] <= _LATIN and (not word[0].isupper() or _begins_sentence(text, start))


def _begins_sentence(text: str, start: int) -> bool:
    line = text.rfind("\n", 0, start)
    before = text[line + 1 : start].rstrip()
    return not before or before[-1] in _ENDS


def _in_order(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(words), key=lambda word: (word.casefold(), word)))
