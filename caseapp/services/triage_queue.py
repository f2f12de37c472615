"""The queue of triage as it is read: who waits by the agency's rules, and what everybody carries."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from caseapp.domain.access import RIGHTS, SEALED_NAME, Right, has_right
from caseapp.domain.people import PersonKind
from caseapp.domain.staff import StaffMember
from caseapp.domain.triage import Arrival, Load, Rules, queue
from caseapp.services.context import Context
from caseapp.services.groups import called, open_groups
from caseapp.services.repeat import contact_of
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import paths

RULES = "triage"
"""The setting that holds the agency's own rules."""

REPEAT_DAYS = 30
"""The window in which calls of one person are counted for the queue."""


def arrivals(context: Context, work: UnitOfWork) -> list[Arrival]:
    """The queue by the agency's rules, each under the name of the whole person."""
    rules = rules_of(work)
    found = work.triage.waiting(context.now() - timedelta(hours=rules.within_hours))
    people = [one.person_id for one in found if one.person_id is not None]
    counts = {one: calls.within(REPEAT_DAYS) for one, calls in contact_of(context, work, people).items()}
    found = [replace(one, calls_lately=_count(counts, one.person_id)) for one in found]
    threshold = work.agency.get().repeat_threshold
    waiting = queue(found, rules, repeat_threshold=threshold)
    closed = context.closed(work, people)
    names = called(context, work, people)
    cases = _open_cases(context, work, {one for one in people if one not in closed})
    unknown = _unknown(context, work, waiting)
    return [
        replace(_shown(one, closed, names, cases), is_unknown=one.person_id in unknown) for one in waiting
    ]


def _unknown(context: Context, work: UnitOfWork, waiting: list[Arrival]) -> set[UUID]:
    """Whose record, with all that is linked with it, has no name yet."""
    nameless = {one.person_id for one in waiting if one.is_unknown and one.person_id is not None}
    wholes = open_groups(context, work, nameless)
    return {one for one, whole in wholes.items() if whole.details.kind is PersonKind.UNKNOWN}


def _open_cases(context: Context, work: UnitOfWork, people: set[UUID]) -> dict[UUID, str]:
    """The number of the open case of each person, on whichever record it stands that may be opened."""
    groups = work.links.groups(people)
    members = frozenset[UUID]().union(*groups.values())
    numbers = work.cases.open_numbers(members - context.closed(work, members))
    return {
        person_id: numbers[next(one for one in members if one in numbers)]
        for person_id, members in groups.items()
        if not members.isdisjoint(numbers)
    }


def _count(counts: Mapping[UUID, int], person_id: UUID | None) -> int:
    return counts.get(person_id, 0) if person_id is not None else 0


def _shown(
    one: Arrival, closed: frozenset[UUID], names: Mapping[UUID, str], cases: Mapping[UUID, str]
) -> Arrival:
    if one.person_id is None:
        return one
    if one.person_id in closed:
        return replace(
            one, name=SEALED_NAME, follow_up_wished="", note="", outcome="", calls_lately=0, is_sealed=True
        )
    return replace(one, name=names.get(one.person_id, one.name), open_case=cases.get(one.person_id, ""))


def rules_of(work: UnitOfWork) -> Rules:
    """The agency's own rules, or those that are shipped."""
    stored = work.settings.get(RULES)
    if stored is None:
        text = paths.database_assets("seed", "triage", "rules.toml").read_text(encoding="utf-8")
        stored = tomllib.loads(text)
    return Rules.of(stored)


def loads(context: Context, work: UnitOfWork) -> list[Load]:
    """What everybody who can hold a case carries, lightest first."""
    today = context.today()
    cases = work.triage.open_cases()
    overdue = work.triage.planned_until(today - timedelta(days=1))
    week = work.triage.planned_until(today + timedelta(days=6))
    away = work.triage.away(today)
    found = [
        Load(
            staff_id=one.id,
            name=one.details.name,
            role=one.details.role.value,
            open_cases=cases.get(one.id, 0),
            overdue=overdue.get(one.id, 0),
            this_week=week.get(one.id, 0) - overdue.get(one.id, 0),
            is_away=one.id in away,
        )
        for one in work.staff.list()
        if may_hold_a_case(one)
    ]
    return sorted(found, key=lambda one: (one.is_away, one.open_cases, one.name))


def may_hold_a_case(one: StaffMember) -> bool:
    """Whoever changes cases and signs in for that work; administrators keep the file, not people."""
    role = one.details.role
    return has_right(role, Right.CHANGE_CASES) and Right.CHANGE_STAFF not in RIGHTS[role]
