from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.call_numbers import after, head

DAY = date(2026, 12, 1)


@given(st.integers(1, 10**7))
def test_numbers_go_on_one_by_one(number):
    assert after(f"T26-{number:04}", DAY) == f"T26-{number + 1:04}"


@pytest.mark.parametrize("newest", [None, "", "T25-0007", "T26-", "T26-x", "T26-²", "26-118204"])
def test_the_first_of_a_year_follows_nothing_that_counts(newest):
    assert after(newest, DAY) == "T26-0001" and head(DAY) == "T26-"
