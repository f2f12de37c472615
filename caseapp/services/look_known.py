"""How many rows of a list look like somebody stored: what the workbench asks, for thousands at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar
from uuid import UUID

from caseapp.domain import person_keys as keys
from caseapp.domain.matching.blocks import SURE, WEIGHT_OF, in_one_or_two
from caseapp.domain.matching.intake import LIKELY, rank, wanted_keys
from caseapp.domain.matching.model import Model
from caseapp.domain.matching.profile import Profile
from caseapp.domain.matching.traits import profile_of
from caseapp.domain.people import PersonDetails
from caseapp.services.weights import Weights
from caseapp.store.unit_of_work import UnitOfWork

T = TypeVar("T")

_TOO_COMMON = 300
"""A key that more people share says nothing."""

_WEIGHED = 30
"""People weighed for one row, those who share most with it."""


_LOOKED_EVERY = 1000
"""Rows between two looks at whether the work is to stop."""


def count(work: UnitOfWork, rows: Sequence[PersonDetails], look: Callable[[int], object]) -> int:
    """How many of these rows the matcher would take for somebody stored, by the agency's own weights.

    `look` is called with how much is done, in rows, now and then, and may raise.
    """
    if not rows or work.known.is_empty():
        return 0
    half = len(rows) // 2
    wanted = list(_looked_at(map(profile_of, rows), lambda done: look(done // 2)))
    asked = {key for one in wanted for key in _keys(one)}
    sharing = {key: who for (_kind, key), who in work.known.sharing({keys.MATCH: asked}).items()}
    near = [_near(one, sharing) for one in wanted]
    facts = work.known.facts({one for some in near for one in some})
    known = {person_id: profile_of(details) for person_id, details in facts.items()}
    model, people = Weights().of(work), work.search.count()
    pairs = _looked_at(zip(wanted, near, strict=True), lambda done: look(half + done // 2))
    return sum(_looks_known(one, some, known, model, people) for one, some in pairs)


def _looked_at(items: Iterable[T], look: Callable[[int], object]) -> Iterator[T]:
    for place, one in enumerate(items):
        if not place % _LOOKED_EVERY:
            look(place)
        yield one


def _keys(wanted: Profile) -> frozenset[str]:
    return wanted_keys(wanted).union(in_one_or_two(wanted))


def _near(wanted: Profile, sharing: dict[str, set[UUID]]) -> list[UUID]:
    shared: Counter[UUID] = Counter()
    for key in _keys(wanted):
        who = sharing.get(key, set())
        if len(who) <= _TOO_COMMON:
            shared.update(dict.fromkeys(who, WEIGHT_OF[key[0]]))
    return [person_id for person_id, weight in shared.most_common(_WEIGHED) if weight >= SURE]


def _looks_known(
    wanted: Profile, near: list[UUID], known: dict[UUID, Profile], model: Model, people: int
) -> bool:
    found = rank(wanted, ((one, known[one]) for one in near if one in known), model, known=people)
    return sum(one.probability for one in found) >= LIKELY
