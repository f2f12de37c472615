"""The sample's open desk: its clock, its staff's services, and the events still to happen."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from caseapp.domain.calls import Model
from caseapp.domain.people import PersonDetails
from caseapp.domain.screening import Criterion
from caseapp.services.desk import Services

UNITS = (
    ("A1", "Alternative response 1", Model.ALTERNATIVE, True),
    ("A2", "Alternative response 2", Model.ALTERNATIVE, True),
    ("C2", "Clinician 2", Model.CO_RESPONSE_CALLED_IN, True),
    ("CR1", "Co-response car 1", Model.CO_RESPONSE, True),
    ("V1", "Video clinician", Model.CO_RESPONSE_VIRTUAL, True),
    ("M1", "Mobile crisis 1", Model.MOBILE_CRISIS, True),
    ("M2", "Mobile crisis 2", Model.MOBILE_CRISIS, True),
    ("P31", "Patrol 31, CIT", Model.CIT, False),
    ("P12", "Patrol 12", Model.POLICE, False),
    ("F1", "Follow-up team", Model.FOLLOW_UP, True),
)


class Clock:
    """The sample's own time, moved from event to event."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@dataclass(slots=True)
class Life:
    """One person of the sample as the story goes on."""

    details: PersonDetails
    number: int
    person_id: UUID | None = None
    worker: str = "dana"
    case_id: UUID | None = None


@dataclass(slots=True)
class Desk:
    """The open sample with services for each member of staff."""

    clock: Clock
    random: Random
    now: datetime
    zone: ZoneInfo
    admin: Services
    by_login: dict[str, Services] = field(default_factory=dict)
    staff_ids: dict[str, UUID] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    service_ids: list[UUID] = field(default_factory=list)
    events: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    counter: int = 0
    criteria: list[Criterion] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The agency's day at the end of the story."""
        return self.day_of(self.now)

    def day_of(self, moment: datetime) -> date:
        """The agency's day of a moment."""
        return moment.astimezone(self.zone).date()

    def at(self, moment: datetime, do: Callable[[], None]) -> None:
        """Remember something to do at a moment; what lies ahead of now is not done."""
        if moment <= self.now:
            self.counter += 1
            heapq.heappush(self.events, (moment, self.counter, do))

    def run(self) -> None:
        """Do everything in order of time, also what doing it adds."""
        while self.events:
            moment, _number, do = heapq.heappop(self.events)
            self.clock.at = max(self.clock.at, moment)
            do()
        self.clock.at = self.now
