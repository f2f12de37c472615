"""The outcome report on paper: charts, figures by section, what was left out, and every definition."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Spacer, Table

from caseapp.documents.charts import drawing
from caseapp.documents.colours import INK, LINE, SECOND
from caseapp.documents.page import Built, Paper, Running, style
from caseapp.documents.tags import DataTable, Figure
from caseapp.domain.charts import Chart, charts, ordered
from caseapp.domain.figures import count_words, of_words, value_words
from caseapp.domain.measures.measure import Definition
from caseapp.domain.measures.scope import DATE_BASES, Scope
from caseapp.domain.reports import BEFORE, LAST_YEAR, Line, Report

INTERNAL = "For use inside only: contains small counts."
_CHART_HEIGHT = 120.0
_GAP = 18.0
_SHORT = {BEFORE: "Period before", LAST_YEAR: "Last year"}


def build(report: Report, *, zone: ZoneInfo) -> Built:
    """The report as PDF; the same report gives the same bytes."""
    days = period_words(report.scope)
    edition = f"version {report.version}" if report.version else "draft"
    inside = "" if report.is_public else f", {INTERNAL}"
    foot = f"{report.title} {days}, {edition}{inside}"
    paper = Paper(Running(title=f"{report.title}, {days}, {report.agency}", foot=foot))
    _head(paper, report, zone)
    _charts(paper, charts(report))
    for section, lines in groupby(report.lines, key=lambda line: line.definition.section):
        _section(paper, report, section, list(lines))
    _left_out(paper, report)
    _definitions(paper, report)
    paper.missing_note()
    return paper.build()


def period_words(scope: Scope) -> str:
    """The period as people say it: "May to October 2026" for whole months, else both days."""
    first, last = scope.from_on, scope.to_on
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return f"{day_words(first)} to {day_words(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    start = f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"
    return f"{start} to {last:%B %Y}"


def day_words(day: date) -> str:
    """A day without a leading zero: "4 November 2026"."""
    return f"{day.day} {day:%B %Y}"


def _head(paper: Paper, report: Report, zone: ZoneInfo) -> None:
    words, scope = paper.words, report.scope
    paper.add(
        words.paragraph(report.agency, style(9.5, color=SECOND, after=5)),
        words.paragraph(f"{report.title}, {period_words(scope)}", style(16, bold=True, after=3)),
        words.paragraph(_under_title(report, zone), style(8.5, color=SECOND, after=8)),
    )


def _under_title(report: Report, zone: ZoneInfo) -> str:
    scope, made = report.scope, report.made_at.astimezone(zone)
    basis = DATE_BASES[scope.date_basis]
    kept = [f"Program: {scope.program}." if scope.program else ""]
    kept.append(f"Model: {scope.model.replace('-', ' ')}." if scope.model else "")
    state = f"Published, version {report.version}" if report.version else "Draft"
    hidden = (
        f"Counts under {report.threshold}, and those that would give them away, are hidden."
        if report.is_public
        else INTERNAL
    )
    parts = [
        f"Calls by the {basis}.",
        *kept,
        f"{state}, data complete to {day_words(made.date())} {made:%H:%M}.",
        hidden,
    ]
    return " ".join(part for part in parts if part)


def _charts(paper: Paper, made: Sequence[Chart]) -> None:
    """Two beside each other; one alone, or one with many bars, over the whole width; said in words below."""
    waiting = list(made)
    while waiting:
        some = [waiting.pop(0)]
        if waiting and len(some[0].points) <= 8 and len(waiting[0].points) <= 8:
            some.append(waiting.pop(0))
        width = (paper.width - _GAP * (len(some) - 1)) / len(some)
        cells = [_chart(paper, one, width) for one in some]
        table = Table([cells], colWidths=[width + _GAP] * (len(some) - 1) + [width])
        table.setStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-2, -1), _GAP),
                ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
            ]
        )
        paper.add(table, Spacer(1, 6))


def _chart(paper: Paper, one: Chart, width: float) -> list[Flowable]:
    said = paper.words.paragraph(one.sentence, style(7.5, color=SECOND))
    return [Figure(drawing(one, width, _CHART_HEIGHT), one.sentence), said]


def _section(paper: Paper, report: Report, section: str, lines: Sequence[Line]) -> None:
    paper.heading(section)
    plain = [line for line in lines if not line.now.parts]
    names = [name for name, _scope in report.compared]
    if plain:
        header = ("Measure", "This period", *(_SHORT.get(name, name.capitalize()) for name in names), "Of")
        figures(paper, header, [_cells(line, names) for line in plain], _widths(len(names)))
    for line in plain:
        _notes(paper, line)
    for line in lines:
        if line.now.parts:
            _parts(paper, line)
    for line in lines:
        if line.groups:
            _groups(paper, line)


def _cells(line: Line, names: Sequence[str]) -> tuple[str, ...]:
    unit, compared = line.definition.unit, dict(line.compared)
    then = (value_words(compared[name], unit) if name in compared else "–" for name in names)
    return (line.definition.name, value_words(line.now, unit), *then, of_words(line.now, unit))


def _widths(compared: int) -> tuple[float, ...]:
    side = 0.15
    return (1 - side * (1 + compared) - 0.17, *(side for _ in range(1 + compared)), 0.17)


def _notes(paper: Paper, line: Line) -> None:
    """What a figure says beside its number, and its standing warning."""
    definition = line.definition
    if line.now.facts:
        facts = "; ".join(f"{name} {value}" for name, value in line.now.facts)
        paper.add(paper.words.labelled(f"{definition.name}:", f"{facts}.", style(8.5, color=SECOND, after=2)))
    if definition.warning and line.now.value is not None:
        paper.add(paper.words.labelled(f"{definition.name}:", definition.warning, style(8.5, after=2)))


def _parts(paper: Paper, line: Line) -> None:
    definition, rows = line.definition, line.now.denominator
    parts = ordered(definition.id, line.now.parts)
    table = [(name, count_words(count), _share(count, rows)) for name, count in parts]
    paper.add(CondPageBreak(70), Spacer(1, 4))
    figures(paper, (definition.name, definition.unit.capitalize(), "Share"), table, (0.6, 0.2, 0.2))


def _share(count: int | None, rows: int | None) -> str:
    return f"{100 * count / rows:.1f} %" if count is not None and rows else "–"


def _groups(paper: Paper, line: Line) -> None:
    unit = line.definition.unit
    table = [(name, value_words(shown, unit), of_words(shown, unit)) for name, shown in line.groups]
    paper.add(CondPageBreak(70), Spacer(1, 4))
    figures(paper, (line.definition.name, "This period", "Of"), table, (0.6, 0.2, 0.2))


def _left_out(paper: Paper, report: Report) -> None:
    paper.heading("Left out, and why")
    for note in report.notes:
        paper.text(note)
    left = [line for line in report.lines if line.now.excluded]
    for words, lines in _by_reasons(left):
        names = ", ".join(line.definition.name for line in lines)
        paper.add(paper.words.labelled(f"{names}:", words, style(8.5, after=3)))
    if not left:
        paper.text("No row was left out of any figure.")


def _by_reasons(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """Figures that leave out the same rows share one sentence."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        reasons = "; ".join(f"{count_words(count)} {reason}" for reason, count in line.now.excluded)
        found.setdefault(f"{reasons}.", []).append(line)
    return list(found.items())


