"""Cases, contacts, notes, follow-ups, assessments and safety plans."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.contacts import Channel, NoteForm, Outcome
from caseapp.domain.follow_ups import Status
from caseapp.store.tables.base import Base, Entry, Id, Record, later, ref


class CaseFileRow(Record, Base):
    __tablename__ = "case_file"

    number: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[UUID] = ref("person")
    program_id: Mapped[UUID | None] = ref("program")
    opened_on: Mapped[date]
    opened_from: Mapped[str]
    encounter_id: Mapped[UUID | None] = ref("encounter")
    closed_on: Mapped[date | None] = mapped_column(index=True)
    close_reason: Mapped[str]
    outcome: Mapped[str]

    __table_args__ = (
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="days_in_order"),
        CheckConstraint("closed_on IS NULL OR close_reason <> ''", name="closed_with_reason"),
    )


class CaseAssignmentRow(Entry, Base):
    """A period on the team; ended, never overwritten, so that credit stays where it was earned."""

    __tablename__ = "case_assignment"

    case_id: Mapped[UUID] = ref("case_file")
    staff_id: Mapped[UUID] = ref("staff")
    is_primary: Mapped[bool]
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class CaseReopeningRow(Record, Base):
    """A case that had ended and went on; how it had ended stays here."""

    __tablename__ = "case_reopening"

    case_id: Mapped[UUID] = ref("case_file")
    on: Mapped[date]
    reason: Mapped[str]
    closed_on: Mapped[date]
    close_reason: Mapped[str]
    outcome: Mapped[str]


class GoalRow(Record, Base):
    __tablename__ = "goal"

    case_id: Mapped[UUID] = ref("case_file")
    position: Mapped[int]
    domain: Mapped[str]
    statement: Mapped[str]
    target: Mapped[str]
    status: Mapped[str]


class ContactRow(Record, Base):
    __tablename__ = "contact"

    at: Mapped[datetime] = mapped_column(index=True)
    channel: Mapped[Channel]
    outcome: Mapped[Outcome]
    minutes: Mapped[int | None]
    travel_minutes: Mapped[int | None]
    is_incoming: Mapped[bool]
    with_whom: Mapped[str]
    place: Mapped[str]
    items: Mapped[Any] = mapped_column(JSON)
    case_id: Mapped[UUID | None] = ref("case_file")
    follow_up_id: Mapped[UUID | None] = ref("follow_up")
    staff_id: Mapped[UUID] = ref("staff")
    is_late_entry: Mapped[bool]
    is_substance_use: Mapped[bool]

    __table_args__ = (CheckConstraint("minutes IS NULL OR minutes BETWEEN 0 AND 1440", name="minutes"),)


class ContactPersonRow(Base):
    __tablename__ = "contact_person"

    contact_id: Mapped[UUID] = ref("contact", primary_key=True)
    person_id: Mapped[UUID] = ref("person", primary_key=True)

    __table_args__ = (Index("ix_contact_person_person_id", "person_id"),)


class NoteRow(Record, Base):
    __tablename__ = "note"

    contact_id: Mapped[UUID] = ref("contact")
    form: Mapped[NoteForm]
    parts: Mapped[Any] = mapped_column(JSON)
    written_together: Mapped[bool]
    is_substance_use: Mapped[bool]
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[UUID | None] = ref("staff")
    needs_cosign: Mapped[bool] = mapped_column(default=False, server_default=false())
    cosigned_at: Mapped[datetime | None]
    cosigned_by: Mapped[UUID | None] = mapped_column(Id())

    __table_args__ = (
        Index(
            "ix_note_unsigned",
            "created_by",
            sqlite_where=text("signed_at IS NULL"),
            postgresql_where=text("signed_at IS NULL"),
        ),
        Index(
            "ix_note_cosign",
            "created_by",
            sqlite_where=text("needs_cosign AND cosigned_at IS NULL"),
            postgresql_where=text("needs_cosign AND cosigned_at IS NULL"),
        ),
    )


class AddendumRow(Record, Base):
    __tablename__ = "addendum"

    note_id: Mapped[UUID] = ref("note")
    text: Mapped[str]


class ProtocolRow(Record, Base):
    __tablename__ = "protocol"

    code: Mapped[str]
    name: Mapped[str]
    edition: Mapped[int]
    retired_on: Mapped[date | None]
    source: Mapped[str] = later()

    __table_args__ = (UniqueConstraint("code", "edition"),)


class ProtocolStepRow(Entry, Base):
    __tablename__ = "protocol_step"

    protocol_id: Mapped[UUID] = ref("protocol")
    position: Mapped[int]
    what: Mapped[str]
    channel: Mapped[Channel]
    earliest_days: Mapped[int]
    latest_days: Mapped[int]
    is_business_days: Mapped[bool]
    code: Mapped[str] = later()
    due_days: Mapped[int | None]
    due_hours: Mapped[int | None]
    latest_hours: Mapped[int | None]
    rule: Mapped[str] = later()
    after: Mapped[Any | None] = mapped_column(JSON)


class FollowUpSeriesRow(Record, Base):
    """What is promised again and again; its occurrences are follow-ups, each with the day the rule gave."""

    __tablename__ = "follow_up_series"

    person_id: Mapped[UUID] = ref("person")
    rule: Mapped[str]
    starts_on: Mapped[date | None]
    at: Mapped[time | None]


class FollowUpRow(Record, Base):
    __tablename__ = "follow_up"

    person_id: Mapped[UUID] = ref("person")
    case_id: Mapped[UUID | None] = ref("case_file")
    encounter_id: Mapped[UUID | None] = ref("encounter")
    what: Mapped[str]
    channel: Mapped[Channel]
    due_on: Mapped[date]
    due_at: Mapped[datetime | None]
    earliest_on: Mapped[date | None]
    latest_on: Mapped[date | None]
    owner_id: Mapped[UUID] = ref("staff", index=False)
    status: Mapped[Status]
    attempts: Mapped[int]
    reason: Mapped[str]
    protocol_step_id: Mapped[UUID | None] = ref("protocol_step")
    series_id: Mapped[UUID | None] = ref("follow_up_series")
    latest_at: Mapped[datetime | None]
    recurs_on: Mapped[date | None]
    run_id: Mapped[UUID | None] = mapped_column(index=True)

    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts"),
        CheckConstraint("status <> 'cancelled' OR reason <> ''", name="cancelled_with_reason"),
        Index("ix_follow_up_status_due_on", "status", "due_on"),
        Index("ix_follow_up_owner_id_status_due_on", "owner_id", "status", "due_on"),
    )


class ClosureDayRow(Record, Base):
    """A day on which the agency is closed, or open against the rule."""

    __tablename__ = "closure_day"

    on: Mapped[date] = mapped_column(unique=True)
    name: Mapped[str]
    is_open: Mapped[bool]


class AssessmentRow(Record, Base):
    __tablename__ = "assessment"

    person_id: Mapped[UUID] = ref("person")
    case_id: Mapped[UUID | None] = ref("case_file")
    instrument: Mapped[str]
    edition: Mapped[str]
    on: Mapped[date]
    answers: Mapped[Any] = mapped_column(JSON)
    score: Mapped[float | None]
    is_substance_use: Mapped[bool]


class SafetyPlanRow(Record, Base):
    __tablename__ = "safety_plan"

    person_id: Mapped[UUID] = ref("person")
    on: Mapped[date]
    steps: Mapped[Any] = mapped_column(JSON)
    review_on: Mapped[date | None]
