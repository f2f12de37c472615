"""What a dispatch centre's export says of a call, before it is a record of ours."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from caseapp.domain.births import Birth
from caseapp.domain.calls import NarrativePart


class IncomingResponse(NamedTuple):
    """One unit sent to the call; instants in UTC. `model` is empty where the layout says nothing of it."""

    call_sign: str
    dispatched_at: datetime | None = None
    enroute_at: datetime | None = None
    on_scene_at: datetime | None = None
    cleared_at: datetime | None = None
    model: str = ""


class IncomingPerson(NamedTuple):
    """Somebody whom the export names on the call."""

    part: str
    name: str
    birth: Birth | None = None
    phone: str = ""
    age: int | None = None
    description: str = ""
    """How somebody looks whose name was not known."""


class IncomingNote(NamedTuple):
    """One dated entry of the narrative, with the author's part."""

    text: str
    at: datetime | None = None
    part: NarrativePart = NarrativePart.UNKNOWN
    author: str = ""


class IncomingCall(NamedTuple):
    """The canonical call of an import, plain and immutable because an import makes many.

    Instants are in UTC. `received_is_day` says that only the day is known: `received_at` is then the
    first instant of that day in the centre's zone or a later time of the call, and no duration may be
    computed from it. Where the row has no date at all, the call was received at some time between
    `received_at` and `received_until`, the span of its file. `told_at` is when the centre last wrote what
    is said here, where it says so: an older word never takes the place of a newer one.
    """

    number: str
    received_at: datetime
    received_is_day: bool = False
    received_until: datetime | None = None
    source: str = ""
    entered_at: datetime | None = None
    dispatched_at: datetime | None = None
    enroute_at: datetime | None = None
    on_scene_at: datetime | None = None
    engaged_at: datetime | None = None
    cleared_at: datetime | None = None
    type_initial_code: str = ""
    type_initial_text: str = ""
    type_code: str = ""
    type_text: str = ""
    priority: str = ""
    disposition_code: str = ""
    disposition: str = ""
    end_point: str = ""
    reasons: tuple[str, ...] = ()
    agency: str = ""
    place: str = ""
    cross_street: str = ""
    city: str = ""
    zip: str = ""
    latitude: float | None = None
    longitude: float | None = None
    district: str = ""
    call_taker: str = ""
    dispatcher: str = ""
    duplicate_of: str = ""
    told_at: datetime | None = None
    narrative: str = ""
    source_row: int = 0
    responses: tuple[IncomingResponse, ...] = ()
    people: tuple[IncomingPerson, ...] = ()
    notes: tuple[IncomingNote, ...] = ()


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that could not become a call, kept as it was so that it can be mended and sent again."""

    row: int
    reason: str
    raw: tuple[str, ...]
