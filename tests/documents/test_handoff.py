import io
from dataclasses import replace

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from caseapp.documents import handoff, recovery_sheet
from caseapp.documents.handoff import PART2_STATEMENT, Done, Open
from caseapp.documents.text import Words
from tests.builders import HOSTILE
from tests.documents.invented import a_handoff

OPEN = Open("Ride to intake", "Dana Whitfield", "3 Dec")
NAMES = ("Thị Phượng Nguyễn", "José Núñez Ñandú", "Ольга Морозова", "Γιώργος Γεωργίου", "Łukasz Đặng")


def text_of(data):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(handoff.build(data).pdf)).pages)


class TestHandoff:
    def test_prints_every_section_and_says_what_is_not_recorded(self):
        empty = a_handoff(
            why_now="",
            at_the_scene="",
            risk_and_help="",
            done=(),
            open_items=(),
            next_appointment="",
            accepted_by="",
            consent="",
        )
        text = text_of(empty)
        for heading in (
            "Person",
            "Why now",
            "At the scene",
            "Risk, and what helps",
            "Done so far",
            "Open",
            "Next appointment",
            "Consent",
        ):
            assert heading in text
        assert text.count("not recorded") == 8

    def test_numbers_its_pages_and_keeps_the_slip(self):
        built = handoff.build(a_handoff())
        assert built.pages == 2
        assert "Page 1 of 2" in text_of(a_handoff()) and "Reply slip 7KD-M4T" in text_of(a_handoff())

    def test_keeps_the_slip_beside_what_it_answers(self):
        person = (
            ("Called", "James"),
            ("Language", "Chinese"),
            ("How to find", "Station Plaza"),
            ("With", ""),
        )
        steps = ("offered", "person said yes", "sent")
        done = tuple(
            Done("30 Nov", f"Referral: {one}", "Dana Whitfield", "The person said so") for one in steps
        )
        consent = (
            "Consent of 30 Nov 2026, in force until 28 Feb 2027. " + "It covers what is named here. " * 7
        )
        built = handoff.build(a_handoff(person=person, done=done, open_items=(OPEN, OPEN), consent=consent))
        first = PdfReader(io.BytesIO(built.pdf)).pages[0].extract_text()
        assert "Reply slip" in first and built.pages == 2

    def test_embeds_every_font_and_names_no_person_in_its_title(self):
        reader = PdfReader(io.BytesIO(handoff.build(a_handoff()).pdf))
        fonts = {
            font["/BaseFont"]
            for page in reader.pages
            for font in page["/Resources"]["/Font"].get_object().values()
        }
        assert fonts and all("+OpenSans" in name for name in fonts)
        assert reader.metadata.title == "Warm handoff to Harbor Detox" and "Okafor" not in str(
            reader.metadata
        )
        assert reader.trailer["/Root"]["/Lang"] == "en-US"

    @pytest.mark.parametrize("name", NAMES)
    def test_prints_names_of_any_alphabet_we_meet(self, name):
        built = handoff.build(a_handoff(person=(("Called", name),)))
        assert name in text_of(a_handoff(person=(("Called", name),))) and not built.missing_glyphs

    def test_says_on_the_page_which_letter_it_cannot_print(self):
        data = a_handoff(why_now="smiles 😀 often")
        assert handoff.build(data).missing_glyphs == ("😀",)
        assert "[U+1F600]" in text_of(data) and "no printed form" in text_of(data)

    @pytest.mark.parametrize(
        "words",
        [
            HOSTILE,
            "said <meth> twice, BP <120 & >80",
            "<b>unclosed",
            "</para>",
            '<img src="file:///etc/hostname"/>',
            '<img src="http://127.0.0.1:9/x.png"/>',
            '<a href="file:///etc/hostname">x</a>',
            "<font color=\"[[[getattr(pow, '__globals__')]]]\">x</font>",
            "<!-- gone -->",
            "NUL\x00 ESC\x1b VT\x0b",
            "lone \ud800 half",
        ],
    )
    def test_prints_hostile_words_as_they_are_written(self, words):
        text = text_of(a_handoff(why_now=words)).replace("\n", "").replace(" ", "")
        expected = Words().printable(words).replace("\n", "").replace(" ", "")
        assert expected in text

    @pytest.mark.parametrize("count", [1, 5, 15, 40, 120])
    def test_breaks_long_lists_over_pages(self, count):
        built = handoff.build(
            a_handoff(done=tuple(Done("22 Nov", f"Step {n}", "D. W.", "agency said") for n in range(count)))
        )
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(built.pdf)).pages)
        assert all(f"Step {n}\n" in text or f"Step {n} " in text for n in range(count))
        with pdfplumber.open(io.BytesIO(built.pdf)) as pdf:
            for page in pdf.pages:
                assert all(word["bottom"] < page.height - 20 for word in page.extract_words())

    def test_prints_a_very_long_note_and_a_very_long_word(self):
        assert "endofnote" in text_of(a_handoff(why_now="word " * 20_000 + "endofnote"))
        assert text_of(a_handoff(why_now="w" * 20_000)).count("w") > 20_000

    def test_gives_the_same_bytes_for_the_same_values(self):
        assert handoff.build(a_handoff()).pdf == handoff.build(a_handoff()).pdf

    def test_carries_the_notice_only_when_there_is_one(self):
        assert PART2_STATEMENT in text_of(a_handoff())
        assert PART2_STATEMENT not in text_of(replace(a_handoff(), notice=""))


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_keeps_every_letter_of_any_text(text):
    words = Words()
    printed = words.printable(text)
    data = a_handoff(at_the_scene=text)
    found = text_of(data).replace("\n", "").replace(" ", "").replace("\xa0", "")
    assert printed.replace("\n", "").replace(" ", "").replace("\xa0", "") in found


def test_paragraphs_are_made_in_one_place_only():
    from pathlib import Path

    import caseapp.documents

    folder = Path(caseapp.documents.__file__).parent
    users = [file.name for file in folder.glob("*.py") if "Paragraph(" in file.read_text(encoding="utf-8")]
    assert users == ["text.py"]


def test_the_recovery_sheet_holds_the_key():
    data = recovery_sheet.RecoverySheetData("Riverside", "our.caseapp", "ABC123-DEF456", "24 Nov 2026")
    text = PdfReader(io.BytesIO(recovery_sheet.build(data).pdf)).pages[0].extract_text()
    assert "ABC123-DEF456" in text and "our.caseapp" in text
