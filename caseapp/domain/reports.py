"""A report as values: its plan, its lines with definitions, what is shown of each, and what was restated."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from caseapp.domain.errors import CaseAppError
from caseapp.domain.measures.measure import Definition, Figure
from caseapp.domain.measures.scope import Scope

HIDDEN = "hidden"
"""What stands where a count under the threshold, or one that would give it away, is not shown."""

BEFORE, LAST_YEAR = "period before", "same period last year"
COMPARISONS = (BEFORE, LAST_YEAR)


class NothingChosen(CaseAppError):
    """A report needs at least one measure."""

    code = "report.nothing-chosen"


class PlanNameMissing(CaseAppError):
    code = "report.plan-name-missing"


class UnknownPlan(CaseAppError):
    """There is no ready-made or saved report of that name."""

    code = "report.unknown-plan"


class ThresholdTooLow(CaseAppError):
    """A threshold under five would show what the rule is there to hide."""

    code = "report.threshold-too-low"


class ReportStopped(CaseAppError):
    """The user stopped the report."""

    code = "report.stopped"


class UnknownProgram(CaseAppError):
    code = "report.unknown-program"


class UnknownModel(CaseAppError):
    code = "report.unknown-model"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a report holds: measures in order, by what they are parted, and what they are compared with."""

    name: str
    title: str
    measures: tuple[str, ...]
    group_by: str = ""
    compare: tuple[str, ...] = ()
    is_public: bool = False
    charts: tuple[str, ...] = ()

    def as_public(self) -> "Plan":
        """The same report for outside, with small counts hidden."""
        return replace(self, is_public=True)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader sees of a figure; None stands for a hidden count or for no value at all."""

    value: float | None
    numerator: int | None
    denominator: int | None
    excluded: tuple[tuple[str, int | None], ...] = ()
    parts: tuple[tuple[str, int | None], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of a report, now and in the periods it is compared with, whole and in groups."""

    definition: Definition
    now: Shown
    compared: tuple[tuple[str, Shown], ...] = ()
    groups: tuple[tuple[str, Shown], ...] = ()

    @property
    def every(self) -> tuple[Shown, ...]:
        """The figure of this period, of those compared, and of each group."""
        return (self.now, *(shown for _name, shown in (*self.compared, *self.groups)))


@dataclass(frozen=True, slots=True)
class Report:
    """A finished report; `made_at` is the instant up to which its data is complete."""

    title: str
    agency: str
    scope: Scope
    made_at: datetime
    lines: tuple[Line, ...]
    plan: Plan
    compared: tuple[tuple[str, Scope], ...] = ()
    threshold: int | None = None
    version: int = 0
    """0 is a draft; a published report counts from 1 for each time its period was published."""

    notes: tuple[str, ...] = ()

    @property
    def is_public(self) -> bool:
        """Whether small counts are hidden."""
        return self.threshold is not None

    def line(self, measure: str) -> Line:
        """The line of a measure."""
        return next(one for one in self.lines if one.definition.id == measure)


@dataclass(frozen=True, slots=True)
class Restatement:
    """A published figure that would be another today, and how many of its rows came or went."""

    definition: Definition
    published: Shown
    today: Shown
    rows_added: int = 0
    rows_gone: int = 0


@dataclass(frozen=True, slots=True)
class Published:
    """A published report as the list shows it."""

    id: Any
    title: str
    scope: Scope
    published_at: datetime
    by: str
    version: int
    is_public: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """One row behind a figure: what it is, how it was judged, and where it opens."""

    record_id: Any
    kind: str
    label: str
    state: str
    """counted, not counted, left out."""

    why: str = ""
    day: date | None = None
    person_id: Any = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every row a figure looked at; `counted` + `not_counted` is its denominator."""

    definition: Definition
    shown: Shown
    rows: tuple[Explained, ...] = field(default=())

    @property
    def people(self) -> tuple[UUID, ...]:
        """Whom the rows name, each once."""
        return tuple(dict.fromkeys(one.person_id for one in self.rows if one.person_id is not None))

    def count(self, state: str) -> int:
        """How many rows are in a state."""
        return sum(one.state == state for one in self.rows)


def shown(figure: Figure) -> Shown:
    """A figure with nothing hidden."""
    return Shown(
        figure.value, figure.numerator, figure.denominator, figure.excluded, figure.parts, figure.facts
    )


def restatements(published: Report, today: Report) -> tuple[Restatement, ...]:
    """The lines that would read otherwise today, in the order of the published report."""
    now = {line.definition.id: line for line in today.lines}
    return tuple(
        Restatement(line.definition, line.now, now[line.definition.id].now)
        for line in published.lines
        if line.definition.id in now and now[line.definition.id].now != line.now
    )


def to_plain(report: Report) -> dict[str, Any]:
    """The report as plain values that a database or a file can keep."""
    plain = asdict(report)
    plain["made_at"] = report.made_at.isoformat()
    for scope in (plain["scope"], *(one[1] for one in plain["compared"])):
        scope["from_on"], scope["to_on"] = scope["from_on"].isoformat(), scope["to_on"].isoformat()
    return plain


def from_plain(plain: Mapping[str, Any]) -> Report:
    """The report as it was kept."""
    return Report(
        title=plain["title"],
        agency=plain["agency"],
        scope=_scope(plain["scope"]),
        made_at=datetime.fromisoformat(plain["made_at"]),
        lines=tuple(_line(one) for one in plain["lines"]),
        plan=plan_from_plain(plain["plan"]),
        compared=tuple((name, _scope(scope)) for name, scope in plain["compared"]),
        threshold=plain["threshold"],
        version=plain["version"],
        notes=tuple(plain["notes"]),
    )


def plan_from_plain(plain: Mapping[str, Any]) -> Plan:
    """A plan as it was kept."""
    listed = {name: tuple(plain.get(name, ())) for name in ("measures", "compare", "charts")}
    return Plan(
        name=plain["name"],
        title=plain["title"],
        group_by=plain.get("group_by", ""),
        is_public=plain.get("is_public", False),
        **listed,
    )


def check_plan(plan: Plan) -> None:
    """Raise PlanNameMissing or NothingChosen for a plan that cannot be saved."""
    if not plan.name.strip():
        raise PlanNameMissing()
    if not plan.measures:
        raise NothingChosen()


def as_version(report: Report, version: int) -> Report:
    """The report as published for the so-many-th time."""
    return replace(report, version=version)


def _scope(plain: Mapping[str, Any]) -> Scope:
    days = {name: date.fromisoformat(plain[name]) for name in ("from_on", "to_on")}
    return Scope(**{**plain, **days})


def _line(plain: Mapping[str, Any]) -> Line:
    return Line(
        definition=Definition(**plain["definition"]),
        now=_shown(plain["now"]),
        compared=tuple((name, _shown(one)) for name, one in plain["compared"]),
        groups=tuple((name, _shown(one)) for name, one in plain["groups"]),
    )


def _shown(plain: Mapping[str, Any]) -> Shown:
    pairs: dict[str, Any] = {
        name: tuple((words, count) for words, count in plain[name]) for name in ("excluded", "parts", "facts")
    }
    return Shown(**{**plain, **pairs})
