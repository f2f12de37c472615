"""JSON as rows of text: a list of objects, an object a line, or the wrappings that open data comes in."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from caseapp.domain.errors import CaseAppError
from caseapp.exchange import wide
from caseapp.exchange.cells import without_controls

LIMIT = 64 * 1024 * 1024
"""Bytes of a JSON file, which must be held whole; a table of that size comes as CSV."""

HEAD = 256
"""First bytes of a file that tell whether it begins like JSON."""

_BEGINS = re.compile(r"(?:\ufeff|\xef\xbb\xbf)?\s*(?:\[\s*[\[{\]]|\{\s*[\"}])")
_LISTS = ("results", "features", "records", "rows", "data", "items", "value", "calls", "incidents")
"""Keys under which a file keeps its list."""


class NotJson(CaseAppError):
    """The file begins like JSON and is not, or holds no list of objects."""

    code = "sheet.not-json"


class JsonTooLarge(CaseAppError):
    """More than `LIMIT` bytes."""

    code = "sheet.json-too-large"


def looks_like(head: bytes) -> bool:
    """Whether the first bytes of a file begin a list of objects, or an object."""
    return _BEGINS.match(head.decode(wide.encoding_of(head) or "latin-1", errors="ignore")) is not None


def parsed(data: bytes, name: str) -> Any:
    """The file's value, numbers as they are written; a line each where it is lines. Raises NotJson."""
    if len(data) > LIMIT:
        raise JsonTooLarge(file=name, limit=LIMIT // 1024 // 1024)
    text = _text_of(data, name)
    try:
        return _value(text)
    except ValueError:
        pass
    except RecursionError:
        raise NotJson(file=name) from None
    try:
        return [_value(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        raise NotJson(file=name) from None


def _text_of(data: bytes, name: str) -> str:
    encoding = wide.encoding_of(data[:HEAD])
    try:
        return data.decode(encoding or "utf-8-sig").removeprefix("\ufeff")
    except UnicodeDecodeError:
        if encoding:
            raise NotJson(file=name) from None
        return data.decode("latin-1")


def _value(text: str) -> Any:
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)


def rows(value: Any, name: str) -> list[list[str]]:
    """A header and a row for each object of the list; raises NotJson where there is none."""
    try:
        flat = [dict(_flat(one)) for one in _columns_apart(value) or _objects(value)]
    except RecursionError:
        raise NotJson(file=name) from None
    if not any(flat):
        raise NotJson(file=name)
    header = list(dict.fromkeys(key for one in flat for key in one))
    return [header, *([one.get(key, "") for key in header] for one in flat)]


def _objects(value: Any) -> list[Mapping[str, Any]]:
    """The list of objects, wherever the usual wrappings keep it."""
    if isinstance(value, list):
        return [_inside(one) for one in value if isinstance(one, dict)]
    if not isinstance(value, dict):
        return []
    for key in _LISTS:
        if isinstance(value.get(key), list) and any(isinstance(one, dict) for one in value[key]):
            return _objects(value[key])
    return [value] if value else []


def _inside(one: Mapping[str, Any]) -> Mapping[str, Any]:
    """The attributes of a feature, as map servers and GeoJSON write them."""
    for key in ("attributes", "properties"):
        if isinstance(one.get(key), dict):
            inside: Mapping[str, Any] = one[key]
            return inside
    return one


def _columns_apart(value: Any) -> list[Mapping[str, Any]]:
    """Rows that are lists, with their column names beside them (Socrata's own export)."""
    if not isinstance(value, dict) or not isinstance(value.get("data"), list):
        return []
    view = value.get("meta", {}).get("view", {}) if isinstance(value.get("meta"), dict) else {}
    columns = view.get("columns", ()) if isinstance(view, dict) else ()
    names = [one.get("name", "") for one in columns if isinstance(one, dict)]
    lists = [one for one in value["data"] if isinstance(one, list)]
    return [dict(zip(names, one, strict=False)) for one in lists] if names else []


def _flat(value: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, str]]:
    for key, inside in value.items():
        name = f"{before}{key}"
        if isinstance(inside, dict):
            yield from _flat(inside, f"{name} ")
        else:
            yield without_controls(name), _text(inside)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(filter(None, map(_text, value)))
    return without_controls(value if isinstance(value, str) else json.dumps(value))
