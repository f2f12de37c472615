"""A measure: what it says, which rows it looks at, and one judgement a row; a figure is made of both."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any, NamedTuple

from caseapp.domain.measures.rows import Records

Population = Callable[[Records], Sequence[Any]]
"""The rows a measure looks at, one by one."""


class Kind(Enum):
    """What a row of a population is, so that it can be named and opened."""

    CALL = "call"
    ENCOUNTER = "encounter"
    PERSON = "person"
    REFERRAL = "referral"
    CASE = "case"
    CONTACT = "contact"
    FOLLOW_UP = "follow-up"
    RESPONDER = "responder"


class Left(NamedTuple):
    """The row is left out of numerator and denominator, for this reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What the judgements add up to; `parts` are counts that share the denominator between them.

    `behind` is set where numerator and denominator do not count rows: of the rows that tell something
    apart, how many there are at least.
    """

    value: float | None
    numerator: int
    denominator: int
    parts: tuple[tuple[str, int], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    behind: int | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """What a measure says of itself: printed with every report, and frozen with it."""

    id: str
    name: str
    section: str
    sentence: str
    numerator: str
    denominator: str
    excludes: str
    basis: str
    window: str
    source: str
    unit: str
    warning: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure's definition; the texts are printed with every report.

    `judge` says of one row of `population` whether it counts (a yes or no, a number, a name: whatever
    `summarise` takes), or why it is `Left`.
    """

    id: str
    name: str
    section: str
    sentence: str
    numerator: str
    denominator: str
    excludes: str
    basis: str
    window: str
    source: str
    unit: str
    kind: Kind
    population: Population
    judge: Callable[[Any, Records], Any]
    summarise: Callable[[Sequence[Any]], Summary]
    number: int = 0
    """Its number in the list of measures that programs publish (users.md 1.4); 0 for our own."""
    warning: str = ""
    """A sentence that stands under the figure wherever it is shown."""
    code_list: str = ""
    """The agency's list whose codes are the names of the parts; "" where they are words themselves."""

    @property
    def definition(self) -> Definition:
        """The texts alone."""
        return Definition(**{field.name: getattr(self, field.name) for field in fields(Definition)})


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's result: value in the measure's unit, counts, and how many rows were left out and why."""

    measure: str
    value: float | None
    numerator: int
    denominator: int
    excluded: tuple[tuple[str, int], ...] = ()
    parts: tuple[tuple[str, int], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    behind: int | None = None


class Judged(NamedTuple):
    """One row with its judgement."""

    row: Any
    verdict: Any


def figure(measure: Measure, records: Records, rows: Sequence[Any] | None = None) -> Figure:
    """The figure over the whole population, or over some of its rows."""
    judge = measure.judge
    found = measure.population(records) if rows is None else rows
    verdicts = [judge(row, records) for row in found]
    kept = [one for one in verdicts if type(one) is not Left]
    left = Counter(one.reason for one in verdicts if type(one) is Left) if len(kept) < len(verdicts) else {}
    summary = measure.summarise(kept)
    return Figure(
        measure.id,
        summary.value,
        summary.numerator,
        summary.denominator,
        tuple(sorted(left.items())),
        summary.parts,
        summary.facts,
        summary.behind,
    )
