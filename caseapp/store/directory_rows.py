"""Services as they are read: thousands at a time for the finder, whole where somebody looks at one.

What many services share, like their hours, is read once for all of them.
"""

import json
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Text, cast

from caseapp.domain.directory import Service
from caseapp.domain.directory_finder import Outline, outlined
from caseapp.domain.schedules import OpenRule
from caseapp.store.bulk import table_of
from caseapp.store.tables.base import from_microseconds, raw
from caseapp.store.tables.directory import OrganizationRow, ServiceRow

LISTS = (
    "service_category",
    "language",
    "required_document",
    "insurance",
    "living_situation",
    "taxonomy_term",
)
"""Names of the lists of codes and words that a service has."""

KNOWN = 16_384
"""Hours, or lists, of which a county's services share most."""

_SERVICE, _ORGANIZATION = table_of(ServiceRow), table_of(OrganizationRow)
_DAYS, _CLOCKS = frozenset({"starts", "until", "valid_from", "valid_to"}), frozenset({"opens", "closes"})

COLUMNS = (
    raw(_SERVICE.c.id).label("id"),
    _SERVICE.c.name,
    _ORGANIZATION.c.name.label("organization"),
    _SERVICE.c.description,
    _SERVICE.c.status,
    _SERVICE.c.minimum_age,
    _SERVICE.c.maximum_age,
    _SERVICE.c.assured_date,
    _SERVICE.c.for_veterans,
    cast(_SERVICE.c.hours, Text).label("hours"),
    cast(_SERVICE.c.lists, Text).label("lists"),
    raw(_SERVICE.c.organization_id).label("organization_id"),
    raw(_SERVICE.c.changed_at).label("changed_at"),
    _SERVICE.c.version,
    _SERVICE.c.phone,
    _SERVICE.c.eligibility_description,
    _SERVICE.c.fees_description,
    _SERVICE.c.is_substance_use,
    _SERVICE.c.url,
    _SERVICE.c.email,
    _SERVICE.c.application_process,
    _SERVICE.c.source,
)
"""What is read of a service; what the finder asks comes first, and nothing is converted that nobody asks."""


class Place(NamedTuple):
    """Where a service is."""

    address: str = ""
    city: str = ""
    postal_code: str = ""


class Room(NamedTuple):
    """What was said last of its free places."""

    available: int | None = None
    on: date | None = None
    said_by: str = ""


class _Lists(NamedTuple):
    """In the order of `LISTS`; `words` are those that are searched."""

    categories: tuple[str, ...]
    languages: tuple[str, ...]
    documents: tuple[str, ...]
    insurance: tuple[str, ...]
    living: tuple[str, ...]
    terms: tuple[str, ...]
    words: str


def to_id(value: bytes | UUID) -> UUID:
    """An id that was read as the database keeps it."""
    return UUID(bytes=value) if isinstance(value, bytes) else value


def outline_of(row: Any, place: Place, room: Room) -> Outline:
    """What the finder holds of a service."""
    key, name, organization, description, status, minimum, maximum, confirmed, veterans, hours, told, *_ = row
    lists = _lists_of(told)
    return outlined(
        to_id(key),
        status,
        (name, organization, f"{description} {place.city} {place.postal_code} {lists.words}"),
        city=place.city,
        categories=lists.categories,
        languages=lists.languages,
        rules=_rules_of(hours),
        asks=(minimum, maximum, veterans, lists.living, lists.insurance, lists.languages),
        confirmed_on=confirmed,
        capacity_available=room.available,
        capacity_on=room.on,
        make=lambda: service_of(row, place, room),
    )


def service_of(row: Any, place: Place, room: Room) -> Service:
    """The whole of a service."""
    lists = _lists_of(row.lists)
    return Service(
        id=to_id(row.id),
        version=row.version,
        organization_id=to_id(row.organization_id),
        organization=row.organization,
        name=row.name,
        categories=lists.categories,
        description=row.description,
        phone=row.phone,
        address=place.address,
        city=place.city,
        postal_code=place.postal_code,
        eligibility=row.eligibility_description,
        minimum_age=row.minimum_age,
        maximum_age=row.maximum_age,
        languages=lists.languages,
        documents=lists.documents,
        fees=row.fees_description,
        rules=_rules_of(row.hours),
        capacity_available=room.available,
        capacity_on=room.on,
        capacity_said_by=room.said_by,
        confirmed_on=row.assured_date,
        is_substance_use=row.is_substance_use,
        status=row.status,
        url=row.url,
        email=row.email,
        application=row.application_process,
        insurance=lists.insurance,
        living=lists.living,
        for_veterans=row.for_veterans,
        terms=lists.terms,
        source=row.source,
        changed_at=_moment(row.changed_at),
    )


def _moment(value: int | datetime) -> datetime:
    return from_microseconds(value) if isinstance(value, int) else value


@lru_cache(maxsize=KNOWN)
def _lists_of(text: str) -> _Lists:
    plain = json.loads(text)
    lists = {name: tuple(plain.get(name, ())) for name in LISTS}
    words = " ".join((*lists["service_category"], *lists["taxonomy_term"]))
    return _Lists(
        lists["service_category"],
        lists["language"],
        lists["required_document"],
        lists["insurance"],
        lists["living_situation"],
        lists["taxonomy_term"],
        words,
    )


@lru_cache(maxsize=KNOWN)
def _rules_of(text: str) -> tuple[OpenRule, ...]:
    return tuple(map(_rule_of, json.loads(text)))


def _rule_of(plain: dict[str, Any]) -> OpenRule:
    return OpenRule(**{name: _value(name, value) for name, value in plain.items()})


def _value(name: str, value: Any) -> Any:
    if name in _DAYS:
        return date.fromisoformat(value)
    return time.fromisoformat(value) if name in _CLOCKS else value
