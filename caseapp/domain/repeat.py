"""Repeat contact: calls within windows of days, for one person, for all, and for places; one rule for all."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from math import ceil, inf
from typing import NamedTuple
from zoneinfo import ZoneInfo

from caseapp.domain.call_filters import Written, since
from caseapp.domain.named_places import NamedPlace, named_at
from caseapp.domain.places import city_of, compared_city, read_place

WINDOWS = (7, 30, 90, 365)
"""Days looked back, in order."""

TOP_SHARE = 0.01
"""The people with most calls whose share of all calls is told."""

OFTEN = (1, 2, 3, 5, 10)
"""From how many calls on people are counted together, each up to the next."""


@dataclass(frozen=True, slots=True)
class RepeatContact:
    """Calls within each window of WINDOWS, the present instant included."""

    counts: tuple[int, ...]

    def within(self, days: int) -> int:
        """Calls within one of the windows."""
        return self.counts[WINDOWS.index(days)]


class PlaceCalls(NamedTuple):
    """A place with its calls in a window, and how many people were met there."""

    place: str
    calls: int
    people: int
    spellings: tuple[Written, ...] = ()
    """As calls write it, each way once."""


class OnePlace(NamedTuple):
    """Calls of one place in all its spellings, under the name it has or as most of them write it."""

    name: str
    city: str
    spelled: list[PlaceCalls]

    @property
    def calls(self) -> int:
        """How many there are."""
        return sum(one.calls for one in self.spelled)


@dataclass(frozen=True, slots=True)
class Concentration:
    """How many of all calls are those of the few people with most; one with several counts for each."""

    people: int
    calls: int
    top_people: int
    top_calls: int

    @property
    def percent(self) -> float:
        """Their share of all calls, 0 to 100."""
        return 100 * self.top_calls / self.calls if self.calls else 0.0


class Often(NamedTuple):
    """The people with `least` to `most` calls each in a window (None: or more), and all their calls."""

    least: int
    most: int | None
    people: int
    calls: int


def by_place(every: Iterable[PlaceCalls], named: Iterable[NamedPlace]) -> list[OnePlace]:
    """Put calls of one place together; each of `every` has one spelling.

    Who writes no city means the one that others tell with that address; where they tell several, none.
    """
    called: dict[str, list[NamedPlace]] = {}
    for place in named:
        for key in place.keys:
            called.setdefault(key, []).append(place)
    found: dict[NamedPlace, list[PlaceCalls]] = {}
    others: dict[str, dict[str, list[PlaceCalls]]] = {}
    for one in every:
        text, city = one.spellings[0]
        address = read_place(text)
        key = address.key if address else text
        if (at := named_at(called.get(key, ()), text, city)) is not None:
            found.setdefault(at, []).append(one)
        else:
            said = city_of(address, city) if address else compared_city(city)
            others.setdefault(key, {}).setdefault(said, []).append(one)
    put = [OnePlace(at.name, at.city or at.said_city, spelled) for at, spelled in found.items()]
    for cities in others.values():
        if len(cities) == 2 and "" in cities:
            cities = {"": [one for each in cities.values() for one in each]}
        for spelled in cities.values():
            most = max(spelled, key=lambda one: one.calls)
            put.append(OnePlace(most.place, most.spellings[0].city, spelled))
    return put


def told_apart(places: Sequence[OnePlace]) -> list[str]:
    """What each is called in a list, with its city where another one in it is called so too."""
    often = Counter(one.name.casefold() for one in places)
    return [
        f"{one.name}, {one.city}" if one.city and often[one.name.casefold()] > 1 else one.name
        for one in places
    ]


def repeat_contact(received: Sequence[datetime], *, now: datetime, zone: ZoneInfo) -> RepeatContact:
    """Count calls received in the last 7, 30, 90 and 365 days; what lies ahead of `now` is not counted."""
    begins = [since(days, now=now, zone=zone) for days in WINDOWS]
    return RepeatContact(tuple(sum(after < at <= now for at in received) for after in begins))


def concentration(calls_each: Iterable[int], *, share: float = TOP_SHARE) -> Concentration:
    """The share of calls from the top of the people, at least one person, by their calls in one window."""
    counts = sorted((count for count in calls_each if count), reverse=True)
    top = ceil(len(counts) * share)
    return Concentration(len(counts), sum(counts), top, sum(counts[:top]))


def by_often(calls_each: Iterable[int]) -> tuple[Often, ...]:
    """People of as many calls together, see OFTEN: nobody is left out who has a call."""
    counts = [count for count in calls_each if count]
    found = []
    for least, after in zip_longest(OFTEN, OFTEN[1:]):
        these = [count for count in counts if least <= count < (after or inf)]
        found.append(Often(least, after and after - 1, len(these), sum(these)))
    return tuple(found)
