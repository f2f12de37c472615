"""Every published layout of the research list, under its real header with invented rows."""

import re

import pytest

from caseapp.exchange import layout_reading, layouts, recogniser, sheet
from caseapp.exchange.spellings import column_key
from caseapp.system.paths import resource
from tests.exchange.call_sheets import ALIASES, ZONE, accounted
from tests.exchange.reading import whole

HEADERS = {
    "Eugene": "yr,agency,service,inci_id,calltime,case_id,callsource,nature,closecode,closed_as,secs_to_disp,secs_to_arrv,secs_to_close,disp,arrv,priority,primeunit,units_dispd,units_arrived,month",
    "San Diego": "incident_num,date_time,day_of_week,address_number_primary,address_dir_primary,address_road_primary,address_sfx_primary,address_dir_intersecting,address_road_intersecting,address_sfx_intersecting,call_type,disposition,beat,priority",
    "Nashville": "OBJECTID,Event Number,Complaint Number,Tencode,Tencode Description,Tencode Suffix,Tencode Suffix Description,Disposition Code,Disposition Description,Block,Street Name,Unit Dispatched,Shift,Sector,Zone,Latitude,Longitude,RPA,Call_Received",
    "Dallas": "beat,block,date_time,division,incident_number,location,nature_of_call,priority,reporting_area,status,unit_number",
    "Detroit later": "incident_entry_id,call_timestamp,calldescription,officerinitiated,priority,intaketime,dispatchtime,traveltime,totalresponsetime,time_on_scene,totaltime,precinct_sca,longitude,latitude",
    "Los Angeles": "Incident_Number,Area_Occ,Rpt_Dist,Dispatch_Date,Dispatch_Time,Call_Type_Code,Call_Type_Text",
    "Austin": "CAD Number,Response Date,Call Date,Initial Problem Type,Final Problem Type,Block Address,Time Phone Pick Up,Time First Unit Arrived",
    "San Francisco": "cad_number,received_datetime,close_datetime,call_type_final,call_type_final_desc,supervisor_district",
    "Phoenix": "INCIDENT_NUM,DISP_CODE,DISPOSITION,FINAL_RADIO_CODE,FINAL_CALL_TYPE,CALL_RECEIVED,HUNDREDBLOCKADDR,GRID",
    "Baltimore": "recordId,callNumber,callDateTime,priority,district,description,incidentLocation,location",
    "New Orleans": "NOPD_Item,Type,TypeText,Priority,InitialType,InitialTypeText,InitialPriority,MapX,MapY,TimeCreate,TimeDispatch,TimeArrival,TimeClosed,Disposition,DispositionText,SelfInitiated,Beat,BLOCK_ADDRESS,Zip,PoliceDistrict,Location",
    "Seattle": "CAD Event Number,Event Clearance Description,Call Type,Priority,Initial Call Type,Final Call Type,Original Time Queued,Arrived Time,Precinct,Sector,Beat,Blurred_Longitude,Blurred_Latitude",
}
EXPECTED = {
    "Eugene": {"number": "inci_id", "received_at": "calltime", "on_scene_at": "secs_to_arrv"},
    "San Diego": {"number": "incident_num", "received_at": "date_time", "type_text": "call_type"},
    "Nashville": {"number": "Event Number", "received_at": "Call_Received", "type_code": "Tencode"},
    "Dallas": {"number": "incident_number", "unit": "unit_number", "type_text": "nature_of_call"},
    "Detroit later": {"number": "incident_entry_id", "received_at": "call_timestamp"},
    "Los Angeles": {"number": "Incident_Number", "dispatched_at": "Dispatch_Date"},
    "Austin": {"number": "CAD Number", "received_at": "Time Phone Pick Up"},
    "San Francisco": {"received_at": "received_datetime", "type_code": "call_type_final"},
    "Phoenix": {"received_at": "CALL_RECEIVED", "disposition_code": "DISP_CODE"},
    "Baltimore": {"number": "callNumber", "received_at": "callDateTime"},
    "New Orleans": {"type_initial_code": "InitialType", "cleared_at": "TimeClosed", "zip": "Zip"},
    "Seattle": {"type_initial_text": "Initial Call Type", "latitude": "Blurred_Latitude"},
}
SHAPES = (
    (r"number_primary", lambda n: f"{n}00"),
    (r"dir_(primary|intersecting)", lambda n: "NS"[n % 2]),
    (r"sfx_(primary|intersecting)", lambda n: ("ST", "AVE")[n % 2]),
    (r"secs", lambda n: str(n * 60)),
    (r"^dispatch_time$", lambda n: f"1{n}:05:00"),
    (r"^(dispatchtime|intaketime|traveltime|totalresponsetime|totaltime|time_on_scene)$", lambda n: f"{n}.5"),
    (r"^(yr|month|disp|arrv|day_of_week|units_.*)$", str),
    (r"date|time|received|queued", lambda n: f"0{n}/05/2024 11:0{n}:00 PM"),
    (r"latitude", lambda n: f"39.{n}"),
    (r"longitude", lambda n: f"-84.{n}"),
    (r"^(beat|zone|sector|precinct.*|grid|priority|block|shift)$", str),
    (
        r"(call|event|cad|incident).?(num|number|entry_id)|nopd_item|inci_id|recordid",
        lambda n: f"A24-{n:05d}",
    ),
    (r"zip", "80111.{}".format),
    (r"nature_of_call", lambda n: f"{n}A - Welfare check"),
    (r"code|initialtype$|^type$|call_type_final$|tencode$", lambda n: f"{n}4"),
)


