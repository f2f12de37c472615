"""Papers at the desk, by the keys: which one, for whom, the real pages, and letters to a whole list."""

import os
from datetime import timedelta

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QLabel, QScrollArea

from caseapp.domain.contacts import Channel
from caseapp.domain.disclosures import Basis
from caseapp.domain.papers import PaperKind
from caseapp.domain.people import IN_TREATMENT, LivingSituation, PersonPlace
from caseapp.domain.referrals import Method
from caseapp.domain.relations import EMERGENCY_CONTACT, Relation
from caseapp.domain.shorthand import When
from caseapp.ui import way_out
from caseapp.ui.follow_ups.grid import Span
from caseapp.ui.widgets.options import choose
from tests.builders import TODAY, a_person
from tests.ui.driving import click, settle, unnamed

PICTURES = os.environ.get("CASEAPP_PICTURES")


@pytest.fixture
def person_id(worker):
    places = (PersonPlace("usually-found", "Lincoln Park"), PersonPlace("mail", "12 Oak Street"))
    made = worker.people.add(details=a_person(places=places, languages=("English",)))
    worker.cases.open_case(person_id=made, opened_from="call")
    worker.follow_ups.schedule(person_id=made, what="Visit", channel=Channel.VISIT, when=When(TODAY))
    return made


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window.focusWidget() or window, key, modifier)
    settle(qtbot, window)


def take_picture(window, name):
    if PICTURES:
        window.grab().save(f"{PICTURES}/{name}.png")


