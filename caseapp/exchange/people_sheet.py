"""People from any spreadsheet: columns recognised by their names, every row accounted for."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from caseapp.domain.dispatch import RowProblem
from caseapp.domain.errors import CaseAppError
from caseapp.domain.names import phone_digits, tokens
from caseapp.domain.not_known import NO_BIRTHS, NOT_KNOWN
from caseapp.domain.people import OLDEST, Birth, Identifier, Precision, birth_by_age, years_before
from caseapp.domain.people_lists import (
    ColumnsRead,
    ListedPerson,
    PeopleReading,
    gender_code,
    identity_of,
)
from caseapp.exchange import cells, times
from caseapp.exchange.births_written import age_of, day_of
from caseapp.exchange.cell_parts import parts_of
from caseapp.exchange.names_written import Written, written
from caseapp.exchange.people_columns import columns_of_people
from caseapp.exchange.sheet import Sheet
from caseapp.exchange.zips import five_digits

_YEAR = re.compile(r"(1[89]\d\d|20\d\d)(?:\.0)?")
_MONTH = re.compile(r"(\d{1,2})[/-](\d{4})|(\d{4})[/-](\d{1,2})")
_PLACEHOLDER_YEAR = 1901
_SHORT_NUMBER = 4
"""Signs from which on one and the same over and over is no number."""
_NAMES = frozenset(("full", "given", "middle", "family", "chosen", "alias"))
_CALLED = frozenset(("Nan", "Nat", "Na"))
"""People are called so; a cell without a value is written in other letters."""
_UNSAID = NOT_KNOWN | {"u"}
_NO_NAME = "no name and no description"
_FUTURE = "birth date in the future"
_UNREADABLE = "birth date cannot be read"


class NoSuchColumn(CaseAppError):
    """A column that was asked for is not in the sheet."""

    code = "people.no-such-column"


class _Unusable(Exception):
    """A row that cannot become a person; its text is the reason and holds nothing of the row."""


class _Row:
    """One row's cells by field, cleaned; blanks and words for "nothing" are left out."""

    def __init__(self, columns: dict[str, list[int]], row: list[str]) -> None:
        self._columns = columns
        self._row = row

    def all(self, field: str) -> list[str]:
        places = self._columns.get(field)
        if not places:
            return []
        cells = [" ".join(part.split()) for place in places for part in parts_of(field, self._row[place])]
        is_name = field in _NAMES
        found = [
            cell
            for cell in cells
            if cell and not (times.is_missing(cell) and not (is_name and cell in _CALLED))
        ]
        return found if len(found) < 2 else list(dict.fromkeys(found))

    def text(self, field: str) -> str:
        return " ".join(self.all(field))


def read(sheet: Sheet, *, columns_file: Path, today: date) -> PeopleReading:
    """Turn a sheet into people; `today` bounds birth dates and dates the ages.

    Raises NotPeople where no column holds a name. Rows without a name and a description, with a birth
    date that cannot be, or with a number that another row has with other facts, are problems. A row without a
    number that says what another says may be somebody else, and is counted in `warnings`.
    """
    columns, schemes = columns_of_people(sheet.header, columns_file)
    people: dict[object, ListedPerson] = {}
    problems: list[RowProblem] = []
    skipped, warnings = Counter[str](), Counter[str]()
    births = _BirthReader(sheet, columns, today, warnings)
    for number, row in enumerate(sheet.rows, start=sheet.first_row):
        if not any(map(str.strip, row)):
            skipped["blank"] += 1
            continue
        try:
            person = _person(number, _Row(columns, row), births, schemes, warnings)
        except _Unusable as unusable:
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
        warnings={**warnings, **_repeating(people.values())},
        how_read=sheet.how_read,
    )


def columns_read(sheet: Sheet, *, columns_file: Path, key_column: str = "") -> ColumnsRead:
    """How `every_row` understands the columns; raises what it raises."""
    return _told(sheet, _columns(sheet, columns_file, key_column)[0])


def _repeating(people: Iterable[ListedPerson]) -> dict[str, int]:
    """How many rows without a number say what another one says, as a warning where there are any."""
    told = Counter(one._replace(row=0) for one in people if not identity_of(one))
    count = told.total() - len(told)
    return {"rows-that-repeat-another": count} if count else {}


def every_row(
    sheet: Sheet, *, columns_file: Path, today: date, key_column: str = ""
) -> tuple[ListedPerson, ...]:
    """Every row that is not blank as somebody to compare, whatever it lacks; `key_column` names the ids.

    Raises NotPeople where no column holds a name, NoSuchColumn for a `key_column` that is not there.
    """
    columns, schemes = _columns(sheet, columns_file, key_column)
    ignored = Counter[str]()
    births = _BirthReader(sheet, columns, today, ignored)
    rows = (
        (number, _Row(columns, row))
        for number, row in enumerate(sheet.rows, start=sheet.first_row)
        if any(map(str.strip, row))
    )
    return tuple(_compared(number, row, births, schemes, ignored) for number, row in rows)


def _columns(
    sheet: Sheet, columns_file: Path, key_column: str
) -> tuple[dict[str, list[int]], tuple[str, ...]]:
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


def _written(row: _Row) -> Written:
    given = " ".join(row.all("given") + row.all("middle"))
    return written(row.text("full"), given, row.text("family"), row.text("generation"))


def _address(row: _Row) -> str:
    """The street, and the flat as it is written behind one."""
    unit = row.text("unit")
    is_bare = unit and not re.match(r"[#A-Za-z]{2,}|#", unit)
    return " ".join(filter(None, (row.text("address"), f"#{unit}" if is_bare else unit)))


