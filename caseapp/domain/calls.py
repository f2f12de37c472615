"""A call for service, who answered it and whom they met."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from uuid import UUID

from caseapp.domain.errors import CaseAppError


class Model(Enum):
    """Who answers a call: the models of response that the field tells apart."""

    ALTERNATIVE = "alternative-response"
    CO_RESPONSE = "co-response"
    CO_RESPONSE_CALLED_IN = "co-response-called-in"
    CO_RESPONSE_VIRTUAL = "co-response-virtual"
    MOBILE_CRISIS = "mobile-crisis"
    CIT = "cit"
    POLICE = "police-only"
    FOLLOW_UP = "follow-up-team"
    UNKNOWN = "unknown"


NOT_POLICE = frozenset(Model) - {Model.CIT, Model.POLICE, Model.UNKNOWN}
"""The models in which somebody other than police answers, alone or beside an officer."""


class Origin(Enum):
    """Whether the public asked for help or somebody on duty came upon it."""

    PUBLIC = "public-initiated"
    PROACTIVE = "proactive"
    UNKNOWN = "unknown"


PROACTIVE_SOURCES = frozenset({"officer", "team"})
"""Codes of the list of sources that are proactive work, counted apart from what the public asked for."""


class UnitRole(Enum):
    PRIMARY = "primary"
    BACK_UP = "back-up"
    FOLLOW_UP = "follow-up"


class NarrativePart(Enum):
    CALL_TAKER = "call-taker"
    DISPATCHER = "dispatcher"
    RESPONDER = "responder"
    OFFICER = "officer"
    UNKNOWN = "unknown"


class NumberTaken(CaseAppError):
    """Another call of the same dispatch centre already has this number; `field` is the form's."""

    code = "call.number-taken"


@dataclass(frozen=True, slots=True)
class CallNote:
    """One entry of the narrative with its author's part."""

    text: str
    at: datetime | None = None
    part: NarrativePart = NarrativePart.UNKNOWN
    author: str = ""


@dataclass(frozen=True, slots=True)
class BackUp:
    """Help that a unit asked for: what, when, by whom, why, and whether it came (None: not recorded)."""

    what: str = ""
    asked_at: datetime | None = None
    asked_by: str = ""
    reason: str = ""
    has_arrived: bool | None = None


@dataclass(frozen=True, slots=True)
class CoResponse:
    """How police and the alternative responder came to be there together."""

    arrived_as: str = ""
    officer: str = ""
    clinician: str = ""
    called_in_at: datetime | None = None
    called_in_by: str = ""


@dataclass(frozen=True, slots=True)
class VideoSession:
    """A clinician seen on a screen: from when to when, on whose device, with what outcome."""

    started_at: datetime | None = None
    ended_at: datetime | None = None
    device: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class UnitResponse:
    """One unit's answer to the call; times are instants in UTC, empty where not recorded.

    `came_how` is how a back-up unit came to be there; `has_cit_officer` whether an officer with the
    40-hour training was on it, None where nobody wrote it down.
    """

    call_sign: str
    model: Model = Model.UNKNOWN
    role: UnitRole = UnitRole.PRIMARY
    dispatched_at: datetime | None = None
    enroute_at: datetime | None = None
    on_scene_at: datetime | None = None
    cleared_at: datetime | None = None
    led_by: str = ""
    came_how: str = ""
    has_cit_officer: bool | None = None
    back_up: BackUp = BackUp()
    together: CoResponse = CoResponse()
    video: VideoSession = VideoSession()

    @property
    def has_arrived(self) -> bool:
        """On scene or on the screen; a unit without any time counts, because it was written down by hand."""
        times = (self.dispatched_at, self.enroute_at, self.on_scene_at, self.cleared_at)
        return bool(self.on_scene_at or self.video.started_at) or not any(times)


@dataclass(frozen=True, slots=True)
class SafetyCheck:
    """The dispatcher asked a unit whether it is safe, and what it answered."""

    at: datetime
    call_sign: str
    asked_by: str = ""
    answer: str = "unknown"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A call for service as the desk shows it."""

    id: UUID
    version: int
    number: str
    source: str
    received_at: datetime
    type_text: str
    type_code: str = ""
    priority: str = ""
    place: str = ""
    city: str = ""
    place_id: UUID | None = None
    disposition: str = ""
    dispatched_at: datetime | None = None
    on_scene_at: datetime | None = None
    cleared_at: datetime | None = None
    call_taker: str = ""
    dispatcher: str = ""
    eligible: str = ""
    not_served_reason: str = ""
    end_point: str = ""
    reasons: tuple[str, ...] = ()
    notes: tuple[CallNote, ...] = ()
    responses: tuple[UnitResponse, ...] = ()
    type_initial: str = ""
    category: str = ""
    cross_street: str = ""
    dispatch_decision: str = ""
    dispatch_note: str = ""
    eligible_reason: str = ""
    screened_by: str = ""
    screened_at: datetime | None = None
    safety_checks: tuple[SafetyCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class CallLine:
    """One row of the list of calls."""

    id: UUID
    number: str
    received_at: datetime
    type_text: str
    place: str
    disposition: str
    models: tuple[Model, ...]
    people: int
    to_link: int
    source_row: int | None


WITHHELD = "Withheld: a restricted person was met on this call."


def veil_narrative(call: Call) -> Call:
    """The call without the words in it, which speak of everybody who was there; times and codes stay."""
    return replace(
        call,
        notes=(CallNote(WITHHELD),) if call.notes else (),
        dispatch_note="",
        eligible_reason="",
        safety_checks=tuple(replace(one, note="") for one in call.safety_checks),
    )


def origin(source: str) -> Origin:
    """Which side a source belongs to: proactive work is never mixed with what the public asked for."""
    if source in PROACTIVE_SOURCES:
        return Origin.PROACTIVE
    return Origin.PUBLIC if source and source != "unknown" else Origin.UNKNOWN


def is_served(call: Call) -> bool:
    """Whether somebody other than police reached the call, on scene or on a screen."""
    return any(one.model in NOT_POLICE and one.has_arrived for one in call.responses)


def has_cit_officer(call: Call) -> bool | None:
    """Whether an officer with CIT training came: by the unit's model, or as written; None is not recorded."""
    came = [one for one in call.responses if one.has_arrived]
    if any(one.model is Model.CIT or one.has_cit_officer for one in came):
        return True
    return False if came and all(one.has_cit_officer is False for one in came) else None


def response_minutes(call: Call) -> float | None:
    """Minutes from received to first on scene; None where a time is missing or runs backwards."""
    if call.on_scene_at is None or call.on_scene_at < call.received_at:
        return None
    return (call.on_scene_at - call.received_at).total_seconds() / 60
