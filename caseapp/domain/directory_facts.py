"""What sources say in HSDS, read into what the finder holds: places, organizations and services."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from operator import itemgetter

from caseapp.domain import directory_categories as words_of
from caseapp.domain.directory import STATUSES, NewService
from caseapp.domain.directory_entries import Entry
from caseapp.domain.directory_reading import Row
from caseapp.domain.schedules import OpenRule

UNNAMED = "Organization not named by the source"
"""Stands for an organization that services point to and that the file leaves out."""

NOT_TOLD = "Not told"
"""What is written where the standard wants a text and nobody gave one."""


Find = Callable[[str, str], Entry | None]
"""The entry of a table and id, from the file at hand or from what is stored."""


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What is held of a location."""

    kind: str
    name: str
    address: str
    city: str
    state: str
    postal_code: str
    latitude: float | None
    longitude: float | None
    accessibility: str


@dataclass(frozen=True, slots=True)
class OrganizationFacts:
    name: str
    alternate_name: str
    description: str
    email: str
    website: str


def organization_facts(entry: Entry) -> OrganizationFacts:
    """What an organization's own row says."""
    row = entry.row
    return OrganizationFacts(
        row.get("name", "") or UNNAMED,
        row.get("alternate_name", ""),
        row.get("description", ""),
        row.get("email", ""),
        row.get("website", ""),
    )


def place_facts(entry: Entry) -> PlaceFacts:
    """What a location and its address say; where people go comes before where letters go."""
    row = entry.row
    address = min(entry.rows("address"), key=lambda one: one.get("address_type") != "physical", default={})
    street = ", ".join(filter(None, (address.get("address_1"), address.get("address_2"))))
    access = [one.get("description") or one.get("details", "") for one in entry.rows("accessibility")]
    return PlaceFacts(
        kind=row.get("location_type") or "physical",
        name=row.get("name", ""),
        address=street,
        city=address.get("city", ""),
        state=address.get("state_province", ""),
        postal_code=address.get("postal_code", ""),
        latitude=_float(row.get("latitude", "")),
        longitude=_float(row.get("longitude", "")),
        accessibility="; ".join(filter(None, access)),
    )


def service_facts(entry: Entry, find: Find) -> NewService:
    """What a service's rows say; where it has no phone or hours of its own, those of its place hold."""
    row = entry.row
    places = [
        found
        for one in entry.rows("service_at_location")
        if (found := find("location", one.get("location_id", "")))
    ]
    organization = find("organization", row.get("organization_id", ""))
    near = [entry, *places, *([organization] if organization else [])]
    terms = _terms(entry, find)
    fees = row.get("fees_description") or row.get("fees", "")
    costs = [one.get("option", "") for one in entry.rows("cost_option")]
    categories = words_of.categories_of((row.get("name", ""), *terms))
    capacity = max(entry.rows("service_capacity"), key=lambda one: one.get("updated", ""), default={})
    eligibility = row.get("eligibility_description", "")
    return NewService(
        name=row.get("name", ""),
        description=row.get("description", ""),
        categories=categories,
        terms=terms,
        phone=_first_phone(near),
        eligibility=eligibility,
        minimum_age=_age(row.get("minimum_age", "")),
        maximum_age=_age(row.get("maximum_age", "")),
        languages=_unique(
            [one.get("name") or one.get("code", "") for each in near[:2] for one in each.rows("language")]
        ),
        documents=_unique([one.get("document", "") for one in entry.rows("required_document")]),
        fees=fees or "; ".join(filter(None, costs)),
        rules=_rules(near[: 1 + len(places)]),
        capacity_available=_age(capacity.get("available", "")),
        capacity_on=_day(capacity.get("updated", "")),
        capacity_said_by="the source" if capacity.get("updated") else "",
        confirmed_on=_day(row.get("assured_date", "")),
        is_substance_use=words_of.is_substance_use(categories),
        status=row["status"] if row.get("status") in STATUSES else "active",
        url=row.get("url", ""),
        email=row.get("email", ""),
        application=row.get("application_process", ""),
        insurance=words_of.insurance_of((fees, *costs)),
        for_veterans=words_of.is_for_veterans(eligibility),
    )


