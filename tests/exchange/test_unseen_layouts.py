"""Exports of centres never seen, invented in the shapes that real ones have, read without help."""

from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.exchange import recogniser, sheet
from tests.exchange.call_sheets import ALIASES, accounted
from tests.exchange.reading import whole

ZONE = ZoneInfo("America/New_York")


class Case(NamedTuple):
    """An export and what its first row says: number, wall clock of the request, type, place."""

    data: bytes
    number: str
    received: str
    type_text: str
    place: str
    rows: int = 12
    calls: int = 0
    """Where that is fewer than rows: several rows tell of one call."""


def rows(header, make, count=12, *, end="\r\n", encoding="utf-8", mark=b""):
    lines = ([header] if header else []) + [make(n) for n in range(1, count + 1)]
    return mark + (end.join(lines) + end).encode(encoding)


TYPES = ("WELFARE CHECK", "TRESPASS", "DISTURBANCE", "SUICIDE THREAT", "NOISE")
STREETS = ("OAK", "MAIN", "22ND", "MLK JR", "RIVER")


def kind(n):
    return TYPES[n % 5]


def street(n):
    return STREETS[n % 5]


CASES = {
    "the receipt named less plainly than the queue, after it": Case(
        rows(
            "OBJECTID,MASTER_INCIDENT_NUMBER,RESPONSE_DATE,PROBLEM,Response Address,Time_Call_Enters_Queue",
            lambda n: (
                f"{n},DP24-{n:05d},3/{n}/2024 11:58:0{n % 10} PM,{kind(n)},{n}00 E {street(n)} ST,"
                f"3/{n}/2024 11:59:0{n % 10} PM"
            ),
        ),
        "DP24-00001",
        "2024-03-01 23:58",
        "TRESPASS",
        "100 E MAIN ST",
    ),
    "when it occurred, before it was reported": Case(
        rows(
            "Incident Number,Occurred Date Time,Reported Date Time,Nature,Location",
            lambda n: (
                f"24-{n:05d},2024-03-{n:02d} 11:50,2024-03-{n:02d} 11:58,{kind(n)},{n}00 E {street(n)} ST"
            ),
        ),
        "24-00001",
        "2024-03-01 11:58",
        "TRESPASS",
        "100 E MAIN ST",
    ),
    "Tucson-like: ArcGIS times with offset, split block": Case(
        rows(
            "OBJECTID,CallNumber,NatureCodeDesc,ACTDATETIME,ADDRESS_PUBLIC,DIVISION,Priority",
            lambda n: (
                f"{900 + n},2024{n:06d},{kind(n)},2024/03/{n:02d} 11:0{n % 10}:00+00,{n}00 BLOCK E {street(n)} ST,EAST,3"
            ),
        ),
        "2024000001",
        "2024-03-01 06:01",
        "TRESPASS",
        "100 BLOCK E MAIN ST",
    ),
    "split address with number, direction, street, type, city": Case(
        rows(
            "CFS No,Date Received,Time Received,Nature,Number,Direction,Street,Type,City,Zip",
            lambda n: (
                f"C24-{n:04d},03/{n:02d}/2024,{n + 6}:15 AM,{kind(n)},{n}20,N,{street(n)},ST,Eugene,97401.{n % 10}"
                if n < 6
                else f"C24-{n:04d},03/{n:02d}/2024,{n - 5}:15 PM,{kind(n)},{n}20,S,{street(n)},AVE,Eugene,97401.0"
            ),
        ),
        "C24-0001",
        "2024-03-01 07:15",
        "TRESPASS",
        "120 N MAIN ST",
    ),
    "MMDDYYYY and HHMM in two columns": Case(
        rows(
            "IncidentNum|CallDate|CallTime|CallTypeDesc|LocationText",
            lambda n: f"{240000 + n}|03{n:02d}2024|{n + 8:02d}05|{kind(n)}|{n}00 {street(n)} ST",
        ),
        "240001",
        "2024-03-01 09:05",
        "TRESPASS",
        "100 MAIN ST",
    ),
    "no header, MMDDYYYY, HHMMSS": Case(
        rows(
            "",
            lambda n: f"24{n:05d},03{n:02d}2024,{n + 8:02d}0500,{kind(n)},{n}00 {street(n)} ST,RENO,NV,89501",
        ),
        "2400001",
        "2024-03-01 09:05",
        "TRESPASS",
        "100 MAIN ST",
    ),
    "double byte-order mark and semicolons": Case(
        rows(
            "Event No;Created;Problem;Block Address",
            lambda n: f"E-{n:04d};2024-03-{n:02d}T09:05:00;{kind(n)};{n}XX {street(n)} AVE",
            mark="\ufeffï»¿".encode(),
        ),
        "E-0001",
        "2024-03-01 09:05",
        "TRESPASS",
        "1XX MAIN AVE",
    ),
    "cp1252 letters and AM/PM": Case(
        rows(
            "Incident #,Call Rcvd Dttm,Call Type Description,Incident Address",
            lambda n: f"I{n:05d},3/{n}/2024 9:05:00 PM,{kind(n)},{n}00 CAÑON ST",
            encoding="cp1252",
        ),
        "I00001",
        "2024-03-01 21:05",
        "TRESPASS",
        "100 CAÑON ST",
    ),
    "duplicate headers": Case(
        rows(
            "Incident,Date,Time,Date,Time,Type,Type,Location",
            lambda n: (
                f"24-{n:05d},03/{n:02d}/2024,09:05,03/{n:02d}/2024,09:15,T{n % 5},{kind(n)},{n}00 {street(n)} RD"
            ),
        ),
        "24-00001",
        "2024-03-01 09:05",
        "TRESPASS",
        "100 MAIN RD",
    ),
    "milliseconds since 1970": Case(
        rows(
            "OBJECTID,IncidentID,CallReceivedTime,FinalCallType,Location",
            lambda n: f"{n},{5000 + n * 7},{1709283900000 + n * 1000},{kind(n)},{n}00 {street(n)} DR",
        ),
        "5007",
        "2024-03-01 04:05",
        "TRESPASS",
        "100 MAIN DR",
    ),
    "seconds since 1970": Case(
        rows(
            "call_id,created_ts,nature,address",
            lambda n: f"A{n:04d},{1709283900 + n},{kind(n)},{n}00 {street(n)} DR",
        ),
        "A0001",
        "2024-03-01 04:05",
        "TRESPASS",
        "100 MAIN DR",
    ),
    "seconds after the request": Case(
        rows(
            "inci_no,calltime,secs2disp,secs_to_arrival,nature,premise_address",
            lambda n: f"{n:06d},2024-03-{n:02d} 09:05:00,{n * 30},{n * 90},{kind(n)},{n}00 {street(n)} DR",
        ),
        "000001",
        "2024-03-01 09:05",
        "TRESPASS",
        "100 MAIN DR",
    ),
    "SQL Server's own dates": Case(
        rows(
            "Case ID\tEntry DateTime\tCall Nature\tAddress\tDispo",
            lambda n: f"{n:07d}\tMar  {n % 9 + 1} 2024  9:05AM\t{kind(n)}\t{n}00 {street(n)} DR\tRPT",
        ),
        "0000001",
        "2024-03-02 09:05",
        "TRESPASS",
        "100 MAIN DR",
    ),
    "Oracle's own dates": Case(
        rows(
            "CAD_EVT_NBR,EVT_CREATE_DTTM,EVT_TYPE_DESC,EVT_LOCATION",
            lambda n: f"P{n:06d},{n:02d}-MAR-24 09.05.00.000000 AM,{kind(n)},{n}00 {street(n)} DR",
        ),
        "P000001",
        "2024-03-01 09:05",
        "TRESPASS",
        "100 MAIN DR",
    ),
    "a title above the header and blank columns at the end": Case(
        b"Calls for service March 2024,,,,,\r\n,,,,,\r\n"
        + rows(
            "Run Number,Time Call Opened,Type of Call,Location,,",
            lambda n: f"R{n:03d},03/{n:02d}/2024 09:05,{kind(n)},{street(n)} ST / ELM ST,,",
        ),
        "R001",
        "2024-03-01 09:05",
        "TRESPASS",
        "MAIN ST / ELM ST",
    ),
    "codes only": Case(
        rows(
            "Incident Number,Response Date,Signal Code,Block",
            lambda n: f"{n:06d},2024-03-{n:02d} 09:05,{n % 4 + 20},{n}00 BLK {street(n)}",
        ),
        "000001",
        "2024-03-01 09:05",
        "21",
        "100 BLK MAIN",
    ),
    "only the first type": Case(
        rows(
            "EventNumber,DateTimeReceived,InitialCallTypeDescription,HundredBlock",
            lambda n: f"{n:06d},2024-03-{n:02d} 09:05,{kind(n)},{n}XX {street(n)} ST",
        ),
        "000001",
        "2024-03-01 09:05",
        "TRESPASS",
        "1XX MAIN ST",
    ),
    "code and words in one cell, numbers spoiled by a spreadsheet": Case(
        rows(
            "Master Inc No,Call Open,Nature,Addr,Zip",
            lambda n: f"24000{n:02d}.0,03/{n:02d}/24 09:05,12{n % 5}C - {kind(n)},{n}00 {street(n)},80111.1",
        ),
        "2400001",
        "2024-03-01 09:05",
        "TRESPASS",
        "100 MAIN",
    ),
    "names that say nothing": Case(
        rows(
            "f1,f2,f3,f4",
            lambda n: f"X{n:05d},2024-03-{n:02d} 09:05:00,{kind(n)},{n}00 {street(n)} ST",
        ),
        "X00001",
        "2024-03-01 09:05",
        "TRESPASS",
        "100 MAIN ST",
    ),
    "several times, the request not first": Case(
        rows(
            "closed_time,arrive_time,dispatch_time,create_time,event_num,final_type,loc",
            lambda n: (
                f"2024-03-{n:02d} 10:05,2024-03-{n:02d} 09:25,2024-03-{n:02d} 09:10,2024-03-{n:02d} 09:05,E{n:04d},{kind(n)},{n}00 {street(n)} ST"
            ),
        ),
        "E0001",
        "2024-03-01 09:05",
        "TRESPASS",
        "100 MAIN ST",
    ),
    "dates and times as numbers that lost their zeros": Case(
        rows(
            "EVT_NO,DT_RCVD,TM_RCVD,NATURE,LOC,DISPO",
            lambda n: f"P24{n:06d},3{n:02d}2024,{n}05,{kind(n)},{n}00 {street(n)} ST/ASH ST,NAT",
        ),
        "P24000001",
        "2024-03-01 01:05",
        "TRESPASS",
        "100 MAIN ST/ASH ST",
    ),
    "a number sign, a row for each unit, tabs": Case(
        rows(
            "CFS #\tReceived\tUnit\tUnit Disp\tUnit Onscene\tCall Nature\tLocation",
            lambda n: (
                f"24-{(n + 1) // 2:07d}\t03/13/24 {n:02d}:05\tA{n}\t03/13/24 {n:02d}:07\t03/13/24 {n:02d}:15\t"
                f"{kind((n + 1) // 2)}\t{(n + 1) // 2}00 {street((n + 1) // 2)} ST"
            ),
        ),
        "24-0000001",
        "2024-03-13 01:05",
        "TRESPASS",
        "100 MAIN ST",
        calls=6,
    ),
    "how values are written, in the header": Case(
        rows(
            "Event ID,Call Received (MM/DD/YYYY HH:MM),Secs to Dispatch,Call Type Description,Block Address (Public)",
            lambda n: f"L{n:05d},03/{n + 12}/2024 09:05,{90 + n},{kind(n)},{n}00 BLK {street(n)} ST",
        ),
        "L00001",
        "2024-03-13 09:05",
        "TRESPASS",
        "100 BLK MAIN ST",
    ),
    "split address whose columns begin alike": Case(
        rows(
            "inc_num,date_time,addr_num,addr_dir,addr_street,addr_sfx,call_type,beat",
            lambda n: f"E{n:06d},2024-03-{n:02d} 09:05:00,{n}00,N,{street(n)},ST,{kind(n)},517",
        ),
        "E000001",
        "2024-03-01 09:05",
        "TRESPASS",
        "100 N MAIN ST",
    ),
    "one header twice, the first of them saying one thing only": Case(
        rows(
            "Incident;Date;Time;Type;Type;Address;Address",
            lambda n: f"24-{n:05d};2024-03-{n:02d};09:05;CFS;{kind(n)};{n}00 {street(n)} ST;Peña Park",
            count=24,
            encoding="latin-1",
        ),
        "24-00001",
        "2024-03-01 09:05",
        "TRESPASS",
        "100 MAIN ST",
        rows=24,
    ),
    "no header and codes alone": Case(
        rows(
            "",
            lambda n: (
                f"24{n:05d},{('415', '5150', '10-50', '459')[n % 4]},03{n:02d}2024,{n % 24:02d}0500,RPD,"
                f"{n}00 {street(n)} ST,RENO,NV"
            ),
            count=24,
        ),
        "2400001",
        "2024-03-01 01:05",
        "5150",
        "100 MAIN ST",
        rows=24,
    ),
    "UTF-16 with tabs": Case(
        rows(
            "Call Number\tReceived\tCall Type\tAddress",
            lambda n: f"{n:05d}\t2024-03-{n:02d} 09:05\t{kind(n)}\t{n}00 {street(n)} ST",
            encoding="utf-16",
        ),
        "00001",
        "2024-03-01 09:05",
        "TRESPASS",
        "100 MAIN ST",
    ),
    "day before month": Case(
        rows(
            "Call Number,Received,Call Type,Address",
            lambda n: f"{n:05d},{n + 10}/03/2024 09:05,{kind(n)},{n}00 {street(n)} ST",
        ),
        "00001",
        "2024-03-11 09:05",
        "TRESPASS",
        "100 MAIN ST",
    ),
    "old line ends and quotes inside fields": Case(
        rows(
            "Call Number,Received,Call Type,Address",
            lambda n: f'{n:05d},2024-03-{n:02d} 09:05,"{kind(n)}, ""SUBJ""","{n}00 {street(n)} ST"',
            end="\r",
        ),
        "00001",
        "2024-03-01 09:05",
        'TRESPASS, "SUBJ"',
        "100 MAIN ST",
    ),
}


