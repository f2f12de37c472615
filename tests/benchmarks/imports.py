"""An import of many calls beside the bare parse and insert of the same rows into the same kind of file."""

import csv
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from pathlib import Path

from caseapp.domain.calls import Model, UnitRole
from caseapp.domain.imports import ImportStopped
from caseapp.store.bulk import insert_columns, table_of
from caseapp.store.ids import ids_in_order
from caseapp.store.tables.calls import CallRow, ResponseRow
from tests import builders
from tests.benchmarks.clock import peak_megabytes
from tests.benchmarks.figures import Figure, at_least, at_most

ROWS = 1_000_000
PART = f"import {ROWS:,} rows"
HEADER = (
    "Incident Number,Call Received,Dispatched,Arrived,Cleared,Type Code,Type Description,Priority,"
    "Disposition,Address,City,Zip,Beat,Unit,Latitude,Longitude"
)
TYPES = ["Welfare check", "Mental health crisis", "Trespass", "Disturbance", "Suicide threat", "Noise"]
DONE = ["Assisted", "Transported", "Gone on arrival", "Report taken", "Referred"]
TEXTS = {
    "number": 0,
    "type_code": 5,
    "type_text": 6,
    "priority": 7,
    "disposition": 8,
    "place": 9,
    "city": 10,
    "zip": 11,
    "district": 12,
}
"""Which column of the export holds each text."""
STREETS = ["Oak St", "Mill Rd", "Birch Ave", "Station Plaza", "4th St", "River Rd"]


def write(path: Path, rows: int) -> None:
    """Invented calls, a tenth of them with a second row for a second unit, some rows later."""
    chance, start = random.Random(7), datetime(2024, 1, 1, tzinfo=UTC)
    waiting: list[str] = []
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER + "\r\n")
        number = written = 0
        while written < rows:
            if waiting and (len(waiting) > 40 or chance.random() < 0.09):
                file.write(waiting.pop(0))
            else:
                number += 1
                at = start + timedelta(seconds=31 * number)
                line = _line(number, at, chance)
                file.write(line.replace("{unit}", f"A{number % 40}"))
                if chance.random() < 0.1:
                    waiting.append(line.replace("{unit}", f"P{number % 90}"))
            written += 1


def _line(number: int, at: datetime, chance: random.Random) -> str:
    moments = [at + timedelta(seconds=60 * step + chance.randrange(60)) for step in (0, 2, 9, 44)]
    kind = chance.randrange(len(TYPES))
    cells = [
        f"24-{number:08d}",
        *(f"{moment:%Y-%m-%d %H:%M:%S}" for moment in moments),
        f"{100 + kind}",
        TYPES[kind],
        str(chance.randrange(1, 6)),
        chance.choice(DONE),
        f"{chance.randrange(1, 90)}00 block {chance.choice(STREETS)}",
        "Riverside",
        f"974{chance.randrange(10, 60)}",
        f"B{chance.randrange(1, 30)}",
        "{unit}",
        f"44.{chance.randrange(10**6):06d}",
        f"-123.{chance.randrange(10**6):06d}",
    ]
    return ",".join(cells) + "\r\n"


def measure() -> list[Figure]:
    """Memory first, because the most that a process ever had is never less again."""
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "calls.csv"
        write(export, ROWS)
        made = builders.make_agency(Path(folder) / "made.caseapp")
        ours, told, summary = _import(builders.copy_database(made, Path(folder) / "ours.caseapp"), export)
        memory = peak_megabytes()
        back, removed, wait = _take_back(Path(folder) / "ours.caseapp")
        memory_back = peak_megabytes()
        stopped = _cancel(builders.copy_database(made, Path(folder) / "stopped.caseapp"), export)
        bare = floor(builders.copy_database(made, Path(folder) / "floor.caseapp"), export)
    counted = summary.new + summary.changed + summary.same + summary.rows_further + summary.rows_rejected
    at = [(when - told[0][0]) / (told[-1][0] - told[0][0]) for when, _share in told]
    off = max(abs(share - time) for (_when, share), time in zip(told, at, strict=True))
    gap = max(after[0] - before[0] for before, after in pairwise(told))
    return [
        Figure(PART, "calls", summary.new),
        Figure(PART, "rows accounted for", counted, wanted=f"{ROWS}", holds=counted == ROWS),
        Figure(PART, "seconds, parse and insert alone", bare, "s"),
        Figure(PART, "seconds, import from the file", ours, "s"),
        at_least(PART, "share of the bare rate", bare / ours, 1 / 3),
        at_most(PART, "peak memory", memory, 400, "MB"),
        at_most(PART, "progress off by at most", 100 * off, 5, "%"),
        at_most(PART, "longest wait between two reports", gap, 1, "s"),
        at_most(PART, "from Cancel to the end", stopped, 1, "s"),
        Figure(PART, "calls taken back", removed, wanted=f"{summary.new}", holds=removed == summary.new),
        at_most(PART, "seconds, taking back", back, ours, "s"),
        at_most(PART, "peak memory with taking back", memory_back, 400, "MB"),
        at_most(PART, "longest wait between two reports of taking back", wait, 1, "s"),
    ]


