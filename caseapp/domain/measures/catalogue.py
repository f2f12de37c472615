"""Every measure of the program by its id, and which of the published list our records cannot answer."""

from collections.abc import Iterable
from types import MappingProxyType

from caseapp.domain.errors import CaseAppError
from caseapp.domain.measures import (
    calls,
    cases,
    cit,
    follow_up,
    quality,
    referrals,
    repeat,
    scene,
    served,
    times,
)
from caseapp.domain.measures.measure import Measure

ALL: tuple[Measure, ...] = tuple(
    measure
    for module in (calls, scene, times, follow_up, repeat, referrals, served, cases, cit, quality)
    for measure in module.MEASURES
)
BY_ID = MappingProxyType({measure.id: measure for measure in ALL})

NOT_ANSWERED = MappingProxyType(
    {
        38: "bookings and jail days are kept by the jail; calls before and after stand in their place",
        40: "ratings by people served are not asked for by this program; injuries are counted",
        41: "what the program costs is not in the records",
    }
)
"""Numbers of the published list (users.md 1.4) that the records answer in part or not at all, and why."""


class UnknownMeasure(CaseAppError):
    """A report asks for a measure that there is not."""

    code = "report.unknown-measure"


def chosen(ids: Iterable[str]) -> tuple[Measure, ...]:
    """The measures of these ids in that order; raises UnknownMeasure."""
    wanted = list(ids)
    unknown = [one for one in wanted if one not in BY_ID]
    if unknown:
        raise UnknownMeasure(measure=unknown[0])
    return tuple(BY_ID[one] for one in wanted)
