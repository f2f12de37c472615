"""Lists as files have them, read as the program reads them."""

import csv
import io
from collections.abc import Iterable, Sequence

from caseapp.domain.matching.profile import Profile
from caseapp.exchange import people_pairs, people_sheet, sheet
from caseapp.system import paths
from db.demo import corrupt


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def field_list(listed: Iterable[corrupt.Listed]) -> bytes:
    return as_csv(corrupt.COLUMNS, ([getattr(one, name) for name in corrupt.COLUMNS] for one in listed))


def profiles(content: bytes) -> list[Profile]:
    """Every row of a CSV as `caseapp match` compares it."""
    columns = paths.resource("recogniser", "people-columns.toml")
    read = people_sheet.every_row(sheet.read(content, "list.csv"), columns_file=columns, today=corrupt.TODAY)
    return [people_pairs.profile_of(one) for one in read]
