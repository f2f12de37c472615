"""links in the database."""

from caseapp.store.repository import Repository


class LinkStore(Repository):
    """Reads and writes links."""
