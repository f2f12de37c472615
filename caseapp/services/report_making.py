"""Makes a report: records read once, measures counted, and what cannot be told left out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from caseapp.domain.calls import Model
from caseapp.domain.counted import counted
from caseapp.domain.measures.catalogue import chosen
from caseapp.domain.measures.protection import everything, protect
from caseapp.domain.measures.reporting import NOW, Piece, lines, pieces
from caseapp.domain.measures.rows import Records
from caseapp.domain.measures.scope import Scope, check, period_before, year_before
from caseapp.domain.reports import (
    BEFORE,
    LAST_YEAR,
    Plan,
    Report,
    ReportStopped,
    UnknownModel,
    UnknownProgram,
)
from caseapp.domain.small_cells import THRESHOLD
from caseapp.services.context import Context
from caseapp.services.stages import Progress
from caseapp.store.measures import ReadingStopped
from caseapp.system import memory

_SHIFTS: Mapping[str, Callable[[Scope], Scope]] = {BEFORE: period_before, LAST_YEAR: year_before}
_READING = 6


class Making:
    """One report being made: how far it is, and whether to go on."""

    def __init__(self, context: Context, plan: Plan | None, scope: Scope, progress: Progress) -> None:
        check(scope)
        self._context, self._plan, self._scope, self._progress = context, plan, scope, progress
        periods = 1 + len(plan.compare) if plan else 1
        self._total = _READING * periods + (len(plan.measures) if plan else 0)
        self._done, self._words = 0, ""

    def report(self) -> Report:
        """The finished report."""
        return self.report_and_records()[0]

    def report_and_records(self) -> tuple[Report, Records]:
        """The report, and the records of its period that it was counted from."""
        plan, scope = self._plan, self._scope
        assert plan is not None  # noqa: S101
        measures = chosen(plan.measures)
        compared = tuple((name, _SHIFTS[name](scope)) for name in plan.compare)
        columns = {NOW: self.records(scope)}
        columns |= {name: self.records(other) for name, other in compared}
        found = pieces(plan, measures, columns, told=self._tell)
        with self._context.read("report.make") as work:
            agency, threshold = work.agency.get().name, work.reports.threshold() or THRESHOLD
        made = Report(
            title=plan.title,
            agency=agency,
            scope=scope,
            made_at=self._context.now(),
            lines=lines(plan, found, self._seen(found, threshold), code_words(self._context, "report.make")),
            plan=plan,
            compared=compared,
            threshold=threshold if plan.is_public else None,
            notes=_notes(columns[NOW]),
        )
        return made, columns[NOW]

    def _seen(self, found: list[Piece], threshold: int) -> Mapping[str, Any]:
        assert self._plan is not None  # noqa: S101
        return protect(found, threshold) if self._plan.is_public else everything(found)

    def records(self, scope: Scope) -> Records:
        """Read a period; raises UnknownProgram, UnknownModel or ReportStopped."""
        if scope.model and scope.model not in {model.value for model in Model}:
            raise UnknownModel(model=scope.model, known=", ".join(model.value for model in Model))
        with self._context.read("report.records") as work:
            agency = work.agency.get()
            programs = agency.programs
            if scope.program and scope.program not in programs:
                raise UnknownProgram(program=scope.program, known=", ".join(programs) or "none")
            try:
                with memory.uncollected():
                    found = work.measures.records(scope, self._context.zone, progress=self._step)
            except ReadingStopped:
                raise ReportStopped() from None
        return replace(found, repeat_threshold=agency.repeat_threshold)

    def _step(self, words: str, _done: int, _total: int) -> bool:
        if words != self._words:
            self._words, self._done = words, self._done + 1
        return self._progress(words, self._done, self._total)

    def _tell(self, words: str) -> None:
        if not self._step(words, 0, 0):
            raise ReportStopped()


def _notes(records: Records) -> tuple[str, ...]:
    """What a reader must know of the whole report."""
    undated = sum(call.until is not None and not call.aside for call in records.calls)
    met = len(records.encounters)
    known = sum(one.person is not None for one in records.encounters)
    found = []
    if undated:
        calls = counted(undated, "call has", "calls have")
        found.append(f"{calls} no date; every date of their file lies in the period.")
    if met:
        found.append(f"{known:,} of {met:,} people met are identified; repeat contact is known of these.")
    return tuple(found)


def code_words(context: Context, name: str) -> dict[str, dict[str, str]]:
    """The agency's code lists, each from code to words."""
    with context.read(name) as work:
        return {name: dict(listed) for name, listed in work.agency.code_lists().items()}
