"""Codes in the words of the agency's lists: no code stands where a person reads."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_NAMES = frozenset({("en", "language"), ("en", "identifier_kind")})
"""Lists of names, which keep their large letter; in Spanish a language has a small one."""


class InWords(ABC):
    """What says codes in the words of a language."""

    __slots__ = ()
    language: str

    @property
    @abstractmethod
    def lists(self) -> Mapping[str, Mapping[str, str]]:
        """Name of a list -> code -> its words in the language."""

    def word(self, name: str, code: str) -> str:
        """The words of a code of a list; what the list does not hold stands as it came."""
        return self.lists.get(name, {}).get(code, code.replace("-", " "))

    def within(self, name: str, code: str) -> str:
        """The words of a code within a line, where they begin with a small letter unless they are a name."""
        words = self.word(name, code)
        is_name = (self.language, name) in _NAMES or words[1:2].isupper()
        return words if is_name else words[:1].lower() + words[1:]

    def words(self, name: str, codes: Iterable[str]) -> str:
        """Several codes of a list in words, parted by commas."""
        said = ", ".join(self.within(name, code) for code in codes)
        return said[:1].upper() + said[1:]


@dataclass(frozen=True, slots=True)
class CodeWords(InWords):
    """The agency's lists as the desk says them, with the codes that are not in use any more."""

    language: str = "en"
    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
