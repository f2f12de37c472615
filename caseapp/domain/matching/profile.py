"""What is known of somebody, cut into the parts that are compared: names, birth, phones, places, numbers."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, TypeVar

from caseapp.domain.births import Birth, Precision
from caseapp.domain.name_spellings import first_written_out, last_written_out
from caseapp.domain.names import GENERATIONS, KEPT, PARTICLES, fold, number_signs, phone_digits, tokens
from caseapp.domain.not_known import NO_BIRTHS, NOT_KNOWN
from caseapp.domain.people import Identifier
from caseapp.domain.people_lists import split_name

T = TypeVar("T")
WrittenOut = Callable[[tuple[str, ...]], tuple[str, ...]]
LONGEST = 80
"""Letters of a name that are compared; nobody's name is recognised by more."""


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


NOBODY = NOT_KNOWN | _set_of(
    "unidentified john-doe jane-doe doe anonymous anon"
    " male female man woman person subject patient caller party"
)
"""Words that stand where a name was not known; they name nobody."""

NOWHERE = NOT_KNOWN | _set_of(
    "homeless unhoused houseless transient nfa no-fixed-address no-fixed-abode no-permanent-address"
    " no-address n-a sin-hogar sin-domicilio"
)
"""What stands where somebody has no address, or it was not known: nobody lives there together."""

_FIRST_YEAR = 1900

_FIRST_NAMES_TOO = frozenset(("al", "van"))
"""Small words before a last name that are first names too."""

_TITLES = _set_of("mr mrs ms mx miss dr prof rev sra")
_BESIDE = PARTICLES | _TITLES | GENERATIONS.keys()
_SHORT_STREETS = """
street st, avenue ave, av ave, road rd, drive dr, boulevard blvd, lane ln, place pl, court ct, crescent cres,
circuit cct, highway hwy, parkway pkwy, terrace ter, north n, south s, east e, west w, close cl
"""
_STREET_WORDS = {pair.split()[0]: pair.split()[1] for pair in _SHORT_STREETS.split(",")}
_UNIT = re.compile(r"(?:\b(?:apt|apartment|unit|ste|suite|rm|room|lot|spc|trlr)\b\.?|#)\s*#?\s*[\w-]*")


class Born(NamedTuple):
    """A birth in parts; `slack` is by how many years the year may be wrong (0: a date as it was given)."""

    year: int
    month: int
    day: int
    slack: int = 0


class Called(NamedTuple):
    """One way to call somebody, folded into words; particles and placeholders left out.

    `generation` counts from the senior, "1", where the name says which of a line of namesakes it means.
    """

    given: tuple[str, ...]
    family: tuple[str, ...]
    is_alias: bool = False
    generation: str = ""


class Street(NamedTuple):
    """House number and the street's words, abbreviated alike; either may be empty."""

    number: str
    words: str


