"""Measures of crisis intervention training: who has it, and which calls it reaches."""

from typing import NamedTuple

from caseapp.domain.calls import Model
from caseapp.domain.measures.measure import Kind, Left, Measure
from caseapp.domain.measures.populations import calls, once
from caseapp.domain.measures.rows import CallFact, Records
from caseapp.domain.measures.summaries import share, split

_SECTION = "CIT"
_POLICE = frozenset({Model.POLICE.value, Model.CIT.value})


class Officer(NamedTuple):
    """A responder of an agency and the day of the CIT course, if there was one."""

    key: bytes
    agency: str
    trained_on: int | None


@once
def officers(records: Records) -> list[Officer]:
    """Every officer in the records."""
    return [Officer(*one) for one in records.trained]


def is_trained(one: Officer, records: Records) -> bool:
    """Trained by the period's last day."""
    return one.trained_on is not None and one.trained_on <= records.span.end_day


def trained_agency(one: Officer, records: Records) -> str | Left:
    """The agency of a trained officer."""
    return (one.agency or "not recorded") if is_trained(one, records) else Left("not trained")


def answered_by_cit(call: CallFact, _records: Records) -> bool | Left:
    """Of calls that police answered, whether a CIT-trained unit was among them."""
    if call.aside:
        return Left(call.aside)
    if not _POLICE.intersection(call.models):
        return Left("no police unit on the call")
    return Model.CIT.value in call.models


MEASURES = (
    Measure(
        id="cit_officers_share",
        name="Officers with CIT training",
        section=_SECTION,
        sentence="Share of officers in the records who had the CIT course by the last day.",
        numerator="officers with a CIT course",
        denominator="officers in the records",
        excludes="officers who are not in the records",
        basis="day of the course",
        window="up to the last day of the period",
        source="training records of responders",
        unit="%",
        kind=Kind.RESPONDER,
        population=officers,
        judge=is_trained,
        summarise=share,
    ),
    Measure(
        id="cit_officers_by_agency",
        name="Officers with CIT training, by agency",
        section=_SECTION,
        sentence="Where the trained officers work.",
        numerator="trained officers of each agency",
        denominator="trained officers",
        excludes="officers without the course",
        basis="day of the course",
        window="up to the last day of the period",
        source="training records of responders",
        unit="officers",
        kind=Kind.RESPONDER,
        population=officers,
        judge=trained_agency,
        summarise=split,
    ),
    Measure(
        id="cit_calls_share",
        name="Calls answered by a CIT-trained unit",
        section=_SECTION,
        sentence="Of calls that police answered, share with a CIT-trained unit.",
        numerator="calls with a CIT unit",
        denominator="calls with a police unit",
        excludes="duplicates; calls without police",
        basis="day the call was received",
        window="the period",
        source="the units sent",
        unit="%",
        kind=Kind.CALL,
        population=calls,
        judge=answered_by_cit,
        summarise=share,
    ),
)
