"""A layout as the content of a file, and that content as TOML, so that what is learned can be passed on."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from caseapp.exchange.layouts import UNITS, Layout, Source
from caseapp.exchange.our_units import OurUnits

_TABLES = ("skip", "ours")
"""Keys that hold a list of tables."""


def content_of(layout: Layout) -> dict[str, Any]:
    """What `layout_reading.of_content` reads back as the same layout; plain enough for JSON."""
    content: dict[str, Any] = {
        "name": layout.name,
        "title": layout.title,
        "centre": layout.centre,
        "time_zone": layout.time_zone,
        "signature": sorted(layout.signature),
        "midnight": {None: "", True: "day", False: "time"}[layout.midnight_is_day],
        "dates": {None: "", True: "day-first", False: "month-first"}[layout.day_first],
        "to_minute": layout.to_minute,
        "keeps_undated": layout.keeps_undated,
        "ignored": sorted(layout.ignored),
        "others": layout.others,
        "columns": {name: _source(source) for name, source in layout.fields.items()},
        "constants": dict(layout.constants),
        "codes": {name: dict(values) for name, values in layout.codes.items() if values},
        "skip": [
            {"column": one.column, "matches": one.pattern.pattern, "reason": one.reason}
            for one in layout.skips
        ],
        "ours": [_rule(one) for one in layout.ours],
    }
    return {key: value for key, value in content.items() if value}


def toml(layout: Layout) -> str:
    """The layout's file."""
    content = content_of(layout)
    lines = [f"{key} = {_value(value)}" for key, value in content.items() if not _is_table(value)]
    for key, value in content.items():
        if key in _TABLES:
            for one in value:
                lines += ["", f"[[{key}]]", *_pairs(one)]
        elif key == "codes":
            for name, values in value.items():
                lines += ["", f"[codes.{_key(name)}]", *_pairs(values)]
        elif isinstance(value, dict):
            lines += ["", f"[{key}]", *_pairs(value)]
    return "\n".join(lines) + "\n"


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and isinstance(value[0], dict))


def _source(source: Source) -> Any:
    if not (source.after or source.takes or source.split):
        return source.columns[0] if len(source.columns) == 1 else list(source.columns)
    detailed = {"column": source.columns[0], "after": source.after, "takes": source.takes}
    detailed |= {"split": source.split}
    if source.after:
        detailed["unit"] = next(name for name, seconds in UNITS.items() if seconds == source.unit)
    return {key: value for key, value in detailed.items() if value}


def _rule(rule: OurUnits) -> dict[str, str]:
    said = {"by": rule.by, "like": rule.like, "model": rule.model}
    if rule.from_on:
        said["from"] = rule.from_on.isoformat()
    if rule.to_on:
        said["to"] = rule.to_on.isoformat()
    return said


def _pairs(table: Mapping[str, Any]) -> Iterable[str]:
    return (f"{_key(key)} = {_value(value)}" for key, value in table.items())


def _key(key: str) -> str:
    is_bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if is_bare else _value(key)


def _value(value: Any) -> str:
    """A value as TOML writes it; its strings are those of JSON, but for one control character."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return "{ " + ", ".join(_pairs(value)) + " }"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
