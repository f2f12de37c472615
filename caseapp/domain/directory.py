"""Services that people are referred to, with how fresh the facts are."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Protocol
from uuid import UUID

from caseapp.domain.errors import CaseAppError
from caseapp.domain.schedules import OpenRule, weekly

CONFIRM_AFTER_DAYS = 90
"""Age of the last check after which an entry stands on the list to confirm again."""

CAPACITY_FRESH_DAYS = 7
"""Age after which a number of free places says nothing any more."""

STATUSES = ("active", "inactive", "defunct", "temporarily closed")
"""What HSDS lets a service be; only an active one is found."""


class ServiceNameMissing(CaseAppError):
    code = "directory.service-name-missing"


class AgesOutOfOrder(CaseAppError):
    """Ages go from 0 to 130, the lowest first."""

    code = "directory.ages-out-of-order"


class CapacityOutOfRange(CaseAppError):
    """Free places are counted from 0."""

    code = "directory.capacity-out-of-range"


@dataclass(frozen=True, slots=True)
class NewService:
    """What is written of a service; `hours` is (weekday, opens, closes), Monday is 0, beside other `rules`.

    `insurance`, `living` (HUD codes) and `for_veterans` are what it asks for; empty asks for nothing.
    """

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
    rules: tuple[OpenRule, ...] = ()
    status: str = "active"
    url: str = ""
    email: str = ""
    application: str = ""
    insurance: tuple[str, ...] = ()
    living: tuple[str, ...] = ()
    for_veterans: bool = False
    terms: tuple[str, ...] = ()

    @property
    def all_rules(self) -> tuple[OpenRule, ...]:
        """Both ways of telling hours as one."""
        return (*self.rules, *(weekly(*one) for one in self.hours)) if self.hours else self.rules


@dataclass(frozen=True, slots=True)
class Service:
    """A service of an organization, as the finder shows it (HSDS 3.1 names in the tables)."""

    id: UUID
    version: int
    organization_id: UUID
    organization: str
    name: str
    categories: tuple[str, ...] = ()
    description: str = ""
    phone: str = ""
    address: str = ""
    city: str = ""
    postal_code: str = ""
    eligibility: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    languages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    fees: str = ""
    rules: tuple[OpenRule, ...] = ()
    capacity_available: int | None = None
    capacity_on: date | None = None
    capacity_said_by: str = ""
    confirmed_on: date | None = None
    is_substance_use: bool = False
    status: str = "active"
    url: str = ""
    email: str = ""
    application: str = ""
    insurance: tuple[str, ...] = ()
    living: tuple[str, ...] = ()
    for_veterans: bool = False
    terms: tuple[str, ...] = ()
    source: str = ""
    changed_at: datetime | None = field(default=None, compare=False)

    @property
    def called(self) -> str:
        """Organization and service, as a referral names its place."""
        return f"{self.organization}, {self.name}"


def check(service: NewService) -> None:
    """Raise ServiceNameMissing, AgesOutOfOrder or CapacityOutOfRange for what cannot be saved."""
    if not service.name.strip():
        raise ServiceNameMissing()
    ages = [age for age in (service.minimum_age, service.maximum_age) if age is not None]
    if any(not 0 <= age <= 130 for age in ages) or ages != sorted(ages):
        raise AgesOutOfOrder()
    if service.capacity_available is not None:
        check_capacity(service.capacity_available)


def check_capacity(available: int) -> None:
    """Raise CapacityOutOfRange unless it is a number of places."""
    if not 0 <= available <= 100_000:
        raise CapacityOutOfRange()


class Confirmable(Protocol):
    """A service, or what is held of it, as far as its freshness goes."""

    @property
    def confirmed_on(self) -> date | None: ...
    @property
    def capacity_available(self) -> int | None: ...
    @property
    def capacity_on(self) -> date | None: ...


def needs_confirming(service: Confirmable, *, today: date, after_days: int = CONFIRM_AFTER_DAYS) -> bool:
    """Whether the facts are older than the agency trusts."""
    return service.confirmed_on is None or (today - service.confirmed_on).days > after_days


def has_room(service: Confirmable, *, today: date) -> bool | None:
    """Whether somebody said lately that there is a free place; None when nobody did."""
    if service.capacity_available is None or service.capacity_on is None:
        return None
    is_fresh = (today - service.capacity_on).days <= CAPACITY_FRESH_DAYS
    return service.capacity_available > 0 if is_fresh else None
