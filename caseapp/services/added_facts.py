"""What was typed on linked records since their links, and giving it to the record of the right person."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from caseapp.domain.added_facts import AddedFact, added_facts, given_away, received
from caseapp.domain.people import Person
from caseapp.services.context import Context
from caseapp.store.put_back import WrittenSince
from caseapp.store.unit_of_work import UnitOfWork


def facts_since(
    context: Context, work: UnitOfWork, people: Iterable[Person], since: Mapping[UUID, datetime]
) -> tuple[AddedFact, ...]:
    """What was typed on each record after its own instant, apart from what names a sealed relative."""
    found = [
        fact
        for one in people
        for fact in added_facts(one.id, one.details, work.earlier.since(one.id, at=since[one.id]))
    ]
    closed = context.closed(work, (person_id for one in found for person_id in _relatives(one)))
    return tuple(one for one in found if closed.isdisjoint(_relatives(one)))


def give_facts(work: UnitOfWork, facts: Iterable[tuple[AddedFact, UUID]]) -> None:
    """Take each fact from its record and write it on the other, with its keys; raises NothingLeft."""
    leaving: dict[UUID, list[AddedFact]] = {}
    coming: dict[UUID, list[AddedFact]] = {}
    for fact, to in facts:
        leaving.setdefault(fact.person_id, []).append(fact)
        coming.setdefault(to, []).append(fact)
    for person_id, person in work.people.many(leaving.keys() | coming.keys()).items():
        left = given_away(person.details, leaving[person_id]) if person_id in leaving else person.details
        now = received(left, coming.get(person_id, ()))
        work.people.change(person_id, now, version=person.version)


def put_back_facts(context: Context, work: UnitOfWork, *, seq: int) -> None:
    """Make records say what they said before an entry.

    Raises Sealed, or WrittenSince if one was changed after it.
    """
    for person_id, person in work.people.many(work.journal.subjects([seq]).get(seq, ())).items():
        changes = work.earlier.since(person_id, seq=seq - 1)
        if changes and changes[0].seq == seq:
            context.open_person(work, person_id, verb="person.undo-unlink")
            if len(changes) > 1:
                raise WrittenSince()
            work.people.change(person_id, changes[0].before, version=person.version)


def _relatives(one: AddedFact) -> set[UUID]:
    """Whose own records are named by a fact, or by what stood in its place."""
    said = (one.value, one.former) if one.field == "relations" else ()
    return {near.other_person_id for near in said if near is not None and near.other_person_id is not None}
