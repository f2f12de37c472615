"""consents in the database."""

from caseapp.store.repository import Repository


class ConsentStore(Repository):
    """Reads and writes consents."""
