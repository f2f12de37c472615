"""Rows of the home page."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class WaitingOn:
    """An agency that owes answers."""

    to_name: str
    count: int
    oldest_days: int
    appointment_on: date | None = None
