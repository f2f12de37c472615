"""Cases and promises handed from one member of staff to another, and who stands in for whom."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from caseapp.domain.follow_ups import Status
from caseapp.domain.transfers import Absence
from caseapp.domain.triage import State
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import EncounterRow
from caseapp.store.tables.cases import CaseAssignmentRow, FollowUpRow
from caseapp.store.tables.staff import StaffAbsenceRow, StaffRow


class TransferStore(Repository):
    """Reads and writes across nouns what belongs to a worker."""

    def planned_counts(self, owner_id: UUID) -> Counter[UUID]:
        """Planned follow-ups of an owner, by person."""
        query = (
            select(FollowUpRow.person_id, func.count())
            .where(FollowUpRow.owner_id == owner_id, FollowUpRow.status == Status.PLANNED)
            .group_by(FollowUpRow.person_id)
        )
        return Counter({row[0]: row[1] for row in self._session.execute(query)})

    def move_follow_ups(
        self, *, from_id: UUID, to_id: UUID, person_ids: Collection[UUID]
    ) -> tuple[UUID, ...]:
        """Give planned follow-ups of some people another owner; returns which."""
        query = select(FollowUpRow).where(
            FollowUpRow.owner_id == from_id,
            FollowUpRow.status == Status.PLANNED,
            FollowUpRow.person_id.in_(person_ids),
        )
        rows = list(self._session.scalars(query))
        for row in rows:
            row.owner_id = to_id
        return tuple(row.id for row in rows)

    def own_follow_ups(self, follow_up_ids: Collection[UUID], owner_id: UUID) -> None:
        """Give these back to an owner."""
        for row in self._session.scalars(select(FollowUpRow).where(FollowUpRow.id.in_(follow_up_ids))):
            row.owner_id = owner_id

    def taken(self, staff_id: UUID) -> list[UUID]:
        """Encounters somebody took and whose person is not known yet."""
        query = select(EncounterRow.id).where(
            EncounterRow.triage == "taken", EncounterRow.triage_to == staff_id
        )
        return list(self._session.scalars(query))

    def give_taken(self, encounter_ids: Collection[UUID], staff_id: UUID) -> None:
        """Give encounters that were taken to somebody else."""
        for row in self._session.scalars(select(EncounterRow).where(EncounterRow.id.in_(encounter_ids))):
            row.triage_to = staff_id

    def absences(self, *, from_on: date, to_on: date) -> list[Absence]:
        """Absences that touch a span, soonest first."""
        cover = aliased(StaffRow)
        query = (
            select(StaffAbsenceRow, StaffRow.name, cover.name)
            .join(StaffRow, StaffRow.id == StaffAbsenceRow.staff_id)
            .outerjoin(cover, cover.id == StaffAbsenceRow.cover_id)
            .where(StaffAbsenceRow.from_on <= to_on, StaffAbsenceRow.to_on >= from_on)
            .order_by(StaffAbsenceRow.from_on, StaffRow.name)
        )
        return [
            Absence(row.id, row.staff_id, name, row.from_on, row.to_on, row.cover_id, cover_name or "")
            for row, name, cover_name in self._session.execute(query)
        ]

    def add_absence(self, *, staff_id: UUID, cover_id: UUID | None, from_on: date, to_on: date) -> UUID:
        """Write that somebody is away."""
        absence_id = self._new_id()
        self._session.add(
            StaffAbsenceRow(id=absence_id, staff_id=staff_id, cover_id=cover_id, from_on=from_on, to_on=to_on)
        )
        return absence_id

    def remove_absence(self, absence_id: UUID) -> None:
        """Take an absence back."""
        self._session.delete(self._get(StaffAbsenceRow, absence_id))

    def holds(
        self, staff_id: UUID, *, follow_up_ids: Collection[UUID], encounter_ids: Collection[UUID]
    ) -> bool:
        """Whether these are still planned, or taken and waiting, in somebody's name."""
        planned = select(func.count()).where(
            FollowUpRow.id.in_(follow_up_ids),
            FollowUpRow.owner_id == staff_id,
            FollowUpRow.status == Status.PLANNED,
        )
        taken = select(func.count()).where(
            EncounterRow.id.in_(encounter_ids),
            EncounterRow.triage == State.TAKEN.value,
            EncounterRow.triage_to == staff_id,
        )
        return self._session.scalar(planned) == len(follow_up_ids) and (
            self._session.scalar(taken) == len(encounter_ids)
        )

    def rejoin_team(self, period_ids: Collection[UUID]) -> None:
        """Let periods on teams go on that were ended, but where somebody is on the team again already."""
        again = aliased(CaseAssignmentRow)
        is_back = exists().where(
            again.case_id == CaseAssignmentRow.case_id,
            again.staff_id == CaseAssignmentRow.staff_id,
            again.to_on.is_(None),
        )
        query = select(CaseAssignmentRow).where(CaseAssignmentRow.id.in_(period_ids), ~is_back)
        for row in list(self._session.scalars(query)):
            row.to_on = None

    def end_team(self, staff_id: UUID, *, on: date) -> tuple[UUID, ...]:
        """End the periods on teams of somebody who leaves, primary ones aside; returns which."""
        query = select(CaseAssignmentRow).where(
            CaseAssignmentRow.staff_id == staff_id,
            CaseAssignmentRow.to_on.is_(None),
            CaseAssignmentRow.is_primary.is_(False),
        )
        rows = list(self._session.scalars(query))
        for row in rows:
            row.to_on = on
        return tuple(row.id for row in rows)
