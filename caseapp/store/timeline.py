"""timeline in the database."""

from caseapp.store.repository import Repository


class TimelineStore(Repository):
    """Reads and writes timeline."""
