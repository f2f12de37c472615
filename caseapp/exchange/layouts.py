"""Layouts as data: which column of an export is which field of a call, and what its quirks mean."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from caseapp.domain.calls import Model
from caseapp.domain.dispatch import IncomingCall
from caseapp.domain.errors import CaseAppError
from caseapp.exchange.our_units import OurUnits
from caseapp.exchange.spellings import column_key

TIMES = (
    "received_at",
    "entered_at",
    "dispatched_at",
    "enroute_at",
    "on_scene_at",
    "engaged_at",
    "cleared_at",
)
"""Fields that hold instants; `received_at` comes first because others may count from it."""

EXTRA_FIELDS = (
    "unit",
    "subject_name",
    "subject_birth_date",
    "subject_age",
    "subject_phone",
    "caller_name",
    "caller_phone",
)
"""Fields of a row that become responses and people of the call."""

_DERIVED = {"received_is_day", "received_until", "source_row", "responses", "people"}
FIELDS = frozenset(IncomingCall._fields) - _DERIVED | set(EXTRA_FIELDS)

CODE_AND_TEXT = re.compile(r"\s*([^\s_]{1,12})(?:\s+[-–—]\s+|_)(.*\S)\s*")
"""A code before a text in one cell: "38 - Meet Complainant", "104D_Alarm Burglary"."""

CODED = (
    "source",
    "type_initial_text",
    "type_text",
    "priority",
    "disposition",
    "end_point",
    "reasons",
    "agency",
    "district",
)
"""Fields whose values a layout may write anew, each value of the file as a value of the agency's own."""

MODELS = frozenset(model.value for model in Model)

UNITS = {"seconds": 1.0, "minutes": 60.0}
"""Seconds in the units in which a column counts time after another."""


class UnknownLayout(CaseAppError):
    code = "layout.unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field comes from: joined columns, a time counted after another, or a code in a text."""

    columns: tuple[str, ...]
    after: str = ""
    unit: float = 1.0
    takes: str = ""
    split: str = ""


@dataclass(frozen=True, slots=True)
class Skip:
    """Rows to leave out, and the reason under which they are counted."""

    column: str
    pattern: re.Pattern[str]
    reason: str


@dataclass(frozen=True, slots=True)
class Layout:
    """One dispatch centre's way to write an export."""

    name: str
    title: str
    fields: dict[str, Source]
    centre: str = ""
    signature: frozenset[str] = frozenset()
    time_zone: str = ""
    constants: dict[str, str] = field(default_factory=dict)
    midnight_is_day: bool | None = None
    skips: tuple[Skip, ...] = ()
    ignored: frozenset[str] = frozenset()
    to_minute: bool = False
    keeps_undated: bool = False
    """Whether a row without any date is a call all the same, received somewhere in the span of its file."""
    day_first: bool | None = None
    """Whether 5/12 is the fifth of December; None to find out."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    """Field -> value of the file -> the agency's own value."""
    ours: tuple[OurUnits, ...] = ()
    others: str = ""
    """The model of units that no rule takes; empty where nothing is said."""


def named(name: str, layouts: Iterable[Layout]) -> Layout:
    """The first layout of that name; raises UnknownLayout, naming the known ones."""
    every = list(layouts)
    found = next((layout for layout in every if layout.name == name), None)
    if found is None:
        raise UnknownLayout(name=name, known=", ".join(sorted({layout.name for layout in every})))
    return found


def recognise(header: tuple[str, ...], layouts: Iterable[Layout]) -> Layout | None:
    """The layout whose signature stands in the header: the one with most columns, then the first."""
    found = {column_key(name) for name in header}
    fitting = [layout for layout in layouts if layout.signature and layout.signature <= found]
    return max(fitting, key=lambda layout: len(layout.signature), default=None)
