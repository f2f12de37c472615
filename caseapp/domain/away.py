"""What becomes of promises that fall due while somebody is away: a cover, another day, or a question."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from caseapp.domain.errors import CaseAppError
from caseapp.domain.follow_ups import FollowUp, soonest
from caseapp.domain.open_days import OpenDays

MOST_A_DAY = 8
"""Follow-ups that one worker is given on one day of return; further ones go on to the next open day."""

LONGEST = timedelta(days=366)
_DAY = timedelta(days=1)


class AwayBackwards(CaseAppError):
    """Somebody is away from a day to the same or a later one, for a year at most."""

    code = "away.backwards"


class Fate(Enum):
    """What is proposed for a promise."""

    COVERED = "covered"
    LATER = "later"
    EARLIER = "earlier"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A promise and its proposed day; ASK stays where it is, because its window ends meanwhile."""

    follow_up: FollowUp
    fate: Fate
    on: date


def check_away(*, from_on: date, to_on: date) -> None:
    """Raise AwayBackwards for a time that ends before it begins or lasts for more than a year."""
    if to_on < from_on or to_on - from_on > LONGEST:
        raise AwayBackwards()


def propose(
    rows: Iterable[FollowUp],
    *,
    from_on: date,
    to_on: date,
    today: date,
    open_days: OpenDays,
    has_cover: bool,
    load: Mapping[date, int],
) -> list[Proposed]:
    """Say for each promise due from a day to a day what becomes of it, soonest first.

    With a cover it keeps its day. Otherwise it goes to the first open day after the return that is not full,
    within its window; else to the last open day before leaving; else somebody must be asked. `load` is what
    the worker has on each day already.
    """
    taken = Counter(load)
    found = []
    for one in sorted(rows, key=lambda row: (row.latest_on or date.max, row.due_on, row.id)):
        if has_cover:
            found.append(Proposed(one, Fate.COVERED, max(one.due_on, today)))
            continue
        made = _without_cover(one, from_on, to_on, today, open_days, taken)
        taken[made.on] += 1
        found.append(made)
    return sorted(found, key=lambda one: soonest(one.follow_up))


def _without_cover(
    one: FollowUp, from_on: date, to_on: date, today: date, open_days: OpenDays, taken: Mapping[date, int]
) -> Proposed:
    day = open_days.next_open(max(to_on + _DAY, today))
    while taken.get(day, 0) >= MOST_A_DAY:
        day = open_days.next_open(day + _DAY)
    if one.latest_on is None or day <= one.latest_on:
        return Proposed(one, Fate.LATER, day)
    first = open_days.next_open(max(to_on + _DAY, today))
    if first <= one.latest_on:
        return Proposed(one, Fate.LATER, first)
    before = from_on - _DAY
    earliest = max(today, one.earliest_on or today)
    while before >= earliest:
        if open_days.is_open(before):
            return Proposed(one, Fate.EARLIER, before)
        before -= _DAY
    return Proposed(one, Fate.ASK, one.due_on)
