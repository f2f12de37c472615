"""Calls for service and the people met on them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from caseapp.domain.calls import (
    Call,
    CallLine,
    CallNote,
    Encounter,
    EncounterDetails,
    Model,
    NumberTaken,
    StatedIdentity,
    UnitResponse,
)
from caseapp.domain.people import PersonKind
from caseapp.domain.repeat import PlaceCalls
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import CallNoteRow, CallRow, EncounterRow, ResponseRow, UnitRow
from caseapp.store.tables.people import PersonRow

_CHUNK = 10_000
OWN_CENTRE = "desk"
"""The centre of calls that were typed in here and not imported."""


class Sighting(NamedTuple):
    """That somebody was met on a call."""

    person_id: UUID
    call_id: UUID
    place: str
    at: datetime


class CallStore(Repository):
    """Reads and writes calls."""

    def add(self, call: Call) -> UUID:
        """Write a call that was typed in; raises NumberTaken."""
        taken = select(CallRow.id).where(CallRow.number == call.number, CallRow.centre == OWN_CENTRE)
        if self._session.scalars(taken).first():
            raise NumberTaken(number=call.number)
        call_id = self._new_id()
        self._session.add(_new_row(call_id, call))
        for position, note in enumerate(call.notes):
            self._add_note(call_id, position, note)
        units = self.unit_ids()
        for position, response in enumerate(call.responses):
            self._add_response(call_id, position, response, units)
        return call_id

    def get(self, call_id: UUID) -> Call:
        """One call with its narrative and units; raises NoSuchRecord."""
        row = self._get(CallRow, call_id)
        notes = self._session.scalars(
            select(CallNoteRow).where(CallNoteRow.call_id == call_id).order_by(CallNoteRow.position)
        )
        responses = self._session.scalars(
            select(ResponseRow).where(ResponseRow.call_id == call_id).order_by(ResponseRow.position)
        )
        return _to_call(row, tuple(map(_to_note, notes)), tuple(map(_to_response, responses)))

    def by_number(self, number: str) -> UUID | None:
        """The call with this number, the newest where several centres use it."""
        query = select(CallRow.id).where(CallRow.number == number).order_by(CallRow.received_at.desc())
        return self._session.scalars(query).first()

    def lines(
        self,
        *,
        since: datetime | None = None,
        place: str = "",
        met: Sequence[UUID] | None = None,
        limit: int = 500,
    ) -> list[CallLine]:
        """Calls newest first, after an instant, at one place, or of these people."""
        query = select(CallRow).order_by(CallRow.received_at.desc()).limit(limit)
        if since is not None:
            query = query.where(CallRow.received_at > since)
        if place:
            query = query.where(CallRow.place == place)
        if met is not None:
            calls = select(EncounterRow.call_id).where(EncounterRow.person_id.in_(met))
            query = query.where(CallRow.id.in_(calls))
        return self._lines(list(self._session.scalars(query)))

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

    def waiting_to_link(self) -> int:
        """People met on calls whom nobody has identified yet and who gave a name, age or description."""
        return self._session.scalar(select(func.count()).where(EncounterRow.person_id.is_(None))) or 0

    def unit_ids(self) -> dict[str, UUID]:
        """Call sign -> unit."""
        return {row.call_sign: row.id for row in self._session.execute(select(UnitRow.call_sign, UnitRow.id))}

    def add_unit(self, call_sign: str, name: str, model: Model, *, agency: str, is_ours: bool) -> None:
        """Write a unit."""
        self._session.add(
            UnitRow(
                id=self._new_id(), call_sign=call_sign, name=name, model=model, agency=agency, is_ours=is_ours
            )
        )

    def add_encounter(self, call_id: UUID, person_id: UUID | None, details: EncounterDetails) -> UUID:
        """Write a meeting on a call."""
        encounter_id = self._new_id()
        row = EncounterRow(id=encounter_id, call_id=call_id, person_id=person_id, triage="new")
        _fill_encounter(row, details)
        self._session.add(row)
        return encounter_id

    def encounter(self, encounter_id: UUID) -> Encounter:
        """Raises NoSuchRecord."""
        return _to_encounter(self._get(EncounterRow, encounter_id))

    def link(
        self, encounter_id: UUID, person_id: UUID | None, details: EncounterDetails, *, version: int
    ) -> None:
        """Say who was met; None takes it back. Raises StaleRecord."""
        row = self._get(EncounterRow, encounter_id, version=version)
        row.person_id = person_id
        _fill_encounter(row, details)

    def change_encounter(self, encounter_id: UUID, details: EncounterDetails, *, version: int) -> None:
        """Write what the form says; raises StaleRecord."""
        _fill_encounter(self._get(EncounterRow, encounter_id, version=version), details)

    def encounters(self, call_id: UUID) -> list[tuple[Encounter, str]]:
        """The people of a call with the display name where there is one."""
        query = (
            select(EncounterRow, PersonRow.display_name)
            .outerjoin(PersonRow, PersonRow.id == EncounterRow.person_id)
            .where(EncounterRow.call_id == call_id)
            .order_by(EncounterRow.id)
        )
        return [(_to_encounter(row), name or "") for row, name in self._session.execute(query)]

    def met(self, person_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, datetime]]:
        """The calls on which each person was met, with when they came in."""
        ids, found = list(person_ids), dict[UUID, dict[UUID, datetime]]()
        for start in range(0, len(ids), _CHUNK):
            query = (
                select(EncounterRow.person_id, CallRow.id, CallRow.received_at)
                .join(CallRow, CallRow.id == EncounterRow.call_id)
                .where(EncounterRow.person_id.in_(ids[start : start + _CHUNK]))
            )
            for person_id, call_id, at in self._session.execute(query):
                if person_id is not None:
                    found.setdefault(person_id, {})[call_id] = at
        return found

    def counts(self, after: datetime, until: datetime) -> dict[UUID, int]:
        """How many calls each person was met on in a span, its end included."""
        query = (
            select(EncounterRow.person_id, func.count(CallRow.id.distinct()))
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .where(CallRow.received_at > after, CallRow.received_at <= until)
            .where(EncounterRow.person_id.is_not(None))
            .group_by(EncounterRow.person_id)
        )
        return {one: count for one, count in self._session.execute(query) if one is not None}

    def repeat_places(self, after: datetime, until: datetime, *, least: int) -> list[PlaceCalls]:
        """Places with so many calls or more in a span, the most first."""
        calls = func.count(CallRow.id.distinct())
        query = (
            select(CallRow.place, calls, func.count(EncounterRow.person_id.distinct()))
            .outerjoin(EncounterRow, EncounterRow.call_id == CallRow.id)
            .where(CallRow.received_at > after, CallRow.received_at <= until, CallRow.place != "")
            .group_by(CallRow.place)
            .having(calls >= least)
            .order_by(calls.desc(), CallRow.place)
        )
        return [PlaceCalls(place, count, people) for place, count, people in self._session.execute(query)]

    def sightings_of_unknown(self, place: str = "") -> list[Sighting]:
        """Where and when people without a name were met, at one place or anywhere."""
        query = (
            select(EncounterRow.person_id, CallRow.id, CallRow.place, CallRow.received_at)
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .join(PersonRow, PersonRow.id == EncounterRow.person_id)
            .where(PersonRow.kind == PersonKind.UNKNOWN)
        )
        if place:
            query = query.where(CallRow.place == place)
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
        return (_to_encounter(row), self.get(row.call_id)) if row else None

    def _lines(self, rows: list[CallRow]) -> list[CallLine]:
        ids = [row.id for row in rows]
        models: dict[UUID, list[Model]] = {}
        query = select(ResponseRow.call_id, ResponseRow.model).where(ResponseRow.call_id.in_(ids)).distinct()
        for call_id, model in self._session.execute(query):
            models.setdefault(call_id, []).append(model)
        people = self._people_counts(ids)
        return [
            CallLine(
                id=row.id,
                number=row.number,
                received_at=row.received_at,
                type_text=row.type_text or row.type_initial_text or ", ".join(row.reasons[:1]),
                place=row.place or row.city,
                disposition=row.disposition,
                models=tuple(models.get(row.id, ())),
                people=people.get(row.id, (0, 0))[0],
                to_link=people.get(row.id, (0, 0))[1],
                source_row=row.source_row,
            )
            for row in rows
        ]

    def _people_counts(self, ids: list[UUID]) -> dict[UUID, tuple[int, int]]:
        met = aliased(EncounterRow)
        query = (
            select(met.call_id, func.count(), func.count(met.person_id))
            .where(met.call_id.in_(ids))
            .group_by(met.call_id)
        )
        return {call_id: (known, met_ - known) for call_id, met_, known in self._session.execute(query)}

    def _add_note(self, call_id: UUID, position: int, note: CallNote) -> None:
        self._session.add(
            CallNoteRow(
                id=self._new_id(),
                call_id=call_id,
                position=position,
                at=note.at,
                part=note.part,
                author=note.author,
                text=note.text,
            )
        )

    def _add_response(
        self, call_id: UUID, position: int, response: UnitResponse, units: dict[str, UUID]
    ) -> None:
        self._session.add(
            ResponseRow(
                id=self._new_id(),
                call_id=call_id,
                unit_id=units.get(response.call_sign),
                position=position,
                call_sign=response.call_sign,
                model=response.model,
                role=response.role,
                dispatched_at=response.dispatched_at,
                enroute_at=response.enroute_at,
                on_scene_at=response.on_scene_at,
                cleared_at=response.cleared_at,
                led_by=response.led_by,
                arrived_as="",
                backup_asked_by="",
                backup_reason="",
                video_outcome="",
            )
        )


def _new_row(call_id: UUID, call: Call) -> CallRow:
    return CallRow(
        id=call_id,
        centre=OWN_CENTRE,
        number=call.number,
        source=call.source,
        received_at=call.received_at,
        received_is_day=False,
        dispatched_at=call.dispatched_at,
        on_scene_at=call.on_scene_at,
        cleared_at=call.cleared_at,
        type_initial_code="",
        type_initial_text=call.type_text,
        type_code=call.type_code,
        type_text=call.type_text,
        category="",
        priority=call.priority,
        disposition_code="",
        disposition=call.disposition,
        end_point=call.end_point,
        reasons=list(call.reasons),
        agency="",
        place=call.place,
        cross_street="",
        city=call.city,
        zip="",
        district="",
        call_taker=call.call_taker,
        dispatcher=call.dispatcher,
        eligible=call.eligible or "unknown",
        not_served_reason=call.not_served_reason,
        duplicate_of="",
    )


def _to_call(row: CallRow, notes: tuple[CallNote, ...], responses: tuple[UnitResponse, ...]) -> Call:
    return Call(
        id=row.id,
        version=row.version,
        number=row.number,
        source=row.source,
        received_at=row.received_at,
        type_text=row.type_text or row.type_initial_text,
        type_code=row.type_code,
        priority=row.priority,
        place=row.place,
        city=row.city,
        place_id=row.place_id,
        disposition=row.disposition,
        dispatched_at=row.dispatched_at,
        on_scene_at=row.on_scene_at,
        cleared_at=row.cleared_at,
        call_taker=row.call_taker,
        dispatcher=row.dispatcher,
        eligible=row.eligible,
        not_served_reason=row.not_served_reason,
        end_point=row.end_point,
        reasons=tuple(row.reasons),
        notes=notes,
        responses=responses,
    )


def _to_note(row: CallNoteRow) -> CallNote:
    return CallNote(text=row.text, at=row.at, part=row.part, author=row.author)


def _to_response(row: ResponseRow) -> UnitResponse:
    return UnitResponse(
        call_sign=row.call_sign,
        model=row.model,
        role=row.role,
        dispatched_at=row.dispatched_at,
        enroute_at=row.enroute_at,
        on_scene_at=row.on_scene_at,
        cleared_at=row.cleared_at,
        led_by=row.led_by,
    )


def _fill_encounter(row: EncounterRow, details: EncounterDetails) -> None:
    stated = details.stated
    row.part, row.certainty = details.part, details.certainty
    row.stated_name, row.stated_age, row.stated_birth_date = stated.name, stated.age, stated.birth_date
    row.stated_phone, row.stated_description = stated.phone, stated.description
    row.needs, row.offers = list(details.needs), [list(offer) for offer in details.offers]
    row.what_was_done, row.outcome = details.what_was_done, details.outcome
    row.transported_to, row.is_voluntary = details.transported_to, details.is_voluntary
    row.injuries, row.use_of_force, row.arrest = details.injuries, details.use_of_force, details.arrest
    row.follow_up_wished, row.how_to_find = details.follow_up_wished, details.how_to_find


def _to_encounter(row: EncounterRow) -> Encounter:
    details = EncounterDetails(
        part=row.part,
        certainty=row.certainty,
        stated=StatedIdentity(
            name=row.stated_name,
            age=row.stated_age,
            birth_date=row.stated_birth_date,
            phone=row.stated_phone,
            description=row.stated_description,
        ),
        needs=tuple(row.needs),
        offers=tuple((offer[0], offer[1]) for offer in row.offers),
        what_was_done=row.what_was_done,
        outcome=row.outcome,
        transported_to=row.transported_to,
        is_voluntary=row.is_voluntary,
        injuries=row.injuries,
        use_of_force=row.use_of_force,
        arrest=row.arrest,
        follow_up_wished=row.follow_up_wished,
        how_to_find=row.how_to_find,
    )
    return Encounter(
        id=row.id, version=row.version, call_id=row.call_id, person_id=row.person_id, details=details
    )
