import pytest
from sqlalchemy.exc import DatabaseError

from caseapp.store import engine
from caseapp.store.failures import Damaged
from caseapp.store.verify import verify
from caseapp.system import anchor
from tests import builders
from tests.builders import a_person


def entries(services):
    with services.context.read("test") as work:
        return work.journal.newest()


def write(services, sql):
    """Do what only somebody with the key could do: drop the guards and change the file."""
    with services.context.database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        connection.rollback()
        driver.execute("PRAGMA foreign_keys = OFF")
        for name in ("update", "delete"):
            for table in ("journal", "journal_subject"):
                driver.execute(f"DROP TRIGGER IF EXISTS {table}_keeps_{name}")
        driver.execute(sql)
        driver.execute("PRAGMA foreign_keys = ON")


class TestJournal:
    def test_says_field_by_field_what_changed(self, admin):
        person_id = admin.people.add(details=a_person())
        person = admin.people.open(person_id=person_id).person
        admin.people.change(person_id=person_id, details=a_person("Jim"), version=person.version)
        newest = entries(admin)[0]
        assert newest.verb == "person.change"
        fields = {change["table"]: change["fields"] for change in newest.detail["changes"]}
        assert fields["person_name"]["given"] == ["James", "Jim"]
        assert "birth_on" not in fields["person"]

    def test_holds_openings_and_refusals(self, admin, worker):
        person_id = admin.people.add(details=a_person())
        worker.people.open(person_id=person_id)
        assert entries(admin)[0].kind == "opened"
        with pytest.raises(Exception, match="access"):
            worker.staff.leave(staff_id=admin.context.actor.staff_id)
        assert (entries(admin)[0].kind, entries(admin)[0].actor_id) == (
            "refused",
            worker.context.actor.staff_id,
        )

    def test_refuses_change_and_deletion_inside_the_database(self, admin):
        for sql in ("UPDATE journal SET verb = 'x'", "DELETE FROM journal"):
            with (
                pytest.raises(DatabaseError),
                engine.writing(admin.context.database.engine).begin() as connection,
            ):
                connection.exec_driver_sql(sql)

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE journal SET detail = '[]' WHERE seq = 2",
            "UPDATE journal SET actor_id = NULL WHERE seq = 2",
            "DELETE FROM journal WHERE seq = 2",
            "UPDATE journal SET seq = 999 WHERE seq = (SELECT max(seq) FROM journal)",
        ],
    )
    def test_shows_a_change_that_was_made_with_the_key(self, admin, sql):
        for _count in range(3):
            admin.people.add(details=a_person())
        assert not admin.context.database.broken_links()
        write(admin, sql)
        assert admin.context.database.broken_links()

    @pytest.mark.parametrize(
        "sql",
        [
            "DELETE FROM journal_subject",
            "INSERT INTO journal_subject SELECT 1, id FROM person LIMIT 1",
            "UPDATE journal_subject SET record_id = (SELECT max(id) FROM person WHERE id != record_id) "
            "WHERE seq = (SELECT max(seq) FROM journal)",
        ],
        ids=["removed", "added", "swapped"],
    )
    def test_shows_that_whom_an_entry_is_about_was_changed(self, admin, sql):
        first, _other = (admin.people.add(details=a_person()) for _count in range(2))
        admin.people.open(person_id=first)
        assert not admin.context.database.broken_links()
        write(admin, sql)
        assert admin.context.database.broken_links()

    def test_shows_a_cut_tail_by_the_anchor_outside(self, admin, database_file):
        admin.people.add(details=a_person())
        head = admin.context.database.head()
        anchor.append(database_file, seq=head.seq, head=head.hash, at=builders.NOW)
        write(admin, f"DELETE FROM journal_subject WHERE seq = {head.seq}")
        write(admin, f"DELETE FROM journal WHERE seq = {head.seq}")
        assert not admin.context.database.broken_links()
        checked = admin.maintenance.verify()
        assert not checked.ok and "seen before" in checked.problems[0]

    @pytest.mark.parametrize("is_rubbish", [False, True])
    def test_tells_that_the_anchor_was_gone_until_a_backup_was_made(
        self, signed_in, database_file, tmp_path, is_rubbish
    ):
        signed_in.close()
        anchor.anchor_file(database_file).unlink()
        if is_rubbish:
            anchor.anchor_file(database_file).write_bytes(b"rubbish")
        again = builders.open_as_administrator(database_file)
        maintenance = builders.services_of(again).maintenance
        for _time in range(2):
            assert "was gone" in maintenance.verify().problems[0]
        assert "was gone" in maintenance.back_up(target=tmp_path / "copy.caseapp").problems[0]
        assert maintenance.verify().ok
        assert maintenance.back_up(target=tmp_path / "next.caseapp").ok
        again.close()


class TestVerify:
    def test_finds_a_whole_file_whole(self, admin):
        admin.people.add(details=a_person())
        checked = admin.maintenance.verify()
        assert (
            checked.ok and checked.rows > 100 and checked.index_entries >= 8 and checked.journal_entries > 2
        )

    @pytest.mark.parametrize("lost", ["person_key WHERE kind = 'phone-end'", "person_facts"])
    def test_finds_a_lost_search_key(self, admin, lost):
        admin.people.add(details=a_person())
        write(admin, f"DELETE FROM {lost}")
        author = admin.context._author("test")
        assert any("search" in one for one in verify(admin.context.database, author, anchors=[]).problems)

    def test_finds_a_flipped_bit(self, admin, database_file, signed_in):
        signed_in.close()
        content = bytearray(database_file.read_bytes())
        content[len(content) // 2] ^= 1
        database_file.write_bytes(content)
        try:
            again = builders.open_as_administrator(database_file)
        except Damaged:
            return  # the flipped bit lies where signing in reads already
        checked = builders.services_of(again).maintenance.verify()
        assert not checked.ok
        again.close()
