from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.births import Birth, Precision
from caseapp.domain.errors import CaseAppError
from caseapp.exchange import calls_sheet, layout_reading, layouts, recogniser, sheet
from caseapp.system.paths import resource
from tests.exchange.call_sheets import ALIASES, ZONE, accounted
from tests.exchange.reading import whole

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "cfs"


def read(data, name="calls.csv", layout=None):
    found = sheet.read(data, name)
    chosen = layout or layouts.recognise(found.header, layout_reading.shipped(resource("layouts")))
    if chosen is None:
        chosen = recogniser.layout_of(recogniser.propose(found, ALIASES), name="proposed", file=name)
    return whole(found, chosen, ZONE)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared exports are not on this machine")
class TestSharedExports:
    @pytest.mark.parametrize(
        ("file", "rows", "calls", "units", "rejected"),
        [
            ("dallas_active_calls_2018.csv", 63, 45, 63, 0),
            ("lane_county_mobile_crisis_mcslc_2025.csv", 4682, 4682, 4682, 0),
            ("lane_county_mobile_crisis_mcslc_2025.xlsx", 4682, 4682, 4682, 0),
            ("nashville_mnpd_calls_2024.csv", 20000, 20000, 17364, 0),
        ],
    )
    def test_account_for_every_row(self, file, rows, calls, units, rejected):
        reading = read((SHARED / file).read_bytes(), file)
        assert (reading.rows, len(reading.calls), len(reading.problems)) == (rows, calls, rejected)
        assert sum(len(call.responses) for call in reading.calls) == units
        assert accounted(reading)

    def test_count_what_stands_at_midnight_as_date_only(self):
        reading = read((SHARED / "lane_county_mobile_crisis_mcslc_2025.csv").read_bytes())
        assert reading.warnings["date-only"] == 1262 and reading.warnings["arrival-before-request"] == 19

    def test_keep_dispatches_without_any_date_within_the_span_of_their_file(self):
        calls = read((SHARED / "lane_county_mobile_crisis_mcslc_2025.csv").read_bytes()).calls
        undated = [call for call in calls if call.received_until]
        dated = [call.received_at for call in calls if not call.received_until]
        assert len(undated) == 71 and all(call.received_is_day for call in undated)
        assert {(one.received_at, one.received_until) for one in undated} == {(min(dated), max(dated))}

    @pytest.mark.parametrize("file", ["dallas_active_calls_2018.csv", "nashville_mnpd_calls_2024.csv"])
    def test_are_recognised_without_their_layout_too(self, file):
        found = sheet.read((SHARED / file).read_bytes(), file)
        layout = recogniser.layout_of(recogniser.propose(found, ALIASES), name="proposed", file=file)
        known = read((SHARED / file).read_bytes(), file)
        assert [c.number for c in whole(found, layout, ZONE).calls] == [c.number for c in known.calls]


HEADERS = {
    "Springfield": "incident_number,initial_call_type,final_call_type,responding_agency,primary_responding_unit,call_creation_time,first_dispatched_time,first_arrival_time,clear_time,priority",
    "New Orleans": "NOPD_Item,Type,TypeText,Priority,InitialType,TimeCreate,TimeDispatch,TimeArrive,TimeClosed,Disposition,DispositionText,Beat,BLOCK_ADDRESS,Zip",
    "Seattle": "CAD Event Number,Event Clearance Description,Call Type,Priority,Initial Call Type,Final Call Type,Original Time Queued,Arrived Time,Precinct,Sector,Beat",
    "Charleston": "Master_Incident_Number,Response_Date,Problem,Address,City,State,Postal_Code,Call_Disposition,Time_CallClosed,LONGITUDE,LATITUDE",
    "Detroit": "Incident ID,Agency,Incident Address,Zip Code,Priority,Call Code,Call Description,Category,Call Time,Longitude,Latitude",
    "Los Angeles": "Incident_Number,Area_Occ,Rpt_Dist,Dispatch_Date,Dispatch_Time,Call_Type_Code,Call_Type_Text",
    "Austin": "CAD Number,Response Date,Initial Problem Type,Final Problem Type,Block Address,Time Phone Pick Up,Time First Unit Arrived",
    "Cincinnati": "event_number,address_x,latitude_x,longitude_x,beat,district,create_time_incident,dispatch_time_primary_unit,arrival_time_primary_unit,closed_time_incident,incident_type_id,incident_type_desc,disposition_text,priority",
}


def invented_value(column, number):
    name = column.casefold()
    if name in ("dispatch_date",):
        return f"0{number}/05/2024"
    if name == "dispatch_time":
        return f"1{number}:05:00"
    if "date" in name or "time" in name or "queued" in name:
        return f"0{number}/05/2024 11:0{number}:00 PM"
    if "lat" in name:
        return f"39.{number}"
    if "lon" in name:
        return f"-84.{number}"
    if any(word in name for word in ("number", "item", "incident id")):
        return f"A-2024-{number:05d}"
    if "zip" in name or "postal" in name:
        return "45202"
    return f"{column} words" if "type" in name or "desc" in name or "problem" in name else str(number)


