"""A file of an older edition: copied aside, brought up to date at a sign-in, nobody lost to the search."""

import os
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import text

from caseapp.domain.place_notes import PlaceNote
from caseapp.services import session, stages
from caseapp.store import engine, failures, migrate
from caseapp.system import files, keys
from tests import builders
from tests.builders import TODAY
from tests.migrations.steps import go_down

MINUTES = count()


def make_older(connection):
    """As the edition of revision 0004 left it, with that edition's search keys."""
    go_down(connection, "0004")
    connection.execute(text("DELETE FROM person_key"))


@pytest.fixture
def older(database_file):
    """A file with one person, as the edition of revision 0004 left it, with that edition's search keys."""
    opened = builders.open_as_administrator(database_file)
    builders.services_of(opened).people.add(details=builders.a_person())
    database = opened.context.database
    with engine.writing(database.engine).begin() as connection:
        make_older(connection)
    opened.close()
    return database_file


def sign_in(path, **more):
    """Sign in at another moment each time, as people do."""
    at = builders.NOW + timedelta(minutes=next(MINUTES))
    return session.sign_in(
        path, login="alma", password=builders.PASSWORD, cost=keys.LOWEST_COST, now=builders.Clock(at), **more
    )


def asides(path):
    return [one for one in path.parent.glob(f"{path.stem}-before-*") if one.suffix == path.suffix]


