"""The queue of triage, and what members of staff carry."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CompoundSelect, func, select

from caseapp.domain.encounters import StatedIdentity
from caseapp.domain.follow_ups import Status
from caseapp.domain.people import PersonKind
from caseapp.domain.triage import Arrival, Standing, State
from caseapp.store.repository import Repository
from caseapp.store.tables.base import Base
from caseapp.store.tables.calls import CallRow, EncounterRow, ResponseRow
from caseapp.store.tables.cases import CaseAssignmentRow, CaseFileRow, FollowUpRow
from caseapp.store.tables.people import PersonRow
from caseapp.store.tables.staff import StaffAbsenceRow, StaffRow

_HARM = ("use_of_force", "injuries", "involuntary_hold", "arrest")
_QUIET = ("", "none", "unknown")


class TriageStore(Repository):
    """Reads and writes what waits for a decision."""

    def waiting(self, since: datetime) -> list[Arrival]:
        """New encounters since an instant, and all handed over or taken, however old; oldest first."""
        query = (
            select(EncounterRow, CallRow, PersonRow, StaffRow.name)
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .outerjoin(PersonRow, PersonRow.id == EncounterRow.person_id)
            .outerjoin(StaffRow, StaffRow.id == EncounterRow.triage_to)
            .where(EncounterRow.id.in_(_waiting(since)))
            .order_by(CallRow.received_at)
        )
        rows = list(self._session.execute(query))
        models = self._models([call.id for _encounter, call, _person, _staff in rows])
        return [_arrival(*row, models=models.get(row[1].id, ())) for row in rows]

    def standing(self, encounter_id: UUID) -> Standing:
        """Where an encounter stands now."""
        row = self._get(EncounterRow, encounter_id)
        return Standing(State(row.triage), row.triage_note, row.triage_to)

    def written_in(self, case_id: UUID) -> frozenset[tuple[UUID, int]]:
        """Everything that stands in a case, each with its version: whoever compares sees what was written.

        Periods on the team have no version; a change of the team adds one.
        """
        self._session.flush()
        found = {(case_id, self._get(CaseFileRow, case_id).version)}
        for mapper in Base.registry.mappers:
            if "case_id" in mapper.columns:
                rows = self._session.scalars(select(mapper.class_).where(mapper.columns.case_id == case_id))
                found |= {(row.id, getattr(row, "version", 0)) for row in rows}
        return frozenset(found)

    def decide(
        self, encounter_id: UUID, state: State, *, note: str = "", staff_id: UUID | None = None
    ) -> None:
        """Write that somebody took it up, merged it, declined it, or handed it over, and why."""
        row = self._get(EncounterRow, encounter_id)
        row.triage, row.triage_note, row.triage_to, row.triage_at = state.value, note, staff_id, self._now

    def open_cases(self) -> dict[UUID, int]:
        """Open cases by their primary worker now."""
        query = (
            select(CaseAssignmentRow.staff_id, func.count())
            .join(CaseFileRow, CaseFileRow.id == CaseAssignmentRow.case_id)
            .where(
                CaseFileRow.closed_on.is_(None),
                CaseAssignmentRow.is_primary,
                CaseAssignmentRow.to_on.is_(None),
            )
            .group_by(CaseAssignmentRow.staff_id)
        )
        return {row[0]: row[1] for row in self._session.execute(query)}

    def planned_until(self, day: date) -> dict[UUID, int]:
        """Planned follow-ups due before or on a day, by owner."""
        query = (
            select(FollowUpRow.owner_id, func.count())
            .where(FollowUpRow.status == Status.PLANNED, FollowUpRow.due_on <= day)
            .group_by(FollowUpRow.owner_id)
        )
        return {row[0]: row[1] for row in self._session.execute(query)}

    def away(self, day: date) -> set[UUID]:
        """Who is away on a day."""
        query = select(StaffAbsenceRow.staff_id).where(
            StaffAbsenceRow.from_on <= day, StaffAbsenceRow.to_on >= day
        )
        return set(self._session.scalars(query))

    def _models(self, call_ids: list[UUID]) -> dict[UUID, tuple[str, ...]]:
        query = select(ResponseRow.call_id, ResponseRow.model).where(ResponseRow.call_id.in_(call_ids))
        found: dict[UUID, dict[str, None]] = {}
        for row in self._session.execute(query):
            found.setdefault(row.call_id, {})[row.model.value] = None
        return {call_id: tuple(models) for call_id, models in found.items()}


def _waiting(since: datetime) -> CompoundSelect[UUID]:
    """Two reads by their own indexes; as one condition it would read every meeting there ever was."""
    new = (
        select(EncounterRow.id)
        .join(CallRow, CallRow.id == EncounterRow.call_id)
        .where(CallRow.received_at >= since, EncounterRow.triage == State.NEW.value)
    )
    handed = select(EncounterRow.id).where(EncounterRow.triage == State.HANDED.value)
    taken = select(EncounterRow.id).where(EncounterRow.triage == State.TAKEN.value)
    return new.union_all(handed, taken)


def _arrival(
    row: EncounterRow,
    call: CallRow,
    person: PersonRow | None,
    staff: str | None,
    *,
    models: tuple[str, ...],
) -> Arrival:
    stated = StatedIdentity(name=row.stated_name, age=row.stated_age, description=row.stated_description)
    return Arrival(
        encounter_id=row.id,
        call_id=call.id,
        person_id=row.person_id,
        name=person.display_name if person else stated.words,
        call_number=call.number,
        type_text=call.type_text or call.type_initial_text,
        place=call.place or call.city,
        received_at=call.received_at,
        follow_up_wished=row.follow_up_wished,
        state=State(row.triage),
        note=row.triage_note,
        models=models,
        outcome=row.outcome,
        is_unsafe=any(getattr(row, part) not in _QUIET for part in _HARM),
        taken_by=row.triage_to,
        taken_by_name=staff or "",
        is_unknown=person is not None and person.kind is PersonKind.UNKNOWN,
    )
