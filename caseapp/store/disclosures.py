"""disclosures in the database."""

from caseapp.store.repository import Repository


class DisclosureStore(Repository):
    """Reads and writes disclosures."""
