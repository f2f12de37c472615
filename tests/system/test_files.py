import logging
import os
import stat
from pathlib import Path

import pytest

from caseapp.system import anchor, files, logs, passwords
from tests.builders import NOW


class TestWriteAtomically:
    def test_leaves_the_old_file_when_it_cannot_write(self, tmp_path, monkeypatch):
        path = tmp_path / "x"
        files.write_atomically(path, b"old")

        def full(*_arguments):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(files.CannotWrite):
            files.write_atomically(path, b"new")
        assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]

    def test_makes_a_file_for_its_owner_only(self, tmp_path):
        files.write_atomically(tmp_path / "x", b"")
        assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o600

    def test_names_a_folder_that_is_not_there(self, tmp_path):
        with pytest.raises(files.CannotWrite):
            files.write_atomically(tmp_path / "none" / "x", b"")


class TestWhatIsOurs:
    @pytest.fixture
    def database(self, tmp_path):
        for name in ("b.caseapp", "b.caseapp.keys"):
            (tmp_path / name).write_bytes(b"kept")
        return tmp_path / "b.caseapp"

    @pytest.mark.parametrize(
        "ending", ["", ".keys", ".anchor", ".tries", ".sha256", ".partial", "-wal", "-shm", "-journal"]
    )
    def test_is_never_written_over_whether_it_is_there_or_not(self, database, ending):
        before = {one: one.read_bytes() for one in database.parent.iterdir()}
        path = database.with_name(database.name + ending)
        for write in (lambda: files.write_atomically(path, b"new"), lambda: files.check_writable(path)):
            with pytest.raises(files.BelongsToDatabase):
                write()
        assert {one: one.read_bytes() for one in database.parent.iterdir()} == before

    def test_is_known_by_the_keys_whatever_the_name_and_by_the_name_without_keys(self, tmp_path):
        for name in ("other.db", "other.db.keys", "alone.caseapp"):
            (tmp_path / name).write_bytes(b"")
        for name in ("other.db", "other.db.anchor", "alone.caseapp", "alone.caseapp.anchor"):
            with pytest.raises(files.BelongsToDatabase):
                files.check_not_ours(tmp_path / name)

    def test_is_known_behind_a_link_and_a_way_round(self, database, tmp_path):
        link = tmp_path / "list.csv"
        try:
            link.symlink_to(database)
        except OSError:
            pytest.skip("no links here")
        for path in (link, tmp_path / ".." / tmp_path.name / database.name):
            with pytest.raises(files.BelongsToDatabase):
                files.check_not_ours(path)

    def test_holds_for_a_database_that_is_about_to_be_made(self, tmp_path):
        new = tmp_path / "new.caseapp"
        for name in ("new.caseapp", "new.caseapp.keys"):
            with pytest.raises(files.BelongsToDatabase):
                files.check_not_ours(tmp_path / name, database=new)
        files.check_not_ours(tmp_path / "new.pdf", database=new)

    def test_leaves_every_other_file_alone(self, database, tmp_path):
        for name in ("calls.csv", "b.caseapp.csv", "sheet.sha256", "notes-wal"):
            files.write_atomically(tmp_path / name, b"1")
            files.write_atomically(tmp_path / name, b"2")
            assert (tmp_path / name).read_bytes() == b"2"


def test_a_file_that_is_read_is_not_written(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for path in (folder / "services.csv", tmp_path / "list.csv"):
        path.write_bytes(b"")
        os.link(path, tmp_path / f"other-{path.name}")
    for path in (folder / "services.csv", tmp_path / "list.csv", tmp_path / "other-list.csv"):
        with pytest.raises(files.IsRead):
            files.check_apart(path, [folder, tmp_path / "list.csv"])
    files.check_apart(folder / "rejected.csv", [folder, tmp_path / "none.csv"])


class TestPasswordFile:
    def test_is_refused_when_others_can_read_it(self, tmp_path):
        path = tmp_path / "p"
        path.write_text("four words in a row\n")
        path.chmod(0o644)
        with pytest.raises(passwords.PasswordFileOpen):
            passwords.from_file(path)
        path.chmod(0o600)
        assert passwords.from_file(path) == "four words in a row"

    @pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe"])
    def test_needs_a_first_line(self, tmp_path, content):
        path = tmp_path / "p"
        path.write_bytes(content)
        path.chmod(0o600)
        with pytest.raises(passwords.PasswordFileEmpty):
            passwords.from_file(path)


def test_a_log_names_places_and_nobody(tmp_path):
    logger = logging.getLogger("caseapp")
    before = list(logger.handlers)
    logs.start(tmp_path)
    try:
        for number in range(200):
            name = f"Plantedname{number}"
            try:
                raise ValueError(name, {"person": name})
            except ValueError as error:
                assert logs.report(error)
        for handler in logger.handlers:
            handler.flush()
        content = (tmp_path / "caseapp.log").read_text()
        assert "Plantedname" not in content and "test_files.py" in content and "ValueError" in content
    finally:
        for handler in [one for one in logger.handlers if one not in before]:
            logger.removeHandler(handler)
            handler.close()


def test_the_anchor_keeps_the_newest_heads(tmp_path):
    database = tmp_path / "x.caseapp"
    for seq in range(60):
        anchor.append(database, seq=seq, head=f"{seq:064x}", at=NOW)
    kept = anchor.read(database)
    assert len(kept) == anchor.KEPT and kept[-1].seq == 59
    anchor.anchor_file(database).write_bytes(b"not json")
    assert anchor.read(database) == []


def test_reads_no_more_of_a_file_than_is_asked_for(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"x" * 100)
    assert files.read(path) == b"x" * 100 and files.read(path, at_most=7) == b"x" * 7


@pytest.mark.skipif(os.name == "nt", reason="a file without an end is of Unix")
def test_a_password_file_without_an_end_is_no_password_file():
    with pytest.raises((passwords.PasswordFileOpen, passwords.PasswordFileEmpty)):
        passwords.from_file(Path("/dev/zero"))
