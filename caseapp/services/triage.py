"""Triage: the queue of new encounters, and what is decided about each."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.cases import Case
from caseapp.domain.changes import Change, Kind
from caseapp.domain.contacts import Channel
from caseapp.domain.encounters import Encounter
from caseapp.domain.errors import WorkedOnSince
from caseapp.domain.protocols import NothingLeft
from caseapp.domain.triage import (
    Arrival,
    HasOpenCase,
    Load,
    NobodyLinked,
    NoOpenCase,
    Rules,
    Standing,
    State,
    check_as_seen,
    check_handing,
    check_reason,
    check_rules,
    check_untaken,
    check_waiting,
)
from caseapp.services.context import Service, verb
from caseapp.services.follow_ups_done import versions_of
from caseapp.services.groups import open_case
from caseapp.services.protocols import left_at, start_run
from caseapp.services.triage_queue import RULES, arrivals, loads, rules_of
from caseapp.store.unit_of_work import UnitOfWork

_KINDS = frozenset({Kind.ENCOUNTER, Kind.CASE, Kind.FOLLOW_UP})
_OUT = Standing(State.SEEN)
FIRST_CONTACT = "First contact after the call"


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision did, with what is needed to take it back."""

    encounter_id: UUID
    before: Standing
    after: Standing
    change: Change
    case_id: UUID | None = None
    follow_up_id: UUID | None = None
    made: frozenset[tuple[UUID, int]] = frozenset()
    """What the decision wrote, each with its version."""


