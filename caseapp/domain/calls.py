"""A call for service, who answered it and whom they met."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
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


class UnitRole(Enum):
    PRIMARY = "primary"
    BACK_UP = "back-up"
    FOLLOW_UP = "follow-up"


class Part(Enum):
    """The part that a person had in the call."""

    SUBJECT = "subject"
    CALLER = "caller"
    FAMILY = "family"
    BYSTANDER = "bystander"
    UNKNOWN = "unknown"


class Certainty(Enum):
    """How sure the identity is."""

    CONFIRMED = "confirmed"
    LIKELY = "likely"
    STATED = "stated"
    NOT_IDENTIFIED = "not-identified"


class NarrativePart(Enum):
    CALL_TAKER = "call-taker"
    DISPATCHER = "dispatcher"
    RESPONDER = "responder"
    OFFICER = "officer"
    UNKNOWN = "unknown"


class NumberTaken(CaseAppError):
    """Another call of the same dispatch centre already has this number."""

    code = "call.number-taken"


class AlreadyLinked(CaseAppError):
    """The person on this call has been identified already."""

    code = "encounter.already-linked"


@dataclass(frozen=True, slots=True)
class CallNote:
    """One entry of the narrative with its author's part."""

    text: str
    at: datetime | None = None
    part: NarrativePart = NarrativePart.UNKNOWN
    author: str = ""


@dataclass(frozen=True, slots=True)
class UnitResponse:
    """One unit's answer to the call; times are instants in UTC, empty where not recorded."""

    call_sign: str
    model: Model = Model.UNKNOWN
    role: UnitRole = UnitRole.PRIMARY
    dispatched_at: datetime | None = None
    enroute_at: datetime | None = None
    on_scene_at: datetime | None = None
    cleared_at: datetime | None = None
    led_by: str = ""


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


@dataclass(frozen=True, slots=True)
class StatedIdentity:
    """What was said of somebody on the call before anyone knew who they are."""

    name: str = ""
    age: int | None = None
    birth_date: date | None = None
    phone: str = ""
    description: str = ""

    @property
    def words(self) -> str:
        parts = [self.name and f"“{self.name}”", f"about {self.age}" if self.age else "", self.description]
        return ", ".join(part for part in parts if part) or "no name given"


@dataclass(frozen=True, slots=True)
class EncounterDetails:
    """What happened between responders and one person on one call."""

    part: Part = Part.SUBJECT
    certainty: Certainty = Certainty.NOT_IDENTIFIED
    stated: StatedIdentity = field(default_factory=StatedIdentity)
    needs: tuple[str, ...] = ()
    offers: tuple[tuple[str, str], ...] = ()
    what_was_done: str = ""
    outcome: str = ""
    transported_to: str = ""
    is_voluntary: bool | None = None
    injuries: str = ""
    use_of_force: str = ""
    arrest: str = ""
    follow_up_wished: str = "unknown"
    how_to_find: str = ""


@dataclass(frozen=True, slots=True)
class Encounter:
    """A stored encounter; without a person it waits in the workbench to be linked."""

    id: UUID
    version: int
    call_id: UUID
    person_id: UUID | None
    details: EncounterDetails


def decide_link(encounter: Encounter) -> None:
    """Raise AlreadyLinked when the encounter has its person; it is undone first, never overwritten."""
    if encounter.person_id is not None:
        raise AlreadyLinked()


WITHHELD = "Withheld: a restricted person was met on this call."


def veil_encounter(encounter: Encounter) -> Encounter:
    """That somebody was met and in which part, without any word on who or what."""
    details = EncounterDetails(part=encounter.details.part, certainty=encounter.details.certainty)
    return replace(encounter, details=details)


def veil_narrative(call: Call) -> Call:
    """The call without its narrative, which speaks of everybody who was there."""
    return replace(call, notes=(CallNote(WITHHELD),) if call.notes else ())


def response_minutes(call: Call) -> float | None:
    """Minutes from received to first on scene; None where a time is missing or runs backwards."""
    if call.on_scene_at is None or call.on_scene_at < call.received_at:
        return None
    return (call.on_scene_at - call.received_at).total_seconds() / 60
