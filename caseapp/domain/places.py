"""Places as calls write them: one address in many spellings, its block, its crossing, and what is near."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from caseapp.domain.errors import CaseAppError

NEAR = 200
"""House numbers on the same street that count as near: two blocks either way."""

_SPELLINGS = {
    short: (short, *longs.split())
    for short, longs in {
        "ST": "STREET STR",
        "AVE": "AVENUE AV AVEN",
        "BLVD": "BOULEVARD BOUL",
        "RD": "ROAD",
        "DR": "DRIVE DRV",
        "LN": "LANE LA",
        "CT": "COURT CRT",
        "PL": "PLACE",
        "PLZ": "PLAZA",
        "TER": "TERRACE TERR",
        "CIR": "CIRCLE",
        "HWY": "HIGHWAY HIWAY",
        "PKWY": "PARKWAY PKY PKWAY",
        "SQ": "SQUARE",
        "ALY": "ALLEY",
        "TRL": "TRAIL TR",
        "WAY": "WY",
        "FWY": "FREEWAY",
        "EXPY": "EXPRESSWAY",
        "N": "NORTH NB",
        "S": "SOUTH SB",
        "E": "EAST EB",
        "W": "WEST WB",
        "NE": "NORTHEAST",
        "NW": "NORTHWEST",
        "SE": "SOUTHEAST",
        "SW": "SOUTHWEST",
        "MLK": "MARTINLUTHERKING",
        "1ST": "FIRST",
        "2ND": "SECOND",
        "3RD": "THIRD",
        "4TH": "FOURTH",
        "5TH": "FIFTH",
        "6TH": "SIXTH",
        "7TH": "SEVENTH",
        "8TH": "EIGHTH",
        "9TH": "NINTH",
        "10TH": "TENTH",
    }.items()
}
"""Spellings of kinds of street, directions and ordinals (USPS Publication 28), the short form first."""

_SAME = {long: short for short, every in _SPELLINGS.items() for long in every}

_PART_OF_HOUSE = re.compile(
    r"[\s,]+(?:APT|APARTMENT|UNIT|STE|SUITE|RM|ROOM|LOT|TRLR|SPC|BLDG|FL|FLOOR)\b.*|\s*#.*"
)
_CROSSING = re.compile(r"\s*(?:&|/|@|\\|\bAND\b|\bAT\b)\s*")
_BLOCK = re.compile(r"0*(\d+)\s*(?:BLK|BLOCK)S?\b(?:\s+OF\b)?\s*")
_MASKED = re.compile(r"0*(\d*)(X{1,2})\s+")
_NUMBER = re.compile(r"0*(\d+)(?:-\d+)?(?:\s+1/2)?\s+")
_OTHER = re.compile(r"[^A-Z0-9&/@\\# -]+")


class NoPlace(CaseAppError):
    """The call has no place to say something of."""

    code = "place.none"


class NoteEmpty(CaseAppError):
    """A note with a last day and no words."""

    code = "place.note-empty"


@dataclass(frozen=True, slots=True)
class Address:
    """A place taken apart: house number or first number of its block, streets in order of the alphabet."""

    number: int | None
    is_block: bool
    streets: tuple[str, ...]

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


@dataclass(frozen=True, slots=True)
class PlaceNote:
    """What responders should know before they come here, until its last day."""

    kind: str = ""
    text: str = ""
    until: date | None = None
    id: UUID | None = None
    version: int = 0

    def holds_on(self, day: date) -> bool:
        """Whether it is to be shown on a day."""
        return bool(self.text) and (self.until is None or day <= self.until)


NOTHING_NOTED = PlaceNote()


@lru_cache(maxsize=65536)
def read_place(text: str) -> Address | None:
    """The place in a text; None where nothing stands there."""
    plain = _PART_OF_HOUSE.sub("", _OTHER.sub(" ", text.upper().replace(".", ""))).strip()
    for pattern, is_block in ((_BLOCK, True), (_MASKED, True), (_NUMBER, False)):
        found = pattern.match(plain)
        rest = plain[found.end() :] if found else ""
        if found and _street(rest) and not _CROSSING.search(rest):
            digits = f"{found[1] or 0}{'0' * len(found[2])}" if pattern is _MASKED else found[1]
            return Address(int(digits), is_block, (_street(rest),))
    streets = tuple(sorted({street for part in _CROSSING.split(plain) if (street := _street(part))}))
    return Address(None, False, streets) if streets else None


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


def beginnings(text: str) -> list[tuple[str, str]]:
    """From which text up to which other, left out, a spelling of the place or one near it may begin."""
    address = read_place(text)
    if address is None:
        return []
    if address.number is None:
        first = {part.split()[0] for part in _CROSSING.split(text) if part.split()}
        every = {long for word in first for long in (word, *_spellings(word))}
        starts = {case for word in every for case in (word.upper(), word.lower(), word.capitalize(), word)}
        return [(start, _after(start)) for start in sorted(starts)]
    if address.number < 100:
        return [(f"{address.number}", _after(f"{address.number}"))]
    blocks = [
        hundred for hundred in range(address.number // 100 - 2, address.number // 100 + 3) if hundred > 0
    ]
    starts = {str(one) for one in blocks} | {f"{one:03d}" for one in blocks if one < 100}
    return [(start, _after(start)) for start in sorted(starts)]


def _spellings(word: str) -> tuple[str, ...]:
    """All spellings of a word that has several."""
    return _SPELLINGS.get(_SAME.get(word.upper(), ""), ())


def _after(start: str) -> str:
    return start[:-1] + chr(ord(start[-1]) + 1)


def _street(text: str) -> str:
    words: Iterable[str] = text.replace("-", " ").split()
    return " ".join(_SAME.get(word, word) for word in words)
