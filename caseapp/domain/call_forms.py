"""What must hold before the facts of a call, a unit or a meeting are written; each error names its field."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from caseapp.domain.calls import Call, CallNote, SafetyCheck, UnitResponse
from caseapp.domain.encounters import EncounterDetails, StatedIdentity
from caseapp.domain.errors import CaseAppError


class FieldError(CaseAppError):
    """Something about one field of a form; `field` is the form's name for it."""

    def __init__(self, *, field: str, **values: object) -> None:
        super().__init__(field=field, **values)
        self.field = field


class NumberMissing(FieldError):
    code = "call.number-missing"


class ReceivedAhead(FieldError):
    """A call cannot have come in later than now."""

    code = "call.received-ahead"


class TimesRunBackwards(FieldError):
    """A later step of a call is timed before an earlier one."""

    code = "call.times-run-backwards"


class CallSignMissing(FieldError):
    code = "response.call-sign-missing"


class BackUpUnfinished(FieldError):
    """Back-up that was asked for needs its kind, who asked and why; and what came was asked for."""

    code = "response.back-up-unfinished"


class VideoUnfinished(FieldError):
    """A video session has a start before it has an end or an outcome."""

    code = "response.video-unfinished"


class NoteEmpty(FieldError):
    code = "call.note-empty"


class DestinationMissing(FieldError):
    """Who carried the person, or whether they went freely, is written; where to is not."""

    code = "encounter.destination-missing"


class NobodyDescribed(FieldError):
    """A meeting needs anything by which the person can be told apart."""

    code = "encounter.nobody-described"


class NotAnAge(FieldError):
    """What was typed as an age is no believable number of years."""

    code = "encounter.not-an-age"


class NotABirth(FieldError):
    """What was typed as a birth date is none, of a day, a month or a year."""

    code = "encounter.not-a-birth"


class BornAhead(FieldError):
    """Nobody who was met is born after today."""

    code = "encounter.born-ahead"


STEPS = ("received_at", "dispatched_at", "enroute_at", "on_scene_at", "cleared_at")
"""The times of a call in the order in which they pass."""

WORDS = {
    "received_at": "received",
    "dispatched_at": "dispatched",
    "enroute_at": "en route",
    "on_scene_at": "on scene",
    "cleared_at": "cleared",
}


def check_facts(call: Call, *, now: datetime) -> Call:
    """The call with its texts trimmed; raises NumberMissing, ReceivedAhead or TimesRunBackwards."""
    if not call.number.strip():
        raise NumberMissing(field="number")
    if call.received_at > now:
        raise ReceivedAhead(field="received_at")
    _check_steps((name, getattr(call, name, None)) for name in STEPS)
    return replace(call, number=call.number.strip(), place=" ".join(call.place.split()))


def check_response(response: UnitResponse) -> None:
    """Raise CallSignMissing, TimesRunBackwards, BackUpUnfinished or VideoUnfinished."""
    if not response.call_sign.strip():
        raise CallSignMissing(field="call_sign")
    _check_steps((name, getattr(response, name)) for name in STEPS[1:])
    _check_back_up(response)
    _check_video(response)


def check_note(note: CallNote) -> None:
    """Raise NoteEmpty."""
    if not note.text.strip():
        raise NoteEmpty(field="text")


def check_safety(check: SafetyCheck, *, now: datetime) -> None:
    """Raise CallSignMissing or ReceivedAhead."""
    if not check.call_sign.strip():
        raise CallSignMissing(field="call_sign")
    if check.at > now:
        raise ReceivedAhead(field="at")


def check_encounter(details: EncounterDetails, *, is_linked: bool, today: date) -> None:
    """Raise DestinationMissing, or NobodyDescribed or BornAhead of somebody who is not linked."""
    carried = details.transported_by or details.is_voluntary is not None
    if carried and not details.transported_to:
        raise DestinationMissing(field="transported_to")
    stated = details.stated
    if not is_linked and stated == StatedIdentity():
        raise NobodyDescribed(field="name")
    if not is_linked and stated.birth is not None and stated.birth.on > today:
        raise BornAhead(field="birth", on=stated.birth.on)


def _check_steps(steps: Iterable[tuple[str, datetime | None]]) -> None:
    before: tuple[str, datetime] | None = None
    for name, at in steps:
        if at is None:
            continue
        if before is not None and at < before[1]:
            raise TimesRunBackwards(field=name, later=WORDS[name], earlier=WORDS[before[0]])
        before = (name, at)


def _check_back_up(response: UnitResponse) -> None:
    asked = response.back_up
    if not any((asked.what, asked.asked_by, asked.reason, asked.asked_at, asked.has_arrived is not None)):
        return
    for field, value in (("what", asked.what), ("asked_by", asked.asked_by), ("reason", asked.reason)):
        if not value:
            raise BackUpUnfinished(field=f"back_up_{field}")


def _check_video(response: UnitResponse) -> None:
    video = response.video
    if (video.ended_at or video.outcome or video.device) and video.started_at is None:
        raise VideoUnfinished(field="video_started")
    if video.started_at and video.ended_at and video.ended_at < video.started_at:
        raise TimesRunBackwards(field="video_ended", later="end of the video", earlier="its start")
