"""The directory through its services: found, corrected, brought in, told again, taken back."""

import csv
import io
import json
import zipfile
from datetime import time, timedelta

import pytest

from caseapp.domain.access import Role
from caseapp.domain.directory import AgesOutOfOrder, CapacityOutOfRange, NewService, ServiceNameMissing
from caseapp.domain.directory_finder import Wanted
from caseapp.domain.eligibility import Fit, Traits
from caseapp.domain.errors import StaleRecord
from caseapp.domain.imports import AlreadyUndone, TouchedSince
from caseapp.domain.referrals import Method
from caseapp.domain.schedules import OpenRule, read_moment
from caseapp.exchange.archives import Part
from caseapp.exchange.hsds_tables import TABLES
from tests import builders
from tests.builders import HOSTILE, NOW, TODAY, a_person
from tests.exchange.directory_editions import EXAMPLES, MIAMI, needs_examples


@pytest.fixture
def folder(tmp_path):
    """The first generation as files."""
    made = tmp_path / "county"
    made.mkdir()
    for name, text in MIAMI.items():
        (made / name).write_text(text)
    return made


def bring_in(services, path):
    exchange = services.directory_exchange
    return exchange.bring_in(reading=exchange.read_path(path=path), name=path.name)


def export(services, path):
    content, _counts = services.directory_exchange.export()
    path.write_bytes(content)
    return path


def rows(path, table):
    with zipfile.ZipFile(path) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(TABLES[table].file).decode(), newline="")))


def counts(summary):
    found = summary.summary
    return found.new, found.changed, found.same, found.rows_rejected


class TestFinding:
    @pytest.fixture
    def full(self, worker):
        worker.directory.add_organization(
            name="Harbor",
            services=(
                NewService(
                    "Beds",
                    categories=("shelter",),
                    city="Springfield",
                    minimum_age=18,
                    hours=((5, time(8), time(12)),),
                ),
                NewService(
                    "Meals", description="Food on beds of rice", categories=("food",), languages=("Spanish",)
                ),
                NewService(
                    "Rooms", for_veterans=True, capacity_available=2, capacity_on=TODAY, confirmed_on=TODAY
                ),
                NewService("Old line", status="defunct"),
            ),
        )
        return worker

    def names(self, services, **wanted):
        return [match.service.name for match in services.directory.search(wanted=Wanted(**wanted))]

    def test_puts_the_name_before_the_description_and_leaves_closed_ones_out(self, full):
        assert self.names(full, words="bed") == ["Beds", "Meals"]
        assert self.names(full, words="harbor") == ["Beds", "Meals", "Rooms"]
        assert self.names(full, words="zzz") == []

    def test_asks_by_need_place_language_room_and_age_of_the_facts(self, full):
        assert self.names(full, category="food") == ["Meals"]
        assert self.names(full, city="Springfield", words="beds") == ["Beds"]
        assert self.names(full, language="Spanish") == ["Meals"]
        assert self.names(full, only_with_room=True) == ["Rooms"]
        assert self.names(full, only_to_confirm=True) == ["Beds", "Meals"]

    def test_asks_who_is_open_on_saturday_at_9(self, full):
        now = NOW.astimezone(full.context.zone)
        assert self.names(full, open_at=read_moment("saturday 9", now=now)) == ["Beds"]
        assert self.names(full, open_at=read_moment("now", now=now)) == []

    def test_puts_what_fits_the_person_first_and_says_what_does_not(self, full):
        person = Traits(age=17, is_veteran=False)
        found = full.directory.search(wanted=Wanted(person=person))
        assert [(match.service.name, match.eligibility.fit) for match in found] == [
            ("Meals", Fit.MEETS),
            ("Beds", Fit.FAILS),
            ("Rooms", Fit.FAILS),
        ]
        assert self.names(full, person=person, only_eligible=True) == ["Meals"]

    def test_sees_what_another_desk_changed(self, full, signed_in):
        other = builders.services_as(signed_in, Role.SUPERVISOR)
        assert self.names(other, words="meals") == ["Meals"]
        seen = full.directory.find(words="meals")[0]
        full.directory.correct(service_id=seen.id, service=NewService("Hot meals"), version=seen.version)
        full.directory.add(organization="Harbor", service=NewService("Cold meals"))
        assert self.names(other, words="meals") == ["Cold meals", "Hot meals"]

    def test_knows_what_a_person_s_record_says(self, full):
        person_id = full.people.add(details=a_person(veteran="yes"))
        name, traits = full.directory.traits(person_id=person_id)
        assert (name, traits.age, traits.is_veteran) == ("James Okafor", 50, True)


