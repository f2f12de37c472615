"""The calendar of follow-ups: days of the whole team, load of each worker, and who is away."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from caseapp.domain.access import Right, has_right
from caseapp.domain.away import Proposed, check_away, propose
from caseapp.domain.consents import InformationKind
from caseapp.domain.disclosures import Item
from caseapp.domain.follow_ups import LATE, Due, FollowUp, Status
from caseapp.domain.open_days import OpenDays
from caseapp.exchange.icalendar_file import Event, build
from caseapp.services import way_out
from caseapp.services.context import Service, verb
from caseapp.services.groups import with_names
from caseapp.store.unit_of_work import UnitOfWork

REMIND_BEFORE = timedelta(minutes=15)
"""How long before its hour a promise is told of."""

_ITEMS = (
    Item("name", "Name", InformationKind.IDENTITY),
    Item("follow-up", "What is to be done", InformationKind.CARE),
)
"""What a calendar with names says of somebody."""

_BEHIND = timedelta(days=40)
"""Days after a return that are looked at, so that what is moved there does not fill one day."""


@dataclass(frozen=True, slots=True)
class Load:
    """A member of staff, what falls due for them in the days shown, and what is late whenever it was due."""

    staff_id: UUID
    name: str
    due: int
    late: int


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """What a calendar shows from a day to a day; `away` is staff and the days they are not there."""

    first: date
    last: date
    rows: tuple[FollowUp, ...]
    late: tuple[FollowUp, ...]
    loads: tuple[Load, ...]
    open_days: OpenDays
    away: tuple[tuple[UUID, date, date], ...]

    def is_away(self, staff_id: UUID, day: date) -> bool:
        """Whether a member of staff is not there on a day."""
        return any(one == staff_id and first <= day <= last for one, first, last in self.away)


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A promise of an hour that comes soon: when, and nothing else."""

    follow_up_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class AwayPlan:
    """What is proposed while somebody is away; restricted people's promises are counted and not shown."""

    proposed: tuple[Proposed, ...]
    restricted: int


