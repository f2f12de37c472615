"""HSDS as JSON: one object, an array, a page with `contents`, or tables by name; nested to flat rows."""

import json
from collections.abc import Iterator
from typing import Any

from caseapp.domain.directory_reading import Row
from caseapp.domain.errors import CaseAppError
from caseapp.exchange.hsds_tables import JSON_NAMES, TABLES

_DEEPEST = 40
"""Levels of nesting; the fullest object of the standard has nine."""

_ROOT_SIGNS = {
    "service_at_location": ("location", "service_areas"),
    "service": ("service_at_locations", "organization", "program", "required_documents", "capacities"),
    "organization": ("services", "programs", "organization_identifiers", "locations"),
    "location": ("addresses", "accessibility"),
    "taxonomy_term": ("taxonomy_detail",),
}
"""Nested parts by which an object is known."""


class NotJson(CaseAppError):
    """The text is no JSON, nests too deep, or has a number too long to be one."""

    code = "directory.not-json"


class NotDirectory(CaseAppError):
    """The JSON holds no object of the standard."""

    code = "directory.not-recognised"


def rows(text: str, name: str) -> Iterator[tuple[str, Row]]:
    """Every object of the text as a row of its table; raises NotJson or NotDirectory."""
    content = _parsed(text, name)
    if isinstance(content, dict) and _are_tables(content):
        for table, listed in content.items():
            for one in listed:
                yield from _flat(_table_of_name(table), one, {}, 1, name)
        return
    listed = content.get("contents", content) if isinstance(content, dict) else content
    for one in listed if isinstance(listed, list) else [listed]:
        if not isinstance(one, dict):
            raise NotDirectory(file=name)
        yield from _flat(_recognise(one, name), one, {}, 1, name)


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise NotJson(file=name) from None


def _are_tables(content: dict[str, Any]) -> bool:
    return bool(content) and all(
        isinstance(listed, list) and _table_of_name(key) for key, listed in content.items()
    )


def _table_of_name(key: str) -> str:
    """The table of a file's name or of a nested part's."""
    plain = key.removesuffix(".csv")
    return JSON_NAMES.get(plain, "") or _BY_NAME.get(plain, "")


def _recognise(one: dict[str, Any], name: str) -> str:
    """The table whose columns and parts an object has; the file's name only decides between equals."""
    keys = set(one)
    scores = {
        table: 2 * len(keys & set(made.columns))
        - len(keys - set(made.columns) - set(_BY_NAME) - set(JSON_NAMES))
        + 3 * len(keys & set(_ROOT_SIGNS.get(table, ())))
        + (0.5 if name.lower().startswith(table) else 0)
        for table, made in TABLES.items()
    }
    best = max(scores, key=lambda table: scores[table])
    if scores[best] < 4 or not keys & {"id", "name"}:
        raise NotDirectory(file=name)
    return best


def _flat(table: str, one: Any, above: dict[str, str], depth: int, name: str) -> Iterator[tuple[str, Row]]:
    if not isinstance(one, dict):
        raise NotDirectory(file=name)
    if depth > _DEEPEST:
        raise NotJson(file=name)
    row: Row = {key: _text(value) for key, value in one.items() if not _is_part(table, key, value)}
    row.update((column, value) for column, value in above.items() if value and not row.get(column))
    parts = [(key, value) for key, value in one.items() if _is_part(table, key, value)]
    for key, value in parts:
        child = _table_of_name(key)
        if isinstance(value, dict) and f"{child}_id" in TABLES[table].columns:
            row[f"{child}_id"] = row.get(f"{child}_id") or _text(value.get("id"))
    yield table, row
    for key, value in parts:
        child = _table_of_name(key)
        links = _links(table, row, child)
        for nested in value if isinstance(value, list) else [value]:
            yield from _flat(child, nested, links, depth + 1, name)


def _links(table: str, row: Row, child: str) -> dict[str, str]:
    """What a nested object says by where it stands."""
    own = row.get("id", "")
    if child == "attribute":
        return {"link_id": own, "link_entity": table}
    if child == "metadata":
        return {"resource_id": own, "resource_type": table}
    if child == "taxonomy" and table == "taxonomy_term":
        return {}
    column = f"{table}_id"
    return {column: own} if column in TABLES[child].columns else {}


def _is_part(table: str, key: str, value: Any) -> bool:
    """A nested object of the standard; one that it does not know stays in the row as it is."""
    if key in TABLES[table].columns or not _table_of_name(key):
        return False
    return isinstance(value, dict) or (
        isinstance(value, list) and all(isinstance(one, dict) for one in value)
    )


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def plurals(table: str) -> tuple[str, ...]:
    """A table's name as one and as many: service, services; address, addresses; capacity, capacities."""
    many = f"{table[:-1]}ies" if table.endswith("y") else f"{table}es" if table.endswith("s") else f"{table}s"
    return (table, many, f"{table}s")


_BY_NAME: dict[str, str] = {}
for _name, _made in TABLES.items():
    for _alias in (*plurals(_name), _made.file.removesuffix(".csv")):
        _BY_NAME.setdefault(_alias, _name)
