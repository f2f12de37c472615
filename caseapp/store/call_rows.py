"""Rows of calls, units and meetings to domain values and back, field by field."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from caseapp.domain.births import Birth, Precision
from caseapp.domain.calls import BackUp, Call, CallNote, CoResponse, SafetyCheck, UnitResponse, VideoSession
from caseapp.domain.encounters import Encounter, EncounterDetails, StatedIdentity
from caseapp.store.tables.calls import CallNoteRow, CallRow, EncounterRow, ResponseRow, SafetyCheckRow

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


def fill_encounter(row: EncounterRow, details: EncounterDetails) -> None:
    """Write what the form of a meeting says."""
    stated = details.stated
    row.part, row.certainty = details.part, details.certainty
    row.stated_name, row.stated_age = stated.name, stated.age
    row.stated_birth_date, row.stated_birth_precision = _from_birth(stated.birth)
    row.stated_phone, row.stated_description = stated.phone, stated.description
    row.needs, row.offers = list(details.needs), [list(offer) for offer in details.offers]
    row.what_was_done, row.outcome = details.what_was_done, details.outcome
    row.transported_to, row.transported_by = details.transported_to, details.transported_by
    row.is_voluntary = details.is_voluntary
    row.injuries, row.use_of_force, row.arrest = details.injuries, details.use_of_force, details.arrest
    row.restraint, row.involuntary_hold = details.restraint, details.involuntary_hold
    row.follow_up_wished, row.how_to_find = details.follow_up_wished, details.how_to_find


def _from_birth(birth: Birth | None) -> tuple[date | None, str]:
    return (birth.on, birth.precision.value) if birth else (None, "")


def _to_birth(row: EncounterRow) -> Birth | None:
    """Where a row says nothing of how exactly it is known, it is the day."""
    on, precision = row.stated_birth_date, row.stated_birth_precision
    return Birth(on, Precision(precision or Precision.DAY)) if on else None


def to_encounter(row: EncounterRow) -> Encounter:
    """A meeting with everything that was written of it."""
    details = EncounterDetails(
        part=row.part,
        certainty=row.certainty,
        stated=StatedIdentity(
            name=row.stated_name,
            age=row.stated_age,
            birth=_to_birth(row),
            phone=row.stated_phone,
            description=row.stated_description,
        ),
        needs=tuple(row.needs),
        offers=tuple((offer[0], offer[1]) for offer in row.offers),
        what_was_done=row.what_was_done,
        outcome=row.outcome,
        transported_to=row.transported_to,
        transported_by=row.transported_by,
        is_voluntary=row.is_voluntary,
        injuries=row.injuries,
        use_of_force=row.use_of_force,
        arrest=row.arrest,
        restraint=row.restraint,
        involuntary_hold=row.involuntary_hold,
        follow_up_wished=row.follow_up_wished,
        how_to_find=row.how_to_find,
    )
    return Encounter(
        id=row.id,
        version=row.version,
        call_id=row.call_id,
        person_id=row.person_id,
        details=details,
        triage=row.triage,
    )