def _import(database: Path, export: Path):
    """Seconds from the file to the commit, when each share of the writing was told, and the counts."""
    opened = builders.open_as_administrator(database)
    services, told = builders.services_of(opened), []

    def progress(words: str, done: int, total: int) -> bool:
        if words.startswith("Writing"):
            told.append((time.perf_counter(), done / total))
        return True

    started = time.perf_counter()
    reading = services.imports.read_calls(path=export)
    summary = services.imports.import_calls(reading=reading, path=export, progress=progress)
    ended = time.perf_counter()
    told.append((ended, 1.0))
    opened.close()
    return ended - started, told, summary


def _take_back(database: Path) -> tuple[float, int, float]:
    """Seconds to take the import back, how many calls went, and the longest wait between two reports."""
    opened = builders.open_as_administrator(database)
    services, told = builders.services_of(opened), []

    def progress(_words: str, _done: int, _total: int) -> bool:
        told.append(time.perf_counter())
        return True

    batch = services.imports.batches()[0]
    started = time.perf_counter()
    undone = services.imports.undo(batch_id=batch.id, progress=progress)
    ended = time.perf_counter()
    opened.close()
    return ended - started, undone.removed, max(after - before for before, after in pairwise([*told, ended]))


def _cancel(database: Path, export: Path) -> float:
    """Seconds from the moment somebody presses Cancel, halfway, until the import has ended."""
    opened = builders.open_as_administrator(database)
    services, pressed = builders.services_of(opened), []

    def progress(_words: str, done: int, total: int) -> bool:
        if done * 2 > total:
            pressed.append(time.perf_counter())
        return not pressed

    reading = services.imports.read_calls(path=export)
    try:
        services.imports.import_calls(reading=reading, path=export, progress=progress)
    except ImportStopped:
        took = time.perf_counter() - pressed[0]
    assert builders.calls_of(services) == []
    opened.close()
    return took


def floor(database: Path, export: Path) -> float:
    """Seconds to parse the rows and insert them as calls with a unit, with no check, in one transaction."""
    opened = builders.open_as_administrator(database)
    context = opened.context
    started = time.perf_counter()
    with context.write("floor") as work, export.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        seen: set[str] = set()
        while rows := list(islice(reader, 5000)):
            _insert(work.session_of_bulk(), rows, seen, context)
        work.session_of_bulk().commit()
    took = time.perf_counter() - started
    opened.close()
    return took


def _insert(session, rows: list[list[str]], seen: set[str], context) -> None:
    fresh = [row for row in rows if not (row[0] in seen or seen.add(row[0]))]
    now = context.now()
    times = [
        [datetime.fromisoformat(row[place]).replace(tzinfo=UTC) for row in fresh] for place in (1, 2, 3, 4)
    ]
    ids = list(ids_in_order(now, len(fresh)))
    moments = ("dispatched_at", "on_scene_at", "cleared_at")
    calls = {
        "id": ids,
        **dict(zip(("received_at", *moments), times, strict=True)),
        **{name: [row[place] for row in fresh] for name, place in TEXTS.items()},
        **{
            name: [float(row[place]) for row in fresh]
            for name, place in (("latitude", 14), ("longitude", 15))
        },
    }
    whose = dict.fromkeys(("created_by", "changed_by"), context.actor.staff_id)
    whole = {"version": 1, "received_is_day": False, "reasons": (), **whose}
    whole |= dict.fromkeys(("created_at", "changed_at"), now)
    insert_columns(session, CallRow, calls, _blank(CallRow, {**whole, **calls}) | whole, len(fresh))
    units = {
        "id": list(ids_in_order(now, len(fresh))),
        "call_id": ids,
        "call_sign": [row[13] for row in fresh],
        **dict(zip(moments, times[1:], strict=True)),
    }
    kinds = {"position": 0, "model": Model.UNKNOWN, "role": UnitRole.PRIMARY}
    insert_columns(session, ResponseRow, units, _blank(ResponseRow, {**kinds, **units}) | kinds, len(fresh))


def _blank(table, given) -> dict[str, object]:
    """Nothing for every other column."""
    others = (column for column in table_of(table).columns if column.name not in given)
    return {column.name: None if column.nullable else "" for column in others}
