import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from caseapp.domain.births import Birth, Precision
from caseapp.domain.call_filters import CallFilter
from caseapp.domain.calls import CallNote, NarrativePart
from caseapp.domain.imports import AlreadyUndone, ImportStopped, LaterRestsOnIt, NotTakenBack, TouchedSince
from caseapp.services.imports import ChangedMeanwhile
from tests import builders
from tests.builders import a_person
from tests.services.exports import EXPORT, a_file, bring

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "cfs"


class TestImport:
    def test_counts_what_the_dry_run_said(self, admin):
        reading = admin.imports.read_calls(path=a_file(admin, EXPORT))
        dry = admin.imports.preview_calls(reading=reading)
        assert builders.calls_of(admin) == []
        real = bring(admin, EXPORT)
        assert (dry.new, dry.changed, dry.same, dry.responses_new, dry.rows_rejected) == (2, 0, 0, 3, 1)
        assert (real.new, real.changed, real.same, real.responses_new, real.rows_rejected) == (2, 0, 0, 3, 1)
        assert [line.number for line in builders.calls_of(admin)] == ["26-2", "26-1"]

    def test_keeps_as_much_of_a_birth_as_the_centre_told(self, admin):
        told = EXPORT.replace("Subject Name\r\n", "Subject Name,Subject DOB\r\n")
        bring(admin, told.replace("Jim Okafor", "Jim Okafor,1976"))
        first = next(line for line in builders.calls_of(admin) if line.number == "26-1")
        (met,) = admin.calls.open(call_id=first.id).people
        assert met.encounter.details.stated.birth == Birth(date(1976, 1, 1), Precision.YEAR)

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
        call_id = next(line.id for line in builders.calls_of(admin) if line.number == "26-1")
        assert admin.calls.open(call_id=call_id).call.disposition == "Transported"
        changed = [entry for entry in builders.journaled(admin, call_id) if entry.verb == "import.calls"][0]
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
        call_id = next(line.id for line in builders.calls_of(admin) if line.number == "26-1")
        met = admin.calls.open(call_id=call_id).people[0]
        assert admin.encounters.candidates(encounter_id=met.encounter.id)[0].person_id == person_id

    def test_adds_whom_a_later_export_names_besides_those_who_are_there(self, admin):
        """Somebody met beside the first was in no export that came after it, and waited for nobody."""
        row = "26-2,2026-11-21 11:00,Intoxicated person,5th Ave,Closed,M1,{}\r\n"

        def named(*names):
            later = bring(admin, EXPORT + "".join(row.format(name) for name in names))
            call_id = next(line.id for line in builders.calls_of(admin) if line.number == "26-2")
            return later.changed, [one.encounter for one in admin.calls.open(call_id=call_id).people]

        def called(found):
            return [one.details.stated.name for one in found]

        _changed, (ana,) = named("Ana Reyes")
        admin.encounters.link(
            encounter_id=ana.id, person_id=admin.people.add(details=a_person("Ana", "Reyes"))
        )
        assert called(named("Anna Reyes")[1]) == ["Ana Reyes"]
        changed, met = named("Anna Reyes", "Luis Reyes")
        assert changed == 1 and called(met) == ["Ana Reyes", "Luis Reyes"]
        changed, met = named("Anna Reyes", "Luis Reyes")
        assert changed == 0 and called(met) == ["Ana Reyes", "Luis Reyes"]
        said = replace(met[1].details.stated, name="Chuck")
        admin.encounters.say_who(encounter_id=met[1].id, before=met[1].details.stated, said=said)
        assert called(named("Anna Reyes", "Luis Reyes")[1]) == ["Ana Reyes", "Chuck"]

    def test_reads_an_age_and_takes_looks_in_the_place_of_a_name_for_looks(self, admin):
        """“man, red parka” stood as a name, for which somebody called Red was offered."""
        export = (
            "Incident Number,Call Received,Call Type,Address,Subject Name,Subject Age\r\n"
            "26-1,2026-11-20 10:00,Welfare check,Oak St,Jim Okafor,about 50\r\n"
            '26-1,2026-11-20 10:00,Welfare check,Oak St,"man, red parka",40s\r\n'
            "26-2,2026-11-20 11:00,Trespass,Plaza,UNKNOWN MALE ABOUT 30,\r\n"
            '26-2,2026-11-20 11:00,Trespass,Plaza,"Man, Brown",\r\n'
        )
        bring(admin, export)
        calls = {line.number: line.id for line in builders.calls_of(admin)}

        def said(number):
            people = admin.calls.open(call_id=calls[number]).people
            stated = (one.encounter.details.stated for one in people)
            return {(one.name, one.age, one.description) for one in stated}

        assert said("26-1") == {("Jim Okafor", 50, ""), ("", 45, "man, red parka")}
        assert said("26-2") == {("", 30, "UNKNOWN MALE ABOUT 30"), ("Man, Brown", None, "")}
        assert bring(admin, export).changed == 0
        later = export + "26-1,2026-11-20 10:00,Welfare check,Oak St,Ana Reyes,\r\n"
        assert bring(admin, later).changed == 1
        assert said("26-1") == {("Jim Okafor", 50, ""), ("", 45, "man, red parka"), ("Ana Reyes", None, "")}

    def test_leaves_nothing_when_it_is_stopped(self, admin):
        path = a_file(admin, EXPORT)
        reading = admin.imports.read_calls(path=path)
        with pytest.raises(ImportStopped):
            admin.imports.import_calls(reading=reading, path=path, progress=lambda *_facts: False)
        assert builders.calls_of(admin) == [] and admin.imports.batches() == []

    def test_asks_at_every_thousand_rows_and_once_more_before_all_becomes_true(self, admin):
        lines = [f"26-{n},2026-11-20 10:{n % 60:02d},Noise,U1\r\n" for n in range(2500)]
        path = a_file(admin, "Incident Number,Call Received,Call Type,Unit\r\n" + "".join(lines))
        reading, told = admin.imports.read_calls(path=path), []

        def until_all_are_written(_words, done, _total):
            told.append(done)
            return told.count(2500) < 2

        with pytest.raises(ImportStopped):
            admin.imports.import_calls(reading=reading, path=path, progress=until_all_are_written)
        assert told == [0, 1000, 2000, 2500, 2500]
        assert builders.calls_of(admin) == [] and admin.imports.batches() == []


