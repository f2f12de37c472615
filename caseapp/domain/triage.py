"""Triage: who of last night's calls is taken up, on which grounds, by whom, and how long ago the call was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

from caseapp.domain.calls import NOT_POLICE, Model
from caseapp.domain.errors import CaseAppError


class State(Enum):
    """Where an encounter stands in triage; what waits is new, handed over by somebody, or taken."""

    NEW = "new"
    HANDED = "handed"
    TAKEN = "taken"
    CASE = "case"
    MERGED = "merged"
    DECLINED = "declined"
    SEEN = "seen"

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to decide; taken waits until it is known who the person is."""
        return self in (State.NEW, State.HANDED, State.TAKEN)


_STANDS = {
    State.NEW: "it waits as a new one",
    State.HANDED: "it was handed to triage",
    State.TAKEN: "it was taken up",
    State.CASE: "a case was opened",
    State.MERGED: "it is in an open case",
    State.DECLINED: "it was declined",
    State.SEEN: "it is not in the queue",
}


class Standing(NamedTuple):
    """Where an encounter stands, with the words and the worker of its last decision."""

    state: State
    note: str = ""
    taken_by: UUID | None = None


class Ground(Enum):
    """Why an encounter is in the queue, gravest first."""

    SAFETY = "safety"
    HANDED = "handed"
    REPEAT = "repeat"
    WISH = "wish"
    DISPOSITION = "disposition"
    MODEL = "model"


class AlreadyDecided(CaseAppError):
    """Somebody took, merged or declined it meanwhile."""

    code = "triage.already-decided"


class ReasonMissing(CaseAppError):
    """Declining says why, because a person is left without follow-up."""

    code = "triage.reason-missing"


class NobodyLinked(CaseAppError):
    """Merging needs to know who the person is."""

    code = "triage.nobody-linked"


class NoOpenCase(CaseAppError):
    """There is no open case to merge into."""

    code = "triage.no-open-case"


class HasOpenCase(CaseAppError):
    """The person is in an open case already: the call is merged into it."""

    code = "triage.has-open-case"


class HoursOutOfRange(CaseAppError):
    """Targets go from an hour to four weeks, the time new calls stand in the queue to a year."""

    code = "triage.hours-out-of-range"


class HoursUnreadable(CaseAppError):
    """What was typed is no number of hours."""

    code = "triage.hours-unreadable"


def hours_of(text: str) -> int:
    """Hours as they are typed; raises HoursUnreadable. The range is judged with the rules."""
    plain = text.strip()
    if not (plain.isascii() and plain.isdecimal()):
        raise HoursUnreadable()
    return int(plain)


