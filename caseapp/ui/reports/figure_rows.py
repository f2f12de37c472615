"""A report's lines as rows of the table: a figure, and under it its parts or groups."""

from collections.abc import Iterator
from dataclasses import dataclass

from caseapp.domain.charts import ordered
from caseapp.domain.figures import count_words, of_words, value_words
from caseapp.domain.measures.measure import Definition
from caseapp.domain.reports import Line, Report


@dataclass(frozen=True, slots=True)
class FigureRow:
    """What one row says; `group` is set where it is one group of the figure above it."""

    definition: Definition
    name: str
    value: str
    compared: tuple[str, ...]
    of: str
    left_out: str
    group: str = ""
    is_part: bool = False

    @property
    def id(self) -> tuple[str, str, str]:
        """What makes the row the same after it was read again."""
        return (self.definition.id, self.name, self.group)


def rows(report: Report) -> Iterator[FigureRow]:
    """The rows in the report's order."""
    names = [name for name, _scope in report.compared]
    for line in report.lines:
        yield _figure(line, names)
        yield from _parts(line)
        yield from _groups(line)


def _figure(line: Line, names: list[str]) -> FigureRow:
    unit, compared = line.definition.unit, dict(line.compared)
    left = sum(count or 0 for _reason, count in line.now.excluded)
    return FigureRow(
        line.definition,
        line.definition.name,
        value_words(line.now, unit),
        tuple(value_words(compared[name], unit) if name in compared else "" for name in names),
        of_words(line.now, unit),
        f"{left:,}" if left else "",
    )


def _parts(line: Line) -> Iterator[FigureRow]:
    total = line.now.denominator
    for name, count in ordered(line.definition.id, line.now.parts):
        share = f"{100 * count / total:.1f} %" if count is not None and total else ""
        yield FigureRow(line.definition, f"    {name}", count_words(count), (), share, "", is_part=True)


def _groups(line: Line) -> Iterator[FigureRow]:
    unit = line.definition.unit
    for name, shown in line.groups:
        value, of = value_words(shown, unit), of_words(shown, unit)
        yield FigureRow(line.definition, f"    {name}", value, (), of, "", group=name, is_part=True)
