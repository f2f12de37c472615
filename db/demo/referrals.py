"""Referrals as far up the ladder as they get, and the consents they stand on."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from caseapp.domain.consents import ConsentDetails, ConsentKind, InformationKind, SignatureKind
from caseapp.domain.referrals import EndedBy, LadderStep, Method, Proof, Step
from caseapp.services.desk import Services
from db.demo import words
from db.demo.desk import Desk, Life

_SENT = (Step.OFFERED, Step.ACCEPTED_BY_PERSON, Step.SENT)
_SEEN = (*_SENT, Step.AGENCY_ACCEPTED, Step.APPOINTMENT, Step.ATTENDED)
_LADDERS = (
    (Step.OFFERED,),
    (Step.OFFERED, Step.ACCEPTED_BY_PERSON),
    _SENT,
    (*_SENT, Step.AGENCY_WAITLISTED),
    (*_SENT, Step.AGENCY_ACCEPTED),
    (*_SENT, Step.AGENCY_ACCEPTED, Step.APPOINTMENT),
    (*_SENT, Step.AGENCY_DECLINED),
    _SEEN,
    (*_SEEN, Step.ENGAGED_30_DAYS, Step.COMPLETED),
    (Step.OFFERED, Step.CLOSED),
)
"""Ladders as far as they got; every rung is reached by some."""

_ENDED = (
    (*_SEEN, Step.ENGAGED_30_DAYS, Step.COMPLETED),
    (*_SEEN, Step.ENGAGED_30_DAYS),
    (Step.OFFERED, Step.CLOSED),
    (*_SENT, Step.AGENCY_DECLINED, Step.CLOSED),
)
"""How the ladders of long ago ended."""

_PAUSES = {Step.ACCEPTED_BY_PERSON: 1, Step.SENT: 1, Step.ENGAGED_30_DAYS: 31}
_USUAL_PAUSE = 2
_NEXT = {
    Step.SENT: ("Ask whether the packet came", 3),
    Step.AGENCY_WAITLISTED: ("Ask for the place in line", 7),
    Step.AGENCY_ACCEPTED: ("Agree on a day", 2),
    Step.APPOINTMENT: ("Ride there together", 1),
    Step.ATTENDED: ("Ask how it went", 2),
}
"""What is to be done next about a referral that stands there, and in how many days."""
_OWN_WORD = (Step.ACCEPTED_BY_PERSON, Step.CLOSED)
_APPOINTMENT_HOUR = time(10)


def plan_referral(desk: Desk, life: Life, mine: Services, at: datetime) -> None:
    """Offer a service on a day, and take the steps of its ladder on the days after."""

    def offer() -> None:
        random = desk.random
        assert life.person_id is not None  # noqa: S101
        service = mine.directory.get(service_id=random.choice(desk.service_ids))
        if random.random() < 0.7:
            consent = _consent(desk, service.organization, is_part2=service.is_substance_use)
            consent_id = mine.consents.record(person_id=life.person_id, details=consent)
            _plan_change_of_mind(desk, mine, consent_id, at)
        referral = mine.referrals.offer(
            person_id=life.person_id,
            need=words.NEEDS[random.choice(service.categories)],
            method=random.choice(list(Method)),
            service_id=service.id,
            why_now=random.choice(words.WHY_NOW),
        )
        is_old = desk.now - at > timedelta(days=60)
        ladder = random.choice(_ENDED) if is_old else _LADDERS[life.number % len(_LADDERS)]
        _plan_steps(desk, life, mine, referral.id, ladder, at)

    desk.at(at, offer)


def _plan_change_of_mind(desk: Desk, mine: Services, consent_id: UUID, at: datetime) -> None:
    """A few take their consent back after some weeks."""
    if desk.random.random() < 0.08:
        reason = "changed their mind about the agency"
        later = at + timedelta(days=desk.random.randrange(5, 40))
        desk.at(later, lambda: _ignore(mine.consents.revoke(consent_id=consent_id, reason=reason)))


def _ignore(_change: object) -> None:
    """An event has no result."""


def _plan_steps(
    desk: Desk, life: Life, mine: Services, referral_id: UUID, ladder: tuple[Step, ...], at: datetime
) -> None:
    moment = at
    for place, step in enumerate(ladder[1:], start=1):
        moment += timedelta(days=_PAUSES.get(step, _USUAL_PAUSE), hours=1)
        is_last = place == len(ladder) - 1
        desk.at(moment, _step_event(desk, life, mine, referral_id, step, moment, is_last=is_last))


def _step_event(
    desk: Desk,
    life: Life,
    mine: Services,
    referral_id: UUID,
    step: Step,
    at: datetime,
    *,
    is_last: bool,
) -> Callable[[], None]:
    def happen() -> None:
        referral = mine.referrals.get(referral_id=referral_id)
        mine.referrals.take_step(
            referral_id=referral_id,
            taken=_taken(desk, desk.names[life.worker], step, at, is_last=is_last),
            version=referral.version,
            accepted_by="intake desk" if step is Step.AGENCY_ACCEPTED else "",
        )

    return happen


def _taken(desk: Desk, by: str, step: Step, at: datetime, *, is_last: bool) -> LadderStep:
    day = desk.day_of(at)
    if step in _OWN_WORD:
        is_end = step is Step.CLOSED
        ended_by, reason = (EndedBy.PERSON, "not-interested") if is_end else (None, "")
        return LadderStep(step, day, Proof.PERSON_SAID, by, ended_by=ended_by, reason=reason)
    if step is Step.AGENCY_DECLINED:
        reason = desk.random.choice(("capacity", "eligibility"))
        return LadderStep(step, day, Proof.AGENCY_SAID, by, ended_by=EndedBy.AGENCY, reason=reason)
    proof = Proof.PAPER_SEEN if desk.random.random() < 0.2 else Proof.AGENCY_SAID
    appointment_at = _appointment(desk, day, is_last=is_last) if step is Step.APPOINTMENT else None
    action, days = _NEXT.get(step, ("", 0)) if is_last else ("", 0)
    soon = max(day + timedelta(days=days), desk.today + timedelta(days=day.day % 5))
    on = soon if action else None
    return LadderStep(
        step, day, proof, by, appointment_at=appointment_at, next_action=action, next_action_on=on
    )


def _appointment(desk: Desk, day: date, *, is_last: bool) -> datetime:
    """Still ahead where nothing followed; the day of coming where somebody came."""
    on = (
        desk.today + timedelta(days=desk.random.randrange(1, 9))
        if is_last
        else day + timedelta(days=_USUAL_PAUSE)
    )
    return datetime.combine(on, _APPOINTMENT_HOUR, desk.zone).astimezone(UTC)


def _consent(desk: Desk, recipient: str, *, is_part2: bool) -> ConsentDetails:
    signed_on = desk.day_of(desk.clock.at)
    is_verbal = not is_part2 and desk.random.random() < 0.12
    kinds = set(InformationKind) - {InformationKind.CLINICAL}
    if not is_part2:
        kinds -= {InformationKind.SUBSTANCE_USE}
    usual = ConsentKind.VERBAL if is_verbal else ConsentKind.RELEASE
    return ConsentDetails(
        kind=ConsentKind.PART_2 if is_part2 else usual,
        recipients=(recipient,),
        purpose="referral and follow-up care",
        information=frozenset(kinds),
        starts_on=signed_on,
        expires_on=_expires_on(desk, signed_on),
        discloser="Riverside Follow-up",
        signed_on=None if is_verbal else signed_on,
        signature=SignatureKind.NONE if is_verbal else SignatureKind.PAPER,
        witness="Rowan Shaw" if is_verbal else "",
        right_to_revoke_told=True,
    )


def _expires_on(desk: Desk, signed_on: date) -> date:
    """Some run out within the next two weeks, so that the home page has something to say."""
    soon = desk.today + timedelta(days=desk.random.randrange(1, 14))
    if desk.random.random() < 0.15 and (soon - signed_on).days > 10:
        return soon
    return signed_on + timedelta(days=desk.random.choice((90, 180, 365)))
