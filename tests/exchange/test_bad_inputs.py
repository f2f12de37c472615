"""Files that would fill the memory, hide rows or tell wrong times: a sentence, or the right answer."""

import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter

from caseapp.exchange import sheet
from caseapp.exchange.layouts import Layout, Source
from caseapp.system.messages import sentence_for
from tests.exchange.reading import whole

ZONE = ZoneInfo("America/Los_Angeles")
LAYOUT = Layout(
    "x",
    "x",
    {"number": Source(("Number",)), "received_at": Source(("Received",)), "type_text": Source(("Type",))},
)


def calls_of(*received):
    lines = [f"A{n},{text},Noise" for n, text in enumerate(received)]
    return whole(sheet.held("\n".join(["Number,Received,Type", *lines]).encode(), "x.csv"), LAYOUT, ZONE)


def workbook(fill):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        fill(book, book.add_worksheet())
    return made.getvalue()


class TestText:
    @pytest.mark.parametrize("bomb", [b"A1,2024-05-01," + b"x" * (5 << 20), b'"a\n",' * (1 << 20)])
    def test_refuses_a_row_without_end_by_its_number(self, bomb):
        with pytest.raises(sheet.RowTooLong) as error:
            sheet.held(b"Number,Received,Type\nA0,2024-05-01,Noise\n" + bomb, "x.csv")
        assert error.value.values["row"] == 3 and "row 3" in sentence_for(error.value).casefold()

    def test_reads_times_of_three_zones_and_of_none(self):
        found = calls_of(
            "2024-05-01T10:00:00-07:00", "2024-05-01T17:00:00Z", "05/01/2024 1:00 PM EDT", "2024-05-01 10:00"
        )
        assert {call.received_at for call in found.calls} == {datetime(2024, 5, 1, 17, tzinfo=UTC)}

    def test_takes_the_first_of_an_hour_that_comes_twice_and_counts_it(self):
        found = calls_of("2024-11-03 00:30", "2024-11-03 01:30", "2024-11-03 02:30")
        assert [call.received_at.hour for call in found.calls] == [7, 8, 10]
        assert found.warnings["hour-that-comes-twice"] == 1

    def test_reads_a_time_that_spring_leaves_out_with_the_offset_before(self):
        assert calls_of("2024-03-10 02:30").calls[0].received_at == datetime(2024, 3, 10, 10, 30, tzinfo=UTC)

    def test_lets_one_row_say_that_the_day_comes_first_in_all_of_them(self):
        received = ["05/04/2024 10:00"] * 6000 + ["13/04/2024 10:00"]
        found = calls_of(*received)
        assert {call.received_at.month for call in found.calls} == {4} and not found.problems


class TestWorkbooks:
    def test_reads_the_rows_above_a_million_empty_styled_ones(self):
        def fill(book, page):
            for place, name in enumerate(("Number", "Received", "Type")):
                page.write(0, place, name)
                page.write(1, place, ("A1", "2024-05-01 10:00", "Noise")[place])
            grey = book.add_format({"bg_color": "#eeeeee"})
            for row in range(2, 20_000):
                page.write_blank(row, 0, None, grey)
            page.set_row(1_048_575, 30, grey)

        found = whole(sheet.held(workbook(fill), "x.xlsx"), LAYOUT, ZONE)
        assert len(found.calls) == 1 and not found.problems

    def test_takes_what_a_formula_last_gave_and_the_one_value_of_merged_cells(self):
        def fill(book, page):
            page.merge_range(0, 0, 0, 2, "Calls of May", book.add_format())
            for place, name in enumerate(("Number", "Received", "Type")):
                page.write(1, place, name)
            page.write_formula(2, 0, '="A"&1', None, "A1")
            page.write(2, 1, "2024-05-01 10:00")
            page.merge_range(2, 2, 3, 2, "Noise", book.add_format())
            page.write(3, 0, "A2")
            page.write(3, 1, "2024-05-01 11:00")

        found = whole(sheet.held(workbook(fill), "x.xlsx"), LAYOUT, ZONE)
        assert [(call.number, call.type_text) for call in found.calls] == [("A1", "Noise"), ("A2", "")]

    def test_is_a_workbook_whatever_its_name_says(self):
        def fill(_book, page):
            page.write_row(0, 0, ("Number", "Received", "Type"))
            page.write_row(1, 0, ("A1", "2024-05-01 10:00", "Noise"))

        assert whole(sheet.held(workbook(fill), "calls.csv"), LAYOUT, ZONE).calls[0].number == "A1"
        text = b"Number,Received,Type\nA1,2024-05-01 10:00,Noise\n"
        assert whole(sheet.held(text, "calls.xlsx"), LAYOUT, ZONE).calls[0].number == "A1"

    def test_says_that_a_password_locks_it(self):
        locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
        with pytest.raises(sheet.Protected) as error:
            sheet.held(locked, "calls.xlsx")
        assert "password" in sentence_for(error.value)
