"""How likely it is one person: the chance of each agreement for one person, for two, and for two of a family.

Fellegi and Sunter weigh a field by m (how often it agrees for one person) against u (how often for two
strangers). Two people of a household share name, address and phone without being one; so a third class
stands beside them: a relative, whose given name or birth date must speak otherwise. A missing field has the
same chance in every class and so counts neither way.
"""

from dataclasses import dataclass, field, replace
from math import log2
from typing import NamedTuple

from caseapp.domain.matching.comparison import FIELDS, ONE_FIRST_NAME, Pattern
from caseapp.domain.matching.frequencies import Frequencies
from caseapp.domain.matching.levels import (
    BirthLevel,
    Family,
    Given,
    LocalityLevel,
    NumberLevel,
    Order,
    PhoneLevel,
    SexLevel,
    StreetLevel,
    by_level,
)

THRESHOLD = 0.5
"""At or above this two records are taken to be one person."""

CERTAIN = 0.999
"""At or above this pairs may be linked many at a time."""

Table = dict[str, tuple[float, ...]]

DEFAULT_M: Table = {
    "given": by_level(
        Given,
        MISSING=1.0,
        EXACT=0.65,
        SHORT=0.09,
        CLOSE=0.06,
        SOUND=0.02,
        INITIAL=0.03,
        CONTAINED=0.02,
        DIFFERENT=0.06,
        FULL=0.065,
        MIDDLE=0.005,
        LINE=0.001,
    ),
    "family": by_level(Family, MISSING=1.0, EXACT=0.78, PART=0.08, CLOSE=0.06, SOUND=0.02, DIFFERENT=0.06),
    "order": by_level(Order, STRAIGHT=0.985, SWAPPED=0.015),
    "birth": by_level(
        BirthLevel,
        MISSING=1.0,
        EXACT=0.78,
        SWAPPED=0.025,
        DIGIT=0.045,
        FIRST_OF_YEAR=0.03,
        TWO_PARTS=0.02,
        YEAR=0.01,
        NEAR=0.01,
        AGE_FITS=0.85,
        AGE_NEAR=0.1,
        AGE_FAR=0.03,
        AGE_NOT=0.02,
        GENERATION=0.005,
        DIFFERENT=0.02,
    ),
    "phone": by_level(PhoneLevel, MISSING=1.0, EXACT=0.55, DIGIT=0.03, DIFFERENT=0.41, MAIL=0.01),
    "street": by_level(
        StreetLevel, MISSING=1.0, EXACT=0.5, CLOSE=0.05, ROAD=0.03, NUMBER=0.01, DIFFERENT=0.41
    ),
    "locality": by_level(
        LocalityLevel, MISSING=1.0, EXACT=0.72, NEARLY=0.06, ONE=0.05, CLOSE=0.02, DIFFERENT=0.15
    ),
    "number": by_level(NumberLevel, MISSING=1.0, EXACT=0.95, DIGIT=0.03, DIFFERENT=0.02),
    "sex": by_level(SexLevel, MISSING=1.0, EXACT=0.97, DIFFERENT=0.03),
}
"""m before anything was learned from an agency's own records: how often one person agrees so."""

