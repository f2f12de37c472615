"""Calls as a sheet for others: one row a call."""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

HEADER = ("number", "received", "type", "place", "disposition", "source_row")


class CallLine(NamedTuple):
    """What `export calls` writes of a call; `received_at` in UTC is shown in the agency's zone."""

    number: str
    received_at: datetime
    type_text: str
    place: str
    disposition: str
    source_row: int | None


def row(line: CallLine, zone: ZoneInfo) -> tuple[str, ...]:
    """What stands under the header of a call; times are ISO 8601 with their offset."""
    return (
        line.number,
        line.received_at.astimezone(zone).isoformat(timespec="seconds"),
        line.type_text,
        line.place,
        line.disposition,
        "" if line.source_row is None else str(line.source_row),
    )
