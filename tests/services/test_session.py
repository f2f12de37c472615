import csv
import os
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from caseapp.domain.access import Role, RoleChanged, SignedOut
from caseapp.domain.errors import CaseAppError
from caseapp.domain.staff import Agency, LastAdministrator, LeftAlready, LoginTaken, StaffDetails
from caseapp.services import creation, restoring, session
from caseapp.services.staff import UnknownTimeZone
from caseapp.store import engine, failures
from caseapp.system import files, keys, tries
from tests import builders
from tests.builders import NOW


class TestCreate:
    @pytest.mark.parametrize(
        ("change", "error"),
        [
            ({"agency": Agency(name="A", time_zone="Mars/Base")}, UnknownTimeZone),
            ({"password": "short"}, keys.PasswordTooShort),
        ],
    )
    def test_leaves_nothing_when_it_is_refused(self, tmp_path, change, error):
        with pytest.raises(error):
            builders.create(tmp_path / "x.caseapp", **change)
        assert list(tmp_path.iterdir()) == []

    def test_leaves_nothing_when_the_sheet_with_its_key_cannot_be_written(self, tmp_path):
        with pytest.raises(files.CannotWrite):
            creation.create_with_sheet(
                tmp_path / "x.caseapp",
                tmp_path / "nowhere" / "sheet.pdf",
                agency=Agency(name="A", time_zone="America/Denver"),
                administrator=StaffDetails("Alma Reyes", "alma", Role.ADMINISTRATOR),
                password=builders.PASSWORD,
            )
        assert list(tmp_path.iterdir()) == []

    def test_dates_the_sheet_with_the_recovery_key_by_the_agency_and_not_by_london(self, tmp_path):
        sheet = tmp_path / "sheet.pdf"
        creation.create_with_sheet(
            tmp_path / "x.caseapp",
            sheet,
            agency=Agency(name="A", time_zone="America/Denver"),
            administrator=StaffDetails("Alma Reyes", "alma", Role.ADMINISTRATOR),
            password=builders.PASSWORD,
            now=lambda: datetime(2026, 11, 25, 3, 0, tzinfo=UTC),
        )
        assert "24 Nov 2026" in PdfReader(sheet).pages[0].extract_text()

    def test_never_touches_a_file_that_is_there(self, database_file):
        before = database_file.read_bytes()
        with pytest.raises(engine.FileExists):
            builders.create(database_file)
        assert database_file.read_bytes() == before and keys.key_file(database_file).exists()

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
    def test_says_that_a_folder_is_read_only(self, tmp_path):
        tmp_path.chmod(0o500)
        with pytest.raises(failures.Unwritable):
            builders.create(tmp_path / "x.caseapp")
        tmp_path.chmod(0o700)


class TestSignIn:
    def test_refuses_a_wrong_password_and_an_unknown_login_alike(self, database_file):
        for login, password in (("alma", "not the password"), ("nobody", builders.PASSWORD)):
            with pytest.raises(keys.WrongPassword):
                session.sign_in(database_file, login=login, password=password)

    def test_journals_the_wrong_passwords_at_the_next_sign_in(self, database_file):
        for _count in range(2):
            with pytest.raises(keys.WrongPassword):
                session.sign_in(database_file, login="alma", password="not the password")
        content = tries.tries_file(database_file).read_text()
        assert "alma" not in content and "password" not in content
        opened = builders.open_as_administrator(database_file)
        with opened.context.read("test") as work:
            failed = next(one for one in work.journal.newest() if one.kind == "sign-in-failed")
        opened.close()
        assert failed.detail["count"] == 2 and not tries.tries_file(database_file).exists()

    def test_waits_after_many_wrong_passwords_and_never_for_ever(self, database_file):
        clock = builders.Clock(NOW)
        for _count in range(tries.FREE_TRIES):
            tries.add(database_file, clock())
        with pytest.raises(tries.TooManyTries):
            builders.open_as_administrator(database_file)
        for later in (tries.PAUSE, -timedelta(days=400)):
            tries.check(database_file, NOW + later)

    @pytest.mark.parametrize("content", ["", "[]", '{"count": "x"}', "[" * 5000])
    def test_opens_beside_a_damaged_count(self, database_file, content):
        tries.tries_file(database_file).write_text(content)
        builders.open_as_administrator(database_file).close()

    def test_opens_with_the_recovery_key_and_a_new_password(self, tmp_path):
        path = tmp_path / "x.caseapp"
        printed = builders.create(path)
        session.reset_by_recovery(
            path, printed=printed, login="alma", password="another password", cost=keys.LOWEST_COST
        )
        session.sign_in(path, login="alma", password="another password").close()
        with pytest.raises(keys.WrongPassword):
            session.sign_in(path, login="alma", password=builders.PASSWORD)


