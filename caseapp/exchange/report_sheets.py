"""A report as a workbook (real types, one sheet of definitions) and as CSV (every cell guarded)."""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from caseapp.domain.figures import rounded
from caseapp.domain.measures.measure import Definition
from caseapp.domain.measures.scope import DATE_BASES
from caseapp.domain.reports import HIDDEN, Explanation, Report, Shown
from caseapp.exchange import cells

HEADER = ("period", "group", "part", "id", "measure", "value", "unit", "numerator", "denominator", "left out")
NOW = "this period"

_DEFINITION = (
    ("id", "id"),
    ("name", "Measure"),
    ("sentence", "What it says"),
    ("numerator", "Numerator"),
    ("denominator", "Denominator"),
    ("excludes", "Left out"),
    ("basis", "Date basis"),
    ("window", "Window"),
    ("source", "Source"),
    ("unit", "Unit"),
    ("warning", "Warning"),
)
Cell = str | float | None


def rows(report: Report) -> Iterator[tuple[Cell, ...]]:
    """One row a figure, part, or reason for leaving out, under HEADER; hidden counts say so."""
    for line in report.lines:
        yield from _figure(NOW, "", line.definition, line.now)
        for name, shown in line.compared:
            yield from _figure(name, "", line.definition, shown)
        for group, shown in line.groups:
            yield from _figure(NOW, group, line.definition, shown)


def _figure(period: str, group: str, definition: Definition, shown: Shown) -> Iterator[tuple[Cell, ...]]:
    def row(part: str, value: Cell, left: Cell = None, *counts: Cell) -> tuple[Cell, ...]:
        numerator, denominator = counts or (None, None)
        return (
            period,
            group,
            part,
            definition.id,
            definition.name,
            value,
            definition.unit,
            numerator,
            denominator,
            left,
        )

    value: Cell = HIDDEN if shown.is_hidden else rounded(shown.value, definition.unit)
    yield row("", value, None, _seen(shown.numerator), _seen(shown.denominator))
    for words, count in shown.parts:
        yield row(words, _seen(count), None, _seen(count), _seen(shown.denominator))
    for reason, count in shown.excluded:
        yield row(f"left out: {reason}", None, _seen(count))


def _seen(count: int | None) -> Cell:
    return HIDDEN if count is None else count


def write_csv(report: Report) -> bytes:
    """The figures as CSV; numbers have a dot and no thousands separators, whatever the locale."""
    return cells.write_csv(
        HEADER, (["" if cell is None else _text(cell) for cell in row] for row in rows(report))
    )


def _text(cell: str | float) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)


def write_rows_csv(explanation: Explanation) -> bytes:
    """The rows behind a figure as CSV."""
    header = ("record", "kind", "label", "day", "state", "why")
    return cells.write_csv(
        header,
        (
            (
                str(one.record_id),
                one.kind,
                one.label,
                one.day.isoformat() if one.day else "",
                one.state,
                one.why,
            )
            for one in explanation.rows
        ),
    )


def write_xlsx(report: Report, *, zone: ZoneInfo) -> bytes:
    """The figures, what they mean, and what the report is about, each on a sheet of its own."""
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": report.title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        _write(book.add_worksheet("Figures"), HEADER, list(rows(report)), bold, (20, 20, 34, 32, 44))
        definitions = [
            tuple(getattr(line.definition, name) for name, _title in _DEFINITION) for line in report.lines
        ]
        titles = tuple(title for _name, title in _DEFINITION)
        _write(book.add_worksheet("Definitions"), titles, definitions, bold, (32, 40, 60, 40, 40, 40))
        _about(book.add_worksheet("About"), report, zone, bold, day)
    return target.getvalue()


def _write(sheet: Any, header: tuple[str, ...], table: list[Any], bold: Any, widths: tuple[int, ...]) -> None:
    sheet.freeze_panes(1, 0)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.write_row(0, 0, header, bold)
    for number, row in enumerate(table, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif cell is not None:
                sheet.write_number(number, column, cell)
    sheet.autofilter(0, 0, max(1, len(table)), len(header) - 1)


def _about(sheet: Any, report: Report, zone: ZoneInfo, bold: Any, day: Any) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 60)
    scope = report.scope
    facts: list[tuple[str, Any]] = [
        ("Report", report.title),
        ("Agency", report.agency),
        ("First day", datetime.combine(scope.from_on, datetime.min.time())),
        ("Last day", datetime.combine(scope.to_on, datetime.min.time())),
        ("Date basis", DATE_BASES[scope.date_basis]),
        ("Program", scope.program or "all"),
        ("Model", scope.model or "all"),
        ("Made on", datetime.combine(report.made_at.astimezone(zone).date(), datetime.min.time())),
        ("Version", report.version or "draft"),
        ("Counts hidden below", report.threshold or "nothing is hidden; for use inside only"),
    ]
    facts += [(f"Note {number}", note) for number, note in enumerate(report.notes, start=1)]
    for number, (name, value) in enumerate(facts):
        sheet.write_string(number, 0, name, bold)
        if isinstance(value, datetime):
            sheet.write_datetime(number, 1, value, day)
        elif isinstance(value, int):
            sheet.write_number(number, 1, value)
        else:
            sheet.write_string(number, 1, value)
