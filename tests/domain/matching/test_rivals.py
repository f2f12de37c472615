"""A record that fits two who are not each other fits neither for certain, whatever was weighed before."""

from caseapp.domain.matching import rivals
from caseapp.domain.matching.comparison import LEVELS, Pattern
from caseapp.domain.matching.levels import BirthLevel, Family, Given


def pattern(family=Family.EXACT):
    """Everything else was told by nobody."""
    nothing = Pattern(*(next(iter(kind)) for kind in LEVELS.values()))
    return nothing._replace(given=Given.EXACT, family=family, birth=BirthLevel.EXACT)


def weighed(compare):
    return rivals.weigh({(0, 1): 2.0, (0, 2): 2.0}, compare, lambda _pattern, surprise: surprise)


def test_an_equal_pattern_of_another_comparison_weighs_the_same():
    tells_nothing_more, lacks_a_name = pattern(), pattern(Family.MISSING)

    def kept(pair):
        return (lacks_a_name, 1.0) if pair == (0, 2) else (tells_nothing_more, 2.0)

    def made_anew(pair):
        found, bits = kept(pair)
        return Pattern(*found), bits

    assert weighed(kept) == weighed(made_anew) == weighed(kept)