class TestUndo:
    def test_takes_new_calls_away_and_puts_changed_ones_back(self, admin):
        bring(admin, EXPORT)
        later = bring(
            admin,
            EXPORT.replace("Oak St,Assisted", "Oak St,Transported")
            + "26-9,2026-11-21 10:00,Noise,Elm,Report,,\r\n",
        )
        admin.imports.undo(batch_id=later.batch)
        lines = {line.number: line.disposition for line in builders.calls_of(admin)}
        assert lines == {"26-1": "Assisted", "26-2": "Assisted"}
        with pytest.raises(AlreadyUndone):
            admin.imports.undo(batch_id=later.batch)

    def test_is_stopped_anywhere_with_nothing_taken_back_and_tells_how_far_it_is(self, admin):
        bring(admin, EXPORT)
        more = EXPORT.replace("Oak St,Assisted", "Oak St,Transported")
        rows = "".join(f"26-{n},2026-11-21 10:00,Noise,Elm,Report,,\r\n" for n in range(10, 2100))
        batch, told = bring(admin, more + rows).batch, []
        before = builders.calls_of(admin)
        for after in range(4):
            said = iter(range(after))
            with pytest.raises(NotTakenBack):
                admin.imports.undo(batch_id=batch, progress=lambda *_at, s=said: next(s, None) is not None)
            assert builders.calls_of(admin) == before
        undone = admin.imports.undo(batch_id=batch, progress=lambda *at: told.append(at[1:]) or True)
        assert (undone.removed, undone.put_back) == (2090, 1)
        assert told == [(done, 2091) for done in (0, 2000, 2090, 2091)]

    def test_refuses_when_work_rests_on_it(self, admin):
        person_id = admin.people.add(details=a_person())
        batch = bring(admin, EXPORT).batch
        call_id = next(line.id for line in builders.calls_of(admin) if line.number == "26-1")
        met = admin.calls.open(call_id=call_id).people[0]
        admin.encounters.link(encounter_id=met.encounter.id, person_id=person_id)
        with pytest.raises(TouchedSince):
            admin.imports.undo(batch_id=batch)
        assert len(builders.calls_of(admin)) == 2

    def test_takes_back_units_times_people_and_notes_that_it_added_to_known_calls(self, admin):
        header = "Incident Number,Call Received,Call Type,Unit,Arrived,Subject Name,Comments\r\n"
        first = "26-1,2026-11-20 10:00,Welfare check,A1,,,\r\n"
        bring(admin, header + first)
        before = everything(admin)
        later = bring(
            admin,
            header
            + "26-1,2026-11-20 10:00,Welfare check,A1,2026-11-20 10:20,Jim Okafor,Sitting on a bench\r\n"
            + "26-1,2026-11-20 10:00,Welfare check,P12,2026-11-20 10:30,,\r\n",
        )
        assert (later.new, later.changed, later.responses_new, later.rows_further) == (0, 1, 1, 1)
        call, people, notes = everything(admin)["26-1"]
        assert [unit[0] for unit in call] == ["A1", "P12"] and call[0][1] is not None
        assert people == ["Jim Okafor"] and notes == ["Sitting on a bench"]
        admin.imports.undo(batch_id=later.batch)
        assert everything(admin) == before

    def test_refuses_while_a_later_import_carries_calls_of_it(self, admin):
        first = bring(admin, EXPORT)
        more = EXPORT + "26-9,2026-11-21 10:00,Noise,Elm,Report,,\r\n"
        later = bring(admin, more, "later.csv")
        with pytest.raises(LaterRestsOnIt) as error:
            admin.imports.undo(batch_id=first.batch)
        assert error.value.values["file"] == "later.csv" and len(builders.calls_of(admin)) == 3
        admin.imports.undo(batch_id=later.batch)
        admin.imports.undo(batch_id=first.batch)
        assert builders.calls_of(admin) == [] and admin.context.database.broken_links() == []

    def test_restores_exactly_in_the_order_last_in_first_out(self, admin):
        states, batches = [everything(admin)], []
        for said in ("Assisted", "Transported", "Gone on arrival"):
            batches.append(bring(admin, EXPORT.replace("Oak St,Assisted", f"Oak St,{said}")).batch)
            states.append(everything(admin))
        for batch in reversed(batches):
            states.pop()
            admin.imports.undo(batch_id=batch)
            assert everything(admin) == states[-1]

    def test_lets_an_import_go_that_shares_no_call_with_later_ones(self, admin):
        first = bring(admin, EXPORT)
        bring(admin, EXPORT.replace("26-", "27-"))
        admin.imports.undo(batch_id=first.batch)
        assert {line.number for line in builders.calls_of(admin)} == {"27-1", "27-2"}

    @pytest.mark.parametrize("work", ["note", "person"])
    def test_refuses_when_somebody_wrote_on_a_call_of_it(self, admin, work):
        batch = bring(admin, EXPORT).batch
        call = admin.calls.open(
            call_id=next(one.id for one in builders.calls_of(admin) if one.number == "26-2")
        )
        if work == "note":
            note = CallNote("Spoke to the neighbour", None, NarrativePart.UNKNOWN, "Alma")
            admin.calls.add_note(call_id=call.call.id, note=note)
        else:
            admin.encounters.add(call_id=call.call.id, details=builders.an_encounter("Somebody"))
        with pytest.raises(TouchedSince):
            admin.imports.undo(batch_id=batch)
        assert len(builders.calls_of(admin)) == 2


