"""What every table shares: names of constraints, ids, instants, and the version that guards an edit.

This is the one place where a column type differs between SQLite and PostgreSQL; where a query differs stands
in `dialects`.
"""

import enum
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    LargeBinary,
    MetaData,
    String,
    Time,
    TypeDecorator,
    Uuid,
    type_coerce,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import NullType, TypeEngine

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Id(TypeDecorator[UUID]):
    """A UUIDv7: 16 bytes in SQLite (sorted by time), `uuid` in PostgreSQL."""

    impl = LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Uuid() if dialect.name == "postgresql" else LargeBinary(16))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return value.bytes

    def plain_processor(self, dialect: Dialect) -> Callable[[UUID | None], Any] | None:
        """As `process_bind_param`, for many values, of the type that the driver takes without a question."""
        return None if dialect.name == "postgresql" else lambda value: value and bytearray(value.bytes)

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        if value is None or dialect.name == "postgresql":
            return None if value is None else UUID(str(value))
        return UUID(bytes=value)


class Instant(TypeDecorator[datetime]):
    """A moment in UTC: microseconds since 1970 in SQLite, `timestamptz` in PostgreSQL."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(
            DateTime(timezone=True) if dialect.name == "postgresql" else BigInteger()
        )

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return microseconds(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if dialect.name == "postgresql":
            moment: datetime = value
            return moment.astimezone(UTC)
        return from_microseconds(value)


def microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970-01-01 UTC, without the rounding of a float."""
    return (moment - _EPOCH) // _MICROSECOND


BY_BYTES = String().with_variant(String(collation="C"), "postgresql")
"""Text that is looked for by its beginning: in the order of bytes all that begins alike stands together, in
that of a language it need not."""


class Base(DeclarativeBase):
    """The declarative root; nothing above the store sees a subclass of it."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012
        UUID: Id(),
        datetime: Instant(),
        date: Date(),
        time: Time(),
        str: String(),
        enum.Enum: Enum(
            enum.Enum,
            native_enum=False,
            create_constraint=True,
            length=40,
            values_callable=lambda members: [member.value for member in members],
        ),
    }


def from_microseconds(value: int) -> datetime:
    """The instant of so many microseconds since 1970-01-01 UTC."""
    return _EPOCH + timedelta(microseconds=value)


def raw(column: Any) -> Any:
    """The column as the database keeps it, for reading many rows without converting each value."""
    return type_coerce(column, NullType())


def foreign(target: str) -> ForeignKey:
    """A foreign key checked at commit, so that rows of one transaction may be written in any order."""
    return ForeignKey(target, deferrable=True, initially="DEFERRED")


def ref(table: str, *, index: bool = True, nullable: bool | None = None, primary_key: bool = False) -> Any:
    """A foreign key to the id of another table, indexed unless another index already serves it."""
    return mapped_column(
        foreign(f"{table}.id"),
        index=index and not primary_key,
        nullable=nullable,
        primary_key=primary_key,
    )


def later(empty: str = "") -> Any:
    """A text added after the first schema: rows written in bulk without it say nothing there."""
    return mapped_column(default=empty, server_default=empty)


class Entry:
    """A row that is written once or replaced with its owner: an id and nothing else."""

    id: Mapped[UUID] = mapped_column(primary_key=True)


class Record(Entry):
    """A row that people edit: who made and changed it, and the version their form was filled from."""

    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    @declared_attr
    def created_by(cls) -> Mapped[UUID]:  # noqa: N805
        return mapped_column(foreign("staff.id"))

    @declared_attr
    def changed_by(cls) -> Mapped[UUID]:  # noqa: N805
        return mapped_column(foreign("staff.id"))

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.version}
