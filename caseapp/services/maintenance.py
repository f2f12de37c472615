"""Keeping the file: verify, back up, restore, and take everything out."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from caseapp.domain.access import Right
from caseapp.domain.errors import CaseAppError
from caseapp.exchange import cells
from caseapp.services.context import Context, Service, verb
from caseapp.services.staff import KeyRing
from caseapp.store import backup, engine
from caseapp.store.everything import tables_as_text
from caseapp.store.unit_of_work import Author
from caseapp.store.verify import Checked, verify
from caseapp.system import anchor, files, keys, paths


class Incomplete(CaseAppError):
    """A backup is two files, the database and its key file."""

    code = "backup.incomplete"


class FolderNotEmpty(CaseAppError):
    """An export fills a folder of its own, so that nothing is overwritten."""

    code = "export.folder-not-empty"


class MaintenanceService(Service):
    """What administrators do with the file."""

    def __init__(self, context: Context, ring: KeyRing) -> None:
        super().__init__(context)
        self._ring = ring

    @verb(Right.VERIFY)
    def verify(self) -> Checked:
        """Check pages, references, journal and search keys; journaled, unless the file is damaged."""
        database = self._context.database
        anchors = [(one.seq, one.hash) for one in anchor.read(database.path)]
        checked = verify(database, self._author("verify"), anchors=anchors)
        if not checked.is_damaged:
            with self._context.write("maintenance.verify") as work:
                work.note("verified", detail={"problems": len(checked.problems)})
                work.commit()
        return checked

    @verb(Right.BACK_UP)
    def back_up(self, *, target: Path) -> Checked:
        """Write a verified copy with its key file beside it; raises FileExists, Unwritable, NotVerified."""
        database = self._context.database
        if keys.key_file(target).exists():
            raise engine.FileExists(file=keys.key_file(target).name)
        partial = target.with_name(target.name + ".partial")
        if target.exists():
            raise engine.FileExists(file=target.name)
        partial.unlink(missing_ok=True)
        backup.copy(database, partial, self._ring.data_key.bytes)
        checked = backup.check(partial, self._ring.data_key.bytes, database, self._author("back-up"))
        files.write_atomically(keys.key_file(target), files.read(keys.key_file(database.path)))
        keys.key_file(target).chmod(0o600)
        partial.rename(target)
        head = database.head()
        anchor.append(target, seq=head.seq, head=head.hash, at=self._context.now())
        with self._context.write("maintenance.back-up") as work:
            work.note("backed-up", detail={"rows": checked.rows})
            work.commit()
        return checked

    @verb(Right.EXPORT_EVERYTHING)
    def export_everything(self, *, folder: Path) -> dict[str, int]:
        """Every table as CSV with a page that explains them; returns rows by table. Journaled."""
        if folder.exists() and any(folder.iterdir()):
            raise FolderNotEmpty(folder=folder.name)
        files.private_folder(folder)
        counts: dict[str, int] = {}
        with self._context.write("maintenance.export-everything") as work:
            for name, header, rows in tables_as_text(self._context.database):
                counts[name] = _write_table(folder / f"{name}.csv", header, rows)
            work.note("exported", detail={"tables": len(counts), "rows": sum(counts.values())})
            work.commit()
        return counts

    def _author(self, verb_name: str) -> Author:
        return Author(self._context.actor.staff_id, f"maintenance.{verb_name}", self._context.now())


def restore(source: Path, target: Path) -> None:
    """Put a backup in a new place; whatever stands there already is never overwritten.

    Raises SyncedFolder, NetworkFolder, NoSuchFile, NotADatabase, Incomplete, FileExists or CannotWrite. The
    copy is opened, and so checked, by whoever signs in to it.
    """
    paths.check_place(target)
    engine.check_file(source)
    if not keys.key_file(source).is_file():
        raise Incomplete(file=source.name)
    for file in (target, keys.key_file(target), target.with_name(target.name + "-wal")):
        if file.exists():
            raise engine.FileExists(file=file.name)
    try:
        shutil.copyfile(source, target)
        target.chmod(0o600)
        shutil.copyfile(keys.key_file(source), keys.key_file(target))
        keys.key_file(target).chmod(0o600)
        if anchor.anchor_file(source).is_file():
            shutil.copyfile(anchor.anchor_file(source), anchor.anchor_file(target))
    except OSError:
        target.unlink(missing_ok=True)
        keys.key_file(target).unlink(missing_ok=True)
        raise files.CannotWrite(file=target.name) from None


def _write_table(path: Path, header: tuple[str, ...], rows: Iterable[list[str]]) -> int:
    written = list(rows)
    files.write_atomically(path, cells.write_csv(header, written))
    return len(written)
