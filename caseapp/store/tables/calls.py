"""Calls for service, units, responders, responses, encounters and screening."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.calls import Model, NarrativePart, UnitRole
from caseapp.domain.encounters import Certainty, Part
from caseapp.store.tables.base import BY_BYTES, Base, Entry, Id, Record, later, ref


class PlaceRow(Record, Base):
    __tablename__ = "place"

    label: Mapped[str]
    normalised: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    city: Mapped[str]
    zip: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    safety_note: Mapped[str]
    safety_until: Mapped[date | None]
    block: Mapped[str] = mapped_column(index=True, default="", server_default="")
    name: Mapped[str] = mapped_column(default="", server_default="")
    other_names: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    noted_on: Mapped[date | None]


class CallRow(Record, Base):
    __tablename__ = "call"

    centre: Mapped[str]
    number: Mapped[str] = mapped_column(BY_BYTES)
    source: Mapped[str]
    received_at: Mapped[datetime]
    received_is_day: Mapped[bool]
    received_until: Mapped[datetime | None]
    entered_at: Mapped[datetime | None]
    dispatched_at: Mapped[datetime | None]
    enroute_at: Mapped[datetime | None]
    on_scene_at: Mapped[datetime | None]
    engaged_at: Mapped[datetime | None]
    cleared_at: Mapped[datetime | None]
    type_initial_code: Mapped[str]
    type_initial_text: Mapped[str]
    type_code: Mapped[str]
    type_text: Mapped[str]
    category: Mapped[str]
    priority: Mapped[str]
    disposition_code: Mapped[str]
    disposition: Mapped[str]
    end_point: Mapped[str]
    reasons: Mapped[Any] = mapped_column(JSON)
    agency: Mapped[str]
    place_id: Mapped[UUID | None] = ref("place", index=False)
    place: Mapped[str]
    cross_street: Mapped[str]
    city: Mapped[str]
    zip: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    district: Mapped[str]
    call_taker: Mapped[str]
    dispatcher: Mapped[str]
    eligible: Mapped[str]
    not_served_reason: Mapped[str]
    duplicate_of: Mapped[str]
    source_row: Mapped[int | None]
    batch_id: Mapped[UUID | None] = ref("import_batch", index=False)
    dispatch_decision: Mapped[str] = later()
    dispatch_note: Mapped[str] = later()
    eligible_reason: Mapped[str] = later()
    screened_by: Mapped[str] = later()
    screened_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("number", "centre"),
        Index(
            "ix_call_list",
            "received_at",
            "id",
            "type_text",
            "type_initial_text",
            "place",
            "disposition",
            "source",
            "eligible",
            "number",
        ),
        Index("ix_call_place_received_at", "place", "received_at"),
    )


class CallNoteRow(Entry, Base):
    __tablename__ = "call_note"

    call_id: Mapped[UUID] = ref("call")
    position: Mapped[int]
    at: Mapped[datetime | None]
    part: Mapped[NarrativePart]
    author: Mapped[str]
    text: Mapped[str]


class ScreeningCriterionRow(Record, Base):
    __tablename__ = "screening_criterion"

    text: Mapped[str]
    position: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    letting_answer: Mapped[str] = later("no")
    replaces_id: Mapped[UUID | None]


class ScreeningAnswerRow(Entry, Base):
    __tablename__ = "screening_answer"

    call_id: Mapped[UUID] = ref("call", index=False)
    criterion_id: Mapped[UUID] = ref("screening_criterion")
    answer: Mapped[str]

    __table_args__ = (UniqueConstraint("call_id", "criterion_id"),)


class SafetyCheckRow(Entry, Base):
    """The dispatcher asked a unit whether it is safe."""

    __tablename__ = "safety_check"

    call_id: Mapped[UUID] = ref("call")
    at: Mapped[datetime]
    call_sign: Mapped[str]
    asked_by: Mapped[str]
    answer: Mapped[str]
    note: Mapped[str]


class UnitRow(Record, Base):
    __tablename__ = "unit"

    call_sign: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    model: Mapped[Model]
    agency: Mapped[str]
    is_ours: Mapped[bool]
    retired_on: Mapped[date | None]


class ResponderRow(Record, Base):
    __tablename__ = "responder"

    name: Mapped[str]
    discipline: Mapped[str]
    agency: Mapped[str]
    credentials: Mapped[Any] = mapped_column(JSON)
    languages: Mapped[Any] = mapped_column(JSON)
    is_armed: Mapped[bool] = mapped_column(default=False, server_default=false())
    left_on: Mapped[date | None]


class CitTrainingRow(Record, Base):
    __tablename__ = "cit_training"

    responder_id: Mapped[UUID] = ref("responder")
    on: Mapped[date]
    hours: Mapped[int]
    refresher_due: Mapped[date | None]

    __table_args__ = (CheckConstraint("hours > 0", name="hours"),)


class ShiftRow(Record, Base):
    __tablename__ = "shift"

    unit_id: Mapped[UUID] = ref("unit", index=False)
    from_at: Mapped[datetime]
    to_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_shift_unit_id_from_at", "unit_id", "from_at"),
        Index("ix_shift_from_at", "from_at"),
    )


class ShiftMemberRow(Base):
    __tablename__ = "shift_member"

    shift_id: Mapped[UUID] = ref("shift", primary_key=True)
    responder_id: Mapped[UUID] = ref("responder", primary_key=True)


class ResponseRow(Entry, Base):
    __tablename__ = "response"

    call_id: Mapped[UUID] = ref("call", index=False)
    unit_id: Mapped[UUID | None] = ref("unit", index=False)
    position: Mapped[int]
    call_sign: Mapped[str]
    model: Mapped[Model]
    role: Mapped[UnitRole]
    dispatched_at: Mapped[datetime | None]
    enroute_at: Mapped[datetime | None]
    on_scene_at: Mapped[datetime | None]
    cleared_at: Mapped[datetime | None]
    led_by: Mapped[str]
    arrived_as: Mapped[str]
    backup_asked_by: Mapped[str]
    backup_reason: Mapped[str]
    backup_arrived: Mapped[bool | None]
    video_started_at: Mapped[datetime | None]
    video_ended_at: Mapped[datetime | None]
    video_outcome: Mapped[str]
    video_device: Mapped[str] = later()
    backup_what: Mapped[str] = later()
    backup_asked_at: Mapped[datetime | None]
    came_how: Mapped[str] = later()
    officer: Mapped[str] = later()
    clinician: Mapped[str] = later()
    called_in_at: Mapped[datetime | None]
    called_in_by: Mapped[str] = later()
    cit_officer: Mapped[bool | None]

    __table_args__ = (Index("ix_response_call_id_model", "call_id", "model"),)


class EncounterRow(Record, Base):
    __tablename__ = "encounter"

    call_id: Mapped[UUID] = ref("call")
    person_id: Mapped[UUID | None] = ref("person")
    part: Mapped[Part]
    certainty: Mapped[Certainty]
    stated_name: Mapped[str]
    stated_age: Mapped[int | None]
    stated_birth_date: Mapped[date | None]
    stated_phone: Mapped[str]
    stated_description: Mapped[str]
    needs: Mapped[Any] = mapped_column(JSON)
    offers: Mapped[Any] = mapped_column(JSON)
    what_was_done: Mapped[str]
    outcome: Mapped[str]
    transported_to: Mapped[str]
    is_voluntary: Mapped[bool | None]
    injuries: Mapped[str]
    use_of_force: Mapped[str]
    arrest: Mapped[str]
    follow_up_wished: Mapped[str]
    how_to_find: Mapped[str]
    triage: Mapped[str]
    triage_note: Mapped[str] = later()
    triage_to: Mapped[UUID | None] = mapped_column(Id())
    triage_at: Mapped[datetime | None]
    transported_by: Mapped[str] = later()
    restraint: Mapped[str] = later()
    involuntary_hold: Mapped[str] = later()
    stated_birth_precision: Mapped[str] = later()

    __table_args__ = (
        Index(
            "ix_encounter_not_linked",
            "call_id",
            sqlite_where=text("person_id IS NULL"),
            postgresql_where=text("person_id IS NULL"),
        ),
        Index(
            "ix_encounter_taken",
            "call_id",
            sqlite_where=text("triage = 'taken'"),
            postgresql_where=text("triage = 'taken'"),
        ),
        Index(
            "ix_encounter_handed",
            "call_id",
            sqlite_where=text("triage = 'handed'"),
            postgresql_where=text("triage = 'handed'"),
        ),
    )


class CallTypeRow(Record, Base):
    """Which category the agency gives to a type of call as the dispatch centre writes it."""

    __tablename__ = "call_type"

    text: Mapped[str] = mapped_column(unique=True)
    category: Mapped[str]
