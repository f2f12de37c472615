"""Measures of follow-up: whether and how soon after the call somebody tried, and reached the person.

First attempt and first contact run on separate clocks from the moment the team left (standards D1).
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any

from caseapp.domain.follow_ups import Due, Status, due, in_time
from caseapp.domain.measures.measure import Kind, Left, Measure
from caseapp.domain.measures.populations import (
    PersonMet,
    contacts_made,
    follow_ups_due,
    people_met,
    subjects,
)
from caseapp.domain.measures.rows import (
    DAY,
    HOUR,
    ContactFact,
    EncounterFact,
    FollowUpFact,
    PersonFact,
    Records,
    moment,
    utc_day,
)
from caseapp.domain.measures.summaries import Until, count, kaplan_meier, mean, share, split

SUBSTANTIVE_MINUTES = 15
"""From how many minutes on a contact counts as a substantive meeting."""

NOT_IDENTIFIED = Left("person not identified")
DECLINED = Left("follow-up declined")
NOT_INDICATED = Left("wish not recorded and no follow-up planned")
DIED = Left("died within the window")
IN_CARE = Left("in hospital or custody for the whole window")
NOT_MATURED = Left("window not over yet")
AWAY = frozenset({"204", "205", "206", "207", "225"})
"""HUD living situations in which nobody can be reached in the usual way."""

CANCELLED = Left("cancelled")
_STANDINGS = {Due.CLOSED: "done", Due.MISSED: "missed", Due.OVERDUE: "overdue", Due.TODAY: "due today"}

_SECTION = "Follow-up"
_BASIS = "day of the call"
_EXCLUDES = (
    "people not identified; follow-up declined; wish not recorded and none planned; died, in hospital or in "
    "custody for the whole window; windows that are not over yet"
)
_NOBODY: Sequence[ContactFact] = ()


def left_out(one: EncounterFact, records: Records, window: int) -> Left | None:
    """Why an encounter is not due a follow-up; none of these is hidden in the denominator."""
    if one.person is None:
        return NOT_IDENTIFIED
    if not one.planned and one.wished != "yes":
        return DECLINED if one.wished in ("no", "declined") else NOT_INDICATED
    if one.left_at + window > records.span.complete:
        return NOT_MATURED
    person = records.people.get(one.person)
    return _unreachable(person, one.left_at, window) if person else None


def _unreachable(person: PersonFact, start: int, window: int) -> Left | None:
    if person.died_on is None and not person.living:
        return None
    first, last = utc_day(start), utc_day(start + window)
    if person.died_on is not None and person.died_on <= last:
        return DIED
    is_away = any(
        code in AWAY and begin <= first and (end is None or end >= last) for code, begin, end in person.living
    )
    return IN_CARE if is_away else None


def _after(one: EncounterFact, records: Records) -> tuple[Sequence[ContactFact], int]:
    """The person's contacts in order of time, and the place of the first after the team left."""
    contacts = records.contacts.get(one.person or b"", _NOBODY)
    return contacts, bisect_right(contacts, one.left_at, key=_time)


def _time(one: ContactFact) -> int:
    return one.at


def attempted_within(window: int) -> Callable[[EncounterFact, Records], bool | Left]:
    """Whether somebody tried within the window after the team left."""

    def judge(one: EncounterFact, records: Records) -> bool | Left:
        left = left_out(one, records, window)
        if left is not None:
            return left
        contacts, place = _after(one, records)
        return place < len(contacts) and in_time(contacts[place].at, since=one.left_at, within=window)

    return judge


def reached_within(window: int) -> Callable[[EncounterFact, Records], bool | Left]:
    """Whether the person was met or spoken to within the window after the team left."""

    def judge(one: EncounterFact, records: Records) -> bool | Left:
        left = left_out(one, records, window)
        if left is not None:
            return left
        contacts, place = _after(one, records)
        while place < len(contacts) and in_time(contacts[place].at, since=one.left_at, within=window):
            if contacts[place].is_contact:
                return True
            place += 1
        return False

    return judge


def until_reached(one: EncounterFact, records: Records) -> Until | Left:
    """Hours until the first contact; who was not reached counts as long as the records go."""
    left = left_out(one, records, 0)
    if left is not None:
        return left
    contacts, place = _after(one, records)
    first = next((contact.at for contact in contacts[place:] if contact.is_contact), None)
    complete = records.span.complete
    happened = first is not None and first <= complete
    end = first if first is not None and happened else complete
    return Until(max(0, end - one.left_at) / HOUR, happened)


def attempts_until_reached(met: PersonMet, records: Records) -> float | Left:
    """Attempts in the records for each person reached at least once."""
    contacts = records.contacts.get(met.key, _NOBODY)
    if not any(one.is_contact for one in contacts):
        return Left("not reached")
    return float(len(contacts))


def _every(_one: ContactFact, _records: Records) -> bool:
    return True