@dataclass(frozen=True, slots=True)
class Rules:
    """The agency's own rules of the queue; every one that is met is a ground.

    A call whose units nobody recorded counts as met by model, so that nobody is dropped unseen. `protocol` is
    the code of the one that starts when somebody is taken up; empty plans one first contact alone.
    """

    models: frozenset[str] = frozenset(one.value for one in (*NOT_POLICE, Model.UNKNOWN))
    dispositions: frozenset[str] = frozenset({"crisis-center", "sobering", "shelter", "respite"})
    wishes: frozenset[str] = frozenset({"yes"})
    repeat: bool = True
    safety: bool = True
    within_hours: int = 48
    contact_within_hours: int = 24
    protocol: str = "first-contact"

    def stored(self) -> dict[str, Any]:
        """As a setting keeps it."""
        return {
            "models": sorted(self.models),
            "dispositions": sorted(self.dispositions),
            "wishes": sorted(self.wishes),
            "repeat": self.repeat,
            "safety": self.safety,
            "within_hours": self.within_hours,
            "contact_within_hours": self.contact_within_hours,
            "protocol": self.protocol,
        }

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Rules":
        """Read back what was kept, or what a file says; what is not said stays as shipped."""
        known = {name: stored[name] for name in cls.__dataclass_fields__ if name in stored}
        for name in ("models", "dispositions", "wishes"):
            if name in known:
                known[name] = frozenset(known[name])
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody met on a call, as the queue shows it; `grounds` say why they stand there."""

    encounter_id: UUID
    call_id: UUID
    person_id: UUID | None
    name: str
    call_number: str
    type_text: str
    place: str
    received_at: datetime
    follow_up_wished: str
    state: State = State.NEW
    note: str = ""
    models: tuple[str, ...] = ()
    outcome: str = ""
    is_unsafe: bool = False
    calls_lately: int = 0
    taken_by: UUID | None = None
    taken_by_name: str = ""
    open_case: str = ""
    grounds: tuple[Ground, ...] = ()
    is_sealed: bool = False
    is_unknown: bool = False
    """Whether the person has a record and no name yet."""

    @property
    def standing(self) -> Standing:
        """How it stands in the queue, for a decision that is made upon it."""
        return Standing(self.state, self.note, self.taken_by)

    def waits(self, now: datetime) -> timedelta:
        """How long ago the call came in: the clock that everybody sees."""
        return now - self.received_at


@dataclass(frozen=True, slots=True)
class Load:
    """What a member of staff carries, shown where something more is given to them."""

    staff_id: UUID
    name: str
    role: str
    open_cases: int
    overdue: int
    this_week: int
    is_away: bool = False


def grounds(one: Arrival, rules: Rules, *, repeat_threshold: int) -> tuple[Ground, ...]:
    """Every rule of the agency that this encounter meets; none keeps it out of the queue."""
    by_model = not one.models or bool(rules.models.intersection(one.models))
    met = {
        Ground.SAFETY: rules.safety and one.is_unsafe,
        Ground.HANDED: one.state in (State.HANDED, State.TAKEN),
        Ground.REPEAT: rules.repeat and one.calls_lately >= repeat_threshold,
        Ground.WISH: one.follow_up_wished in rules.wishes,
        Ground.DISPOSITION: one.outcome in rules.dispositions,
        Ground.MODEL: by_model,
    }
    return tuple(ground for ground in Ground if met[ground])


def queue(arrivals: Iterable[Arrival], rules: Rules, *, repeat_threshold: int) -> list[Arrival]:
    """Who waits, gravest ground first and then by the clock of the call, oldest first."""
    found = [
        replace(one, grounds=met)
        for one in arrivals
        if (met := grounds(one, rules, repeat_threshold=repeat_threshold))
    ]
    order = list(Ground)
    return sorted(found, key=lambda one: (order.index(one.grounds[0]) > 1, one.received_at))


def check_waiting(state: State) -> None:
    """Raise AlreadyDecided unless somebody still has to decide."""
    if not state.is_waiting:
        raise AlreadyDecided(state=_STANDS[state])


def check_untaken(state: State) -> None:
    """Raise AlreadyDecided where somebody took it up or decided: nobody undoes that for them."""
    if state not in (State.NEW, State.HANDED, State.SEEN):
        raise AlreadyDecided(state=_STANDS[state])


def check_handing(state: State, *, seen: State) -> None:
    """Raise AlreadyDecided where somebody took it up or decided since a screen showed how it stands."""
    if state is not seen:
        check_untaken(state)


def check_as_seen(now: Standing, *, seen: Standing) -> None:
    """Raise AlreadyDecided where it does not stand any more as it was read, or as a decision left it."""
    if now != seen:
        raise AlreadyDecided(state=_STANDS[now.state])


def check_reason(reason: str) -> str:
    """The words of a refusal; raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing()
    return reason.strip()


def check_rules(rules: Rules) -> None:
    """Raise HoursOutOfRange."""
    if not (1 <= rules.within_hours <= 24 * 365 and 1 <= rules.contact_within_hours <= 24 * 28):
        raise HoursOutOfRange()


def clock_words(waits: timedelta) -> str:
    """How long ago the call was: "40 min", "7 h", "3 days"."""
    minutes = max(0, int(waits.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"
