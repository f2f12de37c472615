"""Bulk writes of an import: new calls in one pass, changed ones field by field."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from caseapp.domain.births import Birth, Precision
from caseapp.domain.calls import NOT_POLICE, Model, UnitRole
from caseapp.domain.dispatch import IncomingCall, IncomingNote, IncomingPerson, IncomingResponse
from caseapp.domain.encounters import Certainty, Part
from caseapp.domain.import_plans import APART, COMPARED, UNIT_TIMES, Moved, StoredCall, StoredUnit
from caseapp.store.bulk import insert_columns, table_of
from caseapp.store.changes import stamped
from caseapp.store.chunks import chunks
from caseapp.store.ids import ids_in_order
from caseapp.store.import_batches import ImportBatchStore
from caseapp.store.tables.base import microseconds
from caseapp.store.tables.calls import CallNoteRow, CallRow, CallTypeRow, EncounterRow, ResponseRow, UnitRow
from caseapp.store.tables.journal import (
    ImportChangeRow,
)

_CALL, _NOTE, _ENCOUNTER = table_of(CallRow), table_of(CallNoteRow), table_of(EncounterRow)
_RESPONSE = table_of(ResponseRow)
_CHANGE = table_of(ImportChangeRow)
_STATED = ("stated_name", "stated_phone", "stated_age", "stated_description")
_NO_BACKUP = {
    "led_by": "",
    "arrived_as": "",
    "backup_asked_by": "",
    "backup_reason": "",
    "backup_arrived": None,
    "video_started_at": None,
    "video_ended_at": None,
    "video_outcome": "",
}
_EMPTY = {
    "eligible": "unknown",
    "not_served_reason": "",
    "place_id": None,
}


class ImportStore(ImportBatchStore):
    """Writes batches of calls."""

    def known(self, centre: str, calls: Sequence[IncomingCall]) -> dict[str, StoredCall]:
        """Those of the calls that this centre has already, by number, with what these calls may change."""
        rows: dict[str, Any] = {}
        columns = [_CALL.c.id, _CALL.c.number, _CALL.c.version, _CALL.c.batch_id]
        columns += [_CALL.c[name] for name in COMPARED]
        for some in chunks(call.number for call in calls):
            query = select(*columns).where(_CALL.c.number.in_(some), _CALL.c.centre == centre)
            rows.update((row["number"], row) for row in self._session.execute(query).mappings())
        said = [(rows[call.number]["id"], call) for call in calls if call.number in rows]
        units = self._units([call_id for call_id, call in said if call.responses])
        notes = self._notes([call_id for call_id, call in said if call.narrative or call.notes])
        people = self._people([call_id for call_id, call in said if call.people])
        return {
            number: StoredCall(
                row["id"],
                row["version"],
                row["batch_id"],
                row,
                tuple(units.get(row["id"], ())),
                frozenset(notes.get(row["id"], ())),
                tuple(people.get(row["id"], ())),
            )
            for number, row in rows.items()
        }

    def is_first(self, centre: str) -> bool:
        """Whether this centre has no call yet, so that nothing need be compared."""
        query = select(_CALL.c.id).where(_CALL.c.centre == centre).limit(1)
        return self._session.execute(query).first() is None

    def _units(self, call_ids: Sequence[UUID]) -> dict[UUID, list[StoredUnit]]:
        found: dict[UUID, list[StoredUnit]] = {}
        columns = [_RESPONSE.c[name] for name in ("call_id", "id", "call_sign", *UNIT_TIMES)]
        for some in chunks(call_ids):
            for call_id, unit_id, sign, *moments in self._session.execute(
                select(*columns).where(_RESPONSE.c.call_id.in_(some))
            ):
                found.setdefault(call_id, []).append(StoredUnit(unit_id, sign, tuple(moments)))
        return found

    def _notes(self, call_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
        found: dict[UUID, list[str]] = {}
        for some in chunks(call_ids):
            query = select(_NOTE.c.call_id, _NOTE.c.text).where(_NOTE.c.call_id.in_(some))
            for call_id, text in self._session.execute(query):
                found.setdefault(call_id, []).append(text)
        return found

    def _people(self, call_ids: Sequence[UUID]) -> dict[UUID, list[IncomingPerson]]:
        """Who is on each call, as it was told or the team wrote it since."""
        found: dict[UUID, list[IncomingPerson]] = {}
        names = ("call_id", "part", "stated_birth_date", "stated_birth_precision", *_STATED)
        columns = [_ENCOUNTER.c[name] for name in names]
        for some in chunks(call_ids):
            query = select(*columns).where(_ENCOUNTER.c.call_id.in_(some))
            for call_id, part, on, precision, name, *rest in self._session.execute(query):
                birth = Birth(on, Precision(precision or Precision.DAY)) if on else None
                found.setdefault(call_id, []).append(IncomingPerson(part.value, name, birth, *rest))
        return found

    def add_calls(
        self, calls: Sequence[IncomingCall], *, centre: str, batch_id: UUID, staff_id: UUID
    ) -> None:
        """Insert new calls with their responses, narrative and people, in bulk."""
        ids = list(ids_in_order(self._now, len(calls)))
        columns = dict(zip(IncomingCall._fields, zip(*calls, strict=True), strict=True))
        kept: dict[str, Sequence[Any]] = {name: columns[name] for name in columns if name not in APART}
        kept["category"] = self._categories(calls)
        same = {**_EMPTY, "centre": centre, "batch_id": batch_id, **stamped(staff_id, self._now)}
        insert_columns(self._session, CallRow, {"id": ids, **kept}, same, len(calls))
        pairs = list(zip(ids, calls, strict=True))
        self._add_responses([(call_id, call.responses) for call_id, call in pairs])
        self._insert(_NOTE, (row for i, call in pairs for row in self._narrative(i, call)))
        self._insert(_ENCOUNTER, (self._encounter(i, one, staff_id) for i, c in pairs for one in c.people))

    def _categories(self, calls: Iterable[IncomingCall]) -> list[str]:
        """What the agency says that each call's type is; nothing where it has not said."""
        given = self._given
        return [given.get(call.type_text or call.type_initial_text, "") for call in calls]

    @cached_property
    def _given(self) -> dict[str, str]:
        rows = self._session.execute(select(CallTypeRow.text, CallTypeRow.category))
        return {row.text: row.category for row in rows}

    def change_calls(self, some: Sequence[Moved], *, batch_id: UUID, staff_id: UUID) -> None:
        """Write what a later export says anew, keeping what stood there, and what was added, for the undo."""
        changes = []
        for one in map(self._with_category, some):
            stored = one.stored
            self._session.execute(
                update(_CALL)
                .where(_CALL.c.id == stored.id)
                .values(
                    **{name: after for name, (_before, after) in one.facts.items()},
                    changed_at=self._now,
                    changed_by=staff_id,
                    version=stored.version + 1,
                )
            )
            for unit_id, times in one.unit_times.items():
                said = {name: after for name, (_before, after) in times.items()}
                self._session.execute(update(_RESPONSE).where(_RESPONSE.c.id == unit_id).values(**said))
            before = {
                "facts": _plain(one.facts),
                "units": {unit_id.hex: _plain(times) for unit_id, times in one.unit_times.items()},
                "added": self._added(one, staff_id),
            }
            changes.append(
                {"id": self._new_id(), "batch_id": batch_id, "record_id": stored.id, "before": before}
            )
        self._insert(_CHANGE, changes)

    def _with_category(self, one: Moved) -> Moved:
        """A type that changes takes its category along, unless somebody chose one on the call."""
        names = ("type_text", "type_initial_text")
        if not self._given or not any(name in one.facts for name in names):
            return one
        before = {name: one.stored.facts[name] for name in names}
        after = {name: one.facts[name][1] if name in one.facts else before[name] for name in names}
        was, now = (self._given.get(said[names[0]] or said[names[1]], "") for said in (before, after))
        stands = self._session.scalar(select(_CALL.c.category).where(_CALL.c.id == one.stored.id)) or ""
        if stands not in ("", was) or stands == now:
            return one
        return replace(one, facts={**one.facts, "category": (stands, now)})

    def _added(self, one: Moved, staff_id: UUID) -> dict[str, list[str]]:
        """Write the rows that a known call gets, and say which they are, by table."""
        call_id, added = one.stored.id, {}
        if one.units:
            ids = self._add_responses([(call_id, one.units)], first=len(one.stored.units))
            added["response"] = [row_id.hex for row_id in ids]
        if one.narrative or one.notes:
            notes = list(self._narrative(call_id, one, first=len(one.stored.notes)))
            self._insert(_NOTE, notes)
            added["call_note"] = [note["id"].hex for note in notes]
        if one.people:
            met = [self._encounter(call_id, person, staff_id) for person in one.people]
            self._insert(_ENCOUNTER, met)
            added["encounter"] = [row["id"].hex for row in met]
        return added

    def _add_responses(
        self, pairs: list[tuple[UUID, tuple[IncomingResponse, ...]]], *, first: int = 0
    ) -> list[UUID]:
        units = {row.call_sign: row for row in self._session.scalars(select(UnitRow))}
        rows = [
            (call_id, position, one)
            for call_id, responses in pairs
            for position, one in enumerate(responses, start=first)
        ]
        found = [units.get(one.call_sign) for _id, _position, one in rows]
        ids = list(ids_in_order(self._now, len(rows)))
        columns: dict[str, Sequence[Any]] = {
            "id": ids,
            "call_id": [row[0] for row in rows],
            "position": [row[1] for row in rows],
            **{name: [getattr(row[2], name) for row in rows] for name in IncomingResponse._fields},
            "unit_id": [
                unit.id if unit and not _is_ours_anew(row[2], unit) else None
                for row, unit in zip(rows, found, strict=True)
            ],
            "model": [_model(row[2], unit) for row, unit in zip(rows, found, strict=True)],
            "role": [UnitRole.BACK_UP if row[1] else UnitRole.PRIMARY for row in rows],
        }
        insert_columns(self._session, ResponseRow, columns, _NO_BACKUP, len(rows))
        return ids

    def _narrative(
        self, call_id: UUID, said: IncomingCall | Moved, *, first: int = 0
    ) -> Iterator[dict[str, Any]]:
        """The rows of a narrative in one piece, and of dated entries."""
        entries = (*([IncomingNote(said.narrative)] if said.narrative else []), *said.notes)
        for position, note in enumerate(entries, start=first):
            yield {"id": self._new_id(), "call_id": call_id, "position": position, **note._asdict()}

    def _encounter(self, call_id: UUID, person: IncomingPerson, staff_id: UUID) -> dict[str, Any]:
        return {
            **stamped(staff_id, self._now),
            "id": self._new_id(),
            "call_id": call_id,
            "person_id": None,
            "part": Part(person.part),
            "certainty": Certainty.STATED,
            "stated_name": person.name,
            "stated_age": person.age,
            "stated_birth_date": person.birth.on if person.birth else None,
            "stated_birth_precision": person.birth.precision.value if person.birth else "",
            "stated_phone": person.phone,
            "stated_description": person.description,
            "needs": [],
            "offers": [],
            "what_was_done": "",
            "outcome": "",
            "transported_to": "",
            "is_voluntary": None,
            "injuries": "",
            "use_of_force": "",
            "arrest": "",
            "follow_up_wished": "unknown",
            "how_to_find": "",
            "triage": "new",
        }


def _is_ours_anew(said: IncomingResponse, unit: UnitRow) -> bool:
    """Whether the layout takes a unit as ours that Setup knows as another agency's."""
    return bool(said.model) and Model(said.model) in NOT_POLICE and not unit.is_ours


def _model(said: IncomingResponse, unit: UnitRow | None) -> Model:
    """What Setup says of a unit, unless a rule of the layout takes it as ours; then what the layout says."""
    by_layout = Model(said.model) if said.model else Model.UNKNOWN
    return by_layout if unit is None or by_layout in NOT_POLICE else unit.model


def _plain(changes: dict[str, tuple[Any, Any]]) -> dict[str, Any]:
    """What stood there, as JSON keeps it."""
    return {name: _stored_plain(before) for name, (before, _after) in changes.items()}


def _stored_plain(value: Any) -> Any:
    return (
        microseconds(value)
        if isinstance(value, datetime)
        else list(value)
        if isinstance(value, tuple)
        else value
    )
