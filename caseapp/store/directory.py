"""The directory of services."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from caseapp.domain.directory import NewService, Service
from caseapp.domain.directory_finder import Outline
from caseapp.domain.schedules import OpenRule
from caseapp.store.bulk import table_of
from caseapp.store.chunks import chunks
from caseapp.store.directory_rows import COLUMNS, LISTS, Place, Room, outline_of, service_of
from caseapp.store.repository import Repository
from caseapp.store.tables.base import raw
from caseapp.store.tables.directory import (
    LocationRow,
    OrganizationRow,
    ServiceAtLocationRow,
    ServiceCapacityRow,
    ServiceRow,
)

_SERVICE, _ORGANIZATION = table_of(ServiceRow), table_of(OrganizationRow)
_LOCATION, _AT = table_of(LocationRow), table_of(ServiceAtLocationRow)
_CAPACITY = table_of(ServiceCapacityRow)
_NO_RULE = OpenRule()
_EDITION = select(func.count(), func.sum(_SERVICE.c.version), func.max(_SERVICE.c.changed_at))


class Edition(NamedTuple):
    """How many services there are, their versions summed, and when one was changed last.

    The same edition holds the same services, also where a clock stood still between two changes.
    """

    services: int
    versions: int
    changed_at: datetime | None


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

    def organization_named(self, name: str) -> UUID | None:
        """The organization of this name, if there is one."""
        return self._session.scalar(select(OrganizationRow.id).where(OrganizationRow.name == name).limit(1))

    def organizations(self) -> list[tuple[UUID, str, str]]:
        """Id, name and description of each."""
        query = select(_ORGANIZATION.c.id, _ORGANIZATION.c.name, _ORGANIZATION.c.description)
        return [(row.id, row.name, row.description) for row in self._session.execute(query)]

    def add_service(self, organization_id: UUID, service: NewService) -> UUID:
        """Write a service with its phone, place, hours, categories and capacity."""
        service_id = self._new_id()
        self._session.add(
            ServiceRow(
                id=service_id,
                organization_id=organization_id,
                assured_by="",
                source="",
                source_id="",
                extra={},
                **service_columns(service),
            )
        )
        if service.capacity_available is not None and service.capacity_on is not None:
            said_by = service.capacity_said_by
            self._add_capacity(service_id, service.capacity_available, service.capacity_on, said_by)
        if service.address or service.city:
            self._add_location(service_id, organization_id, service)
        return service_id

    def change_service(self, service_id: UUID, service: NewService, *, version: int) -> None:
        """Write what a form says of a service and its parts, its capacity aside; raises StaleRecord."""
        row = self._get(ServiceRow, service_id, version=version)
        for name, value in service_columns(service).items():
            setattr(row, name, value)
        row.changed_at = self._now
        flag_modified(row, "changed_at")
        place = self._session.scalars(
            select(LocationRow)
            .join(ServiceAtLocationRow, ServiceAtLocationRow.location_id == LocationRow.id)
            .where(ServiceAtLocationRow.service_id == service_id)
        ).first()
        if place is not None:
            place.address_1, place.city = service.address, service.city
        elif service.address or service.city:
            self._add_location(service_id, row.organization_id, service)

    def confirm(self, service_id: UUID, *, on: date, by: str, version: int) -> None:
        """Write that the facts were checked; raises StaleRecord."""
        row = self._get(ServiceRow, service_id, version=version)
        row.assured_date, row.assured_by, row.changed_at = on, by, self._now
        flag_modified(row, "changed_at")

    def set_capacity(self, service_id: UUID, available: int, *, on: date, said_by: str, version: int) -> None:
        """Write how many places are free, as somebody said; raises StaleRecord."""
        row = self._get(ServiceRow, service_id, version=version)
        row.changed_at = self._now
        flag_modified(row, "changed_at")
        self._add_capacity(service_id, available, on, said_by)

    def get(self, service_id: UUID) -> Service:
        """Raises NoSuchRecord."""
        self._get(ServiceRow, service_id)
        return self.many([service_id])[0]

    def many(self, service_ids: Iterable[UUID]) -> list[Service]:
        """These services, as far as they are there."""
        return [service_of(*each) for each in self._of_ids(service_ids)]

    def everything(self) -> list[Service]:
        """All services, whatever their state."""
        return [service_of(*each) for each in self._read(_SERVICE.c.id.is_not(None), None)]

    def outlines(self) -> list[Outline]:
        """All services as the finder holds them."""
        return [outline_of(*each) for each in self._read(_SERVICE.c.id.is_not(None), None)]

    def edition(self) -> Edition:
        """What a list of services in memory is compared with; one index holds all of it."""
        services, versions, changed_at = self._session.execute(_EDITION).one()
        return Edition(services, versions or 0, changed_at)

    def changed_since(self, moment: datetime) -> list[Outline]:
        """Services written at this moment or later, as the finder holds them."""
        ids = self._session.scalars(select(_SERVICE.c.id).where(_SERVICE.c.changed_at >= moment)).all()
        return [outline_of(*each) for each in self._of_ids(ids)]

    def names_of(self, source: str) -> set[str]:
        """Id and name of each service of a source, as the source gives them, in one text."""
        query = select(_SERVICE.c.source_id, _SERVICE.c.name).where(_SERVICE.c.source == source)
        return {f"{row.source_id}\n{row.name}" for row in self._session.execute(query)}

    def _add_capacity(self, service_id: UUID, available: int, on: date, said_by: str) -> None:
        self._session.add(
            ServiceCapacityRow(
                id=self._new_id(),
                service_id=service_id,
                available=available,
                unit="slot",
                updated_on=on,
                said_by=said_by,
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

    def _of_ids(self, ids: Iterable[UUID]) -> Iterator[tuple[Any, Place, Room]]:
        for some in chunks(ids):
            yield from self._read(_SERVICE.c.id.in_(some), some)

    def _read(self, where: Any, ids: Sequence[UUID] | None) -> Iterator[tuple[Any, Place, Room]]:
        """Rows with where each is and its room; `ids` are those of the rows, or None for all."""
        query = (
            select(*COLUMNS)
            .join(_ORGANIZATION, _ORGANIZATION.c.id == _SERVICE.c.organization_id)
            .where(where)
            .order_by(_SERVICE.c.id)
        )
        rooms, places = self._rooms(ids), self._places(ids)
        nowhere, unknown = Place(), Room()
        for row in self._session.execute(query).all():
            yield row, places.get(row[0], nowhere), rooms.get(row[0], unknown)

    def _rooms(self, ids: Sequence[UUID] | None) -> dict[Any, Room]:
        """What was said last of each one's free places."""
        query = select(
            raw(_CAPACITY.c.service_id), _CAPACITY.c.available, _CAPACITY.c.updated_on, _CAPACITY.c.said_by
        ).order_by(_CAPACITY.c.updated_on, _CAPACITY.c.id)
        if ids is not None:
            query = query.where(_CAPACITY.c.service_id.in_(ids))
        return {key: Room(*said) for key, *said in self._session.execute(query).all()}

    def _places(self, ids: Sequence[UUID] | None) -> dict[Any, Place]:
        """Where each is first of all."""
        query = (
            select(raw(_AT.c.service_id), _LOCATION.c.address_1, _LOCATION.c.city, _LOCATION.c.postal_code)
            .join(_LOCATION, _LOCATION.c.id == _AT.c.location_id)
            .order_by(_AT.c.id.desc())
        )
        if ids is not None:
            query = query.where(_AT.c.service_id.in_(ids))
        return {key: Place(*told) for key, *told in self._session.execute(query).all()}


