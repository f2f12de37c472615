"""Ranks the stored people whom somebody may be: by keys first, then by what all records of each say."""

from collections.abc import Collection, Iterable, Mapping, Sized
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any
from uuid import UUID

from caseapp.domain.matching.blocks import shared
from caseapp.domain.matching.frequencies import HOUSEHOLD, held_by, of_names, where_met
from caseapp.domain.matching.intake import AT_MOST, SHOWN, Ranked, rank
from caseapp.domain.matching.profile import Profile, joined, street
from caseapp.domain.one_person import OnePerson, one_person
from caseapp.domain.people import Person
from caseapp.services.context import Context
from caseapp.services.weights import Weights
from caseapp.store.person_facts import compared_of, details_of, is_sealed
from caseapp.store.search import AT_MOST_NEAR
from caseapp.store.unit_of_work import UnitOfWork

FURTHER = 8
"""How many times as many records are looked at where most of the first ones are of few people."""

_NOBODY: frozenset[UUID] = frozenset()


def nearest(
    context: Context,
    work: UnitOfWork,
    wanted: Profile,
    weights: Weights,
    *,
    prior: int = 0,
    at_most: int = AT_MOST,
    least: float = SHOWN,
    weighed_at_most: int = AT_MOST_NEAR,
    besides: AbstractSet[UUID] = _NOBODY,
    place: str = "",
) -> list[tuple[Ranked, OnePerson]]:
    """People whom the actor may open, likeliest first, with what is compared and shown of them, no more.

    `prior` is among how many to choose, if not among all of them; of those who share most with `wanted`
    only the first `weighed_at_most` are weighed, and more where those are the records of few people. `place`
    is where somebody is met, as it is written.
    """
    model, known = weights.of(work), weights.people(work)
    for number in (weighed_at_most, FURTHER * weighed_at_most):
        near = work.search.near(wanted, known=known, at_most=number)
        groups, kept = _open_content(context, work, [one for one in near.people if one not in besides])
        if are_enough({groups[one] for one in groups.keys() & kept.keys()}, near.people, number):
            break
    counts = weights.name_counts(work, wanted, near.counted)
    frequencies = of_names(model.frequencies, model.u, counts, known)
    for at in wanted.streets:
        met = work.search.met_at(place)
        frequencies = where_met(frequencies, model.u, at, met=met, people=known)
    for kind, value, key in shared(wanted):
        held = _people_with(work, key)
        frequencies = held_by(frequencies, model.u, kind, value, held=held, people=known)
    ranked = rank(
        wanted,
        _people(work, groups, kept, with_places=bool(wanted.streets)),
        model.counting(frequencies),
        known=prior or known,
        at_most=at_most,
        least=least,
        unheard={word for word, number in counts.items() if not number},
    )
    return [(one, _whole(groups[one.person_id], kept)) for one in ranked]


def are_enough(people: Sized, records: Sized, at_most: int) -> bool:
    """Whether to look no further: there are no more records, or they are of half as many people as asked for.

    Somebody with fifty linked records, or fifty who are sealed, would else leave no room for anybody.
    """
    return len(records) < at_most or 2 * len(people) >= at_most


def listed(context: Context, work: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, OnePerson]:
    """Those whom the actor may open, with what a line of a list shows of all their records, no more."""
    groups, kept = _open_content(context, work, ids)
    open_ = {one: members for one, members in groups.items() if one in kept}
    whole = {members: _whole(members, kept) for members in set(open_.values())}
    return {one: whole[members] for one, members in open_.items()}


def _open_content(
    context: Context, work: UnitOfWork, ids: Collection[UUID]
) -> tuple[dict[UUID, frozenset[UUID]], dict[UUID, list[Any]]]:
    """Who is linked with these, and what is kept to compare and list of all records the actor may open."""
    kept, linked = work.known.candidates(ids)
    groups = {one: frozenset((one,)) for one in kept}
    if linked:
        groups |= work.links.groups(linked)
        kept |= work.known.candidates(frozenset().union(*groups.values()) - kept.keys())[0]
    sealed = [one for one, content in kept.items() if is_sealed(content)]
    if sealed:
        closed = context.closed(work, sealed)
        kept = {one: content for one, content in kept.items() if one not in closed}
    return groups, kept


def _people_with(work: UnitOfWork, key: str) -> int:
    """How many people have a key; those with linked records count once, of very many by what some show."""
    records = work.search.records_with(key)
    if records <= HOUSEHOLD:
        return records
    some = work.search.some_with(key)
    return records * len(set(work.links.groups(some).values())) // len(some)


def _people(
    work: UnitOfWork,
    groups: Mapping[UUID, frozenset[UUID]],
    kept: Mapping[UUID, list[Any]],
    *,
    with_places: bool,
) -> list[tuple[UUID, Profile]]:
    """Each person once, by the record that was found first, with what all their records say to compare."""
    records = {one: compared_of(content) for one, content in kept.items()}
    if with_places:
        records = _with_places_met_at(work, records)
    first: dict[frozenset[UUID], UUID] = {}
    for one, members in groups.items():
        if one in records:
            first.setdefault(members, one)
    return [
        (one, joined([records[each] for each in sorted(members) if each in records]))
        for members, one in first.items()
    ]


def _with_places_met_at(work: UnitOfWork, records: Mapping[UUID, Profile]) -> dict[UUID, Profile]:
    """The places of the calls on which each was met are theirs too."""
    met_at = work.search.places_of(set(records))
    return {
        one: replace(
            profile,
            streets=tuple(dict.fromkeys((*profile.streets, *_streets(met_at.get(one, ()))))),
        )
        for one, profile in records.items()
    }


def _streets(places: Iterable[str]) -> Iterable[Any]:
    return (at for at in map(street, places) if at.words or at.number)


def _whole(members: Iterable[UUID], kept: Mapping[UUID, list[Any]]) -> OnePerson:
    return one_person([Person(one, 0, details_of(kept[one])) for one in members if one in kept])
