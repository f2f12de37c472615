import cProfile
import csv
import io
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.domain.access import NotAllowed, Role
from caseapp.domain.births import Birth, Precision
from caseapp.domain.imports import AlreadyUndone, ImportStopped, TouchedSince
from caseapp.domain.people import Identifier, Name, NameKind, PersonKind
from caseapp.exchange.people_columns import NotPeople
from caseapp.system.messages import sentence_for
from tests import builders
from tests.builders import TODAY, a_person
from tests.services.exports import bring_people

LIST = (
    "Client ID,First Name,Last Name,Goes By,DOB,Phone,Street Address,City,Gender,Description\r\n"
    "C-1,James,Okafor,Jim,03/02/1976,(541) 555-0142,12 Mill St,Riverside,M,\r\n"
    "C-2,Ngọc Ánh,Trần,,1988-07-19,541.555.0143,,Riverside,female,\r\n"
    'C-3,,,,,,,,,"Man, about 50, red parka"\r\n'
    "C-4,,,,1990-01-01,541 555 0144,,,,\r\n"
    "C-5,Ruth,Vega,,2031-01-01,,,,,\r\n"
    "C-6,Wade,Brooks,,the spring,,,,,\r\n"
    ",,,,,,,,,\r\n"
)
NAMES = (
    "First Name,Last Name,DOB,Phone\r\nJames,Okafor,1976-03-02,\r\nJames,Okafor,1976-03-02,\r\nAna,Vega,,\r\n"
)


def counts(summary):
    return summary.new, summary.changed, summary.same


def found(services, query):
    ids = tuple(hit.record_id for hit in services.search.find(query=query) if hit.kind == "person")
    return services.people.many(person_ids=ids)


def one(services, query):
    (person,) = found(services, query)
    return person


