"""Text that is not saved yet, bound to one member of staff, one form and one person."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, or_, select

from caseapp.domain.drafts import Draft
from caseapp.store.bulk import table_of
from caseapp.store.repository import Repository
from caseapp.store.tables.staff import DraftRow

_DRAFT = table_of(DraftRow)
_DROP_ALL = delete(_DRAFT).where(
    _DRAFT.c.staff_id == bindparam("of"),
    _DRAFT.c.form == bindparam("form"),
    or_(_DRAFT.c.person_id.in_(bindparam("people", expanding=True)), _DRAFT.c.person_id.is_(None)),
)
"""Put together once: every save ends with it."""


class DraftStore(Repository):
    """Reads and writes drafts; they are not journaled, because they are nobody's record yet."""

    def put(self, staff_id: UUID, form: str, person_id: UUID | None, content: dict[str, Any]) -> None:
        """Keep what stands in the form now, in place of what stood before."""
        self.drop(staff_id, form, person_id)
        self._session.execute(
            insert(DraftRow),
            {
                "id": self._new_id(),
                "staff_id": staff_id,
                "form": form,
                "person_id": person_id,
                "content": content,
                "saved_at": self._now,
            },
        )

    def get(self, staff_id: UUID, form: str, person_id: UUID | None) -> Draft | None:
        """The draft of this form and person."""
        query = select(DraftRow).where(
            DraftRow.staff_id == staff_id,
            DraftRow.form == form,
            DraftRow.person_id.is_not_distinct_from(person_id),
        )
        row = self._session.scalars(query).first()
        return _to_draft(row) if row else None

    def drop(self, staff_id: UUID, form: str, person_id: UUID | None) -> None:
        """Forget it, in the transaction that saves the form or puts a newer one."""
        self._session.execute(
            delete(DraftRow).where(
                DraftRow.staff_id == staff_id,
                DraftRow.form == form,
                DraftRow.person_id.is_not_distinct_from(person_id),
            )
        )

    def drop_all(self, staff_id: UUID, form: str, person_ids: Collection[UUID]) -> None:
        """Forget those of several people, and that of nobody yet, in one statement."""
        whose = {"of": staff_id, "form": form, "people": list(person_ids)}
        self._session.connection().execute(_DROP_ALL, whose)

    def waiting(self, staff_id: UUID) -> list[Draft]:
        """Drafts that wait to be finished, newest first."""
        query = select(DraftRow).where(DraftRow.staff_id == staff_id).order_by(DraftRow.saved_at.desc())
        return [_to_draft(row) for row in self._session.scalars(query)]


def _to_draft(row: DraftRow) -> Draft:
    return Draft(row.form, row.person_id, dict(row.content), row.saved_at)
