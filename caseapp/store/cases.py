"""cases in the database."""

from caseapp.store.repository import Repository


class CaseStore(Repository):
    """Reads and writes cases."""
