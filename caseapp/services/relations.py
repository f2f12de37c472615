"""Who is close to a person: named, corrected and taken off, on whichever of their records it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.errors import NoSuchRecord
from caseapp.domain.one_person import same_relation
from caseapp.domain.person_edits import check_new
from caseapp.domain.relations import (
    Relation,
    RelationChanged,
    RelativeGone,
    check_relation,
    check_relations,
    rewritten,
)
from caseapp.services.context import Service, verb
from caseapp.services.groups import members_of
from caseapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Step:
    """What one record said of somebody close, and says instead; None where it says nothing of them."""

    record_id: UUID
    before: Relation | None
    after: Relation | None
    place: int


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What was written on the records of a person, to be taken back."""

    change: Change
    steps: tuple[Step, ...]


class RelationService(Service):
    """People close to a person; what several linked records say alike is corrected on all of them."""

    @verb(Right.CHANGE_PEOPLE)
    def add(self, *, person_id: UUID, relation: Relation) -> Rewritten:
        """Name somebody on this record.

        Raises RelativeNameMissing, NamedAlready, RelatedToSelf, RelativeGone or Sealed.
        """
        said = check_relation(relation)
        with self._context.write("person.add-relation") as work:
            stored = self._stored(work, person_id, verb="person.add-relation")
            check_new(said, (one for _id, each in stored for one in each))
            self._check_other(work, person_id, said, verb="person.add-relation")
            steps = (Step(person_id, None, said, len(stored[0][1])),)
            return self._write(work, person_id, steps)

    @verb(Right.CHANGE_PEOPLE)
    def change(self, *, person_id: UUID, before: Relation, after: Relation) -> Rewritten:
        """Correct what stands as it was read.

        Raises RelationChanged where it stands so no more, and what `add` raises.
        """
        said = check_relation(after)
        with self._context.write("person.change-relation") as work:
            stored = self._stored(work, person_id, verb="person.change-relation")
            steps = self._steps(work, stored, before, verb="person.change-relation")
            if same_relation(said) != same_relation(before):
                check_new(said, (one for _id, each in stored for one in each))
            if said.other_person_id != before.other_person_id:
                self._check_other(work, person_id, said, verb="person.change-relation")
            return self._write(work, person_id, tuple(replace(one, after=said) for one in steps))

    @verb(Right.CHANGE_PEOPLE)
    def remove(self, *, person_id: UUID, relation: Relation) -> Rewritten:
        """Take somebody off every record that names them so; raises RelationChanged or Sealed."""
        with self._context.write("person.remove-relation") as work:
            stored = self._stored(work, person_id, verb="person.remove-relation")
            steps = self._steps(work, stored, relation, verb="person.remove-relation")
            return self._write(work, person_id, steps)

    @verb(Right.CHANGE_PEOPLE)
    def take_back(self, *, person_id: UUID, done: Rewritten) -> Rewritten:
        """Make the records say again what they said before.

        Raises RelationChanged where somebody wrote there since, NamedAlready, RelatedToSelf, RelativeGone or
        Sealed.
        """
        with self._context.write("person.undo-relation") as work:
            for one in done.steps:
                self._context.open_person(work, one.record_id, verb="person.undo-relation")
                if one.before is not None:
                    self._check_other(work, one.record_id, one.before, verb="person.undo-relation")
                    if one.after is None:
                        check_new(one.before, work.people.get(one.record_id).details.relations)
            back = (replace(one, before=one.after, after=one.before) for one in reversed(done.steps))
            return self._write(work, person_id, tuple(back))

    def _stored(
        self, work: UnitOfWork, person_id: UUID, *, verb: str
    ) -> list[tuple[UUID, tuple[Relation, ...]]]:
        """The person's records that the actor may open, this one first, with whom each names."""
        self._context.open_person(work, person_id, verb=verb)
        members = members_of(self._context, work, person_id)
        people = work.people.many(members)
        return [(one, people[one].details.relations) for one in members]

    def _steps(
        self,
        work: UnitOfWork,
        stored: Sequence[tuple[UUID, tuple[Relation, ...]]],
        seen: Relation,
        *,
        verb: str,
    ) -> tuple[Step, ...]:
        """Where this stands on each record, the last first, so that no place moves before its turn."""
        if seen.other_person_id is not None:
            self._open_other(work, seen.other_person_id, verb=verb)
        same = same_relation(seen)
        found = [
            Step(record_id, one, None, place)
            for record_id, relations in stored
            for place, one in enumerate(relations)
            if same_relation(one) == same
        ]
        if not found:
            raise RelationChanged()
        return tuple(reversed(found))

    def _check_other(self, work: UnitOfWork, person_id: UUID, said: Relation, *, verb: str) -> None:
        """Whoever has a record is somebody else, whom the actor may open."""
        if said.other_person_id is not None:
            self._open_other(work, said.other_person_id, verb=verb)
            check_relations([said], work.links.group(person_id))

    def _open_other(self, work: UnitOfWork, other_id: UUID, *, verb: str) -> None:
        try:
            self._context.open_person(work, other_id, verb=verb)
        except NoSuchRecord:
            raise RelativeGone() from None

    def _write(self, work: UnitOfWork, person_id: UUID, steps: Iterable[Step]) -> Rewritten:
        """Each record once, whatever changes on it."""
        done = tuple(one for one in steps if one.before != one.after)
        people = work.people.many({one.record_id for one in done})
        said = {one: person.details.relations for one, person in people.items()}
        for one in done:
            told = said.get(one.record_id)
            if told is None:
                raise NoSuchRecord()
            said[one.record_id] = rewritten(told, one.before, one.after, place=one.place)
        for record_id, person in people.items():
            details = replace(person.details, relations=said[record_id])
            work.people.change(record_id, details, version=person.version)
        work.commit()
        return Rewritten(Change(frozenset({Kind.PERSON}), person_id=person_id), done)