class TestOlderEdition:
    def test_opens_with_the_recovery_key_too(self, tmp_path):
        """Nobody may know a password any more when a new edition comes: the key is then the only way in."""
        path = tmp_path / "x.caseapp"
        printed = builders.create(path)
        opened = sign_in(path)
        with engine.writing(opened.context.database.engine).begin() as connection:
            make_older(connection)
        opened.close()
        told = []
        session.reset_by_recovery(
            path,
            printed=printed,
            login="alma",
            password="another password",
            cost=keys.LOWEST_COST,
            progress=lambda *how_far: told.append(how_far) or True,
        )
        session.sign_in(path, login="alma", password="another password").close()
        assert len(asides(path)) == 1 and told

    def test_is_brought_up_to_date_with_a_copy_aside(self, older):
        opened = builders.open_as_administrator(older)
        services = builders.services_of(opened)
        assert migrate.revision(opened.context.database.engine) == migrate.HEAD
        assert [hit.title for hit in services.search.find(query="okafor")] == ["James Okafor"]
        assert services.maintenance.verify().ok
        with opened.context.read("test") as work:
            told = next(one for one in work.journal.newest() if one.kind == "brought-up-to-date")
        assert told.detail == {"from": "0004", "to": migrate.HEAD}
        opened.close()
        (copy,) = asides(older)
        assert keys.key_file(copy).stat().st_mode & 0o777 == copy.stat().st_mode & 0o777 == 0o600
        again = builders.open_as_administrator(copy)
        assert builders.services_of(again).search.find(query="okafor")
        again.close()

    def test_tells_what_is_done_and_how_far_it_is(self, older):
        told = []

        def tell(words, done, total):
            told.append((words, done, total))
            return False

        sign_in(older, progress=tell).close()
        assert list(dict.fromkeys(words for words, _done, _total in told)) == [
            "Copying the file aside",
            "Checking the copy",
            "Bringing the records up to date",
            "Writing what the search finds people by",
        ]
        done = [done for _words, done, _total in told]
        assert done == sorted(done) and {total for *_rest, total in told} == {stages.SCALE}
        revisions = [one for one in told if one[0] == "Bringing the records up to date"]
        assert len({done for _words, done, _total in revisions}) == int(migrate.HEAD) - 4 + 1
        del told[:]
        sign_in(older, progress=tell).close()
        assert not told, "a file of this edition has nothing to wait for"

    @pytest.mark.parametrize("when", ["Copying", "Checking", "Bringing", "Writing"])
    def test_is_whole_whenever_it_is_interrupted_and_begun_again(self, older, when):
        def interrupt(words, _done, _total):
            if words.startswith(when):
                raise KeyboardInterrupt
            return True

        with pytest.raises(KeyboardInterrupt):
            sign_in(older, progress=interrupt)
        assert not list(older.parent.glob("*.partial"))
        assert len(asides(older)) == (when in ("Bringing", "Writing"))
        assert all(keys.key_file(one).stat().st_mode & 0o777 == 0o600 for one in asides(older))
        opened = sign_in(older)
        assert [hit.title for hit in builders.services_of(opened).search.find(query="okafor")]
        opened.close()
        told = []
        sign_in(older, progress=lambda *step: told.append(step)).close()
        assert not told

    def test_leaves_no_half_copy_of_a_program_that_was_ended(self, older):
        given_up, at_work = (
            older.with_name(f"{older.stem}-before-0014-2026070{n}-101500.caseapp.partial") for n in (1, 2)
        )
        others = older.with_name("other-before-0014-20260701-101500.caseapp.partial")
        for one in (given_up, at_work, others):
            one.write_bytes(b"half")
        for one in (given_up, others):
            os.utime(one, (0, 0))
        sign_in(older).close()
        assert [one.exists() for one in (given_up, at_work, others)] == [False, True, True]

    def test_is_set_aside_with_its_keys_or_not_at_all(self, older, monkeypatch):
        def nowhere(*_given):
            raise files.NoRoom(file="keys")

        monkeypatch.setattr("caseapp.system.files.write_own", nowhere)
        with pytest.raises(files.NoRoom):
            sign_in(older)
        monkeypatch.undo()
        assert not asides(older)
        sign_in(older).close()
        assert len(asides(older)) == 1

    def test_is_left_as_it_was_when_it_cannot_be_copied(self, older, monkeypatch):
        def full(*_given):
            raise failures.DiskFull(file=older.name)

        monkeypatch.setattr("caseapp.store.backup.copy", full)
        with pytest.raises(failures.DiskFull):
            session.sign_in(older, login="alma", password=builders.PASSWORD, cost=keys.LOWEST_COST)
        monkeypatch.undo()
        assert not asides(older)
        builders.open_as_administrator(older).close()
        assert len(asides(older)) == 1

    def test_keeps_every_note_where_two_places_are_one_now(self, database_file):
        noted = (
            ("1200 Oak St, Denver", "", "Two dogs", TODAY + timedelta(days=9)),
            ("1200 OAK ST", "Denver", "Use the side door", TODAY),
            ("77 Elm Pike", "", "Gate code at the desk", None),
        )
        opened = builders.open_as_administrator(database_file)
        with opened.context.write("test") as work:
            for n, (label, city, note, until) in enumerate(noted):
                work.places.put_note(f"OLD {n}", label, city, PlaceNote("home", note, until), today=TODAY)
            work.commit()
        database = opened.context.database
        with engine.writing(database.engine).begin() as connection:
            go_down(connection, "0011")
        opened.close()
        again = builders.open_as_administrator(database_file)
        with again.context.read("test") as work:
            both = work.places.note("1200 OAK ST, DENVER")
            assert set(both.text.splitlines()) == {"Two dogs", "Use the side door"}
            assert both.until == TODAY + timedelta(days=9)
            assert work.places.note("77 ELM PIKE, ").text == "Gate code at the desk"
        assert builders.services_of(again).maintenance.verify().ok
        again.close()

    def test_of_the_edition_before_finds_its_notes_by_the_keys_of_this_one(self, database_file):
        opened = builders.open_as_administrator(database_file)
        with opened.context.write("test") as work:
            noted = PlaceNote("", "Two dogs")
            work.places.put_note("MOTEL 6 BLDG B, ", "Motel 6 Bldg B", "", noted, today=TODAY)
            work.commit()
        with engine.writing(opened.context.database.engine).begin() as connection:
            go_down(connection, "0013")
        opened.close()
        again = builders.open_as_administrator(database_file)
        with again.context.read("test") as work:
            assert work.places.note("MOTEL 6, ").text == "Two dogs"
        again.close()

    def test_keys_of_places_are_written_again_only_where_they_are_others(self, signed_in):
        for key, label, on in (
            ("5 OAK ST, ", "5 Oak St", TODAY),
            ("OLD", "77 Elm Pike", TODAY),
            ("77 ELM PIKE, ", "8 Elm St", TODAY),
            ("9 ELM ST, ", "9 Elm St", TODAY),
            ("OLDER", "9 Elm Street", TODAY - timedelta(days=9)),
        ):
            with signed_in.context.write("test") as work:
                work.places.put_note(key, label, "", PlaceNote("", f"{label}.", None, on), today=TODAY)
                work.commit()
        again = []
        for _turn in range(2):
            with signed_in.context.write("test") as work:
                work.places.key_again()
                keys = ("5 OAK ST, ", "77 ELM PIKE, ", "8 ELM ST, ", "9 ELM ST, ")
                work.commit()
            with signed_in.context.read("test") as work:
                again.append([work.places.note(key) for key in keys])
        assert again[0] == again[1]
        untouched, moved, away, both = again[0]
        assert (untouched.version, moved.version) == (1, 2)
        assert (moved.text, away.text) == ("77 Elm Pike.", "8 Elm St.")
        assert set(both.text.splitlines()) == {"9 Elm St.", "9 Elm Street."} and both.noted_on == TODAY

    def test_keeps_the_keys_of_people_where_only_tables_changed(self, database_file, monkeypatch):
        """As after a revision that changes tables alone; whether the newest one does differs by edition."""
        monkeypatch.setattr(migrate, "NEWEST_KEYS", "0023")
        opened = builders.open_as_administrator(database_file)
        builders.services_of(opened).people.add(details=builders.a_person())
        with engine.writing(opened.context.database.engine).begin() as connection:
            go_down(connection, migrate.NEWEST_KEYS)
        opened.close()
        told = []
        again = sign_in(database_file, progress=lambda words, *_how_far: told.append(words))
        assert "Bringing the records up to date" in told
        assert "Writing what the search finds people by" not in told
        assert [hit.title for hit in builders.services_of(again).search.find(query="okafor")]
        again.close()

    def test_is_not_brought_up_to_date_twice(self, older):
        builders.open_as_administrator(older).close()
        builders.open_as_administrator(older).close()
        assert len(asides(older)) == 1
