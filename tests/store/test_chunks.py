"""Nothing is lost between two statements."""

from hypothesis import given
from hypothesis import strategies as st

from caseapp.store.chunks import chunks


@given(st.lists(st.integers()), st.integers(1, 9))
def test_parts_follow_each_other_and_none_is_empty_or_too_long(items, size):
    parts = list(chunks(iter(items), size))
    assert [one for part in parts for one in part] == items
    assert all(0 < len(part) <= size for part in parts)
