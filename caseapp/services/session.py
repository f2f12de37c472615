"""Signing in to a database, and out of it: what happens before there is anybody to ask for rights."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from caseapp.domain.access import Actor
from caseapp.domain.errors import CaseAppError, NoSuchRecord
from caseapp.domain.staff import Agency
from caseapp.services.context import Context, utc_now
from caseapp.services.older_edition import open_up_to_date
from caseapp.services.staff import KeyRing
from caseapp.services.stages import Progress, no_progress
from caseapp.store import engine, failures
from caseapp.store.opened import Database
from caseapp.store.unit_of_work import Author
from caseapp.system import anchor, files, keys, tries
from caseapp.system.keys import Cost, DataKey

_LOOKED_AT = 500
"""Newest entries in which the batch of an import that was stopped is looked for."""


class UnknownLogin(CaseAppError):
    """The recovery key is right, but nobody has this sign-in name."""

    code = "keys.unknown-login"


@dataclass(frozen=True, slots=True)
class Saved:
    """Whether anything was, and the import that it was, if it was one."""

    anything: bool
    batch: UUID | None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An open file with somebody signed in."""

    context: Context
    ring: KeyRing
    agency: Agency

    def journaled(self) -> int:
        """The number of the journal's newest entry."""
        return self.context.database.head().seq

    def saved_since(self, journaled: int) -> "Saved":
        """What became true after an entry, for who stopped a command and must know how it ended."""
        with self.context.read("session.stopped") as work:
            newest = work.journal.head().seq
            about = work.journal.subjects(range(journaled + 1, newest + 1)[-_LOOKED_AT:])
            batches = {one.id for one in work.imports.batches()}
        records = {record for some in about.values() for record in some}
        return Saved(newest > journaled, next(iter(batches & records), None))

    def close(self) -> None:
        """Note the journal's head outside the file, then give the file back.

        Where the disk has no room for the note, the one before still guards, and the next sign-in writes it.
        """
        try:
            remember_head(self.context.database, self.context.now())
        except (files.CannotWrite, failures.DiskFull, failures.DiskFailed, failures.Damaged):
            pass
        finally:
            self.context.database.close()


def sign_in(
    path: Path,
    *,
    login: str,
    password: str,
    cost: Cost = keys.DEFAULT_COST,
    now: Callable[[], datetime] = utc_now,
    progress: Progress = no_progress,
) -> SignedIn:
    """Open a database in somebody's name; the sign-in is journaled.

    A missing anchor is journaled too, and told by the next verify; so are the passwords that were wrong
    before. A file of an older edition is copied aside and brought up to date, which `progress` is told; it
    cannot stop that, but whatever ends it leaves a file that the next sign-in brings up to date.
    Raises NoSuchFile, NotADatabase, NotEncrypted, KeyFileMissing, KeyFileDamaged, WrongPassword,
    TooManyTries, Damaged, NewerSchema, DiskFull or Unwritable.
    """
    try:
        engine.check_file(path)
    except engine.CutShort:
        raise _cut_short(path) from None
    tries.check(path, now())
    try:
        data_key = keys.unlock(path, login=login, password=password)
    except keys.WrongPassword:
        tries.add(path, now())
        raise
    return _open(path, data_key, login, cost, now, progress)


def _cut_short(path: Path) -> CaseAppError:
    """With keys beside it, what does not end with a page is a database that lost its end."""
    is_ours = keys.key_file(path).is_file()
    return failures.Damaged(file=path.name) if is_ours else engine.CutShort(file=path.name)


def _open(
    path: Path,
    data_key: DataKey,
    login: str,
    cost: Cost,
    now: Callable[[], datetime],
    progress: Progress,
) -> SignedIn:
    opened = open_up_to_date(path, data_key, now(), progress)
    try:
        actor, agency = _let_in(opened, login, now)
    except NoSuchRecord:
        opened.close()
        raise keys.WrongPassword() from None
    except BaseException:
        opened.close()
        raise
    context = Context(opened, actor, ZoneInfo(agency.time_zone), now)
    return SignedIn(context, KeyRing(data_key, cost), agency)


def _let_in(opened: Database, login: str, now: Callable[[], datetime]) -> tuple[Actor, Agency]:
    """Journal the sign-in, with what happened at the gate before it; raises NoSuchRecord."""
    path = opened.path
    with opened.write(Author(None, "session.sign-in", now())) as work:
        member = work.staff.by_login(login)
        actor = work.staff.actor(member.id)
        agency = work.agency.get()
    with opened.write(Author(member.id, "session.sign-in", now())) as work:
        if not anchor.read(path) and work.journal.newest_of("signed-in"):
            work.note("anchor-missing")
        if failed := tries.read(path):
            work.note("sign-in-failed", detail=_told(failed))
        work.note("signed-in", subjects=(member.id,))
        work.commit()
    tries.clear(path)
    remember_head(opened, now())
    return actor, agency


def _told(failed: tries.Tries) -> dict[str, object]:
    return {"count": failed.count, "first": failed.first.isoformat(), "last": failed.last.isoformat()}


def reset_by_recovery(
    path: Path,
    *,
    printed: str,
    login: str,
    password: str,
    cost: Cost = keys.DEFAULT_COST,
    progress: Progress = no_progress,
) -> None:
    """Give a known login a new password with the printed key; the recovery is journaled.

    A file of an older edition is brought up to date first, as at a sign-in: whoever needs the key can come in
    by nothing else.

    Raises PasswordTooShort, BadRecoveryKey, WrongRecoveryKey or UnknownLogin; then nothing is changed.
    The journal comes first, so that no password ever changes unseen; the file's write lock is held while
    the key file is written, so that two desks do not write it at once.
    """
    engine.check_file(path)
    keys.check_password(password)
    data_key = keys.unlock_by_recovery(path, printed)
    now = utc_now()
    opened = open_up_to_date(path, data_key, now, progress)
    try:
        with opened.write(Author(None, "session.recover", now)) as work:
            member = work.staff.by_login(login)
            work.staff.set_sign_in(member.id, can_sign_in=True)
            work.note("recovered", subjects=(member.id,))
            work.commit()
        with opened.write(Author(None, "session.recover", now)) as work:
            work.take_lock()
            keys.put(path, data_key, login=member.details.login, password=password, cost=cost)
        remember_head(opened, now)
    except NoSuchRecord:
        raise UnknownLogin(login=login.strip()) from None
    finally:
        opened.close()


def remember_head(opened: Database, now: datetime) -> None:
    """Write the journal's newest number and hash outside the file."""
    head = opened.head()
    anchor.append(opened.path, seq=head.seq, head=head.hash, at=now)
