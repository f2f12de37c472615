"""Rows of calls, their narrative and units to domain values and back, field by field."""

from dataclasses import replace
from uuid import UUID

from caseapp.domain.calls import BackUp, Call, CallNote, CoResponse, SafetyCheck, UnitResponse, VideoSession
from caseapp.store.tables.calls import CallNoteRow, CallRow, ResponseRow, SafetyCheckRow

OWN_CENTRE = "desk"
"""The centre of calls that were typed in here and not imported."""

_PLAIN = (
    "number",
    "source",
    "received_at",
    "type_code",
    "priority",
    "place",
    "city",
    "cross_street",
    "place_id",
    "category",
    "disposition",
    "dispatched_at",
    "on_scene_at",
    "cleared_at",
    "call_taker",
    "dispatcher",
    "dispatch_decision",
    "dispatch_note",
)
"""Fields of a call that a form writes and that have the same name in the row."""

_SCREENED = ("eligible", "eligible_reason", "not_served_reason", "screened_by", "screened_at")


def new_call(call_id: UUID, call: Call) -> CallRow:
    """The row of a call that was typed in."""
    row = CallRow(
        id=call_id,
        centre=OWN_CENTRE,
        received_is_day=False,
        type_initial_code="",
        disposition_code="",
        agency="",
        zip="",
        district="",
        duplicate_of="",
        end_point=call.end_point,
        reasons=list(call.reasons),
    )
    fill_call(row, replace(call, type_initial=call.type_initial or call.type_text))
    for name in _SCREENED:
        setattr(row, name, getattr(call, name))
    row.eligible = call.eligible or "unknown"
    return row


def fill_call(row: CallRow, call: Call) -> None:
    """Write what the form of the call's facts says; a time that is only a day becomes one with an hour."""
    if row.received_at is not None and row.received_at != call.received_at:
        row.received_is_day = False
    for name in _PLAIN:
        setattr(row, name, getattr(call, name))
    row.type_text, row.type_initial_text = call.type_text, call.type_initial


def to_call(
    row: CallRow,
    *,
    notes: tuple[CallNote, ...],
    responses: tuple[UnitResponse, ...],
    safety_checks: tuple[SafetyCheck, ...],
) -> Call:
    """The whole call."""
    plain = {name: getattr(row, name) for name in (*_PLAIN, *_SCREENED)}
    return Call(
        id=row.id,
        version=row.version,
        type_text=row.type_text or row.type_initial_text,
        type_initial=row.type_initial_text,
        end_point=row.end_point,
        reasons=tuple(row.reasons),
        notes=notes,
        responses=responses,
        safety_checks=safety_checks,
        **plain,
    )


def new_note(note_id: UUID, call_id: UUID, position: int, note: CallNote) -> CallNoteRow:
    """The row of an entry of the narrative."""
    return CallNoteRow(
        id=note_id,
        call_id=call_id,
        position=position,
        at=note.at,
        part=note.part,
        author=note.author,
        text=note.text,
    )


def to_note(row: CallNoteRow) -> CallNote:
    return CallNote(text=row.text, at=row.at, part=row.part, author=row.author)


def new_response(
    response_id: UUID, call_id: UUID, position: int, response: UnitResponse, unit_id: UUID | None
) -> ResponseRow:
    """The row of a unit on a call."""
    asked, together, video = response.back_up, response.together, response.video
    return ResponseRow(
        id=response_id,
        call_id=call_id,
        unit_id=unit_id,
        position=position,
        call_sign=response.call_sign,
        model=response.model,
        role=response.role,
        dispatched_at=response.dispatched_at,
        enroute_at=response.enroute_at,
        on_scene_at=response.on_scene_at,
        cleared_at=response.cleared_at,
        led_by=response.led_by,
        came_how=response.came_how,
        cit_officer=response.has_cit_officer,
        backup_what=asked.what,
        backup_asked_at=asked.asked_at,
        backup_asked_by=asked.asked_by,
        backup_reason=asked.reason,
        backup_arrived=asked.has_arrived,
        arrived_as=together.arrived_as,
        officer=together.officer,
        clinician=together.clinician,
        called_in_at=together.called_in_at,
        called_in_by=together.called_in_by,
        video_started_at=video.started_at,
        video_ended_at=video.ended_at,
        video_device=video.device,
        video_outcome=video.outcome,
    )


def to_response(row: ResponseRow) -> UnitResponse:
    return UnitResponse(
        call_sign=row.call_sign,
        model=row.model,
        role=row.role,
        dispatched_at=row.dispatched_at,
        enroute_at=row.enroute_at,
        on_scene_at=row.on_scene_at,
        cleared_at=row.cleared_at,
        led_by=row.led_by,
        came_how=row.came_how,
        has_cit_officer=row.cit_officer,
        back_up=BackUp(
            row.backup_what, row.backup_asked_at, row.backup_asked_by, row.backup_reason, row.backup_arrived
        ),
        together=CoResponse(row.arrived_as, row.officer, row.clinician, row.called_in_at, row.called_in_by),
        video=VideoSession(row.video_started_at, row.video_ended_at, row.video_device, row.video_outcome),
    )


def new_safety_check(check_id: UUID, call_id: UUID, check: SafetyCheck) -> SafetyCheckRow:
    """The row of a safety check."""
    return SafetyCheckRow(
        id=check_id,
        call_id=call_id,
        at=check.at,
        call_sign=check.call_sign,
        asked_by=check.asked_by,
        answer=check.answer,
        note=check.note,
    )


def to_safety_check(row: SafetyCheckRow) -> SafetyCheck:
    return SafetyCheck(row.at, row.call_sign, row.asked_by, row.answer, row.note)
