"""Is this somebody we know? A first, explainable matcher: evidence adds up, each piece in words.

Weights are log-odds in bits (Fellegi-Sunter): how much more often a fact holds for one person than for
two. What is missing counts neither way.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from rapidfuzz.distance import DamerauLevenshtein

from caseapp.domain.names import fold, groups_of, phone_digits, sound, tokens
from caseapp.domain.people import Birth, NameKind, PersonDetails, PointKind, Precision, age_on

PRIOR = -7.0
"""Bits against any one candidate that shares a key: about 1 in 128."""

LIKELY = 0.5
"""Below this nothing is offered: a wrong offer costs more than none."""

AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of somebody to be recognised; `age` is as stated, on `seen_on`."""

    names: tuple[str, ...] = ()
    birth_date: date | None = None
    age: int | None = None
    phones: tuple[str, ...] = ()
    place: str = ""
    seen_on: date | None = None

    @property
    def is_empty(self) -> bool:
        return not (any(tokens(name) for name in self.names) or self.birth_date or self.phones)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason and its weight in bits."""

    words: str
    bits: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person it may be: 0 to 1 how likely, and the reasons, weightiest first."""

    person_id: UUID
    name: str
    second_line: str
    probability: float
    reasons: tuple[str, ...]

    @property
    def percent(self) -> int:
        return round(self.probability * 100)


def weigh(
    traits: Traits, details: PersonDetails, *, places: tuple[str, ...], today: date
) -> tuple[Evidence, ...]:
    """Every piece of evidence for or against these traits being this person."""
    found = [
        *_names(traits, details),
        *_birth(traits, details.birth, today),
        *_phones(traits, details),
        *_place(traits, places),
    ]
    return tuple(found)


def probability(evidence: tuple[Evidence, ...]) -> float:
    """The chance that it is one person, between 0 and 1."""
    bits = PRIOR + sum(one.bits for one in evidence)
    return float(1 / (1 + 2.0**-bits))


def reasons(evidence: tuple[Evidence, ...]) -> tuple[str, ...]:
    """Reasons in words, what speaks for it first."""
    return tuple(one.words for one in sorted(evidence, key=lambda one: -one.bits))


def near_days(day: date | None) -> list[date]:
    """The day, its neighbours, and day and month swapped."""
    if day is None:
        return []
    found = [date.fromordinal(day.toordinal() + step) for step in (-1, 0, 1)]
    if day.day <= 12:
        found.append(day.replace(month=day.day, day=day.month))
    return found


def _names(traits: Traits, details: PersonDetails) -> list[Evidence]:
    """The best pairing of any stated name with any name on record, former names included."""
    best: list[Evidence] = []
    best_bits: float | None = None
    for stated in traits.names:
        for name in details.names:
            found = _name_pair(tokens(stated), tokens(name.given), tokens(name.family))
            if name.kind is NameKind.ALIAS and found and sum(one.bits for one in found) > 0:
                found = [Evidence(f"known as “{name.full}”", found[0].bits), *found[1:]]
            bits = sum(one.bits for one in found)
            if found and (best_bits is None or bits > best_bits):
                best, best_bits = found, bits
    return best


def _name_pair(stated: tuple[str, ...], given: tuple[str, ...], family: tuple[str, ...]) -> list[Evidence]:
    """Compare words in any order: each stated word against the nearest word on record."""
    if not stated or not (given or family):
        return []
    found = []
    for word in stated:
        options = [_word(word, other, is_given=True) for other in given]
        options += [_word(word, other, is_given=False) for other in family]
        found.append(max(options, key=lambda one: one.bits))
    against = [one for one in found if one.bits < 0]
    return [*sorted((one for one in found if one.bits > 0), key=lambda one: -one.bits), *against[:2]]


def _word(word: str, other: str, *, is_given: bool) -> Evidence:
    kind = "first name" if is_given else "last name"
    if word == other:
        return Evidence(f"same {kind}", 5.0 if is_given else 7.0)
    if is_given and groups_of(word) & groups_of(other):
        return Evidence(f"{word.title()} is a short form of {other.title()}", 4.5)
    if len(word) > 1 and len(other) > 1 and sound(word) == sound(other):
        return Evidence(f"{kind} sounds alike", 3.0 if is_given else 4.5)
    distance = DamerauLevenshtein.distance(word, other, score_cutoff=2)
    if min(len(word), len(other)) > 4 and distance <= 1:
        return Evidence(f"{kind} one letter off", 3.0 if is_given else 4.5)
    if min(len(word), len(other)) == 1 and word[0] == other[0]:
        return Evidence("same initial", 1.0)
    return Evidence(f"{kind} differs", -5.0)


def _birth(traits: Traits, birth: Birth | None, today: date) -> list[Evidence]:
    if birth is None:
        return []
    if traits.birth_date:
        return [_birth_dates(traits.birth_date, birth)]
    if traits.age is not None:
        years = abs(age_on(birth, traits.seen_on or today) - traits.age)
        slack = 1 if birth.precision is Precision.DAY else 5
        if years <= slack + 1:
            return [Evidence(f"age fits ({age_on(birth, today)})", 2.0)]
        if years <= slack + 6:
            return [Evidence(f"age is near ({age_on(birth, today)})", 0.5)]
        return [Evidence(f"age does not fit ({age_on(birth, today)})", -5.0)]
    return []


def _birth_dates(stated: date, birth: Birth) -> Evidence:
    known = birth.on
    if birth.precision is not Precision.DAY:
        years = abs(stated.year - known.year)
        return Evidence("birth year fits", 3.0) if years <= 3 else Evidence("birth year differs", -4.0)
    if stated == known:
        return Evidence("same birth date", 11.0)
    if (stated.year, stated.month, stated.day) == (known.year, known.day, known.month):
        return Evidence("birth day and month swapped", 6.0)
    if abs(stated - known) <= timedelta(days=1):
        return Evidence("birth date a day off", 6.0)
    same = sum(a == b for a, b in zip(stated.timetuple()[:3], known.timetuple()[:3], strict=True))
    return Evidence("birth date one part off", 4.0) if same == 2 else Evidence("birth date differs", -6.0)


def _phones(traits: Traits, details: PersonDetails) -> list[Evidence]:
    stated = {phone_digits(phone) for phone in traits.phones} - {""}
    known = {phone_digits(one.value) for one in details.points if one.kind is PointKind.PHONE} - {""}
    return [Evidence("same phone", 9.0)] if stated & known else []


def _place(traits: Traits, places: tuple[str, ...]) -> list[Evidence]:
    times = sum(fold(place) == fold(traits.place) for place in places) if traits.place else 0
    if not times:
        return []
    words = "same place before" if times == 1 else f"same place {times} times before"
    return [Evidence(words, min(2.0 + times, 5.0))]
