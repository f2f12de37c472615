"""Figures as measured, each beside what is asked of it, as a Markdown table or as JSON."""

import json
from collections.abc import Iterable
from typing import NamedTuple


class Figure(NamedTuple):
    """One measured value; `wanted` says in words what is asked, `holds` whether it is so (None: not asked)."""

    part: str
    measure: str
    value: float
    unit: str = ""
    wanted: str = ""
    holds: bool | None = None

    @property
    def shown(self) -> str:
        digits = 4 if self.unit == "" and abs(self.value) <= 1 else 1 if abs(self.value) < 1000 else 0
        return f"{self.value:.{digits}f} {self.unit}".strip()


def at_least(part: str, measure: str, value: float, bound: float, unit: str = "") -> Figure:
    return Figure(part, measure, value, unit, f"at least {bound:g} {unit}".strip(), value >= bound)


def at_most(part: str, measure: str, value: float, bound: float, unit: str = "") -> Figure:
    return Figure(part, measure, value, unit, f"at most {bound:.6g} {unit}".strip(), value <= bound)


def markdown(figures: Iterable[Figure]) -> str:
    """One table; a figure of which nothing is asked has an empty last cell."""
    lines = ["| part | measure | measured | asked | holds |", "|---|---|---|---|---|"]
    words = {True: "yes", False: "NO", None: ""}
    lines += [
        f"| {one.part} | {one.measure} | {one.shown} | {one.wanted} | {words[one.holds]} |" for one in figures
    ]
    return "\n".join(lines)


def to_json(figures: Iterable[Figure]) -> str:
    return json.dumps([one._asdict() for one in figures])


def from_json(text: str) -> list[Figure]:
    return [Figure(**one) for one in json.loads(text)]
