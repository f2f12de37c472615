"""follow_ups in the database."""

from caseapp.store.repository import Repository


class FollowUpStore(Repository):
    """Reads and writes follow_ups."""
