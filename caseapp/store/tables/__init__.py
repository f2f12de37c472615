"""Every table of the database; importing this package fills `Base.metadata`."""

from caseapp.store.tables import calls, cases, directory, journal, people, referrals, staff
from caseapp.store.tables.base import Base

__all__ = ["Base", "calls", "cases", "directory", "journal", "people", "referrals", "staff"]
