"""How judgements become one figure: a count, a share, a percentile, a split, or time until an event."""

from collections import Counter
from collections.abc import Callable, Sequence
from math import ceil
from typing import NamedTuple

from caseapp.domain.measures.measure import Summary
from caseapp.domain.repeat import concentration as of_the_few


class Until(NamedTuple):
    """How long until the event, in hours; without an event, how long nothing was seen (censored)."""

    hours: float
    happened: bool


def count(verdicts: Sequence[bool]) -> Summary:
    """How many rows say yes."""
    yes = sum(verdicts)
    return Summary(float(yes), yes, len(verdicts))


def share(verdicts: Sequence[bool]) -> Summary:
    """Per cent of rows that say yes; no value without rows."""
    yes, rows = sum(verdicts), len(verdicts)
    return Summary(100 * yes / rows if rows else None, yes, rows)


def percentile(values: Sequence[float], at: float) -> float | None:
    """The smallest value that at least this share of rows does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, ceil(at * len(ordered)) - 1)] if ordered else None


def at_percentile(at: float) -> Callable[[Sequence[float]], Summary]:
    """A summary by nearest rank; 0.5 is the median."""

    def summarise(values: Sequence[float]) -> Summary:
        return Summary(percentile(values, at), len(values), len(values))

    return summarise


def mean(values: Sequence[float]) -> Summary:
    """Sum over rows."""
    rows = len(values)
    return Summary(sum(values) / rows if rows else None, rows, rows)


def longest(values: Sequence[float]) -> Summary:
    """The largest value."""
    return Summary(max(values, default=None), len(values), len(values))


def split(names: Sequence[str]) -> Summary:
    """How many rows carry each name, largest first; the value is how many rows there are."""
    counted = Counter(names)
    parts = tuple(sorted(counted.items(), key=lambda part: (-part[1], part[0])))
    return Summary(float(len(names)), len(names), len(names), parts)


def kaplan_meier(waits: Sequence[Until]) -> Summary:
    """Hours by which half of the rows had the event, counting rows without it as long as they were seen.

    The value is None while fewer than half have it (Kaplan-Meier product limit). Numerator: events.
    """
    events = sum(one.happened for one in waits)
    return Summary(
        _reaches(waits, 0.5),
        events,
        len(waits),
        facts=(
            ("90 % reached within hours", _words(_reaches(waits, 0.9))),
            ("not reached yet", str(len(waits) - events)),
        ),
    )


def _reaches(waits: Sequence[Until], wanted: float) -> float | None:
    """The first time at which the product-limit share of events reaches what is wanted."""
    at_risk, still = len(waits), 1.0
    ends = Counter((one.hours, one.happened) for one in waits)
    for hours in sorted({one.hours for one in waits}):
        happened, lost = ends[hours, True], ends[hours, False]
        if happened:
            still *= 1 - happened / at_risk
        if happened and 1 - still >= wanted - 1e-12:
            return hours
        at_risk -= happened + lost
    return None


def _words(hours: float | None) -> str:
    return "not reached" if hours is None else f"{hours:.1f}"


def concentration(share_of_people: float) -> Callable[[Sequence[int]], Summary]:
    """Per cent of responses that the most frequent share of people account for (at least one person)."""

    def summarise(responses: Sequence[int]) -> Summary:
        found = of_the_few(responses, share=share_of_people)
        value = found.percent if found.calls else None
        return Summary(value, found.top_calls, found.calls, behind=found.top_people)

    return summarise
