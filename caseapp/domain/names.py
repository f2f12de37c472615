"""How names are compared: without accents and order, by sound, by short forms, never by one spelling."""

import re
import unicodedata
from functools import cache

from nicknames import name_triplets

_APART = {"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "œ": "oe", "ı": "i"}
_WORD = re.compile(r"[^\W_]+")
_NICKNAMES = """
alexander alex al sasha sandy xander
alexandra alex sasha sandra sandy lexi
alfonso alonso poncho
andrew andy drew andres
anthony tony antonio toni
barbara barb babs
benjamin ben benny
catherine kathy cathy kate katie kitty katherine kathryn catalina cate
charles charlie chuck chas carlos
christina tina chris christine kristina cristina
christopher chris topher cristobal kit
daniel dan danny
david dave davy davey
deborah deb debbie debra
dorothy dot dottie dolly
edward ed eddie ted ned eduardo
elizabeth liz beth betsy betty lizzie eliza isabel bess
eugene gene
francisco paco pancho frank francis cisco
frederick fred freddie federico
gerald gerry jerry
grace gracie graciela
guadalupe lupe lupita
gregory greg
harold hal harry
henry hank harry enrique
james jim jimmy jamie jaime
jacob jake
jennifer jen jenny
jessica jess jessie
jesus chuy
john johnny jack jon juan jonathan
joseph joe joey jose pepe
josephine jo josie josefina
judith judy
kenneth ken kenny
kimberly kim
lawrence larry lorenzo
leonard leo len lenny
margaret maggie meg peggy marge margarita rita greta
maria mary marie mariana
matthew matt mateo
michael mike mikey mick miguel misha
nathaniel nate nathan
nicholas nick nicky nicolas nico kolya
pamela pam
patricia pat patty tricia trish
patrick pat paddy
peter pete pedro
philip phil
raymond ray ramon
rebecca becky becca
richard rick dick rich ricky ricardo
robert bob rob bobby robbie bert roberto
ronald ron ronnie
samuel sam sammy samantha
stephen steve steven esteban
susan sue suzy susana
theodore ted teddy theo
theresa terry tess teresa tessa
thomas tom tommy tomas
timothy tim timmy
victoria vicky tori
vincent vince vicente
walter walt wally
william will bill billy liam willy guillermo memo
zachary zach zack
"""


def fold(text: str) -> str:
    """Lower case without accents, for comparing and for keys; "Phượng" and "phuong" meet."""
    if text.isascii():
        return text.lower()
    spread = "".join(_APART.get(letter, letter) for letter in text.casefold())
    plain = unicodedata.normalize("NFKD", spread)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def tokens(text: str) -> tuple[str, ...]:
    """The words of a name, folded; a hyphen or an apostrophe parts words as people type them."""
    joined = fold(text).replace("'", "").replace("’", "")
    return tuple(_WORD.findall(joined))


@cache
def short_forms() -> dict[str, frozenset[str]]:
    """Name -> the groups of short forms it belongs to, each group called by its full form.

    English forms are those of the library `nicknames`; ours add Spanish ones and spellings across alphabets.
    """
    found: dict[str, set[str]] = {}
    for line in _NICKNAMES.split("\n"):
        words = line.split()
        for word in words:
            found.setdefault(word, set()).add(words[0])
    for triplet in name_triplets():
        found.setdefault(triplet.name1, {triplet.name1})
        found.setdefault(triplet.name2, {triplet.name2}).add(triplet.name1)
    return {word: frozenset(groups) for word, groups in found.items()}


@cache
def groups_of(token: str) -> frozenset[str]:
    """The short-form groups of a given name, always itself one of them."""
    return short_forms().get(token, frozenset()) | {token}


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


@cache
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
    digits = "".join(letter for letter in head if letter.isdigit())
    return digits[-10:] if len(digits) >= 7 else ""
