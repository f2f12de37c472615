"""The tables of HSDS 3.1 (Open Referral, CC BY-SA 4.0): columns in the standard's order, kinds, links, files.

A column is written `name`, `name:kind`, `!` where the standard requires it and `>table` where it points to
one. Names of files are those of the standard's own examples; nothing is recognised by them alone.
"""

from dataclasses import dataclass

_PLAIN = """
organization organizations.csv: id! name! alternate_name description! email:email website:uri tax_status
 tax_id year_incorporated:number legal_status logo uri:uri parent_organization_id>organization
program programs.csv: id! organization_id!>organization name! alternate_name description!
service services.csv: id! organization_id!>organization program_id>program name! alternate_name description
 url:uri email:email status! interpretation_services application_process fees_description wait_time fees
 accreditations eligibility_description minimum_age:number maximum_age:number assured_date:date
 assurer_email:email licenses alert last_modified:datetime
service_at_location service_at_location.csv: id! service_id!>service location_id!>location description
location locations.csv: id! location_type! url:uri organization_id>organization name alternate_name
 description transportation latitude:number longitude:number external_identifier external_identifier_type
address addresses.csv: id! location_id>location attention address_1! address_2 city! region state_province!
 postal_code! country! address_type!
phone phones.csv: id! location_id>location service_id>service organization_id>organization
 contact_id>contact service_at_location_id>service_at_location number! extension:number type description
contact contacts.csv: id! organization_id>organization service_id>service
 service_at_location_id>service_at_location location_id>location name title department email:email
schedule schedules.csv: id! service_id>service location_id>location
 service_at_location_id>service_at_location valid_from:date valid_to:date dtstart:date timezone:number
 until:date count:number wkst freq interval:number byday byweekno bymonthday byyearday description
 opens_at:time closes_at:time schedule_link:uri attending_type notes
funding funding.csv: id! organization_id>organization service_id>service source
service_area service_areas.csv: id! service_id>service service_at_location_id>service_at_location name
 description extent extent_type uri
required_document required_documents.csv: id! service_id>service document uri:uri
language languages.csv: id! service_id>service location_id>location phone_id>phone name code note
accessibility accessibility.csv: id! location_id>location description details url:uri
attribute attributes.csv: id! link_id! taxonomy_term_id!>taxonomy_term link_type link_entity! value label
taxonomy_term taxonomy_terms.csv: id! code name! description! parent_id>taxonomy_term taxonomy language
 taxonomy_id>taxonomy term_uri:uri
taxonomy taxonomies.csv: id! name! description! uri:uri version
cost_option cost_options.csv: id! service_id!>service valid_from:date valid_to:date option currency
 amount:number amount_description
service_capacity service_capacity.csv: id! service_id!>service unit_id!>unit available:number!
 maximum:number description updated:datetime!
unit units.csv: id! name! scheme identifier uri:uri
url url.csv: id! label url:uri! organization_id>organization service_id>service
organization_identifier organization_identifiers.csv: id! organization_id!>organization identifier_scheme
 identifier_type! identifier!
metadata metadata.csv: id! resource_id! resource_type! last_action_date:date! last_action_type! field_name!
 previous_value! replacement_value! updated_by!
meta_table_description meta_table_descriptions.csv: id! name language character_set
"""

CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("service", "status"): ("active", "inactive", "defunct", "temporarily closed"),
    ("location", "location_type"): ("physical", "postal", "virtual"),
    ("address", "address_type"): ("physical", "postal", "virtual"),
    ("schedule", "wkst"): ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
    ("schedule", "freq"): ("WEEKLY", "MONTHLY"),
}
"""What a column may say."""

ESSENTIAL: dict[str, tuple[str, ...]] = {
    "organization": ("name",),
    "service": ("name",),
    "program": ("name",),
    "taxonomy_term": ("name",),
    "phone": ("number",),
    "service_at_location": ("service_id", "location_id"),
    "url": ("url",),
    "attribute": ("link_id", "taxonomy_term_id"),
    "unit": ("name",),
}
"""Without these a row says nothing and is rejected; another required column that is empty is only told."""

JSON_NAMES = {
    "capacities": "service_capacity",
    "additional_urls": "url",
    "additional_websites": "url",
    "taxonomy_detail": "taxonomy",
}
"""Names of nested objects that are not the table's own, singular or plural."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `kind` is text, email, uri, number, date, datetime or time."""

    name: str
    kind: str
    is_required: bool
    table: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the standard."""

    name: str
    file: str
    columns: dict[str, Column]

    @property
    def links(self) -> dict[str, str]:
        """Column -> the table it points to."""
        return {one.name: one.table for one in self.columns.values() if one.table}


def _column(text: str) -> Column:
    head, _arrow, table = text.partition(">")
    name, _colon, kind = head.replace("!", "").partition(":")
    return Column(name, kind or "text", "!" in head, table)


def _tables() -> dict[str, Table]:
    found: dict[str, Table] = {}
    for text in _PLAIN.strip().replace("\n ", " ").splitlines():
        head, _colon, columns = text.partition(": ")
        name, file = head.split()
        made = [_column(one) for one in columns.split()]
        found[name] = Table(name, file, {one.name: one for one in made})
    return found


TABLES: dict[str, Table] = _tables()
"""All tables by their singular name, parents before children as far as the standard has an order."""
