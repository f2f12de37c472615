"""Making a database: whole or not at all, with the one administrator who signs in first."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from caseapp.documents import recovery_sheet
from caseapp.domain.access import Role
from caseapp.domain.day_words import day_words
from caseapp.domain.errors import CaseAppError
from caseapp.domain.staff import Agency, StaffDetails, check
from caseapp.services.context import utc_now
from caseapp.services.session import remember_head
from caseapp.services.staff import check_agency
from caseapp.store import database, engine
from caseapp.store.ids import new_id
from caseapp.store.opened import Database
from caseapp.store.unit_of_work import Author
from caseapp.system import anchor, files, keys, paths, tries
from caseapp.system.keys import Cost


def check_creation(agency: Agency, administrator: StaffDetails, password: str) -> StaffDetails:
    """The administrator as written down; raises what `create` would of these, before a file is chosen."""
    check_agency(agency)
    details = check(administrator)
    keys.check_password(password)
    return details


def create(
    path: Path,
    *,
    agency: Agency,
    administrator: StaffDetails,
    password: str,
    cost: Cost = keys.DEFAULT_COST,
    now: Callable[[], datetime] = utc_now,
) -> str:
    """Make a new database with one administrator; returns the recovery key, which is kept nowhere.

    Raises SyncedFolder, NetworkFolder, AgencyNameMissing, UnknownTimeZone, StaffNameMissing, BadLogin,
    PasswordTooShort, NameMissing, NoFolder, FileExists, CannotMake or DiskFull; nothing remains of a
    database that could not be finished, and one whose making was killed does not hold the name.
    """
    paths.check_place(path)
    details = check_creation(agency, administrator, password)
    check_free(path)
    data_key = keys.new_data_key()
    with _private_folder(path) as private:
        aside = Path(private) / path.name
        database.reserve(aside)
        printed = keys.create(aside, data_key, login=details.login, password=password, cost=cost)
        made = database.create(aside, data_key.bytes, scripts=paths.database_assets("migrations"))
        try:
            _fill(made, agency, details, now())
            remember_head(made, now())
        finally:
            made.close()
        _take_names(aside, path)
    return printed


def create_with_sheet(
    path: Path,
    sheet: Path,
    *,
    agency: Agency,
    administrator: StaffDetails,
    password: str,
    now: Callable[[], datetime] = utc_now,
) -> None:
    """Make a new database and the sheet with its recovery key, or neither; raises what `create` raises.

    Nobody could ever open the database again after a lost password if the sheet had not been written.
    """
    printed = create(path, agency=agency, administrator=administrator, password=password, now=now)
    try:
        files.write_atomically(sheet, recovery_pdf(agency, path, printed, now()))
    except BaseException:
        forget(path)
        raise


def check_free(path: Path) -> None:
    """Raise NameMissing, NoFolder, FileExists or BelongsToDatabase where a database cannot take this name.

    Keys or a log that an older one left beside would be taken for its own.
    """
    database.check_free(path)
    for file in (keys.key_file(path), path.with_name(path.name + "-wal")):
        database.check_free(file)
    files.check_not_ours(path)


def _private_folder(path: Path) -> "tempfile.TemporaryDirectory[str]":
    """Where a database is made, so that one whose making was killed never holds the name."""
    try:
        return tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent)
    except OSError:
        raise engine.CannotMake(file=path.name) from None


def _take_names(aside: Path, path: Path) -> None:
    """Give a database that is whole its place, its own name last; raises FileExists or Unwritable."""
    key_file, anchor_file = keys.key_file(path), anchor.anchor_file(path)
    database.reserve(key_file)
    try:
        database.reserve(path)
    except CaseAppError:
        key_file.unlink()
        raise
    try:
        keys.key_file(aside).replace(key_file)
        anchor.anchor_file(aside).replace(anchor_file)
        aside.replace(path)
        files.flush_folder(path.parent)
    except BaseException as error:
        forget(path)
        raise engine.CannotMake(file=path.name) if isinstance(error, OSError) else error from None


def recovery_pdf(agency: Agency, path: Path, printed: str, now: datetime) -> bytes:
    """The sheet to print and lock away, of the agency's day."""
    made_on = day_words(now.astimezone(ZoneInfo(agency.time_zone)))
    data = recovery_sheet.RecoverySheetData(agency.name, path.name, printed, made_on)
    return recovery_sheet.build(data).pdf


def _fill(made: Database, agency: Agency, administrator: StaffDetails, now: datetime) -> None:
    staff_id = new_id(now)
    with made.write(Author(staff_id, "agency.create", now)) as work:
        details = StaffDetails(
            name=administrator.name,
            login=administrator.login,
            role=Role.ADMINISTRATOR,
            discipline=administrator.discipline,
            phone=administrator.phone,
        )
        work.staff.add(details, staff_id=staff_id, can_sign_in=True)
        work.agency.add(agency)
        work.agency.seed_codes(paths.database_assets("seed"))
        work.commit()


def forget(path: Path) -> None:
    """Take away a database whose making was refused or interrupted, with what lies beside it."""
    for file in (path, keys.key_file(path), anchor.anchor_file(path), tries.tries_file(path)):
        file.unlink(missing_ok=True)
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
