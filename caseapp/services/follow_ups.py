"""Follow-ups: schedule, repeat, move, cancel, and put back what was just done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change
from caseapp.domain.contacts import Channel
from caseapp.domain.errors import WorkedOnSince
from caseapp.domain.follow_ups import FollowUp, check_plan, check_what, decide_cancel, soonest
from caseapp.domain.recurrence import Recurrence
from caseapp.domain.series import Reach, Series, end_before, move_rest, occurrences, reached
from caseapp.domain.shorthand import When
from caseapp.services.context import Service, verb
from caseapp.services.follow_ups_done import Done, done_of, versions_of
from caseapp.services.groups import members_of, open_case, with_names
from caseapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Move:
    """One of several that are moved at once: the version that was seen, the day, and whose it becomes."""

    follow_up_id: UUID
    version: int
    when: When
    owner_id: UUID | None = None


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
                rows.sort(key=soonest)
            return self._shown(work, rows)

    @verb(Right.SEE_CASES)
    def between(self, *, first: date, last: date, owner_id: UUID | None = None) -> list[FollowUp]:
        """Planned ones due from a day to a day, of one member of staff or of everybody, soonest first."""
        with self._context.read("follow-up.calendar") as work:
            return self._shown(work, work.follow_ups.between(first, last, owner_id=owner_id))

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
    def repeat(
        self,
        *,
        person_id: UUID,
        what: str,
        channel: Channel,
        when: When,
        recurrence: Recurrence,
        owner_id: UUID | None = None,
    ) -> Done:
        """Plan a series from a day on; raises WhatMissing, DueInPast or NoEnd."""
        check_plan(what=what, due_on=when.on, today=self._context.today())
        days = occurrences(recurrence, starts=when.on)
        with self._context.write("follow-up.repeat") as work:
            self._context.open_person(work, person_id, verb="follow-up.repeat")
            case = open_case(self._context, work, person_id)
            series_id = work.follow_ups.add_series(
                person_id=person_id, rule=recurrence.rule(when.on), starts_on=when.on, at=when.at
            )
            added = [
                work.follow_ups.add(
                    person_id=person_id,
                    what=what.strip(),
                    channel=channel,
                    due_on=day,
                    due_at=self.instant(day, when.at),
                    owner_id=owner_id or self._context.actor.staff_id,
                    case_id=case.id if case else None,
                    series_id=series_id,
                    recurs_on=day,
                )
                for day in days
            ]
            done = done_of(work, person_id=person_id, added=added, series_added=(series_id,))
            work.commit()
        return done

    @verb(Right.CHANGE_FOLLOW_UPS)
    def move(
        self,
        *,
        follow_up_id: UUID,
        when: When,
        version: int,
        owner_id: UUID | None = None,
        reach: Reach = Reach.THIS,
    ) -> Done:
        """Put it on another day or to another worker, alone or with the later ones of its series.

        Raises DueInPast, AlreadyClosed, NotASeries or StaleRecord.
        """
        with self._context.write("follow-up.move") as work:
            follow_up = work.follow_ups.get(follow_up_id)
            self._context.open_person(work, follow_up.person_id, verb="follow-up.move")
            self._check_move(follow_up, when)
            chosen = replace(follow_up, version=version)
            if reach is Reach.THIS:
                before: Sequence[FollowUp] = [follow_up]
                self._put(work, chosen, when, owner_id)
                done = done_of(work, person_id=follow_up.person_id, before=before)
            else:
                done = self._move_rest(work, chosen, when, owner_id, reach)
            work.commit()
        return done

    @verb(Right.CHANGE_FOLLOW_UPS)
    def move_all(self, *, moves: tuple[Move, ...]) -> Done:
        """Move several as one, or none; raises what `move` raises."""
        with self._context.write("follow-up.move-all") as work:
            rows = {one.id: one for one in work.follow_ups.many(one.follow_up_id for one in moves)}
            for move in moves:
                row = rows.get(move.follow_up_id) or work.follow_ups.get(move.follow_up_id)
                self._context.open_person(work, row.person_id, verb="follow-up.move-all")
                self._check_move(row, move.when)
                self._put(work, replace(row, version=move.version), move.when, move.owner_id)
            done = done_of(work, before=list(rows.values()))
            work.about(*{one.person_id for one in rows.values()})
            work.commit()
        return done

    @verb(Right.CHANGE_FOLLOW_UPS)
    def reword(
        self, *, follow_up_id: UUID, what: str, channel: Channel, version: int, reach: Reach = Reach.THIS
    ) -> Done:
        """Say otherwise what is to be done and how, alone or with the later ones of its series.

        Raises WhatMissing, AlreadyClosed, NotASeries or StaleRecord.
        """
        with self._context.write("follow-up.reword") as work:
            follow_up = work.follow_ups.get(follow_up_id)
            self._context.open_person(work, follow_up.person_id, verb="follow-up.reword")
            decide_cancel(follow_up=follow_up, reason="reworded")
            check_what(what)
            rows = self._reached(work, follow_up, reach)
            for one in rows:
                seen = replace(one, version=version) if one.id == follow_up_id else one
                work.follow_ups.reword(seen, what=what.strip(), channel=channel)
            done = done_of(work, person_id=follow_up.person_id, before=rows)
            work.commit()
        return done

    @verb(Right.CHANGE_FOLLOW_UPS)
    def cancel(self, *, follow_up_id: UUID, reason: str, reach: Reach = Reach.THIS) -> Done:
        """Drop a promise, with the reason, alone or with the later ones of its series.

        Raises AlreadyClosed, ReasonMissing or NotASeries.
        """
        with self._context.write("follow-up.cancel") as work:
            follow_up = work.follow_ups.get(follow_up_id)
            self._context.open_person(work, follow_up.person_id, verb="follow-up.cancel")
            decide_cancel(follow_up=follow_up, reason=reason)
            rows = self._reached(work, follow_up, reach)
            for one in rows:
                work.follow_ups.cancel(one, reason=reason.strip())
            series_before = self._end_series(work, rows) if reach is not Reach.THIS else ()
            done = done_of(work, person_id=follow_up.person_id, before=rows, series_before=series_before)
            work.commit(reason=reason)
        return done

    @verb(Right.CHANGE_FOLLOW_UPS)
    def take_back(self, *, done: Done) -> Change:
        """Undo what was done a moment ago; raises WorkedOnSince when somebody changed it since."""
        seen = dict(done.after)
        with self._context.write("follow-up.take-back") as work:
            for one in work.follow_ups.many([*done.added, *seen]):
                self._context.open_person(work, one.person_id, verb="follow-up.take-back")
            if versions_of(work, seen) != frozenset(done.after):
                raise WorkedOnSince()
            for follow_up_id in done.added:
                work.follow_ups.remove(follow_up_id, version=seen[follow_up_id])
            for one in done.before:
                work.follow_ups.restore(one.id, before=one, version=seen[one.id])
            for series in done.series_before:
                work.follow_ups.put_series(series)
            work.follow_ups.flush()
            for series_id in done.series_added:
                work.follow_ups.remove_series(series_id)
            work.about(*{one.person_id for one in done.before})
            work.commit()
        return done.change

    def instant(self, day: date, clock: time | None) -> datetime | None:
        """The instant of an hour in the agency's zone; None where only a day was promised.

        An hour that daylight saving leaves out is the one after it; one that comes twice is the first.
        """
        if clock is None:
            return None
        return datetime.combine(day, clock, self._context.zone).astimezone(UTC)

    def _shown(self, work: UnitOfWork, rows: list[FollowUp]) -> list[FollowUp]:
        return with_names(self._context, work, self._context.only_open(work, rows, lambda one: one.person_id))

    def _check_move(self, follow_up: FollowUp, when: When) -> None:
        decide_cancel(follow_up=follow_up, reason="moved")
        check_plan(what=follow_up.what, due_on=when.on, today=self._context.today())

    def _put(self, work: UnitOfWork, one: FollowUp, when: When, owner_id: UUID | None) -> None:
        due_at = self.instant(when.on, when.at)
        work.follow_ups.move(one, due_on=when.on, due_at=due_at, owner_id=owner_id)

    def _reached(self, work: UnitOfWork, chosen: FollowUp, reach: Reach) -> list[FollowUp]:
        planned = work.follow_ups.of_series(chosen.series_id) if chosen.series_id else []
        return reached(planned, chosen=chosen, reach=reach)

    def _move_rest(
        self, work: UnitOfWork, chosen: FollowUp, when: When, owner_id: UUID | None, reach: Reach
    ) -> Done:
        rows = self._reached(work, chosen, reach)
        assert chosen.series_id is not None and chosen.recurs_on is not None  # noqa: S101
        series = work.follow_ups.series(chosen.series_id)
        from_on = min(one.recurs_on for one in rows if one.recurs_on is not None)
        rest = move_rest(series, from_on=from_on, days=(when.on - chosen.recurs_on).days)
        added: tuple[UUID, ...] = ()
        at = when.at or series.at
        if rest.kept is None:
            work.follow_ups.put_series(replace(series, rule=rest.rule, starts_on=rest.starts_on, at=at))
            series_id = series.id
        else:
            work.follow_ups.put_series(replace(series, rule=rest.kept))
            series_id = work.follow_ups.add_series(
                person_id=series.person_id, rule=rest.rule, starts_on=rest.starts_on, at=at
            )
            added = (series_id,)
        days = dict(zip(rest.before, rest.days, strict=True))
        for one in rows:
            assert one.recurs_on is not None  # noqa: S101
            day = days[one.recurs_on]
            seen = chosen if one.id == chosen.id else one
            work.follow_ups.move(
                seen,
                due_on=day,
                due_at=self.instant(day, at),
                owner_id=owner_id,
                recurs_on=day,
                series_id=series_id,
            )
        return done_of(
            work, person_id=chosen.person_id, before=rows, series_before=(series,), series_added=added
        )

    def _end_series(self, work: UnitOfWork, rows: Sequence[FollowUp]) -> tuple[Series, ...]:
        series_id = next((one.series_id for one in rows if one.series_id), None)
        if series_id is None:
            return ()
        series = work.follow_ups.series(series_id)
        from_on = min(one.recurs_on for one in rows if one.recurs_on is not None)
        kept = end_before(series, from_on=from_on)
        if kept is not None:
            work.follow_ups.put_series(replace(series, rule=kept))
        return (series,)