class TestUnknownLayouts:
    @pytest.mark.parametrize("city", HEADERS)
    def test_are_proposed_from_names_and_values(self, city):
        header = HEADERS[city].split(",")
        lines = [HEADERS[city]] + [",".join(invented_value(name, n) for name in header) for n in range(1, 8)]
        reading = read("\r\n".join(lines).encode())
        assert len(reading.calls) == 7 and not reading.problems
        assert reading.calls[0].type_text and not reading.calls[0].received_is_day

    def test_seconds_after_the_call_are_added(self):
        data = b"inci_id,calltime,nature,secs_to_disp,secs_to_arrv\n1A,2020-05-01 10:00:00,WELFARE,60,600\n2B,2020-05-01 11:00:00,WELFARE,30,\n"
        call = read(data).calls[0]
        assert (call.dispatched_at - call.received_at).seconds == 60
        assert (call.on_scene_at - call.received_at).seconds == 600

    def test_say_what_is_missing(self):
        with pytest.raises(recogniser.NotRecognised) as error:
            read(b"colour,taste\nred,sweet\nblue,sour\n")
        assert "call number" in error.value.values["missing"]


class TestRejects:
    def test_come_back_when_mended(self):
        data = b'Incident Number,Call Received,Call Type,Address\n,2024-05-01 10:00,Noise,"=1+1, Oak St"\nB2,2024-05-01 11:00,Noise,Elm\n'
        reading = read(data)
        assert [(one.row, one.reason) for one in reading.problems] == [(2, "no call number")]
        rejects = b"".join(calls_sheet.rejects(reading.reading, reading.problems))
        assert b",'=1+1" not in rejects and b'"\'=1+1, Oak St"' in rejects
        mended = rejects.replace(b"no call number,,", b"no call number,A1,")
        again = read(mended)
        assert [(call.number, call.place) for call in again.calls] == [("A1", "=1+1, Oak St")]


class TestSheets:
    @given(st.binary(max_size=400))
    def test_give_rows_or_a_sentence_for_any_bytes(self, data):
        try:
            found = sheet.read(data, "x.csv")
        except CaseAppError:
            return
        assert all(len(row) == len(found.header) for row in found.rows)

    @given(
        st.lists(
            st.lists(
                st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8), min_size=2, max_size=4
            ),
            min_size=1,
            max_size=6,
        )
    )
    def test_lose_no_row_of_any_table(self, rows):
        import csv
        import io

        text = io.StringIO()
        csv.writer(text).writerows([["Incident Number", "Call Received", "Call Type", "Address"], *rows])
        layout = layouts.Layout(
            "x",
            "x",
            {
                "number": layouts.Source(("Incident Number",)),
                "received_at": layouts.Source(("Call Received",)),
            },
        )
        assert accounted(whole(sheet.read(text.getvalue().encode(), "x.csv"), layout, ZONE))

    @pytest.mark.parametrize(
        ("data", "first"),
        [
            ("\ufeffa;b\n1;2\n".encode(), "a"),
            ("a\tb\n1\t2\n".encode("utf-16"), "a"),
            ("añb\tb\n1\t2\n".encode("utf-16-le"), "añb"),
            ("Ada Nguyễn\tb\r\n1\t2\r\n".encode("utf-16-be"), "Ada Nguyễn"),
            ("Añb,b\n1,2\n".encode("cp1252"), "Añb"),
            ("ï»¿a,b\n1,2\n".encode(), "a"),
            (b"a,a\n1,2\n", "a"),
        ],
    )
    def test_are_read_in_any_encoding(self, data, first):
        found = sheet.read(data, "x.csv")
        assert found.header[0] == first and found.rows == [["1", "2"]]

    def test_tell_duplicate_columns_apart(self):
        assert sheet.read(b"a,a\n1,2\n", "x.csv").header == ("a", "a (2)")

    def test_refuse_a_quote_that_never_closes(self):
        with pytest.raises(sheet.FieldTooLong):
            sheet.read(b'a,b\n1,"' + b"x\n" * 140_000, "x.csv")

    @pytest.mark.parametrize("damage", [b"\x00", b"\x00\xd8", b"\x00\xd8\x00\x00"])
    def test_refuse_wide_text_that_breaks(self, damage):
        with pytest.raises(sheet.NotReadable):
            sheet.read("a,b\n1,2\n".encode("utf-16-le") + damage, "x.csv")

    @pytest.mark.parametrize("data", [b"", b"\n\n", b"PK\x03\x04nonsense", bytes(range(256)) * 4])
    def test_refuse_what_is_no_table(self, data):
        with pytest.raises((sheet.Empty, sheet.NotReadable)):
            sheet.read(data, "x.csv")


@pytest.mark.parametrize(
    ("received", "written", "born"),
    [
        ("11/24/2026 01:40", "5/12/30", Birth(date(1930, 5, 12))),
        ("11/24/2026 01:40", "5/12/1980", Birth(date(1980, 5, 12))),
        ("24/11/2026 01:40", "5/12/1980", Birth(date(1980, 12, 5))),
        ("11/24/2026 01:40", "1976", Birth(date(1976, 1, 1), Precision.YEAR)),
        ("11/24/2026 01:40", "Mar 1976", Birth(date(1976, 3, 1), Precision.MONTH)),
        ("11/24/2026 01:40", "5/12/2980", None),
        ("11/24/2026 01:40", "unknown", None),
    ],
)
def test_reads_as_much_of_a_birth_as_the_dispatch_centre_wrote(received, written, born):
    """The 1930 of an old man was 2030, a year alone was nothing, and a day before its month was the month."""
    head = "Incident Number,Call Received,Call Type,Address,Disposition,Unit,Subject Name,Subject DOB"
    row = f"26-1,{received},Welfare check,Oak St,Assisted,A1,Sam Vale,{written}"
    (call,) = read(f"{head}\n{row}\n".encode()).calls
    assert [one.birth for one in call.people] == [born]
