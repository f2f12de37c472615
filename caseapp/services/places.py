"""Places of calls: what happened at one before and near it, and what responders should know of it."""

from dataclasses import dataclass, replace
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.call_filters import CallFilter, Mark, Written
from caseapp.domain.calls import Call, CallLine
from caseapp.domain.changes import Change, Kind
from caseapp.domain.named_places import NamedPlace, checked, named_at
from caseapp.domain.place_notes import NOTHING_NOTED, NoPlace, NoteEmpty, PlaceNote
from caseapp.domain.places import (
    beginnings,
    city_of,
    compared_city,
    could_be_there,
    is_near,
    place_key,
    read_place,
)
from caseapp.services.context import Service, verb
from caseapp.store.unit_of_work import UnitOfWork

EARLIER, NEARBY = 50, 5
"""Calls at the place, and near it, that are listed at most."""


@dataclass(frozen=True, slots=True)
class AtPlace:
    """Calls before one at its place and near it, the newest first, what it is called, and the note on it."""

    here: tuple[CallLine, ...] = ()
    near: tuple[CallLine, ...] = ()
    note: PlaceNote = NOTHING_NOTED
    named: NamedPlace | None = None
    spellings: tuple[Written, ...] = ()
    """The place as this call and those on record write it."""


class PlaceService(Service):
    """Notes on places, and places with names."""

    @verb(Right.SEE_CALLS)
    def named(self) -> list[NamedPlace]:
        """Every place with a name, by its name."""
        with self._context.read("place.list") as work:
            return work.places.named()

    @verb(Right.CHANGE_CALLS)
    def add_named(self, *, place: NamedPlace) -> UUID:
        """Give a place a name; raises NameMissing, NameUnread, NoteEmpty or NameTaken."""
        with self._context.write("place.add") as work:
            made = checked(replace(place, id=None), work.places.named())
            place_id = work.places.add_named(made, today=self._context.today())
            work.commit()
        return place_id

    @verb(Right.CHANGE_CALLS)
    def change_named(self, *, place: NamedPlace) -> Change:
        """Write a named place anew; raises what `add_named` raises, or StaleRecord."""
        with self._context.write("place.change") as work:
            made = checked(place, work.places.named())
            work.places.change_named(made, version=place.version, today=self._context.today())
            work.commit()
        return Change(frozenset({Kind.CALL}), record_id=place.id)

    @verb(Right.CHANGE_CALLS)
    def take_name(self, *, place_id: UUID, version: int) -> Change:
        """Nobody calls it by a name any more; its note stays with calls there. Raises StaleRecord."""
        with self._context.write("place.take-name") as work:
            work.places.take_name(place_id, version=version)
            work.commit()
        return Change(frozenset({Kind.CALL}), record_id=place_id)

    @verb(Right.CHANGE_CALLS)
    def put_note(self, *, place: str, city: str, note: PlaceNote) -> Change:
        """Say what responders should know of a place, for all its spellings; no words take it away.

        Raises NoPlace or NoteEmpty.
        """
        if not place_key(place, city):
            raise NoPlace()
        if note.until is not None and not note.text.strip():
            raise NoteEmpty(field="note")
        with self._context.write("place.note") as work:
            named = named_at(work.places.named(), place, city)
            key = named.key if named else place_key(place, city)
            told = replace(note, text=note.text.strip())
            work.places.put_note(key, place, city, told, today=self._context.today())
            work.commit()
        return Change(frozenset({Kind.CALL}))


def at_place(work: UnitOfWork, call: Call) -> AtPlace:
    """What is known of a call's place."""
    address = read_place(call.place)
    if address is None:
        return AtPlace(spellings=(Written(call.place, call.city),) if call.place else ())
    named = named_at(work.places.named(), call.place, call.city)
    keys = named.keys if named else frozenset({address.key})
    same, near = {Written(call.place, call.city)}, set[Written]()
    city = city_of(address, call.city) or (named.said_city if named else "")
    texts = (call.place, *named.texts) if named else (call.place,)
    ways = [found for text in texts if (found := read_place(text))]
    could = could_be_there(ways)
    for one in work.places.spellings(sorted({one for each in texts for one in beginnings(each)})):
        if not could(one.place) or (city and compared_city(one.city) not in ("", city)):
            continue
        other = read_place(one.place)
        if other is None or (city and city_of(other, one.city) not in ("", city)):
            continue
        if other.key in keys:
            same.add(one)
        elif any(is_near(at, other) for at in ways):
            near.add(one)
    mark = Mark(call.received_at, call.id)

    def before(places: set[Written], limit: int) -> tuple[CallLine, ...]:
        where = CallFilter(places=tuple(sorted(places)))
        return tuple(work.calls.page(where, behind=mark, limit=limit)) if places else ()

    note = named.note if named else work.places.note(place_key(call.place, call.city))
    return AtPlace(
        before(same, EARLIER), before(near, NEARBY), note or NOTHING_NOTED, named, tuple(sorted(same))
    )