class TestFirstImport:
    def test_counts_what_the_dry_run_said(self, admin):
        reading = admin.people_lists.read(data=LIST.encode(), name="people.csv")
        dry = admin.people_lists.preview(reading=reading)
        assert admin.people.recent() == [] and dry.batch is None
        real = bring_people(admin, LIST)
        assert counts(dry) == counts(real) == (3, 0, 0)
        assert dry.rows == real.rows == 7 and real.rows_rejected == 3 and real.rows_skipped == {"blank": 1}

    def test_keeps_every_fact_and_makes_each_findable(self, admin):
        bring_people(admin, LIST)
        jim = one(admin, "okafor james").details
        assert jim.names == (Name(NameKind.LEGAL, "James", "Okafor"), Name(NameKind.CHOSEN, "Jim", "Okafor"))
        assert jim.birth == Birth(date(1976, 3, 2)) and jim.gender == "man"
        assert [point.value for point in jim.points] == ["(541) 555-0142"]
        assert jim.places[0].text == "12 Mill St, Riverside" and jim.identifiers == (
            Identifier("list", "C-1"),
        )
        for query in ("tran ngoc", "5550143", "19 Jul 1988", "red parka"):
            assert found(admin, query), query
        assert one(admin, "red parka").details.kind is PersonKind.UNKNOWN
        assert admin.maintenance.verify().ok

    def test_journals_each_person_apart(self, admin):
        bring_people(admin, LIST)
        (entry,) = builders.journaled(admin, one(admin, "okafor").id)
        assert (entry.verb, entry.kind) == ("import.people", "change")
        assert "Okafor" in str(entry.detail) and "Trần" not in str(entry.detail)
        added = next(change for change in entry.detail["changes"] if change["table"] == "person")
        assert added["did"] == "added" and added["fields"]["birth_on"] == "1976-03-02"

    def test_rejects_rows_with_reasons_and_takes_them_mended(self, admin):
        reading = admin.people_lists.read(data=LIST.encode(), name="people.csv")
        reasons = {problem.row: problem.reason for problem in reading.problems}
        assert reasons == {
            5: "no name and no description",
            6: "birth date in the future",
            7: "birth date cannot be read",
        }
        bring_people(admin, LIST)
        rejects = admin.people_lists.rejects(reading=reading).decode("utf-8-sig")
        mended = rejects.replace("C-4,,", "C-4,Leroy,").replace("2031", "1991").replace("the spring", "1980")
        assert counts(bring_people(admin, mended, "mended.csv")) == (3, 0, 0)
        assert one(admin, "brooks wade").details.birth == Birth(date(1980, 1, 1), Precision.YEAR)
        whole = LIST.replace("C-4,,", "C-4,Leroy,").replace("2031", "1991").replace("the spring", "1980")
        again = bring_people(admin, whole)
        assert counts(again) == (0, 0, 6) and again.rows_rejected == 0

    def test_reads_a_workbook_the_same(self, admin):
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            sheet.write_row(0, 0, ["Client ID", "First Name", "Last Name", "DOB"])
            sheet.write_row(1, 0, ["C-1", "James", "Okafor"])
            sheet.write_datetime(1, 3, datetime(1976, 3, 2), day)
        bring_people(admin, LIST)
        assert counts(bring_people(admin, out.getvalue(), "people.xlsx")) == (0, 0, 1)

    def test_leaves_nothing_when_it_is_stopped(self, admin):
        head = admin.context.database.head()
        with pytest.raises(ImportStopped):
            bring_people(admin, LIST, progress=lambda *_facts: False)
        assert admin.people.recent() == [] and admin.imports.batches() == []
        assert admin.context.database.head() == head

    def test_is_refused_without_the_right(self, signed_in):
        peer = builders.services_as(signed_in, Role.PEER_SPECIALIST)
        with pytest.raises(NotAllowed):
            bring_people(peer, LIST)

    @pytest.mark.parametrize("text", ["Colour,Size\r\nred,4\r\n", "Okafor,Oak\r\nVega,Elm\r\n"])
    def test_names_nothing_of_a_file_that_is_no_list(self, admin, text):
        with pytest.raises(NotPeople) as refused:
            bring_people(admin, text)
        assert not any(word in sentence_for(refused.value) for word in ("Okafor", "Oak", "Colour"))


