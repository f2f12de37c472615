"""Two records of one life: a death and a meeting, in whatever order they are told."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.lifetimes import NOTHING, Lifetime, are_at_odds

_day = st.dates(date(2026, 1, 1), date(2026, 1, 9))
_life = st.builds(Lifetime, st.frozensets(_day, max_size=1), st.none() | _day)


@given(_life, _life)
def test_it_is_the_same_from_both_sides_and_with_nothing_there_is_no_contradiction(one, other):
    assert are_at_odds(one, other) == are_at_odds(other, one)
    assert not are_at_odds(one, NOTHING) and one.joined(NOTHING) == one
    assert one.joined(other) == other.joined(one)


def test_nobody_is_met_after_their_death_nor_dies_twice():
    died = Lifetime(frozenset([date(2026, 1, 5)]))
    assert are_at_odds(died, Lifetime(met_on=date(2026, 1, 6)))
    assert not are_at_odds(died, Lifetime(met_on=date(2026, 1, 5)))
    assert are_at_odds(died, Lifetime(frozenset([date(2026, 1, 4)])))
    assert not are_at_odds(died, died)
