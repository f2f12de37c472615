"""Collects the tables of an HSDS directory into whole organizations and services, with what is wrong."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from caseapp.domain.directory_reading import DirectoryReading, Row, RowNote
from caseapp.domain.errors import CaseAppError
from caseapp.exchange import hsds_cells, hsds_older
from caseapp.exchange.hsds_tables import CHOICES, ESSENTIAL, TABLES, Column

NOTES_KEPT = 100_000
"""Rows that may have something wrong; a file with more is not what it says it is."""
KINDS = {name: {one.name: one.kind for one in made.columns.values()} for name, made in TABLES.items()}


class TooManyNotes(CaseAppError):
    code = "directory.too-many-notes"


class Collected:
    """Rows as they come, merged by table and id, with what is wrong in each."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, Row]] = {}
        self._notes: list[RowNote] = []
        self._numbers: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._is_older = False

    def take_all(
        self,
        table: str,
        header: Sequence[str],
        parts: Iterable[tuple[list[Row], frozenset[str]]],
        first: int,
    ) -> None:
        """Add the cleaned rows of one table, numbered from `first`, part by part with its full columns."""
        is_plain = table in TABLES and not set(header) & set(hsds_older.ALSO.get(table, ()))
        needed = {"id", *ESSENTIAL.get(table, ())}
        for part, full in parts:
            if not (is_plain and needed <= full and self._take_whole(table, part, first)):
                for number, row in enumerate(part, start=first):
                    if row:
                        self.take(table, row, number, is_clean=True)
            first += len(part)

    def _take_whole(self, table: str, part: list[Row], first: int) -> bool:
        """Add rows that have all they need at once; not where an id was met before."""
        made = {row["id"]: row for row in part}
        if len(made) < len(part) or not self.tables.get(table, {}).keys().isdisjoint(made):
            return False
        self.tables.setdefault(table, {}).update(made)
        self._numbers[table].update(zip(made, range(first, first + len(part)), strict=True))
        return True

    def take(
        self, table: str, row: Row, number: int, *, is_merged: bool = False, is_clean: bool = False
    ) -> None:
        """Add a row; in JSON the same object stands in several places, each saying a part of it."""
        if hsds_older.is_older(table, row):
            self._is_older, is_clean = True, False
            table, row = hsds_older.translate(table, row)
            if table == "eligibility":
                self._take_eligibility(row, number)
                return
        if not is_clean:
            kinds = KINDS[table]
            row = {
                name: said
                for name, text in row.items()
                if text and (said := hsds_cells.clean(text, kinds.get(name, "text")))
            }
        row_id = row.get("id") or _id_of(table, row)
        essential = ESSENTIAL.get(table, ())
        if not all(map(row.get, essential)):
            lacking = [name for name in essential if not row.get(name)]
            self.note(table, number, f"{_words(lacking)} is missing", row=row, is_rejected=True)
            return
        row["id"] = row_id
        rows = self.tables.setdefault(table, {})
        stands = rows.get(row_id)
        if stands is None:
            rows[row_id] = row
            self._numbers[table][row_id] = number
        elif is_merged:
            rows[row_id] = {**row, **stands}
        elif stands == row:
            self.note(table, number, "the same row stands in the file twice", row=row, is_rejected=True)
        else:
            reason = f"another row has the id {row_id} already"
            self.note(table, number, reason, row=row, is_rejected=True)

    def note(
        self, table: str, number: int, reason: str, *, row: Row | None = None, is_rejected: bool = False
    ) -> None:
        """Keep what is wrong with a row."""
        if len(self._notes) >= NOTES_KEPT:
            raise TooManyNotes(limit=NOTES_KEPT)
        raw = tuple(f"{name}: {text}" for name, text in (row or {}).items())
        self._notes.append(RowNote(table, number, reason, is_rejected, raw if is_rejected else ()))

    def reading(self) -> DirectoryReading:
        """Everything taken, checked row by row."""
        self._join_eligibility()
        self._give_programs_an_organization()
        for table, rows in self.tables.items():
            self._check(table, rows)
        self._notes.sort(key=lambda note: (note.table, note.row))
        how = "an older generation of HSDS, read as 3.1" if self._is_older else "HSDS 3"
        links = {name: made.links for name, made in TABLES.items()}
        return DirectoryReading(self.tables, tuple(self._notes), how, links)

    def _take_eligibility(self, row: Row, number: int) -> None:
        """1.x and 2.x keep eligibility apart from the service; it joins the service when all is read."""
        kept = {name: hsds_cells.clean(text, "text") for name, text in row.items()}
        row_id = kept.get("id") or _id_of("eligibility", kept)
        self.tables.setdefault("eligibility", {}).setdefault(row_id, {**kept, "id": row_id})
        self._numbers["eligibility"][row_id] = number

    def _join_eligibility(self) -> None:
        services = self.tables.get("service", {})
        for row_id, row in self.tables.pop("eligibility", {}).items():
            service = services.get(row.get("service_id", ""))
            if service is None:
                number = self._numbers["eligibility"][row_id]
                reason = (
                    "names a service that is not in the file" if row.get("service_id") else "names no service"
                )
                self.note("eligibility", number, reason, row=row, is_rejected=True)
                continue
            said = filter(None, (service.get("eligibility_description"), row.get("eligibility")))
            service["eligibility_description"] = "; ".join(dict.fromkeys(said))
            for name in ("minimum_age", "maximum_age"):
                if row.get(name) and not service.get(name):
                    service[name] = row[name]

    def _give_programs_an_organization(self) -> None:
        """A program nested in a service is of that service's organization."""
        programs = self.tables.get("program", {})
        for service in self.tables.get("service", {}).values():
            program = programs.get(service.get("program_id", ""))
            if program is not None and not program.get("organization_id") and service.get("organization_id"):
                program["organization_id"] = service["organization_id"]

    def _check(self, table: str, rows: dict[str, Row]) -> None:
        """Tell what is wrong with each row.

        Column by column first, each text once: where nothing is wrong with any, no row need be looked at.
        """
        shapes = {shape: _shape(table, shape) for shape in set(map(tuple, rows.values()))}
        wrong = self._wrong_texts(table, rows, {name for _told, names in shapes.values() for name in names})
        if not wrong and not any(told for told, _names in shapes.values()):
            return
        for row_id, row in rows.items():
            told, names = shapes[tuple(row)]
            reasons = (wrong.get((name, row[name]), "") for name in names)
            for reason in (*told, *filter(None, reasons)):
                self.note(table, self._numbers[table][row_id], reason)

    def _wrong_texts(
        self, table: str, rows: dict[str, Row], names: Iterable[str]
    ) -> dict[tuple[str, str], str]:
        """Column and text -> what is wrong with it, of links and of columns that do not take any text."""
        found: dict[tuple[str, str], str] = {}
        for name in names:
            column = TABLES[table].columns[name]
            texts = {text for row in rows.values() if (text := row.get(name))}
            if column.table:
                lost = texts.difference(self.tables.get(column.table, ()))
                reason = f"{name} points to {_one(column.table)}"
                found.update(((name, text), reason) for text in lost)
            else:
                told = ((text, _wrong_with(table, column, text)) for text in texts)
                found.update(((name, text), reason) for text, reason in told if reason)
        return found


