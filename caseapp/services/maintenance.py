"""Keeping the file: verify, back up, try a backup, and take everything out."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from caseapp.domain.access import Right
from caseapp.domain.errors import CaseAppError
from caseapp.domain.keeping import Checked, Kept, Tried
from caseapp.services.context import Context, Service, verb
from caseapp.services.creation import check_free
from caseapp.services.restoring import DamagedBackup, by_pieces, restore, seal_file, watching
from caseapp.services.row_files import write_rows
from caseapp.services.staff import KeyRing
from caseapp.services.stages import Progress, in_stages, no_progress
from caseapp.store import backup, engine, failures
from caseapp.store.database import open_existing
from caseapp.store.everything import columns_of_tables, tables_as_text
from caseapp.store.progress import Watch
from caseapp.store.unit_of_work import Author
from caseapp.store.verify import verify
from caseapp.system import anchor, files, keys

NO_ANCHOR = (
    "journal: the file that remembers its head outside was gone at a sign-in, so that an end that was cut "
    "before cannot be seen; compare with the newest backup, then make a new one, which ends this remark"
)


class AnotherAgency(CaseAppError):
    """The backup does not open with this database's key: it is another's, or its first page is damaged."""

    code = "backup.another-agency"


class MaintenanceService(Service):
    """What administrators do with the file."""

    def __init__(self, context: Context, ring: KeyRing) -> None:
        super().__init__(context)
        self._ring = ring

    @verb(Right.VERIFY)
    def verify(self, *, progress: Progress = no_progress) -> Checked:
        """Check pages, references, journal and search keys; journaled, unless the file is damaged.

        Raises KeepingStopped.
        """
        database = self._context.database
        anchors = [(one.seq, one.hash) for one in anchor.read(database.path)]
        watch = watching(progress, "Checking")
        checked = verify(database, self._author("verify"), anchors=anchors, watch=watch)
        if not checked.is_damaged and self._lacked_anchor():
            checked.problems.append(NO_ANCHOR)
        if not checked.is_damaged:
            with self._context.write("maintenance.verify") as work:
                work.note("verified", detail={"problems": len(checked.problems)})
                work.commit()
        return checked

    @verb(Right.BACK_UP)
    def back_up(self, *, target: Path, progress: Progress = no_progress) -> Checked:
        """Write a verified copy with its key file beside it; says as its problem if the anchor was gone.

        Raises NameMissing, NoFolder, FileExists, CannotMake, DiskFull, NotVerified or KeepingStopped.
        """
        database = self._context.database
        check_free(target)
        backup.remove_half_copies(target.parent, "*.caseapp")
        partial = backup.partial_of(target)
        try:
            partial.unlink(missing_ok=True)
        except OSError:
            raise engine.CannotMake(file=target.name) from None
        checked = self._copy(partial, target, progress)
        head = database.head()
        anchor.append(target, seq=head.seq, head=head.hash, at=self._context.now())
        if self._lacked_anchor():
            checked.problems.append(NO_ANCHOR)
        with self._context.write("maintenance.back-up") as work:
            work.note("backed-up", detail={"rows": checked.rows})
            work.commit()
        return checked

    @verb(Right.VERIFY)
    def kept(self) -> Kept:
        """When somebody last took care of the file."""
        with self._context.read("maintenance.kept") as work:
            days = [work.journal.newest_at(kind) for kind in ("backed-up", "verified", "backup-tried")]
        return Kept(*days)

    @verb(Right.BACK_UP)
    def try_backup(self, *, source: Path, progress: Progress = no_progress) -> Tried:
        """Restore a backup into a private place, open it with this database's key, check it, throw it away.

        Raises what `restore` raises, AnotherAgency, or Damaged; nothing remains of the trial.
        """
        restoring, checking = in_stages(progress, 1, 9)
        beside = self._context.database.path.parent
        try:
            folder = tempfile.TemporaryDirectory(prefix=".trial-", dir=beside)
        except OSError:
            raise files.CannotWrite(file=beside.name) from None
        with folder as private:
            target = Path(private) / "trial.caseapp"
            restore(source, target, progress=restoring)
            tried = self._looked_through(target, source.name, watching(checking, "Checking the backup"))
        with self._context.write("maintenance.try-backup") as work:
            work.note("backup-tried", detail={"rows": tried.checked.rows, "made": tried.made_at})
            work.commit()
        return tried

    def _looked_through(self, target: Path, name: str, watch: Watch) -> Tried:
        try:
            restored = open_existing(target, self._ring.data_key.bytes)
        except (engine.NotADatabase, failures.Damaged):
            raise AnotherAgency(file=name) from None
        try:
            checked = verify(restored, self._author("try-backup"), anchors=[], watch=watch)
            with restored.read(self._author("try-backup")) as work:
                newest = work.journal.newest(limit=1)
        finally:
            restored.close()
        if checked.problems:
            raise DamagedBackup(file=name)
        return Tried(newest[0].at if newest else None, checked)

    @verb(Right.EXPORT_EVERYTHING)
    def export_everything(self, *, folder: Path) -> dict[str, int]:
        """Every table as CSV with two pages that explain them; returns rows by table.

        Nothing is held back, restricted people and clinical notes neither: half a copy would lock the agency
        in. It has a right of its own, and the journal holds who took it before the first row is written.
        Raises FolderNotEmpty or CannotWrite; then no file of it remains.
        """
        with files.filling(folder):
            with self._context.write("maintenance.export-everything") as work:
                work.note("export-began")
                work.commit()
            return self._write_everything(folder)

    def _write_everything(self, folder: Path) -> dict[str, int]:
        counts: dict[str, int] = {}
        with self._context.write("maintenance.export-everything") as work:
            for name, header, rows in tables_as_text(self._context.database):
                counts[name] = write_rows(folder / f"{name}.csv", header, rows)
            write_rows(folder / "columns.csv", _COLUMNS, columns_of_tables())
            files.write_atomically(folder / "READ-ME.txt", _explained(counts, self._context.now()).encode())
            work.note("exported", detail={"tables": len(counts), "rows": sum(counts.values())})
            work.commit()
        return counts

    def _copy(self, partial: Path, target: Path, progress: Progress) -> Checked:
        """Copy, check, and put keys and seal beside; where anything fails nothing remains."""
        database, key, author = self._context.database, self._ring.data_key.bytes, self._author("back-up")
        copying, checking, sealing = in_stages(progress, 1, 8, 1)
        try:
            backup.copy(database, partial, key, watching(copying, "Copying"))
            checked = backup.check(partial, key, database, author, watching(checking, "Checking the copy"))
            keys.copy(database.path, target)
            sealed = by_pieces(watching(sealing, "Sealing"), partial)
            seal = f"{files.digest_of(partial, sealed)}  {target.name}\n"
            files.write_own(seal_file(target), seal.encode())
            partial.rename(target)
        except BaseException:
            for file in (partial, keys.key_file(target), seal_file(target)):
                file.unlink(missing_ok=True)
            raise
        return checked

    def _lacked_anchor(self) -> bool:
        """Whether a sign-in found no anchor since the newest backup.

        A look alone settles nothing, so each verify tells it, and the backup tells it one last time: from
        its own anchor on, a cut shows again.
        """
        with self._context.read("maintenance.verify") as work:
            missing, kept = work.journal.newest_of("anchor-missing"), work.journal.newest_of("backed-up")
        return missing > kept

    def _author(self, verb_name: str) -> Author:
        return Author(self._context.actor.staff_id, f"maintenance.{verb_name}", self._context.now())


_COLUMNS = ("table", "column", "kind", "may_be_empty", "points_to")

_EXPLAINED = """Everything of one agency, a file for each table, written {at:%Y-%m-%d %H:%M} UTC.

Each file is CSV in UTF-8, commas between, quotes where needed, the names of the columns in the first line.
columns.csv says for each column what kind of value it holds and which column of which table it points to.
An id is a UUID and ties the tables together. Moments are UTC in ISO 8601; a day is YYYY-MM-DD.
An empty cell means that nothing is recorded. A cell that a spreadsheet would take for a formula begins
with an apostrophe, which does not belong to the value.

The files are not encrypted and name people. Keep them as you keep the records themselves.

Rows in each table:
{counts}
"""


def _explained(counts: dict[str, int], at: datetime) -> str:
    rows = "\n".join(f"{name}: {count}" for name, count in counts.items())
    return _EXPLAINED.format(at=at.astimezone(UTC), counts=rows)
