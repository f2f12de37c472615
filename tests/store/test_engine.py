import os
import sqlite3
import stat
from datetime import UTC, datetime

import pytest
from sqlalchemy import literal, select
from sqlalchemy.engine.interfaces import CacheStats

from caseapp.store import database, engine, failures
from caseapp.store.migrate import NewerSchema
from caseapp.store.unit_of_work import Author
from caseapp.system import keys
from caseapp.system.paths import database_assets
from tests import builders

KEY = os.urandom(32)
SCRIPTS = database_assets("migrations")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "x.caseapp"
    database.reserve(path)
    database.create(path, KEY, scripts=SCRIPTS).close()
    return path


class TestOpening:
    def test_keeps_every_promised_setting_on_every_connection(self, file):
        opened = database.open_existing(file, KEY)
        for _count in range(3):
            with opened.engine.connect() as connection:
                driver = connection.connection.driver_connection
                found = [
                    driver.execute(f"PRAGMA {name}").fetchone()[0]
                    for name in ("journal_mode", "synchronous", "foreign_keys")
                ]
            assert found == ["wal", 2, 1]
        opened.close()

    def test_folds_the_log_after_much_was_written_and_leaves_the_connection_as_it_was(self, file):
        opened = database.open_existing(file, KEY)
        author = Author(staff_id=None, verb="much", now=datetime(2026, 6, 1, tzinfo=UTC))
        with opened.write_much(author) as work:
            work.note("look", detail={"words": "so many " * 600_000})
            work.commit()
        opened._wait_for_fold()
        with opened.engine.connect() as connection:
            driver = connection.connection.driver_connection
            pages = (file.stat().st_size // 4096, file.with_name(f"{file.name}-wal").stat().st_size // 4096)
            settings = [
                driver.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("wal_autocheckpoint", "cache_size", "synchronous")
            ]
        assert min(pages) > engine.FOLD_PAGES
        assert settings == [engine.FOLD_PAGES, -engine.CACHE_KIB, 2]
        opened.close()

    def test_makes_a_file_for_its_owner_only_that_no_plain_reader_opens(self, file):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        with pytest.raises(sqlite3.DatabaseError):
            sqlite3.connect(file).execute("SELECT * FROM sqlite_master")

    def test_refuses_to_attach_another_file(self, file, tmp_path):
        opened = database.open_existing(file, KEY)
        with opened.engine.connect() as connection:
            driver = connection.connection.driver_connection
            with pytest.raises(engine.dbapi2.DatabaseError):
                driver.execute(f"ATTACH '{tmp_path / 'plain.db'}' AS plain KEY ''")
        opened.close()

    def test_compiles_a_statement_once_for_all_files(self, file, tmp_path):
        path = tmp_path / "y.caseapp"
        database.reserve(path)
        files = database.open_existing(file, KEY), database.create(path, KEY, scripts=SCRIPTS)
        hits = []
        for opened in files:
            with opened.engine.connect() as connection:
                found = connection.execute(select(literal("said nowhere else").label(tmp_path.name)))
                hits.append((found.context.cache_hit, found.scalar_one()))
            opened.close()
        assert hits == [
            (CacheStats.CACHE_MISS, "said nowhere else"),
            (CacheStats.CACHE_HIT, "said nowhere else"),
        ]


def test_opens_a_file_whose_random_start_looks_like_letters(tmp_path):
    """The first 16 bytes are a random salt: one file in 600 begins with four letters."""
    path, salt = tmp_path / "x.caseapp", b"abcdefghijklmnop"
    made = engine.dbapi2.connect(str(path), isolation_level=None)
    made.set_key(f"x'{KEY.hex()}{salt.hex()}'".encode())
    made.execute("CREATE TABLE t (a)")
    made.execute("DROP TABLE t")
    made.close()
    database.create(path, KEY, scripts=SCRIPTS).close()
    assert path.read_bytes().startswith(salt)
    database.open_existing(path, KEY).close()


class TestRefusing:
    def test_another_key(self, file):
        with pytest.raises(failures.Damaged):
            database.open_existing(file, os.urandom(32))

    def test_a_short_key(self, file):
        with pytest.raises(ValueError, match="32 bytes"):
            engine.open_engine(file, KEY[:31])

    @pytest.mark.parametrize(
        ("content", "error"),
        [
            (b"", engine.NotADatabase),
            (b"a text file renamed\n" * 400, engine.NotADatabase),
            (b"SQLite format 3\x00" + bytes(4080), engine.NotEncrypted),
            (os.urandom(8192), failures.Damaged),
        ],
    )
    def test_a_wrong_file_and_changes_nothing(self, tmp_path, content, error):
        path = tmp_path / "wrong.caseapp"
        path.write_bytes(content)
        with pytest.raises(error):
            database.open_existing(path, KEY)
        assert path.read_bytes() == content

    @pytest.mark.parametrize("text", [b"x" * 8192, "Ünïcode\n".encode() * 2048])
    def test_text_that_has_the_length_of_a_database(self, tmp_path, text):
        path = tmp_path / "wrong.caseapp"
        path.write_bytes(text[: len(text) // 4096 * 4096])
        with pytest.raises(engine.NotADatabase):
            engine.check_file(path)

    def test_a_truncated_file(self, file):
        file.write_bytes(file.read_bytes()[:-1000])
        with pytest.raises(engine.NotADatabase):
            database.open_existing(file, KEY)

    def test_a_missing_file(self, tmp_path):
        with pytest.raises(engine.NoSuchFile):
            database.open_existing(tmp_path / "none.caseapp", KEY)

    def test_a_newer_schema(self, file):
        opened = database.open_existing(file, KEY)
        with engine.writing(opened.engine).begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        opened.close()
        with pytest.raises(NewerSchema):
            database.open_existing(file, KEY)

    def test_to_overwrite_a_file(self, file):
        with pytest.raises(engine.FileExists):
            database.reserve(file)


def test_leaves_no_planted_name_in_any_file(database_file, tmp_path):
    """Nothing readable of a person stands in the database, its log, the key file or the anchor."""
    signed_in = builders.open_as_administrator(database_file)
    services = builders.services_of(signed_in)
    services.people.add(details=builders.a_person("Plantedname", "Zzyzxperson"))
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(
                word in content for word in (b"Plantedname", b"Zzyzxperson", b"Alma", b"alma", b"zzyzx")
            )
    assert (tmp_path / f"{database_file.name}-wal").stat().st_size > 0
    signed_in.close()
    assert keys.key_file(database_file).exists()
