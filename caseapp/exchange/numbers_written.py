"""Numbers of several systems in one cell: "DOC C092176, SSN xxx-xx-1234"."""

import re
from collections.abc import Mapping, Sequence

from caseapp.domain.names import tokens
from caseapp.domain.people import Identifier
from caseapp.exchange.spellings import column_key

UNNAMED = "other"
"""The scheme of a number beside which no system is named."""

_MOST_WORDS = 3
_NUMBER = re.compile(r"((?:[A-Za-z][A-Za-z.]*[\s:#-]+){0,8})([A-Za-z]{0,3}\d[\w-]*)")


def numbers_in(cell: str, schemes: Mapping[str, Sequence[str]]) -> list[Identifier]:
    """Each number with the system that is named before it: one of `schemes` by its names, else as written."""
    return [Identifier(_scheme(words, schemes), number) for words, number in _NUMBER.findall(cell)]


def _scheme(words: str, schemes: Mapping[str, Sequence[str]]) -> str:
    said = [word for word in tokens(words) if set(word) != {"x"}][-_MOST_WORDS:]
    name = column_key("".join(said))
    known = (scheme for scheme, names in schemes.items() if name in map(column_key, (scheme, *names)))
    return next(known, "-".join(said) or UNNAMED)