class TestKeeping:
    def test_confirms_in_the_name_of_who_asked(self, worker):
        worker.directory.add(organization="Harbor", service=NewService("Beds"))
        one = worker.directory.find()[0]
        worker.directory.confirm(service_id=one.id, version=one.version)
        assert worker.directory.find()[0].confirmed_on == TODAY
        with pytest.raises(StaleRecord):
            worker.directory.confirm(service_id=one.id, version=one.version)

    def test_keeps_who_said_how_many_places_are_free(self, worker):
        worker.directory.add(organization="Harbor", service=NewService("Beds"))
        one = worker.directory.find()[0]
        worker.directory.set_capacity(
            service_id=one.id, available=3, said_by="Ann, intake", version=one.version
        )
        now = worker.directory.find()[0]
        assert (now.capacity_available, now.capacity_on, now.capacity_said_by) == (3, TODAY, "Ann, intake")
        with pytest.raises(CapacityOutOfRange):
            worker.directory.set_capacity(service_id=one.id, available=-1, said_by="x", version=now.version)

    @pytest.mark.parametrize(
        ("service", "error"),
        [
            (NewService(" "), ServiceNameMissing),
            (NewService("x", minimum_age=60, maximum_age=18), AgesOutOfOrder),
            (NewService("x", minimum_age=-1), AgesOutOfOrder),
            (NewService("x", capacity_available=-1), CapacityOutOfRange),
        ],
    )
    def test_refuses_what_cannot_be(self, worker, service, error):
        with pytest.raises(error):
            worker.directory.add(organization="Harbor", service=service)

    def test_takes_an_organization_once(self, worker):
        for name in ("Beds", "Meals"):
            worker.directory.add(organization="Harbor", service=NewService(name))
        assert len({one.organization_id for one in worker.directory.find()}) == 1


