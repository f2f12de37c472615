"""People from any spreadsheet: columns recognised by their names, every row accounted for."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, Self

from caseapp.domain.births import Birth
from caseapp.domain.dispatch import RowProblem
from caseapp.domain.errors import CaseAppError
from caseapp.domain.matching.profile import NOWHERE
from caseapp.domain.names import tokens
from caseapp.domain.people import Identifier
from caseapp.domain.people_lists import (
    ColumnsRead,
    ListedPerson,
    PeopleReading,
    identity_of,
)
from caseapp.exchange import cells
from caseapp.exchange.cell_parts import as_written, is_number, is_phone
from caseapp.exchange.genders_written import GenderReader
from caseapp.exchange.names_written import Written, written
from caseapp.exchange.numbers_written import numbers_in
from caseapp.exchange.people_births import BirthReader
from caseapp.exchange.people_columns import columns_of_people
from caseapp.exchange.people_rows import Row, Unusable
from caseapp.exchange.sheet import Sheet
from caseapp.exchange.zips import five_digits

Schemes = Mapping[str, Sequence[str]]
"""Systems of numbers, each with the names of its columns."""

_NO_NAME = "no name and no description"


class _Reader(NamedTuple):
    """How one sheet is read; `warnings` counts what was left out on the way."""

    columns: dict[str, list[int]]
    schemes: Schemes
    births: BirthReader
    genders: GenderReader
    warnings: Counter[str]

    @classmethod
    def of(cls, sheet: Sheet, columns: dict[str, list[int]], schemes: Schemes, today: date) -> Self:
        warnings = Counter[str]()
        births = BirthReader(sheet, columns, today, warnings)
        return cls(columns, schemes, births, GenderReader(sheet, columns, warnings), warnings)


class NoSuchColumn(CaseAppError):
    """A column that was asked for is not in the sheet."""

    code = "people.no-such-column"


_COUNTED = re.compile(
    r"(?:(?:grand|sub) ?)?totals?(?: [a-z]+){0,3} ?[:=]? ?\d[\d,]*"
    r"|(?:count|records?|rows?|inmates?|guests?|clients?) ?[:=] ?\d[\d,]*"
    r"|\d[\d,]* (?:records?|rows?|inmates?|guests?|clients?|people)(?: [a-z]+){0,2}"
    r"|[-*= ]*end of (?:report|list|file)[-*= ]*",
    re.IGNORECASE,
)
"""What a printed list says at its end of those above it; no name of anybody."""

_LOOKED_EVERY = 1000
"""Rows between two looks at whether the work is to stop."""


def read(
    sheet: Sheet, *, columns_file: Path, today: date, look: Callable[[int], object] = lambda _rows: None
) -> PeopleReading:
    """Turn a sheet into people; `today` bounds birth dates and dates the ages.

    `look` is called with how many rows are read, now and then, and may raise.

    Raises NotPeople where no column holds a name. Rows without a name and a description, with a birth
    date that cannot be, or with a number that another row has with other facts, are problems. A row without a
    number that says what another says may be somebody else, and is counted in `warnings`.
    """
    columns, schemes = columns_of_people(sheet.header, columns_file)
    people: dict[object, ListedPerson] = {}
    problems: list[RowProblem] = []
    skipped = Counter[str]()
    reader = _Reader.of(sheet, columns, schemes, today)
    for number, row in enumerate(sheet.rows, start=sheet.first_row):
        if not (number - sheet.first_row) % _LOOKED_EVERY:
            look(number - sheet.first_row)
        said = Row(columns, row)
        if why := _why_skipped(said, row):
            skipped[why] += 1
            continue
        try:
            person = _person(number, said, reader)
        except Unusable as unusable:
            problems.append(RowProblem(row=number, reason=str(unusable), raw=tuple(row)))
            continue
        first = people.setdefault(identity_of(person) or number, person)
        if first is person:
            continue
        if first == person._replace(row=first.row):
            skipped["repeated"] += 1
        else:
            reason = f"row {first.row} has the same number with other facts"
            problems.append(RowProblem(row=number, reason=reason, raw=tuple(row)))
    return PeopleReading(
        header=sheet.header,
        rows=len(sheet.rows),
        people=tuple(people.values()),
        columns=_told(sheet, columns),
        problems=tuple(problems),
        skipped=dict(skipped),
        warnings={**reader.warnings, **_repeating(people.values())},
        how_read=sheet.how_read,
    )


def columns_read(sheet: Sheet, *, columns_file: Path, key_column: str = "") -> ColumnsRead:
    """How `every_row` understands the columns; raises what it raises."""
    return _told(sheet, _columns(sheet, columns_file, key_column)[0])


def _why_skipped(said: Row, row: Sequence[str]) -> str:
    """Why nobody is looked at in a row: it counts those above, or the agency deleted them (`DateDeleted`)."""
    words = " ".join(filter(None, map(str.strip, row)))
    if not words:
        return "blank"
    if _COUNTED.fullmatch(words):
        return "total"
    return "deleted" if said.text("deleted") else ""


def _repeating(people: Iterable[ListedPerson]) -> dict[str, int]:
    """How many rows without a number say what another one says, as a warning where there are any."""
    told = Counter(one._replace(row=0) for one in people if not identity_of(one))
    count = told.total() - len(told)
    return {"row-repeated-without-a-number": count} if count else {}


def every_row(
    sheet: Sheet, *, columns_file: Path, today: date, key_column: str = ""
) -> Iterator[ListedPerson]:
    """Every row that is neither blank nor deleted as somebody to compare, whatever it lacks; read as taken.

    `key_column` names the ids.

    Raises NotPeople where no column holds a name, NoSuchColumn for a `key_column` that is not there.
    """
    columns, schemes = _columns(sheet, columns_file, key_column)
    reader = _Reader.of(sheet, columns, schemes, today)
    rows = (
        (number, said)
        for number, row in enumerate(sheet.rows, start=sheet.first_row)
        if not _why_skipped(said := Row(columns, row), row)
    )
    return (_compared(number, row, reader) for number, row in rows)


def _columns(sheet: Sheet, columns_file: Path, key_column: str) -> tuple[dict[str, list[int]], Schemes]:
    columns, schemes = columns_of_people(sheet.header, columns_file)
    if key_column:
        if key_column not in sheet.header:
            raise NoSuchColumn(column=key_column)
        columns["key"] = [sheet.header.index(key_column)]
    return columns, schemes


def _told(sheet: Sheet, columns: Mapping[str, Sequence[int]]) -> ColumnsRead:
    read = {place for places in columns.values() for place in places}
    return ColumnsRead(
        {key: tuple(sheet.header[place] for place in places) for key, places in columns.items()},
        tuple(name for place, name in enumerate(sheet.header) if name and place not in read),
    )


def write_rejects(reading: PeopleReading) -> bytes:
    """The rejected rows as they came, with row number and reason, ready to be mended and imported again."""
    rows = [(str(one.row), one.reason, *one.raw) for one in reading.problems]
    return cells.write_csv((*cells.OUR_COLUMNS, *reading.header), rows)


def _written(row: Row) -> Written:
    given = " ".join(row.all("given") + row.all("middle"))
    full = next(iter(row.all("full")), "")
    return written(full, given, row.text("family"), row.text("generation"))


def _aliases(row: Row, given: str) -> tuple[str, ...]:
    """The aliases, and the whole name of before a marriage."""
    before = (f"{family}, {given}" if given else family for family in row.all("maiden"))
    return (*row.all("alias"), *before)


def _address(row: Row) -> str:
    """The street, and the flat as it is written behind one."""
    unit = row.text("unit")
    is_bare = unit and not re.match(r"[#A-Za-z]{2,}|#", unit)
    return " ".join(filter(None, (row.text("address"), f"#{unit}" if is_bare else unit)))


def _town(text: str) -> str:
    """The town, empty where nobody knows it or there is none: two such towns are not one."""
    return "" if "-".join(tokens(text)) in NOWHERE else text


def _person(number: int, row: Row, reader: _Reader) -> ListedPerson:
    """Raises Unusable."""
    words = (*_written(row), *map(row.text, ("chosen", "alias", "maiden", "description")))
    if not any(map(tokens, words)):
        raise Unusable(_NO_NAME)
    return _listed(number, row, reader.births.of(row), reader)


def _compared(number: int, row: Row, reader: _Reader) -> ListedPerson:
    """Somebody to compare: what stands where a date should counts too."""
    one = _listed(number, row, reader.births.likely(row), reader)
    return one if one.birth else one._replace(birth_text=reader.births.unread(row))


def _listed(number: int, row: Row, birth: Birth | None, reader: _Reader) -> ListedPerson:
    name, warnings = _written(row), reader.warnings
    return ListedPerson(
        row=number,
        key=next(iter(row.all("key")), ""),
        given=name.given,
        family=name.family,
        chosen=row.text("chosen"),
        aliases=_aliases(row, name.given),
        description=", ".join(filter(None, (name.description, row.text("description")))),
        birth=birth,
        phones=_kept(row.all("phone"), is_phone, "phone-dropped", warnings),
        emails=_kept(row.all("email"), lambda text: "@" in text, "email-dropped", warnings),
        address=_address(row),
        city=_town(row.text("city")),
        state=row.text("state"),
        zip=five_digits(row.text("zip")),
        gender=reader.genders.of(row),
        pronouns=row.text("pronouns"),
        identifiers=_identifiers(row, reader.schemes, warnings),
    )


def _identifiers(row: Row, schemes: Schemes, warnings: Counter[str]) -> tuple[Identifier, ...]:
    """Numbers of other systems, in columns of their own or several in one."""
    own = [Identifier(scheme, as_written(value)) for scheme in schemes for value in row.all(scheme)]
    found = [*own, *(number for cell in row.all("numbers") for number in numbers_in(cell, schemes))]
    kept = dict.fromkeys(one for one in found if is_number(one.value))
    if len(kept) < len(set(found)):
        warnings["number-dropped"] += len(set(found)) - len(kept)
    return tuple(kept)


def _kept(
    found: list[str], holds: Callable[[str], bool], warning: str, warnings: Counter[str]
) -> tuple[str, ...]:
    """What can be used of a list of contact points; the rest (a phone "911") is dropped and counted."""
    kept = tuple(filter(holds, found))
    if len(kept) < len(found):
        warnings[warning] += len(found) - len(kept)
    return kept
