"""A whole export at once, for tests that look at all of it."""

from collections import Counter
from dataclasses import dataclass

from caseapp.exchange import calls_sheet, sheet


@dataclass
class Whole:
    rows: int
    calls: list
    call_rows: int
    problems: list
    skipped: dict
    warnings: Counter
    reading: calls_sheet.CallsReading

    @property
    def how_read(self):
        return self.reading.table.how_read

    @property
    def layout(self):
        return self.reading.layout.name


def as_table(found):
    """The table that a sheet was read from."""
    return sheet.Table("x.csv", "", found, len(found.rows), [[]] * (found.first_row - 1) + found.rows)


def whole(found, layout, zone):
    table = as_table(found) if isinstance(found, sheet.Sheet) else found
    reading = calls_sheet.read(table, layout, zone=zone)
    parts = list(reading.parts())
    return Whole(
        reading.rows,
        [call for part in parts for call in part.calls],
        sum(part.call_rows for part in parts),
        [problem for part in parts for problem in part.problems],
        dict(sum((part.skipped for part in parts), Counter())),
        sum((part.warnings for part in parts), Counter({"column-not-in-file": reading.missing})),
        reading,
    )
