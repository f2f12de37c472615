"""Repeat contact: who and which places come back, by window and by the agency's own threshold."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.call_filters import since
from caseapp.domain.repeat import (
    WINDOWS,
    Concentration,
    Often,
    OnePlace,
    PlaceCalls,
    RepeatContact,
    by_often,
    by_place,
    concentration,
    repeat_contact,
    told_apart,
)
from caseapp.services.context import Context, Service, verb
from caseapp.services.groups import open_groups
from caseapp.store.unit_of_work import UnitOfWork

_SPELLINGS = 20_000
"""Places as calls write them that are put together at most, those with the most calls."""


@dataclass(frozen=True, slots=True)
class RepeatPerson:
    """A person with their calls in every window."""

    id: UUID
    name: str
    calls: RepeatContact
    last_at: datetime


@dataclass(frozen=True, slots=True)
class RepeatPage:
    """People and places at or above the threshold within a window, the most calls first.

    `from_on` is the first of the days, today the last: a report from it on counts the same calls. `closed` is
    how many more people reports count, whose calls stand on records the actor may not open.
    """

    days: int
    from_on: date
    threshold: int
    people: tuple[RepeatPerson, ...]
    closed: int
    places: tuple[PlaceCalls, ...]
    concentration: Concentration
    often: tuple[Often, ...]


class RepeatService(Service):
    """Reads for the list of repeat contact; triage asks `contact_of`, and a person's record `calls_of`."""

    @verb(Right.SEE_PEOPLE)
    def page(self, *, days: int = 30) -> RepeatPage:
        """Who had as many calls as the threshold or more in the last days, one of WINDOWS, today with them.

        Somebody whose record the actor may not open counts in the share and in `closed`, and is not listed.
        """
        if days not in WINDOWS:
            raise ValueError(days)
        now = self._context.now()
        after = since(days, now=now, zone=self._context.zone)
        with self._context.read("repeat.page") as work:
            threshold = work.agency.get().repeat_threshold
            counts = _counts(work, after, now)
            often = [members for members, count in counts.items() if count >= threshold]
            linked = [members for members in counts if len(members) > 1]
            people = self._people(work, often, days, least=threshold)
            return RepeatPage(
                days=days,
                from_on=self._context.today() - timedelta(days=days - 1),
                threshold=threshold,
                people=people,
                closed=len(often) - len(people),
                places=_places(work, after, now, least=threshold, linked=linked),
                concentration=concentration(counts.values()),
                often=by_often(counts.values()),
            )

    def _people(
        self, work: UnitOfWork, groups: list[frozenset[UUID]], days: int, *, least: int
    ) -> tuple[RepeatPerson, ...]:
        """Who has so many calls by the records that the actor may open: the list that a number opens."""
        members = {one for group in groups for one in group}
        found, now = [], self._context.now()
        wholes = {whole.id: whole for whole in open_groups(self._context, work, members).values()}
        for id_, every in calls_of(self._context, work, wholes).items():
            times = [at for at in every if at <= now]
            calls = repeat_contact(times, now=now, zone=self._context.zone)
            if calls.within(days) >= least:
                found.append(RepeatPerson(id_, wholes[id_].display_name, calls, max(times)))
        return tuple(sorted(found, key=lambda one: (-one.calls.within(days), one.name)))


def contact_of(context: Context, work: UnitOfWork, people: Collection[UUID]) -> dict[UUID, RepeatContact]:
    """The calls of each of these people in every window, on the records that `calls_of` counts."""
    now, each = context.now(), calls_of(context, work, people)
    return {one: repeat_contact(at, now=now, zone=context.zone) for one, at in each.items()}


def calls_of(context: Context, work: UnitOfWork, people: Collection[UUID]) -> dict[UUID, list[datetime]]:
    """When the calls of each person came in, on all their records that the actor may open.

    So no number betrays that somebody has a sealed record too, and each number is that of the list it opens.
    Asked for by a sealed record itself, all records count: triage must not miss somebody who waits, and shows
    no number of theirs.
    """
    groups = work.links.groups(people)
    members = frozenset[UUID]().union(*groups.values())
    closed, met = context.closed(work, members), work.encounters.about(members)
    return {one: _together(met, group if one in closed else group - closed) for one, group in groups.items()}


def _together(met: dict[UUID, dict[UUID, datetime]], members: Collection[UUID]) -> list[datetime]:
    """When the calls of some records came in; a call on which several of them stand counts once."""
    calls: dict[UUID, datetime] = {}
    for one in members:
        calls |= met.get(one, {})
    return sorted(calls.values())


def _places(
    work: UnitOfWork, after: datetime, until: datetime, *, least: int, linked: Sequence[frozenset[UUID]]
) -> tuple[PlaceCalls, ...]:
    """Places with so many calls or more, in all spellings of an address and all names of a place.

    Whoever was met there under several `linked` records is one of the people of the place.
    """
    every = work.encounters.places_between(after, until, at_most=_SPELLINGS)
    often = [one for one in by_place(every, work.places.named()) if one.calls >= least]
    met = work.encounters.met_at({one for members in linked for one in members}, after, until)
    shown = []
    for name, at in zip(told_apart(often), often, strict=True):
        one = _as_one(work, name, at, after, until)
        there = set[UUID]().union(*(met.get(written, ()) for written in one.spellings))
        again = sum(max(0, len(members & there) - 1) for members in linked) if there else 0
        shown.append(one._replace(people=one.people - again))
    return tuple(sorted(shown, key=lambda one: (-one.calls, one.place)))


def _as_one(work: UnitOfWork, name: str, at: OnePlace, after: datetime, until: datetime) -> PlaceCalls:
    """A place with all its spellings, and everybody met there once."""
    places = tuple(written for one in at.spelled for written in one.spellings)
    is_one = len(at.spelled) == 1
    people = at.spelled[0].people if is_one else work.encounters.people_at(places, after, until)
    return PlaceCalls(name, at.calls, people, places)


def _counts(work: UnitOfWork, after: datetime, until: datetime) -> dict[frozenset[UUID], int]:
    """Calls of each person in a window, linked records as one."""
    each = work.encounters.counts(after, until)
    groups = work.links.groups(each)
    counts: dict[frozenset[UUID], int] = {}
    linked: set[frozenset[UUID]] = set()
    for person_id, count in each.items():
        members = groups[person_id]
        if len(members) == 1:
            counts[members] = count
        else:
            linked.add(members)
    met = work.encounters.about({one for members in linked for one in members})
    for members in linked:
        counts[members] = sum(after < at <= until for at in _together(met, members))
    return counts
