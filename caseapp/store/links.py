"""Judgements about two records being one person; taken back by a mark, never by deletion."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from caseapp.domain.people import Judgement, LinkKind
from caseapp.store.repository import Repository
from caseapp.store.tables.people import PersonLinkRow


class LinkStore(Repository):
    """Reads and writes links between people."""

    def group(self, person_id: UUID) -> frozenset[UUID]:
        """Everybody linked with this person, directly or through others, the person included."""
        found, waiting = {person_id}, [person_id]
        while waiting:
            near = self._standing(waiting, LinkKind.SAME)
            fresh = {one for row in near for one in (row.left_id, row.right_id)} - found
            found |= fresh
            waiting = list(fresh)
        return frozenset(found)

    def are_different(self, left: frozenset[UUID], right: frozenset[UUID]) -> bool:
        """Whether anybody of one group was judged not to be somebody of the other."""
        rows = self._standing(list(left), LinkKind.DIFFERENT)
        return any({row.left_id, row.right_id} & right for row in rows)

    def judged_different(self, person_id: UUID) -> set[UUID]:
        """Records judged not to be this person."""
        rows = self._standing([person_id], LinkKind.DIFFERENT)
        return {one for row in rows for one in (row.left_id, row.right_id)} - {person_id}

    def add(self, left: UUID, right: UUID, *, kind: LinkKind, reason: str, evidence: Any) -> UUID:
        """Write a judgement; returns its id."""
        link_id = self._new_id()
        first, second = sorted((left, right))
        self._session.add(
            PersonLinkRow(
                id=link_id, left_id=first, right_id=second, kind=kind, reason=reason, evidence=evidence
            )
        )
        return link_id

    def standing_between(self, left: UUID, right: UUID) -> PersonLinkRow | None:
        """The judgement in force on exactly these two records."""
        first, second = sorted((left, right))
        query = select(PersonLinkRow).where(
            PersonLinkRow.left_id == first,
            PersonLinkRow.right_id == second,
            PersonLinkRow.undone_at.is_(None),
        )
        return self._session.scalars(query).first()

    def standing(self) -> list[Judgement]:
        """Every judgement in force."""
        query = select(PersonLinkRow).where(PersonLinkRow.undone_at.is_(None))
        return [
            Judgement(row.left_id, row.right_id, row.kind, tuple(row.evidence))
            for row in self._session.scalars(query)
        ]

    def undo(self, row: PersonLinkRow, *, staff_id: UUID) -> None:
        """Mark a judgement as taken back."""
        row.undone_at, row.undone_by = self._now, staff_id

    def _standing(self, people: list[UUID], kind: LinkKind) -> list[PersonLinkRow]:
        query = select(PersonLinkRow).where(
            or_(PersonLinkRow.left_id.in_(people), PersonLinkRow.right_id.in_(people)),
            PersonLinkRow.kind == kind,
            PersonLinkRow.undone_at.is_(None),
        )
        return list(self._session.scalars(query))
