"""What was written about linked people since their links, and from whom something was taken since."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from caseapp.domain.one_person import Added
from caseapp.services.added_facts import facts_since
from caseapp.services.context import Context
from caseapp.services.since import Since, since_link
from caseapp.store.unit_of_work import UnitOfWork

Group = frozenset[UUID]
_ENTRIES = 1000
"""Changes of one entry that are looked through, the newest first."""


def entries_since(work: UnitOfWork, since: Mapping[UUID, Since]) -> list[Added]:
    """What was written about each of these records after its own link, the oldest first."""
    written = work.added.since(list(since), min(one.first for one in since.values())) if since else []
    return [one for one in written if _is_new(work, one, since[one.person_id])]


def groups_written_on(
    context: Context, work: UnitOfWork, groups: Iterable[Group], at: datetime
) -> Collection[Group]:
    """The linked people about whom anything was written, or from whom anything was taken, after an instant.

    What stands on a record that the actor may not open is not counted, as unlinking does not ask about it.
    """
    groups, seq = set(groups), work.journal.number_at(at)
    touched = work.journal.changed_since(seq, frozenset[UUID]().union(*groups))
    written = (one for one in groups if not touched.isdisjoint(one))
    return {
        one for one in written if _is_written_on(context, work, one, since_link(work, one, at=at, seq=seq))
    }


def _is_written_on(context: Context, work: UnitOfWork, group: Group, began: Since) -> bool:
    people = work.people.many(group - context.closed(work, group))
    since = dict.fromkeys(people, began)
    if entries_since(work, since):
        return True
    facts = facts_since(context, work, people.values(), since)
    return bool(facts.added or facts.taken)


def _is_new(work: UnitOfWork, one: Added, began: Since) -> bool:
    """Whether it was written, or its person named in it, when their record stood for both."""
    if not began.is_set_back and (one.at <= began.at or not one.is_older):
        return one.at > began.at
    entries = work.journal.find(kinds=("change",), record_ids=(one.record_id,), limit=_ENTRIES)
    newer = (one for one in entries if (one.seq > began.seq if began.seq else one.at > began.at))
    changes = (change for entry in newer for change in entry.detail["changes"])
    return any(_names(change, one.person_id) for change in changes)


def _names(change: Mapping[str, Any], person_id: UUID) -> bool:
    """Whether a change put a person in the place of another, or beside others."""
    named = change["fields"].get("person_id")
    now = named[1] if change["did"] == "changed" and named else named
    return change["did"] != "removed" and bool(now == person_id.hex)
