"""Handing cases on with a look before: one, many, or everything of somebody who leaves; cover while away."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.cases import check_open
from caseapp.domain.changes import Change, Kind
from caseapp.domain.errors import WorkedOnSince
from caseapp.domain.transfers import (
    Absence,
    Left,
    Moving,
    NothingChosen,
    ReceiverCannotHold,
    SameWorker,
    check_absence,
    covered_by,
)
from caseapp.services.context import Context, Service, verb
from caseapp.services.groups import cases_with_names, members_of
from caseapp.services.triage_queue import may_hold_a_case
from caseapp.store.unit_of_work import UnitOfWork

_KINDS = frozenset({Kind.CASE, Kind.FOLLOW_UP, Kind.ENCOUNTER})
_AHEAD = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Transferred:
    """What was handed on, with what is needed to take it back."""

    to_id: UUID
    cases: tuple[tuple[UUID, UUID], ...]
    follow_ups: tuple[tuple[UUID, UUID], ...]
    taken: tuple[tuple[UUID, UUID], ...]
    change: Change
    team: tuple[UUID, ...] = ()
    """The periods on teams that ended with it."""


class TransferService(Service):
    """Transfers and absences."""

    @verb(Right.LEAD_TEAM)
    def preview(self, *, staff_id: UUID) -> Left:
        """Everything a worker holds, each case with what would go along; sealed people's left out."""
        with self._context.read("transfer.preview") as work:
            return self._left(work, staff_id)

    @verb(Right.LEAD_TEAM)
    def transfer(self, *, case_ids: tuple[UUID, ...], to_id: UUID, reason: str = "") -> Transferred:
        """Give cases and what is planned with their people, on any of their records, to another worker today.

        Whoever worked before keeps the credit of their time. Raises NothingChosen, SameWorker,
        ReceiverCannotHold, CaseEnded or Sealed; then nothing is moved.
        """
        if not case_ids:
            raise NothingChosen()
        with self._context.write("transfer.cases") as work:
            self._check_receiver(work, to_id)
            done = [self._move(work, case_id, to_id) for case_id in case_ids]
            work.about(*case_ids)
            work.commit(reason=reason)
        return Transferred(
            to_id=to_id,
            cases=tuple((case_id, from_id) for case_id, from_id, _moved in done),
            follow_ups=tuple((one, from_id) for _case, from_id, moved in done for one in moved),
            taken=(),
            change=Change(_KINDS),
        )

    @verb(Right.LEAD_TEAM)
    def transfer_everything(self, *, from_id: UUID, to_id: UUID, reason: str = "") -> Transferred:
        """Everything of somebody who leaves: cases, promises, people taken from calls.

        Raises SameWorker or ReceiverCannotHold. Sealed people that the actor may not open stay, and are
        in nobody's preview. Notes stay: only who wrote a note signs it.
        """
        if from_id == to_id:
            raise SameWorker()
        with self._context.write("transfer.everything") as work:
            self._check_receiver(work, to_id)
            left = self._left(work, from_id)
            done = [self._move(work, one.case_id, to_id) for one in left.cases]
            others = work.transfers.move_follow_ups(
                from_id=from_id, to_id=to_id, person_ids=self._open_people(work, from_id)
            )
            taken = work.transfers.taken(from_id)
            work.transfers.give_taken(taken, to_id)
            team = work.transfers.end_team(from_id, on=self._context.today())
            work.about(from_id, to_id)
            work.commit(reason=reason)
        moved = (*(one for _case, _from, each in done for one in each), *others)
        return Transferred(
            to_id=to_id,
            cases=tuple((case_id, before) for case_id, before, _moved in done),
            follow_ups=tuple((one, from_id) for one in moved),
            taken=tuple((one, from_id) for one in taken),
            change=Change(_KINDS),
            team=team,
        )

    @verb(Right.LEAD_TEAM)
    def take_back(self, *, transferred: Transferred) -> Change:
        """Undo a transfer made a moment ago; raises Sealed, or WorkedOnSince where any of it changed.

        Nothing is moved then: what the receiver did, or gave on, stays theirs.
        """
        with self._context.write("transfer.take-back") as work:
            for case_id, _from_id in transferred.cases:
                case = work.cases.get(case_id)
                self._context.open_person(work, case.person_id, verb="transfer.take-back")
                if case.primary_id != transferred.to_id or case.closed_on is not None:
                    raise WorkedOnSince()
            if not work.transfers.holds(
                transferred.to_id,
                follow_up_ids=[one for one, _from_id in transferred.follow_ups],
                encounter_ids=[one for one, _from_id in transferred.taken],
            ):
                raise WorkedOnSince()
            for case_id, from_id in transferred.cases:
                work.cases.assign(case_id, from_id, from_on=self._context.today(), is_primary=True)
            for follow_up_id, from_id in transferred.follow_ups:
                work.transfers.own_follow_ups((follow_up_id,), from_id)
            for encounter_id, from_id in transferred.taken:
                work.transfers.give_taken((encounter_id,), from_id)
            work.transfers.rejoin_team(transferred.team)
            work.commit(reason="taken back")
        return Change(_KINDS)

    @verb(Right.SEE_STAFF)
    def absences(self) -> list[Absence]:
        """Who is away from today on, soonest first, and who stands in."""
        today = self._context.today()
        with self._context.read("absence.list") as work:
            return work.transfers.absences(from_on=today, to_on=today + _AHEAD)

    @verb(Right.LEAD_TEAM)
    def add_absence(self, *, staff_id: UUID, from_on: date, to_on: date, cover_id: UUID | None) -> Change:
        """Write that somebody is away and who stands in; raises DaysOutOfOrder or CoverIsSelf."""
        check_absence(staff_id=staff_id, cover_id=cover_id, from_on=from_on, to_on=to_on)
        with self._context.write("absence.add") as work:
            work.transfers.add_absence(staff_id=staff_id, cover_id=cover_id, from_on=from_on, to_on=to_on)
            work.commit()
        return Change(frozenset({Kind.STAFF, Kind.FOLLOW_UP}), record_id=staff_id)

    @verb(Right.LEAD_TEAM)
    def remove_absence(self, *, absence_id: UUID) -> Change:
        """Take an absence back, because the plan changed."""
        with self._context.write("absence.remove") as work:
            work.transfers.remove_absence(absence_id)
            work.commit()
        return Change(frozenset({Kind.STAFF, Kind.FOLLOW_UP}))

    def _move(self, work: UnitOfWork, case_id: UUID, to_id: UUID) -> tuple[UUID, UUID, tuple[UUID, ...]]:
        case = work.cases.get(case_id)
        self._context.open_person(work, case.person_id, verb="transfer.cases")
        check_open(case)
        if case.primary_id == to_id:
            raise SameWorker()
        work.cases.assign(case_id, to_id, from_on=self._context.today(), is_primary=True)
        moved = work.transfers.move_follow_ups(
            from_id=case.primary_id,
            to_id=to_id,
            person_ids=members_of(self._context, work, case.person_id),
        )
        return case_id, case.primary_id, moved

    def _check_receiver(self, work: UnitOfWork, to_id: UUID) -> None:
        receiver = work.staff.get(to_id)
        if not receiver.is_active or not may_hold_a_case(receiver):
            raise ReceiverCannotHold(name=receiver.details.name)

    def _left(self, work: UnitOfWork, staff_id: UUID) -> Left:
        counts = work.transfers.planned_counts(staff_id)
        closed = self._context.closed(work, counts)
        held = [row for row in work.cases.caseload(staff_id=staff_id) if row.case.primary_id == staff_id]
        rows = cases_with_names(
            self._context, work, self._context.only_open(work, held, lambda row: row.case.person_id)
        )
        whole = work.links.groups(row.case.person_id for row in rows)
        cases = tuple(
            Moving(
                case_id=row.case.id,
                number=row.case.number,
                person_id=row.case.person_id,
                person_name=row.case.person_name,
                from_id=row.case.primary_id,
                from_name=row.case.primary_name,
                next_step=row.next_step,
                next_step_on=row.next_step_on,
                follow_ups=sum(counts[one] for one in whole[row.case.person_id] - closed),
            )
            for row in rows
        )
        inside = closed.union(*whole.values())
        return Left(
            cases=cases,
            other_follow_ups=sum(count for person_id, count in counts.items() if person_id not in inside),
            taken_from_calls=len(work.transfers.taken(staff_id)),
            unsigned_notes=sum(
                bool(one.details.note.text) for one in work.contacts.unsigned(staff_id=staff_id)
            ),
        )

    def _open_people(self, work: UnitOfWork, owner_id: UUID) -> set[UUID]:
        counts = work.transfers.planned_counts(owner_id)
        return set(counts) - self._context.closed(work, counts)


def covered(context: Context, work: UnitOfWork) -> frozenset[UUID]:
    """For whom the actor stands in today."""
    today = context.today()
    return covered_by(
        work.transfers.absences(from_on=today, to_on=today), cover_id=context.actor.staff_id, day=today
    )
