"""Texts of printed forms: shipped in each language with an edition, the agency's own words over them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from caseapp.domain.code_words import InWords
from caseapp.domain.day_words import day_words, minute_words
from caseapp.domain.errors import CaseAppError

LANGUAGES = ("en", "es")
_PLACE = re.compile(r"\{([a-z_]*)\}")
_LABELLED = re.compile(r"[^{}]*:\s*\{([a-z_]*)\}\s*")
_GAP = re.compile(r"\n{3,}")
LONGEST = 2000


class UnknownPlaceholder(CaseAppError):
    """A text may fill in only what the shipped one fills in."""

    code = "form.unknown-placeholder"


class TextTooLong(CaseAppError):
    code = "form.text-too-long"


class HardToRead(CaseAppError):
    """What a person takes home reads at grade five or below (AHRQ; `domain/reading.py` counts it)."""

    code = "form.hard-to-read"


class NoSuchText(CaseAppError):
    code = "form.no-such-text"


class LetterUnnamed(CaseAppError):
    """A letter of our own is found by its name."""

    code = "form.letter-unnamed"


class LetterNameTaken(CaseAppError):
    code = "form.letter-name-taken"


class LetterTextMissing(CaseAppError):
    """No shipped text stands behind a letter of our own."""

    code = "form.letter-text-missing"


_OWN = "own-"
_TITLE, _TEXT = "_title", "_text"


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """A letter that the agency wrote itself: its key, and its name in lists and on the page."""

    key: str
    title: str

    @property
    def names(self) -> tuple[str, str]:
        """What its two texts are called."""
        return self.key + _TITLE, self.key + _TEXT


def own_letter(title: str, taken: Collection[str]) -> OwnLetter:
    """A new letter under a key made of its name; raises LetterUnnamed or LetterNameTaken."""
    title = " ".join(title.split())
    key = _OWN + re.sub(r"[\W_]+", "-", title.casefold()).strip("-")
    if key == _OWN:
        raise LetterUnnamed()
    if key in taken:
        raise LetterNameTaken(name=title)
    return OwnLetter(key, title)


def own_letters(own: Mapping[str, str]) -> tuple[OwnLetter, ...]:
    """The letters among the agency's own texts, by name."""
    found = (
        OwnLetter(name.removesuffix(_TITLE), title)
        for name, title in own.items()
        if is_of_own_letter(name) and name.endswith(_TITLE)
    )
    return tuple(sorted(found, key=lambda one: one.title.casefold()))


def is_of_own_letter(name: str) -> bool:
    """Whether a text belongs to a letter that the agency wrote itself."""
    return name.startswith(_OWN)


@dataclass(frozen=True, slots=True)
class Texts(InWords):
    """The texts of one form in one language; `edition` is that of the shipped ones.

    `lists` are the agency's own lists in that language: name of the list -> code -> its words.
    """

    language: str
    edition: int
    shipped: Mapping[str, str]
    own: Mapping[str, str]
    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def say(self, name: str, /, **values: str) -> str:
        """A text with its places filled; what is filled in is never read as a text itself."""
        return _filled(self.own.get(name) or self.shipped[name], values)

    def say_known(self, name: str, unknown: Collection[str], /, **values: str) -> str:
        """The same without lines that are a label and an unknown place: whoever reads it is told nothing."""
        text = self.own.get(name) or self.shipped[name]
        lines = [(line, _LABELLED.fullmatch(line)) for line in text.split("\n")]
        known = [line for line, found in lines if found is None or found[1] not in unknown]
        return _filled(_GAP.sub("\n\n", "\n".join(known)).strip(), values)

    def day(self, day: date | None) -> str:
        """A day in the language of the form; nothing where none is known."""
        return day_words(day, self.language)

    def minute(self, at: datetime) -> str:
        """A moment in the language of the form."""
        return minute_words(at, self.language)

    def said(self) -> dict[str, str]:
        """Every text as it is printed, its places unfilled."""
        return {name: self.own.get(name) or text for name, text in self.shipped.items()}

    def places(self, *names: str) -> tuple[str, ...]:
        """What these texts fill in, each once."""
        found = (
            place for name in names for place in _PLACE.findall(self.own.get(name) or self.shipped[name])
        )
        return tuple(dict.fromkeys(found))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def check(name: str, text: str, shipped: Mapping[str, str], fields: Collection[str] = ()) -> None:
    """Raise NoSuchText, TextTooLong, or UnknownPlaceholder, naming what cannot be filled in.

    `fields` may be filled in beside those of the shipped text.
    """
    if name not in shipped:
        raise NoSuchText(name=name)
    if len(text) > LONGEST:
        raise TextTooLong(limit=LONGEST)
    unknown = set(_PLACE.findall(text)) - set(_PLACE.findall(shipped[name])) - set(fields)
    if unknown:
        raise UnknownPlaceholder(name=", ".join(sorted(unknown)))