class CalendarService(Service):
    """Reads for the calendar."""

    @verb(Right.SEE_CASES)
    def page(self, *, first: date, last: date, only_mine: bool = False) -> CalendarPage:
        """The promises from a day to a day, of the actor or of everybody; sealed people's left out."""
        owner = self._context.actor.staff_id if only_mine else None
        with self._context.read("calendar.page") as work:
            rows = self._shown(work, work.follow_ups.between(first, last, owner_id=owner))
            before = self._shown(work, work.follow_ups.planned(owner_id=owner, until=self._context.today()))
            late = tuple(one for one in before if self._context.stands(one) in LATE)
            return CalendarPage(
                first=first,
                last=last,
                rows=tuple(rows),
                late=late,
                loads=self._loads(work, rows, late, only_mine=only_mine),
                open_days=work.protocols.open_days(),
                away=tuple(work.protocols.absences(first, last)),
            )

    @verb(Right.SEE_CASES)
    def while_away(
        self, *, staff_id: UUID, from_on: date, to_on: date, cover_id: UUID | None = None
    ) -> AwayPlan:
        """Propose what becomes of a worker's promises in a time; raises AwayBackwards."""
        check_away(from_on=from_on, to_on=to_on)
        with self._context.read("calendar.away") as work:
            falling = work.follow_ups.between(from_on, to_on, owner_id=staff_id)
            rows = self._shown(work, falling)
            after = work.follow_ups.between(to_on, to_on + _BEHIND, owner_id=staff_id)
            proposed = propose(
                rows,
                from_on=from_on,
                to_on=to_on,
                today=self._context.today(),
                open_days=work.protocols.open_days(),
                has_cover=cover_id is not None,
                load=Counter(one.due_on for one in after),
            )
            return AwayPlan(tuple(proposed), len(falling) - len(rows))

    @verb(Right.SEE_CASES)
    def upcoming(self) -> tuple[Upcoming, ...]:
        """The actor's promises of an hour that come within a quarter of an hour, without a word of whom."""
        now, today = self._context.now(), self._context.today()
        with self._context.read("calendar.upcoming") as work:
            rows = work.follow_ups.between(today, today, owner_id=self._context.actor.staff_id)
            rows = self._context.only_open(work, rows, lambda one: one.person_id)
        return tuple(
            Upcoming(one.id, one.due_at)
            for one in rows
            if one.due_at is not None
            and self._context.stands(one) is Due.TODAY
            and one.due_at - now <= REMIND_BEFORE
        )

    @verb(Right.DISCLOSE)
    def export(self, *, first: date, last: date, recipient: str = "") -> bytes:
        """The actor's follow-ups of some days as an iCalendar file, with no word about anybody.

        With a recipient, people whose consent in force lets that recipient know them are named, and what is
        to be done with them; each is in their accounting. Everybody else stays without a name. Restricted
        people are left out where the actor may not open them.
        """
        actor = self._context.actor
        with self._context.write("calendar.export") as work:
            rows = work.follow_ups.between(first, last, owner_id=actor.staff_id, also_cancelled=True)
            rows = self._shown(work, rows)
            people = {one.person_id for one in rows if one.status is Status.PLANNED}
            named = self._named(work, people, recipient) if recipient.strip() else frozenset[UUID]()
            cases = {one.case_id for one in rows if one.case_id is not None}
            numbers = {case_id: work.cases.get(case_id).number for case_id in cases}
            events = [
                Event(
                    id=one.id,
                    sequence=one.version,
                    on=one.due_on,
                    at=one.due_at,
                    summary=_summary(one, numbers, is_named=one.person_id in named),
                    is_cancelled=one.status is Status.CANCELLED,
                )
                for one in rows
            ]
            detail = {"format": "iCalendar", "events": len(events), "named": len(named)}
            work.note("exported", detail=detail, subjects=tuple(sorted(people)))
            work.commit()
        return build(events, name="Follow-ups", now=self._context.now())

    def _named(self, work: UnitOfWork, people: set[UUID], recipient: str) -> frozenset[UUID]:
        """Whose consents let the recipient know them, by the one gate, each written in their accounting.

        Linked records are one person, to whom it is accounted once.
        """
        found: set[UUID] = set()
        groups = {frozenset(one & people) for one in work.links.groups(people).values()}
        for person_id, members in sorted((min(one), one) for one in groups):
            ruling = way_out.rule(
                self._context,
                work,
                person_id=person_id,
                items=_ITEMS,
                recipient=recipient,
                ground=None,
                verb="calendar.export",
            )
            if ruling.consent_id is None or len(ruling.allowed) < len(_ITEMS):
                continue
            work.extracts.add_disclosure(
                person_id,
                ruling.consent_id,
                recipient=recipient.strip(),
                what="name and follow-ups, calendar file",
                purpose="calendar of the worker",
            )
            found |= members
        return frozenset(found)

    def _shown(self, work: UnitOfWork, rows: list[FollowUp]) -> list[FollowUp]:
        seen = self._context.only_open(work, rows, lambda one: one.person_id)
        return with_names(self._context, work, seen)

    def _loads(
        self, work: UnitOfWork, rows: list[FollowUp], late: tuple[FollowUp, ...], *, only_mine: bool
    ) -> tuple[Load, ...]:
        due = Counter(one.owner_id for one in rows)
        behind = Counter(one.owner_id for one in late)
        actor = self._context.actor.staff_id
        members = [
            one
            for one in work.staff.list(only_active=False)
            if one.id in due
            or one.id in behind
            or (one.is_active and has_right(one.details.role, Right.LOG_CONTACTS))
        ]
        members.sort(key=lambda one: one.id != actor)
        return tuple(
            Load(one.id, one.details.name, due[one.id], behind[one.id])
            for one in members
            if not only_mine or one.id == actor
        )


def _summary(one: FollowUp, numbers: dict[UUID, str], *, is_named: bool) -> str:
    """What a calendar shows: "Follow-up, case 26-0012", and words about somebody only by consent."""
    if is_named:
        return f"{one.person_name}: {one.what}"
    return f"Follow-up, case {numbers[one.case_id]}" if one.case_id in numbers else "Follow-up"
