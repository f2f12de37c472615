"""A report of thirty pages with charts beside the same pages in bare ReportLab, in one run.

    python -m tests.benchmarks papers

The floor sets the same words, tables and charts and does nothing else: no escaping, no glyph check, no tags,
no "page x of y". Budget: at most three times as long.
"""

import io
import time
from collections.abc import Callable
from itertools import groupby
from statistics import median

from reportlab.lib.pagesizes import LETTER
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from caseapp.documents import outcomes
from caseapp.documents.charts import drawing
from caseapp.documents.page import style
from caseapp.domain.charts import charts
from caseapp.domain.figures import count_words, of_words, value_words
from caseapp.domain.reports import Line, Report
from tests.benchmarks.figures import Figure, at_least, at_most
from tests.documents.invented import ZONE, a_report

BUDGET, PAGES, ROUNDS = 3.0, 30, 7
WIDTH = 500.0


def measure() -> list[Figure]:
    """Seconds of the median round, ours and bare, and the pages of both."""
    report = a_report(times=2, charts=9)
    ours, bare = (lambda: outcomes.build(report, zone=ZONE).pdf), (lambda: by_reportlab(report))
    pages = outcomes.build(report, zone=ZONE).pages
    spent: dict[Callable[[], bytes], list[float]] = {ours: [], bare: []}
    for _round in range(ROUNDS):
        for make, seconds in spent.items():
            started = time.process_time()
            make()
            seconds.append(time.process_time() - started)
    mine, floor = median(spent[ours]), median(spent[bare])
    return [
        at_least("report on paper", "pages", pages, PAGES),
        at_least("report on paper", "charts", len(charts(report)), 6),
        Figure("report on paper", "bare ReportLab", floor, "s"),
        Figure("report on paper", "ours", mine, "s"),
        at_most("report on paper", "ratio", mine / floor, BUDGET, "x"),
    ]


def by_reportlab(report: Report) -> bytes:
    """The same pages by nothing but ReportLab."""
    target = io.BytesIO()
    flow: list[Flowable] = [Paragraph(report.title, style(16, bold=True))]
    for one in charts(report):
        flow += [drawing(one, WIDTH, 120), Paragraph(one.sentence, style(7.5)), Spacer(1, 6)]
    for section, lines in groupby(report.lines, key=lambda line: line.definition.section):
        flow += _section(section, list(lines))
    for line in report.lines:
        left = "; ".join(f"{count_words(count)} {reason}" for reason, count in line.now.excluded)
        flow.append(Paragraph(f"<b>{line.definition.name}:</b> {left}.", style(8.5)))
    flow += [PageBreak(), *(KeepTogether(_definition(line)) for line in report.lines)]
    SimpleDocTemplate(target, pagesize=LETTER).build(flow)
    return target.getvalue()


def _section(section: str, lines: list[Line]) -> list[Flowable]:
    plain = [line for line in lines if not line.now.parts]
    flow: list[Flowable] = [Paragraph(section, style(10, bold=True))]
    cells = [_row(line) for line in plain]
    tables = [_table(("Measure", "This period", "Period before", "Of"), cells)] if cells else []
    for line in lines:
        if line.now.parts:
            rows = [(name, count_words(count), "10.0 %") for name, count in line.now.parts]
            tables.append(_table((line.definition.name, "Calls", "Share"), rows))
    return [*flow, *tables]


def _row(line: Line) -> tuple[str, ...]:
    unit = line.definition.unit
    then = [value_words(shown, unit) for _name, shown in line.compared]
    return (line.definition.name, value_words(line.now, unit), *then, of_words(line.now, unit))


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    cells = [[Paragraph(cell, style(8.5)) for cell in row] for row in (header, *rows)]
    table = Table(cells, colWidths=[WIDTH / len(header)] * len(header), repeatRows=1)
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.5, "black")])
    return table


def _definition(line: Line) -> list[Flowable]:
    one = line.definition
    facts = (
        f"Numerator: {one.numerator}. Denominator: {one.denominator}. Left out: {one.excludes}. "
        f"By {one.basis}; window: {one.window}; source: {one.source}; unit: {one.unit}."
    )
    return [Paragraph(f"<b>{one.name}</b> {one.sentence}", style(8.5)), Paragraph(facts, style(8))]
