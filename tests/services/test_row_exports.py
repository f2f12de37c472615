"""Exports of any number of rows: few are held, and a stopped one leaves nothing."""

import csv
import tracemalloc
from dataclasses import replace

import pytest

from caseapp.domain import deidentified
from caseapp.domain.access import Right
from caseapp.domain.measures.scope import Scope
from caseapp.services.report_making import Making
from caseapp.services.row_files import ExportStopped, write_rows
from caseapp.services.stages import no_progress
from caseapp.system.files import BelongsToDatabase, NoRoom
from db.demo import bulk_calls
from tests import random_agency
from tests.builders import a_call, a_person, journaled


def peak_of(work):
    """The most bytes of Python that were held at once while something was done."""
    tracemalloc.start()
    work()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


@pytest.fixture
def people(admin):
    return [admin.people.add(details=a_person(f"Kim{number}")) for number in range(3)]


@pytest.fixture
def year(admin, people):
    bulk_calls.add_year(admin.context, calls=3000, contacts=0)


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "calls.csv").write_text("of yesterday")
    return folder / "calls.csv"


def test_an_export_of_calls_holds_few_of_them_at_once(admin, people, out):
    bulk_calls.add_year(admin.context, calls=60_000, contacts=0)
    peak = peak_of(lambda: admin.calls.export(out=out))
    assert out.stat().st_size > 4_000_000 > peak


def test_the_memory_of_an_extract_does_not_grow_with_rows_that_say_the_same(admin, tmp_path):
    random_agency.fill(admin, 2)
    scope = Scope(random_agency.FIRST, random_agency.LAST)
    once = Making(admin.context, None, scope, no_progress).records(scope)
    often, oftener = (replace(once, encounters=once.encounters * times) for times in (200, 800))
    count = sum(1 for _row in deidentified.rows(once))

    def walk(records, times):
        assert sum(1 for _row in deidentified.rows(records)) == times * count

    few, many = peak_of(lambda: walk(often, 200)), peak_of(lambda: walk(oftener, 800))
    assert many < 1.5 * few


def test_an_export_of_calls_holds_each_once_in_order_of_time_and_says_so_in_the_journal(admin, year, out):
    admin.calls.add(call=a_call("26-1", place="=HYPERLINK(1)"))
    assert admin.calls.export(out=out) == 3001
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert len({row["number"] for row in rows}) == 3001
    assert [row["received"][:10] for row in rows] == sorted(row["received"][:10] for row in rows)
    assert next(row["place"] for row in rows if row["number"] == "26-1") == "'=HYPERLINK(1)"
    entry = journaled(admin)[0]
    assert (entry.kind, entry.verb) == ("exported", "call.export")
    assert entry.detail == {"format": "calls", "rows": 3001}


def stop(words, done, _total):
    return words != "Writing calls" or done < 2000


def interrupt(words, done, _total):
    if not stop(words, done, _total):
        raise KeyboardInterrupt
    return True


@pytest.mark.parametrize(("how", "raised"), [(stop, ExportStopped), (interrupt, KeyboardInterrupt)])
def test_an_export_that_is_stopped_leaves_the_file_of_before_and_nothing_else(admin, year, out, how, raised):
    before = journaled(admin)[0]
    with pytest.raises(raised):
        admin.calls.export(out=out, progress=how)
    assert out.read_text() == "of yesterday" and list(out.parent.iterdir()) == [out]
    assert journaled(admin)[0] == before


def test_what_cannot_be_journaled_has_no_file(out):
    def full(_count):
        raise NoRoom(file="agency.caseapp")

    with pytest.raises(NoRoom):
        write_rows(out, ["number"], [["26-1"]], whole=full)
    assert out.read_text() == "of yesterday" and list(out.parent.iterdir()) == [out]


def test_an_export_never_writes_over_the_database(admin, database_file):
    with pytest.raises(BelongsToDatabase):
        admin.calls.export(out=database_file)
    assert admin.calls.export.right is Right.EXPORT
