"""The whole database as text, table by table, so that no agency is locked in."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from caseapp.store.opened import Database
from caseapp.store.tables import Base


def tables_as_text(database: Database) -> Iterator[tuple[str, tuple[str, ...], Iterator[list[str]]]]:
    """Name, header and rows of every table, parents before children; bytes are in base 16.

    All of them as they stood together when the first was read, whatever is written meanwhile.
    """
    with database.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            yield table.name, tuple(table.columns.keys()), _rows(connection, table)


def columns_of_tables() -> list[list[str]]:
    """Table, column, kind of value, whether it may be empty, and the column that it points to."""
    return [
        [
            table.name,
            column.name,
            _kind(column),
            "yes" if column.nullable else "no",
            ", ".join(sorted(key.target_fullname for key in column.foreign_keys)),
        ]
        for table in Base.metadata.sorted_tables
        for column in table.columns
    ]


def _kind(column: Any) -> str:
    try:
        return _KINDS.get(column.type.python_type, "text")
    except NotImplementedError:
        return "text"


_KINDS = {
    UUID: "id",
    datetime: "moment (UTC)",
    date: "day",
    time: "time of day",
    bool: "true or false",
    int: "number",
    float: "number",
    bytes: "bytes in base 16",
}


def _rows(connection: Connection, table: Any) -> Iterator[list[str]]:
    for row in connection.execute(select(table)):
        yield [_text(value) for value in row]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, UUID):
        return str(value)
    return str(getattr(value, "value", value))