def _wrong_with(table: str, column: Column, text: str) -> str:
    if not hsds_cells.fits(text, column):
        return f"{column.name} is not a {column.kind}"
    return (
        ""
        if hsds_cells.may_say(text, table, column.name)
        else f"{column.name} is none of the standard's values"
    )


def _one(table: str) -> str:
    name = _words([table])
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name} that is not in the file"


@lru_cache(maxsize=1024)
def _shape(table: str, names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is wrong with rows that fill these columns; which of them need a look, links first."""
    columns, filled = TABLES[table].columns, set(names)
    told = []
    empty = [one.name for one in columns.values() if one.is_required and one.name not in filled]
    if empty:
        told.append(f"{_words(empty)} is missing")
    unknown = [name for name in names if name not in columns]
    if unknown:
        told.append(f"{_words(unknown)} is no column of the standard; it is kept")
    known = [columns[name] for name in names if name in columns]
    links = [one.name for one in known if one.table]
    cells = [
        one.name for one in known if not one.table and (one.kind != "text" or (table, one.name) in CHOICES)
    ]
    return tuple(told), (*links, *cells)


def _id_of(table: str, row: Row) -> str:
    """An id from the content, for the many real files whose ids are empty."""
    content = "\x1f".join(f"{name}={row[name]}" for name in sorted(row) if row[name])
    return f"row-{hashlib.sha256(f'{table} {content}'.encode()).hexdigest()[:24]}"


def _words(names: Iterable[str]) -> str:
    return " and ".join(name.replace("_", " ") for name in names)
