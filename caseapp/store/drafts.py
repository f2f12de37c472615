"""drafts in the database."""

from caseapp.store.repository import Repository


class DraftStore(Repository):
    """Reads and writes drafts."""