class Locality(NamedTuple):
    city: str
    zip: str


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything compared of one record; whatever is empty counts neither for nor against."""

    names: tuple[Called, ...] = ()
    births: tuple[Born, ...] = ()
    phones: tuple[str, ...] = ()
    """Digits, and behind them e-mail addresses: either reaches one person, or their household."""
    streets: tuple[Street, ...] = ()
    localities: tuple[Locality, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    sex: str = ""
    is_unknown: bool = False

    @property
    def is_named(self) -> bool:
        return any(name.given or name.family for name in self.names)

    @property
    def is_empty(self) -> bool:
        return not (self.is_named or self.births or self.phones or self.numbers)


def joined(records: Sequence[Profile]) -> Profile:
    """What records of one person say together, each value once; unknown only if all of them are."""
    if len(records) == 1:
        return records[0]
    return Profile(
        names=_each_once(one.names for one in records),
        births=_each_once(one.births for one in records),
        phones=_each_once(one.phones for one in records),
        streets=_each_once(one.streets for one in records),
        localities=_each_once(one.localities for one in records),
        numbers=_each_once(one.numbers for one in records),
        sex=next((one.sex for one in records if one.sex), ""),
        is_unknown=all(one.is_unknown for one in records),
    )


def _each_once(found: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(found)))


def called(given: str, family: str, *, is_alias: bool = False) -> Called:
    """A name in parts; hyphens part, apostrophes join, what names nobody is dropped.

    Of a second surname that was told as its first letter nothing is kept; "de la O" is a whole one.
    """
    return Called(_firsts(given), _surnames(family), is_alias, _generation(family) or _generation(given))


@lru_cache(KEPT)
def _firsts(text: str) -> tuple[str, ...]:
    """A first name in words; "Al James" and "Van My" begin with one, "Al-Amin" does not."""
    head, _blank, rest = text.strip().partition(" ")
    found = _words(text, first_written_out)
    is_name = rest and fold(head) in _FIRST_NAMES_TOO and found
    return (fold(head), *found) if is_name and found[0] != fold(head) else found


@lru_cache(KEPT)
def _surnames(text: str) -> tuple[str, ...]:
    found, letters = _words(text, last_written_out), tokens(text[:LONGEST])
    is_cut = len(found) > 1 and len(letters[-1]) == 1 and letters[-2] not in PARTICLES
    return found[:-1] if is_cut else found


@lru_cache(KEPT)
def _generation(text: str) -> str:
    """What follows a name: "Jr", "III"; "Sr." before one is a form of address."""
    found = tokens(text[:LONGEST])
    return GENERATIONS.get(found[-1], "") if len(found) > 1 else ""


def is_nobody(text: str) -> bool:
    """Whether a text stands where a name was not known: "Unknown male", "John Doe"."""
    found = tokens(text[:LONGEST])
    return bool(found) and ("-".join(found) in NOBODY or all(word in NOBODY for word in found))


def called_whole(text: str) -> Called:
    """A name said in one piece: "Okafor, James", "ana de la cruz", "Jamie"."""
    return called(*split_name(text[: 2 * LONGEST]))


def _words(text: str, written_out: WrittenOut) -> tuple[str, ...]:
    if is_nobody(text):
        return ()
    found = written_out(tokens(text[:LONGEST]))
    kept = tuple(word for word in found if word not in _BESIDE and not word.isdigit())
    return kept or found


def names_of(pairs: Iterable[tuple[str, str, bool]]) -> tuple[Called, ...]:
    """Names as (given, family, is alias); one without a family name borrows that of the first."""
    return with_family(
        called(given, family, is_alias=is_alias)
        for given, family, is_alias in pairs
        if not is_nobody(f"{given} {family}")
    )


def with_family(names: Iterable[Called]) -> tuple[Called, ...]:
    """Each name once; an alias without a family name borrows that of the first."""
    said = [name for name in names if name.given or name.family]
    main = next((name.family for name in said if name.family), ())
    lent = (name if name.family or not name.is_alias else name._replace(family=main) for name in said)
    return tuple(dict.fromkeys(lent))


def born(birth: Birth) -> Born:
    """A stored birth in parts; an estimate may be five years wrong, a month or year by none."""
    if birth.precision is Precision.DAY:
        return Born(birth.on.year, birth.on.month, birth.on.day)
    return Born(birth.on.year, 0, 0, 5 if birth.precision is Precision.ESTIMATED else 1)


def births_of(birth: Birth | None, text: str = "") -> tuple[Born, ...]:
    """The birth, or what stands where a date should: "19931345" is no day, but most of one."""
    if birth is not None:
        return _believed(born(birth))
    digits = "".join(filter(str.isdigit, text))
    if len(digits) != 8:
        return ()
    return _believed(Born(int(digits[:4]), int(digits[4:6]), int(digits[6:])))


def _believed(one: Born) -> tuple[Born, ...]:
    return (one,) if one.year >= _FIRST_YEAR and one[:3] not in NO_BIRTHS else ()


def born_by_age(age: int, seen_on: date) -> Born:
    """Who is so old on a day was born that many years before, give or take what people misjudge."""
    return Born(seen_on.year - age, 0, 0, 3)


def mails_of(texts: Iterable[str]) -> tuple[str, ...]:
    """E-mail addresses, to stand behind the phones."""
    return tuple(dict.fromkeys(filter(is_mail, ("".join(fold(text).split()) for text in texts))))


def is_mail(phone: str) -> bool:
    """Whether what stands among the phones is an e-mail address."""
    return "@" in phone


def phones_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Phones in digits; one digit over and over stands where there was none."""
    found = dict.fromkeys(map(phone_digits, texts))
    return tuple(digits for digits in found if digits and len(set(digits)) > 1)


@lru_cache(KEPT)
def street(text: str) -> Street:
    """House number and street of an address line; a flat is left out, and what follows it.

    Both are empty for `NOWHERE`.
    """
    line = fold(text[:200])
    unit = _UNIT.search(line)
    before = line[: unit.start()] if unit else line
    words = tokens(before) or (tokens(line[unit.end() :]) if unit else ())
    if "-".join(words) in NOWHERE:
        return Street("", "")
    number = next((word for word in words if word[0].isdigit()), "")
    rest = (_STREET_WORDS.get(word, word) for word in words if word != number)
    return Street(number.lstrip("0"), " ".join(rest))


def place(text: str) -> tuple[Street, Locality]:
    """An address in one line: the street before a comma, town and postal code behind; a flat in neither."""
    parts = [part for part in text[:300].split(",") if not _UNIT.fullmatch(fold(part).strip())]
    head, tail = "".join(parts[:1]), ",".join(parts[1:])
    code = re.search(r"\b(\d{5})(?:-\d{4})?\s*$", tail)
    town = re.sub(r"(?:\s+[A-Za-z]{2})?\s+\d{5}(?:-\d{4})?\s*$", "", tail)
    return street(head), locality(town, code[1] if code else "")


@lru_cache(KEPT)
def locality(city: str, code: str) -> Locality:
    return Locality(" ".join(tokens(city[:LONGEST])), code.strip().lower().lstrip("0"))


def numbers_of(found: Iterable[Identifier]) -> tuple[tuple[str, str], ...]:
    """Numbers of other systems, letters and digits alone."""
    plain = ((one.scheme, number_signs(one.value)) for one in found)
    return tuple((scheme, value) for scheme, value in plain if value)