def read(data):
    found = sheet.read(data, "x.csv")
    proposals = recogniser.propose(found, ALIASES)
    layout = recogniser.layout_of(proposals, name="x", file="x.csv", header=found.header)
    return whole(found, layout, ZONE)


@pytest.mark.parametrize("name", CASES)
class TestUnseenLayouts:
    def test_have_number_time_type_and_place_found(self, name):
        case = CASES[name]
        call = read(case.data).calls[0]
        wall = call.received_at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
        assert (call.number, wall, call.type_text, call.place) == case[1:5]

    def test_have_every_row_accounted_for(self, name):
        reading = read(CASES[name].data)
        assert accounted(reading) and reading.rows == CASES[name].rows
        assert len(reading.calls) == (CASES[name].calls or CASES[name].rows)
        assert not reading.problems and not any(call.received_is_day for call in reading.calls)


class TestDoubts:
    def test_name_what_no_column_says(self):
        found = sheet.read(b"Call Number,Received\n1-1,2024-03-01 09:05\n1-2,2024-03-02 09:05\n", "x.csv")
        said = recogniser.doubts(recogniser.propose(found, ALIASES), found)
        assert "No column looks like the type of the call." in said
        assert "No column looks like the place." in said

    def test_name_a_file_without_a_header(self):
        found = sheet.read(CASES["no header and codes alone"].data, "x.csv")
        said = recogniser.doubts(recogniser.propose(found, ALIASES), found)
        assert said[0] == "The file has no header: each column is told by its values alone."
        assert any(one.startswith("Type text from “column 2” is a guess (50%)") for one in said)

    def test_name_guesses_from_values_alone(self):
        found = sheet.read(CASES["names that say nothing"].data, "x.csv")
        said = " ".join(recogniser.doubts(recogniser.propose(found, ALIASES), found))
        assert all(f"“f{n}”" in said for n in range(1, 5)) and "guess" in said

    def test_name_dates_that_can_be_read_two_ways(self):
        found = sheet.read(b"Call Number,Received\n1-1,5/1/2024 09:05\n1-2,5/2/2024 09:05\n", "x.csv")
        assert any("5/12" in one for one in recogniser.doubts(recogniser.propose(found, ALIASES), found))

    @pytest.mark.parametrize(
        ("columns", "values"),
        [("Nature", "MENTAL HEALTH"), ("Problem,Description", "MENTAL HEALTH,{n} asked for a ride")],
    )
    def test_take_a_column_of_one_type_for_the_type(self, columns, values):
        lines = [
            f"24-{n:05d},2024-03-{n:02d} 11:50,{values.format(n=n)},{n}00 E {street(n)} ST"
            for n in range(1, 25)
        ]
        data = "\n".join([f"Incident Number,Received,{columns},Address", *lines]).encode()
        found = sheet.read(data, "x.csv")
        assert recogniser.doubts(recogniser.propose(found, ALIASES), found) == ()
        assert read(data).calls[0].type_text == "MENTAL HEALTH"

    def test_stay_away_from_what_is_plain(self):
        data = CASES["several times, the request not first"].data
        found = sheet.read(data, "x.csv")
        assert recogniser.doubts(recogniser.propose(found, ALIASES), found) == ()


