"""The keys that two records of one person are likely to share, several parts of a person in each.

A key of one common part would bring hundreds together; of two parts, a handful. Each kind of key forgives
one kind of error: short forms and order of names, a slip in the surname, day and month swapped, no birth
date, a new phone, a move.
"""

from collections.abc import Iterator, Sequence

from caseapp.domain.matching.profile import Called, Profile, Street, is_mail
from caseapp.domain.name_spellings import parted, spelling_of
from caseapp.domain.names import sound
from caseapp.domain.short_forms import groups_of

SURE, TELLING, WEAK = 3, 2, 1
WEIGHT_OF = (
    dict.fromkeys("abnpsx", SURE) | dict.fromkeys("hmtuvy", TELLING) | dict.fromkeys("cdefilqrwz", WEAK)
)
"""What a kind of key (its first letter) says: a sure one alone is worth a comparison, three weak ones too."""

FACTS_OF = (
    dict.fromkeys("afhltuvx", "name")
    | dict.fromkeys("bmy", "birth")
    | dict.fromkeys("pqr", "phone")
    | dict.fromkeys("cdeiswz", "place")
    | {"n": "number"}
)
"""Of which facts a kind of key is made: what two keys of the same facts share is one agreement."""


_LEAST_OF_TWO = 5
"""Letters of a first name that may be two in one word."""

_SHORTEST, _SHORT = 4, 8
"""Letters of a last name in which a slip is looked for by every letter."""


def keys_of(profile: Profile) -> frozenset[str]:
    """Every key of a record; at most a few dozen."""
    return frozenset(_all(profile))


def shared(profile: Profile) -> Iterator[tuple[str, object, str]]:
    """What more people than a household may have: its kind, a phone or a street; its value; its key."""
    yield from (("phone", phone, _of_phone(phone)) for phone in profile.phones if not is_mail(phone))
    yield from (("street", street, key) for street in profile.streets if (key := _of_house(street)))


def _all(profile: Profile) -> Iterator[str]:
    for name in profile.names[:6]:
        parts = _parts(name)
        yield from _of_name(name, *parts)
        yield from _of_name_and_birth(profile, (*parts[0], *parts[1]))
        yield from _of_name_and_place(name, profile, (*parts[0], *parts[1]))
    for born in profile.births:
        if not born.slack:
            low, high = sorted((born.month, born.day))
            yield f"b{born.year}.{low}.{high}"
    for phone in profile.phones:
        yield _of_phone(phone)
        if is_mail(phone):
            continue
        yield f"q{phone[-7:-3]}{phone[:2]}"
        yield f"r{phone[-4:]}{phone[:3]}"
    for street in profile.streets:
        yield from _of_street(street, profile)
    for scheme, value in profile.numbers:
        yield f"n{scheme}.{value}"


def _parts(name: Called) -> tuple[list[str], list[str]]:
    firsts = [group for word in name.given[:2] for group in sorted(groups_of(word)) if len(word) > 1]
    lasts = [way for word in name.family[:3] for way in (word, spelling_of(word), *sorted(parted(word)))]
    return list(dict.fromkeys(map(sound, firsts))), list(dict.fromkeys(map(sound, lasts)))


def _of_name(name: Called, firsts: Sequence[str], families: Sequence[str]) -> Iterator[str]:
    for first in firsts:
        for last in families:
            yield "a" + ".".join(sorted((first, last)))
    for first in firsts:
        yield f"f{first}"
    for last in families:
        yield f"l{last}"
    for word in name.family[:3]:
        for first in name.given[:2]:
            if len(word) > 3:
                yield f"h{word[:4]}.{first[0]}"
                yield f"t{word[-4:]}.{first[0]}"


def spelled(profile: Profile) -> Iterator[str]:
    """Keys of a first and a last name as they are written, in either order; for one person asked about.

    Of a first and a middle name too, for either may be told as the last one; and of the last name's two
    first and two last letters, these in either order: a slip between them leaves them as they are.
    """
    for name in profile.names[:6]:
        firsts, families = name.given[:2], name.family[:3]
        if len(firsts) > 1:
            yield "x" + ".".join(sorted(firsts))
        for first in firsts:
            yield from ("x" + ".".join(sorted((first, last))) for last in families)
            yield from (f"v{last[:2]}{_ends(last)}.{first[0]}" for last in families if len(last) > 3)


def slips(profile: Profile) -> Iterator[str]:
    """Keys of a first name and a short last name that lacks a letter, to pair records and not to store.

    And of the whole last name with two first names in one word: "Hye-Jin" is "Hyejin" too.

    Two last names that are one slip of the hand apart share one of them. A longer name needs none: either its
    four first or its four last letters are as they were.
    """
    for name in profile.names[:6]:
        firsts, _families = _parts(name)
        in_one = sound("".join(name.given[:2]))
        for last in name.family[:3]:
            yield f"u{last}.{in_one}"
            if _SHORTEST <= len(last) <= _SHORT:
                lacking = {last[:place] + last[place + 1 :] for place in range(len(last))}
                yield from (f"u{rest}.{first}" for rest in (last, *lacking) for first in firsts)


def in_one_or_two(profile: Profile) -> Iterator[str]:
    """Keys of a first name told in one word that may be two, or in two: "Hyejin", "Hye-Jin"; to look up."""
    for name in profile.names[:6]:
        if len(name.given) > 1:
            whole = "".join(name.given[:2])
            yield from ("x" + ".".join(sorted((whole, last))) for last in name.family[:3])
        elif name.given:
            (word,) = name.given
            cuts = range(2, len(word) - 1) if len(word) >= _LEAST_OF_TWO else ()
            yield from ("x" + ".".join(sorted((word[:place], word[place:]))) for place in cuts)


def _ends(word: str) -> str:
    return "".join(sorted(word[-2:]))


def around(profile: Profile) -> Iterator[str]:
    """Keys of the years in which somebody of an uncertain age may be born, to look up and not to store."""
    for name in profile.names[:6]:
        firsts, families = _parts(name)
        for born in profile.births[:3]:
            for year in range(born.year - born.slack - 1, born.year + born.slack + 2):
                yield from (f"y{year}.{part}" for part in (*firsts, *families))


def _of_name_and_birth(profile: Profile, parts: Sequence[str]) -> Iterator[str]:
    for born in profile.births[:3]:
        for part in parts:
            yield f"y{born.year}.{part}"
            if born.day:
                yield f"m{born.month}.{born.day}.{part}"


def _of_phone(phone: str) -> str:
    return f"p{phone}"


def _of_house(street: Street) -> str:
    """Empty where the number or the road is missing."""
    road = street.words.replace(" ", "")
    return f"s{street.number}.{road[:4]}" if street.number and road else ""


def _of_street(street: Street, profile: Profile) -> Iterator[str]:
    number, road = street.number, street.words.replace(" ", "")
    if house := _of_house(street):
        yield house
    for place in profile.localities:
        if place.zip:
            yield from (f"c{place.zip}.{word[:4]}" for word in street.words.split()[:4] if len(word) > 3)
        if place.city and number:
            yield f"d{place.city[:5]}.{number}"
    for name in profile.names[:3]:
        for word in (*name.given[:1], *name.family[:2]):
            if road:
                yield f"e{road[:4]}.{word[:2]}"


def _of_name_and_place(name: Called, profile: Profile, parts: Sequence[str]) -> Iterator[str]:
    for place in profile.localities[:2]:
        for part in parts:
            yield f"z{place.zip or place.city}.{part}"
        for word in (*name.given[:1], *name.family[:2]):
            yield f"i{place.city[:4]}.{word[:3]}"
