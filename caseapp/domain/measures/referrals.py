"""Measures of the referral ladder: sent, answered, connected, and closed, which is not connected."""

from collections.abc import Callable
from typing import Any

from caseapp.domain.measures.measure import Kind, Left, Measure
from caseapp.domain.measures.populations import people_met, referrals_offered, referrals_sent
from caseapp.domain.measures.rows import Records, ReferralFact
from caseapp.domain.measures.summaries import at_percentile, count, share, split

UNANSWERED_AFTER = 14
"""Days without a change of status after which a referral counts as unknown (standards D4)."""

NOT_MATURED = Left("window not over yet")
TREATMENT = frozenset({"treatment", "detox", "mental-health"})
_SECTION = "Referrals"


def every(_one: ReferralFact, _records: Records) -> bool:
    """Each referral once."""
    return True


def category(one: ReferralFact, _records: Records) -> str:
    """The kind of service."""
    return one.category or "no kind recorded"


def was_sent(one: ReferralFact, _records: Records) -> bool:
    """It left for the agency."""
    return one.sent_on is not None


def answered_within(days: int) -> Callable[[ReferralFact, Records], bool | Left]:
    """Whether the agency said anything within so many days of sending."""

    def judge(one: ReferralFact, records: Records) -> bool | Left:
        sent = one.sent_on or 0
        if sent + days > records.span.complete_day:
            return NOT_MATURED
        return one.answered_on is not None and one.answered_on <= sent + days

    return judge


def accepted(one: ReferralFact, _records: Records) -> bool | Left:
    """The agency accepted, of those that accepted or declined."""
    if one.accepted_on is not None:
        return True
    return False if one.declined_on is not None else Left("neither accepted nor declined yet")


def connected_within(days: int) -> Callable[[ReferralFact, Records], bool | Left]:
    """Whether the person came to the service within so many days of sending."""

    def judge(one: ReferralFact, records: Records) -> bool | Left:
        sent = one.sent_on or 0
        if sent + days > records.span.complete_day:
            return NOT_MATURED
        return one.attended_on is not None and one.attended_on <= sent + days

    return judge


def still_engaged(one: ReferralFact, records: Records) -> bool | Left:
    """Of those who came, whether they were still engaged after 30 days."""
    if one.attended_on is None:
        return Left("never attended")
    if one.attended_on + 30 > records.span.complete_day:
        return NOT_MATURED
    return one.engaged_on is not None or one.completed_on is not None


def loop_closed(one: ReferralFact, _records: Records) -> bool:
    """Ended with an outcome that somebody outside confirmed: the agency, the person or a paper."""
    ended = one.completed_on is not None or one.closed_on is not None or one.declined_on is not None
    return ended and bool(one.proof)


def unknown(one: ReferralFact, records: Records) -> bool | Left:
    """Open, and nothing was heard for more than 14 days."""
    if one.completed_on is not None or one.closed_on is not None:
        return Left("ended")
    heard = max(day for day in (one.sent_on, one.answered_on, one.appointment_on, one.attended_on) if day)
    return records.span.complete_day - heard > UNANSWERED_AFTER


def days_to_answer(one: ReferralFact, _records: Records) -> float | Left:
    """Days from sending to the agency's first answer."""
    if one.answered_on is None or one.sent_on is None:
        return Left("no answer yet")
    return float(one.answered_on - one.sent_on)


def standing(one: ReferralFact, _records: Records) -> str:
    """How far the referral got, in one word."""
    ladder = (
        (one.completed_on, "completed"),
        (one.engaged_on, "engaged at 30 days"),
        (one.attended_on, "attended"),
    )
    for day, words in ladder:
        if day is not None:
            return words
    if one.closed_on is not None:
        return f"closed by {one.ended_by or 'nobody named'}"
    if one.declined_on is not None and one.accepted_on is None:
        return "declined by agency"
    later = (
        (one.appointment_on, "appointment"),
        (one.accepted_on, "accepted"),
        (one.answered_on, "waiting list"),
    )
    return next((words for day, words in later if day is not None), "no answer")


def reached(step: str) -> Callable[[ReferralFact, Records], bool]:
    """Whether the referral got to this rung of the ladder."""

    def judge(one: ReferralFact, _records: Records) -> bool:
        return getattr(one, step) is not None

    return judge


def is_treatment(one: ReferralFact, _records: Records) -> bool | Left:
    """Of referrals to treatment, whether the person came."""
    if one.category not in TREATMENT and one.need not in TREATMENT:
        return Left("not to treatment")
    return one.attended_on is not None


def connected_person(met: Any, records: Records) -> bool:
    """Whether somebody met in the period came to any service since."""
    return met.key in _people_connected(records)


def referred_person(met: Any, records: Records) -> bool:
    """Whether somebody met in the period was referred since."""
    return met.key in _people_referred(records)


def _people_connected(records: Records) -> frozenset[bytes]:
    start = records.span.start_day
    return _people(records, "connected", lambda one: (one.attended_on or 0) >= start)


def _people_referred(records: Records) -> frozenset[bytes]:
    return _people(records, "referred", lambda one: one.offered_on >= records.span.start_day)


def _people(records: Records, name: str, holds: Callable[[ReferralFact], bool]) -> frozenset[bytes]:
    cached = records.cached
    if name not in cached:
        cached[name] = frozenset(one.person for one in records.referrals if holds(one))
    return cached[name]  # type: ignore[return-value]


