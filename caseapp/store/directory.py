"""directory in the database."""

from caseapp.store.repository import Repository


class DirectoryStore(Repository):
    """Reads and writes directory."""
