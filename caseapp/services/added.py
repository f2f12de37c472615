"""What was written about linked people since their links, and from whom something was taken since."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from caseapp.domain.one_person import Added
from caseapp.domain.timeline import TimelineKind
from caseapp.services.added_facts import facts_since
from caseapp.services.context import Context
from caseapp.store.unit_of_work import UnitOfWork

Group = frozenset[UUID]


def entries_since(work: UnitOfWork, since: Mapping[UUID, datetime]) -> list[Added]:
    """What was written about each of these records after its own instant, the oldest first."""
    written = work.added.since(list(since), min(since.values())) if since else []
    return [one for one in written if _is_new(work, one, since[one.person_id])]


def groups_written_on(
    context: Context, work: UnitOfWork, groups: Iterable[Group], at: datetime
) -> Collection[Group]:
    """The linked people about whom anything was written, or from whom anything was taken, after an instant.

    What stands on a record that the actor may not open is not counted, as unlinking does not ask about it.
    """
    groups = set(groups)
    touched = work.journal.changed_since(at, frozenset[UUID]().union(*groups))
    return {one for one in groups if not touched.isdisjoint(one) and _is_written_on(context, work, one, at)}


def _is_written_on(context: Context, work: UnitOfWork, group: Group, at: datetime) -> bool:
    people = work.people.many(group - context.closed(work, group))
    since = dict.fromkeys(people, at)
    if entries_since(work, since):
        return True
    facts = facts_since(context, work, people.values(), since)
    return bool(facts.added or facts.taken)


def _is_new(work: UnitOfWork, one: Added, joined_at: datetime) -> bool:
    """Whether it was written when its record stood for both; of a call, whether they were named then."""
    if one.at <= joined_at or one.kind is not TimelineKind.CALL:
        return one.at > joined_at
    return any(
        entry.at > joined_at
        and any("person_id" in change["fields"] for change in entry.detail.get("changes", ()))
        for entry in work.journal.of_record(one.record_id)
    )