DEFAULT_U: Table = {
    "given": by_level(
        Given,
        MISSING=1.0,
        EXACT=0.006,
        SHORT=0.004,
        CLOSE=0.006,
        SOUND=0.006,
        INITIAL=0.004,
        CONTAINED=0.01,
        DIFFERENT=0.963,
        FULL=1e-05,
        MIDDLE=0.0005,
        LINE=1e-4,
    ),
    "family": by_level(
        Family, MISSING=1.0, EXACT=0.003, PART=0.002, CLOSE=0.004, SOUND=0.006, DIFFERENT=0.985
    ),
    "order": by_level(Order, STRAIGHT=1.0, SWAPPED=1.0),
    "birth": by_level(
        BirthLevel,
        MISSING=1.0,
        EXACT=5e-05,
        SWAPPED=2e-05,
        DIGIT=0.0004,
        FIRST_OF_YEAR=0.0005,
        TWO_PARTS=0.0015,
        YEAR=0.014,
        NEAR=0.05,
        AGE_FITS=0.07,
        AGE_NEAR=0.1,
        AGE_FAR=0.21,
        AGE_NOT=0.62,
        GENERATION=0.4,
        DIFFERENT=0.534,
    ),
    "phone": by_level(PhoneLevel, MISSING=1.0, EXACT=2e-05, DIGIT=0.0002, DIFFERENT=0.999779, MAIL=1e-06),
    "street": by_level(
        StreetLevel, MISSING=1.0, EXACT=0.0003, CLOSE=0.002, ROAD=0.006, NUMBER=0.001, DIFFERENT=0.9907
    ),
    "locality": by_level(
        LocalityLevel, MISSING=1.0, EXACT=0.1, NEARLY=0.01, ONE=0.05, CLOSE=0.01, DIFFERENT=0.83
    ),
    "number": by_level(NumberLevel, MISSING=1.0, EXACT=1e-05, DIGIT=1e-05, DIFFERENT=0.99998),
    "sex": by_level(SexLevel, MISSING=1.0, EXACT=0.5, DIFFERENT=0.5),
}
"""u, the same of two strangers."""

SAME_HOME, SAME_PHONE, SAME_FAMILY = 0.7, 0.4, 0.9
"""How often two relatives share a home, a phone, a last name; what they share agrees as for one person."""

SELDOM = 0.2
"""How much rarer one first name is among siblings than among strangers: parents avoid it."""

_UNLIKE = frozenset((Given.MISSING, Given.DIFFERENT, Given.INITIAL))

OTHER_GENDER = 0.1
"""How often two people of one first name are told as of two genders, before a list has shown it."""

TOLD_APART = 0.2
"""How often of a father and a son of one name it is told which is which: Senior, Junior."""

HARDLY = 0.01
"""How often a father and a son of one name stand under names that do not look alike."""

ANOTHER_GENERATION = by_level(
    BirthLevel,
    MISSING=1.0,
    EXACT=0.001,
    SWAPPED=0.0001,
    DIGIT=0.005,
    FIRST_OF_YEAR=0.001,
    TWO_PARTS=0.01,
    YEAR=0.0001,
    NEAR=0.001,
    AGE_FITS=0.02,
    AGE_NEAR=0.03,
    AGE_FAR=0.1,
    AGE_NOT=0.85,
    GENERATION=0.95,
    DIFFERENT=0.03,
)


class Relatives(NamedTuple):
    """Shares of all pairs of records that are siblings, twins, or father and son of one name."""

    siblings: float
    twins: float
    namesakes: float

    def times(self, factor: float) -> "Relatives":
        return Relatives(*(factor * share for share in self))


USUAL_RELATIVES = Relatives(0.75, 0.08, 0.17)
"""What relatives are to each other, as shares of all relatives."""
_FEW = USUAL_RELATIVES.times(1e-5)

_MOST_BITS = 300.0

CAUTION = 2.0
"""To take somebody for their relative costs more than to miss one: relatives weigh so much when deciding."""


