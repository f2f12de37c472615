"""Published reports: frozen with their rows and pages, opened for ever as they were, and restated beside."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.measures.catalogue import chosen
from caseapp.domain.measures.measure import Judged, Kind, Left, Measure
from caseapp.domain.measures.rows import Records
from caseapp.domain.measures.scope import Scope
from caseapp.domain.reports import (
    Explanation,
    Plan,
    Published,
    Report,
    Restatement,
    as_version,
    restatements,
)
from caseapp.services.context import Service, verb
from caseapp.services.report_making import Making
from caseapp.services.reports import explained_rows, journal_rows, written
from caseapp.services.stages import Progress, no_progress


@dataclass(frozen=True, slots=True)
class _Row:
    """A frozen row: only its id is left of it."""

    key: bytes


class PublicationService(Service):
    """Publishes, opens and restates."""

    @verb(Right.CHANGE_REPORTS)
    def publish(self, *, plan: Plan, scope: Scope, progress: Progress = no_progress) -> UUID:
        """Freeze a report of now: figures, definitions, every row with its judgements, and the pages.

        Nobody else waits while rows are judged and pages made, unless the same was published meanwhile.
        """
        making = Making(self._context, plan, scope, progress)
        report, records = making.report_and_records()
        rows = _frozen_rows(chosen(plan.measures), records)
        with self._context.read("report.publish") as work:
            edition = as_version(report, work.reports.editions(report) + 1)
        pdf = written(edition, "pdf", self._context)
        with self._context.write("report.publish") as work:
            newest = work.reports.editions(report) + 1
            if edition.version != newest:
                edition = as_version(report, newest)
                pdf = written(edition, "pdf", self._context)
            digest = hashlib.sha256(pdf).hexdigest()
            report_id = work.reports.publish(edition, rows, pdf=pdf, sha256=digest)
            work.about(report_id)
            work.commit()
        return report_id

    @verb(Right.SEE_REPORTS)
    def published(self) -> list[Published]:
        """Published reports, newest first."""
        with self._context.read("report.published") as work:
            return work.reports.published()

    @verb(Right.SEE_REPORTS)
    def open(self, *, report_id: UUID) -> Report:
        """A published report as it was; raises NoSuchRecord."""
        with self._context.read("report.open") as work:
            return work.reports.get(report_id)

    @verb(Right.SEE_REPORTS)
    def pages(self, *, report_id: UUID) -> bytes:
        """The pages of a published report, the same bytes for ever."""
        with self._context.read("report.pages") as work:
            return work.reports.pages(report_id)

    @verb(Right.SEE_REPORTS)
    def explain(self, *, report_id: UUID, measure: str) -> Explanation:
        """The rows that a published figure counted; what was deleted since keeps its row."""
        (one,) = chosen((measure,))
        with self._context.read("report.explain-published") as work:
            line = work.reports.get(report_id).line(measure)
            found = [
                Judged(_Row(key), _thawed(content[measure]))
                for key, content in work.reports.rows(report_id, one.kind.value)
                if measure in content
            ]
            rows = explained_rows(self._context, work, one, found)
        explanation = Explanation(line.definition, line.now, tuple(rows))
        journal_rows(self._context, "report.explain-published", explanation)
        return explanation

    @verb(Right.SEE_REPORTS)
    def restatements(self, *, report_id: UUID, progress: Progress = no_progress) -> tuple[Restatement, ...]:
        """What a published report would say otherwise today, with the rows that came and went."""
        with self._context.read("report.restatements") as work:
            published = work.reports.get(report_id)
        making = Making(self._context, published.plan, published.scope, progress)
        today, records = making.report_and_records()
        found = restatements(published, today)
        with self._context.read("report.restatements") as work:
            frozen = {kind: dict(work.reports.rows(report_id, kind.value)) for kind in Kind}
        return tuple(_counted(one, frozen, records) for one in found)


def _counted(one: Restatement, frozen: dict[Kind, dict[bytes, Any]], records: Records) -> Restatement:
    (measure,) = chosen((one.definition.id,))
    then = {
        key: content[measure.id] for key, content in frozen[measure.kind].items() if measure.id in content
    }
    now = {row.key: _plain(measure.judge(row, records)) for row in measure.population(records)}
    added = sum(key not in then or then[key] != verdict for key, verdict in now.items())
    gone = sum(key not in now or now[key] != verdict for key, verdict in then.items())
    return replace(one, rows_added=added, rows_gone=gone)


def _frozen_rows(
    measures: tuple[Measure, ...], records: Records
) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """One row a record with its judgement by every measure that looked at it."""
    found: dict[tuple[str, bytes], dict[str, Any]] = {}
    for measure in measures:
        kind = measure.kind.value
        for row in measure.population(records):
            found.setdefault((kind, row.key), {})[measure.id] = _plain(measure.judge(row, records))
    return ((kind, key, content) for (kind, key), content in found.items())


def _plain(verdict: Any) -> Any:
    """A judgement as plain values."""
    if isinstance(verdict, Left):
        return {"left": verdict.reason}
    return dict(verdict._asdict()) if hasattr(verdict, "_asdict") else verdict


def _thawed(plain: Any) -> Any:
    """A judgement as it was frozen; what had several numbers reads as words."""
    if isinstance(plain, dict):
        if "left" in plain:
            return Left(plain["left"])
        return ", ".join(f"{name} {value}" for name, value in plain.items())
    return plain
