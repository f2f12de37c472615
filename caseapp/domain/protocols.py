"""Protocols: which follow-ups a call, a case or a day leads to, as data with editions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from caseapp.domain.contacts import Channel
from caseapp.domain.errors import CaseAppError
from caseapp.domain.follow_ups import AfterFailed
from caseapp.domain.open_days import OpenDays
from caseapp.domain.recurrence import BadRule, days_of

_MOST_STEPS = 60


class BadProtocol(CaseAppError):
    """A file of a protocol says something that the program does not know, or leaves out what it needs."""

    code = "protocol.bad"


class ProtocolUnknown(CaseAppError):
    """No protocol in use has that code."""

    code = "protocol.unknown"


class NothingLeft(CaseAppError):
    """Every step of the protocol lies in the past already."""

    code = "protocol.nothing-left"


@dataclass(frozen=True, slots=True)
class Step:
    """One promise of a protocol, counted from its start.

    In hours (`due_hours`, `latest_hours`) both are instants; in days they are days of the agency's calendar,
    business days where `is_business`. `rule` (RFC 5545) repeats it from its day on, with the window kept.
    """

    code: str
    what: str
    channel: Channel
    due_days: int = 0
    earliest_days: int = 0
    latest_days: int = 0
    due_hours: int | None = None
    latest_hours: int | None = None
    is_business: bool = False
    rule: str = ""
    after: AfterFailed = field(default_factory=AfterFailed)


@dataclass(frozen=True, slots=True)
class Protocol:
    """An edition of a protocol; a follow-up keeps the edition under which it was planned."""

    code: str
    name: str
    edition: int
    source: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A step with its days; the instants are UTC and stand where the protocol counts hours."""

    step: Step
    due_on: date
    earliest_on: date
    latest_on: date
    due_at: datetime | None = None
    latest_at: datetime | None = None


def plan(
    protocol: Protocol, *, since: datetime, now: datetime, zone: tzinfo, open_days: OpenDays
) -> list[Planned]:
    """The steps of a protocol that starts at an instant, in order; raises NothingLeft.

    A step whose window is over is left out; one that is late but within its window is due today.
    Hours are counted as they pass, so 24 hours over a change of daylight saving are 24 hours.
    """
    today = now.astimezone(zone).date()
    found = [
        one
        for step in protocol.steps
        for one in _days(step, since, zone, open_days)
        if not _is_gone(one, now, today)
    ]
    if not found:
        raise NothingLeft()
    return sorted(
        (_not_before(one, now, today) for one in found), key=lambda one: (one.due_on, one.latest_on)
    )


def _is_gone(one: Planned, now: datetime, today: date) -> bool:
    return one.latest_on < today or (one.latest_at is not None and one.latest_at < now)


def _not_before(one: Planned, now: datetime, today: date) -> Planned:
    """What should have been done before it was even planned is due today, and its hour is gone."""
    if one.due_on >= today and (one.due_at is None or one.due_at >= now):
        return one
    return Planned(one.step, today, min(one.earliest_on, today), one.latest_on, None, one.latest_at)


def _days(step: Step, since: datetime, zone: tzinfo, open_days: OpenDays) -> list[Planned]:
    start = since.astimezone(zone).date()
    if step.due_hours is not None and step.latest_hours is not None:
        due_at, latest_at = (
            since.astimezone(UTC) + timedelta(hours=hours) for hours in (step.due_hours, step.latest_hours)
        )
        due_on, latest_on = (at.astimezone(zone).date() for at in (due_at, latest_at))
        return [Planned(step, due_on, start, latest_on, due_at, latest_at)]
    if step.is_business:
        due_on, earliest, latest = (
            open_days.after(start, count) for count in (step.due_days, step.earliest_days, step.latest_days)
        )
        return [Planned(step, due_on, earliest, latest)]
    first = start + timedelta(days=step.due_days)
    before = timedelta(days=step.due_days - step.earliest_days)
    later = timedelta(days=step.latest_days - step.due_days)
    days = days_of(step.rule, starts=first) if step.rule else [first]
    return [
        Planned(
            step, open_days.fit(day, earliest=day - before, latest=day + later), day - before, day + later
        )
        for day in days
    ]


def read(content: Mapping[str, Any]) -> Protocol:
    """A protocol as its file says it; raises BadProtocol with what is wrong."""
    try:
        steps = tuple(_step(one) for one in content["steps"])
        made = Protocol(
            str(content["code"]), str(content["name"]), int(content["edition"]), str(content["source"]), steps
        )
    except (KeyError, TypeError, ValueError, BadRule) as error:
        raise BadProtocol(words=str(error)) from error
    if not made.steps or len(made.steps) > _MOST_STEPS:
        raise BadProtocol(words="steps")
    return made


def _step(content: Mapping[str, Any]) -> Step:
    values = {**content, "channel": Channel(content["channel"])}
    failed = values.pop("failed", {})
    step = Step(**values, after=after_of(failed))
    wrong = step.rule and (step.is_business or not days_of(step.rule, starts=date(2024, 1, 31)))
    in_hours = step.due_hours is not None
    if in_hours != (step.latest_hours is not None) or wrong:
        raise ValueError(step.code)
    if not step.earliest_days <= step.due_days <= step.latest_days:
        raise ValueError(step.code)
    return step


def after_of(content: Mapping[str, Any]) -> AfterFailed:
    """What happens after a failed attempt, as a file or the database keeps it."""
    values = dict(content)
    if "channels" in values:
        values["channels"] = tuple(Channel(one) for one in values["channels"])
    if "waits" in values:
        values["waits"] = tuple(int(one) for one in values["waits"])
    made = AfterFailed(**values)
    if not made.waits or min(made.waits) < 1 or made.supervisor_after < 1:
        raise ValueError("failed")
    return made


def kept_after(after: AfterFailed) -> dict[str, Any]:
    """The same as the database keeps it."""
    return {
        "waits": list(after.waits),
        "channels": [one.value for one in after.channels],
        "supervisor_after": after.supervisor_after,
        "usual": after.usual,
        "hands_over": after.hands_over,
    }
