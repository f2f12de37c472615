"""Follow-ups: schedule, move, cancel."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.contacts import Channel
from caseapp.domain.follow_ups import FollowUp, check_plan, decide_cancel
from caseapp.domain.shorthand import When
from caseapp.services.context import Service, verb
from caseapp.services.groups import members_of, open_case, with_names

_KINDS = frozenset({Kind.FOLLOW_UP, Kind.CASE})


class FollowUpService(Service):
    """Promises with a day."""

    @verb(Right.SEE_CASES)
    def planned(self, *, only_mine: bool = False, person_id: UUID | None = None) -> list[FollowUp]:
        """Planned follow-ups, soonest first; sealed people's left out."""
        owner = self._context.actor.staff_id if only_mine else None
        with self._context.read("follow-up.list") as work:
            if person_id is None:
                rows = work.follow_ups.planned(owner_id=owner)
            else:
                people = members_of(self._context, work, person_id)
                rows = [
                    one for each in people for one in work.follow_ups.planned(owner_id=owner, person_id=each)
                ]
                rows.sort(key=lambda one: (one.due_on, one.id))
            return with_names(
                self._context, work, self._context.only_open(work, rows, lambda one: one.person_id)
            )

    @verb(Right.CHANGE_FOLLOW_UPS)
    def schedule(
        self,
        *,
        person_id: UUID,
        what: str,
        channel: Channel,
        when: When,
        owner_id: UUID | None = None,
        case_id: UUID | None = None,
        encounter_id: UUID | None = None,
    ) -> UUID:
        """Plan one; raises WhatMissing or DueInPast. Without an owner it is the actor's."""
        check_plan(what=what, due_on=when.on, today=self._context.today())
        with self._context.write("follow-up.schedule") as work:
            self._context.open_person(work, person_id, verb="follow-up.schedule")
            case = open_case(self._context, work, person_id)
            follow_up_id = work.follow_ups.add(
                person_id=person_id,
                what=what.strip(),
                channel=channel,
                due_on=when.on,
                due_at=self.instant(when.on, when.at),
                owner_id=owner_id or self._context.actor.staff_id,
                case_id=case_id or (case.id if case else None),
                encounter_id=encounter_id,
            )
            work.commit()
        return follow_up_id

    @verb(Right.CHANGE_FOLLOW_UPS)
    def move(self, *, follow_up_id: UUID, when: When, version: int) -> Change:
        """Put it on another day; raises DueInPast or StaleRecord."""
        with self._context.write("follow-up.move") as work:
            follow_up = work.follow_ups.get(follow_up_id)
            self._context.open_person(work, follow_up.person_id, verb="follow-up.move")
            check_plan(what=follow_up.what, due_on=when.on, today=self._context.today())
            seen = replace(follow_up, version=version)
            work.follow_ups.move(seen, due_on=when.on, due_at=self.instant(when.on, when.at))
            work.commit()
        return Change(_KINDS, person_id=follow_up.person_id, record_id=follow_up_id)

    @verb(Right.CHANGE_FOLLOW_UPS)
    def cancel(self, *, follow_up_id: UUID, reason: str) -> Change:
        """Drop a promise, with the reason; raises AlreadyClosed or ReasonMissing."""
        with self._context.write("follow-up.cancel") as work:
            follow_up = work.follow_ups.get(follow_up_id)
            self._context.open_person(work, follow_up.person_id, verb="follow-up.cancel")
            decide_cancel(follow_up=follow_up, reason=reason)
            work.follow_ups.cancel(follow_up, reason=reason.strip())
            work.commit(reason=reason)
        return Change(_KINDS, person_id=follow_up.person_id, record_id=follow_up_id)

    def instant(self, day: date, clock: time | None) -> datetime | None:
        """The instant of an hour in the agency's zone; None where only a day was promised."""
        if clock is None:
            return None
        return datetime.combine(day, clock, self._context.zone).astimezone(UTC)
