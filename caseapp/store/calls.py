"""calls in the database."""

from caseapp.store.repository import Repository


class CallStore(Repository):
    """Reads and writes calls."""
