"""A layout read from its file, key by key; `layout_writing` writes what this reads."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from caseapp.domain.errors import CaseAppError
from caseapp.exchange.layouts import CODED, FIELDS, MODELS, TIMES, UNITS, Layout, Skip, Source
from caseapp.exchange.our_units import BY, OurUnits
from caseapp.exchange.spellings import column_key

_KEYS = frozenset(
    (
        *("name", "title", "centre", "time_zone", "signature", "columns", "constants", "codes", "skip"),
        *("ignored", "midnight", "dates", "to_minute", "keeps_undated", "ours", "others"),
    )
)


class NoLayoutFile(CaseAppError):
    """The layout's file is not there or may not be read."""

    code = "layout.no-file"


class BrokenLayout(CaseAppError):
    """A layout file has a key that means nothing, or a value of the wrong kind."""

    code = "layout.broken"


def load(file: Path) -> Layout:
    """Read a layout file; raises NoLayoutFile, or BrokenLayout naming the key."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError:
        raise NoLayoutFile(file=file.name) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise BrokenLayout(file=file.name, key="file", why="it is not TOML that can be read") from None
    return of_content(content, file.name)


def of_content(content: Mapping[str, Any], file: str) -> Layout:
    """A layout from what its file holds; raises BrokenLayout naming the key."""
    return _Reader(file, content).layout()


def shipped(folder: Path) -> tuple[Layout, ...]:
    """Every layout of a folder, by name."""
    return tuple(load(file) for file in sorted(folder.glob("*.toml")))


class _Reader:
    """Reads one layout file key by key, so that an error names its place."""

    def __init__(self, file: str, content: Mapping[str, Any]) -> None:
        self._file = file
        self._content = content

    def layout(self) -> Layout:
        for key in self._content:
            if key not in _KEYS:
                raise self._broken(key, "this key means nothing here")
        return Layout(
            day_first=self._either("dates", "day-first", "month-first"),
            codes=self._codes(),
            ours=tuple(self._ours()),
            others=self._others(),
            name=self._text("name"),
            title=self._text("title"),
            centre=self._text("centre", needed=False) or self._text("name"),
            time_zone=self._zone(),
            signature=frozenset(map(column_key, self._texts("signature"))),
            midnight_is_day=self._either("midnight", "day", "time"),
            fields=self._fields(),
            constants=self._constants(),
            skips=tuple(self._skips()),
            ignored=frozenset(map(column_key, self._texts("ignored"))),
            to_minute=self._yes_or_no("to_minute"),
            keeps_undated=self._yes_or_no("keeps_undated"),
        )

    def _either(self, key: str, yes: str, no: str) -> bool | None:
        """Which of two words stands there; None where neither is said."""
        word = self._content.get(key, "")
        if word not in ("", yes, no):
            raise self._broken(key, f"it is “{yes}” or “{no}”")
        return {"": None, yes: True, no: False}[word]

    def _zone(self) -> str:
        name = self._text("time_zone", needed=False)
        try:
            return ZoneInfo(name).key if name else ""
        except (ValueError, OSError):
            raise self._broken("time_zone", "it is a name such as America/Chicago") from None
        except ZoneInfoNotFoundError:
            raise self._broken("time_zone", "there is no such time zone") from None

    def _fields(self) -> dict[str, Source]:
        columns = self._content.get("columns", {})
        if not isinstance(columns, dict) or not columns:
            raise self._broken("columns", "it is a table of field = column")
        return {name: self._source(name, value) for name, value in columns.items()}

    def _source(self, name: str, value: Any) -> Source:
        if name not in FIELDS:
            raise self._broken(f"columns.{name}", "there is no such field")
        if isinstance(value, str):
            return Source(columns=(value,))
        if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
            return Source(columns=tuple(value))
        if isinstance(value, dict) and isinstance(value.get("column"), str):
            return self._detailed(name, value)
        raise self._broken(f"columns.{name}", "it is a column, a list of columns or a table with “column”")

    def _detailed(self, name: str, value: Mapping[str, Any]) -> Source:
        takes, unit = value.get("takes", ""), value.get("unit", "seconds")
        for key in value:
            if key not in ("column", "takes", "unit", "after", "split"):
                raise self._broken(f"columns.{name}.{key}", "this key means nothing here")
        if takes not in ("", "code", "text") or unit not in tuple(UNITS):
            raise self._broken(f"columns.{name}", "takes is code or text, unit is seconds or minutes")
        after, split = value.get("after", ""), value.get("split", "")
        if after and not (after in TIMES and name in TIMES and TIMES.index(after) < TIMES.index(name)):
            raise self._broken(f"columns.{name}.after", "it names an earlier time of the call")
        if not isinstance(split, str) or (split and name != "unit"):
            raise self._broken(f"columns.{name}.split", "it is the sign between several units")
        return Source(columns=(value["column"],), after=after, unit=UNITS[unit], takes=takes, split=split)

    def _constants(self) -> dict[str, str]:
        constants = self._content.get("constants", {})
        if not isinstance(constants, dict):
            raise self._broken("constants", "it is a table of field = text")
        for name, value in constants.items():
            if name not in FIELDS or not isinstance(value, str):
                raise self._broken(f"constants.{name}", "it is a field with a text")
        return dict(constants)

    def _skips(self) -> Iterable[Skip]:
        rules = self._content.get("skip", [])
        if not isinstance(rules, list):
            raise self._broken("skip", "it is a list of rules, each under [[skip]]")
        for number, rule in enumerate(rules, start=1):
            try:
                column, matches, reason = (rule[key] for key in ("column", "matches", "reason"))
                yield Skip(column_key(column), re.compile(matches, re.IGNORECASE), reason + "")
            except (KeyError, TypeError, AttributeError, re.error, OverflowError):
                raise self._broken(f"skip {number}", "it needs column, matches and reason") from None

    def _codes(self) -> dict[str, dict[str, str]]:
        codes = self._content.get("codes", {})
        if not isinstance(codes, dict):
            raise self._broken("codes", "it is a table for each field, under [codes.field]")
        for name, values in codes.items():
            if name not in CODED:
                raise self._broken(f"codes.{name}", f"it is one of {', '.join(CODED)}")
            if not isinstance(values, dict) or not all(isinstance(one, str) for one in values.values()):
                raise self._broken(f"codes.{name}", "it is a table of value = our value")
        return {name: dict(values) for name, values in codes.items()}

    def _ours(self) -> Iterable[OurUnits]:
        rules = self._content.get("ours", [])
        if not isinstance(rules, list):
            raise self._broken("ours", "it is a list of rules, each under [[ours]]")
        for number, rule in enumerate(rules, start=1):
            try:
                yield self._our_rule(rule)
            except (KeyError, TypeError, ValueError, AttributeError):
                why = "it needs by (unit or agency), like, model, and days as 2026-01-31"
                raise self._broken(f"ours {number}", why) from None

    def _our_rule(self, rule: Mapping[str, Any]) -> OurUnits:
        by, like, model = rule.get("by", "unit"), rule["like"], rule["model"]
        first, last = _day(rule.get("from", "")), _day(rule.get("to", ""))
        if set(rule) - {"by", "like", "model", "from", "to"}:
            raise ValueError
        if by not in BY or not isinstance(like, str) or not like.strip() or model not in MODELS:
            raise ValueError
        if first and last and last < first:
            raise ValueError
        return OurUnits(by, like, model, first, last)

    def _others(self) -> str:
        others = self._text("others", needed=False)
        if others and others not in MODELS:
            raise self._broken("others", f"it is one of {', '.join(sorted(MODELS))}")
        return others

    def _text(self, key: str, *, needed: bool = True) -> str:
        value = self._content.get(key, "")
        if not isinstance(value, str) or (needed and not value):
            raise self._broken(key, "it needs a text")
        return value

    def _yes_or_no(self, key: str) -> bool:
        value = self._content.get(key, False)
        if not isinstance(value, bool):
            raise self._broken(key, "it is true or false")
        return value

    def _texts(self, key: str) -> list[str]:
        value = self._content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._broken(key, "it is a list of texts")
        return value

    def _broken(self, key: str, why: str) -> BrokenLayout:
        return BrokenLayout(file=self._file, key=key, why=why)


def _day(value: Any) -> date | None:
    """A day written as TOML has days or as text; raises ValueError or TypeError."""
    if value == "":
        return None
    return date.fromisoformat(str(value))