class TestLaterImport:
    def test_of_the_same_file_changes_nothing(self, admin):
        bring_people(admin, LIST)
        head = admin.context.database.head()
        again = bring_people(admin, LIST)
        assert counts(again) == (0, 0, 3) and again.batch is None and again.look_known == 0
        assert admin.context.database.head() == head

    def test_updates_only_what_changed(self, admin):
        bring_people(admin, LIST)
        before = one(admin, "okafor").details
        later = bring_people(
            admin, LIST.replace("(541) 555-0142", "(541) 555-0199").replace("12 Mill", "9 Elm")
        )
        assert counts(later) == (0, 1, 2)
        person = one(admin, "okafor")
        assert [point.value for point in person.details.points] == ["(541) 555-0199"]
        assert [place.text for place in person.details.places] == ["9 Elm St, Riverside"]
        assert (person.details.names, person.details.birth) == (before.names, before.birth)
        assert found(admin, "5550199") and not found(admin, "5550142")
        entry = builders.journaled(admin, person.id)[0]
        fields = {change["table"]: change["fields"] for change in entry.detail["changes"]}
        assert fields["contact_point"]["value"] == ["(541) 555-0142", "(541) 555-0199"]
        assert set(fields) == {"contact_point", "person_place"}
        assert admin.maintenance.verify().ok

    def test_keeps_what_the_desk_wrote_since(self, admin):
        bring_people(admin, LIST)
        person = one(admin, "okafor")
        written = replace(person.details, pronouns="he/him", birth=Birth(date(1976, 3, 3)))
        admin.people.change(person_id=person.id, details=written, version=person.version)
        assert counts(bring_people(admin, LIST)) == (0, 0, 3)
        assert counts(bring_people(admin, LIST.replace("(541) 555-0142", "541-555-0199"))) == (0, 1, 2)
        after = one(admin, "okafor").details
        assert (after.pronouns, after.birth) == ("he/him", Birth(date(1976, 3, 3)))

    def test_lets_silence_change_nothing(self, admin):
        bring_people(admin, LIST)
        assert bring_people(admin, LIST.replace("12 Mill St,Riverside,M", ",,")).changed == 0

    def test_takes_an_age_that_moved_with_the_calendar_for_the_same(self, admin, signed_in):
        text = "ID,Name,Age\r\n7,Ana Vega,about 40\r\n"
        bring_people(admin, text)
        signed_in.context.now.at = builders.NOW.replace(month=12)
        assert counts(bring_people(admin, text)) == (0, 0, 1)

    def test_never_takes_a_number_of_another_list_for_the_same_person(self, admin):
        bring_people(admin, LIST)
        other = "ID,Name,DOB\r\nC-1,Ruth Begay,1961-05-05\r\n"
        assert counts(bring_people(admin, other)) == (1, 0, 0)
        assert counts(bring_people(admin, other)) == (0, 0, 1)
        assert counts(bring_people(admin, LIST)) == (0, 0, 3)

    def test_follows_a_person_through_a_new_name(self, admin):
        bring_people(admin, LIST)
        later = bring_people(admin, LIST.replace("C-2,Ngọc Ánh,Trần", "C-2,Kim,Lê"))
        assert counts(later) == (0, 1, 2)
        assert one(admin, "kim le").details.names == (Name(NameKind.LEGAL, "Kim", "Lê"),)

    def test_without_numbers_counts_the_same_rows_as_the_same_people(self, admin):
        assert counts(bring_people(admin, NAMES)) == (3, 0, 0)
        assert counts(bring_people(admin, NAMES)) == (0, 0, 3)
        assert counts(bring_people(admin, NAMES + "Ana,Vega,,\r\n")) == (1, 0, 3)

    def test_without_numbers_costs_as_much_more_as_there_are_more_rows_that_repeat_one(self, admin):
        calls = []
        for count in (500, 1500):
            text = "First Name,Last Name\r\n" + f"James,Okafor{'x' * count}\r\n" * count
            assert counts(bring_people(admin, text)) == (count, 0, 0)
            reading = admin.people_lists.read(data=text.encode(), name="people.csv")
            with cProfile.Profile() as profile:
                again = admin.people_lists.preview(reading=reading)
            assert counts(again) == (0, 0, count)
            calls.append(sum(one.callcount for one in profile.getstats()))
        assert calls[1] < 4 * calls[0]

    def test_rejects_a_number_that_two_rows_share(self, admin):
        text = "ID,Name,DOB\r\n1,Ana Vega,1990-01-01\r\n1,Ana Vega,1990-01-01\r\n1,Ana Vega,1991-01-01\r\n"
        summary = bring_people(admin, text)
        assert counts(summary) == (1, 0, 0)
        assert (summary.rows_rejected, summary.rows_skipped) == (1, {"repeated": 1})

    def test_does_not_reach_behind_a_seal(self, admin, worker):
        bring_people(admin, LIST)
        person = one(worker, "okafor")
        sealed = replace(person.details, is_restricted=True)
        worker.people.change(person_id=person.id, details=sealed, version=person.version)
        assert counts(bring_people(admin, LIST.replace("0142", "0177"))) == (0, 0, 3)


