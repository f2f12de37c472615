"""What sources said of the directory, kept whole: one entry an organization, service or place with its parts.

Ids become UUIDs once and for all: one that is a UUID stays, any other is UUIDv5 of source, table and id. So
a later edition, a copy under another name, and our own export all meet the same entry again.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from caseapp.domain.directory_reading import DirectoryReading, Row

SPACE = UUID("5e3d2a34-6a63-5b9e-9a0c-7d0f4b7f2c11")
"""The name space of ids made here; it must never change."""

ROOTS = ("organization", "location", "service")
"""Tables whose rows own others; in the order in which they are written."""

Said = dict[str, dict[str, Row]]
"""Table -> id -> row, of one entry."""

_OWNERS = (
    ("service_id", "service"),
    ("service_at_location_id", "service_at_location"),
    ("location_id", "location"),
    ("organization_id", "organization"),
    ("contact_id", "contact"),
    ("phone_id", "phone"),
)
_GENERAL = {"attribute": ("link_entity", "link_id"), "metadata": ("resource_type", "resource_id")}
_DEPTH = 4
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_UUIDS = re.compile(rf"(?:{_UUID.pattern}\n?)*")
_WITH_END = 37
"""Letters of a UUID and of the line end after it."""


@dataclass(slots=True)
class Entry:
    """Everything said of one root; `source_id` is its id in the source's own words."""

    table: str
    id: str
    source_id: str
    said: Said = field(default_factory=dict)

    @property
    def row(self) -> Row:
        """The root's own row."""
        return self.said.get(self.table, {}).get(self.id, {})

    def rows(self, table: str) -> Collection[Row]:
        """The rows of one table, in the order of the file."""
        found = self.said.get(table)
        return found.values() if found else ()


@dataclass(slots=True)
class Counts:
    """Rows of one table by what they mean for the directory as it is."""

    new: int = 0
    changed: int = 0
    same: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """An entry that is stored already: what it says now altogether, and whether that is a change."""

    said: Said
    is_changed: bool


def made_id(source: str, table: str, source_id: str) -> str:
    """The UUID of a row, as text."""
    if _UUID.fullmatch(source_id):
        return source_id
    try:
        return str(UUID(source_id)) if len(source_id) in (32, 36) else _named(source, table, source_id)
    except ValueError:
        return _named(source, table, source_id)


def _named(source: str, table: str, source_id: str) -> str:
    return str(uuid5(SPACE, f"{source}\n{table}\n{source_id}"))


def has_own_ids(reading: DirectoryReading) -> bool:
    """Whether every service and organization is named by a UUID, so that the source's name says nothing."""
    ids = [*reading.tables.get("service", ()), *reading.tables.get("organization", ())]
    return _are_made(ids) or all(made_id("", "", one) == one.lower() for one in ids)


def _are_made(texts: Collection[str]) -> bool:
    """Whether each is a UUID as we write it, told by one look at all of them."""
    joined = "\n".join(texts)
    return len(joined) == max(0, _WITH_END * len(texts) - 1) and bool(_UUIDS.fullmatch(joined))


def assembled(reading: DirectoryReading, source: str) -> tuple[Entry, ...]:
    """Every row of a reading under its root, ids made; rows that nothing owns are entries of their own."""
    tables: dict[str, Mapping[str, Row]] = {}
    told: dict[tuple[str, str], str] = {}
    for table, rows in reading.tables.items():
        made = _linked_rows(rows, table, source, reading.links.get(table, {}))
        told.update(((table, made_id(source, table, one)), one) for one in rows if one not in made)
        tables[table] = made
    entries: dict[str, dict[str, Entry]] = {table: {} for table in (*ROOTS, *tables)}
    for table in ROOTS:
        for row_id, row in tables.get(table, {}).items():
            source_id = told.get((table, row_id), row_id)
            entries[table][row_id] = Entry(table, row_id, source_id, {table: {row_id: row}})
    for table in (name for name in tables if name not in ROOTS):
        _give_to_roots(table, tables, entries, told)
    return tuple(entry for of_table in entries.values() for entry in of_table.values())


def _give_to_roots(
    table: str,
    tables: Mapping[str, Mapping[str, Row]],
    entries: Mapping[str, dict[str, Entry]],
    told: Mapping[tuple[str, str], str],
) -> None:
    """Put the rows of one table under their roots; most name theirs by the first of their links."""
    links = _owners(tables[table])
    nearest, target = links[0] if links and table not in _GENERAL else ("", "")
    roots: Mapping[str, Entry] = entries[target] if target in ROOTS else {}
    for row_id, row in tables[table].items():
        entry = roots.get(row.get(nearest, ""))
        if entry is None:
            of_table, key = _owner(table, row, tables, links, _DEPTH) or (table, row_id)
            entry = entries[of_table].get(key)
            if entry is None:
                source_id = told.get((of_table, key), key)
                entry = entries[of_table][key] = Entry(of_table, key, source_id)
        if table in entry.said:
            entry.said[table][row_id] = row
        else:
            entry.said[table] = {row_id: row}


