import csv
import io
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.errors import CaseAppError
from caseapp.exchange import archives, directory_hsds
from caseapp.exchange.archives import Part
from caseapp.exchange.directory_hsds import NotDirectory
from caseapp.exchange.hsds_cells import clean, clock, outgoing
from caseapp.exchange.hsds_json import NotJson
from caseapp.exchange.hsds_tables import TABLES
from tests.exchange.directory_editions import EXAMPLES, MIAMI, needs_examples


def parts_of(files):
    return [Part(name, text.encode()) for name, text in files.items()]


def read(files):
    return directory_hsds.read(parts_of(files), "county")


class TestOlder:
    def test_generation_reads_as_the_newest(self):
        tables = read(MIAMI).tables
        service = tables["service"]["1"]
        assert service["eligibility_description"] == "Adults"
        assert tables["organization"]["1"]["website"] == "http://harbor.example"
        assert (
            tables["address"]["1"] | {"address_type": "physical", "state_province": "FL"}
            == tables["address"]["1"]
        )
        days = sorted(
            (row["byday"], row["opens_at"], row["closes_at"])
            for row in tables["schedule"].values()
            if "byday" in row
        )
        assert days == [("MO", "07:30:00", "17:00:00"), ("TU", "07:30:00", "17:00:00")]
        assert (
            tables["schedule"]["1"]["closed"] == "true" and tables["schedule"]["1"]["until"] == "2026-12-25"
        )
        assert tables["cost_option"]["1"]["option"] == "Medicaid"
        assert tables["accessibility"]["1"]["description"] == "ramp"
        assert tables["taxonomy_term"]["1"]["taxonomy"] == "AIRS"
        assert (tables["attribute"]["1"]["link_id"], tables["attribute"]["1"]["link_entity"]) == (
            "1",
            "service",
        )
        assert tables["language"]["1"]["name"] == "Spanish"
        assert tables["service_area"]["1"]["name"] == "Dade\nCounty"

    def test_generation_tells_each_row_that_lacks_something(self):
        told = {(note.table, note.row): note for note in read(MIAMI).notes}
        assert told["service", 4].reason == "name is missing" and told["service", 4].is_rejected
        assert told["eligibility", 3].reason == "names no service" and told["eligibility", 3].is_rejected
        orphan = [note.reason for note in read(MIAMI).notes if (note.table, note.row) == ("service", 3)]
        assert "organization_id points to an organization that is not in the file" in orphan

    def test_second_generation_has_terms_and_attributes_apart(self):
        tables = read(
            {
                "services.csv": "id,organization_id,name,status,email,licenses\ns1,o1,Beds,active,,\n",
                "organizations.csv": "id,name,description,url,legal_status\no1,Harbor,Helps,,\n",
                "taxonomy_terms.csv": "id,term,description,parent_id,taxonomy,language\nt1,Shelter,Beds,,x,en\n",
                "service_attributes.csv": "id,service_id,taxonomy_term_id\na1,s1,t1\n",
                "other_attributes.csv": "id,link_id,link_type,taxonomy_term_id\na2,o1,organization,t1\n",
                "postal_addresses.csv": "id,location_id,address_1,address_2,address_3,city,state_province,postal_code,country\n"
                "p1,l1,Box 1,Unit 2,Rear,Town,OR,97000,US\n",
            }
        ).tables
        assert tables["taxonomy_term"]["t1"]["name"] == "Shelter"
        assert {row["link_entity"] for row in tables["attribute"].values()} == {"service", "organization"}
        assert tables["address"]["p1"]["address_2"] == "Unit 2, Rear"
        assert tables["address"]["p1"]["address_type"] == "postal"


class TestTables:
    def test_are_known_by_their_columns_and_not_by_the_file(self):
        renamed = {f"table {number}.csv": text for number, text in enumerate(MIAMI.values())}
        assert {name: len(rows) for name, rows in read(renamed).tables.items()} == {
            name: len(rows) for name, rows in read(MIAMI).tables.items()
        }

    def test_are_known_in_the_singular_too(self):
        singular = {TABLES[name].name + ".csv": text for name, text in (("service", MIAMI["services.csv"]),)}
        assert set(read(singular).tables) == {"service"}

    def test_keep_columns_that_the_standard_does_not_know(self):
        found = read({"services.csv": "id,name,organization_id,status,walk_in\ns1,Beds,o1,active,yes\n"})
        assert found.tables["service"]["s1"]["walk_in"] == "yes"
        assert any(note.reason.startswith("walk in is no column") for note in found.notes)

    def test_that_are_something_else_are_told_and_left_out(self):
        found = read({**MIAMI, "weather.csv": "day,rain\n1,2\n"})
        assert any("weather.csv" in note.reason for note in found.notes)

    def test_take_one_row_an_id(self):
        found = read({"services.csv": "id,name,organization_id\n1,Beds,o\n1,Meals,o\n1,Beds,o\n"})
        assert len(found.tables["service"]) == 1 and found.rejected == {"service": 2}
        assert found.rows == 3

    def test_read_any_encoding_and_separator(self):
        text = "id;name;organization_id;status\n1;Señor Díaz;o;active\n"
        for data in (text.encode("utf-16"), text.encode("cp1252"), text.encode("utf-8-sig")):
            found = directory_hsds.read([Part("services.csv", data)], "x")
            assert found.tables["service"]["1"]["name"] == "Señor Díaz"