def test_shows_every_paper_of_a_person_as_it_prints_and_saves_one(qtbot, window, worker, person_id, tmp_path):
    window.show_place("person", person_id)
    settle(qtbot, window)
    press(qtbot, window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    screen = window.current
    assert screen.name == "papers" and screen.beside.text() == "James Okafor" and screen.pages.count == 1
    assert not unnamed(window)
    take_picture(window, "papers")
    shipped = [kind for kind in PaperKind if kind is not PaperKind.OWN_LETTER]
    for digit, kind in enumerate(shipped, start=1):
        screen.kinds.setFocus()
        press(qtbot, window, Qt.Key(Qt.Key.Key_0.value + digit))
        assert screen.kinds.value is kind and screen.pages.count == 1 and screen.print_button.isEnabled()
    screen.save_to(tmp_path / "letter.pdf")
    settle(qtbot, window)
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")
    assert len(worker.papers.disclosures(person_id=person_id)) == 1


def test_shows_every_piece_of_a_paper_whole_beside_its_pages(qtbot, window, worker):
    told = a_person(living=(LivingSituation(IN_TREATMENT, TODAY),), languages=("Spanish",))
    window.resize(1366, 768)
    window.show_place("papers", worker.people.add(details=told))
    settle(qtbot, window)
    screen = window.current
    pieces = {one.text() for one in screen.leaves.findChildren(QCheckBox) if one.isVisible()}
    assert any("substance use" in one for one in pieces) and len(pieces) == 7
    for area in (one for one in screen.findChildren(QScrollArea) if one.isVisible() and one.widget()):
        assert area.widget().width() <= area.viewport().width(), area.accessibleName()


def test_a_piece_that_is_left_out_keeps_its_name(qtbot, window, worker, person_id):
    window.show_place("papers", person_id)
    settle(qtbot, window)
    leaves = window.current.leaves
    first = next(one for one in leaves.findChildren(QCheckBox) if one.isVisible() and one.isEnabled())
    name = first.text()
    first.click()
    settle(qtbot, window)
    assert f"Left out: {name}" in [one.text() for one in leaves.findChildren(QCheckBox) if one.isVisible()]


def test_papers_of_consents_and_referrals_begin_in_the_language_of_the_person(qtbot, window, worker):
    ana = worker.people.add(details=a_person("Ana", "Reyes", languages=("Spanish",)))
    jim = worker.people.add(details=a_person("Jim", "Doe", languages=("English",)))
    referral = worker.referrals.offer(person_id=ana, need="food", method=Method.PACKET, place="Open Table")

    def begins(place, subject):
        window.show_place(place, subject)
        settle(qtbot, window)
        return window.current.language.currentData()

    assert [begins("consents", one) for one in (ana, jim, ana)] == ["es", "en", "es"]
    assert begins("referral", referral.id) == "es"
    choose(window.current.language, "en")
    window.current.refresh()
    settle(qtbot, window)
    assert window.current.language.currentData() == "en", "what was chosen by hand stays"


def test_prints_a_letter_that_the_agency_wrote_itself(qtbot, window, worker, admin, person_id):
    window.show_place("papers", person_id)
    settle(qtbot, window)
    screen = window.current
    screen.kinds.setFocus()
    press(qtbot, window, Qt.Key.Key_7)
    assert "None yet" in screen.leaves.words.text() and not screen.print_button.isEnabled()
    made = admin.forms.add_letter(title="Winter shelter")
    press(qtbot, window, Qt.Key.Key_7)
    assert screen.letter.currentData() == made.key and screen.letter.isVisible()
    assert screen.pages.count == 1 and screen.print_button.isEnabled() and not unnamed(window)
    take_picture(window, "own-letter")
    click(qtbot, window, "Cases")
    click(qtbot, window, "Letters")
    letters = window.current
    choose(letters.kind, (PaperKind.OWN_LETTER, made.key))
    settle(qtbot, window)
    assert letters.kind.currentText() == "Winter shelter" and letters.pages.count == 1
    admin.forms.take_letter(key=made.key)
    click(qtbot, window, "Cases")
    click(qtbot, window, "Letters")
    assert letters is window.current and letters.kind.currentText() == "" and letters.pages.count == 0
    assert not letters.print_button.isEnabled()


def test_a_case_leads_to_the_papers_of_its_person(qtbot, window, worker, person_id):
    case = worker.cases.caseload()[0].case
    window.show_place("case", case.id)
    settle(qtbot, window)
    click(qtbot, window, "Papers")
    assert window.current.name == "papers" and window.current.person_id == person_id


def test_follow_ups_print_what_they_show(qtbot, window, worker, person_id, tmp_path, monkeypatch):
    other = worker.people.add(details=a_person("Ana", "Reyes"))
    when = When(TODAY + timedelta(days=40))
    worker.follow_ups.schedule(person_id=other, what="Much later", channel=Channel.PHONE, when=when)
    window.show_place("follow-ups", None)
    settle(qtbot, window)
    screen = window.current
    for span, names in ((Span.AGENDA, ("Okafor", "Reyes")), (Span.WEEK, ("Okafor",))):
        screen.show_span(span)
        settle(qtbot, window)
        path = tmp_path / f"{span.value}.pdf"
        screen.out.save_sheet(path)
        settle(qtbot, window)
        text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
        assert [name for name in ("Okafor", "Reyes") if name in text] == list(names)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    monkeypatch.setattr(way_out, "choose_printer", lambda _screen: printer)
    press(qtbot, window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert window.current is screen and len(PdfReader(tmp_path / "printed.pdf").pages) == 1


def test_says_what_lacks_before_a_face_sheet_leaves_for_somebody_else(qtbot, window, person_id):
    window.show_place("papers", person_id)
    settle(qtbot, window)
    screen = window.current
    choose(screen.basis, Basis.CONSENT)
    settle(qtbot, window)
    assert "who receives it" in screen.leaves.words.text() and not screen.print_button.isEnabled()
    screen._texts["recipient"].setText("Mill Clinic")
    screen.refresh()
    settle(qtbot, window)
    assert (
        "No consent names Mill Clinic" in screen.leaves.words.text()
        and screen.leaves.consent_button.isVisible()
    )
    take_picture(window, "papers-consent")


def test_what_lacks_for_a_handoff_is_in_sight_on_a_small_laptop(qtbot, window, worker, person_id):
    made = worker.referrals.offer(
        person_id=person_id, need="a bed", method=Method.PACKET, place="Mill Clinic"
    )
    window.resize(1280, 720)
    window.show_place("handoff", made.id)
    window.say("Step saved: sent.", None)
    settle(qtbot, window)
    for part in (window.current.leaves.words, window.current.leaves.consent_button):
        assert part.visibleRegion().boundingRect() == part.rect()


def test_opens_blank_forms_where_nobody_is_chosen(qtbot, window, tmp_path):
    press(qtbot, window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    screen = window.current
    assert screen.title.text() == "Blank forms" and screen.pages.count == 1
    screen.save_to(tmp_path / "blank.pdf")
    settle(qtbot, window)
    assert (tmp_path / "blank.pdf").read_bytes().startswith(b"%PDF")
    take_picture(window, "blank-forms")


def test_writes_to_everybody_of_the_caseload_but_those_with_something_to_look_at(
    qtbot, window, worker, person_id, tmp_path
):
    other = worker.people.add(details=a_person("Ana", "Reyes"))
    worker.cases.open_case(person_id=other, opened_from="call")
    window.show_place("cases", None)
    settle(qtbot, window)
    window.current.table.view.setFocus()
    press(qtbot, window, Qt.Key.Key_D)
    assert window.current.name == "papers"
    window.go_back()
    settle(qtbot, window)
    click(qtbot, window, "Letters")
    screen = window.current
    assert screen.words.text().startswith("1 of 2 go") and screen.pages.count == 2
    assert not unnamed(window)
    take_picture(window, "letters")
    screen.save_to(tmp_path / "letters.pdf")
    settle(qtbot, window)
    assert (tmp_path / "letters.pdf").read_bytes().startswith(b"%PDF")
    assert worker.papers.disclosures(person_id=other) == []
    assert len(worker.papers.disclosures(person_id=person_id)) == 1
    screen.table.view.setFocus()
    for _each in range(2):
        press(qtbot, window, Qt.Key.Key_X)
    assert "of 2 go" in screen.words.text()


def test_an_address_where_mail_is_safe_is_kept_apart_from_where_somebody_is_found(
    qtbot, window, worker, person_id
):
    window.show_place("new-person", person_id)
    settle(qtbot, window)
    screen = window.current
    assert (screen.form.place.text(), screen.form.mail.text()) == ("Lincoln Park", "12 Oak Street")
    screen.form.mail.setText("7 Elm Street, Eugene")
    screen.save.click()
    settle(qtbot, window)
    places = worker.people.open(person_id=person_id).person.details.places
    assert [(one.kind, one.text) for one in places] == [
        ("usually-found", "Lincoln Park"),
        ("mail", "7 Elm Street, Eugene"),
    ]


def test_whom_to_call_in_an_emergency_is_typed_and_shown(qtbot, window, worker, person_id):
    window.show_place("new-person", person_id)
    settle(qtbot, window)
    screen = window.current
    screen.form.near_phone.setText("(541) 555-0143")
    screen.save.click()
    settle(qtbot, window)
    assert window.current is screen and "whose phone" in screen.form.near.accessibleDescription()
    screen.form.near.setText("Ada Okafor")
    take_picture(window, "emergency-form")
    screen.save.click()
    settle(qtbot, window)
    assert window.current.name == "person"
    assert [one.relation.name for one in window.current.relations.table.shown()] == ["Ada Okafor"]
    take_picture(window, "emergency-person")
    relations = worker.people.open(person_id=person_id).person.details.relations
    assert relations == (Relation(EMERGENCY_CONTACT, "Ada Okafor", "(541) 555-0143"),)


def test_a_field_that_has_to_be_filled_is_brought_into_a_small_window(qtbot, window, person_id):
    window.resize(700, 400)
    window.show_place("new-person", person_id)
    settle(qtbot, window)
    screen = window.current
    assert screen.form.near.visibleRegion().isEmpty()
    screen.form.near_phone.setText("(541) 555-0143")
    screen.save.click()
    settle(qtbot, window)
    said = next(one for one in screen.findChildren(QLabel) if "whose phone" in one.text())
    assert screen.form.near.hasFocus()
    assert not screen.form.near.visibleRegion().isEmpty() and not said.visibleRegion().isEmpty()


def test_a_long_text_is_read_from_its_beginning_until_somebody_writes_on(qtbot, window, worker, person_id):
    window.show_place("new-person", person_id)
    settle(qtbot, window)
    field = window.current.form.pronouns
    field.setText("whatever the person says, and each time anew " * 6)
    assert field.cursorPosition() == 0
    qtbot.keyClick(field, Qt.Key.Key_End)
    qtbot.keyClicks(field, "end")
    assert field.text().endswith("end") and field.cursorPosition() == len(field.text())
