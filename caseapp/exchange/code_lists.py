"""The values of an export's coded columns, counted, with what each might be in the agency's own words."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from rapidfuzz import fuzz

from caseapp.exchange.calls_columns import Converter
from caseapp.exchange.calls_sheet import Watch, kept_rows
from caseapp.exchange.layouts import CODED, Layout
from caseapp.exchange.sheet import Table
from caseapp.exchange.spellings import value_key

MOST = 2000
"""Values of one column that are kept; what has more is no code."""

_SHOWN = 400
_CLOSE = 92
_LONG_ENOUGH = 8
"""Letters from which two spellings may differ in one."""


@dataclass(frozen=True, slots=True)
class CodeValue:
    """A value of the file with its rows, what it might be written as, and why."""

    value: str
    count: int
    proposed: str = ""
    why: str = ""


@dataclass(slots=True)
class FileValues:
    """What a pass over a whole file found under a layout."""

    codes: dict[str, list[CodeValue]] = field(default_factory=dict)
    units: list[tuple[str, int]] = field(default_factory=list)
    agencies: list[tuple[str, int]] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    kept: int = 0


class Words:
    """The known words for our codes, by field, and what other layouts of the agency say."""

    def __init__(self, file: Path, learned: Iterable[Layout]) -> None:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        self.options = {name: tuple(ours) for name, ours in content.items()}
        """Our own words of each field that has a list."""
        self._known = {
            name: {_plain(word): code for code, words in ours.items() for word in (code, *words)}
            for name, ours in content.items()
        }
        self._learned: dict[str, dict[str, str]] = {}
        for layout in learned:
            for name, values in layout.codes.items():
                held = self._learned.setdefault(name, {})
                held.update({value_key(value): ours for value, ours in values.items()})

    def proposed(self, name: str, value: str) -> tuple[str, str]:
        """What a value might be and why; nothing where no word fits."""
        if ours := self._learned.get(name, {}).get(value_key(value)):
            return ours, "as in another layout of yours"
        known = self._known.get(name, {})
        plain = _plain(value)
        if plain in known:
            return known[plain], "a known word for it"
        best = max(((fuzz.ratio(plain, word), word) for word in known), default=(0.0, ""))
        if best[0] >= _CLOSE and len(plain) >= _LONG_ENOUGH:
            return known[best[1]], f"close to “{best[1]}”"
        return "", ""


def values_of(table: Table, layout: Layout, converter: Converter, words: Words, watch: Watch) -> FileValues:
    """Go through a file once and count the values of its codes, units and agencies."""
    counted = {name: Counter[str]() for name in CODED if name in layout.fields}
    others = {name: Counter[str]() for name in ("unit", "agency") if name in layout.fields}
    found = FileValues()
    for rows, _numbers, skipped, done in kept_rows(table, layout):
        found.skipped.update(skipped)
        found.kept += len(rows)
        for name, counts in (*counted.items(), *others.items()):
            if len(counts) <= MOST:
                counts.update(_values(converter.texts(name, rows)))
        watch(done)
    found.codes = {
        name: proposals(counts, partial(words.proposed, name))
        for name, counts in counted.items()
        if 0 < len(counts) <= MOST
    }
    found.units = others.get("unit", Counter()).most_common(_SHOWN)
    found.agencies = others.get("agency", Counter()).most_common(_SHOWN)
    return found


def proposals(counts: Mapping[str, int], proposed: Callable[[str], tuple[str, str]]) -> list[CodeValue]:
    """The most frequent values first, spellings of one value under each other with the same proposal."""
    groups: list[list[CodeValue]] = []
    by_key: dict[str, list[CodeValue]] = {}
    for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_SHOWN]:
        one = CodeValue(value, count, *proposed(value))
        key = _plain(value)
        group = by_key.get(key) or _near(key, by_key)
        if group is None:
            groups.append(group := [])
        by_key[key] = group
        group.append(one)
    return [one for group in groups for one in _as_one(group)]


def _as_one(group: Sequence[CodeValue]) -> list[CodeValue]:
    """Spellings of one value get the first proposal of any, or else the most frequent spelling."""
    if len(group) == 1:
        return list(group)
    first = next((one for one in group if one.proposed), None)
    common = first.proposed if first else group[0].value
    why = f"another spelling of “{group[0].value}”"
    led = group[0] if group[0].proposed else replace(group[0], proposed=common if first else "", why=why)
    return [led, *(one if one.proposed else replace(one, proposed=common, why=why) for one in group[1:])]


def _near(key: str, known: Mapping[str, list[CodeValue]]) -> list[CodeValue] | None:
    """The group of a spelling that differs in a letter; numbers must be the same ones."""
    if len(key) < _LONG_ENOUGH:
        return None
    digits = "".join(filter(str.isdigit, key))
    for other, group in known.items():
        if (
            len(other) >= _LONG_ENOUGH
            and fuzz.ratio(key, other) >= _CLOSE
            and "".join(filter(str.isdigit, other)) == digits
        ):
            return group
    return None


def _values(column: Sequence[object]) -> Iterable[str]:
    for cell in column:
        if isinstance(cell, tuple):
            yield from filter(None, cell)
        elif cell:
            yield str(cell)


def _plain(text: str) -> str:
    """The letters and digits of a text, single blanks between words."""
    return " ".join("".join(one if one.isalnum() else " " for one in text.casefold()).split())