def service_columns(service: NewService) -> dict[str, Any]:
    """The columns of a service's own row that its facts fill."""
    return {
        "name": service.name,
        "description": service.description,
        "status": service.status,
        "url": service.url,
        "email": service.email,
        "application_process": service.application,
        "fees_description": service.fees,
        "eligibility_description": service.eligibility,
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "assured_date": service.confirmed_on,
        "is_substance_use": service.is_substance_use,
        "for_veterans": service.for_veterans,
        "phone": service.phone,
        "hours": plain_rules(service.all_rules),
        "lists": _plain_lists(_lists(service)),
    }


def plain_rules(rules: Sequence[OpenRule]) -> list[dict[str, Any]]:
    """Hours as JSON has them."""
    return list(map(_plain_rule, rules))


def _lists(service: NewService) -> tuple[tuple[str, ...], ...]:
    return (
        service.categories,
        service.languages,
        service.documents,
        service.insurance,
        service.living,
        service.terms,
    )


@lru_cache(maxsize=4096)
def _plain_lists(lists: tuple[tuple[str, ...], ...]) -> dict[str, list[str]]:
    """The lists that say something, one value for all services that say the same."""
    return {name: list(codes) for name, codes in zip(LISTS, lists, strict=True) if codes}


@lru_cache(maxsize=4096)
def _plain_rule(rule: OpenRule) -> dict[str, Any]:
    """The parts of a rule that say something, as JSON has them."""
    found: dict[str, Any] = {}
    for name in OpenRule.__dataclass_fields__:
        value = getattr(rule, name)
        if value != getattr(_NO_RULE, name):
            found[name] = value.isoformat() if isinstance(value, (date, time)) else value
    return found
