"""Agency, programs, staff, absences and the lists that an administrator extends."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.access import Role
from caseapp.domain.disclosures import Law
from caseapp.store.tables.base import Base, Entry, Record, foreign, ref


class AgencyRow(Record, Base):
    __tablename__ = "agency"

    name: Mapped[str]
    time_zone: Mapped[str]
    phone: Mapped[str]
    address: Mapped[str]
    law: Mapped[Law]
    part2_notice: Mapped[str]
    repeat_threshold: Mapped[int]
    is_sample: Mapped[bool]

    __table_args__ = (CheckConstraint("repeat_threshold > 0", name="repeat_threshold"),)


class ProgramRow(Record, Base):
    __tablename__ = "program"

    name: Mapped[str] = mapped_column(unique=True)
    retired_on: Mapped[date | None]


class StaffRow(Record, Base):
    __tablename__ = "staff"

    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[Role]
    discipline: Mapped[str]
    phone: Mapped[str]
    supervisor_id: Mapped[UUID | None] = ref("staff")
    is_active: Mapped[bool]
    can_sign_in: Mapped[bool]
    left_on: Mapped[date | None]


class StaffProgramRow(Base):
    __tablename__ = "staff_program"

    staff_id: Mapped[UUID] = ref("staff", primary_key=True)
    program_id: Mapped[UUID] = ref("program", primary_key=True)


class StaffAbsenceRow(Record, Base):
    __tablename__ = "staff_absence"

    staff_id: Mapped[UUID] = ref("staff")
    cover_id: Mapped[UUID | None] = ref("staff")
    from_on: Mapped[date]
    to_on: Mapped[date]

    __table_args__ = (CheckConstraint("to_on >= from_on", name="days_in_order"),)


class CodeRow(Entry, Base):
    """One item of a list; retired, never deleted, because old records still say it."""

    __tablename__ = "code"

    list_name: Mapped[str]
    code: Mapped[str]
    label_en: Mapped[str]
    label_es: Mapped[str]
    position: Mapped[int]
    standard_code: Mapped[str]
    retired_on: Mapped[date | None]

    __table_args__ = (UniqueConstraint("list_name", "code"),)


class SettingRow(Record, Base):
    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(unique=True)
    value: Mapped[Any] = mapped_column(JSON)


class FormTextRow(Record, Base):
    """A text of a printed form in the agency's own words; the shipped one stays in the resources."""

    __tablename__ = "form_text"

    form: Mapped[str]
    language: Mapped[str]
    name: Mapped[str]
    text: Mapped[str]

    __table_args__ = (UniqueConstraint("form", "language", "name"),)


class SavedViewRow(Record, Base):
    __tablename__ = "saved_view"

    staff_id: Mapped[UUID] = ref("staff")
    screen: Mapped[str]
    name: Mapped[str]
    definition: Mapped[Any] = mapped_column(JSON)

    __table_args__ = (UniqueConstraint("staff_id", "screen", "name"),)


class DraftRow(Entry, Base):
    """Text not yet saved, bound to one member of staff, one person and one form."""

    __tablename__ = "draft"

    staff_id: Mapped[UUID] = ref("staff", index=False)
    form: Mapped[str]
    person_id: Mapped[UUID | None] = mapped_column(foreign("person.id"))
    content: Mapped[Any] = mapped_column(JSON)
    saved_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("staff_id", "form", "person_id"),)


class AccessGrantRow(Record, Base):
    """A member of staff who may open one restricted person; with an end, it was opened by a reason."""

    __tablename__ = "access_grant"

    person_id: Mapped[UUID] = ref("person")
    staff_id: Mapped[UUID] = ref("staff")
    reason: Mapped[str]
    until: Mapped[datetime | None]
    reviewed_by: Mapped[UUID | None] = ref("staff")
