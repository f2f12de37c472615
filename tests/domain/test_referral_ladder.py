"""The ladder as a machine driven at random: whatever is tried, what is stored can be true."""

from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from caseapp.domain.errors import CaseAppError
from caseapp.domain.referral_codes import codes_of
from caseapp.domain.referral_figures import By, aging, chase, days_to_connect, funnel, groups, waited
from caseapp.domain.referrals import (
    ENDED,
    NEXT,
    EndedBy,
    LadderStep,
    Proof,
    Step,
    decide_step,
)
from tests.builders import NOW, TODAY
from tests.domain.referral_values import a_referral

_TASK = {"draft", "requested", "accepted", "rejected", "cancelled", "in-progress", "failed", "completed"}


class Ladder(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.today = TODAY
        self.steps = [LadderStep(Step.OFFERED, TODAY, Proof.PERSON_SAID)]

    @rule(days=st.integers(0, 40))
    def time_goes_by(self, days):
        self.today += timedelta(days=days)

    @rule(
        step=st.sampled_from(list(Step)),
        back=st.integers(-3, 50),
        proof=st.sampled_from(list(Proof)),
        reason=st.sampled_from(["", "capacity"]),
        ended_by=st.sampled_from([None, *EndedBy]),
        at=st.sampled_from([None, NOW]),
        present=st.sampled_from(["", "Kim"]),
        accepted=st.sampled_from([None, True, False]),
    )
    def somebody_writes_a_step(self, step, back, proof, reason, ended_by, at, present, accepted):
        taken = LadderStep(
            step,
            self.today - timedelta(days=back),
            proof,
            reason=reason,
            ended_by=ended_by,
            appointment_at=at,
            present=present,
            is_accepted=accepted,
        )
        before = self.steps[-1]
        try:
            now = decide_step(current=before.step, taken=taken, today=self.today, last_on=before.on)
        except CaseAppError:
            return
        assert now is step
        self.steps.append(taken)

    @rule(step=st.sampled_from(list(Step)))
    def somebody_writes_a_true_step(self, step):
        """Guides the machine up the ladder, so that the far rungs are met."""
        taken = LadderStep(
            step, self.today, Proof.AGENCY_SAID, reason="capacity", ended_by=EndedBy.US, appointment_at=NOW
        )
        if step in NEXT[self.steps[-1].step]:
            decide_step(current=self.steps[-1].step, taken=taken, today=self.today, last_on=self.steps[-1].on)
            self.steps.append(taken)

    @invariant()
    def every_step_has_its_day_and_its_proof_in_order(self):
        days = [one.on for one in self.steps]
        assert days == sorted(days) and days[-1] <= self.today
        assert all(isinstance(one.proof, Proof) for one in self.steps)

    @invariant()
    def nobody_attends_who_was_never_sent(self):
        names = [one.step for one in self.steps]
        if Step.ATTENDED in names:
            place = names.index(Step.ATTENDED)
            assert Step.SENT in names[:place] and self.steps[place].on is not None

    @invariant()
    def what_ended_says_who_and_why_and_moves_no_more(self):
        for place, one in enumerate(self.steps):
            if one.step in (Step.CLOSED, Step.AGENCY_DECLINED):
                assert one.reason
            if one.step is Step.CLOSED:
                assert one.ended_by is not None
            if one.step in ENDED:
                assert place == len(self.steps) - 1
            if one.step is Step.APPOINTMENT:
                assert isinstance(one.appointment_at, datetime)
            if one.present:
                assert one.is_accepted is not None

    @invariant()
    def other_systems_understand_it(self):
        codes = codes_of(a_referral(self.steps))
        assert codes.task_status in _TASK and codes.hmis_result in (0, 1, 2, 3)
        assert bool(codes.reason) is (codes.task_status in ("rejected", "cancelled", "failed"))
        attended = any(one.step is Step.ATTENDED for one in self.steps)
        assert (codes.path_outcome == 1) is attended

    @precondition(lambda self: len(self.steps) > 2)
    @invariant()
    def figures_count_it_once(self):
        one = a_referral(self.steps)
        rungs = [figure.count for figure in funnel([one])]
        assert rungs == sorted(rungs, reverse=True) and rungs[0] == 1
        waits = waited(one, self.today)
        assert sum(figure.count for figure in aging([one], today=self.today)) == (waits is not None)
        assert sum(len(group.rows) for group in chase([one], today=self.today)) == (waits is not None)
        assert all(len(group.sent) == 1 for group in groups([one], By.AGENCY))
        days = days_to_connect(one)
        assert days is None or days >= 0


TestLadder = Ladder.TestCase
TestLadder.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
