"""Half a million calls in the list: pages, jumps and filters beside the bare SQL of the same rows, one run.

    python -m tests.benchmarks.call_lists

`CASEAPP_BENCHMARK_FILE` names a file that is made once and used again.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from caseapp.domain.call_filters import PAGE, CallFilter, Mark
from caseapp.services import session
from caseapp.services.context import utc_now
from caseapp.services.desk import Services, build_services
from caseapp.system import keys
from db.demo import bulk, bulk_calls
from db.demo.agency import MAKER, PASSWORD
from tests.benchmarks.clock import percentile
from tests.benchmarks.figures import Figure, at_most, markdown

PEOPLE, CALLS = 20_000, 500_000
BUDGET, LONGEST_BLOCK, COMPLETE = 2.0, 50.0, 150.0
"""Times the bare SQL of the same rows; milliseconds of the event loop; milliseconds to a first page."""

_COLUMNS = (
    "id, number, received_at, type_text, type_initial_text, place, city, disposition, source_row, reasons"
)
_ORDER = f"ORDER BY received_at DESC, id DESC LIMIT {PAGE}"
_MARKS = ",".join("?" * PAGE)
_BESIDE = (
    f"SELECT call_id, model FROM response WHERE call_id IN ({_MARKS}) ORDER BY position",
    f"SELECT call_id, count(*), count(person_id) FROM encounter WHERE call_id IN ({_MARKS}) GROUP BY call_id",
)
_WORDS = "words"
FILTERS = {
    "every call": (CallFilter(), "1"),
    "a word that many have": (CallFilter(words="oak"), _WORDS),
    "one number": (CallFilter(words="B-0012345"), _WORDS),
    "a type": (CallFilter(type_text="Overdose, responsive"), "type_text = 'Overdose, responsive'"),
    "a source": (CallFilter(source="988"), "source = '988'"),
    "a disposition": (CallFilter(disposition="Arrest"), "disposition = 'Arrest'"),
    "our units": (
        CallFilter(is_ours=True),
        "EXISTS (SELECT 1 FROM response r WHERE r.call_id = call.id AND r.model NOT IN"
        " ('police-only', 'cit', 'unknown') AND (r.unit_id IS NULL OR r.unit_id IN"
        " (SELECT id FROM unit WHERE is_ours)))",
    ),
    "people to link": (
        CallFilter(has_unlinked=True),
        "EXISTS (SELECT 1 FROM encounter e WHERE e.call_id = call.id AND e.person_id IS NULL)",
    ),
}
"""Each filter with its condition as somebody at home in SQL would write it."""


def measure() -> list[Figure]:
    """Every figure; the file is made where none is named."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(os.environ.get("CASEAPP_BENCHMARK_FILE") or Path(folder) / "big.caseapp")
        if not path.exists():
            _make(path)
        opened = session.sign_in(path, login=MAKER[0], password=PASSWORD, cost=keys.LOWEST_COST)
        services = build_services(opened)
        found = [*_first_pages(services), *_deep(services), *_counts(services), *_window(services)]
        opened.close()
    return found


def _make(path: Path) -> None:
    bulk.make(path, people=PEOPLE, now=utc_now())
    opened = session.sign_in(path, login=MAKER[0], password=PASSWORD, cost=keys.LOWEST_COST)
    bulk_calls.add_year(opened.context, calls=CALLS, contacts=0)
    opened.close()


def _times(do: Callable[[], object], rounds: int = 7) -> float:
    """Milliseconds, the median of some rounds after one that warms the pages of the file."""
    do()
    found = []
    for _round in range(rounds):
        start = time.perf_counter()
        do()
        found.append((time.perf_counter() - start) * 1000)
    return median(found)


