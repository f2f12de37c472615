"""Services of ours told in the tables of HSDS, with what their source said of them."""

from collections.abc import Iterable
from uuid import UUID, uuid5

from caseapp.domain.directory import NewService, Service
from caseapp.domain.directory_entries import SPACE, Entry, Said
from caseapp.domain.directory_reading import Row
from caseapp.domain.schedules import OpenRule

SLOT = str(uuid5(SPACE, "unit\nslot"))
"""The unit in which places are counted here, where no source says another."""

_FIELDS = {
    "name": "name",
    "description": "description",
    "url": "url",
    "email": "email",
    "status": "status",
    "application_process": "application",
    "fees_description": "fees",
    "eligibility_description": "eligibility",
    "minimum_age": "minimum_age",
    "maximum_age": "maximum_age",
    "assured_date": "confirmed_on",
}


def told(service: Service, service_id: str, organization_id: str) -> Said:
    """A service of ours in the tables of the standard, under the ids it has there."""
    row: Row = {
        "id": service_id,
        "organization_id": organization_id,
        "name": service.name,
        "description": service.description,
        "url": service.url,
        "email": service.email,
        "status": service.status,
        "application_process": service.application,
        "fees_description": service.fees,
        "eligibility_description": service.eligibility,
        "minimum_age": _number(service.minimum_age),
        "maximum_age": _number(service.maximum_age),
        "assured_date": service.confirmed_on.isoformat() if service.confirmed_on else "",
    }
    said: Said = {"service": {service_id: row}}
    _tell(said, "phone", service_id, [{"number": service.phone, "type": "voice"}] if service.phone else [])
    _tell(said, "language", service_id, [{"name": one} for one in service.languages])
    _tell(said, "required_document", service_id, [{"document": one} for one in service.documents])
    _tell(said, "schedule", service_id, [_told_rule(one) for one in service.rules])
    if service.capacity_available is not None and service.capacity_on:
        room = {
            "unit_id": SLOT,
            "available": str(service.capacity_available),
            "updated": f"{service.capacity_on.isoformat()}T00:00:00Z",
            "description": service.capacity_said_by,
        }
        _tell(said, "service_capacity", service_id, [room])
    return said


def _tell(said: Said, table: str, service_id: str, rows: Iterable[Row]) -> None:
    for place, row in enumerate(rows):
        row_id = str(uuid5(UUID(service_id), f"{table}\n{place}"))
        filled = {name: text for name, text in row.items() if text}
        said.setdefault(table, {})[row_id] = {"id": row_id, "service_id": service_id, **filled}


def _told_rule(rule: OpenRule) -> Row:
    days = {
        name: day.isoformat() if day else ""
        for name, day in (
            ("dtstart", rule.starts),
            ("until", rule.until),
            ("valid_from", rule.valid_from),
            ("valid_to", rule.valid_to),
        )
    }
    return {
        **days,
        "freq": rule.freq,
        "byday": rule.byday,
        "interval": str(rule.interval) if rule.interval > 1 else "",
        "count": _number(rule.count),
        "wkst": rule.wkst,
        "bymonthday": rule.bymonthday,
        "byyearday": rule.byyearday,
        "byweekno": rule.byweekno,
        "opens_at": rule.opens.isoformat("seconds") if rule.opens else "",
        "closes_at": rule.closes.isoformat("seconds") if rule.closes else "",
        "description": rule.words,
    }


def with_ours(entry: Entry, projected: NewService, service: Service, organization_id: str) -> Said:
    """What the source said, with what was found out here since in its place."""
    own = told(service, entry.id, organization_id)
    said: Said = {table: dict(rows) for table, rows in entry.said.items()}
    said["service"] = {entry.id: {**entry.row, **_differing(own["service"][entry.id], projected, service)}}
    kept = {
        "phone": projected.phone == service.phone,
        "language": projected.languages == service.languages,
        "required_document": projected.documents == service.documents,
        "schedule": set(projected.rules) == set(service.rules),
        "service_capacity": (projected.capacity_available, projected.capacity_on)
        == (service.capacity_available, service.capacity_on),
    }
    for table in (table for table, is_kept in kept.items() if not is_kept):
        said[table] = own.get(table, {})
    return said


def _differing(row: Row, projected: NewService, service: Service) -> Row:
    return {
        column: row.get(column, "")
        for column, name in _FIELDS.items()
        if getattr(projected, name) != getattr(service, name)
    }


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
