"""Measures of the caseload: who is enrolled, how they came, what changed, and what must not fall through."""

from typing import Any

from caseapp.domain.measures.measure import Kind, Left, Measure
from caseapp.domain.measures.populations import cases_closed, cases_open_at_end, cases_opened
from caseapp.domain.measures.rows import CaseFact, Records
from caseapp.domain.measures.served import is_housed, living_on
from caseapp.domain.measures.summaries import at_percentile, count, share, split

INTAKE_DAYS = 14
"""Days from the call to the intake within which it is on time."""

QUIET_DAYS = 30
_SECTION = "Cases"


def every(_case: CaseFact, _records: Records) -> bool:
    """Each case once."""
    return True


def opened_from(case: CaseFact, _records: Records) -> str:
    """The door by which the person came."""
    return case.opened_from or "not recorded"


def close_reason(case: CaseFact, _records: Records) -> str:
    """Why the case ended."""
    return case.close_reason or "not recorded"


def outcome(case: CaseFact, _records: Records) -> str:
    """How it stood when the case ended."""
    return case.outcome or "not recorded"


def intake_on_time(case: CaseFact, _records: Records) -> bool | Left:
    """Opened within 14 days of the call it came from."""
    if case.call_on is None:
        return Left("not opened from a call")
    return 0 <= case.opened_on - case.call_on <= INTAKE_DAYS


def has_next_step(case: CaseFact, _records: Records) -> bool:
    """An open case has a dated next step with an owner."""
    return case.has_next_step


def days_open(case: CaseFact, _records: Records) -> float:
    """Days from opening to closing."""
    return float((case.closed_on or case.opened_on) - case.opened_on)


def housed_since(case: CaseFact, records: Records) -> bool | Left:
    """Of people not housed when the case opened, whether they are housed at the period's end."""
    person = records.people.get(case.person)
    if person is None or not person.living:
        return Left("living situation not recorded")
    before = living_on(person, case.opened_on)
    if is_housed(before):
        return Left("housed when the case opened")
    return is_housed(living_on(person, records.span.end_day))


def worker(case: CaseFact, _records: Records) -> str:
    """Who is the primary worker."""
    return case.worker or "nobody"


def quiet(case: CaseFact, records: Records) -> bool:
    """Nobody was reached for 30 days before the period's end, or since the case opened."""
    end = records.span.end
    contacts = records.contacts.get(case.person, ())
    last = max((one.at for one in contacts if one.is_contact and one.at < end), default=case.opened_at)
    return end - max(last, case.opened_at) > QUIET_DAYS * 86_400_000_000


def _measure(
    id_: str,
    name: str,
    sentence: str,
    numerator: str,
    judge: Any,
    population: Any,
    *,
    denominator: str = "the same",
    excludes: str = "nothing",
    basis: str = "day the case was opened",
    unit: str = "cases",
    summarise: Any = count,
    number: int = 33,
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
        window="the period",
        source="cases, assignments, follow-ups",
        unit=unit,
        kind=Kind.CASE,
        population=population,
        judge=judge,
        summarise=summarise,
        number=number,
        code_list=code_list,
    )


_AT_END = "last day of the period"
_CLOSED = "day the case was closed"

MEASURES = (
    _measure(
        "cases_enrolled",
        "Open at the period's end",
        "How many cases are open on the last day.",
        "open cases",
        every,
        cases_open_at_end,
        basis=_AT_END,
    ),
    _measure("cases_new", "New intakes", "How many cases were opened.", "cases opened", every, cases_opened),
    _measure(
        "cases_exited",
        "Exits",
        "How many cases were closed.",
        "cases closed",
        every,
        cases_closed,
        basis=_CLOSED,
    ),
    _measure(
        "cases_by_door",
        "Intakes by door",
        "How people came into the program.",
        "cases of each door",
        opened_from,
        cases_opened,
        denominator="cases opened",
        summarise=split,
        number=35,
        code_list="case_opened_from",
    ),
    _measure(
        "intake_on_time",
        f"Intake within {INTAKE_DAYS} days of the call",
        "Share of cases from a call that were opened in time.",
        f"cases opened within {INTAKE_DAYS} days of the call",
        intake_on_time,
        cases_opened,
        denominator="cases opened from a call",
        excludes="cases opened from elsewhere",
        unit="%",
        summarise=share,
        number=36,
    ),
    _measure(
        "cases_by_close_reason",
        "Exits by reason",
        "Why cases ended.",
        "cases of each reason",
        close_reason,
        cases_closed,
        denominator="cases closed",
        basis=_CLOSED,
        summarise=split,
        code_list="case_close_reason",
    ),
    _measure(
        "cases_by_outcome",
        "Exits by outcome",
        "How it stood when cases ended.",
        "cases of each outcome",
        outcome,
        cases_closed,
        denominator="cases closed",
        basis=_CLOSED,
        summarise=split,
        code_list="case_outcome",
    ),
    _measure(
        "case_days_median",
        "Days a case was open, median",
        "Of cases closed, half were open for fewer days.",
        "cases closed",
        days_open,
        cases_closed,
        basis=_CLOSED,
        unit="days",
        summarise=at_percentile(0.5),
    ),
    _measure(
        "housed_since_intake",
        "Housed since intake",
        "Of open cases whose person was not housed at intake, share now housed.",
        "people housed now",
        housed_since,
        cases_open_at_end,
        denominator="people not housed at intake, with both recorded",
        excludes="housed at intake; living situation not recorded",
        basis=_AT_END,
        unit="%",
        summarise=share,
        number=37,
    ),
    _measure(
        "cases_with_next_step",
        "Open cases with a next step",
        "Share of open cases that have a dated next step with an owner.",
        "open cases with a planned follow-up",
        has_next_step,
        cases_open_at_end,
        denominator="open cases",
        basis=_AT_END,
        unit="%",
        summarise=share,
        number=0,
    ),
    _measure(
        "cases_quiet",
        f"Open cases quiet for {QUIET_DAYS} days",
        "Share of open cases in which nobody was reached lately; attempts do not count.",
        f"open cases without a contact for {QUIET_DAYS} days",
        quiet,
        cases_open_at_end,
        denominator="open cases",
        basis=_AT_END,
        unit="%",
        summarise=share,
        number=0,
    ),
    _measure(
        "cases_by_worker",
        "Open cases by worker",
        "How the caseload is spread.",
        "open cases of each worker",
        worker,
        cases_open_at_end,
        denominator="open cases",
        basis=_AT_END,
        summarise=split,
        number=0,
    ),
)
