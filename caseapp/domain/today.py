"""Rows of the home page."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewFromCalls:
    """Somebody met on a recent call whom nobody has taken up yet."""

    encounter_id: UUID
    call_id: UUID
    person_id: UUID | None
    name: str
    call_number: str
    type_text: str
    place: str
    received_at: datetime
    follow_up_wished: str


@dataclass(frozen=True, slots=True)
class WaitingOn:
    """An agency that owes answers."""

    to_name: str
    count: int
    oldest_days: int
    appointment_on: date | None = None
