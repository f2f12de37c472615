import pytest

from caseapp.domain.ages import read_age


@pytest.mark.parametrize(
    ("text", "years"),
    [
        *(("50", 50), (" 7 ", 7), ("120", 120), ("40.0", 40), ("\u0665\u0660", 50)),
        *(("about 50", 50), ("~40", 40), ("approx. 40 yrs", 40), ("40ish", 40)),
        *(("50s", 55), ("late 30's", 35), ("30-something", 35)),
        *(("30-39", 34), ("30 to 40", 35), ("between 30 and 40", 35)),
        *(("5 mo", 0), ("6 months", 0), ("about 3 weeks", 0), ("infant, 40 days", 0), ("newborn", 0)),
        *(("18 months", 1), ("30 mo", 2)),
    ],
)
def test_is_read_as_it_is_told(text, years):
    assert read_age(text) == years


@pytest.mark.parametrize(
    "text",
    [
        *("", "old", "adult", "18+", "under 18", "40 or 50", "40-30"),
        *("121", "1" * 400, "9000 months", "9" * 5000 + " days"),
    ],
)
def test_is_none_where_no_believable_one_is_told(text):
    assert read_age(text) is None