def _reached(one: ContactFact, _records: Records) -> bool:
    return one.is_contact


def _visit(one: ContactFact, _records: Records) -> bool:
    return one.is_contact and one.channel in ("visit", "office")


def _substantive(one: ContactFact, _records: Records) -> bool | Left:
    if not one.is_contact:
        return Left("attempt without contact")
    return Left("minutes not recorded") if one.minutes is None else one.minutes >= SUBSTANTIVE_MINUTES


def standing(one: FollowUpFact, records: Records) -> str | Left:
    """How a promise stands when the records end, by the one rule of what is late."""
    if one.status is Status.CANCELLED:
        return CANCELLED
    stands = due(one, now=moment(records.span.complete), zone=records.span.zone)
    return _STANDINGS.get(stands, "to come")


def _timely(code: str, words: str, window: int) -> tuple[Measure, Measure]:
    return (
        _measure(
            f"follow_up_attempt_{code}",
            f"First attempt within {words}",
            f"Share of people due a follow-up tried for within {words} of the team leaving.",
            "people whom somebody tried to reach in time",
            attempted_within(window),
            words,
        ),
        _measure(
            f"follow_up_contact_{code}",
            f"First contact within {words}",
            f"Share of people due a follow-up who were met or spoken to within {words} of the team leaving.",
            "people met or spoken to in time",
            reached_within(window),
            words,
        ),
    )


def _measure(
    id_: str,
    name: str,
    sentence: str,
    numerator: str,
    judge: Any,
    window: str,
    *,
    unit: str = "%",
    summarise: Any = share,
) -> Measure:
    return Measure(
        id=id_,
        name=name,
        section=_SECTION,
        sentence=sentence,
        numerator=numerator,
        denominator="people due a follow-up, once a call",
        excludes=_EXCLUDES,
        basis=_BASIS,
        window=window,
        source="people met, contacts",
        unit=unit,
        kind=Kind.ENCOUNTER,
        population=subjects,
        judge=judge,
        summarise=summarise,
        number=30,
    )


def _counted(
    id_: str, name: str, sentence: str, judge: Any, number: int, *, unit: str = "contacts"
) -> Measure:
    return Measure(
        id=id_,
        name=name,
        section=_SECTION,
        sentence=sentence,
        numerator=name[0].lower() + name[1:],
        denominator="attempts of staff in the period",
        excludes="nothing",
        basis="day of the contact",
        window="the period",
        source="contacts",
        unit=unit,
        kind=Kind.CONTACT,
        population=contacts_made,
        judge=judge,
        summarise=count if unit == "contacts" else share,
        number=number,
    )


MEASURES = (
    *_timely("24h", "24 hours", 24 * HOUR),
    *_timely("48h", "48 hours", 48 * HOUR),
    *_timely("72h", "72 hours", 72 * HOUR),
    *_timely("7d", "7 days", 7 * DAY),
    *_timely("30d", "30 days", 30 * DAY),
    _measure(
        "hours_to_contact_median",
        "Hours to first contact, median",
        "Hours by which half of the people due a follow-up had been reached, with those not reached yet.",
        "people reached",
        until_reached,
        "from the team leaving until the records end (Kaplan-Meier)",
        unit="hours",
        summarise=kaplan_meier,
    ),
    Measure(
        id="attempts_per_person_reached",
        name="Attempts for each person reached",
        section=_SECTION,
        sentence="How many attempts it takes, of people met in the period who were reached at least once.",
        numerator="attempts",
        denominator="people reached",
        excludes="people not reached",
        basis=_BASIS,
        window="from the period's first day until the records end",
        source="contacts",
        unit="attempts",
        kind=Kind.PERSON,
        population=people_met,
        judge=attempts_until_reached,
        summarise=mean,
        number=29,
    ),
    Measure(
        id="follow_ups_due",
        name="Follow-ups due, by how they stand",
        section=_SECTION,
        sentence="Promises whose day lies in the period: done, missed (past their window), overdue, or open.",
        numerator="follow-ups",
        denominator="follow-ups due in the period",
        excludes="cancelled ones",
        basis="day the follow-up was due",
        window="the period; how they stand when the records end",
        source="follow-ups",
        unit="follow-ups",
        kind=Kind.FOLLOW_UP,
        population=follow_ups_due,
        judge=standing,
        summarise=split,
        number=29,
    ),
    _counted("attempts_made", "Attempts made", "How often staff tried to reach somebody.", _every, 29),
    _counted("contacts_made", "Contacts made", "How often somebody was met or spoken to.", _reached, 29),
    _counted("visits_made", "Visits made", "How often somebody was met in person.", _visit, 29),
    _counted(
        "substantive_meetings",
        "Substantive meetings",
        f"Contacts of {SUBSTANTIVE_MINUTES} minutes or more.",
        _substantive,
        34,
    ),
)
