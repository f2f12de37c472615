"""Ranks the stored people whom somebody may be: by keys first, then by what all records of each say."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from uuid import UUID

from caseapp.domain.matching.frequencies import of_names
from caseapp.domain.matching.intake import AT_MOST, SHOWN, Ranked, rank
from caseapp.domain.matching.model import Model
from caseapp.domain.matching.profile import Profile, joined
from caseapp.domain.matching.traits import profile_of
from caseapp.domain.one_person import OnePerson, one_person
from caseapp.domain.people import Person, PersonDetails
from caseapp.services.context import Context
from caseapp.store.unit_of_work import UnitOfWork

_NOBODY: frozenset[UUID] = frozenset()


def nearest(
    context: Context,
    work: UnitOfWork,
    wanted: Profile,
    model: Model,
    *,
    known: int,
    prior: int = 0,
    at_most: int = AT_MOST,
    least: float = SHOWN,
    besides: AbstractSet[UUID] = _NOBODY,
) -> list[tuple[Ranked, OnePerson]]:
    """People whom the actor may open, likeliest first, with what is compared and shown of them, no more.

    `known` is how many people there are; `prior` among how many to choose, if not among all of them.
    """
    near = [one for one in work.search.near(wanted, known=known) if one not in besides]
    groups, facts = _open_facts(context, work, near, wanted)
    met_at = work.search.places_of(set(facts)) if wanted.streets else {}
    records = {one: profile_of(details, met_at=met_at.get(one, ())) for one, details in facts.items()}
    people: dict[frozenset[UUID], tuple[UUID, Profile]] = {}
    for person_id, members in groups.items():
        if person_id in records and members not in people:
            known_of = [records[one] for one in sorted(members) if one in records]
            people[members] = person_id, joined(known_of)
    counted = of_names(model.frequencies, model.u, work.search.name_counts(wanted), known)
    weighed = model.counting(counted)
    ranked = rank(wanted, people.values(), weighed, known=prior or known, at_most=at_most, least=least)
    return [(one, _whole(groups[one.person_id], facts)) for one in ranked]


def listed(context: Context, work: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, OnePerson]:
    """Those whom the actor may open, with what a line of a list shows of all their records, no more."""
    groups, facts = _open_facts(context, work, ids, Profile())
    return {one: _whole(members, facts) for one, members in groups.items() if one in facts}


def _open_facts(
    context: Context, work: UnitOfWork, ids: Iterable[UUID], wanted: Profile
) -> tuple[dict[UUID, frozenset[UUID]], dict[UUID, PersonDetails]]:
    """Who is linked with these, and of all records that the actor may open what compares with somebody."""
    groups = work.links.groups(ids)
    facts = work.known.facts(frozenset[UUID]().union(*groups.values()), of=wanted, with_sealed=True)
    sealed = [one for one, details in facts.items() if details.is_restricted]
    closed = context.closed(work, sealed) if sealed else _NOBODY
    return groups, {one: details for one, details in facts.items() if one not in closed}


def _whole(members: Iterable[UUID], facts: Mapping[UUID, PersonDetails]) -> OnePerson:
    return one_person([Person(one, 0, facts[one]) for one in members if one in facts])
