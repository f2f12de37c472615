"""Two groups of records are one person by what all their pairs say together."""

from caseapp.domain.matching.judging import Compared, Judge
from caseapp.domain.matching.model import Model
from caseapp.domain.matching.profile import Profile, called


def together(one, other):
    """Odds in bits of two groups of names."""
    profiles = [Profile(names=(called(*name),)) for name in (*one, *other)]
    across = [(low, len(one) + high) for low in range(len(one)) for high in range(len(other))]
    return Judge(Model(), Compared(profiles, Model())).together(across)


AMOS = ("Amos", "Thornbury")


def test_a_record_without_a_last_name_does_not_hide_that_the_others_have_different_ones():
    without = together([("Amos", "")], [("Amos", "Kessler")])
    assert together([AMOS, ("Amos", "")], [("Amos", "Kessler")]) < without


def test_last_names_that_both_groups_repeat_speak_more_against_them():
    once = together([AMOS], [("Amos", "Kessler")])
    assert together([AMOS, AMOS], [("Amos", "Kessler")]) == once
    assert together([AMOS, AMOS], [("Amos", "Kessler"), ("Amos", "Kessler")]) < once - 1


def test_one_last_name_in_common_is_enough():
    married = [AMOS, ("Amos", "Kessler")]
    assert together(married, [("Amos", "Kessler"), ("Amos", "Kessler")]) == together([AMOS], [AMOS])
