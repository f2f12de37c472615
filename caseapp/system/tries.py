"""Sign-ins that failed, counted beside the database, because without a password nothing can be journaled.

The file holds a count and two moments, no name; the next sign-in moves it into the journal.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from caseapp.domain.errors import CaseAppError
from caseapp.system import files

FREE_TRIES = 10
PAUSE = timedelta(seconds=30)


class TooManyTries(CaseAppError):
    """So many passwords were wrong that the next try has to wait."""

    code = "sign-in.too-many-tries"


@dataclass(frozen=True, slots=True)
class Tries:
    """How many passwords were wrong since the last sign-in, and when."""

    count: int
    first: datetime
    last: datetime


def tries_file(database: Path) -> Path:
    """Where the failed sign-ins of a database are counted."""
    return database.with_name(database.name + ".tries")


def read(database: Path) -> Tries | None:
    """What was counted; None where nothing was, or where the file says nothing that can be read."""
    try:
        row = json.loads(tries_file(database).read_bytes())
        first, last = (datetime.fromisoformat(row[name]) for name in ("first", "last"))
        return Tries(int(row["count"]), first, last) if first.tzinfo and last.tzinfo else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def check(database: Path, now: datetime) -> None:
    """Raise TooManyTries while the pause after the last of many wrong passwords runs.

    A clock that was set back ends the pause: a wrong clock must never lock an office out.
    """
    counted = read(database)
    if counted is None or counted.count < FREE_TRIES:
        return
    left = counted.last + PAUSE - now
    if timedelta(0) < left <= PAUSE:
        raise TooManyTries(seconds=max(1, round(left.total_seconds())))


def add(database: Path, now: datetime) -> None:
    """Count one more; a folder that cannot be written keeps nobody from trying again."""
    before = read(database)
    count, first = (before.count + 1, before.first) if before else (1, now)
    row = {"count": count, "first": first.isoformat(), "last": now.isoformat()}
    with suppress(files.CannotWrite):
        files.write_own(tries_file(database), json.dumps(row).encode())


def clear(database: Path) -> None:
    """Begin anew once the journal holds what was counted."""
    with suppress(OSError):
        tries_file(database).unlink(missing_ok=True)
