from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.screening import (
    Answer,
    Criterion,
    CriterionDetails,
    NotServedReasonMissing,
    OverruledWithoutReason,
    Sheet,
    VersionNotLater,
    WasServed,
    check_criterion,
    check_sheet,
    decide_eligibility,
    valid_on,
)

DAY = date(2026, 11, 24)


def a_criterion(number=1, letting=Answer.NO, start=date(2026, 1, 1), end=None):
    details = CriterionDetails(f"Question {number}", letting, start, end, number)
    return Criterion(UUID(int=number), 1, details)


CRITERIA = [a_criterion(1), a_criterion(2), a_criterion(3, Answer.YES)]
LETTING = {one.id: one.details.letting for one in CRITERIA}


def test_is_eligible_when_every_answer_lets_the_team_go():
    assert decide_eligibility(CRITERIA, LETTING).eligible == "yes"


def test_says_which_criteria_speak_against_it():
    verdict = decide_eligibility(CRITERIA, LETTING | {UUID(int=2): Answer.YES})
    assert (verdict.eligible, verdict.words) == ("no", "Not eligible: Question 2")


@given(st.fixed_dictionaries({one.id: st.sampled_from(Answer) for one in CRITERIA}))
def test_is_no_as_soon_as_one_answer_is_against_and_yes_only_when_all_are_given(answers):
    verdict = decide_eligibility(CRITERIA, answers)
    against = [one for one in CRITERIA if answers[one.id] not in (one.details.letting, Answer.UNKNOWN)]
    assert (verdict.eligible == "no") == bool(against)
    if Answer.UNKNOWN in answers.values():
        assert verdict.eligible != "yes"


def test_without_criteria_nothing_is_decided():
    assert decide_eligibility([], {}).eligible == "unknown"


def test_only_the_version_of_the_day_is_asked():
    old = a_criterion(1, end=date(2026, 6, 30))
    new = a_criterion(2, start=date(2026, 7, 1))
    assert valid_on([new, old], date(2026, 6, 30)) == [old]
    assert valid_on([new, old], date(2026, 7, 1)) == [new]


def test_a_new_version_begins_after_the_one_before():
    with pytest.raises(VersionNotLater):
        check_criterion(CriterionDetails("Words", valid_from=date(2026, 1, 1)), after=a_criterion())


class TestSheet:
    no = decide_eligibility(CRITERIA, {UUID(int=1): Answer.YES})
    yes = decide_eligibility(CRITERIA, LETTING)

    def test_refuses_an_overruling_without_its_reason(self):
        with pytest.raises(OverruledWithoutReason):
            check_sheet(Sheet(eligible="yes"), self.no, is_served=True)
        check_sheet(Sheet(eligible="yes", reason="Supervisor agreed"), self.no, is_served=True)

    def test_asks_why_an_eligible_call_was_not_served(self):
        with pytest.raises(NotServedReasonMissing):
            check_sheet(Sheet(eligible="yes"), self.yes, is_served=False)
        check_sheet(Sheet(eligible="yes", not_served_reason="no-unit"), self.yes, is_served=False)

    def test_refuses_a_reason_for_a_call_that_was_served(self):
        with pytest.raises(WasServed):
            check_sheet(Sheet(eligible="yes", not_served_reason="no-unit"), self.yes, is_served=True)
