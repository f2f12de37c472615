"""The few people offered for what is typed of somebody, each with what tells them apart and why."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from uuid import UUID

from caseapp.domain.matching.intake import AT_MOST, Ranked, least_of
from caseapp.domain.matching.traits import Candidate, Traits, profile_of
from caseapp.domain.matching.twice import standing_twice
from caseapp.domain.one_person import OnePerson
from caseapp.services.alike import second_lines
from caseapp.services.context import Context
from caseapp.services.nearest import nearest
from caseapp.services.weights import Weights
from caseapp.store.search import AT_MOST_NEAR, AT_MOST_OFFERED
from caseapp.store.unit_of_work import UnitOfWork

NOBODY: frozenset[UUID] = frozenset()

_LIKELY_ENOUGH = 0.05
"""Who is less likely takes nothing from anybody, and is not compared with them."""


def offered(
    context: Context,
    work: UnitOfWork,
    traits: Traits,
    weights: Weights,
    *,
    at_most: int = AT_MOST,
    besides: AbstractSet[UUID] = NOBODY,
) -> list[Candidate]:
    """Those whom the actor may open, who fits best first; nobody where nothing is told of somebody.

    Of two records of one person both stand where they fit, each as likely as if it stood alone.
    """
    wanted = traits.profile(today=context.today())
    if wanted.is_empty:
        return []
    found = nearest(
        context,
        work,
        wanted,
        weights,
        at_most=at_most,
        least=least_of(at_most),
        weighed_at_most=AT_MOST_OFFERED if at_most <= AT_MOST else AT_MOST_NEAR,
        besides=besides,
        place=traits.place,
    )
    people = {one.person_id: whole for one, whole in found}
    ranked = _each_by_itself(work, weights, found)
    names = {one: whole.display_name for one, whole in people.items()}
    lines = second_lines(context, work, people.values())
    return [_candidate(people[one.person_id], one, names, lines) for one in ranked]


def _each_by_itself(
    work: UnitOfWork, weights: Weights, found: Sequence[tuple[Ranked, OnePerson]]
) -> list[Ranked]:
    """The same, those who stand twice no rivals of themselves."""
    ranked = [one for one, _whole in found]
    likely = [(one, whole) for one, whole in found if one.probability >= _LIKELY_ENOUGH]
    if len(likely) < 2:
        return ranked

    def are_apart(one: UUID, other: UUID) -> bool:
        return bool(work.links.differences(work.links.group(one), work.links.group(other)))

    told = [(one, profile_of(whole.details)) for one, whole in likely]
    first = standing_twice(told, weights.of(work), are_apart)
    return [*first, *ranked[len(first) :]]


def _candidate(person: OnePerson, found: Ranked, names: dict[UUID, str], lines: dict[UUID, str]) -> Candidate:
    return Candidate(
        person_id=person.id,
        name=person.display_name,
        second_line=lines[person.id],
        probability=found.probability,
        reasons=found.reasons,
        same_as=names[found.same_as] if found.same_as else "",
    )
