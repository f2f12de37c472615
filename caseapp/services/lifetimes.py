"""When people were met last, where any of them has died: what no link of many may run against."""

from collections.abc import Collection
from uuid import UUID

from caseapp.domain.lifetimes import Lifetime
from caseapp.services.context import Context
from caseapp.store.unit_of_work import UnitOfWork


def lifetimes(context: Context, work: UnitOfWork, people: Collection[UUID]) -> dict[UUID, Lifetime]:
    """The lifetimes of these people; of nobody where none of them has died, since then none contradicts."""
    deaths = work.people.deaths(people)
    if not deaths:
        return {}
    met = {one: max(calls.values()) for one, calls in work.calls.met(people).items()}
    for one, at in work.contacts.last(people).items():
        met[one] = max(at, met.get(one, at))
    days = {one: at.astimezone(context.zone).date() for one, at in met.items()}
    return {
        one: Lifetime(frozenset([deaths[one]] if one in deaths else []), days.get(one))
        for one in {*deaths, *days}
    }
