import os

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select

from caseapp.store import database, engine, migrate
from caseapp.store.tables import Base
from caseapp.store.tables.base import Id, Instant
from caseapp.store.tables.people import PersonRow
from caseapp.system.paths import database_assets
from tests.migrations.steps import go_down

KEY = os.urandom(32)


def a_database(tmp_path):
    path = tmp_path / "x.caseapp"
    database.reserve(path)
    return database.create(path, KEY, scripts=database_assets("migrations"))


def test_head_is_the_one_the_program_asks_for():
    scripts = ScriptDirectory(str(database_assets("migrations")))
    assert scripts.get_heads() == [migrate.HEAD]


def test_head_equals_the_models(tmp_path):
    opened = a_database(tmp_path)

    def same_type(_context, _inspected, _column, _found, wanted):
        return False if isinstance(wanted, (Id, Instant)) else None

    def ours(_object, name, _kind, _is_found, _wanted):
        return not str(name).startswith("note_words")

    with opened.engine.connect() as connection:
        opts = {"compare_type": same_type, "include_object": ours}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []
    opened.close()


def test_every_editable_table_has_a_version_and_its_constraints_bite(tmp_path):
    opened = a_database(tmp_path)
    for name in ("person", "call", "contact", "follow_up", "referral", "consent", "staff"):
        assert "version" in Base.metadata.tables[name].columns
    with opened.engine.connect() as connection:
        found = {
            row[0]
            for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        }
    assert found == {"journal_keeps_update", "journal_keeps_delete"} | {
        f"note_words_{name}" for name in ("added", "changed", "addendum", "removed")
    }
    opened.close()


def test_restricted_people_are_found_without_looking_at_everybody(tmp_path):
    opened = a_database(tmp_path)
    query = select(PersonRow.id).where(PersonRow.is_restricted).compile(opened.engine)
    with opened.engine.connect() as connection:
        (step,) = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")
    assert step.detail.endswith("USING COVERING INDEX ix_person_restricted")
    opened.close()


def test_goes_down_and_up_again(tmp_path):
    opened = a_database(tmp_path)
    with engine.writing(opened.engine).begin() as connection:
        go_down(connection, "base")
    migrate.upgrade(opened.engine, database_assets("migrations"))
    assert migrate.revision(opened.engine) == migrate.HEAD
    opened.close()


def test_revisions_import_nothing_of_the_program():
    for file in database_assets("migrations", "versions").glob("*.py"):
        assert "caseapp" not in file.read_text(encoding="utf-8")


def test_compiles_for_postgresql_too():
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateTable

    for table in Base.metadata.sorted_tables:
        assert "BLOB" not in str(CreateTable(table).compile(dialect=postgresql.dialect()))
