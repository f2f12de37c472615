"""What holds of every page that is printed: read back, tagged, whole on its paper, and looking as it did."""

import io
import re

import pdfplumber
import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject
from reportlab.pdfbase.pdfmetrics import stringWidth

from caseapp.documents import charts, face_sheet, letter, outcomes, person_letter
from caseapp.documents.page import Built, Paper, Running, style
from caseapp.domain.charts import Chart, Mark, Point
from tests.builders import HOSTILE
from tests.documents import pictures
from tests.documents.invented import DOCUMENTS, ZONE, a_face_sheet, a_letter, a_report, a_table

LONG = "ten words that stand in a cell of this table. " * 220 + "endofnote"
"""A note of 10,000 letters."""


@pytest.fixture(scope="module")
def made():
    return {name: build() for name, build in DOCUMENTS.items()}


def squeezed(text):
    return re.sub(r"\s", "", text)


def text_of(built):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(built.pdf)).pages)


def elements(node):
    """Every element of a tree with its kind and its marked contents."""
    node = node.get_object()
    kids = node["/K"].get_object() if isinstance(node["/K"], IndirectObject) else node["/K"]
    kids = kids if isinstance(kids, list) else [kids]
    yield node["/S"], [one for one in kids if isinstance(one, int)], node
    for one in kids:
        if not isinstance(one, int):
            yield from elements(one)


@pytest.mark.parametrize("name", DOCUMENTS)
class TestEveryDocument:
    def test_reads_back_with_its_title_language_fonts_and_page_numbers(self, made, name):
        reader = PdfReader(io.BytesIO(made[name].pdf))
        assert reader.metadata.title
        assert reader.trailer["/Root"]["/Lang"] == ("es-US" if name.endswith("-es") else "en-US")
        assert len(reader.pages) == made[name].pages
        for number, page in enumerate(reader.pages, start=1):
            numbers = "Página {} de {}" if name.endswith("-es") else "Page {} of {}"
            assert numbers.format(number, len(reader.pages)) in page.extract_text()
            for font in page["/Resources"]["/Font"].get_object().values():
                assert "+OpenSans" in font["/BaseFont"]
                assert "/FontFile2" in font["/FontDescriptor"]

    def test_is_tagged_in_the_order_in_which_it_is_read(self, made, name):
        reader = PdfReader(io.BytesIO(made[name].pdf))
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"].value is True
        found = list(elements(root["/StructTreeRoot"]["/K"]))
        assert found[0][0] == "/Document" and "/H1" in {kind for kind, _marks, _node in found}
        marks = [number for _kind, numbers, _node in found for number in numbers]
        written = [int(n) for page in reader.pages for n in re.findall(rb"MCID (\d+)", contents(page))]
        assert sorted(marks) == sorted(written) and marks
        numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
        for page in reader.pages:
            owners = numbers[2 * page["/StructParents"] + 1]
            assert len(owners) == len(re.findall(rb"MCID (\d+)", contents(page)))

    def test_looks_as_it_did(self, made, name):
        assert pictures.compare(name, made[name].pdf) == []

    def test_gives_the_same_bytes_for_the_same_values(self, made, name):
        assert DOCUMENTS[name]().pdf == made[name].pdf


def contents(page):
    return page["/Contents"].get_object().get_data()


def test_everything_that_is_not_told_is_an_artifact(made):
    for line_kind in (b"BDC", b"BMC"):
        assert line_kind in contents(PdfReader(io.BytesIO(made["handoff"].pdf)).pages[0])
    stream = contents(PdfReader(io.BytesIO(made["handoff"].pdf)).pages[0])
    depth = 0
    for operator in re.findall(rb"\b(?:BDC|BMC|EMC|Tj|TJ|re|l)\b", stream):
        depth += {b"BDC": 1, b"BMC": 1, b"EMC": -1}.get(operator, 0)
        assert depth == (0 if operator == b"EMC" else 1)


def test_a_table_is_told_by_rows_and_its_heads(made):
    root = PdfReader(io.BytesIO(made["accounting"].pdf)).trailer["/Root"]
    kinds = [kind for kind, _marks, _node in elements(root["/StructTreeRoot"]["/K"])]
    assert kinds.count("/TR") == 7 and kinds.count("/TH") == 3 and kinds.count("/TD") == 18


def test_a_chart_is_told_by_its_sentence(made):
    root = PdfReader(io.BytesIO(made["outcomes"].pdf)).trailer["/Root"]
    told = [node["/Alt"] for kind, _m, node in elements(root["/StructTreeRoot"]["/K"]) if kind == "/Figure"]
    assert told and all(len(one) > 20 for one in told)


def test_a_picture_that_changed_is_found():
    kept = pictures.first_page(DOCUMENTS["handoff"]().pdf)
    assert pictures.blocks_that_differ(kept, kept) == []
    moved = kept.transform(kept.size, 0, (1, 0, 0, 0, 1, 6))
    assert len(pictures.blocks_that_differ(moved, kept)) > 10


