"""Measures of demand: which calls were for us, which were answered, and why the others were not."""

from typing import Any

from caseapp.domain.measures.group_words import together
from caseapp.domain.measures.measure import Kind, Left, Measure
from caseapp.domain.measures.populations import (
    NO_UNIT,
    POLICE_ONLY,
    calls,
    dispatches,
    eligible_calls,
)
from caseapp.domain.measures.rows import CallFact, Records, moment
from caseapp.domain.measures.summaries import count, share, split

NOT_RECORDED = "not recorded"
_SECTION = "Calls"
_BASIS = "day the call was received"
_PERIOD = "the period"
_NOT_SCREENED = Left("not screened")
_NO_HOUR = Left("only the day is known")
_MENTAL_HEALTH = frozenset({"mental-health", "suicide"})
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def is_dispatch(call: CallFact, _records: Records) -> bool | Left:
    """A team of ours was sent; calls of other agencies' units alone are not ours to count."""
    if call.aside:
        return Left(call.aside)
    if call.sent:
        return True
    return POLICE_ONLY if call.has_units else NO_UNIT


def is_eligible(call: CallFact, _records: Records) -> bool | Left:
    """The call met the program's criteria; a call nobody screened is left out."""
    if call.aside:
        return Left(call.aside)
    return _NOT_SCREENED if call.eligible in ("unknown", "") else call.eligible == "yes"


def was_answered(call: CallFact, _records: Records) -> bool:
    """A team of ours was sent to it."""
    return call.sent


def why_not_served(call: CallFact, _records: Records) -> str | Left:
    """The reason written for an eligible call that no team of ours answered."""
    return Left("answered") if call.sent else call.not_served_reason or NOT_RECORDED


def _is_mental_health(call: CallFact, _records: Records) -> bool | Left:
    if call.aside:
        return Left(call.aside)
    if not call.category:
        return Left("call type has no category")
    return call.sent if call.category in _MENTAL_HEALTH else Left("another kind of call")


def _text_of(name: str) -> Any:
    def judge(call: CallFact, _records: Records) -> str:
        return getattr(call, name) or NOT_RECORDED

    return judge


def _model(call: CallFact, _records: Records) -> str:
    return together(call.models) or NOT_RECORDED


def _hour(call: CallFact, records: Records) -> str | Left:
    if call.is_day:
        return _NO_HOUR
    return f"{moment(call.at).astimezone(records.span.zone):%H}:00"


def _weekday(call: CallFact, records: Records) -> str | Left:
    if call.until is not None:
        return Left("no date recorded")
    return _DAYS[moment(call.at).astimezone(records.span.zone).weekday()]


def month(call: CallFact, records: Records) -> str | Left:
    """The month in which it was received, as 2026-05."""
    if call.until is not None:
        return Left("no date recorded")
    return f"{moment(call.at).astimezone(records.span.zone):%Y-%m}"


def _split(id_: str, name: str, sentence: str, judge: Any, number: int, *, code_list: str = "") -> Measure:
    return Measure(
        id=id_,
        name=name,
        section=_SECTION,
        sentence=sentence,
        numerator="dispatches of each kind",
        denominator="dispatches",
        excludes="duplicates; for times, rows of which only the day is known",
        basis=_BASIS,
        window=_PERIOD,
        source="calls and the units sent",
        unit="calls",
        kind=Kind.CALL,
        population=dispatches,
        judge=judge,
        summarise=split,
        number=number,
        code_list=code_list,
    )


MEASURES = (
    Measure(
        id="dispatches",
        name="Responses by our teams",
        section=_SECTION,
        sentence="How many calls a team of ours was sent to.",
        numerator="calls with a unit of ours, or a unit that is not registered yet",
        denominator="the same",
        excludes="duplicates; calls with other agencies' units only; calls without any unit",
        basis=_BASIS,
        window=_PERIOD,
        source="calls and the units sent",
        unit="calls",
        kind=Kind.CALL,
        population=calls,
        judge=is_dispatch,
        summarise=count,
        number=2,
    ),
    Measure(
        id="eligible_calls",
        name="Eligible calls",
        section=_SECTION,
        sentence="How many calls met the criteria for a team without police.",
        numerator="calls screened as eligible",
        denominator="calls screened",
        excludes="duplicates; calls that nobody screened",
        basis=_BASIS,
        window=_PERIOD,
        source="screening of the call",
        unit="calls",
        kind=Kind.CALL,
        population=calls,
        judge=is_eligible,
        summarise=count,
        number=1,
    ),
    Measure(
        id="eligibility_share",
        name="Eligible, of calls screened",
        section=_SECTION,
        sentence="What share of screened calls met the criteria.",
        numerator="calls screened as eligible",
        denominator="calls screened",
        excludes="duplicates; calls that nobody screened",
        basis=_BASIS,
        window=_PERIOD,
        source="screening of the call",
        unit="%",
        kind=Kind.CALL,
        population=calls,
        judge=is_eligible,
        summarise=share,
        number=5,
    ),
    Measure(
        id="response_share",
        name="Eligible calls answered by our teams",
        section=_SECTION,
        sentence="What share of eligible calls a team of ours was sent to.",
        numerator="eligible calls with a unit of ours",
        denominator="eligible calls",
        excludes="duplicates",
        basis=_BASIS,
        window=_PERIOD,
        source="screening and the units sent",
        unit="%",
        kind=Kind.CALL,
        population=eligible_calls,
        judge=was_answered,
        summarise=share,
        number=3,
    ),
    Measure(
        id="mental_health_share",
        name="Mental-health calls answered by our teams",
        section=_SECTION,
        sentence="What share of all mental-health calls a team of ours was sent to.",
        numerator="calls of a mental-health category with a unit of ours",
        denominator="calls of a mental-health category, eligible or not",
        excludes="duplicates; other kinds of calls; calls whose type has no category",
        basis=_BASIS,
        window=_PERIOD,
        source="category of the call's type, the units sent",
        unit="%",
        kind=Kind.CALL,
        population=calls,
        judge=_is_mental_health,
        summarise=share,
        number=4,
    ),
    Measure(
        id="not_served_reasons",
        name="Eligible, not served, by reason",
        section=_SECTION,
        sentence="Why eligible calls were not answered by a team of ours.",
        numerator="eligible calls without a unit of ours, by the reason written",
        denominator="eligible calls without a unit of ours",
        excludes="eligible calls that were answered",
        basis=_BASIS,
        window=_PERIOD,
        source="screening, reason not served",
        unit="calls",
        kind=Kind.CALL,
        population=eligible_calls,
        judge=why_not_served,
        summarise=split,
        number=6,
        code_list="not_served_reason",
    ),
    _split("calls_by_month", "Responses by month", "When calls came in.", month, 10),
    _split("calls_by_type", "Responses by call type", "What the calls were about.", _text_of("type_text"), 7),
    _split(
        "calls_by_model",
        "Responses by model",
        "Who went: the models of response.",
        _model,
        8,
        code_list="response_model",
    ),
    _split(
        "calls_by_source",
        "Responses by source",
        "How the call came in.",
        _text_of("source"),
        9,
        code_list="call_source",
    ),
    _split("calls_by_area", "Responses by area", "In which city or district.", _text_of("area"), 10),
    _split("calls_by_hour", "Responses by hour", "At which hour calls came in.", _hour, 10),
    _split("calls_by_weekday", "Responses by weekday", "On which day calls came in.", _weekday, 10),
)
