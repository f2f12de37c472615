from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.referrals import (
    ALPHABET,
    ENDED,
    NEXT,
    BadReplyCode,
    EndedBy,
    LadderStep,
    Proof,
    ReasonMissing,
    Step,
    StepInFuture,
    StepOutOfOrder,
    days_waiting,
    decide_step,
    read_reply_code,
    reply_code,
    show_reply_code,
)
from tests.builders import NOW, TODAY

numbers = st.integers(0, len(ALPHABET) ** 5 - 1)


def a_step(step, **changes):
    return LadderStep(**{"step": step, "on": TODAY, "proof": Proof.AGENCY_SAID, **changes})


class TestLadder:
    @given(st.sampled_from(list(Step)), st.sampled_from(list(Step)))
    def test_allows_exactly_the_steps_of_the_table(self, current, asked):
        taken = a_step(asked, ended_by=EndedBy.US, reason="capacity", appointment_at=NOW)
        if asked in NEXT[current]:
            assert decide_step(current=current, taken=taken, today=TODAY) is asked
        else:
            with pytest.raises(StepOutOfOrder):
                decide_step(current=current, taken=taken, today=TODAY)

    def test_never_moves_once_it_has_ended(self):
        assert all(not NEXT[step] for step in ENDED)

    def test_reaches_every_rung_from_the_first(self):
        reached, waiting = {Step.OFFERED}, [Step.OFFERED]
        while waiting:
            fresh = NEXT[waiting.pop()] - reached
            reached |= fresh
            waiting += fresh
        assert reached == set(Step)

    def test_asks_who_and_why_when_it_is_closed(self):
        with pytest.raises(ReasonMissing):
            decide_step(current=Step.SENT, taken=a_step(Step.CLOSED, reason="capacity"), today=TODAY)

    def test_refuses_a_step_of_tomorrow(self):
        with pytest.raises(StepInFuture):
            decide_step(
                current=Step.OFFERED,
                taken=a_step(Step.ACCEPTED_BY_PERSON, on=TODAY + timedelta(1)),
                today=TODAY,
            )


class TestReplyCode:
    @given(numbers)
    def test_comes_back_however_it_is_typed(self, number):
        code = reply_code(number)
        assert read_reply_code(f" {show_reply_code(code).lower()} ") == code

    @given(numbers, st.integers(0, 5), st.sampled_from(ALPHABET))
    def test_finds_every_single_wrong_letter(self, number, place, letter):
        code = reply_code(number)
        wrong = code[:place] + letter + code[place + 1 :]
        if wrong == code:
            return
        with pytest.raises(BadReplyCode):
            read_reply_code(wrong)

    @given(st.text(max_size=12))
    def test_refuses_anything_else_in_one_way(self, text):
        with suppress(BadReplyCode):
            assert len(read_reply_code(text)) == 6


def test_counts_waiting_from_the_last_answer():
    sent, answered = TODAY - timedelta(9), TODAY - timedelta(4)
    assert days_waiting(step=Step.SENT, sent_on=sent, last_answer_on=None, today=TODAY) == 9
    assert days_waiting(step=Step.AGENCY_WAITLISTED, sent_on=sent, last_answer_on=answered, today=TODAY) == 4
    assert days_waiting(step=Step.ATTENDED, sent_on=sent, last_answer_on=answered, today=TODAY) is None
