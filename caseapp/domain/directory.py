"""Services that people are referred to, with how fresh the facts are."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from caseapp.domain.errors import CaseAppError


class ServiceNameMissing(CaseAppError):
    code = "directory.service-name-missing"


@dataclass(frozen=True, slots=True)
class OpenHours:
    """Hours on a weekday (0 is Monday)."""

    weekday: int
    opens: time
    closes: time


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
    eligibility: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    languages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    fees: str = ""
    hours: tuple[OpenHours, ...] = ()
    capacity_available: int | None = None
    capacity_on: date | None = None
    capacity_said_by: str = ""
    confirmed_on: date | None = None
    is_substance_use: bool = False


def needs_confirming(service: Service, *, today: date, after_days: int = 90) -> bool:
    """Whether the facts are older than the agency trusts."""
    return service.confirmed_on is None or (today - service.confirmed_on).days > after_days
