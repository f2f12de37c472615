"""Linked records as the one person they are: for the record, for every list, and for who is met where."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

from caseapp.domain.cases import Case, CaseRow
from caseapp.domain.one_person import OnePerson, one_person
from caseapp.domain.people import Person, veil_relations
from caseapp.services.context import Context
from caseapp.store.unit_of_work import UnitOfWork

RowT = TypeVar("RowT")


class _Named(Protocol):
    """A frozen row of a list that names its person."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def person_id(self) -> UUID: ...

    @property
    def person_name(self) -> str: ...


NamedT = TypeVar("NamedT", bound=_Named)


def open_group(context: Context, work: UnitOfWork, person_id: UUID) -> OnePerson:
    """The records of one person that the actor may open, relatives who are sealed without their names."""
    return open_groups(context, work, [person_id])[person_id]


def open_groups(context: Context, work: UnitOfWork, person_ids: Iterable[UUID]) -> dict[UUID, OnePerson]:
    """Each of these people with the records linked to them; whom the actor may not open is left out."""
    groups = work.links.groups(person_ids)
    if not groups:
        return {}
    ids = frozenset[UUID]().union(*groups.values())
    closed = context.closed(work, ids)
    shown = veiled(context, work, work.people.many(ids - closed))
    joined: dict[frozenset[UUID], OnePerson] = {}
    for members in groups.values():
        records = [shown[one] for one in members if one in shown]
        if records and members not in joined:
            joined[members] = one_person(records)
    return {one: joined[members] for one, members in groups.items() if one in shown}


def veiled(context: Context, work: UnitOfWork, people: Mapping[UUID, Person]) -> dict[UUID, Person]:
    """The same people without any word on a relative whose own record the actor may not open."""
    near = (one.other_person_id for person in people.values() for one in person.details.relations)
    closed = context.closed(work, near)
    return {person_id: veil_relations(one, closed) for person_id, one in people.items()}


def as_listed(one: OnePerson) -> Person:
    """The one row of a list that stands for all records of a person."""
    return Person(one.id, one.members[0].version, one.details)


def each_once(
    context: Context, work: UnitOfWork, rows: Sequence[RowT], person_of: Callable[[RowT], UUID]
) -> list[tuple[RowT, OnePerson]]:
    """The first row of each person whose record may be opened, with all their records."""
    joined = open_groups(context, work, map(person_of, rows))
    found: dict[UUID, tuple[RowT, OnePerson]] = {}
    for row in rows:
        whole = joined.get(person_of(row))
        if whole is not None:
            found.setdefault(whole.id, (row, whole))
    return list(found.values())


def members_of(context: Context, work: UnitOfWork, person_id: UUID) -> tuple[UUID, ...]:
    """Ids of the person's records that the actor may open, the asked one first."""
    others = work.links.group(person_id) - {person_id}
    return (person_id, *sorted(others - context.closed(work, others))) if others else (person_id,)


def open_case(context: Context, work: UnitOfWork, person_id: UUID) -> Case | None:
    """The open case of the person, on whichever record it stands."""
    people = members_of(context, work, person_id)
    return next((case for one in people if (case := work.cases.open_of_person(one)) is not None), None)


def open_case_id(context: Context, work: UnitOfWork, person_id: UUID) -> UUID | None:
    """The id of that case, where nothing else of it is needed."""
    people = members_of(context, work, person_id)
    found = work.cases.open_ids(people)
    return next((found[one] for one in people if one in found), None)


def within_scope(context: Context, work: UnitOfWork, rows: Iterable[CaseRow]) -> list[CaseRow]:
    """The rows of a caseload without sealed people's and without cases beyond the actor's scope."""
    rows = context.only_open(work, rows, lambda row: row.case.person_id)
    beyond = context.beyond(work, (row.case.id for row in rows))
    return [row for row in rows if row.case.id not in beyond]


def called(context: Context, work: UnitOfWork, person_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The name of the whole person for those whose record is linked with another."""
    ids = {one for one in person_ids if one is not None}
    linked = [one for one, members in work.links.groups(ids).items() if len(members) > 1]
    return {one: whole.display_name for one, whole in open_groups(context, work, linked).items()}


def names_of(context: Context, work: UnitOfWork, person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What to call each of these people in a list: a name of one record may be never used by another."""
    ids = set(person_ids)
    return {**work.people.names(ids), **called(context, work, ids)}


def with_names(context: Context, work: UnitOfWork, rows: Sequence[NamedT]) -> list[NamedT]:
    """Rows of a list, each under the name of the whole person."""
    names = called(context, work, (row.person_id for row in rows))
    return [replace(row, person_name=names[row.person_id]) if row.person_id in names else row for row in rows]


def cases_with_names(context: Context, work: UnitOfWork, rows: Sequence[CaseRow]) -> list[CaseRow]:
    """Rows of a caseload, each under the name of the whole person."""
    names = called(context, work, (row.case.person_id for row in rows))
    return [
        replace(row, case=replace(row.case, person_name=names[row.case.person_id]))
        if row.case.person_id in names
        else row
        for row in rows
    ]
