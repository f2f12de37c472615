"""Episodes of follow-up: open, assign, close."""

from dataclasses import dataclass, replace
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.cases import (
    Case,
    CaseAlreadyOpen,
    CaseRow,
    Goal,
    Reopening,
    TeamPeriod,
    check_goal,
    check_open,
    decide_close,
    decide_reopen,
)
from caseapp.domain.changes import Change, Kind
from caseapp.domain.follow_ups import FollowUp, check_plan, soonest
from caseapp.domain.triage import State
from caseapp.services.contacts import NextStep
from caseapp.services.context import Context, Service, verb
from caseapp.services.follow_ups import FollowUpService
from caseapp.services.groups import called, cases_with_names, members_of, open_case, within_scope

_KINDS = frozenset({Kind.CASE, Kind.FOLLOW_UP})


@dataclass(frozen=True, slots=True)
class NewCase:
    """What the form of a new episode says; the first step is optional, but its lack is an exception."""

    person_id: UUID
    opened_from: str
    primary_id: UUID
    program: str = ""
    goals: tuple[Goal, ...] = ()
    first_step: NextStep | None = None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case read whole: the team over time, the steps ahead, and which episode with the person it is."""

    case: Case
    periods: tuple[TeamPeriod, ...]
    reopenings: tuple[Reopening, ...]
    steps: tuple[FollowUp, ...]
    episode: int
    episodes: int


class CaseService(Service):
    """Cases."""

    def __init__(self, context: Context, follow_ups: FollowUpService) -> None:
        super().__init__(context)
        self._follow_ups = follow_ups

    @verb(Right.SEE_CASES)
    def open(self, *, case_id: UUID) -> CaseFile:
        """One case read whole; the opening is journaled. Raises Sealed or BeyondScope."""
        with self._context.write("case.read") as work:
            case = work.cases.get(case_id)
            self._context.open_case(work, case, verb="case.read")
            people = members_of(self._context, work, case.person_id)
            episodes = sorted(
                (one for each in people for one in work.cases.of_person(each)),
                key=lambda one: (one.opened_on, one.number),
            )
            steps = [one for each in people for one in work.follow_ups.planned(person_id=each)]
            names = called(self._context, work, [case.person_id])
            work.note("opened", subjects=(case_id, case.person_id))
            work.commit()
            return CaseFile(
                case=replace(case, person_name=names.get(case.person_id, case.person_name)),
                periods=work.cases.periods(case_id),
                reopenings=work.cases.reopenings(case_id),
                steps=tuple(sorted(steps, key=soonest)),
                episode=[one.id for one in episodes].index(case_id) + 1,
                episodes=len(episodes),
            )

    @verb(Right.CHANGE_CASES)
    def open_episode(self, *, new: NewCase) -> Case:
        """Open a case with its first dated step as one; raises what `open_case` raises, WhatMissing or
        DueInPast."""
        today, step = self._context.today(), new.first_step
        if step is not None:
            check_plan(what=step.what, due_on=step.when.on, today=today)
        goals = tuple(check_goal(one) for one in new.goals)
        with self._context.write("case.open") as work:
            self._context.open_person(work, new.person_id, verb="case.open")
            standing = open_case(self._context, work, new.person_id)
            if standing:
                raise CaseAlreadyOpen(number=standing.number)
            case_id = work.cases.add(
                person_id=new.person_id,
                opened_on=today,
                opened_from=new.opened_from,
                primary_id=new.primary_id,
                program_id=work.agency.program_ids().get(new.program),
            )
            for position, goal in enumerate(goals):
                work.cases.add_goal(case_id, goal, position=position)
            if step is not None:
                work.follow_ups.add(
                    person_id=new.person_id,
                    what=step.what.strip(),
                    channel=step.channel,
                    due_on=step.when.on,
                    due_at=self._follow_ups.instant(step.when.on, step.when.at),
                    owner_id=new.primary_id,
                    case_id=case_id,
                )
            work.commit()
            return work.cases.get(case_id)

    @verb(Right.CHANGE_CASES)
    def add_goal(self, *, case_id: UUID, goal: Goal) -> Change:
        """Write a need in the person's words; raises GoalEmpty, CaseEnded or Sealed."""
        goal = check_goal(goal)
        with self._context.write("case.add-goal") as work:
            case = work.cases.get(case_id)
            self._context.open_case(work, case, verb="case.add-goal")
            check_open(case)
            work.cases.add_goal(case_id, goal, position=len(case.goals))
            work.commit()
        return Change(_KINDS, person_id=case.person_id, record_id=case_id)

    @verb(Right.CHANGE_CASES)
    def change_goal(self, *, goal_id: UUID, status: str) -> Change:
        """Write how far a need is; raises CaseEnded or Sealed."""
        with self._context.write("case.change-goal") as work:
            case = work.cases.get(work.cases.goal_case(goal_id))
            self._context.open_case(work, case, verb="case.change-goal")
            check_open(case)
            work.cases.change_goal(goal_id, status=status)
            work.about(case.id)
            work.commit()
        return Change(_KINDS, person_id=case.person_id, record_id=case.id)

    @verb(Right.CHANGE_CASES)
    def leave_team(self, *, case_id: UUID, staff_id: UUID) -> Change:
        """End somebody's time on the team today; raises Sealed."""
        with self._context.write("case.leave-team") as work:
            case = work.cases.get(case_id)
            self._context.open_case(work, case, verb="case.leave-team")
            work.cases.leave_team(case_id, staff_id, on=self._context.today())
            work.about(case_id)
            work.commit()
        return Change(_KINDS, person_id=case.person_id, record_id=case_id)

    @verb(Right.CHANGE_CASES)
    def reopen(self, *, case_id: UUID, reason: str, version: int) -> Change:
        """Take up an ended case again; how it had ended stays on record.

        Raises NotClosed, ReopenReasonMissing, CaseAlreadyOpen, StaleRecord or Sealed.
        """
        with self._context.write("case.reopen") as work:
            case = work.cases.get(case_id)
            self._context.open_case(work, case, verb="case.reopen")
            standing = open_case(self._context, work, case.person_id)
            words = decide_reopen(case=case, standing=standing, reason=reason)
            work.cases.reopen(case_id, on=self._context.today(), reason=words, version=version)
            work.commit(reason=words)
        return Change(_KINDS, person_id=case.person_id, record_id=case_id)

    @verb(Right.SEE_CASES)
    def caseload(self, *, only_mine: bool = False, is_open: bool = True) -> list[CaseRow]:
        """Open or ended cases, those without a next step first; without those beyond seal or scope."""
        staff_id = self._context.actor.staff_id if only_mine else None
        with self._context.read("case.list") as work:
            rows = work.cases.caseload(staff_id=staff_id, is_open=is_open)
            rows = within_scope(self._context, work, rows)
            return cases_with_names(self._context, work, rows)

    @verb(Right.CHANGE_CASES)
    def open_case(
        self,
        *,
        person_id: UUID,
        opened_from: str,
        primary_id: UUID | None = None,
        encounter_id: UUID | None = None,
        goals: tuple[Goal, ...] = (),
        team: tuple[UUID, ...] = (),
    ) -> Case:
        """Open an episode; raises CaseAlreadyOpen. Without a primary worker it is the actor's."""
        today = self._context.today()
        primary = primary_id or self._context.actor.staff_id
        with self._context.write("case.open") as work:
            self._context.open_person(work, person_id, verb="case.open")
            standing = open_case(self._context, work, person_id)
            if standing:
                raise CaseAlreadyOpen(number=standing.number)
            case_id = work.cases.add(
                person_id=person_id,
                opened_on=today,
                opened_from=opened_from,
                primary_id=primary,
                encounter_id=encounter_id,
            )
            for staff_id in team:
                work.cases.assign(case_id, staff_id, from_on=today, is_primary=False)
            for position, goal in enumerate(goals):
                work.cases.add_goal(case_id, goal, position=position)
            if encounter_id:
                work.triage.decide(encounter_id, State.CASE, staff_id=primary)
            work.commit()
            return work.cases.get(case_id)

    @verb(Right.CHANGE_CASES)
    def assign(self, *, case_id: UUID, staff_id: UUID, is_primary: bool) -> Change:
        """Put somebody on the team from today; a new primary worker ends the former one's period.

        Raises CaseEnded.
        """
        with self._context.write("case.assign") as work:
            case = work.cases.get(case_id)
            self._context.open_case(work, case, verb="case.assign")
            check_open(case)
            work.cases.assign(case_id, staff_id, from_on=self._context.today(), is_primary=is_primary)
            work.about(case_id)
            work.commit()
        return Change(_KINDS, record_id=case_id)

    @verb(Right.CHANGE_CASES)
    def close(self, *, case_id: UUID, reason: str, outcome: str, version: int) -> Change:
        """End an episode, and with it the steps still planned for it, so that nothing is due after the end.

        Raises AlreadyClosed, CloseReasonMissing or StaleRecord.
        """
        with self._context.write("case.close") as work:
            case = work.cases.get(case_id)
            self._context.open_case(work, case, verb="case.close")
            decide_close(case=case, reason=reason, outcome=outcome)
            work.cases.close(
                case_id, on=self._context.today(), reason=reason, outcome=outcome, version=version
            )
            for step in work.follow_ups.planned(case_id=case_id):
                work.follow_ups.cancel(step, reason=f"case {case.number} closed")
            work.commit(reason=reason)
        return Change(_KINDS, person_id=case.person_id, record_id=case_id)
