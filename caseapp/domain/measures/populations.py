"""The rows that measures look at: calls, dispatches, people met, contacts; each made once a report."""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import NamedTuple, TypeVar

from caseapp.domain.measures.measure import Left
from caseapp.domain.measures.rows import (
    CallFact,
    CaseFact,
    ContactFact,
    EncounterFact,
    FollowUpFact,
    Records,
    ReferralFact,
)

RowT = TypeVar("RowT")

DUPLICATE = "duplicate of another call"
OUTSIDE = "no date recorded, and its file reaches outside the period"
NO_UNIT = Left("no unit recorded on the call")
POLICE_ONLY = Left("answered by other agencies' units only")


class PersonMet(NamedTuple):
    """Somebody met in the period with every encounter of theirs, in order of time."""

    key: bytes
    encounters: tuple[EncounterFact, ...]
    day: int


def once(make: Callable[[Records], Sequence[RowT]]) -> Callable[[Records], Sequence[RowT]]:
    """Make a population one time a report."""

    @wraps(make)
    def kept(records: Records) -> Sequence[RowT]:
        cached = records.cached
        if make.__name__ not in cached:
            cached[make.__name__] = make(records)
        return cached[make.__name__]  # type: ignore[return-value]

    return kept


def calls(records: Records) -> Sequence[CallFact]:
    """Every call of the period."""
    return records.calls


@once
def dispatches(records: Records) -> Sequence[CallFact]:
    """Calls to which a team of ours was sent, without duplicates."""
    return [call for call in records.calls if call.sent and not call.aside]


@once
def eligible_calls(records: Records) -> Sequence[CallFact]:
    """Calls that met the program's criteria, without duplicates."""
    return [call for call in records.calls if call.eligible == "yes" and not call.aside]


@once
def subjects(records: Records) -> Sequence[EncounterFact]:
    """Encounters with the person the call was about."""
    return [one for one in records.encounters if one.is_subject]


@once
def people_met(records: Records) -> Sequence[PersonMet]:
    """Identified people whom a call of the period was about, once each."""
    found: dict[bytes, list[EncounterFact]] = {}
    for one in subjects(records):
        if one.person is not None:
            found.setdefault(one.person, []).append(one)
    return [
        PersonMet(person, tuple(sorted(met, key=_time)), records.span.end_day)
        for person, met in found.items()
    ]


@once
def contacts_made(records: Records) -> Sequence[ContactFact]:
    """Attempts of staff in the period, once each however many people were there."""
    start, end = records.span.start, records.span.end
    made = (one for of_person in records.contacts.values() for one in of_person)
    return list({one.key: one for one in made if start <= one.at < end}.values())


@once
def follow_ups_due(records: Records) -> Sequence[FollowUpFact]:
    """Promises whose day lies in the period."""
    return _within(records, records.follow_ups, lambda one: one.due_day)


@once
def referrals_offered(records: Records) -> Sequence[ReferralFact]:
    """Referrals offered in the period."""
    return _within(records, records.referrals, lambda one: one.offered_on)


@once
def referrals_sent(records: Records) -> Sequence[ReferralFact]:
    """Referrals sent in the period."""
    return _within(records, records.referrals, lambda one: one.sent_on)


@once
def cases_opened(records: Records) -> Sequence[CaseFact]:
    """Cases opened in the period."""
    return _within(records, records.cases, lambda one: one.opened_on)


@once
def cases_open_at_end(records: Records) -> Sequence[CaseFact]:
    """Cases open on the last day of the period."""
    last = records.span.end_day
    return [
        one
        for one in records.cases
        if one.opened_on <= last and (one.closed_on is None or one.closed_on > last)
    ]


@once
def cases_closed(records: Records) -> Sequence[CaseFact]:
    """Cases closed in the period."""
    return _within(records, records.cases, lambda one: one.closed_on)


def _within(records: Records, rows: Iterable[RowT], day: Callable[[RowT], int | None]) -> list[RowT]:
    first, last = records.span.start_day, records.span.end_day
    return [row for row in rows if (on := day(row)) is not None and first <= on <= last]


def _time(one: EncounterFact) -> int:
    return one.at
