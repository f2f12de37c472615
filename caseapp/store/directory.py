"""The directory of services."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from caseapp.domain.directory import OpenHours, Service
from caseapp.domain.names import fold
from caseapp.store.repository import Repository
from caseapp.store.tables.directory import (
    LocationRow,
    OrganizationRow,
    ServiceAtLocationRow,
    ServiceCapacityRow,
    ServiceCodeRow,
    ServicePhoneRow,
    ServiceRow,
    ServiceScheduleRow,
)

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""RFC 5545 names, Monday first."""


@dataclass(frozen=True, slots=True)
class NewService:
    """What is written of a service; `hours` is (weekday, opens, closes), Monday is 0."""

    name: str
    description: str = ""
    categories: tuple[str, ...] = ()
    phone: str = ""
    address: str = ""
    city: str = ""
    eligibility: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    languages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    fees: str = ""
    hours: tuple[tuple[int, time, time], ...] = ()
    capacity_available: int | None = None
    capacity_on: date | None = None
    capacity_said_by: str = ""
    confirmed_on: date | None = None
    is_substance_use: bool = False


class DirectoryStore(Repository):
    """Reads and writes organizations and services."""

    def add_organization(self, name: str, *, description: str = "", source: str = "") -> UUID:
        """Write an organization."""
        organization_id = self._new_id()
        self._session.add(
            OrganizationRow(
                id=organization_id,
                name=name,
                alternate_name="",
                description=description,
                email="",
                website="",
                source=source,
                source_id="",
                extra={},
            )
        )
        return organization_id

    def add_service(self, organization_id: UUID, service: NewService) -> UUID:
        """Write a service with its phone, place, hours, categories and capacity."""
        service_id = self._new_id()
        self._session.add(
            ServiceRow(
                id=service_id,
                organization_id=organization_id,
                name=service.name,
                description=service.description,
                status="active",
                url="",
                email="",
                application_process="",
                fees_description=service.fees,
                eligibility_description=service.eligibility,
                minimum_age=service.minimum_age,
                maximum_age=service.maximum_age,
                assured_date=service.confirmed_on,
                assured_by="",
                is_substance_use=service.is_substance_use,
                source="",
                source_id="",
                extra={},
            )
        )
        self._add_belongings(service_id, organization_id, service)
        return service_id

    def confirm(self, service_id: UUID, *, on: date, version: int) -> None:
        """Write that the facts were checked; raises StaleRecord."""
        self._get(ServiceRow, service_id, version=version).assured_date = on

    def get(self, service_id: UUID) -> Service:
        """Raises NoSuchRecord."""
        row = self._get(ServiceRow, service_id)
        return self._many([row])[0]

    def find(self, words: str = "", *, category: str = "") -> list[Service]:
        """Active services whose name, organization or category meets every word."""
        query = select(ServiceRow).where(ServiceRow.status == "active").order_by(ServiceRow.name)
        found = self._many(list(self._session.scalars(query)))
        wanted = fold(words).split()
        return [
            one
            for one in found
            if (not category or category in one.categories) and all(word in _haystack(one) for word in wanted)
        ]

    def count(self) -> int:
        """How many active services there are."""
        return self._session.scalar(select(func.count()).where(ServiceRow.status == "active")) or 0

    def _add_belongings(self, service_id: UUID, organization_id: UUID, service: NewService) -> None:
        if service.phone:
            self._session.add(
                ServicePhoneRow(
                    id=self._new_id(),
                    service_id=service_id,
                    position=0,
                    number=service.phone,
                    extension="",
                    description="",
                )
            )
        if service.address:
            self._add_location(service_id, organization_id, service)
        for weekday, opens, closes in service.hours:
            self._session.add(
                ServiceScheduleRow(
                    id=self._new_id(),
                    service_id=service_id,
                    byday=WEEKDAYS[weekday],
                    opens_at=opens,
                    closes_at=closes,
                    description="",
                )
            )
        lists = (
            ("service_category", service.categories),
            ("language", service.languages),
            ("required_document", service.documents),
        )
        for list_name, codes in lists:
            for position, code in enumerate(codes):
                self._session.add(
                    ServiceCodeRow(
                        id=self._new_id(),
                        service_id=service_id,
                        list_name=list_name,
                        code=code,
                        position=position,
                    )
                )
        if service.capacity_available is not None and service.capacity_on is not None:
            self._session.add(
                ServiceCapacityRow(
                    id=self._new_id(),
                    service_id=service_id,
                    available=service.capacity_available,
                    unit="slot",
                    updated_on=service.capacity_on,
                    said_by=service.capacity_said_by,
                )
            )

    def _add_location(self, service_id: UUID, organization_id: UUID, service: NewService) -> None:
        location_id = self._new_id()
        self._session.add(
            LocationRow(
                id=location_id,
                organization_id=organization_id,
                location_type="physical",
                name="",
                address_1=service.address,
                city=service.city,
                state_province="",
                postal_code="",
                accessibility="",
            )
        )
        self._session.add(
            ServiceAtLocationRow(id=self._new_id(), service_id=service_id, location_id=location_id)
        )

    def _many(self, rows: list[ServiceRow]) -> list[Service]:
        ids = [row.id for row in rows]
        organizations = {
            row.id: row.name
            for row in self._session.execute(
                select(OrganizationRow.id, OrganizationRow.name).where(
                    OrganizationRow.id.in_({row.organization_id for row in rows})
                )
            )
        }
        parts = {
            table: self._by_service(table, ids)
            for table in (ServicePhoneRow, ServiceScheduleRow, ServiceCodeRow, ServiceCapacityRow)
        }
        places = self._places(ids)
        return [
            _to_service(
                row,
                organizations[row.organization_id],
                {t: p.get(row.id, []) for t, p in parts.items()},
                places.get(row.id),
            )
            for row in rows
        ]

    def _by_service(self, table: type[Any], ids: list[UUID]) -> dict[UUID, list[Any]]:
        found: dict[UUID, list[Any]] = {}
        for row in self._session.scalars(select(table).where(table.service_id.in_(ids)).order_by(table.id)):
            found.setdefault(row.service_id, []).append(row)
        return found

    def _places(self, ids: list[UUID]) -> dict[UUID, LocationRow]:
        query = (
            select(ServiceAtLocationRow.service_id, LocationRow)
            .join(LocationRow, LocationRow.id == ServiceAtLocationRow.location_id)
            .where(ServiceAtLocationRow.service_id.in_(ids))
        )
        return {row[0]: row[1] for row in self._session.execute(query)}


