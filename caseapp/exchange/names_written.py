"""Names as lists of people have them, with what stands where a part of one was not known."""

import re
from typing import NamedTuple

from caseapp.domain.matching.profile import is_nobody
from caseapp.domain.names import tokens
from caseapp.domain.people_lists import is_generation, split_name

_NOT_KNOWN = re.compile(r"\b(?:[FLM]NU|N[FLM]N|NMI|N/A|X{3,})\b\.?", re.IGNORECASE)
"""First, last or middle name unknown, or none: habits of records of police and jails."""

_NO_FIRST = re.compile(r"\b(?:FNU|NFN)\b", re.IGNORECASE)

_BESIDE_IT = r"[^()\[\]]{0,80}"
_ASIDE = re.compile(
    rf"[(\[]{_BESIDE_IT}\b(?:no|last|first|name|deceased|alias|unknown|unk)\b{_BESIDE_IT}[)\]]", re.IGNORECASE
)
_AROUND = re.compile(
    r"about|approx(imately)?|aged?|y(ea)?rs?|old|yo|in|s|early|mid|late|to|gave|given?|would(nt)?|will|not"
    r"|did(nt)?|does(nt)?|no|name|\d+s?"
)
"""Words beside those of a description that names nobody: "unknown male about 30", "refused to give name"."""

_SOMEBODY = frozenset(("male", "female", "unknown", "unk", "unidentified"))
"""Who is looked at, in words that are no names."""

_MAN = frozenset(("man", "woman"))
"""The same where more is said, for Man is a last name too: "man, red parka", and not "Man, Brown"."""

_LOOKS = re.compile(
    r"with|wearing|w|and|the|by|at|near|on"
    r"|white|black|brown|blond|red|blue|green|gr[ae]y|yellow|orange|purple|pink|tan|dark|light"
    r"|hispanic|asian|latino|native|older|elderly|young|younger|tall|short|thin|heavy|heavyset|bald"
    r"|hair|beard|bearded|mustache|glasses|tattoos?|hoodie|jacket|coat|parka|hat|cap|shirt|sweater|jeans"
    r"|pants|shorts|dress|pajamas|gown|boots|shoes|barefoot|sandals|backpack|walker|wheelchair|cane|crutches"
    r"|homeless|man|woman"
)
_ENOUGH = 2
"""Words of how somebody looks beside `_SOMEBODY` that are no name: "male, white hoodie"; White may be one."""


class Written(NamedTuple):
    """Given and family name; or how somebody without a name is told of."""

    given: str
    family: str
    description: str = ""


def written(full: str = "", given: str = "", family: str = "", generation: str = "") -> Written:
    """A name in its parts, however the list has it; a generation of its own stands behind the last name."""
    full = "" if given or family else _ASIDE.sub(" ", full)
    if is_description(full):
        return Written("", "", " ".join(full.split()))
    if "," in full:
        full, (given, family) = "", split_name(full)
    elif _NO_FIRST.search(full):
        full, family = "", full
    full, given, family = map(_cleaned, (full, given, family))
    told = " ".join(filter(None, (given, family))) or full
    if is_description(told):
        return Written("", "", told)
    if full:
        given, family = split_name(full)
    return Written(given, f"{family} {generation}" if family and is_generation(generation) else family)


def is_description(text: str) -> bool:
    """Whether a text in the place of a name tells of somebody whose name was not known."""
    words = tokens(text)
    left = [word for word in words if not _AROUND.fullmatch(word)]
    if len(left) < len(words) and (is_nobody(" ".join(left)) if left else "name" in words):
        return True
    looks = len(words) - len(left) + sum(bool(_LOOKS.fullmatch(word)) for word in left)
    if not _MAN.isdisjoint(words):
        return looks > _ENOUGH
    return looks >= _ENOUGH and not _SOMEBODY.isdisjoint(words)


def _cleaned(text: str) -> str:
    return " ".join(_NOT_KNOWN.sub(" ", _ASIDE.sub(" ", text)).split()).strip(" ,")
