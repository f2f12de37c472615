"""Reports: made from the records, opened figure by figure, and written to files; plans that are saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from caseapp.documents import outcomes as pages
from caseapp.domain.access import SEALED_NAME, Right
from caseapp.domain.calls import Model
from caseapp.domain.figures import verdict_words
from caseapp.domain.measures.catalogue import ALL, chosen
from caseapp.domain.measures.group_words import code_of, words_of
from caseapp.domain.measures.groups import CODE_LISTS, grouped
from caseapp.domain.measures.measure import Definition, Judged, Left, Measure, figure
from caseapp.domain.measures.reporting import in_words
from caseapp.domain.measures.scope import Scope
from caseapp.domain.report_plans import READY_MADE
from caseapp.domain.reports import (
    Explained,
    Explanation,
    Plan,
    Report,
    ThresholdTooLow,
    UnknownPlan,
    check_plan,
    shown,
)
from caseapp.domain.small_cells import LOWEST_THRESHOLD, THRESHOLD
from caseapp.exchange import report_json, report_sheets
from caseapp.services.context import Context, Service, verb
from caseapp.services.report_making import Making, code_words
from caseapp.services.stages import Progress, no_progress
from caseapp.store.report_labels import Label
from caseapp.store.unit_of_work import UnitOfWork

COUNTED, NOT_COUNTED, LEFT = "counted", "not counted", "left out"
STATES = (COUNTED, NOT_COUNTED, LEFT)
FORMS = ("pdf", "xlsx", "csv", "json")


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
        whole = in_words(shown(figure(one, records, rows)), words.get(one.code_list, {}))
        explanation = Explanation(one.definition, whole, tuple(explained))
        journal_rows(self._context, "report.explain", explanation)
        return explanation

    @verb(Right.SEE_REPORTS)
    def write(self, *, report: Report, form: str) -> bytes:
        """The report as pdf, xlsx, csv or json."""
        return written(report, form, self._context)

    @verb(Right.EXPORT)
    def write_rows(self, *, explanation: Explanation, form: str) -> bytes:
        """The rows behind a figure as csv or json; journaled, because rows may tell of one person each.

        Raises Sealed where somebody was sealed since the rows were opened.
        """
        with self._context.write("report.rows") as work:
            for person_id in sorted(self._context.closed(work, explanation.people)):
                self._context.open_person(work, person_id, verb="report.rows")
            detail = {"measure": explanation.definition.id, "rows": len(explanation.rows), "format": form}
            work.note("exported", detail=detail, subjects=explanation.people)
            work.commit()
        if form == "json":
            return report_json.write_rows(explanation)
        return report_sheets.write_rows_csv(explanation)


def written(report: Report, form: str, context: Context) -> bytes:
    """A report's bytes in one of FORMS."""
    forms: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: pages.build(report, zone=context.zone).pdf,
        "xlsx": lambda: report_sheets.write_xlsx(report, zone=context.zone),
        "csv": lambda: report_sheets.write_csv(report),
        "json": lambda: report_json.write(report),
    }
    return forms[form]()


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
    why = words_of(why, said)
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


def journal_rows(context: Context, name: str, explanation: Explanation) -> None:
    """That the rows behind a figure were looked at, in the history of everybody whom they name."""
    detail = {"measure": explanation.definition.id, "rows": len(explanation.rows)}
    journal(context, name, detail, explanation.people)


def journal(context: Context, name: str, detail: dict[str, Any], subjects: tuple[UUID, ...] = ()) -> None:
    """In a transaction of its own, after the reading, so that no other desk waits for a report."""
    with context.write(name) as work:
        work.note("reported", detail=detail, subjects=subjects)
        work.commit()