def _linked_rows(
    rows: Mapping[str, Row], table: str, source: str, links: Mapping[str, str]
) -> Mapping[str, Row]:
    """The rows by their ids, every id in them made; a table that names only UUIDs is left as it is."""
    if table in _GENERAL:
        linked = (_linked(row, table, source, links) for row in rows.values())
        return {row["id"]: row for row in linked}
    made: dict[str, dict[str, str]] = {}
    for column, target in (("id", table), *links.items()):
        texts = rows.keys() if column == "id" else {row[column] for row in rows.values() if column in row}
        if not _are_made(texts):
            other = (text for text in texts if text and not _UUID.fullmatch(text))
            made[column] = {text: made_id(source, target, text) for text in other}
    if not any(made.values()):
        return rows
    return {(new := _renamed(row, made))["id"]: new for row in rows.values()}


def _renamed(row: Row, made: Mapping[str, Mapping[str, str]]) -> Row:
    return {name: made[name].get(text, text) if name in made else text for name, text in row.items()}


def _linked(row: Row, table: str, source: str, links: Mapping[str, str]) -> Row:
    """A row that may hang on any table, with every id in it made."""
    kind, column = _GENERAL[table]
    changed = {}
    for name, target in (("id", table), *links.items(), (column, row.get(kind, ""))):
        if text := row.get(name):
            changed[name] = made_id(source, target, text)
    return {**row, **changed}


def _owners(rows: Mapping[str, Row]) -> tuple[tuple[str, str], ...]:
    """The links that any of these rows has."""
    columns = set[str]().union(*rows.values())
    return tuple(pair for pair in _OWNERS if pair[0] in columns)


def _owner(
    table: str,
    row: Row,
    tables: Mapping[str, Mapping[str, Row]],
    links: Iterable[tuple[str, str]],
    depth: int,
) -> tuple[str, str] | None:
    """The root that a row hangs on, by the nearest link that leads to a row of the file."""
    if table in _GENERAL:
        kind, column = _GENERAL[table]
        links = ((column, row.get(kind, "")),)
    for column, target in links:
        text = row.get(column)
        if text is None or text not in tables.get(target, ()):
            continue
        if target in ROOTS:
            return target, text
        higher = _owner(target, tables[target][text], tables, _OWNERS, depth - 1) if depth else None
        if higher:
            return higher
    return None


def compare(
    entry: Entry,
    stored: Said,
    ours: Callable[[], Said],
    counts: Mapping[str, Counts],
    is_told: Callable[[str, str], bool],
) -> Compared:
    """Count an entry's rows against what is stored, and say what it says altogether.

    A column changes only where it differs from what the source said before and from what stands with us;
    an empty one says nothing. A part that a fuller file leaves out is gone; `is_told` tells, for table and
    id, whether the file has a row.
    """
    if entry.said == stored:
        count_same(entry, counts)
        return Compared(stored, False)
    own = ours()
    said: Said = {table: dict(rows) for table, rows in stored.items()}
    is_changed = False
    for table, rows in entry.said.items():
        for row_id, row in rows.items():
            before = said.get(table, {}).get(row_id)
            after, what = _merged(row, before, own.get(table, {}).get(row_id))
            setattr(counts[table], what, getattr(counts[table], what) + 1)
            if what != "same":
                said.setdefault(table, {})[row_id] = after
                is_changed = True
    return Compared(said, _drop_gone(entry, said, is_told) or is_changed)


def _merged(row: Row, before: Row | None, own: Row | None) -> tuple[Row, str]:
    if before is None and own is None:
        return row, "new"
    known, stands = before or {}, own or {}
    news = {
        name: text
        for name, text in row.items()
        if text and name != "id" and text not in (known.get(name, ""), stands.get(name, ""))
    }
    after = {**known, "id": row["id"], **news} if before else row
    return after, "changed" if news else "same"


def _drop_gone(entry: Entry, said: Said, is_told: Callable[[str, str], bool]) -> bool:
    is_changed = False
    for table in set(said) & set(entry.said) - {entry.table}:
        for row_id in set(said[table]) - set(entry.said[table]):
            if is_told(table, row_id):
                continue
            row = said[table][row_id]
            if all(is_told(target, row[name]) for name, target in _OWNERS if row.get(name)):
                del said[table][row_id]
                is_changed = True
    return is_changed


def fresh_counts() -> Mapping[str, Counts]:
    """Counts for any table."""
    return _Table()


class _Table(dict[str, Counts]):
    def __missing__(self, table: str) -> Counts:
        made = self[table] = Counts()
        return made


def share_known(ids: Iterable[str], known: Iterable[str]) -> float:
    """Which part of the ids is known already: a later edition of a source names most of them again."""
    wanted, there = set(ids), set(known)
    return len(wanted & there) / len(wanted) if wanted else 0.0


def count_new(entries: Iterable[Entry], counts: Mapping[str, Counts]) -> None:
    """Count every row of entries that nobody has."""
    for entry in entries:
        for table, rows in entry.said.items():
            counts[table].new += len(rows)


def count_same(entry: Entry, counts: Mapping[str, Counts]) -> None:
    """Count every row of an entry that says what it said."""
    for table, rows in entry.said.items():
        counts[table].same += len(rows)