class TestStaff:
    def test_come_and_go_without_the_file_being_encrypted_anew(self, signed_in, admin, database_file):
        staff_id = admin.staff.add(
            details=StaffDetails("Rowan Shaw", "rowan", Role.PEER_SPECIALIST), password="a long password"
        )
        session.sign_in(database_file, login="rowan", password="a long password").close()
        admin.staff.leave(staff_id=staff_id)
        with pytest.raises(keys.WrongPassword):
            session.sign_in(database_file, login="rowan", password="a long password")

    def test_keep_the_last_administrator(self, admin):
        with pytest.raises(LastAdministrator):
            admin.staff.leave(staff_id=admin.context.actor.staff_id)

    def test_let_an_administrator_go_who_never_signed_in(self, admin):
        staff_id = admin.staff.add(details=StaffDetails("Rowan Shaw", "rowan", Role.ADMINISTRATOR))
        admin.staff.leave(staff_id=staff_id)
        assert len(admin.staff.list_staff()) == 1

    def test_who_left_is_given_no_key_by_a_desk_that_still_shows_them(self, admin, database_file):
        details = StaffDetails("Rowan Shaw", "rowan", Role.PEER_SPECIALIST)
        staff_id = admin.staff.add(details=details, password="a long password")
        admin.staff.leave(staff_id=staff_id)
        with pytest.raises(LeftAlready):
            admin.staff.set_password(staff_id=staff_id, password="another long password")
        with pytest.raises(keys.WrongPassword):
            keys.unlock(database_file, login="rowan", password="another long password")

    def test_have_one_login_each(self, admin):
        with pytest.raises(LoginTaken):
            admin.staff.add(details=StaffDetails("Other", "ALMA", Role.SOCIAL_WORKER))

    def test_who_left_reads_and_writes_no_more_although_the_desk_is_open(self, admin, worker):
        worker.people.recent()
        admin.staff.leave(staff_id=worker.context.actor.staff_id)
        for verb in (worker.people.recent, lambda: worker.people.add(details=builders.a_person())):
            with pytest.raises(SignedOut):
                verb()

    def test_who_has_another_role_by_now_does_no_more_by_the_old_one(self, admin, signed_in):
        lead = builders.services_as(signed_in, Role.SUPERVISOR)
        sealed = admin.people.add(details=builders.a_person(is_restricted=True))
        lead.people.open(person_id=sealed)
        one = next(one for one in admin.staff.list_staff() if one.id == lead.context.actor.staff_id)
        details = replace(one.details, role=Role.PEER_SPECIALIST)
        admin.staff.change(staff_id=one.id, details=details, version=one.version)
        for verb in (lead.people.recent, lambda: lead.people.open(person_id=sealed)):
            with pytest.raises(RoleChanged):
                verb()
        lead.drafts.keep(form="contact", person_id=None, content={"notes": "half a thought"})
        again = builders.services_of_staff(signed_in, one.id)
        assert again.people.recent() == []
        assert again.drafts.get(form="contact", person_id=None).content == {"notes": "half a thought"}


