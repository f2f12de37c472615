"""Reports: made from the records, opened figure by figure, and written to files; plans that are saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from caseapp.documents import outcomes as pages
from caseapp.domain.access import SEALED_NAME, Right
from caseapp.domain.calls import Model
from caseapp.domain.counted import counted
from caseapp.domain.figures import verdict_words
from caseapp.domain.measures.catalogue import ALL, chosen
from caseapp.domain.measures.groups import CODE_LISTS, code_of, grouped
from caseapp.domain.measures.measure import Definition, Judged, Left, Measure, figure
from caseapp.domain.measures.protection import everything, protect
from caseapp.domain.measures.reporting import NOW, Piece, in_words, lines, pieces
from caseapp.domain.measures.rows import Records
from caseapp.domain.measures.scope import Scope, check, period_before, year_before
from caseapp.domain.report_plans import READY_MADE
from caseapp.domain.reports import (
    BEFORE,
    LAST_YEAR,
    Explained,
    Explanation,
    Plan,
    Report,
    ReportStopped,
    ThresholdTooLow,
    UnknownModel,
    UnknownPlan,
    UnknownProgram,
    check_plan,
    shown,
)
from caseapp.domain.small_cells import LOWEST_THRESHOLD, THRESHOLD
from caseapp.exchange import report_json, report_sheets
from caseapp.services.context import Context, Service, verb
from caseapp.services.stages import Progress, no_progress
from caseapp.store.measures import ReadingStopped
from caseapp.store.report_labels import Label
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import memory

COUNTED, NOT_COUNTED, LEFT = "counted", "not counted", "left out"
STATES = (COUNTED, NOT_COUNTED, LEFT)
FORMS = ("pdf", "xlsx", "csv", "json")
_SHIFTS: Mapping[str, Callable[[Scope], Scope]] = {BEFORE: period_before, LAST_YEAR: year_before}
_READING = 6


@dataclass(frozen=True, slots=True)
class Choices:
    """What a report can be made of: plans by name, programs, models, measures."""

    plans: tuple[Plan, ...]
    saved: tuple[str, ...]
    programs: tuple[str, ...]
    models: tuple[str, ...]
    measures: tuple[Definition, ...]
    threshold: int


class ReportService(Service):
    """Makes reports and opens their figures."""

    @verb(Right.SEE_REPORTS)
    def choices(self) -> Choices:
        """What the screen and the command line offer."""
        with self._context.read("report.choices") as work:
            saved = work.reports.plans(self._context.actor.staff_id)
            return Choices(
                plans=(*READY_MADE.values(), *saved),
                saved=tuple(plan.name for plan in saved),
                programs=work.agency.get().programs,
                models=tuple(model.value for model in Model),
                measures=tuple(measure.definition for measure in ALL),
                threshold=work.reports.threshold() or THRESHOLD,
            )

    @verb(Right.SEE_REPORTS)
    def plan(self, *, name: str) -> Plan:
        """A saved or ready-made plan; raises UnknownPlan."""
        with self._context.read("report.plan") as work:
            saved = {plan.name: plan for plan in work.reports.plans(self._context.actor.staff_id)}
        known = {**READY_MADE, **saved}
        if name not in known:
            raise UnknownPlan(name=name, known=", ".join(known))
        return known[name]

    @verb(Right.CHANGE_REPORTS)
    def save_plan(self, *, plan: Plan) -> None:
        """Keep a plan under its name; raises PlanNameMissing, NothingChosen or UnknownMeasure."""
        check_plan(plan)
        chosen(plan.measures)
        with self._context.write("report.save-plan") as work:
            work.reports.save_plan(self._context.actor.staff_id, plan, asdict(plan))
            work.commit()

    @verb(Right.CHANGE_REPORTS)
    def delete_plan(self, *, name: str) -> None:
        """Forget a saved plan; raises NoSuchRecord."""
        with self._context.write("report.delete-plan") as work:
            work.reports.delete_plan(self._context.actor.staff_id, name)
            work.commit(summary={"plan": name})

    @verb(Right.CHANGE_AGENCY)
    def set_threshold(self, *, threshold: int) -> None:
        """Below which count cells are hidden outside; raises ThresholdTooLow under five."""
        if threshold < LOWEST_THRESHOLD:
            raise ThresholdTooLow(least=LOWEST_THRESHOLD)
        with self._context.write("report.threshold") as work:
            work.reports.set_threshold(threshold)
            work.commit()

    @verb(Right.SEE_REPORTS)
    def make(self, *, plan: Plan, scope: Scope, progress: Progress = no_progress) -> Report:
        """A report of the records as of now; that it was made is journaled.

        Raises PeriodBackwards, PeriodTooLong, UnknownBasis, UnknownProgram, UnknownModel, UnknownMeasure,
        UnknownGroup or ReportStopped.
        """
        made = Making(self._context, plan, scope, progress).report()
        journal(self._context, "report.make", {"plan": plan.name, "measures": len(made.lines)})
        return made

    @verb(Right.SEE_REPORTS)
    def explain(
        self,
        *,
        measure: str,
        scope: Scope,
        group_by: str = "",
        group: str = "",
        progress: Progress = no_progress,
    ) -> Explanation:
        """Every row behind a figure, or one group of it; sealed people keep their row, not their name."""
        (one,) = chosen((measure,))
        records = Making(self._context, None, scope, progress).records(scope)
        words = code_words(self._context, "report.explain")
        rows: Sequence[Any] = one.population(records)
        if group_by:
            code = code_of(group, words.get(CODE_LISTS.get(group_by, ""), {}))
            rows = grouped(group_by, one, records).get(code, ())
        found = [Judged(row, one.judge(row, records)) for row in rows]
        with self._context.read("report.explain") as work:
            explained = explained_rows(self._context, work, one, found)
        journal(self._context, "report.explain", {"measure": measure, "rows": len(explained)})
        whole = in_words(shown(figure(one, records, rows)), words.get(one.code_list, {}))
        return Explanation(one.definition, whole, tuple(explained))

    @verb(Right.SEE_REPORTS)
    def write(self, *, report: Report, form: str) -> bytes:
        """The report as pdf, xlsx, csv or json."""
        return written(report, form, self._context)

    @verb(Right.EXPORT)
    def write_rows(self, *, explanation: Explanation, form: str) -> bytes:
        """The rows behind a figure as csv or json; journaled, because rows may tell of one person each."""
        with self._context.write("report.rows") as work:
            rows = len(explanation.rows)
            work.note("exported", detail={"measure": explanation.definition.id, "rows": rows, "format": form})
            work.commit()
        if form == "json":
            return report_json.write_rows(explanation)
        return report_sheets.write_rows_csv(explanation)


def code_words(context: Context, name: str) -> dict[str, dict[str, str]]:
    """The agency's code lists, each from code to words."""
    with context.read(name) as work:
        return {name: dict(listed) for name, listed in work.agency.code_lists().items()}


