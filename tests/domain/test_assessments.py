import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.assessments import (
    BadDefinition,
    NoSuchAnswer,
    NotAnswered,
    WordingMissing,
    check_answers,
    read_definition,
    score,
)
from caseapp.services.assessments import shipped

BY_ID = {one.id: one for one in shipped()}
PHQ9 = BY_ID["phq-9"].with_words({str(number): f"item {number}" for number in range(1, 10)})
CSSRS = BY_ID["c-ssrs-screener"].with_words({str(number): f"item {number}" for number in range(1, 7)})


def phq(*values):
    return dict(zip(map(str, range(1, 10)), map(str, values), strict=True))


def test_six_assessments_are_shipped_and_others_wording_is_not():
    assert set(BY_ID) == {
        "phq-9",
        "c-ssrs-screener",
        "self-sufficiency",
        "living-situation",
        "well-being",
        "safety-plan",
    }
    for one in BY_ID.values():
        assert one.is_ready != one.is_loaded_by_agency and one.source
    assert len(BY_ID["safety-plan"].items) == 6
    with pytest.raises(WordingMissing):
        check_answers(BY_ID["phq-9"], phq(*[0] * 9))


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ((0,) * 9, "minimal"),
        ((4 - 1, 1) + (0,) * 7, "minimal"),
        ((3, 2) + (0,) * 7, "mild"),
        ((3, 3, 3) + (0,) * 6, "mild"),
        ((3, 3, 3, 1) + (0,) * 5, "moderate"),
        ((3,) * 5 + (0,) * 4, "moderately severe"),
        ((3,) * 6 + (2, 0, 0), "severe"),
    ],
)
def test_phq_9_is_cut_at_5_10_15_and_20(values, wanted):
    result = score(PHQ9, check_answers(PHQ9, phq(*values)))
    assert (result.score, result.level, result.safety) == (sum(values), wanted, ())


@given(st.lists(st.integers(0, 3), min_size=9, max_size=9))
def test_item_9_above_zero_always_leads_to_safety_and_nothing_else_does(values):
    assert bool(score(PHQ9, phq(*values)).safety) == (values[8] > 0)


@pytest.mark.parametrize(
    ("yes", "six", "level"),
    [
        ("", "no", ""),
        ("1", "no", "low"),
        ("2", "no", "low"),
        ("123", "no", "moderate"),
        ("", "lifetime", "moderate"),
        ("4", "no", "high"),
        ("5", "no", "high"),
        ("", "recent", "high"),
    ],
)
def test_c_ssrs_levels_follow_the_gravest_answer(yes, six, level):
    answers = {str(number): "yes" if str(number) in yes else "no" for number in range(1, 6)} | {"6": six}
    result = score(CSSRS, check_answers(CSSRS, answers))
    assert (result.level, bool(result.safety)) == (level, bool(level))


def test_an_item_without_an_answer_is_never_taken_for_zero():
    with pytest.raises(NotAnswered):
        check_answers(PHQ9, {"1": "0"})
    with pytest.raises(NoSuchAnswer):
        check_answers(PHQ9, phq(9, *[0] * 8))


@pytest.mark.parametrize(
    "change",
    [
        {"items": [{}]},
        {"items": [{"key": "a"}, {"key": "a"}]},
        {"triggers": [["b", "1"]]},
        {"triggers": [["a", "7"]]},
        {"scoring": "magic"},
        {"levels": [{"at_least": 1}]},
    ],
)
def test_a_file_that_makes_no_sense_is_refused(change):
    whole = {"id": "x", "edition": "1", "title": "X", "source": "us", "choices": [["1", "one"]]}
    read_definition({**whole, "items": [{"key": "a", "words": "A?"}]})
    with pytest.raises(BadDefinition):
        read_definition({**whole, "items": [{"key": "a", "words": "A?"}], **change})
