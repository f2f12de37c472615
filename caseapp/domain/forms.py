"""Texts of printed forms: shipped in each language with an edition, the agency's own words over them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from caseapp.domain.errors import CaseAppError

LANGUAGES = ("en", "es")
_PLACE = re.compile(r"\{([a-z_]*)\}")
LONGEST = 2000


class UnknownPlaceholder(CaseAppError):
    """A text may fill in only what the shipped one fills in."""

    code = "form.unknown-placeholder"


class TextTooLong(CaseAppError):
    code = "form.text-too-long"


class NoSuchText(CaseAppError):
    code = "form.no-such-text"


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one form in one language; `edition` is that of the shipped ones."""

    language: str
    edition: int
    shipped: Mapping[str, str]
    own: Mapping[str, str]

    def say(self, name: str, /, **values: str) -> str:
        """A text with its places filled; what is filled in is never read as a text itself."""
        text = self.own.get(name) or self.shipped[name]
        return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def check(name: str, text: str, shipped: Mapping[str, str]) -> None:
    """Raise NoSuchText, TextTooLong, or UnknownPlaceholder, naming what cannot be filled in."""
    if name not in shipped:
        raise NoSuchText(name=name)
    if len(text) > LONGEST:
        raise TextTooLong(limit=LONGEST)
    unknown = set(_PLACE.findall(text)) - set(_PLACE.findall(shipped[name]))
    if unknown:
        raise UnknownPlaceholder(name=", ".join(sorted(unknown)))
