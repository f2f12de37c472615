"""Flat JSON in the wrappings of open data, and EIDO documents with all that hangs on an incident."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.domain.births import Birth
from caseapp.domain.calls import NarrativePart
from caseapp.domain.errors import CaseAppError
from caseapp.exchange import calls_eido, eido, json_rows, sheet
from tests.exchange.json_documents import CALLS, a_document, at


def read(*documents):
    return calls_eido.read(eido.documents_of(list(documents)), name="x.json", sha256="0")


class TestEido:
    def test_puts_everything_where_it_belongs(self):
        (call,) = read(a_document()).calls
        assert (call.number, call.received_at, call.source) == ("26-100", at(10, 1), "911")
        assert (call.type_text, call.type_code, call.priority, call.district) == (
            "Person in crisis",
            "MH",
            "4",
            "B4",
        )
        assert (call.place, call.city, call.zip, call.latitude) == (
            "1200 W 11TH AVE",
            "Eugene",
            "97401",
            44.05,
        )
        assert (call.cross_street, call.agency) == ("Pearl St", "Lane 911")
        assert (call.call_taker, call.dispatcher) == ("Ann T", "D3")
        assert (call.responses[0].call_sign, call.responses[0].dispatched_at) == ("1J77", at(10, 5))
        person = call.people[0]
        assert (person.part, person.name, person.birth) == ("caller", "Mia Oduya", Birth(date(1990, 2, 3)))
        assert person.phone == "541-555-0100"
        note = call.notes[0]
        assert (note.text, note.part, note.author) == (
            "Caller says he shouts",
            NarrativePart.CALL_TAKER,
            "Ann T",
        )

    def test_the_newest_document_wins_whatever_their_order(self):
        later = a_document(
            "2026-11-20T10:20:00+00:00",
            "On Scene",
            incidentTypeInternalText="Welfare check",
            dispositionComponent=[
                {"dispositionCommonRegistryCode": "X", "dispositionPrimaryIndicator": False},
                {"dispositionDescriptionText": "Assisted", "dispositionPrimaryIndicator": True},
            ],
        )
        later["notesComponent"][0]["noteText"] = "Team is there"
        reading = read(later, a_document())
        (call,) = reading.calls
        assert (call.type_text, call.disposition) == ("Welfare check", "Assisted")
        assert (call.responses[0].dispatched_at, call.responses[0].on_scene_at) == (at(10, 5), at(10, 20))
        assert [note.text for note in call.notes] == ["Caller says he shouts", "Team is there"]
        assert call == read(a_document(), later).calls[0]._replace(source_row=call.source_row)
        assert (reading.rows, reading.told, reading.problems().__next__ if reading.rejected else None) == (
            2,
            2,
            None,
        )

    def test_tells_of_what_is_no_call_and_of_another_centre(self):
        other = a_document()
        other["issuingElementIdentification"] = "elsewhere"
        found = read(a_document(), {"incidentComponent": {}}, other)
        assert [(one.row, one.reason[:11]) for one in found.problems()] == [
            (2, "from anothe"),
            (3, "from anothe"),
        ]

    def test_refuses_entities_in_a_place(self):
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x><HNO>&b;</HNO><RD>OAK</RD></x>'
        assert eido.Place(bomb).address == ""
        assert eido.Place("<x><RD>OAK").address == ""

    @settings(max_examples=60)
    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=6),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from([*a_document(), "$id", "$ref", "noteText"]), inner, max_size=4
                )
            ),
            max_leaves=20,
        )
    )
    def test_takes_whatever_comes(self, value):
        documents = eido.documents_of(
            [{"incidentComponent": value}, {**a_document(), "personComponent": value}]
        )
        found = calls_eido.read(documents, name="x", sha256="0")
        assert found.told + len(found.rejected) == found.rows == 2


class TestFlat:
    @pytest.mark.parametrize(
        "value",
        [
            CALLS,
            {"results": CALLS},
            {
                "type": "FeatureCollection",
                "features": [{"type": "Feature", "properties": one} for one in CALLS],
            },
            {"features": [{"attributes": one} for one in CALLS]},
        ],
    )
    def test_is_a_table_with_its_keys_as_header(self, value):
        found = sheet.read(json.dumps(value).encode(), "x.json")
        assert found.header == ("num", "when", "where street", "tags")
        assert found.rows == [["A1", "2026-11-20 10:00", "Oak", ""], ["7.5", "", "", "a; b"]]

    def test_reads_an_object_a_line_and_columns_told_apart(self):
        lines = "\n".join(map(json.dumps, CALLS))
        for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
            assert len(sheet.read(lines.encode(encoding), "x.jsonl").rows) == 2, encoding
        with pytest.raises(sheet.NotReadable):
            sheet.read(lines.encode("utf-16-le") + b"\x00", "x.jsonl")
        with pytest.raises(json_rows.NotJson):
            sheet.read((lines + " " * 400).encode("utf-16-le") + b"\x00\xd8", "x.jsonl")
        apart = {
            "meta": {"view": {"columns": [{"name": "num"}, {"name": "when"}]}},
            "data": [["A1", 5], ["A2", None]],
        }
        assert sheet.read(json.dumps(apart).encode(), "x.json").rows == [["A1", "5"], ["A2", ""]]

    def test_leaves_a_csv_with_brackets_alone(self):
        assert sheet.read(b"[Num],[When]\nA1,2026-11-20\n", "x.csv").header == ("[Num]", "[When]")

    @pytest.mark.parametrize(
        "data", [b'{"a": ', b"[]", b"[{}]", b"[[1, 2]]", b'{"a":1}\nx', b"[" * 5000 + b"{"]
    )
    def test_refuses_in_a_sentence(self, data):
        if json_rows.looks_like(data):
            with pytest.raises(CaseAppError):
                sheet.read(data, "x.json")

    @settings(max_examples=60)
    @given(
        st.lists(
            st.dictionaries(st.text(max_size=4), st.none() | st.integers() | st.text(max_size=4)), min_size=1
        )
    )
    def test_keeps_every_object(self, value):
        if any(value):
            found = json_rows.rows(json_rows.parsed(json.dumps(value).encode(), "x"), "x")
            assert len(found) == len(value) + 1 and {len(row) for row in found} == {len(found[0])}
