"""How hard a text is to read, as a school grade: what a person takes home is to read at five or below.

English by Flesch and Kincaid (Navy Research Branch Report 8-75, 1975), Spanish by Crawford's grade of
1984 (sentences and syllables of a hundred words), the two formulas that health literacy guides name.
"""

import re

EASIEST_ASKED = 5.0
"""The highest grade that a paper for a person may have (AHRQ asks for five to six)."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d:.,()/-]*\d|\d")
_END = re.compile(r"(?:[.!?…]+(?:\s|$))|\n+")
_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^aeiouyl]|[aeiouyl]l)e$|[^td]ed$|[^sxzc]es$")
_WEAK, _STRONG = "iuü", "aeoáéóíú"


def grade(text: str, language: str) -> float:
    """The grade of a text in English or Spanish (`en`, `es`); an empty text has grade 0."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, sum(bool(_WORD.search(one)) for one in _END.split(text)))
    syllables = sum(count_syllables(word, language) for word in words)
    if language == "es":
        share = 100 / len(words)
        return -0.205 * sentences * share + 0.049 * syllables * share - 3.407
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def count_syllables(word: str, language: str) -> int:
    """Syllables as they are spoken, at least one; a number counts as one."""
    plain = word.casefold()
    if not plain[:1].isalpha():
        return 1
    return max(1, _spanish(plain) if language == "es" else _english(plain))


def _english(word: str) -> int:
    """Groups of vowels, less the silent endings."""
    letters = "".join(letter for letter in word if letter.isalpha())
    found = len(_ENGLISH_VOWELS.findall(letters))
    return found - 1 if _SILENT.search(letters) else found


def _spanish(word: str) -> int:
    """Each strong vowel is one; weak ones join a neighbour, and two strong ones part (a hiatus)."""
    letters = re.sub(r"qu(?=[eiéí])", "q", re.sub(r"gu(?=[eiéí])", "g", word))
    if letters.endswith("y"):
        letters = f"{letters[:-1]}i"
    found, before = 0, ""
    for letter in letters:
        is_vowel = letter in _WEAK or letter in _STRONG
        starts = before == "" or (letter in _STRONG and before in _STRONG)
        if is_vowel and (starts or letter == before):
            found += 1
        before = letter if is_vowel else ""
    return found