class TestLookKnown:
    def test_counts_and_never_merges(self, admin):
        known = admin.people.add(details=a_person())
        admin.people.add(details=a_person("Ruth", "Begay", birth=None, points=()))
        summary = bring_people(admin, LIST)
        assert (counts(summary), summary.look_known) == ((3, 0, 0), 1)
        assert len(found(admin, "okafor")) == 2
        assert admin.people.open(person_id=known).person.version == 1

    @pytest.mark.parametrize(
        ("row", "expected"),
        [
            ("Jim,Okafor,1976-03-02,", 1),
            ("J,Okafer,1976-03-02,", 1),
            ("James,,,541 555 0142", 1),
            ("Somebody,Else,,541 555 0142", 0),
            ("James,Okafor,1991-11-30,", 0),
            ("Ruth,Vega,1980-01-01,", 0),
        ],
    )
    def test_asks_what_the_workbench_asks(self, admin, row, expected):
        admin.people.add(details=a_person())
        assert bring_people(admin, f"First Name,Last Name,DOB,Phone\r\n{row}\r\n").look_known == expected

    def test_says_nothing_of_somebody_sealed(self, admin, worker):
        worker.people.add(details=a_person(is_restricted=True))
        assert bring_people(admin, LIST).look_known == 0


class TestUndo:
    def test_takes_new_people_away_and_puts_changed_ones_back(self, admin):
        first = bring_people(admin, LIST)
        before = one(admin, "okafor").details
        later = bring_people(admin, LIST.replace("0142", "0199") + "C-9,Ebony,Reed,,,,,,,\r\n")
        undone = admin.imports.undo(batch_id=later.batch)
        assert (undone.removed, undone.put_back, undone.stayed) == (1, 1, 0)
        after = one(admin, "okafor").details
        plain = [replace(point, id=None) for point in after.points]
        assert plain == [replace(point, id=None) for point in before.points]
        assert (after.names, after.places) == (before.names, before.places)
        assert not found(admin, "ebony") and admin.maintenance.verify().ok
        with pytest.raises(AlreadyUndone):
            admin.imports.undo(batch_id=later.batch)
        assert admin.imports.undo(batch_id=first.batch).words == "Taken back."
        assert admin.people.recent() == [] and admin.maintenance.verify().ok
        assert counts(bring_people(admin, LIST)) == (3, 0, 0)

    def test_leaves_those_who_were_worked_with_since(self, admin, worker):
        batch = bring_people(admin, LIST).batch
        worker.contacts.log(details=builders.a_contact(one(worker, "okafor").id))
        undone = admin.imports.undo(batch_id=batch)
        assert (undone.removed, undone.stayed) == (2, 1)
        assert undone.words == "Taken back. 1 person stays because of work done with them since."
        assert [person.display_name for person in admin.people.recent()] == ["Jim Okafor"]
        assert admin.maintenance.verify().ok
        assert counts(bring_people(admin, LIST)) == (2, 0, 1)

    def test_is_not_held_up_by_pairs_that_wait_for_review(self, admin):
        admin.people.add(details=a_person())
        batch = bring_people(admin, "ID,Name,DOB,Phone\n1,James Okafor,1976-03-02,541 555 0142\n").batch
        admin.recognition.look(progress=lambda *_facts: True)
        assert admin.recognition.count() == 1
        assert admin.imports.undo(batch_id=batch).removed == 1
        assert admin.recognition.count() == 0 and admin.recognition.waiting() == []

    def test_is_refused_when_everybody_was_worked_with(self, admin):
        batch = bring_people(admin, "ID,Name\r\n1,Ana Vega\r\n").batch
        person = one(admin, "vega")
        details = replace(person.details, pronouns="she/her")
        admin.people.change(person_id=person.id, details=details, version=person.version)
        with pytest.raises(TouchedSince):
            admin.imports.undo(batch_id=batch)
        assert admin.imports.batches()[0].undone_at is None and one(admin, "vega")

    def test_stands_in_the_history_of_who_was_removed(self, admin):
        batch = bring_people(admin, LIST).batch
        person_id = one(admin, "okafor").id
        admin.imports.undo(batch_id=batch)
        newest = builders.journaled(admin, person_id)[0]
        assert newest.verb == "import.undo" and "Trần" not in str(newest.detail)


