"""Units, responders, their courses and shifts: the agency's own register of who answers calls."""

from datetime import datetime, timedelta
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.units import (
    CallSignTaken,
    Responder,
    ResponderDetails,
    Shift,
    Training,
    Unit,
    UnitDetails,
    check_responder,
    check_shift,
    check_training,
    check_unit,
)
from caseapp.services.context import Service, verb
from caseapp.store.unit_of_work import UnitOfWork

_KINDS = frozenset({Kind.AGENCY, Kind.CALL})
SHOWN = timedelta(days=30)
"""Shifts of so many days back are listed, and all to come."""


class UnitService(Service):
    """Who answers calls."""

    @verb(Right.SEE_CALLS)
    def units(self) -> list[Unit]:
        """Every unit by its call sign, those out of service too."""
        with self._context.read("unit.list") as work:
            return work.units.units()

    @verb(Right.CHANGE_AGENCY)
    def add(self, *, details: UnitDetails) -> UUID:
        """Write a new unit; raises CallSignMissing or CallSignTaken."""
        with self._context.write("unit.add") as work:
            _check(work, details)
            unit_id = work.units.add_unit(details)
            work.commit()
        return unit_id

    @verb(Right.CHANGE_AGENCY)
    def change(self, *, unit_id: UUID, details: UnitDetails, version: int) -> Change:
        """Write a unit anew; raises CallSignMissing, CallSignTaken or StaleRecord.

        Responses on record keep the model that they were written with.
        """
        with self._context.write("unit.change") as work:
            _check(work, details, but=unit_id)
            work.units.change_unit(unit_id, details, version=version)
            work.commit()
        return Change(_KINDS, record_id=unit_id)

    @verb(Right.SEE_CALLS)
    def responders(self) -> list[Responder]:
        """Everybody by name, with the courses taken."""
        with self._context.read("responder.list") as work:
            return work.units.responders()

    @verb(Right.CHANGE_AGENCY)
    def add_responder(self, *, details: ResponderDetails) -> UUID:
        """Write somebody new; raises responder.NameMissing."""
        check_responder(details)
        with self._context.write("responder.add") as work:
            responder_id = work.units.add_responder(details)
            work.commit()
        return responder_id

    @verb(Right.CHANGE_AGENCY)
    def change_responder(self, *, responder_id: UUID, details: ResponderDetails, version: int) -> Change:
        """Write somebody anew; raises NameMissing or StaleRecord."""
        check_responder(details)
        with self._context.write("responder.change") as work:
            work.units.change_responder(responder_id, details, version=version)
            work.commit()
        return Change(_KINDS, record_id=responder_id)

    @verb(Right.CHANGE_AGENCY)
    def add_training(self, *, responder_id: UUID, training: Training) -> Change:
        """Put a CIT course into the register; raises HoursMissing."""
        check_training(training)
        with self._context.write("responder.train") as work:
            work.units.add_training(responder_id, training)
            work.commit()
        return Change(_KINDS, record_id=responder_id)

    @verb(Right.SEE_CALLS)
    def shifts(self, *, unit_id: UUID) -> list[Shift]:
        """A unit's shifts of the last weeks and to come, the newest first."""
        with self._context.read("shift.list") as work:
            return work.units.shifts(unit_id, since=self._context.now() - SHOWN)

    @verb(Right.CHANGE_AGENCY)
    def add_shift(
        self, *, unit_id: UUID, from_at: datetime, to_at: datetime, members: tuple[UUID, ...]
    ) -> UUID:
        """Write who is on a unit, whatever its model asks; raises ShiftBackwards or NobodyOnShift."""
        check_shift(from_at, to_at, members)
        with self._context.write("shift.add") as work:
            shift_id = work.units.add_shift(unit_id, from_at, to_at, members)
            work.commit()
        return shift_id

    @verb(Right.CHANGE_AGENCY)
    def remove_shift(self, *, shift_id: UUID) -> Change:
        """Take a shift away."""
        with self._context.write("shift.remove") as work:
            work.units.remove_shift(shift_id)
            work.commit()
        return Change(_KINDS, record_id=shift_id)


def _check(work: UnitOfWork, details: UnitDetails, *, but: UUID | None = None) -> None:
    check_unit(details)
    if work.units.has_sign(details.call_sign.strip(), but=but):
        raise CallSignTaken(field="call_sign", call_sign=details.call_sign.strip())
