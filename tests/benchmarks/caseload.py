"""Fifty open cases beside a million contacts: Today, and saving a contact, each beside its floor, one run.

    python -m tests.benchmarks.caseload [CONTACTS]

`CASEAPP_BENCHMARK_FILE` names a file that is made once and used again.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from caseapp.domain.contacts import Channel, ContactDetails, NoteText, Outcome
from caseapp.domain.follow_ups import THIS_WEEK
from caseapp.domain.shorthand import When
from caseapp.services import session
from caseapp.services.context import utc_now
from caseapp.services.desk import Services, build_services
from caseapp.services.session import SignedIn
from caseapp.store.journal import GENESIS, _link, journal_key
from caseapp.system import keys
from db.demo import bulk, bulk_calls
from db.demo.agency import MAKER, PASSWORD
from tests.benchmarks.figures import Figure, at_most, markdown

PEOPLE, CONTACTS, CASES = 20_000, 1_000_000, 50
SAVE_BUDGET, TODAY_BUDGET = 2.0, 1.5
"""Times the floor of the same run (the table of budgets)."""

NOTE = "Met at the library. Wants the intake on Friday and a ride there. " * 6
_NEW = count(1)


def measure(contacts: int = CONTACTS) -> list[Figure]:
    """Every figure; the file is made where none is named."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(os.environ.get("CASEAPP_BENCHMARK_FILE") or Path(folder) / "caseload.caseapp")
        if not path.exists():
            _make(path, contacts)
        opened = _sign_in(path)
        services = build_services(opened)
        figures = [*_saving(opened, services, contacts), *_today(path, opened, services, contacts)]
        opened.close()
    return figures


def _sign_in(path: Path) -> SignedIn:
    return session.sign_in(path, login=MAKER[0], password=PASSWORD)


def _make(path: Path, contacts: int) -> None:
    """People and contacts by the bulk path, the caseload by the verbs; the password at its real cost."""
    bulk.make(path, people=PEOPLE, now=utc_now())
    opened = _sign_in(path)
    bulk_calls.add_year(opened.context, calls=contacts // 10, contacts=contacts)
    services = build_services(opened)
    services.staff.set_password(staff_id=opened.context.actor.staff_id, password=PASSWORD)
    today = opened.context.today()
    for number, person in enumerate(services.people.recent(limit=CASES)):
        services.cases.open_case(person_id=person.id, opened_from="call")
        for week in range(number % 4):
            services.follow_ups.schedule(
                person_id=person.id,
                what="Check in",
                channel=Channel.PHONE,
                when=When(today + timedelta(days=week * 3)),
            )
    opened.close()
    assert keys.DEFAULT_COST.memory > keys.LOWEST_COST.memory


def _times(do: Callable[[], object], rounds: int) -> float:
    """Milliseconds, the median of some rounds after one that warms the pages of the file."""
    do()
    found = []
    for _round in range(rounds):
        start = time.perf_counter()
        do()
        found.append((time.perf_counter() - start) * 1000)
    return median(found)


def _saving(opened: SignedIn, services: Services, contacts: int) -> list[Figure]:
    """The verb beside the same rows and the same journal entry, written by hand in one transaction."""
    people = [one.id for one in services.people.recent(limit=200)]

    def log() -> object:
        at = services.context.now() - timedelta(seconds=next(_NEW))
        details = ContactDetails(
            at=at,
            channel=Channel.VISIT,
            outcome=Outcome.REACHED,
            person_ids=(people[next(_NEW) % len(people)],),
            minutes=20,
            note=NoteText(parts={"Note": NOTE}),
        )
        return services.contacts.log(details=details)

    logged = services.contacts.log(details=_first(log, services))
    by_hand = _ByHand(opened, logged.contact_id.bytes)
    floor, ours = _times(by_hand.save, 60), _times(log, 60)
    name = f"save a contact among {contacts:,}"
    return [
        at_most("caseload", name, ours, SAVE_BUDGET * floor, "ms"),
        Figure("caseload", "one journaled transaction by hand", floor, "ms"),
    ]


def _first(log: Callable[[], Any], services: Services) -> ContactDetails:
    """A contact as the verb writes it, so that the rows by hand are the same."""
    contact = services.notes.open(contact_id=log().contact_id).contact
    return replace(contact.details, at=contact.details.at - timedelta(seconds=1))


class _ByHand:
    """Copies the rows of one contact under new ids, with a journal entry of the same length."""

    def __init__(self, opened: SignedIn, contact_id: bytes) -> None:
        self._engine, self._key = opened.context.database.engine, journal_key(opened.ring.data_key.bytes)
        with self._engine.connect() as connection:
            read = connection.exec_driver_sql
            self._contact = read("SELECT * FROM contact WHERE id = ?", (contact_id,)).mappings().one()
            self._pairs = (
                read("SELECT * FROM contact_person WHERE contact_id = ?", (contact_id,)).mappings().all()
            )
            self._note = read("SELECT * FROM note WHERE contact_id = ?", (contact_id,)).mappings().one()
            self._entry = read("SELECT * FROM journal ORDER BY seq DESC LIMIT 1").mappings().one()
            about = read("SELECT record_id FROM journal_subject WHERE seq = ?", (self._entry["seq"],))
            self._about = [row[0] for row in about]

    def save(self) -> None:
        """One transaction."""
        contact_id, note_id = os.urandom(16), os.urandom(16)
        with self._engine.begin() as connection:
            write = connection.exec_driver_sql
            head = write("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").first()
            self._insert(write, "contact", {**self._contact, "id": contact_id})
            for pair in self._pairs:
                self._insert(write, "contact_person", {**pair, "contact_id": contact_id})
            self._insert(write, "note", {**self._note, "id": note_id, "contact_id": contact_id})
            seq, before = (head[0], head[1]) if head else (0, GENESIS)
            link = _link(self._key, before, (seq + 1, *map(str, list(self._entry.values())[1:-1])))
            self._insert(write, "journal", {**self._entry, "seq": seq + 1, "hash": link})
            for record in self._about:
                self._insert(write, "journal_subject", {"seq": seq + 1, "record_id": record})

    @staticmethod
    def _insert(write: Callable[..., object], table: str, row: dict[str, Any]) -> None:
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        write(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))


