"""Calls for service with their narrative, units and safety checks."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from caseapp.domain.calls import Call, CallNote, NumberTaken, SafetyCheck, UnitResponse
from caseapp.store import call_rows
from caseapp.store.call_lists import CallListReads
from caseapp.store.call_rows import OWN_CENTRE
from caseapp.store.chunks import CHUNK
from caseapp.store.tables.calls import (
    CallNoteRow,
    CallRow,
    ResponseRow,
    SafetyCheckRow,
    UnitRow,
)


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

    def own_numbers(self, head: str) -> list[str]:
        """The numbers of calls that were typed in, of those that begin so."""
        query = select(CallRow.number).where(
            CallRow.centre == OWN_CENTRE, CallRow.number.startswith(head, autoescape=True)
        )
        return list(self._session.scalars(query))

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
        """Every call in order of time, for export; plain rows, of which few are held."""
        columns = (
            CallRow.number,
            CallRow.received_at,
            CallRow.type_text,
            CallRow.place,
            CallRow.disposition,
            CallRow.source_row,
        )
        query = select(*columns).order_by(CallRow.received_at, CallRow.number)
        yield from self._session.execute(query, execution_options={"yield_per": CHUNK})

    def newest_at(self) -> datetime | None:
        """When the newest call came in."""
        return self._session.scalar(select(func.max(CallRow.received_at)))

    def unit_ids(self) -> dict[str, UUID]:
        """Call sign -> unit."""
        return {row.call_sign: row.id for row in self._session.execute(select(UnitRow.call_sign, UnitRow.id))}

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
