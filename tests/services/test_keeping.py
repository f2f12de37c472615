"""A backup is tried by restoring it: what would not come back is said before it is needed."""

import pytest

from caseapp.domain.access import NotAllowed
from caseapp.services.maintenance import AnotherAgency, DamagedBackup, Incomplete
from caseapp.system import keys
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
