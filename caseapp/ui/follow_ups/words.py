"""Follow-ups in words, the same on every list: when it is due, and how it stands."""

from datetime import date, datetime, timedelta

from caseapp.domain.counted import counted
from caseapp.domain.day_words import short_day, weekday_words
from caseapp.domain.follow_ups import Due, FollowUp, needs_supervisor
from caseapp.ui.screen import Desk

TONES = {Due.MISSED: "danger", Due.OVERDUE: "danger", Due.TODAY: "warning"}
"""The chip of how it stands; everything else is neutral."""


def due_words(desk: Desk, one: FollowUp) -> str:
    """When it is due, or how late it is."""
    stands, today = desk.services.context.stands(one), desk.services.context.today()
    clock = f" {desk.local(one.due_at):%H:%M}" if one.due_at else ""
    if stands is Due.MISSED:
        return f"Missed, until {short_day(one.latest_on)}" if one.latest_on else "Missed"
    if stands is Due.OVERDUE:
        return day_due_words(one.due_on, today) if one.due_on < today else f"Late since{clock}"
    return f"{day_due_words(one.due_on, today)}{clock}"


def day_due_words(due_on: date, today: date) -> str:
    """The same of a day alone."""
    if due_on < today:
        return f"{counted((today - due_on).days, 'day')} late"
    return "Today" if due_on == today else weekday_words(due_on)


def day_tone(due_on: date, today: date) -> str:
    """The colour role of a day alone."""
    stands = Due.OVERDUE if due_on < today else Due.TODAY if due_on == today else None
    return TONES[stands] if stands is not None else "neutral"


def standing(desk: Desk, one: FollowUp) -> str:
    """Attempts so far, the clock of the first contact, or the window; nothing of what is planned alone."""
    parts = []
    if one.attempts:
        most = f" of {one.after.usual}" if one.after.usual else ""
        parts.append(f"{one.attempts} attempt{'s' if one.attempts > 1 else ''}{most}")
    if needs_supervisor(one):
        parts.append("supervisor")
    if one.latest_at is not None:
        parts.append(_left(one.latest_at - desk.services.context.now()))
    elif one.latest_on is not None:
        parts.append(f"until {short_day(one.latest_on)}")
    return ", ".join(parts)


def tone(desk: Desk, one: FollowUp) -> str:
    """The colour role of how it stands."""
    return TONES.get(desk.services.context.stands(one), "neutral")


def _left(span: timedelta) -> str:
    hours = span // timedelta(hours=1)
    return f"{hours} h left" if hours >= 0 else f"{-hours} h past"


def clock_words(desk: Desk, at: datetime | None) -> str:
    """The hour on the agency's clock, or nothing."""
    return f"{desk.local(at):%H:%M}" if at else ""
