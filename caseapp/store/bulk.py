"""Inserts many rows column by column, converting a column only where its type asks for it."""

from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from typing import Any, TypeVar

from sqlalchemy import JSON, Column, Table, insert
from sqlalchemy.orm import Session

from caseapp.store.tables.base import Id

InT = TypeVar("InT")
OutT = TypeVar("OutT")


def table_of(row: type[Any]) -> Table:
    """The table behind a declarative class."""
    table = row.__table__
    assert isinstance(table, Table)  # noqa: S101
    return table


def insert_columns(
    session: Session,
    row: type[Any],
    columns: Mapping[str, Sequence[Any]],
    same: Mapping[str, Any],
    count: int,
    *,
    ready: frozenset[str] = frozenset(),
) -> None:
    """Insert `count` rows: `columns` gives a value a row, `same` one value for all of them.

    Columns that are `ready` hold what the database keeps already.
    """
    if not count:
        return
    table, connection = table_of(row), session.connection()
    dialect = connection.dialect
    names = [*columns, *same]
    statement = insert(table).values(dict.fromkeys(names)).compile(dialect=dialect, column_keys=names)
    ordered = list(statement.positiontup or names)
    alike = {name: _usual(table.c[name]) for name in ordered if name not in columns} | dict(same)
    prepared = [
        columns[name]
        if name in ready
        else _converted(table.c[name], columns[name], dialect)
        if name in columns
        else repeat(_one(table.c[name], alike[name], dialect), count)
        for name in ordered
    ]
    connection.exec_driver_sql(str(statement), list(zip(*prepared, strict=True)))


def each_once(function: Callable[[InT], OutT], values: Sequence[InT]) -> list[OutT]:
    """The function of each value; an object that stands several times is worked once."""
    known: dict[int, OutT] = {}
    found = []
    for value in values:
        key = id(value)
        if key not in known:
            known[key] = function(value)
        found.append(known[key])
    return found


def _usual(column: Column[Any]) -> Any:
    """What a column holds where nobody says anything."""
    return getattr(column.default, "arg", None)


def _processor(column: Column[Any], dialect: Any) -> Any:
    if isinstance(column.type, Id):
        return column.type.plain_processor(dialect)
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _converted(column: Column[Any], values: Sequence[Any], dialect: Any) -> Sequence[Any]:
    process = _processor(column, dialect)
    if process is None:
        return values
    return each_once(process, values) if isinstance(column.type, JSON) else list(map(process, values))


def _one(column: Column[Any], value: Any, dialect: Any) -> Any:
    process = _processor(column, dialect)
    return value if process is None else process(value)
