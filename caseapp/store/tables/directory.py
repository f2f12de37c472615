"""The directory of services in the shape of HSDS 3.1 (organization, service, location, schedule ...)."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
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
    """A service; `hours` are its RFC 5545 rules, `lists` its categories, languages, documents and the like.

    They are read and written with the service and never alone, so they are no tables of their own.
    """

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
    for_veterans: Mapped[bool]
    phone: Mapped[str]
    hours: Mapped[Any] = mapped_column(JSON)
    lists: Mapped[Any] = mapped_column(JSON)
    source: Mapped[str]
    source_id: Mapped[str]
    extra: Mapped[Any] = mapped_column(JSON)

    __table_args__ = (
        CheckConstraint("status IN ('active', 'inactive', 'defunct', 'temporarily closed')", name="status"),
        Index("ix_service_changed_at_version", "changed_at", "version"),
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


class ServiceCapacityRow(Entry, Base):
    __tablename__ = "service_capacity"

    service_id: Mapped[UUID] = ref("service")
    available: Mapped[int]
    maximum: Mapped[int | None]
    unit: Mapped[str]
    updated_on: Mapped[date]
    said_by: Mapped[str]

    __table_args__ = (CheckConstraint("available >= 0", name="available"),)


class DirectoryEntryRow(Entry, Base):
    """What a source said last of one organization, service, place or loose row, with all its parts."""

    __tablename__ = "directory_entry"

    table_name: Mapped[str]
    hsds_id: Mapped[UUID]
    source: Mapped[str] = mapped_column(index=True)
    source_id: Mapped[str]
    record_id: Mapped[UUID | None]
    batch_id: Mapped[UUID] = ref("import_batch")
    said: Mapped[Any] = mapped_column(JSON)

    __table_args__ = (UniqueConstraint("hsds_id", "table_name"),)
