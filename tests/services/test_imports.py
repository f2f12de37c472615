import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from caseapp.domain.imports import AlreadyUndone, Cancelled, TouchedSince
from tests import builders
from tests.builders import a_person

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "cfs"
EXPORT = (
    "Incident Number,Call Received,Call Type,Address,Disposition,Unit,Subject Name\r\n"
    "26-1,2026-11-20 10:00,Welfare check,Oak St,Assisted,A1,Jim Okafor\r\n"
    "26-2,2026-11-20 11:00,Trespass,Plaza,Assisted,A1,\r\n"
    "26-2,2026-11-20 11:00,Trespass,Plaza,Assisted,P12,\r\n"
    ",2026-11-20 12:00,Noise,Plaza,Report,,\r\n"
)


def bring(services, text, name="calls.csv"):
    data = text.encode() if isinstance(text, str) else text
    reading = services.imports.read_calls(data=data, name=name)
    return services.imports.import_calls(reading=reading, name=name, data=data)


def history(services, record_id):
    with services.context.read("test") as work:
        return work.journal.of_record(record_id)


class TestImport:
    def test_counts_what_the_dry_run_said(self, admin):
        reading = admin.imports.read_calls(data=EXPORT.encode(), name="calls.csv")
        dry = admin.imports.preview_calls(reading=reading)
        assert admin.calls.recent() == []
        real = bring(admin, EXPORT)
        assert (dry.new, dry.changed, dry.same, dry.responses_new, dry.rows_rejected) == (2, 0, 0, 3, 1)
        assert (real.new, real.changed, real.same, real.responses_new, real.rows_rejected) == (2, 0, 0, 3, 1)
        assert [line.number for line in admin.calls.recent()] == ["26-2", "26-1"]

    def test_changes_nothing_the_second_time(self, admin):
        bring(admin, EXPORT)
        head = admin.context.database.head()
        again = bring(admin, EXPORT)
        assert (again.new, again.changed, again.same, again.batch) == (0, 0, 2, None)
        assert admin.context.database.head() == head

    def test_writes_and_journals_what_a_later_export_says_otherwise(self, admin):
        bring(admin, EXPORT)
        later = bring(
            admin, EXPORT.replace("Welfare check,Oak St,Assisted", "Welfare check,Oak St,Transported")
        )
        assert (later.new, later.changed, later.same) == (0, 1, 1)
        call_id = next(line.id for line in admin.calls.recent() if line.number == "26-1")
        assert admin.calls.open(call_id=call_id).call.disposition == "Transported"
        changed = [entry for entry in history(admin, call_id) if entry.verb == "import.calls"][0]
        assert changed.detail["import"]["changed"][0]["fields"]["disposition"] == ["Assisted", "Transported"]

    def test_lets_silence_change_nothing(self, admin):
        bring(admin, EXPORT)
        assert bring(admin, EXPORT.replace(",Oak St,Assisted", ",,")).changed == 0

    def test_adds_units_that_come_later(self, admin):
        bring(admin, EXPORT)
        later = bring(admin, EXPORT + "26-1,2026-11-20 10:00,Welfare check,Oak St,Assisted,M1,\r\n")
        assert (later.changed, later.responses_new) == (1, 1)

    def test_brings_the_named_person_to_the_workbench(self, admin):
        person_id = admin.people.add(details=a_person())
        bring(admin, EXPORT)
        call_id = next(line.id for line in admin.calls.recent() if line.number == "26-1")
        met = admin.calls.open(call_id=call_id).people[0]
        assert admin.calls.candidates(encounter_id=met.encounter.id)[0].person_id == person_id

    def test_leaves_nothing_when_it_is_stopped(self, admin):
        data = EXPORT.encode()
        reading = admin.imports.read_calls(data=data, name="calls.csv")
        with pytest.raises(Cancelled):
            admin.imports.import_calls(reading=reading, name="x", data=data, progress=lambda *_facts: False)
        assert admin.calls.recent() == [] and admin.imports.batches() == []


class TestUndo:
    def test_takes_new_calls_away_and_puts_changed_ones_back(self, admin):
        bring(admin, EXPORT)
        later = bring(
            admin,
            EXPORT.replace("Oak St,Assisted", "Oak St,Transported")
            + "26-9,2026-11-21 10:00,Noise,Elm,Report,,\r\n",
        )
        admin.imports.undo(batch_id=later.batch)
        lines = {line.number: line.disposition for line in admin.calls.recent()}
        assert lines == {"26-1": "Assisted", "26-2": "Assisted"}
        with pytest.raises(AlreadyUndone):
            admin.imports.undo(batch_id=later.batch)

    def test_refuses_when_work_rests_on_it(self, admin):
        person_id = admin.people.add(details=a_person())
        batch = bring(admin, EXPORT).batch
        call_id = next(line.id for line in admin.calls.recent() if line.number == "26-1")
        met = admin.calls.open(call_id=call_id).people[0]
        admin.calls.link(encounter_id=met.encounter.id, person_id=person_id)
        with pytest.raises(TouchedSince):
            admin.imports.undo(batch_id=batch)
        assert len(admin.calls.recent()) == 2


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared exports are not on this machine")
@pytest.mark.parametrize(
    ("file", "new", "rejected"),
    [
        ("dallas_active_calls_2018.csv", 45, 0),
        ("lane_county_mobile_crisis_mcslc_2025.csv", 4682, 0),
        ("nashville_mnpd_calls_2024.csv", 20000, 0),
    ],
)
def test_brings_real_exports_in_and_finds_them_the_same_again(admin, file, new, rejected):
    data = (SHARED / file).read_bytes()
    first, again = bring(admin, data, file), bring(admin, data, file)
    assert (first.new, first.rows_rejected) == (new, rejected)
    assert (again.new, again.changed, again.same) == (0, 0, new)


KILLED = """
import sys
from pathlib import Path
from tests import builders
opened = builders.open_as_administrator(Path(sys.argv[1]))
services = builders.services_of(opened)
data = Path(sys.argv[2]).read_bytes()
reading = services.imports.read_calls(data=data, name="calls.csv")
print("go", flush=True)
services.imports.import_calls(reading=reading, name="calls.csv", data=data)
print("done", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_holds_all_or_nothing_when_it_is_killed(database_file, tmp_path):
    export = tmp_path / "calls.csv"
    lines = [
        f"A-{n},2026-11-{n % 20 + 1:02d} 10:{n % 60:02d},Welfare check,Oak St {n},A1" for n in range(4000)
    ]
    export.write_text("\n".join(["Incident Number,Call Received,Call Type,Address,Unit", *lines]))
    command = [sys.executable, "-c", KILLED, str(database_file), str(export)]
    rounds = 40 if os.environ.get("CASEAPP_LONG_TESTS") else 6
    for number in range(rounds):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout.readline() == "go\n"
        time.sleep(number * 0.06 if rounds == 6 else number * 0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        opened = builders.open_as_administrator(database_file)
        services = builders.services_of(opened)
        batches = [one for one in services.imports.batches() if one.undone_at is None]
        count = sum(1 for line in services.calls.export().splitlines()) - 1
        assert count == 4000 * len(batches)
        assert services.maintenance.verify().ok
        if batches:
            services.imports.undo(batch_id=batches[0].id)
        opened.close()
