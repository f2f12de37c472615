"""What a source said of one entry, as one short text: each table's columns once, then its rows.

The text of the same rows is the same, so that an entry which a later edition says again is known without
being read: comparing two texts is what most of an import comes to.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any
from uuid import UUID

from caseapp.domain.directory_entries import Entry, Said
from caseapp.domain.directory_reading import Row
from caseapp.store.directory_rows import to_id

_PLAIN = bytes(one for one in range(32, 256) if chr(one) not in '"\\')
"""Bytes that JSON takes as they are."""

_encoded = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


@dataclass(frozen=True)
class Stored:
    """An entry as it is kept; its ids stay as the database gives them until they are asked for."""

    table: str
    key: str
    source: str
    source_id: str
    kept: str
    raw_id: Any
    raw_record_id: Any
    raw_batch_id: Any

    @property
    def id(self) -> UUID:
        return to_id(self.raw_id)

    @cached_property
    def record_id(self) -> UUID | None:
        """Our own organization, place or service, if it is one."""
        return None if self.raw_record_id is None else to_id(self.raw_record_id)

    @property
    def batch_id(self) -> UUID:
        return to_id(self.raw_batch_id)

    @cached_property
    def entry(self) -> Entry:
        """What was said, read when it is asked for."""
        said = unpacked(self.table, self.key, json.loads(self.kept))
        return Entry(self.table, self.key, self.source_id, said)

    def says(self, entry: Entry) -> bool:
        """Whether the entry says what is kept, to the letter and in its order."""
        return packed(entry.id, entry.said) == self.kept


def packed(key: str, said: Said) -> str:
    """The text that is kept; the root's own id, which stands in every part, is written as 0.

    A quote after a comma or a bracket begins a cell, because one within a cell is escaped.
    """
    text = _joined(said) or _encoded({table: _columns(rows) for table, rows in sorted(said.items())})
    return text.replace(f',"{key}"', ",0").replace(f'["{key}"', "[0")


def _columns(rows: Mapping[str, Row]) -> list[list[str]]:
    """The names of the columns and the cells of each row; most tables of an entry have rows of one shape."""
    if len(rows) == 1:
        (row,) = rows.values()
        return [list(row), list(row.values())]
    shapes = set(map(tuple, rows.values()))
    if len(shapes) == 1:
        return [*map(list, shapes), *(list(row.values()) for row in rows.values())]
    names = list(dict.fromkeys(chain.from_iterable(rows.values())))
    return [names, *([row.get(name, "") for name in names] for row in rows.values())]


def _joined(said: Said) -> str:
    """The same as JSON, at a part of the cost, where no cell holds what JSON escapes; else nothing."""
    parts, cells = [], len(said)
    for table, rows in sorted(said.items()):
        lines = _columns(rows)
        parts.append(f'"{table}":[["' + '"],["'.join(map('","'.join, lines)) + '"]]')
        cells += len(lines) * len(lines[0])
    text = "{" + ",".join(parts) + "}"
    marks = text.encode(errors="backslashreplace").translate(None, _PLAIN)
    return text if len(marks) == 2 * cells else ""


def to_key(value: bytes | UUID) -> str:
    """The text of an id that was read as the database keeps it."""
    if not isinstance(value, bytes):
        return str(value)
    text = value.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def unpacked(table: str, key: str, kept: Mapping[str, Any]) -> Said:
    """What was said, of what `packed` made of it, or of what editions before it kept."""
    return {
        name: _rows(key, rows) if isinstance(rows, list) else _older_rows(table, key, rows)
        for name, rows in kept.items()
    }


def _rows(key: str, kept: list[list[Any]]) -> dict[str, Row]:
    names, *listed = ([key if cell == 0 else cell for cell in cells] for cells in kept)
    rows = ({name: cell for name, cell in zip(names, cells, strict=True) if cell} for cells in listed)
    return {row["id"]: row for row in rows}


def _older_rows(table: str, key: str, kept: dict[str, Row]) -> dict[str, Row]:
    """Row by row under its id, a link to the root empty."""
    link = f"{table}_id"
    return {
        one: {"id": one, **row, **({link: key} if row.get(link) == "" else {})} for one, row in kept.items()
    }