def _measure(
    id_: str,
    name: str,
    sentence: str,
    numerator: str,
    judge: Any,
    *,
    denominator: str = "referrals sent",
    excludes: str = "nothing",
    window: str = "until the records end",
    unit: str = "%",
    summarise: Any = share,
    population: Any = referrals_sent,
    basis: str = "day the referral was sent",
    number: int = 32,
    kind: Kind = Kind.REFERRAL,
    code_list: str = "",
) -> Measure:
    return Measure(
        id=id_,
        name=name,
        section=_SECTION,
        sentence=sentence,
        numerator=numerator,
        denominator=denominator,
        excludes=excludes,
        basis=basis,
        window=window,
        source="steps of the referral ladder, each with its proof",
        unit=unit,
        kind=kind,
        population=population,
        judge=judge,
        summarise=summarise,
        number=number,
        code_list=code_list,
    )


def _rung(id_: str, name: str, step: str) -> Measure:
    return _measure(
        id_,
        name,
        f"How many referrals sent in the period got this far: {name[0].lower()}{name[1:]}.",
        "referrals with this step",
        reached(step),
        unit="referrals",
        summarise=count,
    )


MEASURES = (
    _measure(
        "referrals_made",
        "Referrals offered",
        "How many referrals were offered.",
        "referrals offered",
        every,
        denominator="referrals offered",
        unit="referrals",
        summarise=count,
        population=referrals_offered,
        basis="day the referral was offered",
        number=31,
    ),
    _measure(
        "referrals_sent_share",
        "Sent, of referrals offered",
        "Share of referrals offered that were sent.",
        "referrals sent",
        was_sent,
        denominator="referrals offered",
        population=referrals_offered,
        basis="day the referral was offered",
        number=31,
    ),
    _measure(
        "referrals_by_category",
        "Referrals by kind of service",
        "To what kinds of service people were referred.",
        "referrals of each kind",
        category,
        denominator="referrals offered",
        unit="referrals",
        summarise=split,
        population=referrals_offered,
        basis="day the referral was offered",
        number=31,
        code_list="service_category",
    ),
    _rung("referrals_sent", "Sent", "sent_on"),
    _rung("referrals_answered", "Answered by the agency", "answered_on"),
    _rung("referrals_appointment", "Appointment made", "appointment_on"),
    _rung("referrals_attended", "Attended", "attended_on"),
    _rung("referrals_engaged", "Still engaged at 30 days", "engaged_on"),
    _measure(
        "referrals_answered_72h",
        "Answered within 3 days",
        "Share of referrals that the agency answered within 3 days.",
        "referrals answered within 3 days",
        answered_within(3),
        excludes="windows that are not over yet",
        window="3 days",
    ),
    _measure(
        "referrals_accepted",
        "Accepted, of those decided",
        "Share of the agencies' decisions that were a yes.",
        "referrals accepted",
        accepted,
        denominator="referrals accepted or declined",
        excludes="referrals not decided yet",
    ),
    _measure(
        "referrals_connected_30d",
        "Connected within 30 days",
        "Share of referrals after which the person came to the service within 30 days of sending.",
        "referrals with a first service received within 30 days",
        connected_within(30),
        excludes="windows that are not over yet",
        window="30 days",
    ),
    _measure(
        "referrals_engaged_30d",
        "Still engaged 30 days after coming",
        "Of people who came, share still engaged 30 days later.",
        "referrals still engaged or completed",
        still_engaged,
        denominator="referrals attended at least 30 days ago",
        excludes="never attended; windows that are not over yet",
        window="30 days from the first visit",
    ),
    _measure(
        "referrals_loop_closed",
        "Loop closed with proof",
        "Share of referrals that ended with an outcome somebody confirmed; closed is not connected.",
        "referrals ended, with a proof",
        loop_closed,
    ),
    _measure(
        "referrals_unknown",
        "Nothing heard for 14 days",
        "Share of open referrals of which nothing was heard for more than 14 days.",
        "open referrals, silent for more than 14 days",
        unknown,
        denominator="open referrals",
        excludes="referrals that ended",
        window="14 days",
    ),
    _measure(
        "referral_days_to_answer_median",
        "Days to the agency's answer, median",
        "Days from sending to the first answer: half came sooner.",
        "referrals answered",
        days_to_answer,
        denominator="referrals answered",
        excludes="referrals without an answer",
        unit="days",
        summarise=at_percentile(0.5),
    ),
    _measure(
        "referral_outcomes",
        "How referrals stand",
        "How far the referrals of the period got.",
        "referrals at each stand",
        standing,
        unit="referrals",
        summarise=split,
    ),
    _measure(
        "treatment_connected",
        "Came to treatment, of referrals to treatment",
        "Share of referrals to treatment, detox or mental health after which the person came.",
        "referrals attended",
        is_treatment,
        denominator="referrals to treatment",
        excludes="referrals to other services",
        number=24,
    ),
    _measure(
        "people_referred",
        "People referred, of people met",
        "Share of people met in the period who were given a referral since its first day.",
        "people with a referral",
        referred_person,
        denominator="identified people met",
        unit="%",
        population=people_met,
        basis="day of the call",
        number=31,
        kind=Kind.PERSON,
    ),
    _measure(
        "people_connected",
        "People connected to care, of people met",
        "Share of people met in the period who came to a service since its first day.",
        "people who came to a service",
        connected_person,
        denominator="identified people met",
        population=people_met,
        basis="day of the call",
        number=25,
        kind=Kind.PERSON,
    ),
)
