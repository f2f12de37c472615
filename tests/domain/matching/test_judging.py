"""What two groups say together is weighed at once, and no pair is surer than such a pair may be."""

from dataclasses import replace

import pytest

from caseapp.domain.matching.comparison import compare
from caseapp.domain.matching.frequencies import Frequencies
from caseapp.domain.matching.judging import Compared, Judge, most_of
from caseapp.domain.matching.model import CERTAIN, Model
from caseapp.domain.matching.profile import Profile, called
from tests.crowd import profile


def test_a_first_name_that_only_sounds_alike_is_never_certain():
    mai, mee = (profile(name, "Vue", (1988, 4, 2), "5415559911") for name in ("Mai", "Mee"))
    assert (
        most_of(compare(mai, mee, Frequencies())[0]) < CERTAIN <= most_of(compare(mai, mai, Frequencies())[0])
    )


def test_nobody_is_certain_where_one_record_has_no_birth_date():
    dated = profile("Amos", "Thornbury", (1952, 2, 3), "5415559911")
    undated = profile("Amos", "Thornbury", None, "5415559911")
    numbered = replace(undated, numbers=(("jail", "77"),))
    pairs_of = ((dated, dated), (dated, undated), (undated, undated), (numbered, numbered))
    most = [most_of(compare(one, other, Frequencies())[0]) for one, other in pairs_of]
    assert [one >= CERTAIN for one in most] == [True, False, False, True]


@pytest.mark.parametrize("born", [(1958, 10, 8), (1979, 5, 6)])
def test_nobody_is_certain_where_the_birth_dates_are_of_a_brother_or_a_son(born):
    one = profile("Amos", "Thornbury", (1952, 2, 3), "5415559911")
    other = profile("Amos", "Thornbury", born, "5415559911")
    assert most_of(compare(one, other, Frequencies())[0]) < CERTAIN


@pytest.mark.parametrize("first", ["", "Robert", "Sean James"])
def test_nobody_is_certain_without_a_first_name_in_common(first):
    """Of twins one may have the other's first name as a middle name."""
    one = profile("Sean Robert", "Cooper", (2004, 7, 30), "5415559911")
    other = profile(first, "Cooper", (2004, 7, 30), "5415559911")
    assert (
        most_of(compare(one, other, Frequencies())[0])
        < CERTAIN
        <= most_of(compare(one, one, Frequencies())[0])
    )


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
