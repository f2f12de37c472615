"""What is refused is refused in one sentence with the next step, and every byte stays as it was."""

import os
import sqlite3
import subprocess

import pytest

from caseapp.store import database, engine
from caseapp.system import anchor, keys
from tests import builders

resource = pytest.importorskip("resource", reason="limits of Unix")
IS_ROOT = os.name != "nt" and os.geteuid() == 0
EXPORT = "Incident Number,Call Received,Call Type,Address,Disposition,Unit\r\n"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="owners, mounts and limits of Unix")


def content(folder):
    """Every file of a folder with its bytes."""
    """What lies there, but for the count of wrong passwords, which is there to change."""
    found = (one for one in folder.iterdir() if one.is_file() and one.suffix != ".tries")
    return {one.name: one.read_bytes() for one in found}


def many_calls(folder, count=6000):
    export = folder / "calls.csv"
    rows = (
        f"26-{one},2026-11-20 10:00,Welfare check,{one} Oak Street,Assisted,A1\r\n" for one in range(count)
    )
    export.write_text(EXPORT + "".join(rows))
    return export


def assert_refused(done, status, words):
    assert (done.returncode, done.stdout) == (status, ""), done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1 and words in lines[0], done.stderr
    assert lines[0].endswith(".") and lines[0].count(". ") <= 3


@pytest.fixture
def place(database_file, tmp_path):
    """The database in a folder where nothing else lies, so that a new file shows."""
    folder = tmp_path / "place"
    folder.mkdir()
    return builders.copy_database(database_file, folder / "agency.caseapp")


def empty(path):
    path.write_bytes(b"")


def renamed_text(path):
    path.write_bytes((b"Notes of the meeting, not a database.\r\n" * 4096)[: 4096 * 8])


def renamed_sheet(path):
    path.write_bytes(b"PK\x03\x04" + os.urandom(5000))


def plain_database(path):
    path.unlink()
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE person (name)")
    made.close()


def other_bytes(path):
    path.write_bytes(os.urandom(4096 * 8))


def cut_in_a_page(path):
    path.write_bytes(path.read_bytes()[:-1000])


def cut_between_pages(path):
    path.write_bytes(path.read_bytes()[: 4096 * 20])


def flipped_bit(path):
    changed = bytearray(path.read_bytes())
    changed[100] ^= 1
    path.write_bytes(changed)


def newer_schema(path):
    key = keys.unlock(path, login="alma", password=builders.PASSWORD)
    opened = database.open_existing(path, key.bytes)
    with engine.writing(opened.engine).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    opened.close()


def no_file(path):
    path.unlink()


def a_folder(path):
    path.unlink()
    path.mkdir()


def no_key_file(path):
    keys.key_file(path).unlink()


def broken_key_file(path):
    keys.key_file(path).write_bytes(b"{")


SPOILT = [
    (empty, 2, "not a caseapp database"),
    (renamed_text, 2, "not a caseapp database"),
    (renamed_sheet, 2, "not a caseapp database"),
    (plain_database, 2, "not encrypted"),
    (other_bytes, 3, "damaged"),
    (cut_in_a_page, 3, "Restore the newest backup"),
    (cut_between_pages, 3, "Restore the newest backup"),
    (flipped_bit, 3, "Restore the newest backup"),
    (newer_schema, 2, "newer edition"),
    (no_file, 2, "Check the name and the folder"),
    (a_folder, 2, "Check the name and the folder"),
    (no_key_file, 2, "is not beside the database"),
    (broken_key_file, 3, "is damaged"),
]


@pytest.mark.parametrize(("spoil", "status", "words"), SPOILT, ids=[one[0].__name__ for one in SPOILT])
def test_a_file_that_is_not_right_is_named_and_left_alone(run, place, tmp_path, spoil, status, words):
    spoil(place)
    before, export = content(place.parent), many_calls(tmp_path, 3)
    for command in (("verify",), ("import", "calls", export)):
        assert_refused(run(*command, CASEAPP_DATABASE=str(place)), status, words)
        assert content(place.parent) == before


@pytest.mark.parametrize(("login", "password"), [("alma", "not the password"), ("nobody", builders.PASSWORD)])
def test_a_wrong_sign_in_says_not_which_part_is_wrong(run, place, tmp_path, login, password):
    wrong, before, export = tmp_path / "wrong", content(place.parent), many_calls(tmp_path, 3)
    wrong.write_text(password)
    wrong.chmod(0o600)
    changes = {
        "CASEAPP_DATABASE": str(place),
        "CASEAPP_LOGIN": login,
        "CASEAPP_PASSWORD_FILE": str(wrong),
    }
    for command in (("verify",), ("import", "calls", export)):
        assert_refused(run(*command, **changes), 2, "sign-in name or the password is not right. Try again")
        assert content(place.parent) == before


