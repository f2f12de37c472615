"""The directory of services in the shape of HSDS 3.1 (organization, service, location, schedule ...)."""

from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.store.tables.base import Base, Entry, Record, ref


class OrganizationRow(Record, Base):
    __tablename__ = "organization"

    name: Mapped[str]
    alternate_name: Mapped[str]
    description: Mapped[str]
    email: Mapped[str]
    website: Mapped[str]
    source: Mapped[str]
    source_id: Mapped[str]
    extra: Mapped[Any] = mapped_column(JSON)


class ServiceRow(Record, Base):
    __tablename__ = "service"

    organization_id: Mapped[UUID] = ref("organization")
    name: Mapped[str]
    description: Mapped[str]
    status: Mapped[str]
    url: Mapped[str]
    email: Mapped[str]
    application_process: Mapped[str]
    fees_description: Mapped[str]
    eligibility_description: Mapped[str]
    minimum_age: Mapped[int | None]
    maximum_age: Mapped[int | None]
    assured_date: Mapped[date | None]
    assured_by: Mapped[str]
    is_substance_use: Mapped[bool]
    source: Mapped[str]
    source_id: Mapped[str]
    extra: Mapped[Any] = mapped_column(JSON)

    __table_args__ = (
        CheckConstraint("status IN ('active', 'inactive', 'defunct', 'temporarily closed')", name="status"),
    )


class LocationRow(Record, Base):
    __tablename__ = "location"

    organization_id: Mapped[UUID | None] = ref("organization")
    location_type: Mapped[str]
    name: Mapped[str]
    address_1: Mapped[str]
    city: Mapped[str]
    state_province: Mapped[str]
    postal_code: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    accessibility: Mapped[str]


class ServiceAtLocationRow(Entry, Base):
    __tablename__ = "service_at_location"

    service_id: Mapped[UUID] = ref("service", index=False)
    location_id: Mapped[UUID] = ref("location")

    __table_args__ = (UniqueConstraint("service_id", "location_id"),)


class ServicePhoneRow(Entry, Base):
    __tablename__ = "service_phone"

    service_id: Mapped[UUID] = ref("service")
    position: Mapped[int]
    number: Mapped[str]
    extension: Mapped[str]
    description: Mapped[str]


class ServiceScheduleRow(Entry, Base):
    """Hours as an RFC 5545 weekly rule: byday, opens_at, closes_at."""

    __tablename__ = "service_schedule"

    service_id: Mapped[UUID] = ref("service")
    byday: Mapped[str]
    opens_at: Mapped[time | None]
    closes_at: Mapped[time | None]
    description: Mapped[str]


class ServiceCodeRow(Entry, Base):
    """Categories, languages and required documents of a service."""

    __tablename__ = "service_code"

    service_id: Mapped[UUID] = ref("service", index=False)
    list_name: Mapped[str]
    code: Mapped[str]
    position: Mapped[int]

    __table_args__ = (UniqueConstraint("service_id", "list_name", "code"),)


class ServiceCapacityRow(Entry, Base):
    __tablename__ = "service_capacity"

    service_id: Mapped[UUID] = ref("service")
    available: Mapped[int]
    maximum: Mapped[int | None]
    unit: Mapped[str]
    updated_on: Mapped[date]
    said_by: Mapped[str]

    __table_args__ = (CheckConstraint("available >= 0", name="available"),)
