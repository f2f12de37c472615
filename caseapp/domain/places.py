"""Places as calls write them: one address in many spellings, its block, its crossing, and what is near."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from unicodedata import combining, normalize

from caseapp.domain import street_words
from caseapp.domain.address_parts import parts_of

NEAR = 200
"""House numbers on the same street that count as near: two blocks either way."""

_UNIT = r"(?:APT|APARTMENT|UNIT|STE|SUITE|RM|ROOM|LOT|TRLR|SPC|BLDG|FL|FLOOR)"
_SIDE = r"(?:BSMT|BASEMENT|FRNT|FRONT|LBBY|LOBBY|LOWR|LOWER|PH|REAR|UPPR|UPPER)"
_PART_OF_HOUSE = re.compile(
    rf"[\s,]+{_UNIT}(?:\s*$|\b[\s#]*(?:[A-Z]\b|[A-Z]?-?\d)).*|\s*#.*"
    r"|[\s,]+(?:\d+(?:ST|ND|RD|TH)|TOP|GROUND)\s+(?:FL|FLOOR)\b.*"
    rf"|[\s,]+{_SIDE}\s*$"
)
"""Which part of a house is meant (USPS Publication 28, appendix C2): the house is the place."""

_NUMBERED = re.compile(r"(?:^|[\s,])(?!\d+(?:ST|ND|RD|TH)\b)\d[\w/-]*\s+\w")
"""The number of a house before its street; in "16th St Mall" there is none."""

_WITHIN = re.compile(
    r"(?:[\s,]+(?:APT|APARTMENT|UNIT|STE|SUITE|RM|ROOM|BLDG)[\s#]*(?:[A-Z]|[A-Z]?-?\d+[A-Z]?)\b"
    r"|\s*#\s*[A-Z]?-?\d+[A-Z]?\b"
    rf"|[\s,]+(?:\d+(?:ST|ND|RD|TH)|TOP|GROUND)\s+(?:FL|FLOOR)\b|[\s,]+{_SIDE}\b)+"
)
"""Parts that are of any house, so that what is called by a name may have them too ("Motel 6 Rm 204")."""

_REMARK = re.compile(r"\s*(?:[;:(]|[\s,]BETWEEN\b|[\s,]BTWN\b|[\s,]BTW\b)")
_CROSSING = re.compile(r"\s*(?:&|/|@|\\|\bAND\b|\bAT\b)\s*")
_BLOCK = re.compile(r"0*(\d{1,7})\s*(?:BLK|BLOCK)S?\b(?:\s+OF\b)?\s*")
_MASKED = re.compile(r"0*(\d{0,7})(X{1,2})\s+")
_NUMBER = re.compile(r"0*(\d{1,7})(?:-(\d{1,7})|-[A-Z])?(?:\s+1/2)?\s+")
_BLOCKS = re.compile(r"\b(?:BLK|BLOCK)S?\b")
_SIMPLE = re.compile(r"0*(\d{1,7})(X{1,2})? (?:(BLK|BLOCK)S? (?:OF )?)?([A-Z0-9 ]+)")
_TURNS = 8
"""How often a key is read again until it is its own."""

_UNIT_BLOCK = re.compile(r"UNIT\s+(?:BLK|BLOCK)\b")
_OTHER = re.compile(r"[^A-Z0-9&/@\\#,;:( -]+")
_BEFORE = ("near", "nr", "behind", "outside", "inside", "at", "by", "across from", "in front of", "next to")
"""Words with which a text may begin before the number of a house."""
_NOT_WORDS = re.compile(r"[^A-Z0-9]+")
_BOX = re.compile(r"(?:P\s*O\s*|POST OFFICE )?BOX\s+(\w+)|POB\s+(\d\w*)")
_ASKS = re.compile(rf",|\bBOX\b|\bCORNER OF\b|^{_UNIT}\b|^\d+[A-Z]\s")
_ELSEWISE = frozenset(("BLOCK", "BOX", "MLK", "PO", "RR"))
"""Words of a street that may stand for others: "POB 12" is PO BOX 12."""
_HOUSE_LATER = re.compile(r"\s\d+\s+(.+)")
_LETTERED = re.compile(r"(\d{1,7})(?:-?[A-Z])?")


@dataclass(frozen=True, slots=True)
class Address:
    """A place taken apart: house number or first number of its block, streets in order of the alphabet.

    The city is what the text itself says, in capitals, and mostly nothing.
    """

    number: int | None
    is_block: bool
    streets: tuple[str, ...]
    city: str = ""

    @property
    def key(self) -> str:
        """What all spellings of one place share."""
        if self.number is None:
            return " & ".join(self.streets)
        return f"{self.number}{' BLOCK' if self.is_block else ''} {self.streets[0]}"

    @property
    def block(self) -> str:
        """The hundred block; empty for a crossing or a named place."""
        return "" if self.number is None else f"{self.number // 100 * 100} BLOCK {self.streets[0]}"


@lru_cache(maxsize=65536)
def read_place(text: str) -> Address | None:
    """The place in a text; None where nothing stands there, or a number alone.

    What our rules know for sure they read; of the rest a library of addresses is asked, and believed where
    our rules know for sure what it made of it. So the key of a place is one of its spellings.
    """
    upper = " ".join(text.upper().split())
    if (simple := _simple(upper)) is not None:
        return simple
    found = _read(upper)
    for _turn in range(_TURNS):
        if found is None:
            break
        again = _simple(found.key) or _read(found.key)
        if again is not None and again.key == found.key:
            break
        found = again and replace(again, city=found.city)
    return found


def _simple(upper: str) -> Address | None:
    """What most texts are: a number or its block, and a street with nothing beside it."""
    found = _SIMPLE.fullmatch(upper)
    street = _whole_street(found[4]) if found else ""
    if not found or not street:
        return None
    return Address(int(f"{found[1]}{'0' * len(found[2] or '')}"), bool(found[2] or found[3]), (street,))


def _read(upper: str) -> Address | None:
    plain = _without_remark(_plain(upper))
    known = _by_rules(plain)
    if known is None or not _asks(plain, known):
        return known
    return _by_library(plain, known) or _by_library(known.key, known) or known


@lru_cache(maxsize=65536)
def _whole_street(words: str) -> str:
    """The street that some words are, as most are, with nothing beside it; empty where there may be more."""
    street = _street(words)
    signs = (_CROSSING, _PART_OF_HOUSE, _REMARK, _ASKS, _BLOCKS)
    is_more = any(sign.search(f" {text}") for sign in signs for text in (words, street))
    return street if street_words.ends_as_street(street) and not is_more else ""


def _plain(upper: str) -> str:
    """Capitals without accents, and of the signs those that say something."""
    if not upper.isascii():
        upper = "".join(one for one in normalize("NFKD", upper) if not combining(one)).upper()
    plain = _OTHER.sub(" ", _without_points(upper))
    plain = " ".join(plain.split()).strip(" ,;:(-")
    return _UNIT_BLOCK.sub("0 BLOCK", plain, count=1) if plain.startswith("UNIT") else plain


def _without_points(upper: str) -> str:
    return upper.replace(".", "").replace("'", "").replace("\u2019", "")


def _without_remark(plain: str) -> str:
    """What stands before a sign or between which streets, if it is a whole place; otherwise all of it."""
    remark = _REMARK.search(plain)
    if remark is not None:
        head = plain[: remark.start()]
        before = _by_rules(head)
        if before is not None and (before.number is not None or len(before.streets) > 1):
            return head
    return plain


def _by_rules(text: str) -> Address | None:
    plain = _house(text)
    for pattern, is_block in ((_BLOCK, True), (_MASKED, True), (_NUMBER, False)):
        found = pattern.match(plain)
        rest = plain[found.end() :] if found else ""
        if found and (street := _street(rest)) and not _CROSSING.search(rest):
            return Address(_number(found), is_block, (street,))
    streets = tuple(sorted({street for part in _CROSSING.split(plain) if (street := _street(part))}))
    return None if "".join(streets).isdigit() or not streets else Address(None, False, streets)


def _house(text: str) -> str:
    """Without the part of the house that is meant; "Parking lot 5" has no house and is a place of its own."""
    part = _PART_OF_HOUSE.search(text)
    if part and (_NUMBERED.search(text[: part.start()]) or _WITHIN.fullmatch(part[0].rstrip(" ,"))):
        return text[: part.start()].strip(" ,")
    return text.strip(" ,")


def _number(found: re.Match[str]) -> int:
    """1200 of 1200-1204, and 3712 of 37-12: where the second is not the higher, it is part of the number."""
    if found.re is _MASKED:
        return int(f"{found[1] or 0}{'0' * len(found[2])}")
    if found.re is _NUMBER and found[2] and int(found[2]) <= int(found[1]):
        return int(found[1] + found[2])
    return int(found[1])


def _asks(plain: str, known: Address) -> bool:
    """Whether more may stand in a text than our rules took apart."""
    house = _house(plain)
    if _BOX.fullmatch(house):
        return not house.startswith("PO BOX ")
    if _ASKS.search(house) or any(map(street_words.goes_on, known.streets)):
        return True
    later = _HOUSE_LATER.search(plain) if known.number is None and len(known.streets) == 1 else None
    return later is not None and street_words.ends_as_street(_street(_house(later[0]).partition(" ")[2]))


def _by_library(plain: str, known: Address) -> Address | None:
    """What the library makes of it, written as our rules write a place, if they know that for sure."""
    block = (_BLOCK.match(plain) or _MASKED.match(plain)) if known.is_block else None
    asked = f"{_number(block)} {plain[block.end() :]}" if block else plain
    *streets, last = _CROSSING.split(asked)
    parts = parts_of(" & ".join((*streets, last)))
    if parts is None and streets:
        ending = parts_of(last)
        if ending is not None and not ending.number:
            parts = replace(ending, streets=(*streets, *ending.streets))
    if parts is None:
        return None
    written = " & ".join(parts.streets)
    if box := _BOX.fullmatch(parts.box):
        written = f"PO BOX {box[1] or box[2]}"
    elif parts.number:
        number = _LETTERED.fullmatch(parts.number) or _NUMBER.match(f"{parts.number} ")
        written = f"{_number(number)}{' BLOCK' if block else ''} {written}" if number else ""
    sure = _by_rules(written)
    return replace(sure, city=parts.city) if sure and not _asks(written, sure) else None


def city_of(address: Address, city: str) -> str:
    """The city of a place, as it is compared: what is said beside the place, else what its text says."""
    return compared_city(city or address.city)


def compared_city(city: str) -> str:
    """A city as it is compared: case and blanks make no difference."""
    return " ".join(city.upper().split())


def place_key(place: str, city: str) -> str:
    """By which a place is kept: the same for all its spellings in one city; empty where none stands."""
    address = read_place(place)
    return f"{address.key}, {city_of(address, city)}" if address else ""


def is_same(one: Address, other: Address) -> bool:
    """Whether two texts mean one place."""
    return one.key == other.key


def is_near(one: Address, other: Address) -> bool:
    """On the same street within two blocks, or a crossing of the same street; not the place itself."""
    if is_same(one, other):
        return False
    if one.number is not None and other.number is not None:
        return one.streets == other.streets and abs(one.number - other.number) <= NEAR
    return False


def could_be_there(addresses: Iterable[Address]) -> Callable[[str], bool]:
    """A cheap test before a text is read: true of every spelling of the places and of those near them."""
    told = [list(filter(None, map(_telling, one.streets))) for one in addresses]

    def could(text: str) -> bool:
        upper = _without_points(text.upper())
        return not upper.isascii() or any(
            all(any(word in upper for word in words) for words in streets) for streets in told
        )

    return could


def _telling(street: str) -> tuple[str, ...]:
    """Words one of which stands in every spelling of a street; none where all its words have many."""
    words = street.split()
    plain = (one for one in words if len(one) > 1 and one.isalpha() and one not in _ELSEWISE)
    own = next((one for one in plain if not street_words.spellings(one)), "")
    number = next((found for one in words if (found := re.match(r"\d+", one))), None)
    if own or number is None:
        return (own,) if own else ()
    return (number[0], *street_words.spellings(number.string))


def beginnings(text: str) -> list[tuple[str, str]]:
    """From which text up to which other, left out, a spelling of the place or one near it may begin."""
    address = read_place(text)
    if address is None:
        return []
    if address.number is None:
        parts = (*_CROSSING.split(text), *address.streets, "Corner of" if address.streets[1:] else "")
        first = {part.split()[0] for part in parts if part.split()}
        starts = _cases(long for word in first for long in (word, *street_words.spellings(word)))
    else:
        starts = _numbers(address.number) | _words_before(text, address.number)
    return [(start, _after(start)) for start in sorted(starts)]


def _numbers(number: int) -> set[str]:
    """How the house numbers begin that are two blocks away at most."""
    if number < 100:
        return {str(number)}
    blocks = [hundred for hundred in range(number // 100 - 2, number // 100 + 3) if hundred > 0]
    return {str(one) for one in blocks} | {f"{one:03d}" for one in blocks if one < 100}


def _words_before(text: str, number: int) -> set[str]:
    """How texts begin that say where the house is first: in common words, or in this one's own first word."""
    own = text.replace(",", " ").split()[0]
    is_own = own[0].isalpha() and own.lower() not in {words.split()[0] for words in _BEFORE}
    return {f"{words} {number}" for words in _cases(_BEFORE)} | (_cases([own]) if is_own else set())


def _cases(words: Iterable[str]) -> set[str]:
    return {case for one in words for case in (one.upper(), one.lower(), one.capitalize(), one.title(), one)}


def _after(start: str) -> str:
    return start[:-1] + chr(ord(start[-1]) + 1)


def _street(text: str) -> str:
    return street_words.street(_NOT_WORDS.sub(" ", text))
