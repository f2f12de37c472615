"""When people died and when they were met last, so that no link of many is made against either."""

from collections.abc import Collection, Iterable
from uuid import UUID

from caseapp.domain.judgements import Judged
from caseapp.domain.lifetimes import NOTHING, Lifetime
from caseapp.services.context import Context
from caseapp.store.unit_of_work import UnitOfWork


def lifetimes(context: Context, work: UnitOfWork, people: Collection[UUID]) -> dict[UUID, Lifetime]:
    """The lifetime of each of these records that has one; nothing at all where none of them has died.

    Without a death nothing can contradict, so that no meeting is read. Days are those of the agency.
    """
    deaths = work.people.deaths(people)
    if not deaths:
        return {}
    met = {one: max(calls.values()) for one, calls in work.encounters.met(people).items()}
    for one, at in work.contacts.last(people).items():
        met[one] = max(at, met.get(one, at))
    days = {one: at.astimezone(context.zone).date() for one, at in met.items()}
    return {
        one: Lifetime(frozenset([deaths[one]] if one in deaths else []), days.get(one))
        for one in {*deaths, *days}
    }


def lifetimes_of_groups(
    context: Context,
    work: UnitOfWork,
    judged: Judged,
    people: Collection[UUID],
    pairs: Iterable[tuple[UUID, UUID]],
) -> dict[UUID, Lifetime]:
    """The lifetime of each group of linked records, by the record that heads it.

    Read only of groups that these pairs connect, directly or through others, with somebody who has died.
    """
    connected = Judged(())
    for left, right in pairs:
        connected.join(judged.head(left), judged.head(right))
    dead = {connected.head(judged.head(one)) for one in work.people.deaths(people)}
    some = [one for one in people if connected.head(judged.head(one)) in dead]
    found: dict[UUID, Lifetime] = {}
    for one, life in lifetimes(context, work, some).items():
        head = judged.head(one)
        found[head] = life.joined(found.get(head, NOTHING))
    return found