def written(report: Report, form: str, context: Context) -> bytes:
    """A report's bytes in one of FORMS."""
    forms: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: pages.build(report, zone=context.zone).pdf,
        "xlsx": lambda: report_sheets.write_xlsx(report, zone=context.zone),
        "csv": lambda: report_sheets.write_csv(report),
        "json": lambda: report_json.write(report),
    }
    return forms[form]()


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


def explained_rows(
    context: Context, work: UnitOfWork, measure: Measure, found: list[Judged]
) -> list[Explained]:
    """Names for judged rows; who may not be opened is a restricted person, and what is gone says so."""
    labels = work.report_labels.of(measure.kind, [one.row.key for one in found])
    closed = _closed(context, work, {label.person_id for label in labels.values() if label.person_id})
    said = dict(work.agency.codes(measure.code_list))
    return [_explained(context, measure, one, labels.get(one.row.key), closed, said) for one in found]


def _closed(context: Context, work: UnitOfWork, people: set[UUID]) -> frozenset[UUID]:
    """Who may not be named: somebody closed, or linked with somebody closed, as their rows are one."""
    linked = work.measures.linked(people)
    closed = context.closed(work, {one for members in linked.values() for one in members})
    return frozenset(person for person, members in linked.items() if closed.intersection(members))


def _explained(
    context: Context,
    measure: Measure,
    one: Judged,
    label: Label | None,
    closed: frozenset[UUID],
    said: Mapping[str, str],
) -> Explained:
    state, why = state_of(one.verdict)
    why = said.get(why, why)
    record_id = UUID(bytes=one.row.key)
    if label is None:
        return Explained(record_id, measure.kind.value, "Record deleted since", state, why)
    if label.person_id in closed:
        return Explained(record_id, measure.kind.value, SEALED_NAME, state, why)
    day: date | None = label.at.astimezone(context.zone).date() if label.at else None
    return Explained(
        label.opens or record_id, measure.kind.value, label.text, state, why, day, label.person_id
    )


def state_of(verdict: Any) -> tuple[str, str]:
    """Counted, not counted or left out, and the reason, the name or the number."""
    if isinstance(verdict, Left):
        return LEFT, verdict.reason
    if verdict is False:
        return NOT_COUNTED, ""
    return COUNTED, verdict_words(verdict)


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


def journal(context: Context, name: str, detail: dict[str, Any]) -> None:
    """In a transaction of its own, after the reading, so that no other desk waits for a report."""
    with context.write(name) as work:
        work.note("reported", detail=detail)
        work.commit()
