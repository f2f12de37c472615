"""Two processes at one file: nothing is lost, nothing is doubled, and who waits too long is told so."""

import subprocess
import sys
from pathlib import Path

import pytest

from caseapp.domain.access import Role, Sealed
from caseapp.domain.errors import StaleRecord
from caseapp.domain.staff import StaffDetails
from caseapp.services import session
from caseapp.store import engine, failures
from caseapp.store.everything import tables_as_text
from caseapp.system.messages import sentence_for
from tests import builders
from tests.builders import a_person

COUNT = 12

OTHER_DESK = """
import sys
from pathlib import Path
from tests import builders
from caseapp.domain.access import Role
from caseapp.domain.staff import StaffDetails

opened = builders.open_as_administrator(Path(sys.argv[1]))
services = builders.services_of(opened)
print("open", flush=True)
for line in sys.stdin:
    what, text = line.split()
    if what == "person":
        services.people.add(details=builders.a_person("Ana", text))
    elif what == "staff":
        details = StaffDetails(text.title(), text, Role.SOCIAL_WORKER)
        services.staff.add(details=details, password=builders.PASSWORD)
    elif what == "rename":
        found = services.people.recent(limit=1)[0]
        services.people.change(person_id=found.id, details=builders.a_person("Ana", text), version=found.version)
    elif what == "hold":
        with opened.context.database.write(services.context._author("test")) as work:
            work.take_lock()
            print("holds", flush=True)
            sys.stdin.readline()
    print("done", flush=True)
opened.close()
"""


class OtherDesk:
    """A second desk in a process of its own, told line by line what to do."""

    def __init__(self, path):
        command = [sys.executable, "-W", "error", "-c", OTHER_DESK, str(path)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
        )
        self.heard("open")

    def heard(self, word):
        assert self._process.stdout.readline().strip() == word

    def tell(self, *lines):
        self._process.stdin.write("".join(f"{line}\n" for line in lines))
        self._process.stdin.flush()

    def end(self):
        self._process.stdin.close()
        assert self._process.wait(60) == 0
        self._process.stdout.close()


@pytest.fixture
def other(database_file):
    desk = OtherDesk(database_file)
    yield desk
    desk.end()


def test_both_write_and_the_journal_is_one_whole_chain(admin, other):
    other.tell(*[f"person There{number}" for number in range(COUNT)])
    for number in range(COUNT):
        admin.people.add(details=a_person("Ana", f"Here{number}"))
    for _count in range(COUNT):
        other.heard("done")
    names = sorted(one.display_name for one in admin.people.recent())
    assert names == sorted(f"Ana {place}{number}" for place in ("Here", "There") for number in range(COUNT))
    assert admin.maintenance.verify().problems == []


def test_neither_loses_the_way_in_that_the_other_gives(admin, other, database_file):
    other.tell(*[f"staff there{number}" for number in range(4)])
    for number in range(4):
        details = StaffDetails("Here", f"here{number}", Role.SOCIAL_WORKER)
        admin.staff.add(details=details, password=builders.PASSWORD)
    for _count in range(4):
        other.heard("done")
    for place in ("here", "there"):
        for number in range(4):
            session.sign_in(database_file, login=f"{place}{number}", password=builders.PASSWORD).close()


def test_who_saves_second_is_told_and_nothing_is_overwritten(admin, other):
    seen = admin.people.open(person_id=admin.people.add(details=a_person())).person
    other.tell("rename Newer")
    other.heard("done")
    with pytest.raises(StaleRecord):
        admin.people.change(person_id=seen.id, details=a_person("Old", "Words"), version=seen.version)
    assert admin.people.recent()[0].display_name == "Ana Newer"


def test_who_waits_too_long_gets_a_sentence_and_nothing_is_saved(database_file, other, monkeypatch):
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 200)
    opened = builders.open_as_administrator(database_file)
    services = builders.services_of(opened)
    other.tell("hold it")
    other.heard("holds")
    with pytest.raises(failures.Busy) as refused:
        services.people.add(details=a_person())
    assert "Try again" in sentence_for(refused.value)
    assert services.people.recent() == []
    other.tell("let go")
    other.heard("done")
    services.people.add(details=a_person())
    opened.close()


def test_a_refusal_is_journaled_although_the_other_desk_wrote_meanwhile(signed_in, worker, other):
    """A transaction that only looked cannot begin to write once somebody else has written."""
    person_id = worker.people.add(details=a_person(is_restricted=True))
    context = builders.services_as(signed_in, Role.SOCIAL_WORKER).context
    with context.read("test") as work:
        assert not context.may_open(work, person_id)
        other.tell("person Meanwhile")
        other.heard("done")
        with pytest.raises(Sealed):
            context.open_person(work, person_id, verb="test")
    with context.read("test") as work:
        assert [one.kind for one in work.journal.newest(limit=1)] == ["refused"]


def test_everything_goes_out_as_it_stood_together(worker, other):
    """No name of a person who is in no table of people, and no entry of the journal of what is not there."""
    known = worker.people.add(details=a_person())
    whole = {}
    for name, header, rows in tables_as_text(worker.context.database):
        whole[name] = [dict(zip(header, row, strict=True)) for row in rows]
        if name == "person":
            other.tell("person Meanwhile")
            other.heard("done")
    assert {row["id"] for row in whole["person"]} == {str(known)}
    assert {row["person_id"] for row in whole["person_name"]} == {str(known)}
