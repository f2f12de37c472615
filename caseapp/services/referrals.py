"""Referrals: offer, take the next step, find by reply code."""

import secrets
from dataclasses import replace
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.referrals import (
    LadderStep,
    Method,
    PlaceMissing,
    Proof,
    Referral,
    Step,
    decide_step,
    read_reply_code,
    reply_code,
)
from caseapp.services.context import Service, verb
from caseapp.services.groups import with_names
from caseapp.store.unit_of_work import UnitOfWork


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
        """One referral with its ladder; raises NoSuchRecord or Sealed."""
        with self._context.read("referral.get") as work:
            referral = work.referrals.get(referral_id)
            self._context.open_person(work, referral.person_id, verb="referral.get")
            return with_names(self._context, work, [referral])[0]

    @verb(Right.SEE_CASES)
    def by_reply_code(self, *, text: str) -> UUID | None:
        """The referral of a typed code, or None, also for a sealed person's; raises BadReplyCode."""
        code = read_reply_code(text)
        with self._context.read("referral.by-code") as work:
            found = work.referrals.by_reply_code(code)
            if found is None or self._context.closed(work, [work.referrals.get(found).person_id]):
                return None
            return found

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
            case = work.cases.open_of_person(person_id)
            first = LadderStep(Step.OFFERED, today, Proof.PERSON_SAID, by=self._context.actor.name)
            referral_id = work.referrals.add(
                person_id=person_id,
                case_id=case.id if case else None,
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
        """Write the next rung; raises StepOutOfOrder, ReasonMissing, StepInFuture or StaleRecord."""
        with self._context.write("referral.step") as work:
            referral = work.referrals.get(referral_id)
            self._context.open_person(work, referral.person_id, verb="referral.step")
            decide_step(current=referral.step, taken=taken, today=self._context.today())
            seen = replace(referral, version=version)
            work.referrals.take_step(seen, taken, accepted_by=accepted_by)
            work.about(referral.person_id)
            work.commit(reason=taken.reason)
            return work.referrals.get(referral_id)


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