def everything(services):
    """Units with their times, stated names and notes of each call, by number, with its facts."""
    found = {}
    for line in builders.calls_of(services):
        bench = services.calls.open(call_id=line.id)
        call = bench.call
        units = [(one.call_sign, one.on_scene_at, one.dispatched_at) for one in call.responses]
        people = [one.encounter.details.stated.name for one in bench.people]
        found[line.number] = (units, people, [note.text for note in call.notes])
        found[line.number, "facts"] = (call.disposition, call.on_scene_at, call.received_at, call.place)
    return found


class TestBigFiles:
    def test_gathers_rows_of_one_call_from_anywhere_in_the_file(self, admin):
        header = "Incident Number,Call Received,Call Type,Unit\r\n"
        lines = [f"26-{n % 900},2026-11-20 10:{n % 60:02d},Noise,U{n // 900}\r\n" for n in range(2700)]
        path = a_file(admin, header + "".join(lines))
        reading = admin.imports.read_calls(path=path)
        narrow = [call for part in reading.parts(room=100) for call in part.calls]
        wide = [call for part in reading.parts() for call in part.calls]
        assert sorted(narrow) == sorted(wide) and len(wide) == 900
        assert all([one.call_sign for one in call.responses] == ["U0", "U1", "U2"] for call in wide)
        summary = admin.imports.import_calls(reading=reading, path=path)
        assert (summary.new, summary.rows_further, summary.responses_new) == (900, 1800, 2700)

    def test_imports_nothing_of_a_file_that_changed_after_it_was_looked_at(self, admin):
        path = a_file(admin, EXPORT)
        reading = admin.imports.read_calls(path=path)
        path.write_text(EXPORT.replace("Trespass", "Trespassing"))
        with pytest.raises(ChangedMeanwhile):
            admin.imports.import_calls(reading=reading, path=path)
        assert builders.calls_of(admin) == []

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a drive that does not answer is a pipe here")
    def test_locks_nobody_out_while_the_drive_of_a_file_does_not_answer(self, admin):
        path = a_file(admin, EXPORT)
        reading, drive = admin.imports.read_calls(path=path), path.with_name("drive.csv")
        os.mkfifo(drive)
        done = []

        def bring_in():
            done.append(admin.imports.import_calls(reading=reading, path=drive))

        desk = threading.Thread(target=bring_in, daemon=True)
        desk.start()
        time.sleep(0.3)
        began = time.monotonic()
        admin.people.add(details=a_person())
        assert time.monotonic() - began < 5 and not done
        drive.write_bytes(path.read_bytes())
        desk.join(30)
        assert done[0].new == 2

    def test_stops_in_every_stretch_of_the_work(self, admin):
        path, said = a_file(admin, EXPORT), []
        reading = admin.imports.read_calls(path=path, progress=lambda *facts: said.append(facts[0]) or True)
        admin.imports.preview_calls(reading=reading, progress=lambda *facts: said.append(facts[0]) or True)
        for words in set(said):
            with pytest.raises(ImportStopped):
                again = admin.imports.read_calls(
                    path=path, progress=lambda now, *_at, stop=words: now != stop
                )
                admin.imports.preview_calls(reading=again, progress=lambda now, *_at, stop=words: now != stop)
        assert len(set(said)) == 3


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
path = Path(sys.argv[2])
reading = services.imports.read_calls(path=path)
print("go", flush=True)
services.imports.import_calls(reading=reading, path=path)
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
    rounds = 40 if os.environ.get("CASEAPP_LONG_TESTS") else 3
    for number in range(rounds):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout.readline() == "go\n"
        time.sleep(number * 0.12 if rounds == 3 else number * 0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        opened = builders.open_as_administrator(database_file)
        services = builders.services_of(opened)
        batches = [one for one in services.imports.batches() if one.undone_at is None]
        assert services.calls.count(where=CallFilter()).calls == 4000 * len(batches)
        assert services.maintenance.verify().ok
        if batches:
            services.imports.undo(batch_id=batches[0].id)
        opened.close()
