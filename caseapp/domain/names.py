"""How names, phones and numbers are written for comparing: without accents, order and signs, and by sound."""

import re
import unicodedata
from functools import lru_cache
from string import ascii_lowercase

from caseapp.domain.alphabets import in_latin

_APART = {"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "œ": "oe", "ı": "i"}
_WORD = re.compile(r"[^\W_]+")
KEPT = 1 << 17
"""Values that a function keeps once they are worked out: those of a large list; a desk is open for weeks."""

GENERATIONS = {"sr": "1", "jr": "2", "ii": "2", "2nd": "2", "iii": "3", "3rd": "3", "iv": "4"}
"""What may follow a name, and which of a line of namesakes it means: the senior is the first."""

PARTICLES = frozenset(
    (
        *("de", "del", "la", "las", "los", "el", "y", "da", "das", "dos", "di", "du"),
        *("van", "von", "der", "den", "al", "bin", "ibn", "abu"),
    )
)
"""Small words that belong to the family name behind them, and are left away as often as not."""


def fold(text: str) -> str:
    """Lower case without accents, for comparing and for keys; "Phượng" and "phuong" meet."""
    if text.isascii():
        return text.lower()
    spread = "".join(_APART.get(letter, letter) for letter in text.casefold())
    plain = unicodedata.normalize("NFKD", spread)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def tokens(text: str) -> tuple[str, ...]:
    """The words of a name, folded and in Latin letters; hyphens part them as people type them."""
    joined = in_latin(fold(text)).replace("'", "").replace("’", "")
    return tuple(_WORD.findall(joined))


def a_slip_apart(word: str) -> frozenset[str]:
    """Every word that one letter more, less, changed or two swapped make of this; none of a short one."""
    if not 4 <= len(word) <= 20:
        return frozenset()
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {head + tail[1:] for head, tail in cuts if tail}
    found.update(head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1)
    for letter in ascii_lowercase:
        found.update(head + letter + tail for head, tail in cuts)
        found.update(head + letter + tail[1:] for head, tail in cuts if tail)
    return frozenset(found - {word})


_RULES = (
    (re.compile(r"^(kn|gn|pn|wr|ps)"), lambda match: match[0][1]),
    (re.compile(r"sch"), lambda _match: "s"),
    (re.compile(r"tch|ch|sh|cz|tz"), lambda _match: "x"),
    (re.compile(r"ph"), lambda _match: "f"),
    (re.compile(r"th"), lambda _match: "t"),
    (re.compile(r"ght"), lambda _match: "t"),
    (re.compile(r"ck|q|c(?![eiy])"), lambda _match: "k"),
    (re.compile(r"c"), lambda _match: "s"),
    (re.compile(r"dg(?=[eiy])|g(?=[eiy])|j"), lambda _match: "j"),
    (re.compile(r"z"), lambda _match: "s"),
    (re.compile(r"v"), lambda _match: "f"),
    (re.compile(r"y"), lambda _match: "i"),
    (re.compile(r"(?<=[aeiou])h|h(?=[^aeiou]|$)"), lambda _match: ""),
)


@lru_cache(KEPT)
def sound(token: str) -> str:
    """How a word sounds, shortly: consonants in their groups, the first letter kept, no vowels."""
    text = token
    for pattern, put in _RULES:
        text = pattern.sub(put, text)
    head = "a" if text[:1] in "aeiou" else text[:1]
    tail = re.sub(r"[aeiouh]", "", text[1:])
    squeezed = re.sub(r"(.)\1+", r"\1", head + tail)
    return squeezed[:6]


def phone_digits(text: str) -> str:
    """The last ten digits of a phone in any format, an extension aside; empty when there are under seven."""
    head = re.split(r"(?i)\s*(?:x|ext|#)", text)[0]
    digits = "".join(filter(str.isdigit, head))
    return digits[-10:] if len(digits) >= 7 else ""


def number_signs(text: str) -> str:
    """The letters and digits of another system's number, so that "A-17" and "a17" meet."""
    return "".join(filter(str.isalnum, fold(text)))


def is_seen(text: str) -> bool:
    """Whether a name shows any letter: blanks and marks that only steer the letters around them do not."""
    return any(letter.isprintable() and not letter.isspace() for letter in text)