class TestBringingIn:
    def test_an_older_generation_makes_services_that_are_found(self, worker, folder):
        found = bring_in(worker, folder)
        assert counts(found)[3] == 2 and found.source == "county"
        one = worker.directory.find(words="beds")[0]
        assert (one.organization, one.phone, one.address, one.city) == (
            "Harbor",
            "305-555-0100",
            "5 Oak St",
            "Miami",
        )
        assert (
            one.categories == ("shelter",)
            and one.languages == ("Spanish",)
            and one.insurance[0] == "medicaid"
        )
        assert OpenRule(time(7, 30), time(17), byday="TU") in one.rules
        assert worker.directory.find(words="meals")[0].organization == "Organization not named by the source"

    def test_the_same_again_under_any_name_is_all_same(self, worker, folder, tmp_path):
        first = bring_in(worker, folder)
        again = bring_in(worker, folder)
        renamed = bring_in(worker, folder.rename(tmp_path / "another name"))
        assert counts(again) == counts(renamed) == (0, 0, first.summary.new, 2)
        assert renamed.source == "county" and again.summary.batch is None

    def test_another_county_with_the_same_numbers_stays_apart(self, worker, folder):
        bring_in(worker, folder)
        (folder / "services.csv").write_text(
            "id,organization_id,name,status,fees\n1,1,Library,active,\n2,1,Pool,active,\n"
        )
        assert bring_in(worker, folder).source == "county 2"
        assert {one.name for one in worker.directory.find()} == {"Beds", "Meals", "Library", "Pool"}

    def test_a_later_edition_changes_what_the_source_says_otherwise_and_nothing_of_ours(self, worker, folder):
        bring_in(worker, folder)
        one = worker.directory.find(words="beds")[0]
        ours = NewService("Beds", description="Quiet", phone="999", rules=one.rules, languages=one.languages)
        worker.directory.correct(service_id=one.id, service=ours, version=one.version)
        later = MIAMI["services.csv"].replace("1,1,Beds,Overnight", "1,1,Night beds,Overnight")
        (folder / "services.csv").write_text(later)
        assert counts(bring_in(worker, folder))[:2] == (0, 1)
        now = worker.directory.get(service_id=one.id)
        assert (now.name, now.description, now.phone) == ("Night beds", "Quiet", "999")

    def test_a_part_that_a_later_edition_leaves_out_is_gone(self, worker, folder):
        bring_in(worker, folder)
        (folder / "regular_schedules.csv").write_text(
            "id,service_id,weekday,opens_at,closes_at,original_text\n,1,Tuesday,7:30am,5pm,\n"
        )
        bring_in(worker, folder)
        assert {rule.byday for rule in worker.directory.find(words="beds")[0].rules} == {"TU", ""}

    def test_is_counted_before_anything_is_written(self, worker, folder):
        exchange = worker.directory_exchange
        reading = exchange.read_path(path=folder)
        before = exchange.preview(reading=reading, name="county")
        assert not worker.directory.find()
        assert counts(before) == counts(exchange.bring_in(reading=reading, name="county"))
        assert b"names no service" in exchange.rejects(reading=reading)

    def test_is_taken_back_whole(self, worker, folder):
        worker.directory.add(organization="Ours", service=NewService("Own beds"))
        batch = bring_in(worker, folder).summary.batch
        assert len(worker.directory.find()) == 3
        undone = worker.imports.undo(batch_id=batch)
        assert [one.name for one in worker.directory.find()] == ["Own beds"] and undone.removed == 5
        with pytest.raises(AlreadyUndone):
            worker.imports.undo(batch_id=batch)
        assert (
            counts(bring_in(worker, folder))[0] == batch is not None
            or counts(bring_in(worker, folder))[0] == 0
        )

    def test_puts_back_what_a_later_edition_changed(self, worker, folder):
        bring_in(worker, folder)
        before = worker.directory.find(words="beds")[0]
        (folder / "services.csv").write_text(MIAMI["services.csv"].replace("Overnight", "By day"))
        (folder / "organizations.csv").write_text(MIAMI["organizations.csv"].replace("Harbor", "Haven"))
        batch = bring_in(worker, folder).summary.batch
        assert worker.directory.get(service_id=before.id).description == "By day"
        worker.imports.undo(batch_id=batch)
        after = worker.directory.get(service_id=before.id)
        assert (after.description, after.organization) == ("Overnight", "Harbor")

    def test_stays_where_work_rests_on_it(self, worker, folder):
        batch = bring_in(worker, folder).summary.batch
        person_id = worker.people.add(details=a_person())
        service = worker.directory.find(words="beds")[0]
        worker.referrals.offer(person_id=person_id, need="bed", method=Method.SELF, service_id=service.id)
        with pytest.raises(TouchedSince):
            worker.imports.undo(batch_id=batch)
        assert worker.directory.find(words="beds")

    def test_keeps_hostile_words_as_words(self, worker, tmp_path):
        row = {"id": "s1", "name": HOSTILE, "status": "active", "organization": {"id": "o1", "name": "<b>&"}}
        (tmp_path / "x.json").write_text(json.dumps(row))
        bring_in(worker, tmp_path / "x.json")
        assert worker.directory.find()[0].name == HOSTILE


