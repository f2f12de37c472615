"""How a person stands in rows, and out of rows: their own, and those of what they have several of."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from caseapp.domain.births import Birth
from caseapp.domain.people import (
    Alert,
    ContactPoint,
    Identifier,
    LivingSituation,
    Name,
    Person,
    PersonDetails,
    PersonPlace,
    display_name,
)
from caseapp.domain.relations import Relation
from caseapp.store.tables.base import Base
from caseapp.store.tables.people import (
    AlertRow,
    ContactPointRow,
    LivingSituationRow,
    PersonCodeRow,
    PersonIdentifierRow,
    PersonNameRow,
    PersonPlaceRow,
    PersonRow,
    RelationRow,
)

PARTS: tuple[tuple[str, type[Any], type[Any], tuple[str, ...]], ...] = (
    ("names", PersonNameRow, Name, ("kind", "given", "family", "do_not_use")),
    (
        "points",
        ContactPointRow,
        ContactPoint,
        ("kind", "value", "owner", "may_voicemail", "may_text", "do_not_mention_us"),
    ),
    ("places", PersonPlaceRow, PersonPlace, ("kind", "text", "from_on", "to_on", "note")),
    ("identifiers", PersonIdentifierRow, Identifier, ("scheme", "value")),
    ("alerts", AlertRow, Alert, ("kind", "text", "expires_on")),
    ("relations", RelationRow, Relation, ("kind", "name", "phone", "note", "other_person_id")),
    ("living", LivingSituationRow, LivingSituation, ("code", "from_on", "to_on")),
)
"""What a person has several of: field of the value, table, value class, columns."""

TABLES_OF_PARTS: tuple[type[Any], ...] = (
    *(table for _name, table, _value, _columns in PARTS),
    PersonCodeRow,
)
"""The tables of what belongs to a person and to nobody else."""

_WITH_ID = (ContactPoint, Alert)


def fill(row: PersonRow, details: PersonDetails) -> None:
    """Write a person's own fields on its row."""
    _assign(row, values_of(details))


def values_of(details: PersonDetails) -> dict[str, Any]:
    """The columns of a person's own row."""
    return {
        "kind": details.kind,
        "display_name": display_name(details),
        "description": details.description,
        "birth_on": details.birth.on if details.birth else None,
        "birth_precision": details.birth.precision if details.birth else None,
        "pronouns": details.pronouns,
        "gender": details.gender,
        "interpreter_needed": details.interpreter_needed,
        "veteran": details.veteran,
        "comes_with": details.comes_with,
        "deceased_on": details.deceased_on,
        "is_restricted": details.is_restricted,
    }


def parts_of(details: PersonDetails) -> Iterator[tuple[type[Any], list[dict[str, Any]]]]:
    """What a person has several of: each table with the rows it should hold, in order."""
    for name, table, _value, columns in PARTS:
        yield table, [{column: getattr(one, column) for column in columns} for one in getattr(details, name)]
    codes = [{"list_name": "race_ethnicity", "code": code} for code in details.races]
    codes += [{"list_name": "language", "code": code} for code in details.languages]
    yield PersonCodeRow, codes


def person_of(row: PersonRow, parts: Mapping[type[Any], Sequence[Any]]) -> Person:
    """A person out of rows that are at hand: their own, and those of each table of parts in order."""
    codes: dict[tuple[UUID, str], tuple[str, ...]] = {}
    for one in parts[PersonCodeRow]:
        key = (row.id, one.list_name)
        codes[key] = (*codes.get(key, ()), one.code)
    values = {
        name: tuple(value_of(one, value, columns) for one in parts[table])
        for name, table, value, columns in PARTS
    }
    return to_person(row, values, codes)


def value_of(row: Any, value: type[Any], columns: tuple[str, ...]) -> Any:
    """One value out of its row; phones and alerts keep the id of it."""
    filled = {name: getattr(row, name) for name in columns}
    if value in _WITH_ID:
        filled["id"] = row.id
    return value(**filled)


def _assign(row: Base, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def to_person(
    row: PersonRow,
    parts: dict[str, tuple[Any, ...]],
    codes: dict[tuple[UUID, str], tuple[str, ...]],
) -> Person:
    """A person out of their own row, the values by field, and codes by person and list."""
    precision = row.birth_precision
    birth = Birth(row.birth_on, precision) if row.birth_on and precision else None
    details = PersonDetails(
        kind=row.kind,
        description=row.description,
        birth=birth,
        pronouns=row.pronouns,
        gender=row.gender,
        races=codes.get((row.id, "race_ethnicity"), ()),
        languages=codes.get((row.id, "language"), ()),
        interpreter_needed=row.interpreter_needed,
        veteran=row.veteran,
        comes_with=row.comes_with,
        deceased_on=row.deceased_on,
        is_restricted=row.is_restricted,
        **parts,
    )
    return Person(id=row.id, version=row.version, details=details)


def settle(
    session: Session,
    table: type[Any],
    stored: list[Any],
    wanted: list[dict[str, Any]],
    new: Callable[[], dict[str, Any]],
) -> None:
    """Make the stored list the wanted one place by place, so that the journal shows true changes."""
    if table is PersonCodeRow:
        _settle_codes(session, stored, wanted, new)
        return
    for row, values in zip(stored, wanted, strict=False):
        _assign(row, values)
    for position, values in enumerate(wanted[len(stored) :], start=len(stored)):
        session.add(table(**new(), position=position, **values))
    for row in stored[len(wanted) :]:
        session.delete(row)


def _settle_codes(
    session: Session, stored: list[Any], wanted: list[dict[str, Any]], new: Callable[[], dict[str, Any]]
) -> None:
    """Each code keeps its row: a person has it once, so that none can be written where another stood."""
    there = {(row.list_name, row.code): row for row in stored}
    for position, values in enumerate(wanted):
        row = there.pop((values["list_name"], values["code"]), None)
        if row is None:
            session.add(PersonCodeRow(**new(), position=position, **values))
        else:
            _assign(row, {"position": position})
    for row in there.values():
        session.delete(row)
