"""A referral as a store reads it, with the facts of its steps."""

from uuid import UUID

from caseapp.domain.referrals import (
    Method,
    Proof,
    Referral,
    Step,
)


def a_referral(steps, **changes):
    sent = [one.on for one in steps if one.step is Step.SENT]
    answers = [
        one.on
        for one in steps
        if one.step not in (Step.OFFERED, Step.SENT, Step.ACCEPTED_BY_PERSON, Step.CLOSED)
        and one.proof is not Proof.PERSON_SAID
    ]
    values = {
        "id": UUID(int=1),
        "version": 1,
        "person_id": UUID(int=2),
        "person_name": "James",
        "to_name": "Harbor, Beds",
        "need": "bed",
        "method": Method.PACKET,
        "step": steps[-1].step,
        "reply_code": "222222",
        "owner_name": "Dana",
        "sent_on": sent[-1] if sent else None,
        "last_answer_on": answers[-1] if answers else None,
        "steps": tuple(steps),
    }
    return Referral(**{**values, **changes})
