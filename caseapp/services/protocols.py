"""Protocols: which there are, starting one for a person, and the days on which the agency works."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.calls import Call
from caseapp.domain.changes import Change, Kind
from caseapp.domain.encounters import Encounter
from caseapp.domain.follow_ups import FollowUp, decide_cancel
from caseapp.domain.open_days import ClosureDay, NoWeekday, OpenDays, check_closure
from caseapp.domain.protocols import BadProtocol, Planned, Protocol, ProtocolUnknown, plan, read
from caseapp.services.context import Context, Service, verb
from caseapp.services.follow_ups_done import Done, done_of
from caseapp.services.groups import members_of, open_case
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import paths

_AGENCY = frozenset({Kind.AGENCY, Kind.FOLLOW_UP})


@dataclass(frozen=True, slots=True)
class Offered:
    """A protocol in its newest edition, and whether it is out of use."""

    protocol: Protocol
    is_retired: bool = False
    is_ours: bool = False

    @property
    def id(self) -> str:
        """What a list finds the row by."""
        return self.protocol.code


class ProtocolService(Service):
    """Protocols and the calendar that they count in."""

    @verb(Right.SEE_CASES)
    def offered(self, *, also_retired: bool = False) -> list[Offered]:
        """The newest edition of each protocol, by name."""
        with self._context.read("protocol.list") as work:
            found = _newest(work)
        return [one for one in found if also_retired or not one.is_retired]

    @verb(Right.SEE_CASES)
    def preview(self, *, code: str, person_id: UUID, from_call: bool = False) -> list[Planned]:
        """The days that starting it would plan; raises ProtocolUnknown or NothingLeft."""
        with self._context.read("protocol.preview") as work:
            self._context.open_person(work, person_id, verb="protocol.preview")
            since, _encounter = self._since(work, person_id, None, from_call=from_call)
            return _plan(self._context, work, _in_use(work, code), since)

    @verb(Right.SEE_CASES)
    def last_call(self, *, person_id: UUID) -> datetime | None:
        """When the team left the last call on which the person was met; None without one."""
        with self._context.read("protocol.last-call") as work:
            self._context.open_person(work, person_id, verb="protocol.last-call")
            met = work.encounters.latest(members_of(self._context, work, person_id))
            return left_at(work.calls.get(met.call_id)) if met else None

    @verb(Right.CHANGE_FOLLOW_UPS)
    def start(
        self,
        *,
        code: str,
        person_id: UUID,
        encounter_id: UUID | None = None,
        from_call: bool = False,
        owner_id: UUID | None = None,
    ) -> Done:
        """Plan every step for a person, counted from now, from an encounter's call, or from the last call.

        Raises ProtocolUnknown or NothingLeft. Without an owner the steps are the actor's.
        """
        with self._context.write("protocol.start") as work:
            self._context.open_person(work, person_id, verb="protocol.start")
            started, encounter_id = self._since(work, person_id, encounter_id, from_call=from_call)
            case = open_case(self._context, work, person_id)
            added = start_run(
                self._context,
                work,
                code=code,
                person_id=person_id,
                since=started,
                owner_id=owner_id or self._context.actor.staff_id,
                case_id=case.id if case else None,
                encounter_id=encounter_id,
            )
            done = done_of(work, person_id=person_id, added=added)
            work.commit()
        return done

    @verb(Right.CHANGE_FOLLOW_UPS)
    def stop(self, *, run_id: UUID, reason: str) -> Done:
        """Cancel what is still planned of a protocol that was started; raises ReasonMissing."""
        with self._context.write("protocol.stop") as work:
            rows: Sequence[FollowUp] = work.follow_ups.of_run(run_id)
            for one in rows:
                self._context.open_person(work, one.person_id, verb="protocol.stop")
                decide_cancel(follow_up=one, reason=reason)
                work.follow_ups.cancel(one, reason=reason.strip())
            done = done_of(work, person_id=rows[0].person_id if rows else None, before=rows)
            work.commit(reason=reason)
        return done

    @verb(Right.CHANGE_AGENCY)
    def add(self, *, content: bytes) -> Protocol:
        """Take a protocol in from a file, as the next edition of its code; raises BadProtocol.

        Follow-ups that were planned before keep the edition under which they were planned.
        """
        try:
            made = read(tomllib.loads(content.decode("utf-8")))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise BadProtocol(words="TOML") from error
        with self._context.write("protocol.add") as work:
            known = {one.protocol.code: one.protocol.edition for one in _newest(work)}
            made = replace(made, edition=max(made.edition, known.get(made.code, 0) + 1))
            work.protocols.steps(made)
            work.commit()
        return made

    @verb(Right.CHANGE_AGENCY)
    def retire(self, *, code: str, is_retired: bool) -> Change:
        """Take a protocol out of use, or bring it back; what is planned stays planned."""
        with self._context.write("protocol.retire") as work:
            found = next((one for one in _newest(work) if one.protocol.code == code), None)
            if found is None:
                raise ProtocolUnknown(code=code)
            work.protocols.retire(found.protocol, on=self._context.today() if is_retired else None)
            work.commit()
        return Change(_AGENCY)

    @verb(Right.SEE_CASES)
    def open_days(self) -> OpenDays:
        """The agency's calendar."""
        with self._context.read("open-days.get") as work:
            return work.protocols.open_days()

    @verb(Right.CHANGE_AGENCY)
    def change_open_days(self, *, weekdays: frozenset[int], with_federal: bool) -> Change:
        """Say on which weekdays the agency works, and whether federal days close it; raises NoWeekday."""
        if not weekdays:
            raise NoWeekday()
        with self._context.write("open-days.change") as work:
            work.protocols.set_open_days(OpenDays(weekdays, with_federal))
            work.commit()
        return Change(_AGENCY)

    @verb(Right.CHANGE_AGENCY)
    def put_closure(self, *, day: ClosureDay) -> Change:
        """Close the agency on a day, or open it against the rule; raises DayNameMissing."""
        day = check_closure(day)
        with self._context.write("open-days.put") as work:
            work.protocols.put_closure(day)
            work.commit()
        return Change(_AGENCY)

    @verb(Right.CHANGE_AGENCY)
    def drop_closure(self, *, on: date) -> Change:
        """Let the rule decide on a day again; raises NoSuchRecord."""
        with self._context.write("open-days.drop") as work:
            work.protocols.drop_closure(on)
            work.commit()
        return Change(_AGENCY)

    def _since(
        self, work: UnitOfWork, person_id: UUID, encounter_id: UUID | None, *, from_call: bool
    ) -> tuple[datetime, UUID | None]:
        """From which instant the steps count, and the encounter that it is of."""
        if encounter_id is not None:
            met: Encounter | None = work.encounters.get(encounter_id)
        else:
            met = work.encounters.latest(members_of(self._context, work, person_id)) if from_call else None
        return (left_at(work.calls.get(met.call_id)), met.id) if met else (self._context.now(), None)


