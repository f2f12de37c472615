"""Figures of referrals, each as the rows that it counts: a count opens exactly these."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from statistics import median

from caseapp.domain.referrals import ENDED, Referral, Step, days_waiting

CONNECTED_WITHIN = 30
"""Days from sending to the first service (standards D4)."""

UNKNOWN_AFTER = 14
"""Days without any word after which nobody knows how an open referral stands."""

_AGES = ((0, 7), (8, 14), (15, 30), (31, 60), (61, 100_000))
_RUNGS = (
    Step.OFFERED,
    Step.ACCEPTED_BY_PERSON,
    Step.SENT,
    Step.AGENCY_ACCEPTED,
    Step.APPOINTMENT,
    Step.ATTENDED,
    Step.ENGAGED_30_DAYS,
    Step.COMPLETED,
)
_REACHES = {Step.AGENCY_WAITLISTED: Step.SENT, Step.AGENCY_DECLINED: Step.SENT}


class By(Enum):
    """What referrals are grouped by."""

    AGENCY = "agency"
    SERVICE = "service"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line and the rows it counts: a step, by its code, or days waited, in words."""

    words: str
    rows: tuple[Referral, ...]
    is_step: bool = False

    @property
    def count(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """What one agency, service or owner did with what was sent: counts are the lengths of the rows."""

    name: str
    sent: tuple[Referral, ...]
    answered: tuple[Referral, ...]
    declined: tuple[Referral, ...]
    connected: tuple[Referral, ...]
    waiting: tuple[Referral, ...]
    days_to_connect: float | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one agency owes, the oldest first."""

    to_name: str
    phone: str
    rows: tuple[Referral, ...]
    oldest_days: int


def funnel(referrals: Iterable[Referral]) -> tuple[Figure, ...]:
    """How many got at least as far as each rung; a rung that was jumped counts as reached."""
    rows = tuple(referrals)
    return tuple(
        Figure(rung.value, tuple(one for one in rows if _height(one) >= place), is_step=True)
        for place, rung in enumerate(_RUNGS)
    )


def aging(referrals: Iterable[Referral], *, today: date) -> tuple[Figure, ...]:
    """Those that wait for an answer by how many days they do."""
    waiting = [(one, days) for one in referrals if (days := waited(one, today)) is not None]
    return tuple(
        Figure(
            f"{low} to {high} days" if high < 1000 else f"Over {low - 1} days",
            tuple(one for one, days in waiting if low <= days <= high),
        )
        for low, high in _AGES
    )


def groups(referrals: Iterable[Referral], by: By) -> tuple[GroupFigures, ...]:
    """What was sent, agency by agency or service by service, most sent first."""
    found: dict[str, list[Referral]] = {}
    for one in referrals:
        if one.sent_on is not None:
            found.setdefault(_NAMES[by](one), []).append(one)
    made = [_group(name, tuple(rows)) for name, rows in found.items()]
    return tuple(sorted(made, key=lambda one: (-len(one.sent), one.name)))


def chase(referrals: Iterable[Referral], *, today: date) -> tuple[Waiting, ...]:
    """Who owes an answer, agency by agency, the longest waiting first."""
    found: dict[str, list[Referral]] = {}
    for one in referrals:
        if waited(one, today) is not None:
            found.setdefault(one.agency_name, []).append(one)
    made = []
    for name, rows in found.items():
        ordered = sorted(rows, key=lambda one: -(waited(one, today) or 0))
        phone = next((one.to_phone for one in ordered if one.to_phone), "")
        made.append(Waiting(name, phone, tuple(ordered), waited(ordered[0], today) or 0))
    return tuple(sorted(made, key=lambda one: (-one.oldest_days, one.to_name)))


def waited(one: Referral, today: date) -> int | None:
    """Days since the agency's last word; None where nothing is owed."""
    return days_waiting(step=one.step, sent_on=one.sent_on, last_answer_on=one.last_answer_on, today=today)


def days_to_connect(one: Referral) -> int | None:
    """Days from the last sending to the first service."""
    attended = next((step.on for step in one.steps if step.step is Step.ATTENDED), None)
    return (attended - one.sent_on).days if attended and one.sent_on else None


def connected_in_time(referrals: Iterable[Referral], *, today: date) -> tuple[Figure, Figure]:
    """Connected(30) of standards D4: those served within 30 days, and the sent ones old enough to tell."""
    matured = tuple(
        one for one in referrals if one.sent_on and (today - one.sent_on).days >= CONNECTED_WITHIN
    )
    in_time = tuple(
        one for one in matured if (days := days_to_connect(one)) is not None and days <= CONNECTED_WITHIN
    )
    return Figure("connected within 30 days", in_time), Figure("sent 30 days ago or earlier", matured)


def unknown(referrals: Iterable[Referral], *, today: date) -> Figure:
    """Open ones of which nobody has heard anything for two weeks."""
    rows = tuple(
        one
        for one in referrals
        if one.step not in ENDED and one.steps and (today - one.steps[-1].on).days > UNKNOWN_AFTER
    )
    return Figure(f"no word for over {UNKNOWN_AFTER} days", rows)


def _height(one: Referral) -> int:
    reached = (_REACHES.get(step.step, step.step) for step in one.steps)
    return max((_RUNGS.index(step) for step in reached if step in _RUNGS), default=0)


def _group(name: str, rows: tuple[Referral, ...]) -> GroupFigures:
    days = [told for one in rows if (told := days_to_connect(one)) is not None]
    answers = {Step.AGENCY_ACCEPTED, Step.AGENCY_WAITLISTED, Step.AGENCY_DECLINED, Step.APPOINTMENT}
    return GroupFigures(
        name=name,
        sent=rows,
        answered=tuple(one for one in rows if any(step.step in answers for step in one.steps)),
        declined=tuple(one for one in rows if any(step.step is Step.AGENCY_DECLINED for step in one.steps)),
        connected=tuple(one for one in rows if days_to_connect(one) is not None),
        waiting=tuple(one for one in rows if one.is_waiting),
        days_to_connect=median(days) if days else None,
    )


_NAMES: dict[By, Callable[[Referral], str]] = {
    By.AGENCY: lambda one: one.agency_name,
    By.SERVICE: lambda one: one.to_name,
    By.OWNER: lambda one: one.owner_name,
}
