from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.call_numbers import next_own, own_head

DAY = date(2026, 12, 1)


@given(st.lists(st.integers(1, 10**7), min_size=1))
def test_numbers_go_on_after_the_highest(numbers):
    taken = [f"T26-{number:04}" for number in numbers]
    assert next_own(taken, DAY) == f"T26-{max(numbers) + 1:04}"


@pytest.mark.parametrize("typed", ["", "T25-0007", "T26-", "T26-LIBRARY", "T26-²", "26-118204"])
def test_what_counts_nothing_is_passed_over(typed):
    assert next_own([typed], DAY) == "T26-0001" and next_own([typed, "T26-0003"], DAY) == "T26-0004"
    assert own_head(DAY) == "T26-"
