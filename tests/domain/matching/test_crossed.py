"""Names in the wrong columns are put right where the rest of the list tells which column is right."""

from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.matching.crossed import straightened
from caseapp.domain.matching.lists import match
from caseapp.domain.matching.profile import Born, Profile, called

GIVEN = ("Khoa", "Lan", "Minh", "Thao", "Anh", "Binh", "Huong", "Quang")


def listed(*names):
    return [Profile(names=(called(given, family),)) for given, family in names]


def test_turns_a_common_last_name_out_of_the_place_of_the_first():
    straight = [(given, "Nguyen") for given in GIVEN]
    *_others, last = straightened(listed(*straight, ("Nguyen", "Khoa")))
    assert last.names == (called("Khoa", "Nguyen"),)


def test_a_turned_name_is_still_that_of_the_younger():
    straight = [(given, "Nguyen") for given in GIVEN]
    *_others, last = straightened(listed(*straight, ("Nguyen", "Khoa Jr")))
    assert last.names == (called("Khoa", "Nguyen Jr"),)


def test_turns_nobody_whose_words_are_as_often_the_other_way():
    names = [("Taylor", "Reed"), ("Taylor", "Vega"), *[("Ana", "Taylor")] * 5, ("Taylor", "Ana")]
    assert straightened(listed(*names)) == listed(*names)


def test_cuts_a_whole_name_in_one_field_where_others_have_the_word_as_their_last():
    told = listed(("Ana", "Reed"), ("Juan Carlos", "Vega"), ("Lan Reed", ""), ("Juan Carlos", ""))
    *_others, whole, alone = straightened(told)
    assert whole.names == (called("Lan", "Reed"),) and alone == told[-1]


def test_namesakes_with_both_names_crossed_are_not_taken_for_one():
    """As a first name "Nguyen" is rare; that two bear it would say much."""
    straight = [(given, "Nguyen") for given in GIVEN for _each in range(8)]
    crossed = [("Nguyen", given) for given in GIVEN[:2] for _each in range(2)]
    profiles = [
        Profile(names=(called(*name),), births=(Born(1950 + place // 2, place % 12 + 1, place % 28 + 1),))
        for place, name in enumerate((*straight, *crossed))
    ]
    assert not match(profiles).groups


@given(
    st.lists(st.tuples(st.sampled_from(("ana", "lan", "reed")), st.sampled_from(("reed", "ana", "vega", ""))))
)
def test_putting_right_loses_no_word_and_no_row(names):
    before, after = listed(*names), straightened(listed(*names))
    words = [sorted((*one.names[0].given, *one.names[0].family)) for one in after]
    assert words == [sorted((*one.names[0].given, *one.names[0].family)) for one in before]