def _terms(entry: Entry, find: Find) -> tuple[str, ...]:
    found = []
    for one in entry.rows("attribute"):
        term = find("taxonomy_term", one.get("taxonomy_term_id", ""))
        found.append((term.row.get("name", "") if term else "") or one.get("value", ""))
    return _unique(found)


def _first_phone(near: Iterable[Entry]) -> str:
    for each in near:
        for row in each.rows("phone"):
            if said := _phone(row):
                return said
    return ""


def _phone(row: Row) -> str:
    number, extension = row.get("number", "").strip('"'), row.get("extension", "")
    return f"{number} ext. {extension}" if extension else number


def _rules(near: Sequence[Entry]) -> tuple[OpenRule, ...]:
    """The service's own hours; those of its places only where it has none."""
    for each in near:
        if rows := each.rows("schedule"):
            return _rules_of(tuple([_rule_cells(row) for row in rows]))
    return ()


_NO_RULE = frozenset({"id", "service_id", "location_id", "service_at_location_id", "timezone"})
_Cells = tuple[tuple[str, ...], tuple[str, ...]]


def _rule_cells(row: Row) -> _Cells:
    """The columns of a row that make its rule, and what stands in them."""
    names, cells_of = _rule_columns(tuple(row))
    return names, cells_of(row)


@lru_cache(maxsize=256)
def _rule_columns(columns: tuple[str, ...]) -> tuple[tuple[str, ...], Callable[[Row], tuple[str, ...]]]:
    names = tuple(name for name in columns if name not in _NO_RULE)
    if len(names) > 1:
        return names, itemgetter(*names)
    return names, lambda row: tuple(row[name] for name in names)


@lru_cache(maxsize=4096)
def _rules_of(schedules: tuple[_Cells, ...]) -> tuple[OpenRule, ...]:
    """Most services of a county keep one of a few kinds of hours, so each kind is read once."""
    return tuple(dict.fromkeys(_rule(dict(zip(*each, strict=True))) for each in schedules))


def _rule(row: Row) -> OpenRule:
    opens, offset = _clock(row.get("opens_at", ""))
    return OpenRule(
        opens=opens,
        closes=_clock(row.get("closes_at", ""))[0],
        byday=row.get("byday", "").replace(" ", "").upper(),
        freq=row.get("freq", "").upper() or "WEEKLY",
        interval=_age(row.get("interval", "")) or 1,
        starts=_day(row.get("dtstart", "")),
        until=_day(row.get("until", "")),
        count=_age(row.get("count", "")),
        valid_from=_day(row.get("valid_from", "")),
        valid_to=_day(row.get("valid_to", "")),
        wkst=row.get("wkst", "").upper(),
        bymonthday=row.get("bymonthday", "").replace(" ", ""),
        byyearday=row.get("byyearday", "").replace(" ", ""),
        byweekno=row.get("byweekno", "").replace(" ", ""),
        offset=offset,
        is_closed=row.get("closed") == "true",
        words=row.get("description") or row.get("notes", ""),
    )


def _unique(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, dict.fromkeys(texts))) if texts else ()


def _age(text: str) -> int | None:
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if 0 <= number <= 1_000_000 else None


def _float(text: str) -> float | None:
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) <= 1000 else None


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _clock(text: str) -> tuple[time | None, int | None]:
    """The time of day and, where it carries one, its offset from UTC in minutes."""
    try:
        moment = time.fromisoformat(text)
    except ValueError:
        return None, None
    offset = moment.utcoffset()
    return moment.replace(tzinfo=None), None if offset is None else offset // timedelta(minutes=1)
