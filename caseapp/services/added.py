"""What was written about linked people since their links, and from whom something was taken since."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from caseapp.domain.one_person import Added
from caseapp.services.added_facts import facts_since
from caseapp.services.context import Context
from caseapp.store.unit_of_work import UnitOfWork

Group = frozenset[UUID]
_ENTRIES = 1000
"""Changes of one entry that are looked through, the newest first."""


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
    """Whether it was written, or its person named in it, when their record stood for both."""
    if one.at <= joined_at or not one.is_older:
        return one.at > joined_at
    entries = work.journal.find(kinds=("change",), record_ids=(one.record_id,), limit=_ENTRIES)
    changes = (change for entry in entries if entry.at > joined_at for change in entry.detail["changes"])
    return any(_names(change, one.person_id) for change in changes)


def _names(change: Mapping[str, Any], person_id: UUID) -> bool:
    """Whether a change put a person in the place of another, or beside others."""
    named = change["fields"].get("person_id")
    now = named[1] if change["did"] == "changed" and named else named
    return change["did"] != "removed" and bool(now == person_id.hex)