@dataclass(frozen=True, slots=True)
class Model:
    """Chances by field and level, the shares of pairs that are one person or of a family, frequencies.

    `one` and `relatives` are shares of all pairs of records, between 0 and 1; `other_gender` is how often two
    people of one first name are told as of two genders.
    """

    m: Table = field(default_factory=lambda: dict(DEFAULT_M))
    u: Table = field(default_factory=lambda: dict(DEFAULT_U))
    one: float = 1e-4
    relatives: Relatives = _FEW
    frequencies: Frequencies = field(default_factory=Frequencies)
    caution: float = 1.0
    other_gender: float = OTHER_GENDER
    _known: dict[Pattern, tuple[float, float, float]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def at_intake(self, one: float) -> "Model":
        """The same weights for one person asked about: each record is them with a chance of `one`."""
        return replace(self, one=one, relatives=USUAL_RELATIVES.times(one), caution=1.0)

    def counting(self, frequencies: Frequencies) -> "Model":
        """The same weights with values counted otherwise."""
        return replace(self, frequencies=frequencies)

    def odds(self, pattern: Pattern, surprise: float) -> tuple[float, float, float]:
        """Likelihood x prior of: one person, two relatives, two strangers."""
        known = self._known.get(pattern)
        if known is None:
            known = self._known[pattern] = self._usual_odds(pattern)
        one, related, strangers = known
        return one, related, strangers * 2.0**-surprise

    def _usual_odds(self, pattern: Pattern) -> tuple[float, float, float]:
        """The same where the agreeing values are as common as on average; weighed once a pattern."""
        one, strangers = self.one, 1.0 - self.one
        for name, level in zip(FIELDS, pattern, strict=True):
            one *= self.m[name][level]
            strangers *= self.u[name][level]
        strangers *= self._other_gender(pattern)
        siblings, twins, namesakes = self.of_relatives(pattern)
        return one, self.caution * (siblings + twins + namesakes), strangers

    def of_relatives(self, pattern: Pattern) -> tuple[float, float, float]:
        """Likelihood x prior of: siblings, twins, father and son of one name."""
        shared = self._shared(pattern) * self._other_gender(pattern)
        given, family, birth = pattern.given, pattern.family, pattern.birth
        of_one_family = SAME_FAMILY * self.m["family"][family] + (1 - SAME_FAMILY) * self.u["family"][family]
        another_name = of_one_family * self.u["given"][given] * (1.0 if given in _UNLIKE else SELDOM)
        siblings = another_name * self.u["birth"][birth]
        twins = another_name * self.m["birth"][birth]
        namesakes = self._of_one_name(given, family) * ANOTHER_GENERATION[birth]
        return (
            shared * self.relatives.siblings * siblings,
            shared * self.relatives.twins * twins,
            shared * self.relatives.namesakes * namesakes,
        )

    def _other_gender(self, pattern: Pattern) -> float:
        """How much rarer another gender is where first names are the same: nearly every name is of one.

        So Jessica, a woman here and a man there, is hardly somebody else; in one of the rows it is a slip.
        """
        if pattern.sex is not SexLevel.DIFFERENT or pattern.given not in ONE_FIRST_NAME:
            return 1.0
        return min(1.0, self.other_gender / self.u["sex"][SexLevel.DIFFERENT])

    def _of_one_name(self, given: Given, family: Family) -> float:
        """Names that differ no more than one person's are written."""
        first = self.m["given"][given]
        if given is Given.DIFFERENT:
            first = min(HARDLY, first)
        elif given is Given.LINE:
            first = max(TOLD_APART, first)
        last = (
            min(HARDLY, self.m["family"][family]) if family is Family.DIFFERENT else self.m["family"][family]
        )
        return first * last

    def _shared(self, pattern: Pattern) -> float:
        """How likely two relatives agree so in what a family shares."""
        m, u = self.m, self.u
        phone, street, town = pattern.phone, pattern.street, pattern.locality
        at_home = m["street"][street] * m["locality"][town]
        apart = u["street"][street] * u["locality"][town]
        chance = SAME_HOME * at_home + (1 - SAME_HOME) * apart
        chance *= SAME_PHONE * m["phone"][phone] + (1 - SAME_PHONE) * u["phone"][phone]
        return chance * m["order"][pattern.order] * u["number"][pattern.number] * u["sex"][pattern.sex]

    def odds_in_bits(self, pattern: Pattern, surprise: float) -> float:
        """Odds that it is one person and nobody else; certainty either way is cut at 300 bits."""
        one, relatives, strangers = self.odds(pattern, surprise)
        against = relatives + strangers
        if against <= 0.0:
            return _MOST_BITS
        return max(-_MOST_BITS, log2(one / against)) if one > 0.0 else -_MOST_BITS

    def bits(self, name: str, level: int) -> float:
        """What a level of a field says for (above 0) or against (below 0) one person."""
        return log2(self.m[name][level] / self.u[name][level])