def _definitions(paper: Paper, report: Report) -> None:
    paper.add(PageBreak(), paper.words.paragraph("Definitions", style(13, bold=True, after=4, tag="H2")))
    paper.text(
        "Every figure counts rows that can be opened in the program. Shares are numerator over denominator, "
        "after the rows named under “left out”. Medians and percentiles are by nearest rank."
    )
    for line in report.lines:
        paper.add(KeepTogether(_definition(paper, line.definition)))


def _definition(paper: Paper, one: Definition) -> list[Flowable]:
    words = paper.words
    facts = (
        f"Numerator: {one.numerator}. Denominator: {one.denominator}. Left out: {one.excludes}. "
        f"By {one.basis}; window: {one.window}; source: {one.source}; unit: {one.unit}."
    )
    return [
        words.labelled(one.name, one.sentence, style(8.5, before=5)),
        words.paragraph(facts, style(8, color=SECOND)),
    ]


def figures(
    paper: Paper, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
) -> None:
    """A table whose first column is words and whose others are numbers, set right; its head repeats."""
    words = paper.words
    left, right = style(8.5), _right(style(8.5))
    head_left, head_right = style(8, bold=True, color=SECOND), _right(style(8, bold=True, color=SECOND))
    cells: list[list[Flowable]] = [
        [words.paragraph(name, head_right if n else head_left) for n, name in enumerate(header)]
    ]
    cells += [[words.paragraph(cell, right if n else left) for n, cell in enumerate(row)] for row in rows]
    table = DataTable(cells, colWidths=[share * paper.width for share in widths], repeatRows=1)
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 2.4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.4),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
            ("LINEBELOW", (0, 0), (-1, 0), 0.7, INK),
        ]
    )
    paper.add(table)


def _right(base: ParagraphStyle) -> ParagraphStyle:
    return ParagraphStyle(f"{base.name}r", parent=base, alignment=TA_RIGHT)
