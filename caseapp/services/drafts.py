"""Words that are not saved yet: kept, encrypted with everything else, for one person and one form."""

from typing import Any
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.drafts import Draft
from caseapp.services.context import Service, verb


class DraftService(Service):
    """The actor's own drafts; nobody else ever reads them."""

    @verb(Right.LOG_CONTACTS, whatever_role=True)
    def keep(self, *, form: str, person_id: UUID | None, content: dict[str, Any]) -> None:
        """Keep what stands in the form, in place of what was kept before."""
        with self._context.write("draft.keep") as work:
            work.drafts.put(self._context.actor.staff_id, form, person_id, content)
            work.commit()

    @verb(Right.LOG_CONTACTS)
    def get(self, *, form: str, person_id: UUID | None) -> Draft | None:
        """The draft of this person's form, after a crash or a lock; raises Sealed.

        What was typed before a record was sealed stays on file for whoever is named on it again.
        """
        with self._context.read("draft.get") as work:
            if person_id is not None:
                self._context.open_person(work, person_id, verb="draft.get")
            return work.drafts.get(self._context.actor.staff_id, form, person_id)

    @verb(Right.LOG_CONTACTS)
    def drop(self, *, form: str, person_id: UUID | None) -> None:
        """Forget the draft, because it was saved or because the user said so."""
        with self._context.write("draft.drop") as work:
            work.drafts.drop(self._context.actor.staff_id, form, person_id)
            work.commit()
