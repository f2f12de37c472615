"""Units and who is on them: models, credentials, CIT training, and whether a crew fits its unit's model."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from caseapp.domain.calls import Model
from caseapp.domain.errors import CaseAppError

CIT_HOURS = 40
"""Hours of the CIT curriculum (the Memphis model, as the field counts officers trained)."""

_UNTIL = re.compile(r"\s+until\s+(\S+)\s*$", re.IGNORECASE)
_OFFICER = "officer"
_TOGETHER = (Model.CO_RESPONSE, Model.CO_RESPONSE_CALLED_IN, Model.CO_RESPONSE_VIRTUAL)


class CallSignMissing(CaseAppError):
    code = "unit.call-sign-missing"


class CallSignTaken(CaseAppError):
    """Another unit has this call sign."""

    code = "unit.call-sign-taken"


class NameMissing(CaseAppError):
    code = "responder.name-missing"


class HoursMissing(CaseAppError):
    code = "responder.hours-missing"


class ShiftBackwards(CaseAppError):
    """A shift ends after it began, within two days."""

    code = "shift.backwards"


class NobodyOnShift(CaseAppError):
    code = "shift.nobody"


@dataclass(frozen=True, slots=True)
class UnitDetails:
    """A unit as Setup says it."""

    call_sign: str
    name: str = ""
    model: Model = Model.UNKNOWN
    agency: str = ""
    is_ours: bool = False
    retired_on: date | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A stored unit."""

    id: UUID
    version: int
    details: UnitDetails


@dataclass(frozen=True, slots=True)
class Credential:
    """A licence or certificate, and the last day on which it holds."""

    name: str
    until: date | None = None

    @property
    def words(self) -> str:
        """As it is typed and shown."""
        return f"{self.name} until {self.until.isoformat()}" if self.until else self.name


@dataclass(frozen=True, slots=True)
class ResponderDetails:
    """Somebody who answers calls; apart from staff, who sign in."""

    name: str
    discipline: str = ""
    agency: str = ""
    credentials: tuple[Credential, ...] = ()
    languages: tuple[str, ...] = ()
    is_armed: bool = False
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Training:
    """A CIT course that somebody took."""

    on: date
    hours: int
    refresher_due: date | None = None


@dataclass(frozen=True, slots=True)
class Responder:
    """A stored responder with the courses taken, the newest first."""

    id: UUID
    version: int
    details: ResponderDetails
    trainings: tuple[Training, ...] = ()

    def is_cit(self, on: date) -> bool:
        """Whether the whole curriculum was taken by a day and no refresher is overdue on it."""
        taken = [one for one in self.trainings if one.on <= on]
        due = taken[0].refresher_due if taken else None
        return sum(one.hours for one in taken) >= CIT_HOURS and (due is None or due >= on)


@dataclass(frozen=True, slots=True)
class Shift:
    """Who is on a unit from an instant to another."""

    id: UUID
    unit_id: UUID
    from_at: datetime
    to_at: datetime
    members: tuple[UUID, ...] = ()


def check_unit(details: UnitDetails) -> None:
    """Raise CallSignMissing."""
    if not details.call_sign.strip():
        raise CallSignMissing(field="call_sign")


def check_responder(details: ResponderDetails) -> None:
    """Raise NameMissing."""
    if not details.name.strip():
        raise NameMissing(field="name")


def check_training(training: Training) -> None:
    """Raise HoursMissing."""
    if training.hours < 1:
        raise HoursMissing(field="hours")


def check_shift(from_at: datetime, to_at: datetime, members: Sequence[UUID]) -> None:
    """Raise ShiftBackwards or NobodyOnShift."""
    if not from_at < to_at or (to_at - from_at).days >= 2:
        raise ShiftBackwards(field="to")
    if not members:
        raise NobodyOnShift(field="members")


def warnings(model: Model, crew: Sequence[Responder], *, on: date) -> tuple[str, ...]:
    """What of a crew does not fit its unit's model on a day, a sentence each; it is told, never forbidden.

    An alternative response team has two or more, none armed and none police; a co-responder unit has an
    officer and somebody who is not one; a CIT unit has an officer whose training holds.
    """
    officers = [one for one in crew if one.details.discipline == _OFFICER]
    found = []
    if model is Model.ALTERNATIVE:
        found += ["An alternative response team has two or more."] if len(crew) < 2 else []
        armed = [one.details.name for one in crew if one.details.is_armed]
        found += [f"{_and(armed)} carries a weapon; nobody on this team does."] if armed else []
        found += ["An officer is on a team without police."] if officers else []
    elif model in _TOGETHER:
        found += [] if officers else ["A co-responder unit has an officer."]
        found += [] if len(officers) < len(crew) else ["A co-responder unit has somebody who is no officer."]
    elif model is Model.MOBILE_CRISIS and len(officers) == len(crew):
        found.append("A mobile crisis team has somebody who is no officer.")
    elif model is Model.CIT and not any(one.is_cit(on) for one in officers):
        found.append("No officer on it has CIT training that holds on that day.")
    return (*found, *_expired(crew, on))


def _expired(crew: Iterable[Responder], on: date) -> list[str]:
    return [
        f"{one.details.name}: {credential.name} ended {credential.until.isoformat()}."
        for one in crew
        for credential in one.details.credentials
        if credential.until is not None and credential.until < on
    ]


def read_credentials(text: str) -> tuple[Credential, ...]:
    """A credential a line, with "until 2027-05-01" behind it where it ends; raises ValueError."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        ends = _UNTIL.search(line)
        name = line[: ends.start()].strip() if ends else line
        found.append(Credential(name, date.fromisoformat(ends[1]) if ends else None))
    return tuple(found)


def _and(names: Sequence[str]) -> str:
    return " and ".join(names)
