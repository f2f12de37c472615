"""contacts in the database."""

from caseapp.store.repository import Repository


class ContactStore(Repository):
    """Reads and writes contacts."""
