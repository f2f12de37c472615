"""Saved plans and published reports: what was counted is frozen with its rows, and never changed."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm.attributes import flag_modified

from caseapp.domain.errors import NoSuchRecord
from caseapp.domain.reports import Plan, Published, Report, from_plain, plan_from_plain, to_plain
from caseapp.store.bulk import table_of
from caseapp.store.chunks import chunks
from caseapp.store.ids import ids_in_order
from caseapp.store.repository import Repository
from caseapp.store.tables.journal import ReportLineRow, ReportRow
from caseapp.store.tables.referrals import DocumentRow
from caseapp.store.tables.staff import SavedViewRow, SettingRow, StaffRow

THRESHOLD = "small-cell-threshold"
_SCREEN = "reports"


class ReportStore(Repository):
    """Reads and writes plans, publications and the threshold."""

    def plans(self, staff_id: UUID) -> list[Plan]:
        """The plans that somebody saved, by name."""
        query = (
            select(SavedViewRow)
            .where(SavedViewRow.staff_id == staff_id, SavedViewRow.screen == _SCREEN)
            .order_by(SavedViewRow.name)
        )
        return [plan_from_plain(row.definition) for row in self._session.scalars(query)]

    def save_plan(self, staff_id: UUID, plan: Plan, plain: Mapping[str, Any]) -> None:
        """Write a plan, over the one of that name."""
        row = self._plan_row(staff_id, plan.name)
        if row is None:
            row = SavedViewRow(id=self._new_id(), staff_id=staff_id, screen=_SCREEN, name=plan.name)
            self._session.add(row)
        row.definition = dict(plain)
        flag_modified(row, "definition")

    def delete_plan(self, staff_id: UUID, name: str) -> None:
        """Forget a plan; raises NoSuchRecord."""
        row = self._plan_row(staff_id, name)
        if row is None:
            raise NoSuchRecord()
        self._session.execute(delete(SavedViewRow).where(SavedViewRow.id == row.id))

    def threshold(self) -> int | None:
        """Counts below it are hidden outside; None is the rule's own."""
        value = self._session.scalar(select(SettingRow.value).where(SettingRow.name == THRESHOLD))
        return None if value is None else int(value)

    def set_threshold(self, threshold: int) -> None:
        """Write the agency's own threshold."""
        row = self._session.scalars(select(SettingRow).where(SettingRow.name == THRESHOLD)).first()
        if row is None:
            row = SettingRow(id=self._new_id(), name=THRESHOLD)
            self._session.add(row)
        row.value = threshold

    def published(self) -> list[Published]:
        """Published reports, newest first."""
        query = (
            select(ReportRow, StaffRow.name)
            .join(StaffRow, StaffRow.id == ReportRow.created_by)
            .where(ReportRow.published_at.is_not(None))
        )
        found = [self._published(row, name) for row, name in self._session.execute(query)]
        return sorted(found, key=lambda one: (one.published_at, one.version), reverse=True)

    def editions(self, report: Report) -> int:
        """How often this report was published for its period."""
        query = select(ReportRow.definition).where(
            ReportRow.name == report.plan.name,
            ReportRow.from_on == report.scope.from_on,
            ReportRow.to_on == report.scope.to_on,
            ReportRow.published_at.is_not(None),
        )
        return len(self._session.scalars(query).all())

    def publish(
        self, report: Report, rows: Iterable[tuple[str, bytes, Any]], *, pdf: bytes, sha256: str
    ) -> UUID:
        """Freeze a report: figures and definitions, every row with its judgements, and the pages."""
        report_id, document_id = self._new_id(), self._new_id()
        self._session.add(
            DocumentRow(
                id=document_id,
                person_id=None,
                kind="report",
                title=report.title,
                template="outcomes 1",
                pdf=pdf,
                sha256=sha256,
            )
        )
        self._session.add(
            ReportRow(
                id=report_id,
                name=report.plan.name,
                definition={"document": document_id.hex},
                from_on=report.scope.from_on,
                to_on=report.scope.to_on,
                date_basis=report.scope.date_basis,
                published_at=self._now,
                figures=to_plain(report),
            )
        )
        self._session.flush()
        self._add_rows(report_id, rows)
        return report_id

    def get(self, report_id: UUID) -> Report:
        """A published report as it was; raises NoSuchRecord."""
        return from_plain(self._get(ReportRow, report_id).figures)

    def pages(self, report_id: UUID) -> bytes:
        """The pages of a published report, byte for byte."""
        document_id = UUID(hex=self._get(ReportRow, report_id).definition["document"])
        return self._get(DocumentRow, document_id).pdf

    def rows(self, report_id: UUID, kind: str) -> list[tuple[bytes, Any]]:
        """The frozen rows of a kind: record id and its judgements by measure."""
        query = select(ReportLineRow.record_id, ReportLineRow.content).where(
            ReportLineRow.report_id == report_id, ReportLineRow.measure == kind
        )
        return [(row.record_id.bytes, row.content) for row in self._session.execute(query)]

    def _add_rows(self, report_id: UUID, rows: Iterable[tuple[str, bytes, Any]]) -> None:
        for some in chunks(rows):
            ids = ids_in_order(self._now, len(some))
            self._session.execute(
                insert(table_of(ReportLineRow)),
                [
                    {
                        "id": line_id,
                        "report_id": report_id,
                        "measure": kind,
                        "record_id": UUID(bytes=key),
                        "content": content,
                    }
                    for line_id, (kind, key, content) in zip(ids, some, strict=True)
                ],
            )

    def _plan_row(self, staff_id: UUID, name: str) -> SavedViewRow | None:
        query = select(SavedViewRow).where(
            SavedViewRow.staff_id == staff_id, SavedViewRow.screen == _SCREEN, SavedViewRow.name == name
        )
        return self._session.scalars(query).first()

    def _published(self, row: ReportRow, by: str) -> Published:
        report = from_plain(row.figures)
        assert row.published_at is not None  # noqa: S101
        return Published(
            row.id, report.title, report.scope, row.published_at, by, report.version, report.is_public
        )
