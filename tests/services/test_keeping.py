"""A backup is tried by restoring it: what would not come back is said before it is needed."""

import os
import threading

import pytest
from sqlalchemy import delete

from caseapp.domain.access import NotAllowed
from caseapp.domain.errors import CaseAppError
from caseapp.services.maintenance import AnotherAgency
from caseapp.services.restoring import DamagedBackup, Incomplete, KeepingStopped, restore
from caseapp.store import backup as copies
from caseapp.store import engine
from caseapp.store.tables.people import PersonKeyRow
from caseapp.system import files, keys
from caseapp.system.messages import sentence_for
from tests import builders
from tests.builders import a_person


@pytest.fixture
def backup(admin, worker, tmp_path):
    worker.people.add(details=a_person())
    target = tmp_path / "copies" / "backup.caseapp"
    target.parent.mkdir()
    admin.maintenance.back_up(target=target)
    return target


def left(folder):
    return sorted(one.name for one in folder.iterdir())


def test_a_trial_tells_what_would_come_back_and_leaves_nothing(admin, backup, tmp_path):
    before = left(tmp_path), left(backup.parent)
    tried = admin.maintenance.try_backup(source=backup)
    assert tried.checked.ok and tried.checked.rows > 0 and tried.made_at == builders.NOW
    assert (left(tmp_path), left(backup.parent)) == before
    kept = admin.maintenance.kept()
    assert kept.backed_up_at == kept.tried_at == builders.NOW and kept.verified_at is None


@pytest.fixture
def small_files(backup):
    """No file can be longer than half a backup, as where a quota ends."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (backup.stat().st_size // 2, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_copy_that_finds_no_room_names_what_was_asked_for_and_leaves_nothing(
    admin, backup, tmp_path, small_files
):
    before = left(backup.parent)
    with pytest.raises(CaseAppError) as refused:
        admin.maintenance.back_up(target=backup.with_name("again.caseapp"))
    assert "partial" not in sentence_for(refused.value) and left(backup.parent) == before
    with pytest.raises(files.CannotWrite) as refused:
        restore(backup, backup.with_name("restored.caseapp"))
    assert refused.value.values["file"] == "restored.caseapp" and left(backup.parent) == before


def test_a_half_copy_is_not_named_to_anybody_and_is_taken_away_once_nobody_is_at_work_on_it(admin, backup):
    half, fresh, others = (
        backup.with_name(name) for name in ("a.caseapp.partial", "b.caseapp.partial", "film.mp4.partial")
    )
    for one in (half, fresh, others):
        one.write_bytes(b"half")
    for one in (half, others):
        os.utime(one, (0, 0))
    with pytest.raises(engine.FileExists) as refused:
        copies.copy(admin.context.database, fresh, bytes(32))
    assert refused.value.values["file"] == "b.caseapp"
    admin.maintenance.back_up(target=backup.with_name("again.caseapp"))
    assert [one.exists() for one in (half, fresh, others)] == [False, True, True]


def test_what_would_not_come_back_is_said(admin, worker, backup, tmp_path):
    before = left(tmp_path)
    whole = backup.read_bytes()
    backup.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    with pytest.raises(DamagedBackup):
        admin.maintenance.try_backup(source=backup)
    backup.write_bytes(whole)
    wraps = keys.key_file(backup).read_bytes()
    keys.key_file(backup).unlink()
    with pytest.raises(Incomplete):
        admin.maintenance.try_backup(source=backup)
    keys.key_file(backup).write_bytes(wraps)
    with pytest.raises(NotAllowed):
        worker.maintenance.try_backup(source=backup)
    assert left(tmp_path) == before and admin.maintenance.kept().tried_at is None


def test_a_backup_of_another_agency_is_refused(admin, tmp_path):
    other = builders.make_agency(tmp_path / "other.caseapp")
    with pytest.raises(AnotherAgency):
        admin.maintenance.try_backup(source=other)


def long_works(admin, backup):
    """What takes minutes with many people."""
    copy = backup.with_name("second.caseapp")
    return {
        "verify": lambda **how: admin.maintenance.verify(**how),
        "back up": lambda **how: admin.maintenance.back_up(target=copy, **how),
        "try": lambda **how: admin.maintenance.try_backup(source=backup, **how),
        "restore": lambda **how: restore(backup, backup.with_name("third.caseapp"), **how),
    }


@pytest.mark.parametrize("name", ["verify", "back up", "try", "restore"])
def test_long_work_tells_how_far_it_is_and_stops_wherever_it_is_told_to(admin, backup, tmp_path, name):
    work = long_works(admin, backup)[name]
    before = left(tmp_path), left(backup.parent), admin.context.database.head()

    def watched(stop_at):
        told = []

        def progress(_words, done, total):
            told.append(done / total)
            return len(told) != stop_at

        return told, progress

    steps = 0
    while True:
        steps += 1
        told, progress = watched(steps)
        try:
            work(progress=progress)
        except KeepingStopped:
            assert (left(tmp_path), left(backup.parent), admin.context.database.head()) == before
            continue
        break
    assert steps > 1 and told == sorted(told) and told[-1] <= 1


@pytest.fixture
def written_on(worker):
    """A database in which somebody writes without a pause."""
    is_over = threading.Event()

    def write():
        while not is_over.is_set():
            worker.people.add(details=a_person("Amadou", "Tandjigora"))

    writer = threading.Thread(target=write)
    writer.start()
    yield worker.context.database
    is_over.set()
    writer.join()


def test_what_somebody_writes_during_a_check_is_no_damage(admin, written_on):
    checks = [admin.maintenance.verify() for _again in range(5)]
    assert [one.problems for one in checks] == [[]] * 5
    assert all(one.pages and one.rows and one.index_entries for one in checks)
    entries = [one.journal_entries for one in checks]
    assert entries[-1] - entries[0] > len(checks), "nobody wrote while it was checked"


def test_damage_is_found_while_somebody_writes(admin, written_on):
    person_id = admin.people.add(details=a_person())
    with written_on.engine.begin() as connection:
        connection.execute(delete(PersonKeyRow).where(PersonKeyRow.person_id == person_id))
    assert [one[:7] for one in admin.maintenance.verify().problems] == ["search:"]
