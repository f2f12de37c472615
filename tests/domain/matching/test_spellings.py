"""One name is known as it is written elsewhere: in another alphabet's spelling, in short, or joined."""

import pytest

from caseapp.domain.matching import names_alike
from caseapp.domain.matching.blocks import keys_of
from caseapp.domain.matching.levels import Family, Given
from caseapp.domain.matching.profile import Profile, called


def shared_keys(one, other):
    """Keys by which two records are found to have a first and a last name in common."""
    both = (keys_of(Profile(names=(called("Amina", last),))) for last in (one, other))
    return {key for key in frozenset.intersection(*both) if key.startswith("a")}


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("De la Cruz", "Delacruz", Family.EXACT),
        ("Del Rio Ybarra", "Delrio Ybarra", Family.EXACT),
        ("Del Rio Ybarra", "Delrio", Family.PART),
        ("dos Santos", "Dossantos", Family.EXACT),
        ("De Anda", "DeAnda", Family.EXACT),
        ("Saint-Louis", "St. Louis", Family.EXACT),
        ("Saint-Louis", "Stlouis", Family.EXACT),
        ("Sainte-Fleur", "Ste Fleur", Family.EXACT),
        ("Hernández García", "Hdez García", Family.EXACT),
        ("Rodriguez", "Rdz", Family.EXACT),
        ("Mohamed", "Maxamed", Family.SOUND),
        ("Hassan", "Xasan", Family.SOUND),
        ("Jama", "Jaamac", Family.SOUND),
        ("Woldemichael", "Weldemikael", Family.SOUND),
        ("Sarkissian", "Sargsyan", Family.SOUND),
        ("Hovhannisyan", "Oganesyan", Family.SOUND),
        ("Xyooj", "Xiong", Family.SOUND),
        ("Jalloh", "Diallo", Family.SOUND),
        ("Osman", "Omar", Family.DIFFERENT),
        ("Delgado", "Salgado", Family.DIFFERENT),
        ("Davis", "Vis", Family.DIFFERENT),
    ],
)
def test_last_names_of_several_spellings(one, other, level):
    left, right = called("", one).family, called("", other).family
    assert names_alike.family(left, right) is level is names_alike.family(right, left)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("De la Cruz", "Delacruz"),
        ("Saint-Louis", "St Louis"),
        ("Mohamed", "Maxamed"),
        ("Martinez", "Mtz"),
        ("Petrosyan", "Bedrosian"),
    ],
)
def test_other_spellings_of_a_last_name_are_looked_up(one, other):
    assert shared_keys(one, other)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Ma. Guadalupe", "María Guadalupe", Given.FULL),
        ("M. Guadalupe", "Guadalupe", Given.CONTAINED),
        ("M. Guadalupe", "Rosa", Given.DIFFERENT),
        ("Jn Claude", "Jean-Claude", Given.FULL),
        ("De Andre", "Deandre", Given.EXACT),
        ("De Andre", "Andre", Given.DIFFERENT),
        ("Xaliimo", "Halima", Given.SHORT),
        ("Ciise", "Isse", Given.SHORT),
        ("Hagop", "Hakob", Given.SHORT),
        ("Sean", "Shawn", Given.SHORT),
        ("Stuart", "Stewart", Given.SHORT),
        ("Christen", "Kristen", Given.SHORT),
        ("Lee", "Yi", Given.DIFFERENT),
        ("Moe", "Mohamud", Given.DIFFERENT),
        ("Chico", "Francisco", Given.SHORT),
        ("Dawit", "David", Given.SHORT),
        ("Jesús", "José", Given.DIFFERENT),
    ],
)
def test_first_names_of_several_spellings(one, other, level):
    left, right = called(one, "").given, called(other, "").given
    assert names_alike.given(left, right) is level is names_alike.given(right, left)
