"""Units, responders with their courses, and shifts."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from caseapp.domain.units import (
    Credential,
    Responder,
    ResponderDetails,
    Shift,
    Training,
    Unit,
    UnitDetails,
)
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import CitTrainingRow, ResponderRow, ShiftMemberRow, ShiftRow, UnitRow


class UnitStore(Repository):
    """Reads and writes who answers calls."""

    def units(self) -> list[Unit]:
        """Every unit by its call sign."""
        rows = self._session.scalars(select(UnitRow).order_by(UnitRow.call_sign))
        return [
            Unit(
                row.id,
                row.version,
                UnitDetails(row.call_sign, row.name, row.model, row.agency, row.is_ours, row.retired_on),
            )
            for row in rows
        ]

    def has_sign(self, call_sign: str, *, but: UUID | None = None) -> bool:
        """Whether another unit has a call sign."""
        found = self._session.scalar(select(UnitRow.id).where(UnitRow.call_sign == call_sign))
        return found is not None and found != but

    def add_unit(self, details: UnitDetails) -> UUID:
        """Write a new unit."""
        unit_id = self._new_id()
        self._session.add(UnitRow(id=unit_id, **_unit(details)))
        return unit_id

    def change_unit(self, unit_id: UUID, details: UnitDetails, *, version: int) -> None:
        """Write a unit anew; raises StaleRecord."""
        row = self._get(UnitRow, unit_id, version=version)
        for name, value in _unit(details).items():
            setattr(row, name, value)

    def responders(self) -> list[Responder]:
        """Every responder by name, with the courses taken."""
        courses: dict[UUID, list[Training]] = {}
        query = select(CitTrainingRow).order_by(CitTrainingRow.on.desc(), CitTrainingRow.id.desc())
        for row in self._session.scalars(query):
            courses.setdefault(row.responder_id, []).append(Training(row.on, row.hours, row.refresher_due))
        rows = self._session.scalars(select(ResponderRow).order_by(ResponderRow.name, ResponderRow.id))
        return [_responder(row, tuple(courses.get(row.id, ()))) for row in rows]

    def add_responder(self, details: ResponderDetails) -> UUID:
        """Write a new responder."""
        responder_id = self._new_id()
        self._session.add(ResponderRow(id=responder_id, **_person(details)))
        return responder_id

    def change_responder(self, responder_id: UUID, details: ResponderDetails, *, version: int) -> None:
        """Write a responder anew; raises StaleRecord."""
        row = self._get(ResponderRow, responder_id, version=version)
        for name, value in _person(details).items():
            setattr(row, name, value)

    def add_training(self, responder_id: UUID, training: Training) -> None:
        """Write a course that somebody took; raises NoSuchRecord."""
        self._get(ResponderRow, responder_id)
        self._session.add(
            CitTrainingRow(
                id=self._new_id(),
                responder_id=responder_id,
                on=training.on,
                hours=training.hours,
                refresher_due=training.refresher_due,
            )
        )

    def shifts(self, unit_id: UUID, *, since: datetime) -> list[Shift]:
        """A unit's shifts that end after an instant, the newest first."""
        query = (
            select(ShiftRow)
            .where(ShiftRow.unit_id == unit_id, ShiftRow.to_at > since)
            .order_by(ShiftRow.from_at.desc())
        )
        rows = list(self._session.scalars(query))
        crews: dict[UUID, list[UUID]] = {}
        members = select(ShiftMemberRow).where(ShiftMemberRow.shift_id.in_([row.id for row in rows]))
        for one in self._session.scalars(members):
            crews.setdefault(one.shift_id, []).append(one.responder_id)
        return [
            Shift(row.id, row.unit_id, row.from_at, row.to_at, tuple(crews.get(row.id, ()))) for row in rows
        ]

    def add_shift(self, unit_id: UUID, from_at: datetime, to_at: datetime, members: Iterable[UUID]) -> UUID:
        """Write who is on a unit; raises NoSuchRecord."""
        self._get(UnitRow, unit_id)
        shift_id = self._new_id()
        self._session.add(ShiftRow(id=shift_id, unit_id=unit_id, from_at=from_at, to_at=to_at))
        self._session.flush()
        for one in dict.fromkeys(members):
            self._session.add(ShiftMemberRow(shift_id=shift_id, responder_id=one))
        return shift_id

    def remove_shift(self, shift_id: UUID) -> None:
        """Take a shift away with its crew; raises NoSuchRecord."""
        row = self._get(ShiftRow, shift_id)
        self._session.execute(delete(ShiftMemberRow).where(ShiftMemberRow.shift_id == shift_id))
        self._session.delete(row)


def _unit(details: UnitDetails) -> dict[str, Any]:
    return {
        "call_sign": details.call_sign.strip(),
        "name": details.name.strip() or details.call_sign.strip(),
        "model": details.model,
        "agency": details.agency.strip(),
        "is_ours": details.is_ours,
        "retired_on": details.retired_on,
    }


def _person(details: ResponderDetails) -> dict[str, Any]:
    return {
        "name": details.name.strip(),
        "discipline": details.discipline,
        "agency": details.agency.strip(),
        "credentials": [
            {"name": one.name, "until": one.until.isoformat() if one.until else None}
            for one in details.credentials
        ],
        "languages": list(details.languages),
        "is_armed": details.is_armed,
        "left_on": details.left_on,
    }


def _responder(row: ResponderRow, trainings: tuple[Training, ...]) -> Responder:
    details = ResponderDetails(
        row.name,
        row.discipline,
        row.agency,
        tuple(map(_credential, row.credentials or ())),
        tuple(row.languages or ()),
        row.is_armed,
        row.left_on,
    )
    return Responder(row.id, row.version, details, trainings)


def _credential(stored: Any) -> Credential:
    """As it is kept; older files kept a name alone."""
    if isinstance(stored, str):
        return Credential(stored)
    until = stored.get("until")
    return Credential(stored.get("name", ""), date.fromisoformat(until) if until else None)
