"""Measures of repeat contact: whether people call again, who calls most, and calls before and after."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from math import ceil
from random import Random
from typing import Any, NamedTuple

from caseapp.domain.measures.follow_up import NOT_IDENTIFIED, NOT_MATURED
from caseapp.domain.measures.measure import Kind, Left, Measure, Summary
from caseapp.domain.measures.populations import PersonMet, cases_opened, people_met, subjects
from caseapp.domain.measures.rows import DAY, CaseFact, EncounterFact, PersonCall, Records
from caseapp.domain.measures.summaries import concentration, mean, percentile, share

DESCRIPTIVE = (
    "Descriptive. Does not show that the program caused the change: people enrolled at a peak fall anyway."
)
_RESAMPLES, _SEED = 1000, 7
_SECTION = "Repeat contact"
_BASIS = "day of the call"


class Change(NamedTuple):
    """Calls of one person in equal windows before and after."""

    before: int
    after: int


def called_again(days: int) -> Callable[[EncounterFact, Records], bool | Left]:
    """Whether the same person was met on another call within the window after the team left."""
    window = days * DAY

    def judge(one: EncounterFact, records: Records) -> bool | Left:
        if one.person is None:
            return NOT_IDENTIFIED
        if one.left_at + window > records.span.complete:
            return NOT_MATURED
        return _again(one, records, window)

    return judge


def person_called_again(days: int) -> Callable[[PersonMet, Records], bool | Left]:
    """The same of each person's first call in the period."""
    window = days * DAY

    def judge(met: PersonMet, records: Records) -> bool | Left:
        first = met.encounters[0]
        if first.left_at + window > records.span.complete:
            return NOT_MATURED
        return _again(first, records, window)

    return judge


def _again(one: EncounterFact, records: Records, window: int) -> bool:
    calls = records.person_calls.get(one.person or b"", ())
    place = bisect_right(calls, one.left_at, key=_time)
    return any(call.call != one.call for call in _until(calls, place, one.left_at + window))


def _until(calls: Sequence[PersonCall], place: int, last: int) -> Sequence[PersonCall]:
    return calls[place : bisect_right(calls, last, key=_time)]


def _time(one: PersonCall) -> int:
    return one.at


def responses(met: PersonMet, _records: Records) -> int:
    """How many calls of the period the person was met on."""
    return len({one.call for one in met.encounters})


def is_met_often(met: PersonMet, records: Records) -> bool:
    """Whether these are as many calls as the agency's threshold of repeat contact, or more."""
    return responses(met, records) >= records.repeat_threshold


def before_and_after(days: int) -> Callable[[CaseFact, Records], Change | Left]:
    """Calls in equal windows around the day a case was opened, the call it was opened from aside.

    Only complete windows count; who died or was away is not known well enough to correct for, and the
    warning says so (standards D5).
    """
    window = days * DAY

    def judge(case: CaseFact, records: Records) -> Change | Left:
        if case.opened_at - window < records.span.data_start:
            return Left("records begin within the window before")
        if case.opened_at + window > records.span.complete:
            return Left("window after not over yet")
        person = records.people.get(case.person)
        if person is not None and person.died_on is not None and person.died_on <= case.opened_on + days:
            return Left("died within the window after")
        calls = [one for one in records.person_calls.get(case.person, ()) if one.call != case.index_call]
        before = sum(case.opened_at - window <= one.at < case.opened_at for one in calls)
        after = sum(case.opened_at < one.at <= case.opened_at + window for one in calls)
        return Change(before, after)

    return judge


def change(pairs: Sequence[Change]) -> Summary:
    """Per cent change of all calls, with a bootstrap interval over people (1,000 resamples, fixed seed)."""
    before, after = sum(one.before for one in pairs), sum(one.after for one in pairs)
    if not before:
        return Summary(None, after, before, facts=(("people", str(len(pairs))),), behind=len(pairs))
    low, high = _interval(pairs)
    paired = sorted(one.after - one.before for one in pairs)
    drop = sorted((one.before for one in pairs), reverse=True)[:5]
    facts = (
        ("people", str(len(pairs))),
        ("calls before", str(before)),
        ("calls after", str(after)),
        ("median change", f"{percentile([float(one) for one in paired], 0.5):.0f}"),
        ("people with fewer, same, more", ", ".join(map(str, _counted(paired)))),
        ("share of calls before of the five people with most", f"{100 * sum(drop) / before:.0f} %"),
        ("95 % interval", f"{low:.0f} % to {high:.0f} %"),
    )
    least = min(one for one in (len(pairs), *_counted(paired)) if one)
    return Summary(100 * (after - before) / before, after, before, facts=facts, behind=least)


