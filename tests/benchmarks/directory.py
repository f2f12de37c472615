"""Measures the directory beside its floors: `python -m tests.benchmarks.directory [SERVICES]`.

Import: bare parsing of the same CSV files and inserting every row into tables with their key and their links
indexed, same encryption, no check. Times of import are of the processor, because other work on the machine
would count on one side only. Finding: p50 and p95 of questions as people type them, over the whole service verb.
"""

import csv
import io
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from caseapp.domain.directory_finder import Wanted
from caseapp.domain.eligibility import Traits
from caseapp.exchange.archives import Part, pack
from caseapp.exchange.hsds_tables import TABLES
from caseapp.services.desk import Services
from caseapp.store import engine as engines
from tests import builders

WORDS = [
    "shelter",
    "food",
    "legal",
    "housing",
    "clinic",
    "detox",
    "counseling",
    "job",
    "veterans",
    "family",
    "dental",
    "laundry",
    "crisis",
    "rides",
]
CITIES = [f"City {number}" for number in range(40)]
BUDGET_FIND_MS, BUDGET_IMPORT = 50.0, 3.0


def main(services: int = 20_000) -> int:
    """Print each figure beside its floor; 1 when a budget does not hold."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        package = place / "county.zip"
        tables = make_tables(services)
        package.write_bytes(pack(Part(TABLES[name].file, content) for name, content in tables.items()))
        rows = sum(content.count(b"\r\n") - 1 for content in tables.values())
        floor = bare_import(place / "bare.db", tables)
        signed_in = builders.open_as_administrator(builders.make_agency(place / "agency.caseapp"))
        desk = builders.services_of(signed_in)
        took = our_import(desk, package)
        again = our_import(desk, package)
        ratio = took / floor
        say(f"{services} services, {rows} rows")
        say(f"import: floor {floor:.2f} s, ours {took:.2f} s, ratio {ratio:.2f} (at most {BUDGET_IMPORT})")
        say(f"import again, all the same: {again:.2f} s")
        p95 = find(desk)
        signed_in.close()
    return 0 if ratio <= BUDGET_IMPORT and p95 <= BUDGET_FIND_MS else 1


def say(line: str) -> None:
    """One line of the result."""
    sys.stdout.write(f"{line}\n")


def make_tables(services: int, seed: int = 7) -> dict[str, bytes]:
    """A county's directory in HSDS 3.1: a place, a phone, five days and two languages a service."""
    dice = random.Random(seed)
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in TABLES}
    organizations = max(1, services // 4)
    for number in range(organizations):
        rows["organization"].append(
            {"id": _id("o", number), "name": f"Agency {number}", "description": "Helps."}
        )
    for number in range(services):
        key = _id("s", number)
        kind = dice.choice(WORDS)
        rows["service"].append(
            {
                "id": key,
                "organization_id": _id("o", number % organizations),
                "name": f"{kind.title()} {number}",
                "description": f"{kind} and {dice.choice(WORDS)} for people of the county. " * 3,
                "status": "active",
                "minimum_age": dice.choice(("", 18, 60)),
                "assured_date": "2026-10-01",
                "eligibility_description": "Adults who live in the county",
            }
        )
        rows["location"].append(
            {"id": _id("l", number), "location_type": "physical", "name": f"Place {number}"}
        )
        rows["address"].append(
            {
                "id": _id("a", number),
                "location_id": _id("l", number),
                "address_1": f"{number} Oak Street",
                "city": dice.choice(CITIES),
                "state_province": "OR",
                "postal_code": f"97{number % 1000:03d}",
                "country": "US",
                "address_type": "physical",
            }
        )
        rows["service_at_location"].append(
            {"id": _id("t", number), "service_id": key, "location_id": _id("l", number)}
        )
        rows["phone"].append(
            {"id": _id("p", number), "service_id": key, "number": f"(541) 555-{number % 10000:04d}"}
        )
        for place, day in enumerate(("MO", "TU", "WE", "TH", "FR")):
            rows["schedule"].append(
                {
                    "id": _id(f"h{place}", number),
                    "service_id": key,
                    "freq": "WEEKLY",
                    "byday": day,
                    "opens_at": "09:00:00",
                    "closes_at": "17:00:00",
                }
            )
        for place, language in enumerate(("English", "Spanish")):
            rows["language"].append({"id": _id(f"g{place}", number), "service_id": key, "name": language})
    return {name: _csv(name, listed) for name, listed in rows.items() if listed}


def _id(kind: str, number: int) -> str:
    return f"{sum(map(ord, kind)):08x}-0000-4000-8000-{number:012x}"


def _csv(table: str, rows: list[dict[str, object]]) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, list(TABLES[table].columns), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode()


def bare_import(path: Path, tables: dict[str, bytes]) -> float:
    """Seconds to parse the files and to insert every row as it is."""
    engine = engines.open_engine(path, os.urandom(32))
    start = time.process_time()
    with engines.writing(engine).begin() as connection:
        for name, content in tables.items():
            reader = csv.reader(io.StringIO(content.decode(), newline=""))
            header = next(reader)
            columns = ", ".join(f"{one} TEXT{' PRIMARY KEY' if one == 'id' else ''}" for one in header)
            connection.execute(text(f'CREATE TABLE "{name}" ({columns})'))
            for link in (one for one in header if one.endswith("_id") and one in TABLES[name].links):
                connection.execute(text(f'CREATE INDEX "{name} {link}" ON "{name}" ("{link}")'))
            marks = ", ".join("?" * len(header))
            connection.exec_driver_sql(f'INSERT INTO "{name}" VALUES ({marks})', list(map(tuple, reader)))
    took = time.process_time() - start
    engine.dispose()
    return took


def our_import(desk: Services, package: Path) -> float:
    """Seconds from the file's path to the commit."""
    start = time.process_time()
    reading = desk.directory_exchange.read_path(path=package)
    desk.directory_exchange.bring_in(reading=reading, name=package.name)
    return time.process_time() - start


def questions(now: datetime) -> Iterator[Wanted]:
    """What people ask, key by key."""
    dice = random.Random(11)
    person = Traits(age=44, is_veteran=False, living="116", languages=("Spanish",))
    for _number in range(60):
        word = dice.choice(WORDS)
        yield from (Wanted(words=word[:length]) for length in range(1, len(word) + 1))
        yield Wanted(words=f"{word} agency {dice.randrange(100)}")
        yield Wanted(words=word, person=person, only_eligible=True)
        yield Wanted(city=dice.choice(CITIES), person=person, open_at=now)
        yield Wanted(open_at=now + timedelta(days=4), language="Spanish")
        yield Wanted(words="no such thing anywhere")


def find(desk: Services) -> float:
    """Print p50 and p95 of finding, and of the first question, which reads all; returns p95 in ms."""
    now = desk.context.now().astimezone(desk.context.zone)
    first = time.perf_counter()
    desk.directory.search(wanted=Wanted())
    first = time.perf_counter() - first
    times = []
    for wanted in questions(now):
        start = time.perf_counter()
        desk.directory.search(wanted=wanted)
        times.append((time.perf_counter() - start) * 1000)
    cuts = statistics.quantiles(times, n=20)
    say(f"find: p50 {statistics.median(times):.1f} ms, p95 {cuts[18]:.1f} ms (at most {BUDGET_FIND_MS:.0f})")
    say(f"first question after a start, reading all: {first * 1000:.0f} ms; {len(times)} questions")
    return cuts[18]


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