class TestBackup:
    def test_restores_what_was_there(self, admin, tmp_path):
        person_id = admin.people.add(details=builders.a_person())
        target = tmp_path / "backup.caseapp"
        assert admin.maintenance.back_up(target=target).ok
        back = tmp_path / "back.caseapp"
        restoring.restore(target, back)
        opened = builders.open_as_administrator(back)
        assert (
            builders.services_of(opened).people.open(person_id=person_id).person.display_name
            == "James Okafor"
        )
        assert builders.services_of(opened).maintenance.verify().ok
        opened.close()

    def test_never_overwrites(self, admin, database_file, tmp_path):
        target = tmp_path / "backup.caseapp"
        admin.maintenance.back_up(target=target)
        with pytest.raises(engine.FileExists):
            admin.maintenance.back_up(target=target)
        with pytest.raises(engine.FileExists):
            restoring.restore(target, database_file)

    def test_of_a_file_in_use_is_refused_because_its_newest_entries_lie_beside_it(
        self, admin, database_file, tmp_path
    ):
        admin.people.add(details=builders.a_person())
        with pytest.raises(restoring.StillInUse):
            restoring.restore(database_file, tmp_path / "back.caseapp")
        assert not list(tmp_path.glob("back*"))

    def test_that_is_damaged_is_found_without_any_key(self, admin, tmp_path):
        target, back = tmp_path / "backup.caseapp", tmp_path / "back.caseapp"
        admin.maintenance.back_up(target=target)
        content = bytearray(target.read_bytes())
        content[len(content) // 2] ^= 1
        target.write_bytes(content)
        with pytest.raises(restoring.DamagedBackup):
            restoring.restore(target, back)
        assert not list(tmp_path.glob("back.*"))

    def test_says_whether_its_seal_was_compared(self, admin, tmp_path):
        target = tmp_path / "backup.caseapp"
        admin.maintenance.back_up(target=target)
        assert restoring.restore(target, tmp_path / "sealed.caseapp")
        restoring.seal_file(target).unlink()
        assert not restoring.restore(target, tmp_path / "unsealed.caseapp")

    @pytest.mark.parametrize(("name", "code"), [("", "name-missing"), ("none/x.caseapp", "no-folder")])
    def test_and_a_new_database_need_a_name_in_a_folder_that_is_there(self, admin, tmp_path, name, code):
        target = tmp_path / name if name else Path()
        for make in (
            lambda: builders.create(target),
            lambda: admin.maintenance.back_up(target=target),
            lambda: restoring.restore(admin.context.database.path, target),
        ):
            with pytest.raises(CaseAppError) as caught:
                make()
            assert caught.value.code == f"database.{code}"

    def test_a_folder_that_cannot_be_made_is_named(self, admin, tmp_path):
        (tmp_path / "file").write_bytes(b"")
        for folder in (tmp_path / "file", tmp_path / "file" / "below"):
            with pytest.raises(files.CannotMakeFolder):
                admin.maintenance.export_everything(folder=folder)

    def test_needs_its_key_file(self, admin, tmp_path):
        target = tmp_path / "backup.caseapp"
        admin.maintenance.back_up(target=target)
        keys.key_file(target).unlink()
        with pytest.raises(restoring.Incomplete):
            restoring.restore(target, tmp_path / "back.caseapp")

    def test_writes_every_table_as_text(self, admin, tmp_path):
        admin.people.add(details=builders.a_person())
        counts = admin.maintenance.export_everything(folder=tmp_path / "out")
        assert counts["person"] == 1 and counts["journal"] > 0
        assert "Okafor" in (tmp_path / "out" / "person_name.csv").read_text(encoding="utf-8-sig")
        explained = (tmp_path / "out" / "READ-ME.txt").read_text()
        assert "person: 1" in explained and "not encrypted" in explained
        made = {file.stem: file.read_text(encoding="utf-8-sig") for file in (tmp_path / "out").glob("*.csv")}
        told = {
            (row["table"], row["column"]): row for row in csv.DictReader(made.pop("columns").splitlines())
        }
        assert told["person_name", "person_id"]["points_to"] == "person.id"
        for name, content in made.items():
            assert all((name, column) in told for column in next(csv.reader(content.splitlines())))
        with pytest.raises(files.FolderNotEmpty):
            admin.maintenance.export_everything(folder=tmp_path / "out")

    def test_holds_no_table_whole_while_everything_goes_out(self, admin, tmp_path):
        with admin.context.write("test") as work:
            for number in range(400):
                work.drafts.put(admin.context.actor.staff_id, f"form-{number}", None, {"words": "w" * 20_000})
            work.commit()
        tracemalloc.start()
        admin.maintenance.export_everything(folder=tmp_path / "out")
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert (tmp_path / "out" / "draft.csv").stat().st_size > 8_000_000 > peak

    def test_leaves_no_table_of_an_export_that_failed_but_tells_of_it(self, admin, tmp_path, monkeypatch):
        written = []

        def full(path, pieces):
            written.append(path)
            if len(written) > 3:
                raise files.CannotWrite(file=path.name)
            path.write_bytes(b"".join(pieces))

        monkeypatch.setattr(files, "write_pieces", full)
        with pytest.raises(files.CannotWrite):
            admin.maintenance.export_everything(folder=tmp_path / "out")
        assert list((tmp_path / "out").iterdir()) == []
        with admin.context.read("test") as work:
            assert work.journal.newest(limit=1)[0].kind == "export-began"
