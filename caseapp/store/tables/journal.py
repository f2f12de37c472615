"""The journal, import batches and frozen reports: what is only ever added to."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.store.tables.base import Base, Entry, Record, foreign, ref


class JournalRow(Base):
    """One thing somebody did or saw; `detail` is the canonical text that the hash covers."""

    __tablename__ = "journal"

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None] = mapped_column(foreign("staff.id"))
    kind: Mapped[str]
    verb: Mapped[str]
    reason: Mapped[str]
    detail: Mapped[str]
    hash: Mapped[str]


class JournalSubjectRow(Base):
    """Which records an entry is about, so that a record's history is one range; the hash covers them."""

    __tablename__ = "journal_subject"

    seq: Mapped[int] = mapped_column(foreign("journal.seq"), primary_key=True, autoincrement=False)
    record_id: Mapped[UUID] = mapped_column(primary_key=True)

    __table_args__ = (Index("ix_journal_subject_record_id", "record_id", "seq"),)


class ImportBatchRow(Record, Base):
    __tablename__ = "import_batch"

    kind: Mapped[str]
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    layout: Mapped[str]
    counts: Mapped[Any] = mapped_column(JSON)
    undone_at: Mapped[datetime | None]


class ImportRejectRow(Entry, Base):
    __tablename__ = "import_reject"

    batch_id: Mapped[UUID] = ref("import_batch")
    row_number: Mapped[int]
    reason: Mapped[str]
    raw: Mapped[Any] = mapped_column(JSON)


class ImportChangeRow(Entry, Base):
    """What a record said before a batch changed it, so that the batch can be taken back."""

    __tablename__ = "import_change"

    batch_id: Mapped[UUID] = ref("import_batch")
    record_id: Mapped[UUID]
    before: Mapped[Any] = mapped_column(JSON)


class ImportBasisRow(Base):
    """That a batch carried calls which an earlier batch had brought, so that the earlier one must stay."""

    __tablename__ = "import_basis"

    batch_id: Mapped[UUID] = ref("import_batch", primary_key=True)
    on_batch_id: Mapped[UUID] = mapped_column(foreign("import_batch.id"), primary_key=True, index=True)


class LayoutRow(Record, Base):
    """A dispatch layout that the agency taught the program."""

    __tablename__ = "layout"

    name: Mapped[str] = mapped_column(unique=True)
    definition: Mapped[Any] = mapped_column(JSON)


class ReportRow(Record, Base):
    __tablename__ = "report"

    name: Mapped[str]
    definition: Mapped[Any] = mapped_column(JSON)
    from_on: Mapped[date]
    to_on: Mapped[date]
    date_basis: Mapped[str]
    published_at: Mapped[datetime | None]
    figures: Mapped[Any] = mapped_column(JSON)


class ReportLineRow(Entry, Base):
    """A row that a published figure counted, frozen."""

    __tablename__ = "report_line"

    report_id: Mapped[UUID] = ref("report")
    measure: Mapped[str]
    record_id: Mapped[UUID]
    content: Mapped[Any] = mapped_column(JSON)
