"""Names in other alphabets as they are spelled in Latin letters: either finds the same person.

Cyrillic and Greek are spelled as English papers do; of all others a library has every letter. Arabic and
Hebrew write few vowels, so that such a name is met by its sound alone.
"""

import re
import unicodedata

from anyascii import anyascii

_CYRILLIC = dict(
    zip(
        "абвгґдезиіклмнопрстуфхцчшщъыьэюяєђјљњћџ",
        (
            *("a", "b", "v", "g", "g", "d", "e", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t"),
            *("u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya", "ye"),
            *("dj", "j", "lj", "nj", "c", "dz"),
        ),
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        (
            *("a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s"),
            *("t", "y", "f", "ch", "ps", "o"),
        ),
        strict=True,
    )
)
_LETTERS = str.maketrans({**_CYRILLIC, **_GREEK, "ж": "zh"})
_TOGETHER = (("ου", "ou"), ("αυ", "au"), ("ευ", "eu"))


_SYLLABLES = re.compile(r"(?<=[a-z])(?=[A-Z])")


def in_latin(text: str) -> str:
    """The common English spelling of folded text in small letters; a sign for a syllable is a word."""
    if text.isascii():
        return text
    for letters, latin in _TOGETHER:
        text = text.replace(letters, latin)
    return romanized(text.translate(_LETTERS)).lower()


def romanized(text: str) -> str:
    """Every letter that is not Latin in Latin ones; other signs, such as pictures, stay as they are."""
    if text.isascii():
        return text
    spelled = "".join(map(_letter, unicodedata.normalize("NFC", text)))
    return _SYLLABLES.sub(" ", spelled)


def _letter(letter: str) -> str:
    """As a library spells it, without the marks for sounds that English has no letter for."""
    if letter.isascii() or unicodedata.category(letter)[0] not in "LM":
        return letter
    return anyascii(letter).replace("'", "").replace("`", "")
