"""What a later export of a known call changes: facts, units, their times, the narrative, the people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from caseapp.domain.dispatch import IncomingCall, IncomingNote, IncomingPerson, IncomingResponse
from caseapp.domain.names import phone_digits, tokens

APART = ("responses", "people", "narrative", "notes")
"""What of an incoming call are rows of their own."""

COMPARED = tuple(name for name in IncomingCall._fields if name not in ("number", "source_row", *APART))
"""The facts in which a later export can differ from what is stored."""

UNIT_TIMES = ("dispatched_at", "enroute_at", "on_scene_at", "cleared_at")

Changes = dict[str, tuple[Any, Any]]
"""Field -> (what is stored, what is said now)."""


@dataclass(frozen=True, slots=True)
class StoredUnit:
    """A unit that a call has already; `moments` in the order of UNIT_TIMES."""

    id: UUID
    call_sign: str
    moments: tuple[datetime | None, ...]


@dataclass(frozen=True, slots=True)
class StoredCall:
    """A call as it stands; `facts` gives the value of each compared field."""

    id: UUID
    version: int
    batch_id: UUID | None
    facts: Mapping[str, Any]
    units: tuple[StoredUnit, ...] = ()
    notes: frozenset[str] = frozenset()
    people: tuple[IncomingPerson, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A known call of which the export says something new."""

    stored: StoredCall
    facts: Changes = field(default_factory=dict)
    units: tuple[IncomingResponse, ...] = ()
    unit_times: dict[UUID, Changes] = field(default_factory=dict)
    narrative: str = ""
    notes: tuple[IncomingNote, ...] = ()
    people: tuple[IncomingPerson, ...] = ()

    @property
    def is_anything(self) -> bool:
        told = self.narrative or self.notes or self.people
        return bool(self.facts or self.units or self.unit_times or told)


def moved(stored: StoredCall, call: IncomingCall) -> Moved | None:
    """What the export says anew of a stored call; None where it says the same.

    What the centre wrote before what is stored adds what is missing, and overwrites nothing.
    """
    said_of = _missing if is_older(stored, call) else _all
    by_sign = {unit.call_sign: unit for unit in stored.units}
    fresh = tuple(one for one in call.responses if one.call_sign not in by_sign)
    later = {
        by_sign[one.call_sign].id: changes
        for one in call.responses
        if one.call_sign in by_sign and (changes := said_of(_times_said(by_sign[one.call_sign], one)))
    }
    found = Moved(
        stored,
        said_of(differences(stored.facts, call)),
        fresh,
        later,
        "" if call.narrative in stored.notes else call.narrative,
        tuple(one for one in call.notes if one.text not in stored.notes),
        added_people(stored.people, call.people),
    )
    return found if found.is_anything else None


def added_people(
    stored: Sequence[IncomingPerson], said: Sequence[IncomingPerson]
) -> tuple[IncomingPerson, ...]:
    """Whom a later export names besides those on the call, as many as it names more.

    Who is there under another spelling, or was written anew by the team, is not there twice.
    """
    more = len(said) - len(stored)
    if more <= 0:
        return ()
    pairs = [(_alike(one, other), n, m) for n, one in enumerate(said) for m, other in enumerate(stored)]
    there: dict[int, int] = {}
    for _likeness, n, m in sorted((pair for pair in pairs if pair[0]), key=lambda pair: -pair[0]):
        if n not in there and m not in there.values():
            there[n] = m
    return tuple(one for n, one in enumerate(said) if n not in there)[:more]


def _alike(one: IncomingPerson, other: IncomingPerson) -> int:
    """How much two descriptions say that they are of one person; 0 where nothing does."""
    words, others = (set(tokens(each.name or each.description)) for each in (one, other))
    if words == others and words:
        return 3
    is_same = (one.phone and phone_digits(one.phone) == phone_digits(other.phone)) or (
        one.birth is not None and one.birth == other.birth
    )
    return 2 if is_same else int(bool(words & others))


def differences(facts: Mapping[str, Any], call: IncomingCall) -> Changes:
    """Field -> (stored, said now), where a later export differs; an export's silence changes nothing.

    An exact time takes the place of a span of days, and a span never that of a time.
    """
    changes: Changes = {}
    for name in COMPARED:
        before, after = facts[name], getattr(call, name)
        if name == "reasons":
            before = tuple(before)
        if before != after and after not in (None, "", ()):
            changes[name] = (before, after)
    if call.received_until is not None:
        changes = {name: change for name, change in changes.items() if not name.startswith("received_")}
    elif facts["received_until"] is not None:
        changes["received_until"] = (facts["received_until"], None)
        if facts["received_is_day"] != call.received_is_day:
            changes["received_is_day"] = (facts["received_is_day"], call.received_is_day)
    elif "received_at" in changes and facts["received_is_day"] != call.received_is_day:
        changes["received_is_day"] = (facts["received_is_day"], call.received_is_day)
    if "received_is_day" in changes and "received_at" not in changes and "received_until" not in changes:
        del changes["received_is_day"]
    return changes


def is_older(stored: StoredCall, call: IncomingCall) -> bool:
    """Whether the centre wrote this before what is stored; where it does not say when, it did not."""
    known = stored.facts["told_at"]
    return call.told_at is not None and known is not None and call.told_at < known


def _missing(changes: Changes) -> Changes:
    """Of the changes those of what nobody has told yet."""
    return {name: (before, after) for name, (before, after) in changes.items() if before in (None, "", ())}


def _all(changes: Changes) -> Changes:
    return changes


def _times_said(stored: StoredUnit, said: IncomingResponse) -> Changes:
    pairs = zip(UNIT_TIMES, stored.moments, said[1:5], strict=True)
    return {name: (before, after) for name, before, after in pairs if after is not None and after != before}
