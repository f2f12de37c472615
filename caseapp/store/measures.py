"""Reads what measures count, across all nouns, as flat frozen rows in one pass a table.

Columns come as the database keeps them (instants as whole microseconds, ids as bytes), because a year of a
big centre is a million rows and converting each value would cost more than counting them.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from caseapp.domain.calls import Model, UnitRole
from caseapp.domain.measures.outcomes import outcome_of
from caseapp.domain.measures.rows import (
    CallFact,
    ContactFact,
    Records,
    Span,
    instant,
)
from caseapp.domain.measures.scope import Scope
from caseapp.store.measured_calls import SUBJECT, Found, Met, Units, call_fact
from caseapp.store.measured_people import MeasuredPeople
from caseapp.store.measured_rows import MeasuredRows
from caseapp.store.repository import Repository
from caseapp.store.tables.base import raw
from caseapp.store.tables.calls import CallRow, EncounterRow, ResponseRow, UnitRow
from caseapp.store.tables.cases import CaseFileRow, ContactPersonRow, ContactRow, FollowUpRow

LOOK_BACK = timedelta(days=366)
"""How far before the period calls are read: the longest window before, and who is returning."""

Progress = Callable[[str, int, int], bool]
"""Told what is being read and how far it is, again for each part of it; answers whether to go on."""

_OTHERS = frozenset({Model.POLICE.value, Model.CIT.value})
_STEPS = 6


class ReadingStopped(Exception):
    """The reader asked to stop; nothing was written, so nothing is undone."""


class MeasureStore(Repository):
    """Makes the records of a report."""

    def __init__(self, session: Session, now: datetime) -> None:
        super().__init__(session, now)
        self._reading = MeasuredRows(session)
        self._rows = self._reading.of
        self._people = MeasuredPeople(self._reading)

    def records(
        self, scope: Scope, zone: ZoneInfo, *, progress: Progress = lambda _w, _d, _t: True
    ) -> Records:
        """Everything that any measure reads of the period, as of now; raises ReadingStopped.

        A program keeps cases of that program and everything about their people; a model keeps calls to
        which a unit of that model was sent.
        """
        next_step = self._steps(progress)
        span = self._span(scope, zone)
        next_step("Reading units")
        units = self._units(span)
        next_step("Reading people met")
        groups = self._people.groups()
        kept = self._people.of_program(scope.program, groups) if scope.program else None
        met = self._met(span, groups)
        next_step("Reading calls")
        calls = self._calls(scope, span, units, met)
        next_step("Reading contacts")
        contacts = self._contacts(span, groups)
        next_step("Reading cases and referrals")
        cases = self._people.cases(groups, span.complete_day, zone)
        referrals = self._people.referrals(groups)
        follow_ups = self._people.follow_ups(groups, span.start_day, span.end_day)
        next_step("Reading who people are")
        found = Found(span, calls, met)
        return found.records(
            kept=kept,
            contacts=contacts,
            cases=[one for one in cases if not scope.program or one.program == scope.program],
            referrals=referrals,
            follow_ups=follow_ups,
            people=self._people.people(groups, span.end_day),
            trained=self._people.trained(),
        )

    def _steps(self, progress: Progress) -> Callable[[str], None]:
        """What is called with the words of each part as its reading begins, and lets it be stopped."""
        steps = iter(range(1, _STEPS + 1))

        def next_step(words: str) -> None:
            step = next(steps)

            def look() -> None:
                if not progress(words, step, _STEPS):
                    raise ReadingStopped()

            look()
            self._reading.look = look

        return next_step

    def linked(self, people: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
        """For each of these people everybody whose records are linked with theirs, themselves included."""
        groups = self._people.groups()
        members: dict[bytes, list[UUID]] = {}
        for one, first in groups.items():
            members.setdefault(first, []).append(UUID(bytes=one))
        return {
            person: tuple(members.get(groups.get(person.bytes, b""), ())) or (person,) for person in people
        }

    def _span(self, scope: Scope, zone: ZoneInfo) -> Span:
        start = datetime.combine(scope.from_on, time(0), zone)
        end = datetime.combine(scope.to_on + timedelta(days=1), time(0), zone)
        today = self._now.astimezone(zone).date()
        first = self._session.scalar(select(func.min(raw(CallRow.received_at))))
        return Span(
            start=instant(start),
            end=instant(end),
            complete=instant(self._now),
            data_start=instant(start) if first is None else first,
            start_day=scope.from_on.toordinal(),
            end_day=scope.to_on.toordinal(),
            complete_day=today.toordinal(),
            zone=zone,
        )

    def _units(self, span: Span) -> dict[bytes, Units]:
        """What was sent to each call of the period."""
        known = self._rows(select(raw(UnitRow.id), UnitRow.is_ours))
        ours = dict(known)
        query = (
            select(
                raw(ResponseRow.call_id),
                raw(ResponseRow.unit_id),
                raw(ResponseRow.model),
                raw(ResponseRow.role),
                ResponseRow.backup_asked_by,
                raw(ResponseRow.backup_arrived),
            )
            .join(CallRow, CallRow.id == ResponseRow.call_id)
            .where(_may_be_in(span))
            .order_by(ResponseRow.call_id, ResponseRow.position)
        )
        found: dict[bytes, Units] = {}
        follow_up, backup = UnitRole.FOLLOW_UP.value, UnitRole.BACK_UP.value
        for call, unit, model, role, asked, arrived in self._rows(query):
            one = found.get(call)
            if one is None:
                one = found[call] = Units()
            if model not in one.models:
                one.models.append(model)
            one.sent = one.sent or (role != follow_up and model not in _OTHERS and ours.get(unit, True))
            is_police_backup = role == backup and model in _OTHERS
            one.backup_asked = one.backup_asked or bool(asked) or is_police_backup
            one.backup_arrived = one.backup_arrived or bool(arrived) or is_police_backup
        return found

    def _met(self, span: Span, groups: dict[bytes, bytes]) -> dict[bytes, list[Met]]:
        """Rows of encounters by call, from a year before the period until the records end."""
        query = (
            select(
                raw(EncounterRow.call_id),
                raw(EncounterRow.id),
                raw(EncounterRow.person_id),
                raw(EncounterRow.part),
                EncounterRow.outcome,
                EncounterRow.transported_to,
                EncounterRow.is_voluntary,
                EncounterRow.arrest,
                EncounterRow.injuries,
                EncounterRow.follow_up_wished,
                raw(EncounterRow.offers),
                raw(CallRow.received_at),
                CallRow.duplicate_of,
            )
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .where(
                raw(CallRow.received_at) >= span.start - microseconds_of(LOOK_BACK),
                raw(CallRow.received_at) <= span.complete,
            )
        )
        planned = self._planned()
        found: dict[bytes, list[Met]] = {}
        get = groups.get
        for call, key, person, part, outcome, *rest, received, duplicate in self._rows(query):
            known = (key, get(person, person), part == SUBJECT, outcome_of(outcome), *rest)
            one = Met._make((*known, received, bool(duplicate), key in planned))
            found.setdefault(call, []).append(one)
        return found

    def _planned(self) -> set[bytes]:
        """Encounters from which a follow-up was planned or a case opened."""
        queries = (
            select(raw(FollowUpRow.encounter_id)).where(FollowUpRow.encounter_id.is_not(None)),
            select(raw(CaseFileRow.encounter_id)).where(CaseFileRow.encounter_id.is_not(None)),
        )
        return {row[0] for query in queries for row in self._rows(query)}

    def _calls(
        self, scope: Scope, span: Span, units: dict[bytes, Units], met: dict[bytes, list[Met]]
    ) -> list[CallFact]:
        basis = CallRow.received_at if scope.date_basis == "received" else CallRow.on_scene_at
        query = select(
            raw(CallRow.id),
            raw(CallRow.received_at),
            raw(CallRow.received_is_day),
            raw(CallRow.received_until),
            raw(CallRow.dispatched_at),
            raw(CallRow.on_scene_at),
            raw(CallRow.cleared_at),
            CallRow.type_text,
            CallRow.type_initial_text,
            CallRow.category,
            CallRow.source,
            CallRow.city,
            CallRow.district,
            CallRow.eligible,
            CallRow.not_served_reason,
            CallRow.duplicate_of,
            CallRow.end_point,
            CallRow.disposition,
        ).where(_may_be_in(span) if scope.date_basis == "received" else _within(basis, span))
        nothing = Units()
        nobody: list[Met] = []
        made = (
            call_fact(row, span, units.get(row[0], nothing), met.get(row[0], nobody))
            for row in self._rows(query)
        )
        return [one for one in made if not scope.model or scope.model in one.models]

    def _contacts(self, span: Span, groups: dict[bytes, bytes]) -> dict[bytes, list[ContactFact]]:
        """Contacts from the period's first day until the records end, by person, in order of time."""
        query = (
            select(
                raw(ContactPersonRow.person_id),
                raw(ContactRow.id),
                raw(ContactRow.at),
                raw(ContactRow.outcome),
                raw(ContactRow.channel),
                ContactRow.minutes,
            )
            .join(ContactPersonRow, ContactPersonRow.contact_id == ContactRow.id)
            .where(raw(ContactRow.at) >= span.start, raw(ContactRow.at) <= span.complete)
            .order_by(ContactRow.at)
        )
        found: dict[bytes, list[ContactFact]] = {}
        get, reached = groups.get, _REACHED
        for person, key, at, outcome, channel, minutes in self._rows(query):
            fact = ContactFact(key, at, outcome in reached, channel, minutes)
            whose = get(person, person)
            if whose in found:
                found[whose].append(fact)
            else:
                found[whose] = [fact]
        return found


_REACHED = frozenset({"reached", "declined"})


def _may_be_in(span: Span) -> Any:
    """Calls received in the period, and undated ones whose file overlaps it."""
    at, until = raw(CallRow.received_at), raw(CallRow.received_until)
    dated = and_(at >= span.start, at < span.end)
    return or_(dated, and_(until.is_not(None), at < span.end, until >= span.start))


def _within(column: Any, span: Span) -> Any:
    return and_(raw(column) >= span.start, raw(column) < span.end)


def microseconds_of(span: timedelta) -> int:
    """Whole microseconds of a time span."""
    return span // timedelta(microseconds=1)