class TriageService(Service):
    """The queue."""

    @verb(Right.SEE_CASES)
    def waiting(self) -> list[Arrival]:
        """Who waits for a decision by the agency's rules; of sealed people only that somebody waits."""
        with self._context.read("triage.queue") as work:
            return arrivals(self._context, work)

    @verb(Right.SEE_CASES)
    def loads(self) -> list[Load]:
        """What everybody who can hold a case carries, lightest first."""
        with self._context.read("triage.loads") as work:
            return loads(self._context, work)

    @verb(Right.SEE_STAFF)
    def rules(self) -> Rules:
        """The agency's rules of the queue."""
        with self._context.read("triage.rules") as work:
            return rules_of(work)

    @verb(Right.CHANGE_AGENCY)
    def change_rules(self, *, rules: Rules) -> Change:
        """Write the agency's own rules; raises HoursOutOfRange."""
        check_rules(rules)
        with self._context.write("triage.change-rules") as work:
            work.settings.put(RULES, rules.stored())
            work.commit()
        return Change(frozenset({Kind.AGENCY, Kind.ENCOUNTER}))

    @verb(Right.CHANGE_CASES)
    def take(
        self, *, encounter_id: UUID, protocol: str | None = None, seen: Standing | None = None
    ) -> Decided:
        """Take somebody up oneself: a case with its first steps where the person is known.

        They are those of a protocol, counted from the call: of the agency's rules, or of another by its
        code, or with an empty one a single first contact. `seen` is how it stood on the screen.

        Raises AlreadyDecided, HasOpenCase, ProtocolUnknown or Sealed.
        """
        return self._give(encounter_id, self._context.actor.staff_id, protocol, seen, verb="triage.take")

    @verb(Right.LEAD_TEAM)
    def assign(
        self,
        *,
        encounter_id: UUID,
        staff_id: UUID,
        protocol: str | None = None,
        seen: Standing | None = None,
    ) -> Decided:
        """Give somebody to a member of staff, as `take` does; raises what it raises."""
        return self._give(encounter_id, staff_id, protocol, seen, verb="triage.assign")

    @verb(Right.CHANGE_CASES)
    def merge(self, *, encounter_id: UUID, seen: Standing | None = None) -> Decided:
        """Put the call into the person's open case, whose worker gets a step for today.

        Raises AlreadyDecided, NobodyLinked, NoOpenCase or Sealed.
        """
        with self._context.write("triage.merge") as work:
            met, before = self._met(work, encounter_id, seen, verb="triage.merge")
            if met.person_id is None:
                raise NobodyLinked()
            case = open_case(self._context, work, met.person_id)
            if case is None:
                raise NoOpenCase()
            call = work.calls.get(met.call_id)
            done = self._decide(work, before, State.MERGED, note=case.number, staff_id=case.primary_id)
            step = self._step(
                work, case, met, what=f"New call {call.number}: decide what it changes", hours=0
            )
            done = _with_made(work, replace(done, follow_up_id=step))
            work.about(case.id, met.person_id)
            work.commit()
        return done

    @verb(Right.CHANGE_CASES)
    def decline(self, *, encounter_id: UUID, reason: str, seen: Standing | None = None) -> Decided:
        """Leave somebody without follow-up, and say why; raises AlreadyDecided, ReasonMissing or Sealed."""
        words = check_reason(reason)
        with self._context.write("triage.decline") as work:
            _met, before = self._met(work, encounter_id, seen, verb="triage.decline")
            done = self._decide(work, before, State.DECLINED, note=words)
            work.commit(reason=words)
        return done

    @verb(Right.CHANGE_CALLS)
    def hand_over(self, *, encounter_id: UUID, note: str = "", seen: State = State.NEW) -> Decided:
        """Put somebody who was met in the queue, however old the call is.

        `seen` is how it stood on the screen. Raises Sealed, or AlreadyDecided where somebody decided since.
        """
        with self._context.write("triage.hand-over") as work:
            met = work.encounters.get(encounter_id)
            self._open_met(work, met, verb="triage.hand-over")
            standing = work.triage.standing(encounter_id)
            check_handing(standing.state, seen=seen)
            before = Decided(encounter_id, standing, standing, _changed(met))
            done = self._decide(work, before, State.HANDED, note=note.strip())
            work.commit()
        return done

    @verb(Right.CHANGE_CALLS)
    def dismiss(self, *, encounter_id: UUID, back_to: Standing = _OUT) -> Change:
        """Take an encounter out of the queue that was handed over by mistake, or let it stand as before.

        Raises Sealed, or AlreadyDecided where somebody took it up since.
        """
        with self._context.write("triage.dismiss") as work:
            met = work.encounters.get(encounter_id)
            self._open_met(work, met, verb="triage.dismiss")
            check_untaken(work.triage.standing(encounter_id).state)
            state, note, taken_by = back_to
            work.triage.decide(encounter_id, state, note=note, staff_id=taken_by)
            work.commit()
        return _changed(met)

    @verb(Right.CHANGE_CASES)
    def take_back(self, *, decided: Decided) -> Change:
        """Undo a decision made a moment ago, with the case and the step it made.

        Raises Sealed, AlreadyDecided where somebody decided otherwise since, or WorkedOnSince.
        """
        with self._context.write("triage.take-back") as work:
            met = work.encounters.get(decided.encounter_id)
            self._open_met(work, met, verb="triage.take-back")
            check_as_seen(work.triage.standing(met.id), seen=decided.after)
            if _written(work, decided) != decided.made:
                raise WorkedOnSince()
            if decided.case_id is not None:
                work.cases.remove(decided.case_id)
            elif decided.follow_up_id is not None:
                planned = work.follow_ups.get(decided.follow_up_id)
                work.follow_ups.cancel(planned, reason="taken back with its decision")
            state, note, taken_by = decided.before
            work.triage.decide(met.id, state, note=note, staff_id=taken_by)
            work.commit(reason="taken back")
        return _changed(met)

    def _give(
        self,
        encounter_id: UUID,
        staff_id: UUID,
        protocol: str | None,
        seen: Standing | None,
        *,
        verb: str,
    ) -> Decided:
        with self._context.write(verb) as work:
            met, before = self._met(work, encounter_id, seen, verb=verb)
            if met.person_id is None:
                done = self._decide(work, before, State.TAKEN, staff_id=staff_id)
                work.about(met.call_id)
                work.commit()
                return done
            standing = open_case(self._context, work, met.person_id)
            if standing is not None:
                raise HasOpenCase(number=standing.number)
            case_id = work.cases.add(
                person_id=met.person_id,
                opened_on=self._context.today(),
                opened_from="call",
                primary_id=staff_id,
                encounter_id=encounter_id,
            )
            case = work.cases.get(case_id)
            done = self._decide(work, before, State.CASE, note=case.number, staff_id=staff_id)
            step = self._first_steps(work, case, met, protocol)
            done = _with_made(work, replace(done, case_id=case_id, follow_up_id=step))
            work.about(case_id, met.person_id)
            work.commit()
        return done

    def _decide(
        self, work: UnitOfWork, before: Decided, state: State, *, note: str = "", staff_id: UUID | None = None
    ) -> Decided:
        work.triage.decide(before.encounter_id, state, note=note, staff_id=staff_id)
        return replace(before, after=Standing(state, note, staff_id))

    def _first_steps(self, work: UnitOfWork, case: Case, met: Encounter, protocol: str | None) -> UUID:
        """The steps of a protocol; the first of them. One that is over already leaves a single step."""
        rules = rules_of(work)
        code = rules.protocol if protocol is None else protocol
        if code:
            with suppress(NothingLeft):
                return start_run(
                    self._context,
                    work,
                    code=code,
                    person_id=case.person_id,
                    since=left_at(work.calls.get(met.call_id)),
                    owner_id=case.primary_id,
                    case_id=case.id,
                    encounter_id=met.id,
                )[0]
        return self._step(work, case, met, what=FIRST_CONTACT, hours=rules.contact_within_hours)

    def _step(self, work: UnitOfWork, case: Case, met: Encounter, *, what: str, hours: int) -> UUID:
        """A dated step for the case's worker: by the clock of the call, but never in the past."""
        by = work.calls.get(met.call_id).received_at + timedelta(hours=hours)
        due_on = max(by.astimezone(self._context.zone).date(), self._context.today())
        return work.follow_ups.add(
            person_id=case.person_id,
            what=what,
            channel=Channel.PHONE,
            due_on=due_on,
            due_at=None,
            owner_id=case.primary_id,
            case_id=case.id,
            encounter_id=met.id,
        )

    def _met(
        self, work: UnitOfWork, encounter_id: UUID, seen: Standing | None, *, verb: str
    ) -> tuple[Encounter, Decided]:
        met = work.encounters.get(encounter_id)
        self._open_met(work, met, verb=verb)
        standing = work.triage.standing(encounter_id)
        check_waiting(standing.state)
        if seen is not None:
            check_as_seen(standing, seen=seen)
        return met, Decided(encounter_id, standing, standing, _changed(met))

    def _open_met(self, work: UnitOfWork, met: Encounter, *, verb: str) -> None:
        if met.person_id is not None:
            self._context.open_person(work, met.person_id, verb=verb)


def _with_made(work: UnitOfWork, decided: Decided) -> Decided:
    return replace(decided, made=_written(work, decided))


def _written(work: UnitOfWork, decided: Decided) -> frozenset[tuple[UUID, int]]:
    """What a decision wrote as it stands now."""
    if decided.case_id is not None:
        return work.triage.written_in(decided.case_id)
    return versions_of(work, filter(None, (decided.follow_up_id,)))


def _changed(met: Encounter) -> Change:
    return Change(_KINDS, person_id=met.person_id, record_id=met.id)
