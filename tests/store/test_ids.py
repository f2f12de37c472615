"""Ids made after one another sort after one another, and tell their instant."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from caseapp.store.ids import ids_in_order, new_id

INSTANTS = st.datetimes(datetime(1970, 1, 2), datetime(9999, 1, 1), timezones=st.just(UTC))


@given(INSTANTS, st.lists(st.integers(1, 5), max_size=20))
def test_ids_of_one_instant_rise_and_keep_it(now, counts):
    made = [one for count in counts for one in (new_id(now), *ids_in_order(now, count))]
    assert all(before < after for before, after in pairwise(made))
    assert all(one.version == 7 and one.int >> 80 == int(now.timestamp() * 1000) for one in made)


def test_threads_never_make_the_same_id():
    now = datetime(2026, 3, 2, tzinfo=UTC)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _number: new_id(now), range(4000)))
    assert len(set(made)) == len(made)
