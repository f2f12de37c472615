"""Who was met on calls: each meeting, and where and how often people and places are met again."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true

from caseapp.domain.births import Birth, Precision
from caseapp.domain.call_filters import Written
from caseapp.domain.encounters import Encounter, EncounterDetails, StatedIdentity
from caseapp.domain.people import PersonKind
from caseapp.domain.repeat import PlaceCalls
from caseapp.store.call_lists import IS_ABOUT_THEM, IS_ONE_CALL, written_as
from caseapp.store.chunks import MANY, chunks
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import CallRow, EncounterRow
from caseapp.store.tables.people import PersonRow


class Sighting(NamedTuple):
    """That somebody was met on a call."""

    person_id: UUID
    call_id: UUID
    place: str
    at: datetime


class EncounterStore(Repository):
    """Reads and writes meetings, and counts them."""

    def add(self, call_id: UUID, person_id: UUID | None, details: EncounterDetails) -> UUID:
        """Write a meeting on a call."""
        encounter_id = self._new_id()
        row = EncounterRow(id=encounter_id, call_id=call_id, person_id=person_id, triage="new")
        _fill(row, details)
        self._session.add(row)
        return encounter_id

    def get(self, encounter_id: UUID) -> Encounter:
        """Raises NoSuchRecord."""
        return _read(self._get(EncounterRow, encounter_id))

    def link(
        self, encounter_id: UUID, person_id: UUID | None, details: EncounterDetails, *, version: int
    ) -> None:
        """Say who was met; None takes it back. Raises StaleRecord."""
        row = self._get(EncounterRow, encounter_id, version=version)
        row.person_id = person_id
        _fill(row, details)

    def change(self, encounter_id: UUID, details: EncounterDetails, *, version: int) -> None:
        """Write what the form says; raises StaleRecord."""
        _fill(self._get(EncounterRow, encounter_id, version=version), details)

    def of_call(self, call_id: UUID) -> list[tuple[Encounter, str]]:
        """The people of a call with the display name where there is one."""
        query = (
            select(EncounterRow, PersonRow.display_name)
            .outerjoin(PersonRow, PersonRow.id == EncounterRow.person_id)
            .where(EncounterRow.call_id == call_id)
            .order_by(EncounterRow.id)
        )
        return [(_read(row), name or "") for row, name in self._session.execute(query)]

    def latest(self, person_ids: Iterable[UUID]) -> Encounter | None:
        """The meeting on the newest call on which any of some records was met."""
        query = (
            select(EncounterRow)
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .where(EncounterRow.person_id.in_(list(person_ids)))
            .order_by(CallRow.received_at.desc())
            .limit(1)
        )
        row = self._session.scalars(query).first()
        return _read(row) if row else None

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


def _fill(row: EncounterRow, details: EncounterDetails) -> None:
    stated = details.stated
    row.part, row.certainty = details.part, details.certainty
    row.stated_name, row.stated_age = stated.name, stated.age
    row.stated_birth_date, row.stated_birth_precision = _from_birth(stated.birth)
    row.stated_phone, row.stated_description = stated.phone, stated.description
    row.needs, row.offers = list(details.needs), [list(offer) for offer in details.offers]
    row.what_was_done, row.outcome = details.what_was_done, details.outcome
    row.transported_to, row.transported_by = details.transported_to, details.transported_by
    row.is_voluntary = details.is_voluntary
    row.injuries, row.use_of_force, row.arrest = details.injuries, details.use_of_force, details.arrest
    row.restraint, row.involuntary_hold = details.restraint, details.involuntary_hold
    row.follow_up_wished, row.how_to_find = details.follow_up_wished, details.how_to_find


def _from_birth(birth: Birth | None) -> tuple[date | None, str]:
    return (birth.on, birth.precision.value) if birth else (None, "")


def _to_birth(row: EncounterRow) -> Birth | None:
    """Where a row says nothing of how exactly it is known, it is the day."""
    on, precision = row.stated_birth_date, row.stated_birth_precision
    return Birth(on, Precision(precision or Precision.DAY)) if on else None


def _read(row: EncounterRow) -> Encounter:
    details = EncounterDetails(
        part=row.part,
        certainty=row.certainty,
        stated=StatedIdentity(
            name=row.stated_name,
            age=row.stated_age,
            birth=_to_birth(row),
            phone=row.stated_phone,
            description=row.stated_description,
        ),
        needs=tuple(row.needs),
        offers=tuple((offer[0], offer[1]) for offer in row.offers),
        what_was_done=row.what_was_done,
        outcome=row.outcome,
        transported_to=row.transported_to,
        transported_by=row.transported_by,
        is_voluntary=row.is_voluntary,
        injuries=row.injuries,
        use_of_force=row.use_of_force,
        arrest=row.arrest,
        restraint=row.restraint,
        involuntary_hold=row.involuntary_hold,
        follow_up_wished=row.follow_up_wished,
        how_to_find=row.how_to_find,
    )
    return Encounter(
        id=row.id,
        version=row.version,
        call_id=row.call_id,
        person_id=row.person_id,
        details=details,
        triage=row.triage,
    )
