"""What an accounting keeps of a disclosure, in the language of the paper that tells of it.

Titles and pieces are kept as they were called when they left, in English; a paper in another language says
them by a list of its own. What it does not hold, such as the name of an agency's letter, stands as kept.
"""

import re
import tomllib
from functools import cache

from caseapp.domain.disclosures import Basis, Disclosure
from caseapp.domain.forms import LANGUAGES, Texts
from caseapp.exchange import times_written
from caseapp.system import paths

_ANY = "{}"
_DAY = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}|\d{4}-\d\d-\d\d")
"""How days were written into what is kept, in English whatever the machine speaks."""


def told(texts: Texts, kept: str) -> str:
    """Words of the accounting in the language of the form."""
    if texts.language == LANGUAGES[0]:
        return kept
    for pattern, said in _patterns(texts.language):
        found = pattern.fullmatch(kept)
        if found:
            return said.format(*(_day(texts, part) for part in found.groups()))
    return kept


def what_left(texts: Texts, one: Disclosure) -> str:
    """The paper, its pieces and its number."""
    pieces = "; ".join(told(texts, item) for item in one.items)
    return f"{': '.join(filter(None, (told(texts, one.what), pieces)))} ({one.number})"


def why_it_left(texts: Texts, one: Disclosure) -> str:
    """The basis, and what was written of it: the emergency, the reason, or the purpose of the consent."""
    words = one.reason or told(texts, one.purpose)
    if one.basis is Basis.MEDICAL_EMERGENCY and one.emergency is not None:
        words = f"{one.emergency.nature} (42 CFR 2.51)"
    return f"{texts.word('disclosure_basis', one.basis.value)}: {words}"


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    text = paths.resource("forms", f"told.{language}.toml").read_text(encoding="utf-8")
    return tuple(
        (re.compile("(.+)".join(map(re.escape, kept.split(_ANY)))), said)
        for kept, said in tomllib.loads(text).items()
    )


def _day(texts: Texts, part: str) -> str:
    """A day in the language of the form; other words as they are."""
    found = times_written.parse(part) if _DAY.fullmatch(part) else None
    return texts.day(found.wall.date()) if found else part
