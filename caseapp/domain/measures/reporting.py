"""Makes a report of records: every chosen measure, whole, in groups, and compared with other periods."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from caseapp.domain.measures.group_words import words_of
from caseapp.domain.measures.groups import CODE_LISTS, grouped
from caseapp.domain.measures.measure import Figure, Left, Measure, figure
from caseapp.domain.measures.rows import Records
from caseapp.domain.measures.summaries import Until
from caseapp.domain.reports import Line, Plan, Shown

NOW = "now"
EVERY, ROWS, YES, NO = "all", "rows", "yes", "no"
"""What a figure counts: rows it looked at, those it rests on, and of these the ones that say yes or no."""


@dataclass(slots=True)
class Piece:
    """A figure with the rows it looked at: of one period, whole or of one group."""

    measure: Measure
    column: str
    group: str
    records: Records
    rows: Sequence[Any]
    made: Figure
    _sets: dict[str, frozenset[bytes]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """One name a piece."""
        return f"{self.column}/{self.group}/{self.measure.id}"

    def sets(self) -> Mapping[str, frozenset[bytes]]:
        """Row ids by what they are counted as; made when counts lie close enough to matter."""
        if not self._sets:
            found: dict[str, set[bytes]] = {}
            for row in self.rows:
                for name in _counted_as(self.measure.judge(row, self.records)):
                    found.setdefault(name, set()).add(row.key)
            self._sets = {name: frozenset(keys) for name, keys in found.items()}
        return self._sets


def _counted_as(verdict: Any) -> Iterator[str]:
    yield EVERY
    if type(verdict) is Left:
        yield f"left {verdict.reason}"
        return
    yield ROWS
    if isinstance(verdict, str):
        yield f"part {verdict}"
    elif isinstance(verdict, Until):
        yield YES if verdict.happened else NO
    elif isinstance(verdict, bool):
        yield YES if verdict else NO


def pieces(
    plan: Plan, measures: Sequence[Measure], columns: Mapping[str, Records], *, told: Callable[[str], None]
) -> list[Piece]:
    """Every figure of the plan; `told` hears the name of each measure before it is counted."""
    found: list[Piece] = []
    for measure in measures:
        told(measure.name)
        for column, records in columns.items():
            rows = measure.population(records)
            found.append(Piece(measure, column, "", records, rows, figure(measure, records, rows)))
            if column == NOW:
                for group, some in grouped(plan.group_by, measure, records).items():
                    found.append(Piece(measure, column, group, records, some, figure(measure, records, some)))
    return found


def lines(
    plan: Plan, found: Sequence[Piece], seen: Mapping[str, Shown], words: Mapping[str, Mapping[str, str]]
) -> tuple[Line, ...]:
    """The report's lines, of what is seen of each piece by its name; `words` are the agency's code lists."""
    of_groups = words.get(CODE_LISTS.get(plan.group_by, ""), {})
    by_measure: dict[str, list[Piece]] = {}
    for piece in found:
        by_measure.setdefault(piece.measure.id, []).append(piece)
    return tuple(
        _line(some, seen, words.get(some[0].measure.code_list, {}), of_groups) for some in by_measure.values()
    )


def _line(
    some: Sequence[Piece], seen: Mapping[str, Shown], said: Mapping[str, str], of_groups: Mapping[str, str]
) -> Line:
    read = {one.name: in_words(seen[one.name], said) for one in some}
    whole = {one.column: read[one.name] for one in some if not one.group}
    return Line(
        some[0].measure.definition,
        whole.pop(NOW),
        tuple(whole.items()),
        tuple((words_of(one.group, of_groups), read[one.name]) for one in some if one.group),
    )


def in_words(shown: Shown, said: Mapping[str, str]) -> Shown:
    """Parts by the words of their codes; what is in no list stays as it came."""
    return replace(shown, parts=tuple((words_of(name, said), count) for name, count in shown.parts))