def invented(column, number):
    for pattern, value in SHAPES:
        if re.search(pattern, column, re.IGNORECASE):
            return value(number)
    return f"{column} words {number % 2}"


def table(city):
    names = HEADERS[city].split(",")
    rows = [",".join(invented(name, number) for name in names) for number in range(1, 9)]
    return "\n".join([HEADERS[city], *rows]).encode()


def proposed(data):
    found = sheet.read(data, "x.csv")
    return found, recogniser.propose(found, ALIASES)


def read(data):
    found, proposals = proposed(data)
    layout = recogniser.layout_of(proposals, name="x", file="x.csv", header=found.header)
    return whole(found, layout, ZONE)


@pytest.mark.parametrize("city", HEADERS)
class TestPublishedLayouts:
    def test_have_their_fields_found(self, city):
        fields = {one.field: one.columns[0] for one in proposed(table(city))[1]}
        assert {field: fields.get(field) for field in EXPECTED[city]} == EXPECTED[city]

    def test_give_a_call_a_row(self, city):
        reading = read(table(city))
        assert len(reading.calls) == 8 and accounted(reading)
        assert not any(call.received_is_day for call in reading.calls)

    def test_give_reasons_and_samples(self, city):
        for one in proposed(table(city))[1]:
            assert 0.5 <= one.confidence <= 1 and (one.reasons or one.field == "city")


class TestProposals:
    def test_read_a_file_without_header(self):
        rows = [f"24{n:05d},415{n},0{n}152024,{n:02d}3000,RPD,{n}00 OAK ST,RENO,NV,R{n}" for n in range(1, 9)]
        reading = read("\n".join(rows).encode())
        assert len(reading.calls) == 8 and reading.calls[0].number == "2400001"
        assert "without a header" in reading.how_read
        assert reading.calls[0].received_at.astimezone(ZONE).isoformat() == "2024-01-15T01:30:00-08:00"

    def test_join_number_and_street(self):
        assert read(table("San Diego")).calls[0].place == "100 S address_road_primary words 1 AVE"
        assert read(table("Dallas")).calls[1].place == "2 location words 0"

    def test_take_code_and_text_out_of_one_cell(self):
        call = read(table("Dallas")).calls[2]
        assert (call.type_code, call.type_text) == ("3A", "Welfare check")

    def test_read_times_of_a_column_in_utc_as_utc(self):
        rows = [f"B-{n},2024-05-0{n} 12:00:00,Noise" for n in range(1, 6)]
        call = read("\n".join(["Event Number,createdDateUTC,Call Type", *rows]).encode()).calls[0]
        assert call.received_at.hour == 12

    def test_say_that_a_layout_without_numbers_has_none(self):
        data = b"Call_Created_Time,Call_Priority,Unit_OnScene_Time\n2020-01-01 10:00,2,NULL\n"
        with pytest.raises(recogniser.NotRecognised) as error:
            read(data)
        assert error.value.values["missing"] == "a call number"

    def test_know_a_centre_by_its_columns_whatever_the_file_is_called(self):
        found, proposals = proposed(table("Phoenix"))
        may, june = (
            recogniser.layout_of(proposals, name=name, file=name, header=found.header)
            for name in ("may", "june")
        )
        assert may.centre == june.centre and may.name != june.name


SHIPPED = layout_reading.shipped(resource("layouts"))


@pytest.mark.parametrize("layout", SHIPPED, ids=lambda one: one.name)
def test_reads_invented_rows_by_each_shipped_layout(layout):
    names = list(dict.fromkeys(name for source in layout.fields.values() for name in source.columns))
    header = "" if names[0] == "column 1" else ",".join(names)
    if header:
        names += sorted((layout.signature | layout.ignored) - set(map(column_key, names)))
        header = ",".join(names)
    else:
        names.sort()
    lines = [",".join(shipped_cell(layout, name, n) for name in names) for n in range(1, 9)]
    found = sheet.read("\n".join(filter(None, [header, *lines])).encode(), "x.csv")
    if header:
        assert layouts.recognise(found.header, SHIPPED) is layout
    reading = whole(found, layout, ZONE)
    assert (
        accounted(reading)
        and len(reading.calls) == 8
        and set(reading.warnings) <= {"received-from-a-later-time"}
    )
    assert all(call.received_at.year == 2024 and not call.received_is_day for call in reading.calls)
    assert "type_text" not in layout.fields or all(call.type_text for call in reading.calls)


def shipped_cell(layout, name, n):
    """A value in the shape that the layout says the column has."""
    fields = [field for field, source in layout.fields.items() if name in source.columns]
    field = next((one for one in fields if one in layouts.TIMES), fields[0] if fields else "")
    if not field:
        return f"{name} {n % 3}"
    source = layout.fields[field]
    if source.after:
        return f"{n}.5" if source.unit == 60 else str(n * 40)
    if field in layouts.TIMES and len(source.columns) == 2:
        return f"03{n:02d}2024" if name == source.columns[0] else f"09{n % 6}500"
    if field in layouts.TIMES:
        return f"03/0{n}/2024 0{n}:{layouts.TIMES.index(field) * 7 + 10}:00 PM"
    if field in ("latitude", "longitude"):
        return f"{39 + n / 10}"
    return {"number": f"24{n:05d}", "zip": "80111.1"}.get(field) or (
        f"{n}A - Welfare check" if source.takes else f"{field} {n % 3}"
    )


def test_prefers_the_shipped_layout_over_a_proposal():
    found = sheet.read(table("Nashville"), "x.csv")
    assert (
        layouts.recognise(found.header, layout_reading.shipped(resource("layouts"))).name == "nashville-mnpd"
    )
