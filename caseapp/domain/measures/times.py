"""Measures of time: how soon a team came and how long it stayed, with every unusable row accounted for."""

from typing import Any

from caseapp.domain.measures.measure import Left, Measure
from caseapp.domain.measures.rows import HOUR, MINUTE, CallFact, Records
from caseapp.domain.measures.scene import of_calls
from caseapp.domain.measures.summaries import at_percentile, longest, mean

LONGEST_PLAUSIBLE = 48 * HOUR
"""A response may be put off to the next day; what lies further apart was mistyped."""

NO_REQUEST = Left("request time not recorded, only its day or a later time")
NO_ARRIVAL = Left("arrival not recorded, or only its day")
BACKWARDS = Left("arrival before the request")
IMPLAUSIBLE = Left("more than 48 hours between request and arrival")


def response_time(call: CallFact, _records: Records) -> float | Left:
    """Minutes from request to first arrival, where both are exact, in order and plausible."""
    if call.is_day:
        return NO_REQUEST
    if call.on_scene_at is None:
        return NO_ARRIVAL
    wait = call.on_scene_at - call.at
    if wait < 0:
        return BACKWARDS
    return IMPLAUSIBLE if wait > LONGEST_PLAUSIBLE else wait / MINUTE


def _within_an_hour(call: CallFact, records: Records) -> bool | Left:
    minutes = response_time(call, records)
    return minutes if isinstance(minutes, Left) else minutes <= 60


def time_on_scene(call: CallFact, _records: Records) -> float | Left:
    """Minutes from arrival to leaving, by the same rules as the response time."""
    if call.on_scene_at is None:
        return NO_ARRIVAL
    if call.cleared_at is None:
        return Left("departure not recorded, or only its day")
    stay = call.cleared_at - call.on_scene_at
    if stay < 0:
        return Left("departure before the arrival")
    return Left("more than 48 hours on scene") if stay > LONGEST_PLAUSIBLE else stay / MINUTE


_TIMES = "times missing, date only, in the wrong order, or more than 48 hours apart"


def _time(id_: str, name: str, what: str, judge: Any, summarise: Any, number: int) -> Measure:
    return of_calls(
        id_,
        name,
        what,
        "dispatches with two exact times in order",
        "the same",
        judge,
        number,
        excludes=_TIMES,
        unit="minutes",
        summarise=summarise,
    )


_MEDIAN, _P90 = at_percentile(0.5), at_percentile(0.9)

MEASURES = (
    _time(
        "response_minutes_median",
        "Request to arrival, median",
        "Minutes from request to first arrival: half came sooner.",
        response_time,
        _MEDIAN,
        14,
    ),
    _time(
        "response_minutes_p90",
        "Request to arrival, 90th percentile",
        "Minutes from request to first arrival: nine of ten came sooner.",
        response_time,
        _P90,
        14,
    ),
    _time(
        "response_minutes_mean",
        "Request to arrival, mean",
        "Mean of the same minutes.",
        response_time,
        mean,
        14,
    ),
    _time(
        "response_minutes_longest",
        "Request to arrival, longest",
        "The longest of the same minutes.",
        response_time,
        longest,
        14,
    ),
    of_calls(
        "response_within_60",
        "Arrived within 60 minutes",
        "Share of responses with an arrival within an hour of the request.",
        "dispatches that arrived within 60 minutes",
        "dispatches with two exact times in order",
        _within_an_hour,
        14,
        excludes=_TIMES,
    ),
    _time(
        "on_scene_minutes_median",
        "Time on scene, median",
        "Minutes from arrival to departure: half were shorter.",
        time_on_scene,
        _MEDIAN,
        15,
    ),
    _time(
        "on_scene_minutes_p90",
        "Time on scene, 90th percentile",
        "Minutes from arrival to departure: nine of ten were shorter.",
        time_on_scene,
        _P90,
        15,
    ),
)