class TestTelling:
    def test_tells_in_the_standard_and_knows_it_again(self, worker, folder, tmp_path):
        worker.directory.add(
            organization="Ours",
            service=NewService(
                "Own beds",
                phone="+1 (541) 555-0100",
                address="1 Oak",
                city="Here",
                languages=("Hmong",),
                documents=("photo ID",),
                hours=((0, time(9), time(17)),),
                capacity_available=1,
                capacity_on=TODAY,
            ),
        )
        bring_in(worker, folder)
        one = worker.directory.find(words="overnight")[0]
        worker.directory.confirm(service_id=one.id, version=one.version)
        out = export(worker, tmp_path / "out.zip")
        again = bring_in(worker, out)
        assert counts(again)[:2] == (0, 0) and counts(again)[3] == 0 and again.summary.batch is None
        told = {row["name"]: row for row in rows(out, "service")}
        assert told["Beds"]["assured_date"] == TODAY.isoformat()
        assert {row["number"] for row in rows(out, "phone")} == {"+1 (541) 555-0100", "305-555-0100"}

    def test_says_the_same_in_an_empty_database(self, worker, folder, tmp_path, made_database):
        bring_in(worker, folder)
        out = export(worker, tmp_path / "out.zip")
        opened = builders.open_as_administrator(
            builders.copy_database(made_database, tmp_path / "other.caseapp")
        )
        other = builders.services_of(opened)
        assert counts(bring_in(other, out))[1:] == (0, 0, 0)
        second = export(other, tmp_path / "second.zip")
        for table in TABLES:
            assert sorted(map(str, rows(second, table))) == sorted(map(str, rows(out, table)))
        opened.close()

    def test_is_valid_whatever_came_in(self, worker, tmp_path, folder):
        (folder / "contacts.csv").write_text(
            "id,service_id,organization_id,name,email,title,department\n1,1,77,Ann,not an address,,\n"
        )
        bring_in(worker, folder)
        assert problems(export(worker, tmp_path / "out.zip")) == []

    @needs_examples
    def test_keeps_the_standard_s_examples_valid_and_the_same(self, worker, tmp_path):
        names = ["csv", *(one.name for one in sorted(EXAMPLES.glob("*_full.json")))]
        for name in names:
            bring_in(worker, EXAMPLES / name)
            assert counts(bring_in(worker, EXAMPLES / name))[:2] == (0, 0)
        out = export(worker, tmp_path / "out.zip")
        assert problems(out) == [] and counts(bring_in(worker, out))[:2] == (0, 0)

    @needs_examples
    def test_validates_against_the_standard_s_own_description(self, worker, tmp_path):
        frictionless = pytest.importorskip("frictionless", reason="its licences do not suit the lock")
        bring_in(worker, EXAMPLES / "csv")
        with zipfile.ZipFile(export(worker, tmp_path / "out.zip")) as archive:
            archive.extractall(tmp_path / "out")
        own = json.loads((tmp_path / "out" / "datapackage.json").read_text())
        told = json.loads((EXAMPLES / "datapackage.json").read_text())
        for one, ours in (
            (a, b) for a in told["resources"] for b in own["resources"] if a["name"] == b["name"]
        ):
            if len(one["schema"]["fields"]) < 3:  # its description of units and capacity lost their columns
                one["schema"]["fields"] = ours["schema"]["fields"]
        (tmp_path / "out" / "datapackage.json").write_text(json.dumps(told))
        report = frictionless.Package(str(tmp_path / "out" / "datapackage.json")).validate()
        assert report.valid, report.flatten(["name", "message"])


def problems(path):
    """What the standard's rules say against a package: required, links, one row an id, kinds and choices."""
    from caseapp.exchange.hsds_cells import fits, may_say

    tables = {name: rows(path, name) for name in TABLES}
    ids = {name: {row["id"] for row in found} for name, found in tables.items()}
    said = [f"{name} ids" for name, found in tables.items() if len(found) != len(ids[name])]
    for name, found in tables.items():
        for row in found:
            for column in TABLES[name].columns.values():
                text = row[column.name]
                if column.is_required and not text:
                    said.append(f"{name}.{column.name} empty")
                if text and not (fits(text, column) and may_say(text, name, column.name)):
                    said.append(f"{name}.{column.name} says {text}")
                if text and column.table and text not in ids[column.table]:
                    said.append(f"{name}.{column.name} leads nowhere")
    return said


def test_stops_when_asked_and_leaves_nothing(worker, folder):
    from caseapp.domain.imports import ImportStopped

    exchange = worker.directory_exchange
    reading = exchange.read_bytes(data=zipped(folder), name="county.zip")
    with pytest.raises(ImportStopped):
        exchange.bring_in(reading=reading, name="county.zip", progress=lambda *_told: False)
    assert not worker.directory.find() and not worker.imports.batches()


def zipped(folder):
    from caseapp.exchange.archives import pack

    return pack(Part(file.name, file.read_bytes()) for file in sorted(folder.iterdir()))


def test_freshness_counts_days(worker):
    from caseapp.domain.directory import has_room

    worker.directory.add(organization="H", service=NewService("x", capacity_available=1, capacity_on=TODAY))
    one = worker.directory.find()[0]
    assert has_room(one, today=TODAY) and has_room(one, today=TODAY + timedelta(days=8)) is None
