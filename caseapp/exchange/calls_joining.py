"""Rows of one call that stand apart in a file: held until the last one has come, then joined into one."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from caseapp.domain.dispatch import IncomingCall
from caseapp.exchange.calls_columns import among
from caseapp.exchange.layouts import TIMES

_FEW = 32
"""Rows of one call that are kept apart before they are joined."""

_TEXTS = (
    "source",
    "type_initial_code",
    "type_initial_text",
    "type_code",
    "type_text",
    "priority",
    "disposition_code",
    "disposition",
    "end_point",
    "agency",
    "place",
    "cross_street",
    "city",
    "district",
    "call_taker",
    "dispatcher",
    "duplicate_of",
    "narrative",
)


class Gathering:
    """Holds the rows of a call until its last one has come."""

    def __init__(self, shared: dict[int, int], room: int) -> None:
        self._shared, self._room = shared, room
        self._waiting: dict[int, list[IncomingCall]] = {}
        self._left: dict[int, int] = {}
        self._held = 0
        self.now: set[int] = set()
        self.later: set[int] = set()

    def turn(self) -> None:
        """Begin the next pass with what was put off."""
        self.now, self.later = self.later, set()

    def take(self, numbers: Sequence[str], calls: Sequence[IncomingCall | None]) -> list[IncomingCall]:
        """Calls that are whole now, of rows with these numbers; None stands for a rejected row."""
        if not self._shared:
            return [call for call in calls if call is not None]
        ready: list[IncomingCall] = []
        for number, call in zip(numbers, calls, strict=True):
            key = hash(number)
            if key not in self._shared:
                if call is not None:
                    ready.append(call)
            elif self._holds(key):
                if call is not None:
                    self._hold(key, call)
                self._left[key] -= 1
                if not self._left[key]:
                    ready += self._whole(key)
        return ready

    def rest(self) -> list[IncomingCall]:
        """What still waits at the end of a pass: nothing, unless two passes saw different rows."""
        return [call for key in list(self._waiting) for call in self._whole(key)]

    def _holds(self, key: int) -> bool:
        """Whether the rows of this number are held in this pass; beyond the room they wait for the next."""
        if key in self._waiting:
            return True
        if key in self.later:
            return False
        if self._held >= self._room:
            self.later.add(key)
            return False
        self._waiting[key], self._left[key] = [], self._shared[key]
        return True

    def _hold(self, key: int, call: IncomingCall) -> None:
        """Keep a row, and join what is kept where a number has rows without end."""
        held = self._waiting[key]
        held.append(call)
        self._held += 1
        if len(held) > _FEW + 2 * len(held[0].responses):
            self._waiting[key] = _one_per_number(held)
            self._held -= len(held) - len(self._waiting[key])

    def _whole(self, key: int) -> list[IncomingCall]:
        held = self._waiting.pop(key)
        del self._left[key]
        self._held -= len(held)
        return _one_per_number(held)


def _one_per_number(calls: list[IncomingCall]) -> list[IncomingCall]:
    """Join rows of one number: the first row's facts, every row's unit, the earliest of each time."""
    groups: defaultdict[str, list[IncomingCall]] = defaultdict(list)
    for call in calls:
        groups[call.number].append(call)
    return [group[0] if len(group) == 1 else _joined(group) for group in groups.values()]


def _joined(group: list[IncomingCall]) -> IncomingCall:
    first = group[0]
    units = {unit.call_sign: unit for call in reversed(group) for unit in call.responses}
    responses = tuple(units[sign] for sign in dict.fromkeys(u.call_sign for c in group for u in c.responses))
    people = tuple(dict.fromkeys(person for call in group for person in call.people))
    filled = {name: _first_filled(group, name) for name in _TEXTS}
    moments = {name: among(group, name, min) for name in TIMES}
    moments["cleared_at"] = among(group, "cleared_at", max)
    return first._replace(responses=responses, people=people, **filled, **moments)


def _first_filled(group: list[IncomingCall], name: str) -> Any:
    return next((value for call in group if (value := getattr(call, name))), "")
