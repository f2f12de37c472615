"""How many rows of a list look like somebody stored: what the workbench asks, for thousands at once."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from caseapp.domain import person_keys as keys
from caseapp.domain.matching.blocks import SURE, WEIGHT_OF
from caseapp.domain.matching.intake import LIKELY, rank, wanted_keys
from caseapp.domain.matching.model import Model
from caseapp.domain.matching.profile import Profile
from caseapp.domain.matching.traits import profile_of
from caseapp.domain.people import PersonDetails
from caseapp.services.weights import Weights
from caseapp.store.unit_of_work import UnitOfWork

_TOO_COMMON = 300
"""A key that more people share says nothing."""

_WEIGHED = 30
"""People weighed for one row, those who share most with it."""


def count(work: UnitOfWork, rows: Sequence[PersonDetails]) -> int:
    """How many of these rows the matcher would take for somebody stored, by the agency's own weights."""
    if not rows or work.known.is_empty():
        return 0
    wanted = [profile_of(one) for one in rows]
    asked = {key for one in wanted for key in wanted_keys(one)}
    sharing = {key: who for (_kind, key), who in work.known.sharing({keys.MATCH: asked}).items()}
    near = [_near(one, sharing) for one in wanted]
    facts = work.known.facts({one for some in near for one in some})
    known = {person_id: profile_of(details) for person_id, details in facts.items()}
    model, people = Weights().of(work), work.search.count()
    return sum(_looks_known(one, some, known, model, people) for one, some in zip(wanted, near, strict=True))


def _near(wanted: Profile, sharing: dict[str, set[UUID]]) -> list[UUID]:
    shared: Counter[UUID] = Counter()
    for key in wanted_keys(wanted):
        who = sharing.get(key, set())
        if len(who) <= _TOO_COMMON:
            shared.update(dict.fromkeys(who, WEIGHT_OF[key[0]]))
    return [person_id for person_id, weight in shared.most_common(_WEIGHED) if weight >= SURE]


def _looks_known(
    wanted: Profile, near: list[UUID], known: dict[UUID, Profile], model: Model, people: int
) -> bool:
    found = rank(wanted, ((one, known[one]) for one in near if one in known), model, known=people)
    return sum(one.probability for one in found) >= LIKELY
