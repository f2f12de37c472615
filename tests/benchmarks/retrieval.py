"""How long an answer takes among a million people in the encrypted file, beside bare FTS5 in the same run.

Floors: FTS5 over the names, all words asked for; and FTS5 of trigrams, any of them, the best fifty. The answers
are whole verbs: the right asked for, keys, links and seals, scoring, reasons, the lines that are shown. Times
are of the processor, with the file in the machine's memory: what else runs does not count.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from caseapp.domain.names import tokens
from caseapp.domain.people import Name, NameKind
from caseapp.services.desk import Services, build_services
from caseapp.services.session import SignedIn
from db.demo.corrupt import Human, Listed, Maker
from tests.benchmarks import big_file, clock, intake
from tests.benchmarks.figures import Figure, at_most

ASKED = 300
FIRST_MS, COMPLETE_MS, VISIBLE_MS = 20.0, 150.0, 5.0
TIMES_FTS, SHARE_OF_TRIGRAMS = 5.0, 1 / 3
_STEP = 20_000


def measure(count: int = 1_000_000) -> list[Figure]:
    """95th percentiles in milliseconds."""
    maker = Maker(count)
    people = maker.people(count)
    asked = [one for _who, one in intake.questions_of(maker, people, ASKED) if len(_words(one)) > 1]
    part = f"retrieval, {count:,} people"
    with big_file.opened(people) as (desk, _ids):
        engine = desk.context.database.engine
        with engine.connect() as floor:
            _fill_floors(floor, people)
            return [*_answers(part, build_services(desk), floor, asked), *_changes(part, desk, people)]


def _answers(part: str, services: Services, floor: Connection, asked: Sequence[Listed]) -> list[Figure]:
    """Every question to each of them in turn, so that what else the machine does meets them alike.

    Trigrams are asked apart: each reads so much that whoever is asked next has their memory to find again.
    """
    names = [intake.name_of(one) for one in asked]
    traits = [intake.traits_of(one) for one in asked]
    ways: dict[str, Callable[[int], object]] = {
        "all words": lambda n: _all_words(floor, names[n]),
        "trigrams": lambda n: _any_trigram(floor, names[n]),
        "intake": lambda n: services.people.candidates(traits=traits[n]),
        "first": lambda n: services.search.find(query=names[n], limit=12, is_complete=False),
        "complete": lambda n: services.search.find(query=names[n], limit=12),
    }
    took: dict[str, list[float]] = {way: [] for way in ways}
    for together in ([way for way in ways if way != "trigrams"], ["trigrams"]):
        for number in range(len(asked)):
            for way in together:
                took[way].append(milliseconds(ways[way], number))
    slow = {way: clock.percentile(values, 0.95) for way, values in took.items()}
    usual = {way: clock.percentile(values, 0.5) for way, values in took.items()}
    fts, trigrams = TIMES_FTS * slow["all words"], SHARE_OF_TRIGRAMS * slow["trigrams"]
    return [
        Figure(part, "bare FTS5, all words, p95", slow["all words"], "ms"),
        Figure(part, "FTS5, any trigram, p95", slow["trigrams"], "ms"),
        at_most(part, "candidates at intake, p95", slow["intake"], FIRST_MS, "ms"),
        at_most(part, "candidates at intake, p95, beside 5 x bare FTS5", slow["intake"], fts, "ms"),
        at_most(part, "first answer of the search field, p95", slow["first"], FIRST_MS, "ms"),
        at_most(part, "first answer, p95, beside 5 x bare FTS5", slow["first"], fts, "ms"),
        at_most(part, "complete answer, p95", slow["complete"], COMPLETE_MS, "ms"),
        at_most(
            part, "complete answer, p95, beside a third of the trigrams", slow["complete"], trigrams, "ms"
        ),
        *(Figure(part, f"{way}, median", value, "ms") for way, value in usual.items()),
    ]


def _changes(part: str, desk: SignedIn, people: Sequence[Human]) -> list[Figure]:
    """The keys and facts of one person made and written anew, there to be found in the same transaction."""
    took = []
    for number in range(60):
        details = big_file.details_of(people[number * 37])
        alias = Name(NameKind.ALIAS, f"Alias{number}", "Measured")
        with desk.context.write("measuring.change") as work:
            person_id = work.people.add(details)
            for changed in (replace(details, names=(*details.names, alias)), details):
                started = time.thread_time()
                work.people.make_findable(person_id, changed)
                took.append(1000 * (time.thread_time() - started))
    slow = clock.percentile(took, 0.95)
    return [at_most(part, "keys of one person renewed, p95", slow, VISIBLE_MS, "ms")]


def milliseconds(ask: Callable[[int], object], number: int) -> float:
    """Processor time of this thread that one question takes."""
    started = time.thread_time()
    ask(number)
    return 1000 * (time.thread_time() - started)


def _words(one: Listed) -> tuple[str, ...]:
    return tokens(intake.name_of(one))


def _all_words(floor: Connection, name: str) -> list[object]:
    asked = " AND ".join(f'"{word}"' for word in tokens(name))
    query = "SELECT rowid FROM floor_words WHERE floor_words MATCH ? LIMIT 50"
    return list(floor.exec_driver_sql(query, (asked,)))


def _any_trigram(floor: Connection, name: str) -> list[object]:
    plain = " ".join(tokens(name))
    asked = " OR ".join(f'"{plain[start : start + 3]}"' for start in range(len(plain) - 2))
    query = "SELECT rowid FROM floor_trigrams WHERE floor_trigrams MATCH ? ORDER BY rank LIMIT 50"
    return list(floor.exec_driver_sql(query, (asked,)))


def _fill_floors(floor: Connection, people: Sequence[Human]) -> None:
    if floor.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'floor_words'").first():
        return
    floor.rollback()
    for table, option in (("words", "unicode61"), ("trigrams", "trigram")):
        make = f"CREATE VIRTUAL TABLE floor_{table} USING fts5(name, content='', tokenize='{option}')"
        floor.exec_driver_sql(make)
        for start in range(0, len(people), _STEP):
            rows = [
                (start + n + 1, " ".join(tokens(f"{one.given} {one.middle} {' '.join(one.surnames)}")))
                for n, one in enumerate(people[start : start + _STEP])
            ]
            floor.exec_driver_sql(f"INSERT INTO floor_{table} (rowid, name) VALUES (?, ?)", rows)
        floor.exec_driver_sql(f"INSERT INTO floor_{table} (floor_{table}) VALUES ('optimize')")
        floor.commit()
