"""The agency's own row, its programs, and the lists that an administrator extends."""

import csv
from itertools import groupby
from pathlib import Path
from uuid import UUID

from sqlalchemy import ColumnElement, insert, select

from caseapp.domain.code_words import CodeWords
from caseapp.domain.staff import Agency
from caseapp.store.repository import Repository
from caseapp.store.tables.staff import AgencyRow, CodeRow, ProgramRow


class AgencyStore(Repository):
    """Reads and writes the agency."""

    def get(self) -> Agency:
        """The one agency of this database."""
        row = self._session.scalars(select(AgencyRow)).one()
        programs = self._session.scalars(
            select(ProgramRow.name).where(ProgramRow.retired_on.is_(None)).order_by(ProgramRow.name)
        )
        return Agency(
            name=row.name,
            time_zone=row.time_zone,
            phone=row.phone,
            address=row.address,
            law=row.law,
            part2_notice=row.part2_notice,
            repeat_threshold=row.repeat_threshold,
            is_sample=row.is_sample,
            programs=tuple(programs),
        )

    def add(self, agency: Agency) -> None:
        """Write the agency of a new database."""
        self._session.add(
            AgencyRow(
                id=self._new_id(),
                name=agency.name,
                time_zone=agency.time_zone,
                phone=agency.phone,
                address=agency.address,
                law=agency.law,
                part2_notice=agency.part2_notice,
                repeat_threshold=agency.repeat_threshold,
                is_sample=agency.is_sample,
            )
        )
        for name in agency.programs:
            self.add_program(name)

    def add_program(self, name: str) -> None:
        """Write a program."""
        self._session.add(ProgramRow(id=self._new_id(), name=name))

    def change(self, agency: Agency) -> None:
        """Write the agency's settings."""
        row = self._session.scalars(select(AgencyRow)).one()
        row.name, row.phone, row.address = agency.name, agency.phone, agency.address
        row.time_zone, row.law = agency.time_zone, agency.law
        row.part2_notice, row.repeat_threshold = agency.part2_notice, agency.repeat_threshold

    def program_ids(self) -> dict[str, UUID]:
        """Program name -> id."""
        rows = self._session.execute(select(ProgramRow.name, ProgramRow.id))
        return {row.name: row.id for row in rows}

    def codes(self, list_name: str) -> tuple[tuple[str, str], ...]:
        """Code and English label of a list's items in use, in order; nothing for a list that is not there."""
        return self._listed(CodeRow.list_name == list_name).get(list_name, ())

    def code_lists(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """List name -> code and English label of its items in use, in order."""
        return self._listed()

    def words(self, language: str) -> dict[str, dict[str, str]]:
        """List name -> code -> its words in the language of a paper, `en` or `es`; retired ones too.

        A record of long ago may still say a retired code. Words that nobody wrote in Spanish are in English.
        """
        label = CodeRow.label_es if language == "es" else CodeRow.label_en
        query = select(CodeRow.list_name, CodeRow.code, label.label("words"), CodeRow.label_en)
        found: dict[str, dict[str, str]] = {}
        for row in self._session.execute(query):
            found.setdefault(row.list_name, {})[row.code] = row.words or row.label_en
        return found

    def code_words(self) -> CodeWords:
        """The lists as the desk says them."""
        return CodeWords("en", self.words("en"))

    def _listed(self, *which: ColumnElement[bool]) -> dict[str, tuple[tuple[str, str], ...]]:
        query = (
            select(CodeRow.list_name, CodeRow.code, CodeRow.label_en)
            .where(CodeRow.retired_on.is_(None), *which)
            .order_by(CodeRow.list_name, CodeRow.position, CodeRow.label_en)
        )
        rows = groupby(self._session.execute(query), key=lambda row: row.list_name)
        return {name: tuple((row.code, row.label_en) for row in listed) for name, listed in rows}

    def seed_codes(self, folder: Path) -> int:
        """Fill the lists from the seed files, one list a file; returns how many items were written."""
        rows = [row for file in sorted(folder.glob("*.csv")) for row in self._list_rows(file)]
        self._session.execute(insert(CodeRow), rows)
        return len(rows)

    def _list_rows(self, file: Path) -> list[dict[str, object]]:
        with file.open(encoding="utf-8", newline="") as text:
            lines = [line for line in csv.DictReader(text) if line.get("code")]
        return [
            {
                "id": self._new_id(),
                "list_name": file.stem,
                "code": line["code"],
                "label_en": line.get("label_en") or line["code"],
                "label_es": line.get("label_es") or "",
                "position": int(line.get("position") or number),
                "standard_code": line.get("hud") or line.get("fhir") or "",
                "retired_on": None,
            }
            for number, line in enumerate(lines)
        ]