def _person(
    number: int, row: _Row, births: "_BirthReader", schemes: tuple[str, ...], warnings: Counter[str]
) -> ListedPerson:
    """Raises _Unusable."""
    words = (*_written(row), *map(row.text, ("chosen", "alias", "description")))
    if not any(map(tokens, words)):
        raise _Unusable(_NO_NAME)
    return _listed(number, row, births.of(row), schemes, warnings)


def _compared(
    number: int, row: _Row, births: "_BirthReader", schemes: tuple[str, ...], ignored: Counter[str]
) -> ListedPerson:
    """Somebody to compare: what stands where a date should counts too."""
    one = _listed(number, row, births.likely(row), schemes, ignored)
    return one if one.birth else one._replace(birth_text=births.unread(row))


def _listed(
    number: int, row: _Row, birth: Birth | None, schemes: tuple[str, ...], warnings: Counter[str]
) -> ListedPerson:
    name = _written(row)
    gender = row.text("gender")
    if gender and not gender_code(gender):
        warnings["gender-not-understood"] += 1
    return ListedPerson(
        row=number,
        key=next(iter(row.all("key")), ""),
        given=name.given,
        family=name.family,
        chosen=row.text("chosen"),
        aliases=tuple(row.all("alias")),
        description=", ".join(filter(None, (name.description, row.text("description")))),
        birth=birth,
        phones=_kept(row.all("phone"), lambda text: bool(phone_digits(text)), "phone-dropped", warnings),
        emails=_kept(row.all("email"), lambda text: "@" in text, "email-dropped", warnings),
        address=_address(row),
        city=row.text("city"),
        state=row.text("state"),
        zip=five_digits(row.text("zip")),
        gender=gender,
        pronouns=row.text("pronouns"),
        identifiers=tuple(
            Identifier(scheme, value)
            for scheme in schemes
            for value in _kept(row.all(scheme), _is_number, "number-dropped", warnings)
        ),
    )


def _is_number(value: str) -> bool:
    """Whether somebody has it: "999-99-9999", "XXXXX", "123-45-6789" stand where a number was not known."""
    signs = "".join(filter(str.isalnum, value.casefold()))
    return len(set(signs)) > (len(signs) >= _SHORT_NUMBER) and signs != "123456789"


def _kept(
    found: list[str], holds: Callable[[str], bool], warning: str, warnings: Counter[str]
) -> tuple[str, ...]:
    """What can be used of a list of contact points; the rest (a phone "911") is dropped and counted."""
    kept = tuple(filter(holds, found))
    if len(kept) < len(found):
        warnings[warning] += len(found) - len(kept)
    return kept


def _stands_for_none(birth: Birth) -> bool:
    """Whether it is what programs write where no birth was told; nobody is so old either."""
    on = (birth.on.year, birth.on.month, birth.on.day)
    is_habit = birth.precision is Precision.DAY and on in NO_BIRTHS
    return birth.on.year < _PLACEHOLDER_YEAR or is_habit


class _BirthReader:
    """Birth dates with their precision; a placeholder such as 1900-01-01 is counted and left out."""

    def __init__(
        self, sheet: Sheet, columns: dict[str, list[int]], today: date, warnings: Counter[str]
    ) -> None:
        places = columns.get("birth", ())
        self._day_first = times.is_day_first([row[place] for row in sheet.rows for place in places])
        self._today = today
        self._warnings = warnings

    def likely(self, row: _Row) -> Birth | None:
        """As `of`; a date that cannot be is as good as none."""
        return self._dated(row)[0] or self._aged(row)

    def of(self, row: _Row) -> Birth | None:
        """The date, else the year, else the age, as a birth; raises _Unusable for a date that cannot be."""
        birth, reason = self._dated(row)
        if reason:
            raise _Unusable(reason)
        return birth or self._aged(row)

    def unread(self, row: _Row) -> str:
        """What stands where a date should and is none: most of one may still be right."""
        return next((text for text in row.all("birth") if self._parsed(text) is None), "")

    def _dated(self, row: _Row) -> tuple[Birth | None, str]:
        reason = ""
        for text in (*row.all("birth"), *row.all("birth_year")):
            if "-".join(tokens(text)) in _UNSAID or not re.search(r"[1-9a-z]", text.casefold()):
                continue
            birth = self._parsed(text)
            if birth is None:
                reason = reason or _UNREADABLE
            elif birth.on > self._today:
                reason = reason or _FUTURE
            elif _stands_for_none(birth):
                self._warnings["birth-date-dropped"] += 1
            else:
                return birth, ""
        return None, reason

    def _aged(self, row: _Row) -> Birth | None:
        ages = [age for text in row.all("age") if (age := age_of(text)) is not None]
        if not ages or ages[0] > OLDEST:
            return None
        return birth_by_age(ages[0], self._seen_on(row))

    def _seen_on(self, row: _Row) -> date:
        """The day on which an age was told: the contact's, else today."""
        told = [times.parse(text, day_first=self._day_first) for text in row.all("seen_on")]
        return min((one.wall.date() for one in told if one), default=self._today)

    def _parsed(self, text: str) -> Birth | None:
        if match := _YEAR.fullmatch(text):
            return Birth(date(int(match[1]), 1, 1), Precision.YEAR)
        if match := _MONTH.fullmatch(text):
            year, month = int(match[2] or match[3]), int(match[1] or match[4])
            return Birth(date(year, month, 1), Precision.MONTH) if year and 1 <= month <= 12 else None
        day = day_of(text, day_first=self._day_first)
        if day is None:
            return None
        is_short = not re.search(r"\d{4}", text)
        return Birth(years_before(day, 100) if is_short and day > self._today else day)
