"""imports in the database."""

from caseapp.store.repository import Repository


class ImportStore(Repository):
    """Reads and writes imports."""
