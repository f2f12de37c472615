"""The directory in the field's own format, HSDS: any of its generations and forms, as rows of 3.1.

A file is known by its columns and only then by its name. Nothing is guessed silently: every row that lacks
something, points to nothing, or cannot be used is told with its number.
"""

from collections.abc import Sequence

from caseapp.domain.directory_reading import DirectoryReading
from caseapp.exchange import hsds_cells, hsds_json, hsds_older
from caseapp.exchange import sheet as sheets
from caseapp.exchange.archives import Part
from caseapp.exchange.cells import without_controls
from caseapp.exchange.directory_collected import KINDS, Collected
from caseapp.exchange.hsds_json import NotDirectory, plurals
from caseapp.exchange.hsds_tables import TABLES

__all__ = ["NotDirectory", "read"]

_TOLD = 4.0
"""What a file's name counts beside its columns: two columns."""

_ALIASES = {
    **{alias: name for name in (*hsds_older.OLDER, *TABLES) for alias in plurals(name)},
    **{made.file.removesuffix(".csv"): name for name, made in TABLES.items()},
    **hsds_older.FILE_NAMES,
}
_COLUMNS: dict[str, frozenset[str]] = {
    **{name: frozenset(columns) for name, columns in hsds_older.OLDER.items()},
    **{
        name: frozenset(made.columns) | frozenset(hsds_older.ALSO.get(name, ()))
        for name, made in TABLES.items()
    },
}


_REQUIRED = {
    name: frozenset(one.name for one in made.columns.values() if one.is_required)
    for name, made in TABLES.items()
}


def read(parts: Sequence[Part], name: str) -> DirectoryReading:
    """Read the files of one directory; raises NotDirectory, NotJson, or what reading a table raises."""
    found = Collected()
    for part in parts:
        if _is_json(part):
            for number, (table, row) in enumerate(hsds_json.rows(_decoded(part), part.name), start=1):
                found.take(table, row, number, is_merged=True)
        else:
            _read_table(part, found)
    if not found.tables:
        raise NotDirectory(file=name)
    return found.reading()


def _is_json(part: Part) -> bool:
    return part.content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _decoded(part: Part) -> str:
    try:
        return without_controls(part.content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise hsds_json.NotJson(file=part.name) from None


def _read_table(part: Part, found: Collected) -> None:
    try:
        sheet = sheets.read(part.content, part.name)
    except sheets.Empty:
        return
    header = [_column_name(one) for one in sheet.header]
    table = _recognise(header, part.name)
    if not table:
        found.note("", 1, f"“{part.name}” is no table of the standard and was left out")
        return
    parts = hsds_cells.cleaned_parts(header, sheet.rows, KINDS.get(table, {}))
    found.take_all(table, header, parts, sheet.first_row)


def _column_name(title: str) -> str:
    return "_".join("".join(letter if letter.isalnum() else " " for letter in title.casefold()).split())


def _recognise(header: Sequence[str], name: str) -> str:
    """The table whose columns these are; a name that says the same decides between near equals."""
    told = _ALIASES.get(_column_name(name.rsplit(".", 1)[0]), "")
    keys = set(header)
    scores: dict[str, float] = {}
    for table, columns in _COLUMNS.items():
        shared = len(keys & columns)
        if shared >= 2 and shared * 2 > len(keys):
            near = _TOLD if table == told or _means_same(table, told) else 0.0
            scores[table] = (
                2 * shared
                - len(keys - columns)
                - 0.1 * len(columns - keys)
                - 0.5 * len(_REQUIRED.get(table, keys) - keys)
                + near
            )
    return max(scores, key=lambda table: scores[table], default="")


def _means_same(table: str, told: str) -> bool:
    """`taxonomy.csv` is the list of taxonomies in 3.x and the list of terms in 1.x; its columns decide."""
    return told == "taxonomy_1" and table == "taxonomy"