SHAPES = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.000",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M:%S %p",
    "%b %d %Y %I:%M%p",
    "%d-%b-%y %I.%M.%S.000000 %p",
    "%A, %B %d, %Y %I:%M %p",
    "%Y%m%d%H%M%S",
    "%Y/%m/%d %H:%M:%S+00",
    "%m/%d/%Y, %I:%M:%S %p",
)


@given(
    st.sampled_from(SHAPES),
    st.datetimes(datetime(2015, 1, 13), datetime(2030, 1, 1)),
    st.sampled_from(("Received", "call_time", "CREATE_DTTM", "TimeCallOpened", "Date/Time Reported")),
    st.sampled_from(("Incident Number", "EVT_NBR", "callId", "CAD #", "Run No.")),
)
def test_reads_a_time_in_every_shape_under_every_name(shape, wall, when, number):
    wall = wall.replace(second=0, microsecond=0, day=max(13, min(wall.day, 28)), hour=max(4, wall.hour))
    lines = [f"{number}\t{when}\tNature"] + [
        f"24-{n:04d}\t{wall.strftime(shape)}\t{kind(n)}" for n in range(8)
    ]
    call = read("\n".join(lines).encode()).calls[0]
    expected = wall.replace(tzinfo=UTC if shape.endswith("+00") else ZONE)
    assert call.received_at == expected.astimezone(UTC)
