"""Of the people somebody may be, those who stand twice are no rivals of themselves."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.births import Birth
from caseapp.domain.matching.intake import rank
from caseapp.domain.matching.model import Model
from caseapp.domain.matching.traits import Traits, profile_of
from caseapp.domain.matching.twice import standing_twice
from tests.builders import TODAY, a_person

ASKED = Traits(names=("James Okafor",), birth_date=date(1976, 3, 2))


def told(*people, apart=()):
    """What is said of these people, offered for James Okafor, by their numbers."""
    profiles = {UUID(int=n): profile_of(one) for n, one in enumerate(people)}
    ranked = rank(ASKED.profile(today=TODAY), profiles.items(), Model(), known=50)
    found = [(one, profiles[one.person_id]) for one in ranked]
    after = standing_twice(found, Model(), lambda one, other: {one.int, other.int} in apart)
    return [one.probability for one in ranked], {one.person_id.int: one for one in after}


def born(year):
    return a_person(birth=Birth(date(year, 3, 2)))


def test_each_of_two_records_of_one_person_is_as_likely_as_one_alone():
    (alone,), _same = told(a_person())
    before, after = told(a_person(), a_person())
    assert max(before) < 0.6 and alone > 0.9
    assert all(one.probability == pytest.approx(alone) for one in after.values())
    assert [one.same_as for one in after.values()] == [None, UUID(int=0)]


def test_two_who_were_judged_not_the_same_stay_rivals():
    before, after = told(a_person(), a_person(), apart=[{0, 1}])
    assert [one.probability for one in after.values()] == before
    assert not any(one.same_as for one in after.values())


def test_somebody_who_stands_twice_counts_once_to_all_others():
    before, after = told(a_person(), a_person(), a_person(birth=None))
    _once, beside_one = told(a_person(), a_person(birth=None))
    assert after[2].probability == pytest.approx(beside_one[1].probability)
    assert after[2].same_as is None and after[2].probability > before[2]


@given(st.lists(st.sampled_from((1976, 1977, 1950)), min_size=1, max_size=6))
def test_nobody_is_surer_than_sure_and_all_who_are_offered_stay(years):
    before, after = told(*map(born, years))
    assert len(after) == len(before)
    assert all(0 <= one.probability < 1 for one in after.values())
