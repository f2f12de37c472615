"""people in the database."""

from caseapp.store.repository import Repository


class PeopleStore(Repository):
    """Reads and writes people."""
