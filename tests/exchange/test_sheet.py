"""Sheets that hurt: bombs, far cells, open quotes, titles above the header, several sheets."""

import csv
import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.errors import CaseAppError
from caseapp.exchange import cells, sheet, workbook
from caseapp.system.messages import sentence_for


def xlsx(sheets):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    for name, cells_ in sheets.items():
        page = book.add_worksheet(name)
        for (row, column), value in cells_.items():
            page.write(row, column, value)
    book.close()
    return file.getvalue()


def rezipped(data, replace):
    old, new = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in old.infolist():
            out.writestr(entry.filename, replace.get(entry.filename, old.read(entry)))
    return new.getvalue()


def grid(*rows):
    return {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row)}


SMALL = xlsx({"a": grid(("Number", "City"), ("A1", "Reno"))})


class TestWorkbooks:
    def test_refuse_one_cell_at_the_far_corner(self):
        with pytest.raises(sheet.TooLarge):
            sheet.read(xlsx({"a": {(0, 0): "Number", (1048575, 16383): "x"}}), "x.xlsx")

    def test_refuse_far_cells_without_a_place_of_their_own(self):
        page = b"<worksheet><sheetData><row r='1'><c><v>1</v></c></row><row r='1048576'>"
        page += b"<c><v>1</v></c>" * 16384 + b"</row></sheetData></worksheet>"
        with pytest.raises(sheet.TooLarge):
            sheet.read(rezipped(SMALL, {"xl/worksheets/sheet1.xml": page}), "x.xlsx")

    def test_take_formats_without_values_to_the_last_row(self):
        page = b'<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>Number</v></c></row>'
        page += b'<row r="2"><c r="A2"><v>7</v></c></row>'
        page += b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData></worksheet>'
        assert sheet.read(rezipped(SMALL, {"xl/worksheets/sheet1.xml": page}), "x.xlsx").rows == [["7"]]

    def test_refuse_a_bomb_before_it_is_unpacked(self):
        bomb = io.BytesIO()
        with (
            zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out,
            out.open("xl/workbook.xml", "w", force_zip64=True) as entry,
        ):
            for _ in range(workbook.UNPACKED_LIMIT // (1 << 22) + 1):
                entry.write(bytes(1 << 22))
        assert len(bomb.getvalue()) < 1_000_000
        with pytest.raises(sheet.TooLarge):
            sheet.read(bomb.getvalue(), "x.xlsx")

    def test_refuse_a_size_that_lies(self):
        lying = bytearray(SMALL)
        at = lying.index(b"PK\x01\x02")
        lying[at + 24 : at + 28] = (3).to_bytes(4, "little")
        with pytest.raises(sheet.NotReadable):
            sheet.read(bytes(lying), "x.xlsx")

    def test_refuse_too_many_entries(self, monkeypatch):
        monkeypatch.setattr(workbook, "_ENTRY_LIMIT", 3)
        with pytest.raises(sheet.TooLarge):
            sheet.read(SMALL, "x.xlsx")

    @pytest.mark.parametrize("inside", ["word/document.xml", "../evil", "C:\\x", "xl/workbook.bin"])
    def test_refuse_an_archive_that_is_no_workbook(self, inside):
        other = io.BytesIO()
        with zipfile.ZipFile(other, "w") as out:
            out.writestr(inside, "x")
        with pytest.raises(sheet.NotReadable):
            sheet.read(other.getvalue(), "x.xlsx")

    @given(st.integers(0, len(SMALL) - 1), st.integers(0, 255))
    def test_give_rows_or_a_sentence_for_any_damage(self, at, byte):
        damaged = SMALL[:at] + bytes([byte]) + SMALL[at + 1 :]
        try:
            sheet.read(damaged, "x.xlsx")
        except CaseAppError as error:
            assert "x.xlsx" in sentence_for(error)

    def test_are_not_asked_to_follow_entities(self):
        page = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData>'
        page += b'<row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>'
        try:
            found = sheet.read(rezipped(SMALL, {"xl/worksheets/sheet1.xml": page}), "x.xlsx")
            assert "aaaa" not in str(found)
        except CaseAppError as error:
            assert sentence_for(error)

    def test_keep_row_numbers_of_a_sheet_that_starts_lower(self):
        moved = {(row + 3, column): value for (row, column), value in grid(("N", "C"), ("A1", "R")).items()}
        assert sheet.read(xlsx({"a": moved}), "x.xlsx").first_row == 5

    def test_take_a_sheet_a_year_as_one_and_name_what_is_left(self):
        years = {
            "2020": grid(("Number", "City"), ("A1", "Reno")),
            "Notes": grid(("Read me",)),
            "2021": grid(("Number", "City"), ("A2", "Reno")),
        }
        found = sheet.read(xlsx(years), "x.xlsx")
        assert [row[0] for row in found.rows] == ["A1", "A2"]
        assert "2021" in found.how_read and "without sheet “Notes”" in found.how_read

    def test_begin_behind_a_title_page(self):
        book = {"Cover": grid(("For the street team",)), "List": grid(("Number", "City"), ("A1", "Reno"))}
        found = sheet.read(xlsx(book), "x.xlsx")
        assert found.rows == [["A1", "Reno"]] and found.how_read == "XLSX, without sheet “Cover”"


class TestText:
    def test_refuses_an_open_quote_that_would_hide_rows(self):
        with pytest.raises(sheet.OpenQuote) as error:
            sheet.read(b'a,b\n1,2\n3,"4\n5,6\n', "x.csv")
        assert error.value.values["row"] == 3 and "row 3" in sentence_for(error.value)

    @pytest.mark.parametrize("text", ['1,5" pipe', '1,"a ""b"" c"', '1,"two\nlines"'])
    def test_takes_quotes_that_close(self, text):
        assert len(sheet.read(f"a,b\n{text}\n2,3".encode(), "x.csv").rows) == 2

    def test_counts_control_characters_it_leaves_out(self):
        found = sheet.read(b"aa,bb\n1\x00\x1b,2\n" + b"3,4\n" * 20, "x.csv")
        assert found.rows[0] == ["1", "2"] and "2 control characters left out" in found.how_read

    def test_says_that_a_double_mark_was_there(self):
        assert "double byte-order mark" in sheet.read("ï»¿a,b\n1,2\n".encode(), "x.csv").how_read

    def test_obeys_a_separator_line(self):
        found = sheet.read(b"sep=;\na,x;b;c\n1;2;3\n", "x.csv")
        assert found.header == ("a,x", "b", "c") and found.first_row == 3

    def test_skips_a_report_title_above_the_header(self):
        found = sheet.read(b"Calls of May,,\n,,\nNumber,Received,Type\nA1,2024-05-01,Noise\n", "x.csv")
        assert found.header[0] == "Number" and found.first_row == 4
        assert "2 rows above the header" in found.how_read

    def test_cuts_blank_columns_at_the_end_and_keeps_those_that_hold_something(self):
        assert sheet.read(b"a,b,,\n1,2,,\n", "x.csv").header == ("a", "b")
        assert sheet.read(b"a,b,,\n1,2,,x\n", "x.csv").header == ("a", "b", "column 3", "column 4")

    def test_tells_duplicates_of_duplicates_apart(self):
        header = sheet.read(b"a,a,a (2),a\n1,2,3,4\n", "x.csv").header
        assert len(set(header)) == 4

    def test_names_columns_by_place_where_there_is_no_header(self):
        found = sheet.read(b"20240501,110500,X\n20240502,120500,Y\n", "x.csv")
        assert found.header[0] == "column 1" and len(found.rows) == 2 and not found.has_header

    @given(st.text(max_size=300))
    def test_gives_rows_or_a_sentence_for_any_text(self, text):
        try:
            found = sheet.read(text.encode("utf-8", "surrogatepass"), "x.csv")
        except CaseAppError as error:
            assert sentence_for(error)
        else:
            assert all(len(row) == len(found.header) for row in found.rows)

    @given(st.sampled_from(",;\t|"), st.lists(st.text("ab ,;|\"'", max_size=6), min_size=1, max_size=5))
    def test_finds_the_separator_of_a_quoted_table(self, mark, texts):
        out = io.StringIO()
        rows = [["Number", "City", "Note"], *(["A1", "Reno", text] for text in texts)]
        csv.writer(out, delimiter=mark, quoting=csv.QUOTE_ALL).writerows(rows)
        assert sheet.read(out.getvalue().encode(), "x.csv").rows == rows[1:]


class TestGuards:
    @pytest.mark.parametrize(
        "text", ["=1+1", "+1", "-5", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x"]
    )
    def test_stand_before_whatever_a_spreadsheet_would_run(self, text):
        assert cells.guarded(text) == "'" + text

    @given(st.text())
    def test_are_undone_exactly(self, text):
        assert cells.unguarded(cells.guarded(text)) == text
