"""The two older tabular generations of HSDS (2.0.1, 1.x) in the shape of 3.1, row by row."""

from caseapp.domain.directory_reading import Row
from caseapp.exchange.hsds_cells import clock

OLDER: dict[str, tuple[str, ...]] = {
    name: tuple(columns.split())
    for name, columns in {
        "physical_address": "id location_id organization_id attention address_1 address_2 address_3 address_4"
        " city region state_province postal_code country",
        "postal_address": "id location_id organization_id attention address_1 address_2 address_3 address_4"
        " city region state_province postal_code country",
        "regular_schedule": "id service_id location_id service_at_location_id weekday opens_at closes_at"
        " original_text",
        "holiday_schedule": "id service_id location_id service_at_location_id closed opens_at closes_at"
        " start_date end_date",
        "service_attribute": "id service_id taxonomy_term_id taxonomy_id",
        "other_attribute": "id link_id link_type taxonomy_term_id",
        "service_taxonomy": "id service_id taxonomy_id taxonomy_detail",
        "taxonomy_1": "id name parent_id parent_name vocabulary",
        "eligibility": "id service_id eligibility minimum_age maximum_age",
        "payment_accepted": "id service_id payment",
        "accessibility_for_disabilities": "id location_id accessibility details",
    }.items()
}
"""Tables that 3.1 has no more, with their columns."""

ALSO: dict[str, tuple[str, ...]] = {
    "organization": ("url",),
    "language": ("language",),
    "phone": ("language", "department"),
    "service_area": ("service_area",),
    "taxonomy_term": ("term", "parent_name", "vocabulary"),
    "service": ("taxonomy_ids",),
}
"""Columns that a table of 3.1 had in an older generation."""

FILE_NAMES: dict[str, str] = {
    "services_at_location": "service_at_location",
    "services_at_locations": "service_at_location",
    "service_at_locations": "service_at_location",
    "services_taxonomy": "service_taxonomy",
    "services_attribute": "service_attribute",
    "taxonomy": "taxonomy_1",
    "payments_accepted": "payment_accepted",
    "accessibility_for_disability": "accessibility_for_disabilities",
    "metadata": "metadata",
    "meta_tables_description": "meta_table_description",
}
"""Names of files that are no plain plural of their table."""

_RENAMED = {
    "organization": {"url": "website"},
    "language": {"language": "name"},
    "service_area": {"service_area": "name"},
    "taxonomy_term": {"term": "name", "vocabulary": "taxonomy"},
    "phone": {"department": "description"},
}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def is_older(table: str, row: Row) -> bool:
    """Whether a row belongs to a table, or uses a column, that 3.1 has no more."""
    return table in OLDER or (table in ALSO and any(name in row for name in ALSO[table]))


def translate(table: str, row: Row) -> tuple[str, Row]:
    """The table of 3.1 and the row in its columns; unknown columns stay as they are."""
    if table in ("physical_address", "postal_address"):
        return "address", _address(row, table.removesuffix("_address"))
    if table == "regular_schedule":
        return "schedule", _regular(row)
    if table == "holiday_schedule":
        return "schedule", _holiday(row)
    if table in ("service_attribute", "service_taxonomy", "other_attribute"):
        return "attribute", _attribute(row)
    if table == "taxonomy_1":
        return "taxonomy_term", _renamed({**row}, {"vocabulary": "taxonomy"})
    if table == "payment_accepted":
        return "cost_option", _renamed({**row}, {"payment": "option"})
    if table == "accessibility_for_disabilities":
        return "accessibility", _renamed({**row}, {"accessibility": "description"})
    return table, _renamed({**row}, _RENAMED.get(table, {}))


def _renamed(row: Row, names: dict[str, str]) -> Row:
    for old, new in names.items():
        said = row.pop(old, "")
        if said and not row.get(new):
            row[new] = said
    return row


def _address(row: Row, kind: str) -> Row:
    made = {**row, "address_type": row.get("address_type") or kind}
    more = [made.pop(name, "") for name in ("address_3", "address_4")]
    made["address_2"] = ", ".join(filter(None, (made.get("address_2", ""), *more)))
    return made


def _regular(row: Row) -> Row:
    made = {**row}
    weekday = made.pop("weekday", "")
    text = made.pop("original_text", "")
    made["freq"], made["byday"] = "WEEKLY", _weekday(weekday)
    if not made["byday"]:
        made["description"] = " ".join(filter(None, (weekday, text)))
    elif text:
        made["description"] = text
    return made


def _weekday(text: str) -> str:
    """MO ... SU of "1" (Monday, ISO 8601), "Monday", "Mon" or "MO"; nothing where it is none of them."""
    word = text.strip().upper()
    if word.isdecimal() and len(word) == 1:
        return _DAYS[(int(word) - 1) % 7] if 0 <= int(word) <= 7 else ""
    return word[:2] if word[:2] in _DAYS else ""


def _holiday(row: Row) -> Row:
    made = {**row}
    first, last = made.pop("start_date", ""), made.pop("end_date", "")
    made["dtstart"], made["until"] = first, last or first
    made["valid_from"], made["valid_to"] = first, last or first
    if made.get("closed", "").casefold() in ("true", "t", "yes", "1", "closed"):
        made["closed"], made["notes"] = "true", "Closed"
    elif not clock(made.get("opens_at", "")):
        made["notes"] = "Holiday hours"
    return made


def _attribute(row: Row) -> Row:
    made = {**row}
    service = made.pop("service_id", "")
    made["link_id"] = made.get("link_id") or service
    made["link_entity"] = made.get("link_entity") or ("service" if service else made.get("link_type", ""))
    made["taxonomy_term_id"] = made.get("taxonomy_term_id") or made.pop("taxonomy_id", "")
    detail = made.pop("taxonomy_detail", "")
    if detail and not made.get("value"):
        made["value"] = detail
    made.pop("taxonomy_id", None)
    return made