SERVICE = {
    "id": "s1",
    "name": "Beds",
    "status": "active",
    "organization": {"id": "o1", "name": "Harbor", "description": "Helps"},
    "phones": [{"id": "p1", "number": "555", "extension": 7, "languages": [{"id": "g1", "name": "Hmong"}]}],
    "service_at_locations": [{"id": "t1", "location": {"id": "l1", "location_type": "physical"}}],
    "capacities": [
        {
            "id": "c1",
            "available": 3,
            "updated": "2026-11-01T00:00:00Z",
            "unit": {"id": "u1", "name": "bed"},
        }
    ],
    "attributes": [{"id": "a1", "taxonomy_term": {"id": "x1", "name": "Shelter", "description": "d"}}],
    "unheard_of": {"deep": [1, 2]},
}


class TestJson:
    @pytest.mark.parametrize(
        "wrapped", [lambda one: one, lambda one: [one], lambda one: {"contents": [one], "size": 1}]
    )
    def test_is_one_object_an_array_or_a_page(self, wrapped):
        tables = read({"x.json": json.dumps(wrapped(SERVICE))}).tables
        assert tables["service"]["s1"]["organization_id"] == "o1"
        assert tables["service_at_location"]["t1"]["location_id"] == "l1"
        assert tables["language"]["g1"]["phone_id"] == "p1" and tables["phone"]["p1"]["extension"] == "7"
        assert tables["service_capacity"]["c1"]["unit_id"] == "u1"
        assert (
            tables["attribute"]["a1"] | {"link_id": "s1", "link_entity": "service"}
            == tables["attribute"]["a1"]
        )
        assert tables["service"]["s1"]["unheard_of"] == '{"deep": ["1", "2"]}'

    @pytest.mark.parametrize(
        "text",
        [
            "[" * 10_000 + "]" * 10_000,
            '{"a":' * 10_000 + "1" + "}" * 10_000,
            '{"id": "s1", "name": "Beds", "phones": ' + '[{"contacts": ' * 60 + "[]" + "}]" * 60 + "}",
            '{"id": ',
            "[1, 2]",
            '{"id": "1", "rain": "2"}',
            "[]",
        ],
    )
    def test_that_is_no_directory_is_refused(self, text):
        with pytest.raises((NotJson, NotDirectory)):
            read({"x.json": text})

    def test_of_bytes_that_are_no_text_is_refused(self):
        with pytest.raises(CaseAppError):
            directory_hsds.read([Part("x.json", b'{"id": "\xff\xfe"}')], "x")

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda one: (
                st.lists(one, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        ["id", "name", "services", "organization", "phones", "contents", "status"]
                    ),
                    one,
                    max_size=4,
                )
            ),
            max_leaves=12,
        )
    )
    def test_of_any_shape_is_read_or_refused(self, content):
        with suppress(CaseAppError):
            assert read({"x.json": json.dumps(content)}).tables


class TestCells:
    @pytest.mark.parametrize(
        ("text", "time"),
        [
            ("7:30am", "07:30:00"),
            ("12pm", "12:00:00"),
            ("12:15 a.m.", "00:15:00"),
            ("10:00Z", "10:00:00Z"),
            ("24:00", "23:59:00"),
            ("25:00", ""),
            ("9", ""),
            ("noon", ""),
        ],
    )
    def test_read_times_as_people_write_them(self, text, time):
        assert clock(text) == time

    @pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+SUM(A1)", "@x", "-cmd|' /C calc'!A0"])
    def test_let_no_spreadsheet_run_them_and_come_back_as_they_were(self, text):
        written = outgoing(text, TABLES["service"].columns["description"])
        assert written == f"'{text}" and clean(written, "text") == text

    @pytest.mark.parametrize("text", ["+1 (801) 555-0100", "-5", "'Til Dawn"])
    def test_leave_numbers_and_words_alone(self, text):
        kind = TABLES["phone"].columns["number"]
        assert clean(outgoing(text, kind), "text") == text
        assert text.startswith("'") or outgoing(text, kind) == text


@needs_examples
class TestExamples:
    @pytest.mark.parametrize(
        "name",
        [
            "csv",
            *(one.name for one in sorted(EXAMPLES.glob("*.json")) if one.stem not in ("base", "datapackage")),
        ],
    )
    def test_of_the_standard_are_read_without_a_rejected_row(self, name):
        found = directory_hsds.read(archives.read(EXAMPLES / name), name)
        assert found.rows and not found.rejected

    def test_of_the_standard_lose_no_cell(self):
        found = directory_hsds.read(archives.read(EXAMPLES / "csv"), "csv")
        for table in TABLES.values():
            rows = list(csv.DictReader(io.StringIO((EXAMPLES / "csv" / table.file).read_text())))
            for row in rows:
                kept = found.tables[table.name][row["id"]]
                assert {k: v.strip() for k, v in row.items() if v} == kept | {}