def _haystack(service: Service) -> str:
    words = (service.name, service.organization, service.description, service.city, *service.categories)
    return fold(" ".join(words))


def _codes(rows: list[ServiceCodeRow], list_name: str) -> tuple[str, ...]:
    return tuple(row.code for row in rows if row.list_name == list_name)


def _to_service(
    row: ServiceRow, organization: str, parts: dict[type[Any], list[Any]], place: LocationRow | None
) -> Service:
    phones, codes, capacity = parts[ServicePhoneRow], parts[ServiceCodeRow], parts[ServiceCapacityRow]
    newest = max(capacity, key=lambda one: one.updated_on, default=None)
    hours = tuple(
        OpenHours(WEEKDAYS.index(one.byday), one.opens_at, one.closes_at)
        for one in parts[ServiceScheduleRow]
        if one.byday in WEEKDAYS and one.opens_at and one.closes_at
    )
    return Service(
        id=row.id,
        version=row.version,
        organization_id=row.organization_id,
        organization=organization,
        name=row.name,
        categories=_codes(codes, "service_category"),
        description=row.description,
        phone=phones[0].number if phones else "",
        address=place.address_1 if place else "",
        city=place.city if place else "",
        eligibility=row.eligibility_description,
        minimum_age=row.minimum_age,
        maximum_age=row.maximum_age,
        languages=_codes(codes, "language"),
        documents=_codes(codes, "required_document"),
        fees=row.fees_description,
        hours=hours,
        capacity_available=newest.available if newest else None,
        capacity_on=newest.updated_on if newest else None,
        capacity_said_by=newest.said_by if newest else "",
        confirmed_on=row.assured_date,
        is_substance_use=row.is_substance_use,
    )