def test_a_foot_too_long_for_its_line_is_whole_and_does_not_reach_the_page_numbers():
    paper = Paper(Running("Foot", f"2026-00412    {'a long name ' * 14}endoffoot"))
    paper.text("its words")
    with pdfplumber.open(io.BytesIO(paper.build().pdf)) as pdf:
        words = {one["text"]: one for one in pdf.pages[0].extract_words()}
    assert words["endoffoot"]["x1"] < words["Page"]["x0"]


class TestLongContent:
    def test_of_a_table_cell_goes_on_over_the_pages(self):
        built = letter.build(a_table(LONG, count=3))
        text = squeezed(text_of(built))
        assert text.count("endofnote") == 3 and built.pages > 3
        assert_inside(built)

    def test_of_a_face_sheet_and_a_letter_is_whole(self):
        sheet = face_sheet.build(a_face_sheet(alert=LONG))
        assert "endofnote" in text_of(sheet) and sheet.pages > 1
        written = person_letter.build([a_letter(text=LONG), a_letter()])
        assert "endofnote" in text_of(written)
        assert_inside(sheet)
        assert_inside(written)

    @pytest.mark.parametrize("count", [20, 60])
    def test_repeats_the_heads_of_a_table_on_each_page(self, count):
        built = letter.build(a_table(count=count))
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(built.pdf)).pages]
        assert all("To whom" in page for page in pages if "Mill Clinic" in page)
        assert sum(page.count("Mill Clinic") for page in pages) == count

    def test_never_leaves_a_heading_alone_at_the_foot(self):
        for lines in range(36, 48):
            paper = Paper(Running("Headings", "foot"))
            paper.add(*(paper.words.paragraph(f"line {n}", style(9.5)) for n in range(lines)))
            paper.heading("A heading")
            paper.text("its first words")
            pages = [page.extract_text() for page in PdfReader(io.BytesIO(paper.build().pdf)).pages]
            (with_heading,) = (page for page in pages if "A heading" in page)
            assert "its first words" in with_heading


def test_a_long_name_is_printed_whole_and_inside_the_page():
    name = " ".join(["Wolfeschlegelsteinhausen"] * 8)
    built = face_sheet.build(a_face_sheet(called=name))
    assert squeezed(name) in squeezed(text_of(built))
    assert_inside(built)


@pytest.mark.parametrize("words", [HOSTILE, "<para>", "</b>&amp;<br/>", "<img src='file:///etc/passwd'/>"])
def test_markup_in_a_name_is_printed_as_it_is_written(words):
    printed = squeezed(words.replace("\u202e", ""))
    for built in (
        face_sheet.build(a_face_sheet(called=words)),
        person_letter.build([a_letter(name=words)]),
        letter.build(a_table(words)),
    ):
        assert printed in squeezed(text_of(built))


def test_a_letter_without_a_glyph_is_told_before_it_is_printed():
    built = person_letter.build([a_letter(name="Sam 😀")])
    assert built.missing_glyphs == ("😀",) and "no printed form" in text_of(built)


def test_letters_in_one_file_are_numbered_each_by_itself():
    built = person_letter.build([a_letter(text=LONG), a_letter("Ana Reyes")])
    last = PdfReader(io.BytesIO(built.pdf)).pages[-1].extract_text()
    assert "Ana Reyes" in last and "Page 1 of 1" in last and built.pages > 2


def test_a_report_of_many_pages_stays_inside_them():
    assert_inside(outcomes.build(a_report(), zone=ZONE))


def assert_inside(built: Built) -> None:
    """No word over a margin or into the foot's line, on the first pages and the last."""
    with pdfplumber.open(io.BytesIO(built.pdf)) as pdf:
        for page in (*pdf.pages[:2], pdf.pages[-1]):
            for word in page.extract_words():
                assert word["x0"] >= 50 and word["x1"] <= page.width - 45
                assert word["bottom"] < page.height - 20


@pytest.mark.parametrize(
    ("name", "spelled"), [("李国强", "Li Guo Qiang"), ("محمد", "mhmd"), ("አበበ", "abebe")]
)
def test_a_name_in_another_alphabet_stands_in_latin_letters_and_the_paper_says_so(name, spelled):
    built = person_letter.build([a_letter(name=f"McCoy {name}")])
    assert f"McCoy {spelled}" in squeezed(text_of(built)) or squeezed(f"McCoy {spelled}") in squeezed(
        text_of(built)
    )
    assert "in Latin letters" in text_of(built) and built.missing_glyphs == ()


def test_a_face_sheet_says_first_who_may_have_it():
    text = text_of(face_sheet.build(a_face_sheet()))
    assert text.index("Stays inside the agency.") < text.index("Legal name")


@pytest.mark.parametrize("at", [0.4, 11.4])
def test_a_mark_stands_in_a_chart_with_its_words_inside(at):
    points = tuple(Point(f"M{number}", number, f"{number}") for number in range(12))
    drawn = charts.drawing(Chart("Calls by month", points, False, "", Mark(at, "case opened")), 250, 100)
    (words,) = (one for one in drawn.contents if getattr(one, "text", "") == "case opened")
    assert words.x >= 0 and words.x + stringWidth("case opened", words.fontName, words.fontSize) <= 250
    assert any(getattr(one, "strokeDashArray", None) for one in drawn.contents), "told by more than colour"
