"""By what a report's rows can be parted: model, area, month, program, agency, worker."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from caseapp.domain.errors import CaseAppError
from caseapp.domain.measures.calls import month
from caseapp.domain.measures.group_words import together
from caseapp.domain.measures.measure import Kind, Left, Measure
from caseapp.domain.measures.rows import DAY, Records, moment

NOT_RECORDED = "not recorded"
Label = Callable[[Any, Records], str]


class UnknownGroup(CaseAppError):
    """A report asks to be parted by something that there is not."""

    code = "report.unknown-group"


def _month_of_call(row: Any, records: Records) -> str:
    found = month(row, records)
    return NOT_RECORDED if isinstance(found, Left) else found


def _month_of_instant(row: Any, records: Records) -> str:
    return f"{moment(row.at).astimezone(records.span.zone):%Y-%m}"


def _month_of_day(name: str) -> Label:
    def label(row: Any, _records: Records) -> str:
        day = getattr(row, name)
        return NOT_RECORDED if day is None else f"{moment((day - _EPOCH) * DAY):%Y-%m}"

    return label


def _text(name: str) -> Label:
    def label(row: Any, _records: Records) -> str:
        return getattr(row, name) or NOT_RECORDED

    return label


def _models(row: Any, _records: Records) -> str:
    return together(row.models) or NOT_RECORDED


_EPOCH = 719_163
GROUPS: Mapping[str, Mapping[Kind, Label]] = MappingProxyType(
    {
        "month": {
            Kind.CALL: _month_of_call,
            Kind.ENCOUNTER: _month_of_instant,
            Kind.CONTACT: _month_of_instant,
            Kind.REFERRAL: _month_of_day("sent_on"),
            Kind.CASE: _month_of_day("opened_on"),
            Kind.FOLLOW_UP: _month_of_day("due_day"),
        },
        "model": {Kind.CALL: _models, Kind.ENCOUNTER: _text("model")},
        "area": {Kind.CALL: _text("area")},
        "program": {Kind.CASE: _text("program")},
        "worker": {Kind.CASE: _text("worker"), Kind.FOLLOW_UP: _text("worker")},
        "agency": {Kind.REFERRAL: _text("to_name")},
        "service": {Kind.REFERRAL: _text("category")},
    }
)
"""Name -> for each kind of row, the group it belongs to; measures of other kinds stay whole."""

CODE_LISTS: Mapping[str, str] = MappingProxyType({"service": "service_category", "model": "response_model"})
"""Name -> the agency's list whose codes name its groups; the groups of the others are words themselves."""


def grouped(group_by: str, measure: Measure, records: Records) -> dict[str, Sequence[Any]]:
    """The measure's rows by group, in the order of the groups' names; empty where it cannot be parted."""
    if not group_by:
        return {}
    if group_by not in GROUPS:
        raise UnknownGroup(group=group_by, known=", ".join(GROUPS))
    label = GROUPS[group_by].get(measure.kind)
    if label is None:
        return {}
    found: dict[str, list[Any]] = {}
    for row in measure.population(records):
        found.setdefault(label(row, records), []).append(row)
    return dict(sorted(found.items()))