class TestPlaces:
    @pytest.mark.parametrize("name", ["Dropbox", "OneDrive - Riverside", "Google Drive", "iCloud Drive"])
    def test_a_synchronised_folder_is_refused_and_stays_empty(self, run, place, tmp_path, name):
        folder = tmp_path / name
        folder.mkdir()
        made = ("--agency", "A", "--time-zone", "America/Denver", "--name", "Ana", "--login", "ana")
        password = ("--password-file", tmp_path / "password")
        done = run("create", folder / "agency.caseapp", *made, *password)
        assert_refused(done, 2, "Choose a folder of this computer's own disk")
        done = run("restore", place, "--to", folder / "agency.caseapp")
        assert_refused(done, 2, "Choose a folder of this computer's own disk")
        assert content(folder) == {}

    def test_a_backup_may_go_there(self, run, tmp_path):
        (tmp_path / "Dropbox").mkdir()
        assert run("backup", tmp_path / "Dropbox" / "copy.caseapp").returncode == 0


def mounted(folder, options):
    """Put a small real disk on a folder; whoever may not is skipped."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return IS_ROOT and not subprocess.run(mount, capture_output=True).returncode


class TestReadOnly:
    @pytest.fixture
    def locked_place(self, database_file, tmp_path):
        """A disk that can only be read, because root may write into any folder; for others a folder."""
        folder = tmp_path / "locked"
        is_disk = mounted(folder, "size=4m")
        if IS_ROOT and not is_disk:
            pytest.skip("root could write, and may not mount here")
        path = builders.copy_database(database_file, folder / "agency.caseapp")
        if is_disk:
            subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        else:
            folder.chmod(0o555)
        yield path
        if is_disk:
            subprocess.run(["umount", str(folder)], check=True)
        folder.chmod(0o755)

    def test_a_folder_that_can_only_be_read_is_named_and_left_alone(self, run, locked_place, tmp_path):
        before, export = content(locked_place.parent), many_calls(tmp_path, 3)
        for command in (("verify",), ("import", "calls", export)):
            done = run(*command, CASEAPP_DATABASE=str(locked_place))
            assert_refused(done, 2, "Move it to a folder where you may write")
            assert content(locked_place.parent) == before

    @pytest.mark.skipif(IS_ROOT, reason="root may read everything")
    def test_a_file_that_may_not_be_read_is_named(self, run, place):
        place.chmod(0o000)
        assert_refused(run("verify", CASEAPP_DATABASE=str(place)), 2, "may not be read")
        place.chmod(0o600)


class TestFullDisk:
    @pytest.fixture
    def small_disk(self, database_file, tmp_path):
        """A real disk of 4 MB with the database on it."""
        folder = tmp_path / "disk"
        if not mounted(folder, "size=4m"):
            pytest.skip("only root can mount a small disk")
        yield builders.copy_database(database_file, folder / "agency.caseapp")
        subprocess.run(["umount", str(folder)], check=True)

    def fill(self, path, *, leave):
        """Fill the disk but for some bytes; returns the file to take away again."""
        filler = path.parent / "filler"
        free = os.statvfs(path.parent)
        filler.write_bytes(bytes(max(free.f_bavail * free.f_frsize - leave, 0)))
        return filler

    def test_without_any_room_nothing_is_opened_and_nothing_changes(self, run, small_disk, tmp_path):
        self.fill(small_disk, leave=0)
        before, export = content(small_disk.parent), many_calls(tmp_path, 3)
        for command in (("verify",), ("import", "calls", export)):
            done = run(*command, CASEAPP_DATABASE=str(small_disk))
            assert_refused(done, 2, "disk")
            assert "full" in done.stderr and "try again" in done.stderr
            after = content(small_disk.parent)
            assert not after.pop("agency.caseapp-wal", b"")
            assert before == {name: bytes_ for name, bytes_ in after.items() if name in before}

    def test_an_import_that_does_not_fit_leaves_nothing_and_fits_once_there_is_room(
        self, run, small_disk, tmp_path
    ):
        filler, export = self.fill(small_disk, leave=600_000), many_calls(tmp_path)
        done = run("import", "calls", export, CASEAPP_DATABASE=str(small_disk))
        assert_refused(done, 2, "The disk is full. Nothing was saved. Free some space")
        filler.unlink()
        out = tmp_path / "out.csv"
        assert run("export", "calls", out, CASEAPP_DATABASE=str(small_disk)).returncode == 0
        assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 1
        assert run("verify", CASEAPP_DATABASE=str(small_disk)).returncode == 0
        few = many_calls(tmp_path, 50)
        assert run("import", "calls", few, CASEAPP_DATABASE=str(small_disk)).returncode == 0

    def test_a_quota_is_told_as_the_disk_and_not_as_damage(self, run, place, tmp_path):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))

        export = many_calls(tmp_path)
        done = run("import", "calls", export, how={"preexec_fn": limit}, CASEAPP_DATABASE=str(place))
        assert_refused(done, 2, "Nothing was saved. Check the disk, then try again")
        assert run("verify", CASEAPP_DATABASE=str(place)).returncode == 0
        assert run("import", "calls", export, CASEAPP_DATABASE=str(place)).returncode == 0


class TestNoPlaceForTheFile:
    """What a command would write is looked at before anything is done."""

    def test_a_database_whose_recovery_sheet_cannot_be_written_is_not_made(self, run, tmp_path):
        password = tmp_path / "password"
        made = tmp_path / "new.caseapp"
        options = ("--agency", "N", "--time-zone", "America/Denver", "--name", "A B", "--login", "ab")
        sheet = tmp_path / "nowhere" / "sheet.pdf"
        done = run("create", made, *options, "--password-file", password, "--recovery-out", sheet)
        assert_refused(done, 2, "sheet.pdf")
        assert not list(tmp_path.glob("new.caseapp*"))

    @pytest.mark.parametrize("kind", ["calls", "people"])
    def test_nothing_is_imported_when_the_rejects_cannot_be_written(self, run, tmp_path, kind):
        listed = tmp_path / "list.csv"
        row = {
            "calls": f"{EXPORT}26-1,2026-11-20 10:00,Welfare check,1 Oak Street,Assisted,A1\r\n",
            "people": "Client ID,First Name,Last Name,DOB\r\n1,Ana,Vega,1990-01-01\r\n",
        }
        listed.write_text(row[kind])
        done = run("import", kind, listed, "--rejects", tmp_path / "nowhere" / "r.csv")
        assert_refused(done, 2, "r.csv")
        again = run("import", kind, listed, "--json")
        assert again.returncode == 0 and f'"{kind}_new": 1' in again.stdout


class TestWhatWouldReplaceTheData:
    """An output that names the database, what lies beside it, or what is read is refused before any work."""

    def test_a_database_and_what_belongs_to_it(self, run, place, tmp_path):
        export, before = many_calls(tmp_path, 3), content(place.parent)
        for command in (
            ("export", "calls", place),
            ("export", "directory", anchor.anchor_file(place)),
            ("export", "deidentified", place.with_name(place.name + "-wal")),
            ("import", "calls", export, "--rejects", keys.key_file(place)),
        ):
            assert_refused(run(*command, CASEAPP_DATABASE=str(place)), 2, "Choose another name")
            assert content(place.parent) == before

    def test_a_file_that_the_command_reads(self, run, tmp_path):
        listed = tmp_path / "people.csv"
        listed.write_text("Client ID,First Name,Last Name,DOB\r\n1,Ana,Vega,1990-01-01\r\n")
        before = content(tmp_path)
        for command in (
            ("match", listed, "--out", listed),
            ("import", "people", listed, "--rejects", listed),
            ("export", "calls", tmp_path / "password"),
        ):
            assert_refused(run(*command), 2, "Choose another name")
            assert content(tmp_path) == before

    def test_a_recovery_sheet_never_takes_the_place_of_the_new_database(self, run, tmp_path):
        made = tmp_path / "new.caseapp"
        options = ("--agency", "N", "--time-zone", "America/Denver", "--name", "A B", "--login", "ab")
        for sheet in (made, tmp_path / "new.caseapp.keys"):
            words = ("create", made, *options, "--password-file", tmp_path / "password")
            assert_refused(run(*words, "--recovery-out", sheet), 2, "Choose another name")
            assert not list(tmp_path.glob("new.caseapp*"))


class TestSlips:
    """An ordinary slip is told in a sentence that points the right way."""

    def test_of_the_words_of_a_command(self, run):
        for words, told in (
            (("creat",), "Invalid choice: 'creat'. See: caseapp --help."),
            (("create", "x"), "--agency"),
            (("export", "nothing"), "See: caseapp export --help."),
            (("create", "", "--agency", "A", "--time-zone", "UTC"), "See: caseapp create --help."),
        ):
            done = run(*words)
            assert_refused(done, 2, told)
            assert "desk-process" not in done.stderr

    def test_of_a_place(self, run, place, tmp_path):
        export = many_calls(tmp_path, 3)
        for command, told in (
            (("backup", tmp_path / "none" / "b.caseapp"), "There is no folder"),
            (("backup", ""), "No file is named"),
            (("export", "everything", export), "a file has its name"),
            (("import", "calls", export, "--map", tmp_path / "none.toml"), "Check the name and the folder"),
        ):
            assert_refused(run(*command, CASEAPP_DATABASE=str(place)), 2, told)
