"""Referrals with their ladders."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from caseapp.domain.referrals import ENDED, EndedBy, LadderStep, Method, Proof, Referral, Step
from caseapp.store.repository import Repository
from caseapp.store.tables.directory import ServiceRow
from caseapp.store.tables.people import PersonRow
from caseapp.store.tables.referrals import ReferralRow, ReferralStepRow
from caseapp.store.tables.staff import StaffRow


class ReferralStore(Repository):
    """Reads and writes referrals."""

    def add(
        self,
        *,
        person_id: UUID,
        case_id: UUID | None,
        service_id: UUID | None,
        to_name: str,
        to_phone: str,
        need: str,
        why_now: str,
        method: Method,
        reply_code: str,
        owner_id: UUID,
        is_substance_use: bool,
        first: LadderStep,
    ) -> UUID:
        """Write a referral on its first rung."""
        referral_id = self._new_id()
        self._session.add(
            ReferralRow(
                id=referral_id,
                person_id=person_id,
                case_id=case_id,
                service_id=service_id,
                to_name=to_name,
                to_phone=to_phone,
                need=need,
                why_now=why_now,
                method=method,
                step=first.step,
                reply_code=reply_code,
                owner_id=owner_id,
                accepted_by="",
                is_substance_use=is_substance_use,
                next_action="",
                present_at_handoff="",
            )
        )
        self._add_step(referral_id, 0, first)
        return referral_id

    def take_step(self, referral: Referral, taken: LadderStep, *, accepted_by: str = "") -> None:
        """Write the next rung; raises StaleRecord."""
        row = self._get(ReferralRow, referral.id, version=referral.version)
        row.step = taken.step
        if taken.step is Step.SENT:
            row.sent_on = taken.on
        elif (
            taken.step not in (Step.ACCEPTED_BY_PERSON, Step.CLOSED) and taken.proof is not Proof.PERSON_SAID
        ):
            row.last_answer_on = taken.on
        if taken.appointment_at:
            row.appointment_at = taken.appointment_at
        if accepted_by:
            row.accepted_by = accepted_by
        row.next_action, row.next_action_on = taken.next_action, taken.next_action_on
        if taken.present:
            row.present_at_handoff, row.handoff_accepted = taken.present, taken.is_accepted
        self._add_step(referral.id, len(referral.steps), taken)

    def get(self, referral_id: UUID) -> Referral:
        """Raises NoSuchRecord."""
        self._get(ReferralRow, referral_id)
        return self._list(_query().where(ReferralRow.id == referral_id))[0]

    def by_reply_code(self, code: str) -> UUID | None:
        """The referral whose packet carries this code."""
        return self._session.scalar(select(ReferralRow.id).where(ReferralRow.reply_code == code))

    def has_code(self, code: str) -> bool:
        return self.by_reply_code(code) is not None

    def of_person(self, person_id: UUID) -> list[Referral]:
        """A person's referrals, newest first."""
        return self._list(_query().where(ReferralRow.person_id == person_id).order_by(ReferralRow.id.desc()))

    def open(self, *, owner_id: UUID | None = None) -> list[Referral]:
        """Referrals that have not ended, longest waiting first."""
        query = _query().where(ReferralRow.step.not_in(list(ENDED)))
        if owner_id is not None:
            query = query.where(ReferralRow.owner_id == owner_id)
        return self._list(query.order_by(ReferralRow.sent_on.is_(None), ReferralRow.sent_on, ReferralRow.id))

    def all(self, *, since: date) -> list[Referral]:
        """Every referral offered on a day or later, ended ones too."""
        return self._list(_query().where(ReferralRow.id.in_(_offered_since(since))).order_by(ReferralRow.id))

    def remember_follow_up(self, referral_id: UUID, follow_up_id: UUID | None) -> None:
        """Write which follow-up stands for the appointment."""
        self._get(ReferralRow, referral_id).follow_up_id = follow_up_id

    def counts(self) -> dict[Step, int]:
        """How many stand on each rung."""
        query = select(ReferralRow.step, func.count()).group_by(ReferralRow.step)
        return {row[0]: row[1] for row in self._session.execute(query)}

    def _add_step(self, referral_id: UUID, position: int, taken: LadderStep) -> None:
        self._session.add(
            ReferralStepRow(
                id=self._new_id(),
                referral_id=referral_id,
                position=position,
                step=taken.step,
                on=taken.on,
                proof=taken.proof,
                by=taken.by,
                note=taken.note,
                ended_by=taken.ended_by,
                reason=taken.reason,
                appointment_at=taken.appointment_at,
            )
        )

    def _list(self, query: Select[Any, Any, Any, Any]) -> list[Referral]:
        rows = list(self._session.execute(query))
        ids = [row[0].id for row in rows]
        steps: dict[UUID, list[LadderStep]] = {}
        ladder = (
            select(ReferralStepRow)
            .where(ReferralStepRow.referral_id.in_(ids))
            .order_by(ReferralStepRow.referral_id, ReferralStepRow.position)
        )
        for row in self._session.scalars(ladder):
            steps.setdefault(row.referral_id, []).append(_to_step(row))
        return [
            _to_referral(row, person, owner, organization, tuple(steps.get(row.id, ())))
            for row, person, owner, organization in rows
        ]


def _query() -> Select[Any, Any, Any, Any]:
    return (
        select(ReferralRow, PersonRow.display_name, StaffRow.name, ServiceRow.organization_id)
        .join(PersonRow, PersonRow.id == ReferralRow.person_id)
        .join(StaffRow, StaffRow.id == ReferralRow.owner_id)
        .outerjoin(ServiceRow, ServiceRow.id == ReferralRow.service_id)
    )


def _offered_since(day: date) -> Any:
    return select(ReferralStepRow.referral_id).where(ReferralStepRow.position == 0, ReferralStepRow.on >= day)


def _to_step(row: ReferralStepRow) -> LadderStep:
    ended_by: EndedBy | None = row.ended_by
    return LadderStep(
        step=row.step,
        on=row.on,
        proof=row.proof,
        by=row.by,
        note=row.note,
        ended_by=ended_by,
        reason=row.reason,
        appointment_at=row.appointment_at,
    )


def _to_referral(
    row: ReferralRow, person: str, owner: str, organization: UUID | None, steps: tuple[LadderStep, ...]
) -> Referral:
    return Referral(
        id=row.id,
        version=row.version,
        person_id=row.person_id,
        person_name=person,
        to_name=row.to_name,
        need=row.need,
        method=row.method,
        step=row.step,
        reply_code=row.reply_code,
        owner_name=owner,
        case_id=row.case_id,
        service_id=row.service_id,
        organization_id=organization,
        to_phone=row.to_phone,
        why_now=row.why_now,
        accepted_by=row.accepted_by,
        consent_id=row.consent_id,
        is_substance_use=row.is_substance_use,
        sent_on=row.sent_on,
        last_answer_on=row.last_answer_on,
        appointment_at=row.appointment_at,
        next_action=row.next_action,
        next_action_on=row.next_action_on,
        present_at_handoff=row.present_at_handoff,
        handoff_accepted=row.handoff_accepted,
        follow_up_id=row.follow_up_id,
        created_on=steps[0].on if steps else None,
        steps=steps,
    )
