"""What is told of somebody is read in every way in which it may be meant."""

import pytest

from caseapp.domain.matching.profile import called
from caseapp.domain.matching.traits import Traits, as_percent
from tests.builders import TODAY


def test_an_alias_borrows_the_last_name_that_was_told():
    profile = Traits(names=("Granado, Joaquín", "Ignacio")).profile(today=TODAY)
    assert [name.family for name in profile.names] == [("granado",), ("granado",)]


def test_an_alias_of_two_words_may_be_two_first_names():
    profile = Traits(names=("Kovalenko, Yousef", "Mohammed Steve")).profile(today=TODAY)
    assert called("Mohammed Steve", "Kovalenko", is_alias=True) in profile.names


@pytest.mark.parametrize(("probability", "shown"), [(0.0, 0), (0.914, 91), (0.9999, 99), (1.0, 99)])
def test_no_likelihood_is_shown_as_a_certainty(probability, shown):
    assert as_percent(probability) == shown
