"""Turns values as the journal writes them (`changes.plain`) back into what columns take."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Date, Enum, Time

from caseapp.store.bulk import table_of
from caseapp.store.tables.base import Base, Id, Instant

ROWS: dict[str, type[Any]] = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
"""Name of a table, as an entry has it -> its class."""


def read(column: Column[Any], value: Any) -> Any:
    """One value of a column; None stays None."""
    if value is None:
        return None
    kind = column.type
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class(value)
    for type_, reads in _READS:
        if isinstance(kind, type_):
            return reads(value)
    return value


def whole(row: type[Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Every column but the id of a row that was added or removed: what the entry leaves out was empty."""
    table = table_of(row)
    return {
        column.name: read(column, fields[column.name]) if column.name in fields else _empty(column)
        for column in table.columns
        if column.name != "id"
    }


def _empty(column: Column[Any]) -> Any:
    return None if column.nullable else column.type.python_type()


_READS: tuple[tuple[Any, Any], ...] = (
    (Id, lambda value: UUID(hex=value)),
    (Instant, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (Time, time.fromisoformat),
)
