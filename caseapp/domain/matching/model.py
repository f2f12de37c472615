"""How likely it is one person: the chance of each agreement for one person, for two, and for two of a family.

Fellegi and Sunter weigh a field by m (how often it agrees for one person) against u (how often for two
strangers). Two people of a household share name, address and phone without being one; so a third class
stands beside them: a relative, whose given name or birth date must speak otherwise. A missing field has the
same chance in every class and so counts neither way.
"""

from dataclasses import dataclass, field, replace
from math import log2

from caseapp.domain.matching.comparison import FIELDS, Frequencies, Pattern

THRESHOLD = 0.5
"""At or above this two records are taken to be one person."""

CERTAIN = 0.999
"""At or above this pairs may be linked many at a time."""

Table = dict[str, tuple[float, ...]]

DEFAULT_M: Table = {
    "given": (1.0, 0.65, 0.09, 0.06, 0.02, 0.03, 0.02, 0.06, 0.065, 0.005),
    "family": (1.0, 0.78, 0.08, 0.06, 0.02, 0.06),
    "order": (0.985, 0.015),
    "birth": (1.0, 0.78, 0.025, 0.045, 0.03, 0.02, 0.01, 0.01, 0.85, 0.10, 0.05, 0.005, 0.02),
    "phone": (1.0, 0.55, 0.03, 0.42),
    "street": (1.0, 0.5, 0.05, 0.03, 0.01, 0.41),
    "locality": (1.0, 0.72, 0.06, 0.05, 0.02, 0.15),
    "number": (1.0, 0.95, 0.03, 0.02),
    "sex": (1.0, 0.97, 0.03),
}
DEFAULT_U: Table = {
    "given": (1.0, 0.006, 0.004, 0.006, 0.006, 0.06, 0.01, 0.907, 1e-5, 5e-4),
    "family": (1.0, 0.003, 0.002, 0.004, 0.006, 0.985),
    "order": (0.996, 0.004),
    "birth": (1.0, 5e-5, 2e-5, 4e-4, 5e-4, 1.5e-3, 0.014, 0.05, 0.07, 0.10, 0.83, 0.4, 0.534),
    "phone": (1.0, 2e-5, 2e-4, 0.99978),
    "street": (1.0, 3e-4, 2e-3, 6e-3, 1e-3, 0.9907),
    "locality": (1.0, 0.10, 0.01, 0.05, 0.01, 0.83),
    "number": (1.0, 1e-5, 1e-5, 0.99998),
    "sex": (1.0, 0.5, 0.5),
}
RELATIVE: Table = {
    "family": (1.0, 0.82, 0.08, 0.02, 0.01, 0.07),
    "order": (0.99, 0.01),
    "phone": (1.0, 0.35, 0.01, 0.64),
    "street": (1.0, 0.80, 0.05, 0.01, 0.01, 0.13),
    "locality": (1.0, 0.9, 0.02, 0.02, 0.01, 0.05),
    "number": DEFAULT_U["number"],
    "sex": (1.0, 0.5, 0.5),
}
SAME_GIVEN: tuple[float, ...] = (1.0, 0.75, 0.07, 0.05, 0.02, 0.03, 0.02, 0.01, 0.02, 0.03)
ANOTHER_GENERATION: tuple[float, ...] = (
    1.0, 1e-3, 1e-4, 5e-3, 1e-3, 1e-2, 1e-4, 1e-3, 0.02, 0.03, 0.95, 0.95, 0.03
)  # fmt: skip
SIBLING, TWIN, NAMESAKE = 0.75, 0.08, 0.17
"""Shares of what relatives are to each other: siblings, twins, father and son of one name."""

CAUTION = 4.0
"""To take a brother for his brother costs more than to miss one: relatives weigh so much when deciding."""


@dataclass(frozen=True, slots=True)
class Model:
    """Chances by field and level, the shares of pairs that are one person or of a family, frequencies.

    `one` and `relative` are shares of all pairs of records, between 0 and 1.
    """

    m: Table = field(default_factory=lambda: dict(DEFAULT_M))
    u: Table = field(default_factory=lambda: dict(DEFAULT_U))
    one: float = 1e-4
    relative: float = 1e-5
    frequencies: Frequencies = field(default_factory=Frequencies)
    caution: float = 1.0

    def at_intake(self, one: float) -> "Model":
        """The same weights for one person asked about: each record is them with a chance of `one`."""
        return replace(self, one=one, relative=one, caution=1.0)

    def odds(self, pattern: Pattern, surprise: float) -> tuple[float, float, float]:
        """Likelihood x prior of: one person, two relatives, two strangers."""
        one, strangers = self.one, (1.0 - self.one) * 2.0**-surprise
        for name, level in zip(FIELDS, pattern, strict=True):
            one *= self.m[name][level]
            strangers *= self.u[name][level]
        return one, self._relatives(pattern), strangers

    def _relatives(self, pattern: Pattern) -> float:
        chance = self.relative
        for name, table in RELATIVE.items():
            chance *= table[getattr(pattern, name)]
        given, birth = pattern.given, pattern.birth
        strange_given, strange_birth = self.u["given"][given], self.u["birth"][birth]
        return chance * (
            self.caution * SIBLING * strange_given * strange_birth
            + self.caution * TWIN * strange_given * self.m["birth"][birth]
            + NAMESAKE * SAME_GIVEN[given] * ANOTHER_GENERATION[birth]
        )

    def probability(self, pattern: Pattern, surprise: float) -> float:
        """The chance that it is one person, between 0 and 1."""
        one, relatives, strangers = self.odds(pattern, surprise)
        return one / (one + relatives + strangers)

    def bits(self, name: str, level: int) -> float:
        """What a level of a field says for (above 0) or against (below 0) one person."""
        return log2(self.m[name][level] / self.u[name][level])
