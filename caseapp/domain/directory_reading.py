"""What a file said of the directory, table by table, before anything is compared or written."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

Row = dict[str, str]
"""Column -> text; an empty text and an absent column say the same: nothing."""


@dataclass(frozen=True, slots=True)
class RowNote:
    """What is wrong with one row: `row` is its number in its file or list; a rejected one is left out."""

    table: str
    row: int
    reason: str
    is_rejected: bool = False
    raw: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectoryReading:
    """Rows by table and id in the shape of HSDS 3.1, whatever generation the file was."""

    tables: dict[str, dict[str, Row]]
    notes: tuple[RowNote, ...]
    how_read: str
    links: dict[str, dict[str, str]] = field(default_factory=dict)
    """Table -> column -> the table it points to."""

    @property
    def rejected(self) -> Counter[str]:
        """How many rows of each table were left out."""
        return Counter(note.table for note in self.notes if note.is_rejected)

    @property
    def rows(self) -> int:
        """Every row of the file, the rejected ones too."""
        return sum(map(len, self.tables.values())) + sum(self.rejected.values())

    def each(self) -> Iterator[tuple[str, str, Row]]:
        """Every kept row with its table and id."""
        for table, rows in self.tables.items():
            for row_id, row in rows.items():
                yield table, row_id, row
