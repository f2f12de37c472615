"""One row of a list of people, by what its columns hold."""

from caseapp.exchange import times_written
from caseapp.exchange.cell_parts import parts_of

_NAMES = frozenset(("full", "given", "middle", "family", "chosen", "alias"))
_CALLED = frozenset(("Nan", "Nat", "Na"))
"""People are called so; a cell without a value is written in other letters."""


class Unusable(Exception):
    """A row that cannot become a person; its text is the reason and holds nothing of the row."""


class Row:
    """One row's cells by field, cleaned; blanks and words for "nothing" are left out."""

    def __init__(self, columns: dict[str, list[int]], row: list[str]) -> None:
        self._columns = columns
        self._row = row

    def all(self, field: str) -> list[str]:
        """Every value of a field, each once."""
        places = self._columns.get(field)
        if not places:
            return []
        cells = [" ".join(part.split()) for place in places for part in parts_of(field, self._row[place])]
        is_name = field in _NAMES
        found = [
            cell
            for cell in cells
            if cell and not (times_written.is_missing(cell) and not (is_name and cell in _CALLED))
        ]
        return found if len(found) < 2 else list(dict.fromkeys(found))

    def text(self, field: str) -> str:
        """The values of a field as one text."""
        return " ".join(self.all(field))
