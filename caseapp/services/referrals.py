"""Referrals: offer, take the next step, find by reply code."""

import secrets
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp.domain import referral_figures as figures
from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.contacts import Channel
from caseapp.domain.errors import CaseAppError, StaleRecord
from caseapp.domain.follow_ups import Status
from caseapp.domain.referral_figures import By, Figure, GroupFigures, Waiting
from caseapp.domain.referrals import (
    EndedBy,
    LadderStep,
    Method,
    PlaceMissing,
    Proof,
    Referral,
    Step,
    decide_step,
    read_reply_code,
    reply_code,
    show_reply_code,
)
from caseapp.services.context import Service, verb
from caseapp.services.groups import open_case_id, with_names
from caseapp.store.unit_of_work import UnitOfWork


class NoSuchReply(CaseAppError):
    """No referral has this code, or it is one that the actor may not open."""

    code = "referral.no-such-reply"


@dataclass(frozen=True, slots=True)
class ReferralFigures:
    """Every figure with the rows it counts."""

    funnel: tuple[Figure, ...]
    aging: tuple[Figure, ...]
    groups: tuple[GroupFigures, ...]
    connected: Figure
    matured: Figure
    unknown: Figure


class ReferralService(Service):
    """The ladder from offered to completed."""

    @verb(Right.SEE_CASES)
    def open_ones(self, *, only_mine: bool = False) -> list[Referral]:
        """Referrals that have not ended, longest waiting first; sealed people's left out."""
        owner = self._context.actor.staff_id if only_mine else None
        with self._context.read("referral.list") as work:
            rows = self._context.only_open(
                work, work.referrals.open(owner_id=owner), lambda one: one.person_id
            )
            return with_names(self._context, work, rows)

    @verb(Right.SEE_CASES)
    def get(self, *, referral_id: UUID) -> Referral:
        """One referral with its ladder; the opening is journaled. Raises NoSuchRecord or Sealed."""
        with self._context.write("referral.get") as work:
            referral = work.referrals.get(referral_id)
            self._context.open_person(work, referral.person_id, verb="referral.get")
            named = with_names(self._context, work, [referral])[0]
            work.note("opened", subjects=(referral_id, referral.person_id))
            work.commit()
        return named

    @verb(Right.SEE_CASES)
    def by_reply_code(self, *, text: str) -> UUID | None:
        """The referral of a typed code, or None, also for a sealed person's; raises BadReplyCode."""
        code = read_reply_code(text)
        with self._context.read("referral.by-code") as work:
            found = work.referrals.by_reply_code(code)
            if found is None or self._context.closed(work, [work.referrals.get(found).person_id]):
                return None
            return found

    @verb(Right.SEE_CASES)
    def chase(self, *, only_mine: bool = False) -> tuple[Waiting, ...]:
        """Who owes answers, agency by agency."""
        return figures.chase(self.open_ones(only_mine=only_mine), today=self._context.today())

    @verb(Right.SEE_CASES)
    def figures(self, *, since: date, by: By = By.AGENCY) -> ReferralFigures:
        """Funnel, aging, groups and time to connection since a day; sealed people's left out."""
        today = self._context.today()
        with self._context.read("referral.figures") as work:
            rows = self._context.only_open(work, work.referrals.all(since=since), lambda one: one.person_id)
        in_time, matured = figures.connected_in_time(rows, today=today)
        return ReferralFigures(
            funnel=figures.funnel(rows),
            aging=figures.aging(rows, today=today),
            groups=figures.groups(rows, by),
            connected=in_time,
            matured=matured,
            unknown=figures.unknown(rows, today=today),
        )

    @verb(Right.CHANGE_REFERRALS)
    def answer(self, *, text: str, step: Step, reason: str = "", note: str = "") -> Referral:
        """Enter an agency's reply by the code on its slip: today, as the agency said.

        Raises BadReplyCode, NoSuchReply, or what `take_step` raises.
        """
        found = self.by_reply_code(text=text)
        if found is None:
            raise NoSuchReply()
        seen = self.get(referral_id=found)
        taken = LadderStep(
            step,
            self._context.today(),
            Proof.AGENCY_SAID,
            by=self._context.actor.name,
            note=note,
            ended_by=EndedBy.AGENCY if step is Step.AGENCY_DECLINED else None,
            reason=reason,
        )
        return self.take_step(referral_id=found, taken=taken, version=seen.version)

    @verb(Right.CHANGE_REFERRALS)
    def offer(
        self,
        *,
        person_id: UUID,
        need: str,
        method: Method,
        service_id: UUID | None = None,
        place: str = "",
        phone: str = "",
        why_now: str = "",
        is_substance_use: bool = False,
    ) -> Referral:
        """Write a referral on its first rung, to a service or a typed place; raises PlaceMissing."""
        today = self._context.today()
        with self._context.write("referral.offer") as work:
            self._context.open_person(work, person_id, verb="referral.offer")
            to_name, to_phone, marked = _place(work, service_id, place, phone)
            first = LadderStep(Step.OFFERED, today, Proof.PERSON_SAID, by=self._context.actor.name)
            referral_id = work.referrals.add(
                person_id=person_id,
                case_id=open_case_id(self._context, work, person_id),
                service_id=service_id,
                to_name=to_name,
                to_phone=to_phone,
                need=need,
                why_now=why_now,
                method=method,
                reply_code=_fresh_code(work),
                owner_id=self._context.actor.staff_id,
                is_substance_use=is_substance_use or marked,
                first=first,
            )
            work.commit()
            return work.referrals.get(referral_id)

    @verb(Right.CHANGE_REFERRALS)
    def take_step(
        self, *, referral_id: UUID, taken: LadderStep, version: int, accepted_by: str = ""
    ) -> Referral:
        """Write the next rung; raises what `decide_step` raises, or StaleRecord.

        An appointment plans a follow-up for its day; a later one moves it, and coming or closing ends it.
        """
        with self._context.write("referral.step") as work:
            referral = work.referrals.get(referral_id)
            self._context.open_person(work, referral.person_id, verb="referral.step")
            if referral.version != version:
                raise StaleRecord()
            last_on = referral.steps[-1].on if referral.steps else None
            today = self._context.today()
            decide_step(current=referral.step, taken=taken, today=today, last_on=last_on)
            work.referrals.take_step(referral, taken, accepted_by=accepted_by)
            self._plan_appointment(work, referral, taken)
            work.about(referral.person_id)
            work.commit(reason=taken.reason)
            return work.referrals.get(referral_id)

    def _plan_appointment(self, work: UnitOfWork, referral: Referral, taken: LadderStep) -> None:
        """Keep the follow-up of an appointment where the appointment is; the next step ends it."""
        planned = work.follow_ups.get(referral.follow_up_id) if referral.follow_up_id else None
        if planned is not None and planned.status is not Status.PLANNED:
            planned = None
        at = taken.appointment_at if taken.step is Step.APPOINTMENT else None
        if at is None:
            if planned is not None:
                words = work.agency.code_words().within("referral_step", taken.step.value)
                work.follow_ups.cancel(planned, reason=f"referral: {words}")
            return
        on = at.astimezone(self._context.zone).date()
        if planned is not None:
            work.follow_ups.move(planned, due_on=on, due_at=at)
            return
        follow_up_id = work.follow_ups.add(
            person_id=referral.person_id,
            case_id=referral.case_id,
            what=_appointment_words(referral),
            channel=Channel.PHONE,
            due_on=on,
            due_at=at,
            owner_id=self._context.actor.staff_id,
        )
        work.referrals.remember_follow_up(referral.id, follow_up_id)


def _appointment_words(referral: Referral) -> str:
    """What stands on every list and may be printed elsewhere: for substance use without the agency's name."""
    where = (
        f"code {show_reply_code(referral.reply_code)}" if referral.is_substance_use else referral.agency_name
    )
    return f"Appointment, {where}. Did it work out?"


def change_of(referral: Referral) -> Change:
    """What to tell the other screens after a step."""
    kinds = frozenset({Kind.REFERRAL, Kind.CASE})
    return Change(kinds, person_id=referral.person_id, record_id=referral.id)


def _place(work: UnitOfWork, service_id: UUID | None, place: str, phone: str) -> tuple[str, str, bool]:
    if service_id is not None:
        service = work.directory.get(service_id)
        return f"{service.organization}, {service.name}", phone or service.phone, service.is_substance_use
    if not place.strip():
        raise PlaceMissing()
    return place.strip(), phone, False


def _fresh_code(work: UnitOfWork) -> str:
    while True:
        code = reply_code(secrets.randbits(40))
        if not work.referrals.has_code(code):
            return code
