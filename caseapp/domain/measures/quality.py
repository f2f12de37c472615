"""Measures of the records themselves: how much of what the other measures need is written down."""

from collections.abc import Callable
from typing import Any

from caseapp.domain.measures.measure import Kind, Left, Measure
from caseapp.domain.measures.populations import PersonMet, calls, dispatches, people_met
from caseapp.domain.measures.rows import CallFact, Records
from caseapp.domain.measures.summaries import share
from caseapp.domain.measures.times import response_time

_SECTION = "Records"


def _filled(name: str) -> Callable[[CallFact, Records], bool]:
    def judge(call: CallFact, _records: Records) -> bool:
        return bool(getattr(call, name))

    return judge


def has_times(call: CallFact, records: Records) -> bool:
    """Request and arrival are exact, in order and plausible."""
    return not isinstance(response_time(call, records), Left)


def is_screened(call: CallFact, _records: Records) -> bool:
    """Somebody answered whether the call was for us."""
    return call.eligible in ("yes", "no")


def is_described(met: PersonMet, records: Records) -> bool:
    """Age, gender and race or ethnicity are recorded, or that they were declined."""
    person = records.people.get(met.key)
    return person is not None and person.age is not None and bool(person.gender) and bool(person.races)


def _measure(
    id_: str,
    name: str,
    sentence: str,
    judge: Any,
    population: Any,
    *,
    kind: Kind = Kind.CALL,
    denominator: str = "responses by our teams",
) -> Measure:
    return Measure(
        id=id_,
        name=name,
        section=_SECTION,
        sentence=sentence,
        numerator="rows with it",
        denominator=denominator,
        excludes="nothing",
        basis="day the call was received",
        window="the period",
        source="calls, people met",
        unit="%",
        kind=kind,
        population=population,
        judge=judge,
        summarise=share,
    )


MEASURES = (
    _measure(
        "records_end_point",
        "End point recorded",
        "Share of responses of which it is known whether anybody was engaged.",
        _filled("end"),
        dispatches,
    ),
    _measure(
        "records_outcome",
        "Outcome recorded",
        "Share of responses of which it is known how they ended.",
        _filled("outcome"),
        dispatches,
    ),
    _measure(
        "records_times",
        "Times that can be used",
        "Share of responses with an exact request and arrival, in order and plausible.",
        has_times,
        dispatches,
    ),
    _measure(
        "records_screened",
        "Calls screened",
        "Share of calls that somebody screened.",
        is_screened,
        calls,
        denominator="calls",
    ),
    _measure(
        "records_described",
        "Age, gender and race recorded",
        "Share of people of whom all three are recorded.",
        is_described,
        people_met,
        kind=Kind.PERSON,
        denominator="identified people met",
    ),
)
