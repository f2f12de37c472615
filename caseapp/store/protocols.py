"""Protocols in the database, and the days on which the agency is closed."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from caseapp.domain.errors import NoSuchRecord
from caseapp.domain.open_days import ClosureDay, OpenDays
from caseapp.domain.protocols import Protocol, Step, after_of, kept_after
from caseapp.store.repository import Repository
from caseapp.store.tables.cases import ClosureDayRow, ProtocolRow, ProtocolStepRow
from caseapp.store.tables.staff import SettingRow, StaffAbsenceRow

_SETTING = "open-days"


class ProtocolStore(Repository):
    """Reads and writes editions of protocols, closure days and absences."""

    def steps(self, protocol: Protocol) -> dict[str, UUID]:
        """Code of a step -> its id in this edition, which is written when it is first used."""
        query = select(ProtocolRow.id).where(
            ProtocolRow.code == protocol.code, ProtocolRow.edition == protocol.edition
        )
        protocol_id = self._session.scalar(query)
        if protocol_id is None:
            return self._add(protocol)
        found = self._session.execute(
            select(ProtocolStepRow.code, ProtocolStepRow.id).where(ProtocolStepRow.protocol_id == protocol_id)
        )
        return {row.code: row.id for row in found}

    def newest(self) -> list[tuple[Protocol, bool]]:
        """The newest edition of each code that was used or added here, and whether it is retired."""
        rows = self._session.scalars(select(ProtocolRow).order_by(ProtocolRow.code, ProtocolRow.edition))
        newest = {row.code: row for row in rows}
        return [(self._read(row), row.retired_on is not None) for row in newest.values()]

    def retire(self, protocol: Protocol, *, on: date | None) -> None:
        """Take an edition out of use from a day on, or bring it back."""
        self.steps(protocol)
        self._session.flush()
        row = self._session.scalars(
            select(ProtocolRow).where(
                ProtocolRow.code == protocol.code, ProtocolRow.edition == protocol.edition
            )
        ).one()
        row.retired_on = on

    def open_days(self) -> OpenDays:
        """The agency's calendar as it stands."""
        value = self._session.scalar(select(SettingRow.value).where(SettingRow.name == _SETTING)) or {}
        usual = OpenDays()
        return OpenDays(
            weekdays=frozenset(value.get("weekdays", usual.weekdays)),
            with_federal=bool(value.get("with_federal", usual.with_federal)),
            own={one.on: one for one in self.closures()},
        )

    def set_open_days(self, days: OpenDays) -> None:
        """Write the weekdays, and whether the federal days close the agency."""
        row = self._session.scalars(select(SettingRow).where(SettingRow.name == _SETTING)).first()
        if row is None:
            row = SettingRow(id=self._new_id(), name=_SETTING)
            self._session.add(row)
        row.value = {"weekdays": sorted(days.weekdays), "with_federal": days.with_federal}

    def closures(self) -> list[ClosureDay]:
        """The agency's own days in order."""
        rows = self._session.scalars(select(ClosureDayRow).order_by(ClosureDayRow.on))
        return [ClosureDay(row.on, row.name, row.is_open) for row in rows]

    def put_closure(self, day: ClosureDay) -> None:
        """Write a day, over what was said of it before."""
        row = self._closure(day.on)
        if row is None:
            row = ClosureDayRow(id=self._new_id(), on=day.on)
            self._session.add(row)
        row.name, row.is_open = day.name, day.is_open

    def drop_closure(self, on: date) -> None:
        """Forget a day; raises NoSuchRecord."""
        row = self._closure(on)
        if row is None:
            raise NoSuchRecord()
        self._session.delete(row)

    def absences(self, first: date, last: date) -> list[tuple[UUID, date, date]]:
        """Who is away on days of a span: staff, from, to."""
        query = select(StaffAbsenceRow).where(StaffAbsenceRow.from_on <= last, StaffAbsenceRow.to_on >= first)
        return [(row.staff_id, row.from_on, row.to_on) for row in self._session.scalars(query)]

    def _closure(self, on: date) -> ClosureDayRow | None:
        return self._session.scalars(select(ClosureDayRow).where(ClosureDayRow.on == on)).first()

    def _read(self, row: ProtocolRow) -> Protocol:
        query = (
            select(ProtocolStepRow)
            .where(ProtocolStepRow.protocol_id == row.id)
            .order_by(ProtocolStepRow.position)
        )
        steps = tuple(_to_step(step) for step in self._session.scalars(query))
        return Protocol(row.code, row.name, row.edition, row.source, steps)

    def _add(self, protocol: Protocol) -> dict[str, UUID]:
        protocol_id = self._new_id()
        self._session.add(
            ProtocolRow(
                id=protocol_id,
                code=protocol.code,
                name=protocol.name,
                edition=protocol.edition,
                source=protocol.source,
            )
        )
        ids: dict[str, UUID] = {}
        for position, step in enumerate(protocol.steps):
            ids[step.code] = self._new_id()
            self._session.add(
                ProtocolStepRow(
                    id=ids[step.code],
                    protocol_id=protocol_id,
                    position=position,
                    code=step.code,
                    what=step.what,
                    channel=step.channel,
                    earliest_days=step.earliest_days,
                    latest_days=step.latest_days,
                    is_business_days=step.is_business,
                    due_days=step.due_days,
                    due_hours=step.due_hours,
                    latest_hours=step.latest_hours,
                    rule=step.rule,
                    after=kept_after(step.after),
                )
            )
        return ids


def _to_step(row: ProtocolStepRow) -> Step:
    return Step(
        code=row.code,
        what=row.what,
        channel=row.channel,
        due_days=row.due_days or 0,
        earliest_days=row.earliest_days,
        latest_days=row.latest_days,
        due_hours=row.due_hours,
        latest_hours=row.latest_hours,
        is_business=row.is_business_days,
        rule=row.rule,
        after=after_of(row.after or {}),
    )