WORDS = st.text(st.sampled_from("aeéñö'- 王о,=\"<"), max_size=12)
ROWS = st.lists(st.tuples(WORDS, WORDS, st.dates(date(1930, 1, 1), TODAY) | st.none(), WORDS), max_size=8)


@settings(max_examples=25)
@given(rows=ROWS, has_numbers=st.booleans())
def test_accounts_for_every_row_and_finds_it_the_same_again(
    made_database, tmp_path_factory, rows, has_numbers
):
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["Record ID", "Given Name", "Surname", "DOB", "Phone"])
    for number, (given_name, family, born, phone) in enumerate(rows):
        writer.writerow([f"R{number}" if has_numbers else "", given_name, family, born or "", phone])
    folder = tmp_path_factory.mktemp("rows")
    opened = builders.open_as_administrator(builders.copy_database(made_database, folder / "a.caseapp"))
    services = builders.services_of(opened)
    try:
        data = out.getvalue() + "X1,Ana,Vega,,\r\n"
        first, again = bring_people(services, data), bring_people(services, data)
        assert first.rows == first.new + first.rows_rejected + sum(first.rows_skipped.values())
        assert (again.new, again.changed, again.same) == (0, 0, first.new)
        assert services.maintenance.verify().ok
    finally:
        opened.close()


KILLED = """
import sys
from pathlib import Path
from tests import builders
opened = builders.open_as_administrator(Path(sys.argv[1]))
services = builders.services_of(opened)
data = Path(sys.argv[2]).read_bytes()
reading = services.people_lists.read(data=data, name="people.csv")
print("go", flush=True)
services.people_lists.bring_in(reading=reading, name="people.csv", data=data)
print("done", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_holds_all_or_nothing_when_it_is_killed(database_file, tmp_path):
    listed = tmp_path / "people.csv"
    lines = [f"K-{n},Given{n},Family{n},19{n % 70 + 20}-05-{n % 28 + 1:02d}" for n in range(2000)]
    listed.write_text("\n".join(["Client ID,First Name,Last Name,DOB", *lines]))
    command = [sys.executable, "-c", KILLED, str(database_file), str(listed)]
    pauses = [n * 0.03 for n in range(40)] if os.environ.get("CASEAPP_LONG_TESTS") else (0.0, 0.4, 0.8)
    for pause in pauses:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout.readline() == "go\n"
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        opened = builders.open_as_administrator(database_file)
        services = builders.services_of(opened)
        batches = [one for one in services.imports.batches() if one.undone_at is None]
        assert len(services.people.recent(limit=5000)) == 2000 * len(batches)
        assert services.maintenance.verify().ok
        if batches:
            services.imports.undo(batch_id=batches[0].id)
        opened.close()


def test_cancel_is_looked_at_while_a_long_list_is_read_and_compared(admin):
    """Of 200,000 rows half a minute went by in which Cancel did nothing."""
    bring_people(admin, LIST)
    rows = (f"Sam{number % 97},Quill{number},19{number % 90:02d}-03-02" for number in range(4_000))
    data, told = "\n".join(("First Name,Last Name,DOB", *rows)).encode(), []
    reading = admin.people_lists.read(
        data=data, name="long.csv", progress=lambda *one: told.append(one) or True
    )
    assert [(words, done) for words, done, _all in told] == [("Reading", n * 1000) for n in range(4)]
    with pytest.raises(ImportStopped):
        admin.people_lists.read(data=data, name="long.csv", progress=lambda _words, done, _all: done < 2000)
    told.clear()
    admin.people_lists.preview(reading=reading, progress=lambda *one: told.append(one) or True)
    shares = [done for _words, done, _all in told]
    assert shares == sorted(shares) and len({words for words, *_rest in told}) == 2 and len(told) >= 10
    for stop in (0, 299, 700):
        with pytest.raises(ImportStopped):
            admin.people_lists.preview(
                reading=reading, progress=lambda _words, done, _all, stop=stop: done <= stop
            )