def _bare(services: Services, condition: str) -> Callable[[], object]:
    """The same rows of the same page with what stands beside them, read by hand."""

    def read() -> object:
        with services.context.database.engine.connect() as connection:
            query = f"SELECT {_COLUMNS} FROM call WHERE {condition} {_ORDER}"
            rows = connection.exec_driver_sql(query).all()
            ids = [row[0] for row in rows]
            ids += [b""] * (PAGE - len(ids))
            return rows, [connection.exec_driver_sql(one, tuple(ids)).all() for one in _BESIDE]

    return read


def _condition(where: CallFilter, condition: str) -> str:
    if condition != _WORDS:
        return condition
    columns = ("number", "type_text", "type_initial_text", "place", "disposition")
    return "(" + " OR ".join(f"{one} LIKE '%{where.words}%'" for one in columns) + ")"


def _first_pages(services: Services) -> list[Figure]:
    found = []
    for name, (where, condition) in FILTERS.items():
        floor = _times(_bare(services, _condition(where, condition)))
        ours = _times(lambda where=where: services.calls.page(where=where))
        found.append(at_most("calls", f"first page, {name}", ours, BUDGET * floor + COMPLETE / 10, "ms"))
        found.append(Figure("calls", f"bare SQL of it, {name}", floor, "ms"))
    return found


def _deep(services: Services) -> list[Figure]:
    """A page behind another far down, and a jump to the middle."""
    lists, half = services.calls, CALLS // 2
    middle = lists.page(where=CallFilter(), skip=half)
    mark = Mark(middle[-1].received_at, middle[-1].id)
    floor = _times(_bare(services, "1"))
    behind = _times(lambda: lists.page(where=CallFilter(), behind=mark))
    jump = _times(lambda: lists.page(where=CallFilter(), skip=half))
    place = _times(lambda: lists.place_of(call_id=middle[0].id, where=CallFilter()))
    return [
        at_most("calls", "next page in the middle", behind, BUDGET * floor + COMPLETE / 10, "ms"),
        at_most("calls", "jump to the middle", jump, COMPLETE, "ms"),
        at_most("calls", "where a call in the middle stands", place, COMPLETE, "ms"),
    ]


def _counts(services: Services) -> list[Figure]:
    """Nobody waits for a count: it comes beside the rows."""
    return [
        Figure("calls", f"count, {name}", _times(lambda w=where: services.calls.count(where=w), 3), "ms")
        for name, (where, _condition) in FILTERS.items()
    ]


def _window(services: Services) -> list[Figure]:
    """The longest time in which the window's own loop did not turn, while it scrolls and filters."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from caseapp.ui.main_window import MainWindow
    from caseapp.ui.places import PLACES
    from caseapp.ui.theme import Look, load

    application = QApplication([])
    look = Look(load("light"))
    look.apply(application)
    window = MainWindow(services, look, PLACES, database="big", agency="Measuring")
    window.resize(1280, 800)
    window.show()
    window.show_place("calls", None)
    screen = window.current

    def rest() -> None:
        QTest.qWait(300)
        while not window.tasks.is_idle:
            QTest.qWait(5)

    rest()
    screen.bar.clear()
    screen.refresh()
    rest()
    blocks: list[float] = []

    def turn(milliseconds: int) -> None:
        end = time.perf_counter() + milliseconds / 1000
        while time.perf_counter() < end:
            start = time.perf_counter()
            application.processEvents()
            blocks.append((time.perf_counter() - start) * 1000)
            time.sleep(0.001)

    bar = screen.table.view.verticalScrollBar()
    for share in [place / 40 for place in range(41)]:
        bar.setValue(int(bar.maximum() * share))
        turn(60)
    turn(500)
    for text in ("o", "oa", "oak", "oak st", ""):
        screen.bar.words.setText(text)
        turn(400)
    window.close()
    return [
        at_most(
            "calls", "longest block of the window, scrolling and filtering", max(blocks), LONGEST_BLOCK, "ms"
        ),
        Figure("calls", "95 in 100 turns of its loop", percentile(blocks, 0.95), "ms"),
    ]


if __name__ == "__main__":
    print(markdown(measure()))  # noqa: T201
