"""Places with a name: shelters, camps and others that people call by name, with an address or without one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from caseapp.domain.errors import CaseAppError
from caseapp.domain.place_notes import NOTHING_NOTED, NoteEmpty, PlaceNote
from caseapp.domain.places import city_of, compared_city, place_key, read_place


class NameMissing(CaseAppError):
    """A named place without a name."""

    code = "place.name-missing"


class NameUnread(CaseAppError):
    """Nothing of a named place that a call could be known by: other letters, or a number alone."""

    code = "place.name-unread"


class NameTaken(CaseAppError):
    """Another named place has this name or address already; raised with `name` of that one."""

    code = "place.taken"


@dataclass(frozen=True)
class NamedPlace:
    """What a place is called, where it is (an address, or words such as "under the bridge"), and its note."""

    name: str
    other_names: tuple[str, ...] = ()
    where: str = ""
    city: str = ""
    note: PlaceNote = NOTHING_NOTED
    id: UUID | None = None
    version: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the usual one first."""
        return (self.name, *self.other_names)

    @property
    def texts(self) -> tuple[str, ...]:
        """All that calls may write for it: its names and where it is."""
        return tuple(filter(None, (*self.names, self.where)))

    @property
    def key(self) -> str:
        """By which it is kept: that of its address, or of a name where it has none; empty if none is read."""
        keys = (place_key(text, self.city) for text in (self.where, *self.names))
        return next(filter(None, keys), "")

    @cached_property
    def keys(self) -> frozenset[str]:
        """What its names and its address are read as, without the city."""
        return frozenset(found.key for text in self.texts if (found := read_place(text)))

    @cached_property
    def said_city(self) -> str:
        """Its city as it is compared, which the address may tell."""
        found = read_place(self.where)
        return city_of(found, self.city) if found else compared_city(self.city)

    def is_at(self, place: str, city: str) -> bool:
        """Whether a call's place is this one; a city that is not told speaks against nothing."""
        found = read_place(place)
        if found is None or found.key not in self.keys:
            return False
        said = city_of(found, city)
        return not said or not self.said_city or said == self.said_city


def checked(place: NamedPlace, others: Iterable[NamedPlace]) -> NamedPlace:
    """The place as it is written; raises NameMissing, NameUnread, NoteEmpty or NameTaken."""
    names = tuple(dict.fromkeys(filter(None, (" ".join(one.split()) for one in place.other_names))))
    name = " ".join(place.name.split())
    note = replace(place.note, text=place.note.text.strip())
    made = replace(
        place,
        name=name,
        other_names=tuple(one for one in names if one.casefold() != name.casefold()),
        where=" ".join(place.where.split()),
        city=" ".join(place.city.split()),
        note=note,
    )
    if not name:
        raise NameMissing(field="name")
    if not made.key:
        raise NameUnread(field="name")
    if note.until is not None and not note.text:
        raise NoteEmpty(field="note")
    for other in others:
        if other.id != made.id and any(other.is_at(text, made.said_city) for text in made.texts):
            raise NameTaken(field="name", name=other.name)
    return made


def named_at(places: Iterable[NamedPlace], place: str, city: str) -> NamedPlace | None:
    """The named place that a call's place is, by any of its names or its address.

    None where no city is told and several are called so: which of them is meant nobody knows.
    """
    found = [one for one in places if one.is_at(place, city)]
    address = read_place(place) if found[1:] else None
    return None if not found or (address and not city_of(address, city)) else found[0]
