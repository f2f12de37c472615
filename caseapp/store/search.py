"""search in the database."""

from caseapp.store.repository import Repository


class SearchStore(Repository):
    """Reads and writes search."""
