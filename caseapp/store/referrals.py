"""referrals in the database."""

from caseapp.store.repository import Repository


class ReferralStore(Repository):
    """Reads and writes referrals."""