def start_run(
    context: Context,
    work: UnitOfWork,
    *,
    code: str,
    person_id: UUID,
    since: datetime,
    owner_id: UUID,
    case_id: UUID | None,
    encounter_id: UUID | None,
) -> tuple[UUID, ...]:
    """Write every step of a protocol that starts at an instant; raises ProtocolUnknown or NothingLeft."""
    protocol = _in_use(work, code)
    planned = _plan(context, work, protocol, since)
    steps, run_id = work.protocols.steps(protocol), work.new_id()
    added = tuple(
        work.follow_ups.add(
            person_id=person_id,
            what=one.step.what,
            channel=one.step.channel,
            due_on=one.due_on,
            due_at=one.due_at,
            owner_id=owner_id,
            case_id=case_id,
            encounter_id=encounter_id,
            window=(one.earliest_on, one.latest_on),
            latest_at=one.latest_at,
            step_id=steps[one.step.code],
            run_id=run_id,
        )
        for one in planned
    )
    work.follow_ups.flush()
    return added


def _plan(context: Context, work: UnitOfWork, protocol: Protocol, since: datetime) -> list[Planned]:
    return plan(
        protocol,
        since=since,
        now=context.now(),
        zone=context.zone,
        open_days=work.protocols.open_days(),
    )


def left_at(call: Call) -> datetime:
    """When the team left: cleared, else arrived, else the call itself (standards D1)."""
    for times in (
        [one.cleared_at for one in call.responses if one.cleared_at],
        [one.on_scene_at for one in call.responses if one.on_scene_at],
    ):
        if times:
            return max(times)
    return call.received_at


@cache
def shipped() -> tuple[Protocol, ...]:
    """The protocols that come with the program."""
    files = sorted(paths.resource("protocols").glob("*.toml"))
    return tuple(read(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files)


def _newest(work: UnitOfWork) -> list[Offered]:
    found = {one.code: Offered(one) for one in shipped()}
    for protocol, is_retired in work.protocols.newest():
        known = found.get(protocol.code)
        if known is None or protocol.edition >= known.protocol.edition:
            is_ours = known is None or protocol.edition > known.protocol.edition
            found[protocol.code] = Offered(protocol, is_retired, is_ours)
    return sorted(found.values(), key=lambda one: one.protocol.name.casefold())


def _in_use(work: UnitOfWork, code: str) -> Protocol:
    for one in _newest(work):
        if one.protocol.code == code and not one.is_retired:
            return one.protocol
    raise ProtocolUnknown(code=code)
