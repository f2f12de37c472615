"""A referral's step in the codes of other systems: FHIR Task (Gravity, R4), HMIS Event 4.20, PATH."""

from dataclasses import dataclass

from caseapp.domain.referrals import EndedBy, Referral, Step


@dataclass(frozen=True, slots=True)
class Codes:
    """Code of each system; `reason` must be told where the status asks for one; 0 is no code yet."""

    task_status: str
    business_status: str
    reason: str
    hmis_result: int
    path_outcome: int


_TASK = {
    Step.OFFERED: "draft",
    Step.ACCEPTED_BY_PERSON: "draft",
    Step.SENT: "requested",
    Step.AGENCY_ACCEPTED: "accepted",
    Step.AGENCY_WAITLISTED: "accepted",
    Step.AGENCY_DECLINED: "rejected",
    Step.APPOINTMENT: "accepted",
    Step.ATTENDED: "in-progress",
    Step.ENGAGED_30_DAYS: "in-progress",
    Step.COMPLETED: "completed",
    Step.CLOSED: "cancelled",
}
_NEEDS_REASON = frozenset({"rejected", "cancelled", "on-hold", "failed"})
_BUSINESS = {
    Step.AGENCY_WAITLISTED: "waitlist",
    Step.APPOINTMENT: "scheduled",
    Step.ENGAGED_30_DAYS: "engaged",
}
_REACHED = frozenset({Step.ATTENDED, Step.ENGAGED_30_DAYS, Step.COMPLETED})


def codes_of(referral: Referral) -> Codes:
    """The codes of where a referral stands, and of how it ended."""
    last = referral.steps[-1] if referral.steps else None
    status = _TASK[referral.step]
    attended = any(one.step in _REACHED for one in referral.steps)
    if referral.step is Step.CLOSED and last is not None and last.ended_by is EndedBy.AGENCY:
        status = "failed"
    return Codes(
        task_status=status,
        business_status=_BUSINESS.get(referral.step, ""),
        reason=(last.reason or "not told") if last and status in _NEEDS_REASON else "",
        hmis_result=_hmis(referral, attended=attended),
        path_outcome=1 if attended else 2 if referral.step in (Step.CLOSED, Step.AGENCY_DECLINED) else 3,
    )


def _hmis(referral: Referral, *, attended: bool) -> int:
    """1 client accepted, 2 client rejected, 3 provider rejected (HUD ReferralResult)."""
    last = referral.steps[-1] if referral.steps else None
    if referral.step is Step.AGENCY_DECLINED:
        return 3
    if referral.step is Step.CLOSED and last is not None:
        declined = any(one.step is Step.AGENCY_DECLINED for one in referral.steps)
        if last.ended_by is EndedBy.PERSON:
            return 2
        return 3 if declined or last.ended_by is EndedBy.AGENCY else 0
    return 1 if attended else 0
