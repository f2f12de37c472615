"""Judgements about two records being one person; taken back by a mark, never by deletion."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, bindparam, func, or_, select, union

from caseapp.domain.one_person import Link
from caseapp.domain.people import Judgement, LinkKind
from caseapp.store.bulk import table_of
from caseapp.store.chunks import MANY, chunks
from caseapp.store.repository import Repository
from caseapp.store.reviews import StoredPair
from caseapp.store.tables.journal import JournalSubjectRow
from caseapp.store.tables.people import PersonLinkRow
from caseapp.store.tables.staff import StaffRow


class LinkStore(Repository):
    """Reads and writes links between people."""

    def group(self, person_id: UUID) -> frozenset[UUID]:
        """Everybody linked with this person, directly or through others, the person included."""
        return self.groups([person_id])[person_id]

    def groups(self, person_ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
        """Everybody linked with each of these people, the person included, read together for a list."""
        heads = {one: one for one in person_ids}
        asked = list(heads)
        found = self._pairs(asked)
        if not found:
            return {one: frozenset((one,)) for one in asked}
        while found:
            fresh = []
            for left, right in found:
                for one in (left, right):
                    if one not in heads:
                        heads[one] = one
                        fresh.append(one)
                heads[_head(heads, right)] = _head(heads, left)
            found = self._pairs(fresh)
        members: dict[UUID, set[UUID]] = {}
        for one in heads:
            members.setdefault(_head(heads, one), set()).add(one)
        return {one: frozenset(members[_head(heads, one)]) for one in asked}

    def of_group(self, people: frozenset[UUID]) -> list[Link]:
        """The links that make one person of these records, the oldest first."""
        query = (
            select(PersonLinkRow, StaffRow.name)
            .join(StaffRow, StaffRow.id == PersonLinkRow.created_by)
            .where(*_standing(LinkKind.SAME), PersonLinkRow.left_id.in_(people))
            .order_by(PersonLinkRow.id)
        )
        return [_to_link(row, name) for row, name in self._session.execute(query)]

    def entries_of_group(self, people: frozenset[UUID]) -> dict[frozenset[UUID], int]:
        """The ends of each of these links -> the number of the journal's entry that made it."""
        query = (
            select(PersonLinkRow.left_id, PersonLinkRow.right_id, func.min(JournalSubjectRow.seq))
            .join(JournalSubjectRow, JournalSubjectRow.record_id == PersonLinkRow.id)
            .where(*_standing(LinkKind.SAME), PersonLinkRow.left_id.in_(people))
            .group_by(PersonLinkRow.id)
        )
        return {frozenset((left, right)): seq for left, right, seq in self._session.execute(query)}

    def differences(self, left: Collection[UUID], right: Collection[UUID]) -> list[Link]:
        """The judgements that somebody of one group is not somebody of the other, the oldest first."""
        forth = PersonLinkRow.left_id.in_(left) & PersonLinkRow.right_id.in_(right)
        back = PersonLinkRow.left_id.in_(right) & PersonLinkRow.right_id.in_(left)
        query = (
            select(PersonLinkRow, StaffRow.name)
            .join(StaffRow, StaffRow.id == PersonLinkRow.created_by)
            .where(*_standing(LinkKind.DIFFERENT), or_(forth, back))
            .order_by(PersonLinkRow.id)
        )
        return [_to_link(row, name) for row, name in self._session.execute(query)]

    def between(self, left: UUID, right: UUID) -> list[Link]:
        """The judgement in force on exactly these two records, of either kind, with who made it."""
        first, second = sorted((left, right))
        query = (
            select(PersonLinkRow, StaffRow.name)
            .join(StaffRow, StaffRow.id == PersonLinkRow.created_by)
            .where(
                PersonLinkRow.left_id == first,
                PersonLinkRow.right_id == second,
                PersonLinkRow.undone_at.is_(None),
            )
        )
        return [_to_link(row, name) for row, name in self._session.execute(query)]

    def apart(self, people: Collection[UUID]) -> list[Link]:
        """The judgements that any of these records is not somebody else, the oldest first."""
        beside = or_(PersonLinkRow.left_id.in_(people), PersonLinkRow.right_id.in_(people))
        query = (
            select(PersonLinkRow, StaffRow.name)
            .join(StaffRow, StaffRow.id == PersonLinkRow.created_by)
            .where(*_standing(LinkKind.DIFFERENT), beside)
            .order_by(PersonLinkRow.id)
        )
        return [_to_link(row, name) for row, name in self._session.execute(query)]

    def add(self, left: UUID, right: UUID, *, kind: LinkKind, reason: str, evidence: Any) -> UUID:
        """Write a judgement; returns its id."""
        link_id = self._new_id()
        first, second = sorted((left, right))
        self._session.add(
            PersonLinkRow(
                id=link_id, left_id=first, right_id=second, kind=kind, reason=reason, evidence=evidence
            )
        )
        self._session.flush()
        return link_id

    def add_many(self, pairs: Iterable[StoredPair], *, reason: str) -> None:
        """Link pairs that waited for review, each on its reasons."""
        for pair in pairs:
            first, second = sorted(pair.people)
            self._session.add(
                PersonLinkRow(
                    id=self._new_id(),
                    left_id=first,
                    right_id=second,
                    kind=LinkKind.SAME,
                    reason=reason,
                    evidence=list(pair.reasons),
                )
            )
        self._session.flush()

    def undo_many(self, pairs: Iterable[tuple[UUID, UUID]], *, staff_id: UUID) -> list[tuple[UUID, UUID]]:
        """Take back those of these links that are in force; returns them."""
        wanted = {tuple(sorted(pair)) for pair in pairs}
        undone = []
        for some in chunks(sorted({left for left, _right in wanted}), MANY):
            query = select(PersonLinkRow).where(*_standing(LinkKind.SAME), PersonLinkRow.left_id.in_(some))
            for row in self._session.scalars(query):
                if (row.left_id, row.right_id) in wanted:
                    row.undone_at, row.undone_by = self._now, staff_id
                    undone.append((row.left_id, row.right_id))
        self._session.flush()
        return undone

    def standing_between(self, left: UUID, right: UUID) -> PersonLinkRow | None:
        """The judgement in force on exactly these two records."""
        first, second = sorted((left, right))
        query = select(PersonLinkRow).where(
            PersonLinkRow.left_id == first,
            PersonLinkRow.right_id == second,
            PersonLinkRow.undone_at.is_(None),
        )
        return self._session.scalars(query).first()

    def put_back_before(self, row: PersonLinkRow) -> None:
        """Let the “not the same” stand again that this judgement replaced when it was written, if any."""
        query = select(PersonLinkRow).where(
            PersonLinkRow.left_id == row.left_id,
            PersonLinkRow.right_id == row.right_id,
            PersonLinkRow.kind == LinkKind.DIFFERENT,
            PersonLinkRow.undone_at == row.created_at,
            PersonLinkRow.id < row.id,
        )
        before = self._session.scalars(query.order_by(PersonLinkRow.id.desc())).first()
        if before is not None:
            before.undone_at = before.undone_by = None
            self._session.flush()

    def ever_between(self, left: UUID, right: UUID) -> list[UUID]:
        """The ids of all links that there were of these two records, in force or taken back."""
        first, second = sorted((left, right))
        query = select(PersonLinkRow.id).where(
            PersonLinkRow.left_id == first,
            PersonLinkRow.right_id == second,
            PersonLinkRow.kind == LinkKind.SAME,
        )
        return list(self._session.scalars(query))

    def standing(self, of: Collection[UUID] | None = None) -> list[Judgement]:
        """Every judgement in force, or those on any of these records."""
        query = select(_LINK.c.left_id, _LINK.c.right_id, _LINK.c.kind, _LINK.c.evidence)
        query = query.where(_LINK.c.undone_at.is_(None))
        if of is not None:
            query = query.where(or_(_LINK.c.left_id.in_(of), _LINK.c.right_id.in_(of)))
        return [
            Judgement(left_id, right_id, kind, tuple(evidence))
            for left_id, right_id, kind, evidence in self._session.execute(query)
        ]

    def made_at(self, at: datetime) -> set[tuple[UUID, UUID]]:
        """The ends of the links in force that were made at an instant, and by nobody later."""
        query = select(_LINK.c.left_id, _LINK.c.right_id).where(
            _LINK.c.kind == LinkKind.SAME, _LINK.c.undone_at.is_(None), _LINK.c.created_at == at
        )
        return {(left_id, right_id) for left_id, right_id in self._session.execute(query)}

    def undo(self, row: PersonLinkRow, *, staff_id: UUID) -> None:
        """Mark a judgement as taken back."""
        row.undone_at, row.undone_by = self._now, staff_id
        self._session.flush()

    def _pairs(self, people: list[UUID]) -> list[tuple[UUID, UUID]]:
        found: list[tuple[UUID, UUID]] = []
        if len(people) == 1:
            return list(map(tuple, self._session.execute(_LINKED_OF, {"of": people[0]})))
        for some in chunks(people, MANY):
            found += map(tuple, self._session.execute(_LINKED, {"people": some}))
        return found


_LINK = table_of(PersonLinkRow)


def _standing(kind: LinkKind) -> tuple[Any, ...]:
    return PersonLinkRow.kind == kind, PersonLinkRow.undone_at.is_(None)


def _linked(
    is_asked_for: Callable[[ColumnElement[UUID]], ColumnElement[bool]],
) -> CompoundSelect[*tuple[Any, ...]]:
    """Links with somebody asked for on either side."""
    standing = select(_LINK.c.left_id, _LINK.c.right_id).where(
        _LINK.c.kind == LinkKind.SAME, _LINK.c.undone_at.is_(None)
    )
    return union(*(standing.where(is_asked_for(side)) for side in (_LINK.c.left_id, _LINK.c.right_id)))


_LINKED = _linked(lambda side: side.in_(bindparam("people", expanding=True)))
_LINKED_OF = _linked(lambda side: side == bindparam("of"))
"""Of many people and of one, put together once: they are asked at every key that is typed."""


def _head(heads: dict[UUID, UUID], one: UUID) -> UUID:
    while heads[one] != one:
        one = heads[one]
    return one


def _to_link(row: PersonLinkRow, by: str) -> Link:
    return Link(row.left_id, row.right_id, row.reason, tuple(row.evidence), row.created_at, by)