_TODAY_SQL = (
    "SELECT f.*, p.display_name, s.name, t.after FROM follow_up f JOIN person p ON p.id = f.person_id"
    " JOIN staff s ON s.id = f.owner_id LEFT JOIN protocol_step t ON t.id = f.protocol_step_id"
    " WHERE f.owner_id = :me AND f.status = 'planned' AND f.due_on <= :week ORDER BY f.due_on",
    "SELECT p.*, n.* FROM person p JOIN person_name n ON n.person_id = p.id WHERE p.id IN"
    " (SELECT person_id FROM follow_up WHERE owner_id = :me AND status = 'planned' AND due_on <= :week)",
    "SELECT c.* FROM contact_point c WHERE c.person_id IN"
    " (SELECT person_id FROM follow_up WHERE owner_id = :me AND status = 'planned' AND due_on <= :week)",
    "SELECT e.*, c.*, p.display_name FROM encounter e JOIN call c ON c.id = e.call_id"
    " LEFT JOIN person p ON p.id = e.person_id WHERE c.received_at >= :recent AND e.triage = 'new'",
    "SELECT e.person_id, count(DISTINCT e.call_id) FROM encounter e JOIN call c ON c.id = e.call_id"
    " WHERE c.received_at >= :month AND e.person_id IN (SELECT e.person_id FROM encounter e"
    " JOIN call c ON c.id = e.call_id WHERE c.received_at >= :recent AND e.triage = 'new') GROUP BY 1",
    "SELECT r.*, p.display_name FROM referral r JOIN person p ON p.id = r.person_id WHERE r.owner_id = :me",
    "SELECT * FROM draft WHERE staff_id = :me",
    "SELECT f.*, p.display_name, (SELECT max(c.at) FROM contact c JOIN contact_person x"
    " ON x.contact_id = c.id WHERE x.person_id = f.person_id), (SELECT min(u.due_on) FROM follow_up u"
    " WHERE u.person_id = f.person_id AND u.status = 'planned') FROM case_file f"
    " JOIN person p ON p.id = f.person_id WHERE f.closed_on IS NULL",
    "SELECT n.*, c.* FROM note n JOIN contact c ON c.id = n.contact_id"
    " WHERE n.signed_at IS NULL AND c.staff_id = :me",
    "SELECT * FROM consent WHERE expires_on BETWEEN :today AND :week",
)
"""What stands on the page, as somebody at home in SQL would read it."""


def _today(path: Path, opened: SignedIn, services: Services, contacts: int) -> list[Figure]:
    """Sign in and read both parts of the page, beside sign in and the bare SQL."""
    context = opened.context
    today, now = context.today(), context.now()
    values = {
        "me": context.actor.staff_id.bytes,
        "today": today.isoformat(),
        "week": (today + THIS_WEEK).isoformat(),
        "recent": int((now - timedelta(hours=48)).timestamp() * 1_000_000),
        "month": int((now - timedelta(days=30)).timestamp() * 1_000_000),
    }

    def bare() -> object:
        with context.database.engine.connect() as connection:
            raw = connection.connection.cursor()
            return [raw.execute(one, values).fetchall() for one in _TODAY_SQL]

    key = _times(lambda: _sign_in(path).close(), 3)
    floor = _times(bare, 7)
    page = _times(services.today.page, 7)
    lists = _times(services.overview.tallies, 7)
    name = f"password to Today among {contacts:,} contacts"
    return [
        at_most("caseload", name, key + page, TODAY_BUDGET * (key + floor), "ms"),
        Figure("caseload", "Argon2id and opening the key", key, "ms"),
        Figure("caseload", "bare SQL of Today and its lists", floor, "ms"),
        Figure("caseload", "the page of Today", page, "ms"),
        Figure("caseload", "the counted lists beside it", lists, "ms"),
    ]


if __name__ == "__main__":
    print(markdown(measure(int(sys.argv[1]) if len(sys.argv) > 1 else CONTACTS)))  # noqa: T201
