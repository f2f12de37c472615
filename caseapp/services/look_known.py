"""How many rows of a list look like somebody stored: the same question as the workbench asks, for thousands.

Telling keys bring the pairs together and the matcher weighs them. A pair of names meets only where two
words do, so that the commonest first name does not pair everybody with everybody.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from caseapp.domain import matching
from caseapp.domain import person_keys as keys
from caseapp.domain.matching import Traits, near_days
from caseapp.domain.names import groups_of, phone_digits, sound, tokens
from caseapp.domain.people import Birth, PersonDetails, Precision
from caseapp.domain.people_updates import traits_of
from caseapp.store.unit_of_work import UnitOfWork

Key = tuple[str, str]
_TOO_COMMON = 400
"""A phone or a birth date that more people share says nothing."""


def count(work: UnitOfWork, rows: Sequence[PersonDetails], *, today: date) -> int:
    """How many of these rows the matcher would offer somebody stored for."""
    if not rows or work.known.is_empty():
        return 0
    traits = [traits_of(one, today=today) for one in rows]
    wanted: dict[str, set[str]] = {}
    for one in traits:
        for kind, key in (*_strong(one), *(pair for word in _words(one) for pair in word)):
            wanted.setdefault(kind, set()).add(key)
    sharing = work.known.sharing(wanted)
    pairs = [_candidates(one, sharing) for one in traits]
    facts = work.known.facts(set().union(*(strong | named for strong, named in pairs)))
    return sum(
        _looks_known(one, strong, named - strong, facts, today)
        for one, (strong, named) in zip(traits, pairs, strict=True)
    )


def _strong(traits: Traits) -> Iterator[Key]:
    """Keys of which one is enough to look closer."""
    yield from ((keys.PHONE, digits) for phone in traits.phones if (digits := phone_digits(phone)))
    yield from ((keys.BORN, day.isoformat()) for day in near_days(traits.birth_date))


def _words(traits: Traits) -> list[list[Key]]:
    """For each word of the names the keys under which it, or a form of it, is found."""
    words = dict.fromkeys(word for name in traits.names for word in tokens(name))
    return [
        [(keys.SOUND, sound(word)), *((keys.GROUP, group) for group in groups_of(word))] for word in words
    ]


def _candidates(traits: Traits, sharing: dict[Key, set[UUID]]) -> tuple[set[UUID], set[UUID]]:
    found = (sharing.get(key, set()) for key in _strong(traits))
    strong: set[UUID] = set().union(*(one for one in found if len(one) <= _TOO_COMMON))
    met = [set().union(*(sharing.get(key, ()) for key in word)) for word in _words(traits)]
    if len(met) == 1:
        return strong, met[0]
    once: set[UUID] = set()
    twice: set[UUID] = set()
    for people in met:
        twice |= once & people
        once |= people
    return strong, twice


def _looks_known(
    traits: Traits, strong: set[UUID], named: set[UUID], facts: dict[UUID, PersonDetails], today: date
) -> bool:
    few_words = len(_words(traits)) <= 2
    close = (facts[one] for one in strong if one in facts)
    by_name = (facts[one] for one in named if one in facts)
    hopeful = (one for one in by_name if not (few_words and _is_other_day(traits.birth_date, one.birth)))
    return any(_is_likely(traits, one, today) for some in (close, hopeful) for one in some)


def _is_likely(traits: Traits, details: PersonDetails, today: date) -> bool:
    evidence = matching.weigh(traits, details, places=(), today=today)
    return matching.probability(evidence) >= matching.LIKELY


def _is_other_day(stated: date | None, birth: Birth | None) -> bool:
    """Two exact dates with at most one part in common weigh more against than two words of a name for."""
    if stated is None or birth is None or birth.precision is not Precision.DAY:
        return False
    known = birth.on
    same = (stated.year == known.year) + (stated.month == known.month) + (stated.day == known.day)
    return same < 2
