"""today in the database."""

from caseapp.store.repository import Repository


class TodayStore(Repository):
    """Reads and writes today."""
