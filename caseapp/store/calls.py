"""Calls for service and the people met on them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm.attributes import flag_modified

from caseapp.domain.call_filters import Written
from caseapp.domain.calls import Call, CallNote, NumberTaken, SafetyCheck, UnitResponse
from caseapp.domain.encounters import Encounter, EncounterDetails
from caseapp.domain.people import PersonKind
from caseapp.domain.repeat import PlaceCalls
from caseapp.store import call_rows
from caseapp.store.call_lists import IS_ABOUT_THEM, IS_ONE_CALL, CallListReads, written_as
from caseapp.store.call_rows import OWN_CENTRE
from caseapp.store.chunks import MANY, chunks
from caseapp.store.tables.calls import (
    CallNoteRow,
    CallRow,
    EncounterRow,
    ResponseRow,
    SafetyCheckRow,
    UnitRow,
)
from caseapp.store.tables.people import PersonRow


class Sighting(NamedTuple):
    """That somebody was met on a call."""

    person_id: UUID
    call_id: UUID
    place: str
    at: datetime


class CallStore(CallListReads):
    """Reads and writes calls."""

    def add(self, call: Call) -> UUID:
        """Write a call that was typed in; raises NumberTaken."""
        self._check_number(call.number, OWN_CENTRE)
        call_id = self._new_id()
        self._session.add(call_rows.new_call(call_id, call))
        for position, note in enumerate(call.notes):
            self._session.add(call_rows.new_note(self._new_id(), call_id, position, note))
        for check in call.safety_checks:
            self._session.add(call_rows.new_safety_check(self._new_id(), call_id, check))
        self._add_responses(call_id, call.responses)
        return call_id

    def change(self, call: Call) -> None:
        """Write the facts of a call; raises StaleRecord or NumberTaken."""
        row = self._get(CallRow, call.id, version=call.version)
        if row.number != call.number:
            self._check_number(call.number, row.centre)
        call_rows.fill_call(row, call)

    def change_responses(self, call_id: UUID, responses: Iterable[UnitResponse], *, version: int) -> None:
        """Write the units of a call anew, in this order; raises StaleRecord."""
        self._touch(call_id, version=version)
        for row in self._session.scalars(select(ResponseRow).where(ResponseRow.call_id == call_id)):
            self._session.delete(row)
        self._add_responses(call_id, responses)

    def add_note(self, call_id: UUID, note: CallNote) -> None:
        """Write one more entry of the narrative, after those that are there."""
        last = self._session.scalar(
            select(func.max(CallNoteRow.position)).where(CallNoteRow.call_id == call_id)
        )
        position = 0 if last is None else last + 1
        self._session.add(call_rows.new_note(self._new_id(), call_id, position, note))

    def add_safety_check(self, call_id: UUID, check: SafetyCheck) -> None:
        """Write that a unit was asked whether it is safe."""
        self._session.add(call_rows.new_safety_check(self._new_id(), call_id, check))

    def get(self, call_id: UUID) -> Call:
        """One call with its narrative, units and safety checks; raises NoSuchRecord."""
        row = self._get(CallRow, call_id)
        notes = self._session.scalars(
            select(CallNoteRow).where(CallNoteRow.call_id == call_id).order_by(CallNoteRow.position)
        )
        responses = self._session.scalars(
            select(ResponseRow).where(ResponseRow.call_id == call_id).order_by(ResponseRow.position)
        )
        checks = self._session.scalars(
            select(SafetyCheckRow).where(SafetyCheckRow.call_id == call_id).order_by(SafetyCheckRow.at)
        )
        return call_rows.to_call(
            row,
            notes=tuple(map(call_rows.to_note, notes)),
            responses=tuple(map(call_rows.to_response, responses)),
            safety_checks=tuple(map(call_rows.to_safety_check, checks)),
        )

    def by_number(self, number: str) -> UUID | None:
        """The call with this number, the newest where several centres use it."""
        query = select(CallRow.id).where(CallRow.number == number).order_by(CallRow.received_at.desc())
        return self._session.scalars(query).first()

    def every_line(self) -> Iterator[Any]:
        """Every call in order of number, for export; plain rows."""
        columns = (
            CallRow.number,
            CallRow.received_at,
            CallRow.type_text,
            CallRow.place,
            CallRow.disposition,
            CallRow.source_row,
        )
        yield from self._session.execute(select(*columns).order_by(CallRow.received_at, CallRow.number))

    def newest_at(self) -> datetime | None:
        """When the newest call came in."""
        return self._session.scalar(select(func.max(CallRow.received_at)))

    def unit_ids(self) -> dict[str, UUID]:
        """Call sign -> unit."""
        return {row.call_sign: row.id for row in self._session.execute(select(UnitRow.call_sign, UnitRow.id))}

    def add_encounter(self, call_id: UUID, person_id: UUID | None, details: EncounterDetails) -> UUID:
        """Write a meeting on a call."""
        encounter_id = self._new_id()
        row = EncounterRow(id=encounter_id, call_id=call_id, person_id=person_id, triage="new")
        call_rows.fill_encounter(row, details)
        self._session.add(row)
        return encounter_id

    def encounter(self, encounter_id: UUID) -> Encounter:
        """Raises NoSuchRecord."""
        return call_rows.to_encounter(self._get(EncounterRow, encounter_id))

    def link(
        self, encounter_id: UUID, person_id: UUID | None, details: EncounterDetails, *, version: int
    ) -> None:
        """Say who was met; None takes it back. Raises StaleRecord."""
        row = self._get(EncounterRow, encounter_id, version=version)
        row.person_id = person_id
        call_rows.fill_encounter(row, details)

    def change_encounter(self, encounter_id: UUID, details: EncounterDetails, *, version: int) -> None:
        """Write what the form says; raises StaleRecord."""
        call_rows.fill_encounter(self._get(EncounterRow, encounter_id, version=version), details)

    def encounters(self, call_id: UUID) -> list[tuple[Encounter, str]]:
        """The people of a call with the display name where there is one."""
        query = (
            select(EncounterRow, PersonRow.display_name)
            .outerjoin(PersonRow, PersonRow.id == EncounterRow.person_id)
            .where(EncounterRow.call_id == call_id)
            .order_by(EncounterRow.id)
        )
        return [(call_rows.to_encounter(row), name or "") for row, name in self._session.execute(query)]

    def met(self, person_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, datetime]]:
        """The calls on which each person was met, with when they came in."""
        return self._met(person_ids, true())

    def about(self, person_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, datetime]]:
        """Those of them that were about the person, without duplicates: what repeat contact counts."""
        return self._met(person_ids, IS_ABOUT_THEM)

    def _met(
        self, person_ids: Iterable[UUID], which: ColumnElement[bool]
    ) -> dict[UUID, dict[UUID, datetime]]:
        found: dict[UUID, dict[UUID, datetime]] = {}
        for some in chunks(person_ids, MANY):
            query = (
                select(EncounterRow.person_id, CallRow.id, CallRow.received_at)
                .join(CallRow, CallRow.id == EncounterRow.call_id)
                .where(EncounterRow.person_id.in_(some), which)
            )
            for person_id, call_id, at in self._session.execute(query):
                if person_id is not None:
                    found.setdefault(person_id, {})[call_id] = at
        return found

    def counts(self, after: datetime, until: datetime) -> dict[UUID, int]:
        """How many calls of a span, its end included, were about each person, without duplicates."""
        query = (
            select(EncounterRow.person_id, func.count(CallRow.id.distinct()))
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .where(CallRow.received_at > after, CallRow.received_at <= until)
            .where(EncounterRow.person_id.is_not(None), IS_ABOUT_THEM)
            .group_by(EncounterRow.person_id)
        )
        return {one: count for one, count in self._session.execute(query) if one is not None}

    def places_between(self, after: datetime, until: datetime, *, at_most: int) -> list[PlaceCalls]:
        """Places as calls of a span write them, the most calls first; a duplicate is no call more."""
        calls = func.count(CallRow.id.distinct())
        query = (
            select(CallRow.place, CallRow.city, calls, func.count(EncounterRow.person_id.distinct()))
            .outerjoin(EncounterRow, EncounterRow.call_id == CallRow.id)
            .where(CallRow.received_at > after, CallRow.received_at <= until, CallRow.place != "")
            .where(IS_ONE_CALL)
            .group_by(CallRow.place, CallRow.city)
            .order_by(calls.desc(), CallRow.place, CallRow.city)
            .limit(at_most)
        )
        return [
            PlaceCalls(place, count, people, (Written(place, city),))
            for place, city, count, people in self._session.execute(query)
        ]

    def met_at(
        self, person_ids: Iterable[UUID], after: datetime, until: datetime
    ) -> dict[Written, set[UUID]]:
        """Who of these people was met in a span at each place, as its calls write it."""
        found: dict[Written, set[UUID]] = {}
        for some in chunks(person_ids, MANY):
            query = (
                select(CallRow.place, CallRow.city, EncounterRow.person_id)
                .join(EncounterRow, EncounterRow.call_id == CallRow.id)
                .where(EncounterRow.person_id.in_(some))
                .where(CallRow.received_at > after, CallRow.received_at <= until, IS_ONE_CALL)
            )
            for place, city, person_id in self._session.execute(query):
                if person_id is not None:
                    found.setdefault(Written(place, city), set()).add(person_id)
        return found

    def people_at(self, places: Sequence[Written], after: datetime, until: datetime) -> int:
        """How many people were met in a span at any of some places."""
        query = (
            select(func.count(EncounterRow.person_id.distinct()))
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .where(CallRow.received_at > after, CallRow.received_at <= until, written_as(places))
            .where(IS_ONE_CALL)
        )
        return self._session.scalar(query) or 0

    def sightings_of_unknown(self, places: Sequence[Written] = ()) -> list[Sighting]:
        """Where and when people without a name were met, at some places or anywhere."""
        query = (
            select(EncounterRow.person_id, CallRow.id, CallRow.place, CallRow.received_at)
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .join(PersonRow, PersonRow.id == EncounterRow.person_id)
            .where(PersonRow.kind == PersonKind.UNKNOWN)
        )
        if places:
            query = query.where(written_as(places))
        return [
            Sighting(person_id, call_id, at_place, at)
            for person_id, call_id, at_place, at in self._session.execute(query)
            if person_id is not None
        ]

    def latest_encounter(self, person_id: UUID) -> tuple[Encounter, Call] | None:
        """The newest call on which the person was met."""
        query = (
            select(EncounterRow)
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .where(EncounterRow.person_id == person_id)
            .order_by(CallRow.received_at.desc())
            .limit(1)
        )
        row = self._session.scalars(query).first()
        return (call_rows.to_encounter(row), self.get(row.call_id)) if row else None

    def _check_number(self, number: str, centre: str) -> None:
        taken = select(CallRow.id).where(CallRow.number == number, CallRow.centre == centre)
        if self._session.scalars(taken).first():
            raise NumberTaken(number=number, field="number")

    def _touch(self, call_id: UUID, *, version: int) -> CallRow:
        """The call's row, which gets a new version though only rows beside it change."""
        row = self._get(CallRow, call_id, version=version)
        flag_modified(row, "changed_at")
        return row

    def _add_responses(self, call_id: UUID, responses: Iterable[UnitResponse]) -> None:
        units = self.unit_ids()
        for position, one in enumerate(responses):
            row = call_rows.new_response(self._new_id(), call_id, position, one, units.get(one.call_sign))
            self._session.add(row)
