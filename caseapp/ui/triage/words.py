"""The words of triage."""

from datetime import datetime, timedelta

from caseapp.domain.counted import counted
from caseapp.domain.triage import Arrival, Ground, Load, State, clock_words

GROUNDS = {
    Ground.SAFETY: "safety",
    Ground.HANDED: "handed over",
    Ground.REPEAT: "repeat contact",
    Ground.WISH: "wishes follow-up",
    Ground.DISPOSITION: "by outcome",
    Ground.MODEL: "by who answered",
}


def grounds_words(one: Arrival) -> str:
    """Why somebody is in the queue, gravest first."""
    words = [GROUNDS[ground] for ground in one.grounds]
    if Ground.REPEAT in one.grounds:
        words[words.index(GROUNDS[Ground.REPEAT])] = f"{counted(one.calls_lately, 'call')} in 30 days"
    said = ", ".join(words)
    return said[:1].upper() + said[1:]


def carried_words(load: Load) -> str:
    """What a member of staff carries."""
    return f"{counted(load.open_cases, 'case')}, {load.overdue} overdue, {load.this_week} this week"


def clock(one: Arrival, *, now: datetime, contact_within_hours: int) -> tuple[str, str]:
    """The clock from the call, and its tone: late once the first contact should have been."""
    waits = one.waits(now)
    left = timedelta(hours=contact_within_hours) - waits
    if left < timedelta(0):
        return clock_words(waits), "danger"
    return clock_words(waits), "warning" if left < timedelta(hours=contact_within_hours / 4) else "neutral"


def who_words(one: Arrival) -> str:
    """Whether the person is known, has a record without a name, is in a case, or was taken by somebody."""
    if one.is_sealed:
        return "restricted"
    if one.state is State.TAKEN:
        return f"taken by {one.taken_by_name}, who is it?"
    if one.person_id is None:
        return "who is it?"
    if one.open_case:
        return f"open case {one.open_case}"
    return "unknown person" if one.is_unknown else "known"