def _counted(paired: Sequence[int]) -> tuple[int, int, int]:
    """People with fewer, as many, and more calls."""
    fewer, more = sum(one < 0 for one in paired), sum(one > 0 for one in paired)
    return fewer, len(paired) - fewer - more, more


def _interval(pairs: Sequence[Change]) -> tuple[float, float]:
    random, found = Random(_SEED), []  # noqa: S311
    for _ in range(_RESAMPLES):
        drawn = random.choices(pairs, k=len(pairs))
        before = sum(one.before for one in drawn)
        if before:
            found.append(100 * (sum(one.after for one in drawn) - before) / before)
    found.sort()
    return found[ceil(0.025 * len(found)) - 1], found[ceil(0.975 * len(found)) - 1]


def _of_calls(days: int) -> Measure:
    return _measure(
        f"repeat_contact_{days}d",
        f"Another call within {days} days, calls",
        f"Share of calls after which the same person was met on another call within {days} days.",
        "calls followed by another of the same person",
        "calls with an identified person whose window is over",
        "people not identified; windows that are not over yet",
        f"{days} days",
        Kind.ENCOUNTER,
        subjects,
        called_again(days),
        share,
        28,
    )


def _of_people(days: int) -> Measure:
    return _measure(
        f"repeat_contact_people_{days}d",
        f"Another call within {days} days, people",
        f"Share of people met on another call within {days} days of their first in the period.",
        "people met again",
        "people whose window is over",
        "windows that are not over yet",
        f"{days} days",
        Kind.PERSON,
        people_met,
        person_called_again(days),
        share,
        28,
    )


def _measure(
    id_: str,
    name: str,
    sentence: str,
    numerator: str,
    denominator: str,
    excludes: str,
    window: str,
    kind: Kind,
    population: Any,
    judge: Any,
    summarise: Any,
    number: int,
    *,
    unit: str = "%",
    warning: str = "",
    basis: str = _BASIS,
) -> Measure:
    return Measure(
        id=id_,
        name=name,
        section=_SECTION,
        sentence=sentence,
        numerator=numerator,
        denominator=denominator,
        excludes=excludes,
        basis=basis,
        window=window,
        source="calls, people met",
        unit=unit,
        kind=kind,
        population=population,
        judge=judge,
        summarise=summarise,
        number=number,
        warning=warning,
    )


def _top(id_: str, words: str, part: float) -> Measure:
    return _measure(
        id_,
        f"Responses to the {words} of people met most",
        f"Share of responses that went to the {words} of people who were met most often.",
        "responses to these people",
        "responses to identified people",
        "people not identified",
        "the period",
        Kind.PERSON,
        people_met,
        responses,
        concentration(part),
        27,
    )


def _pre_post(days: int) -> Measure:
    return _measure(
        f"calls_before_after_{days}d",
        f"Calls {days} days before and after a case opened",
        f"Change of calls from the {days} days before a case was opened to the {days} days after.",
        "calls in the window after",
        "calls in the window before",
        "the call the case was opened from; incomplete windows; people who died",
        f"{days} days on both sides",
        Kind.CASE,
        cases_opened,
        before_and_after(days),
        change,
        38,
        unit="% change",
        warning=DESCRIPTIVE,
        basis="day the case was opened",
    )


MEASURES = (
    *(_of_calls(days) for days in (7, 30, 90)),
    *(_of_people(days) for days in (7, 30, 90)),
    _measure(
        "responses_per_person",
        "Responses for each person",
        "How many calls of the period each identified person was met on, on average.",
        "responses to identified people",
        "identified people",
        "people not identified",
        "the period",
        Kind.PERSON,
        people_met,
        responses,
        mean,
        27,
        unit="responses",
    ),
    _measure(
        "people_in_repeat_contact",
        "People in repeat contact",
        "How many identified people were met on as many calls of the period as the agency's threshold of "
        "repeat contact, or more.",
        "people met so often",
        "identified people",
        "people not identified",
        "the period",
        Kind.PERSON,
        people_met,
        is_met_often,
        share,
        27,
    ),
    _top("top_1_percent", "1 %", 0.01),
    _top("top_10_percent", "10 %", 0.1),
    *(_pre_post(days) for days in (90, 180, 365)),
)
