"""What the driver says of the disk and of damaged files, as errors that have a sentence."""

from caseapp.domain.errors import CaseAppError


class DatabaseFailed(CaseAppError):
    """The file cannot be read or written now, whatever was asked of it."""


class Unwritable(DatabaseFailed):
    """The file or its folder may only be read."""

    code = "database.unwritable"


class Damaged(DatabaseFailed):
    """Pages do not carry their seal, or the key is not of this file."""

    code = "database.damaged"


class DiskFull(DatabaseFailed):
    code = "database.disk-full"


class Busy(DatabaseFailed):
    """Another desk or command held the write lock longer than this one waited."""

    code = "database.busy"


class DiskFailed(DatabaseFailed):
    """The disk refused to read or write: over a quota, failing, or gone."""

    code = "database.disk-failed"


def known_failure(words: str, file: str) -> CaseAppError | None:
    """What the driver's words mean for whoever reads a sentence; None where they are not known."""
    if "disk is full" in words:
        return DiskFull(file=file)
    if "locked" in words:
        return Busy()
    if "disk I/O" in words:
        return DiskFailed()
    if "readonly" in words or "unable to open" in words:
        return Unwritable(file=file)
    if any(sign in words for sign in ("malformed", "not a database")):
        return Damaged(file=file)
    return None
