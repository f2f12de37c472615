"""A list that repeats one row, as an export gone wrong does, is of one person and not of nobody."""

from caseapp.domain.matching import lists
from tests.crowd import profile


def test_a_list_of_one_row_over_and_over_is_of_one_person():
    rows = [profile("Ana", "Vega", (1980, 2, 3))] * 250
    (group,) = lists.match(rows).groups
    assert len(group) == 250


def test_a_few_people_over_and_over_stay_themselves():
    people = [profile("Ana", "Vega", (1980, 2, 3)), profile("Amos", "Reed", (1962, 11, 9))]
    assert sorted(len(group) for group in lists.match(people * 60).groups) == [60, 60]
