"""What was typed on linked records and taken from them since their links, and whose it is once they part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.added_facts import AddedFact, Fact, TakenFact, added_facts, taken_facts
from caseapp.domain.given_facts import given_away, received
from caseapp.domain.people import Person
from caseapp.domain.relations import check_relations
from caseapp.services.context import Context
from caseapp.services.since import Since
from caseapp.store.put_back import WrittenSince
from caseapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class FactsSince:
    """What was typed on some records, and what was taken from them."""

    added: tuple[AddedFact, ...]
    taken: tuple[TakenFact, ...]


def facts_since(
    context: Context, work: UnitOfWork, people: Iterable[Person], since: Mapping[UUID, Since]
) -> FactsSince:
    """What each record gained and lost after its own link, apart from what names a sealed relative."""
    added, taken = list[AddedFact](), list[TakenFact]()
    for one in people:
        began = since[one.id]
        changes = work.earlier.since(one.id, at=None if began.is_set_back else began.at, seq=began.seq)
        added += added_facts(one.id, one.details, changes)
        taken += taken_facts(one.id, one.details, changes)
    facts: list[Fact] = [*added, *taken]
    closed = context.closed(work, (person_id for one in facts for person_id in _relatives(one)))
    return FactsSince(
        tuple(one for one in added if closed.isdisjoint(_relatives(one))),
        tuple(one for one in taken if closed.isdisjoint(_relatives(one))),
    )


def give_facts(
    work: UnitOfWork, facts: Iterable[tuple[AddedFact, UUID]], back: Iterable[TakenFact] = ()
) -> None:
    """Write each fact on the record it goes to, with its keys, and what was taken on its own again.

    Raises NothingLeft, or RelatedToSelf where somebody close would be whom the record is about.
    """
    leaving: dict[UUID, list[AddedFact]] = {}
    coming: dict[UUID, list[AddedFact]] = {}
    returning: dict[UUID, list[TakenFact]] = {}
    for fact, to in facts:
        leaving.setdefault(fact.person_id, []).append(fact)
        coming.setdefault(to, []).append(fact)
    for one in back:
        returning.setdefault(one.person_id, []).append(one)
    groups = work.links.groups(coming)
    for to, some in coming.items():
        check_relations((one.value for one in some if one.field == "relations"), groups[to])
    for person_id, person in work.people.many(leaving.keys() | coming.keys() | returning.keys()).items():
        left = person.details
        if person_id in leaving or person_id in returning:
            left = given_away(left, leaving.get(person_id, ()), returning.get(person_id, ()))
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


def _relatives(one: Fact) -> set[UUID]:
    """Whose own records are named by a fact, or by what stood in its place."""
    if one.field != "relations":
        return set()
    said = (one.value, one.former) if isinstance(one, AddedFact) else (one.value,)
    return {near.other_person_id for near in said if near is not None and near.other_person_id is not None}
