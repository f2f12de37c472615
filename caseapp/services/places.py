"""Places of calls: what happened at one before and near it, and what responders should know of it."""

from dataclasses import dataclass, replace

from caseapp.domain.access import Right
from caseapp.domain.call_filters import CallFilter, Mark
from caseapp.domain.calls import Call, CallLine
from caseapp.domain.changes import Change, Kind
from caseapp.domain.places import (
    NOTHING_NOTED,
    NoPlace,
    NoteEmpty,
    PlaceNote,
    beginnings,
    city_of,
    is_near,
    is_same,
    place_key,
    read_place,
)
from caseapp.services.context import Service, verb
from caseapp.store.unit_of_work import UnitOfWork

EARLIER, NEARBY = 50, 5
"""Calls at the place, and near it, that are listed at most."""


@dataclass(frozen=True, slots=True)
class AtPlace:
    """Calls before one at its place and near it, the newest first, and the note on the place."""

    here: tuple[CallLine, ...] = ()
    near: tuple[CallLine, ...] = ()
    note: PlaceNote = NOTHING_NOTED


class PlaceService(Service):
    """Notes on places."""

    @verb(Right.CHANGE_CALLS)
    def put_note(self, *, place: str, city: str, note: PlaceNote) -> Change:
        """Say what responders should know of a place, for all its spellings; no words take it away.

        Raises NoPlace or NoteEmpty.
        """
        key = place_key(place, city)
        if not key:
            raise NoPlace()
        if note.until is not None and not note.text.strip():
            raise NoteEmpty(field="note")
        with self._context.write("place.note") as work:
            work.places.put_note(key, place, city, replace(note, text=note.text.strip()))
            work.commit()
        return Change(frozenset({Kind.CALL}))


def at_place(work: UnitOfWork, call: Call) -> AtPlace:
    """What is known of a call's place."""
    address = read_place(call.place)
    if address is None:
        return AtPlace()
    same, near = {call.place}, set[str]()
    city = city_of(address, call.city)
    for text, where in work.places.spellings(beginnings(call.place)):
        other = read_place(text)
        if other is None or (city and city_of(other, where) not in ("", city)):
            continue
        if is_same(address, other):
            same.add(text)
        elif is_near(address, other):
            near.add(text)
    mark = Mark(call.received_at, call.id)

    def before(places: set[str], limit: int) -> tuple[CallLine, ...]:
        where = CallFilter(places=tuple(sorted(places)))
        return tuple(work.calls.page(where, behind=mark, limit=limit)) if places else ()

    return AtPlace(before(same, EARLIER), before(near, NEARBY), note_of(work, call))


def note_of(work: UnitOfWork, call: Call) -> PlaceNote:
    """The note on a call's place; an empty one where there is none."""
    key = place_key(call.place, call.city)
    return (work.places.note(key) if key else None) or NOTHING_NOTED
