"""The directory, consents and referrals on the desk, by keyboard where a hand would use it."""

import os
import tracemalloc
from dataclasses import replace
from datetime import time, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QScrollArea

from caseapp.domain.access import Role
from caseapp.domain.consents import SignatureKind
from caseapp.domain.contacts import Outcome
from caseapp.domain.directory import NewService
from caseapp.domain.referrals import LadderStep, Method, Proof, Step
from caseapp.ui.directory.form_screen import read_hours
from caseapp.ui.directory.screen import hours_words
from caseapp.ui.directory.table import room_words
from caseapp.ui.widgets.cells import LEFT
from caseapp.ui.widgets.table import Table
from tests.builders import EMERGENCY, NOW, TODAY, a_consent, a_contact, a_person, journaled, services_as
from tests.ui.driving import buttons, settle, tabbed, unnamed, window_of, words


@pytest.fixture
def window(qtbot, worker):
    made = window_of(qtbot, worker)
    yield made
    made.close()


@pytest.fixture
def services(worker):
    worker.directory.add_organization(
        name="Harbor",
        services=(
            NewService(
                "Beds", categories=("shelter",), minimum_age=18, hours=((5, time(8), time(12)),), phone="1"
            ),
            NewService("Youth beds", categories=("shelter",), maximum_age=17, phone="2"),
            NewService("Detox", categories=("detox",), is_substance_use=True, phone="3"),
        ),
    )
    return worker.directory.find()


def show(qtbot, window, place, subject=None):
    window.show_place(place, subject)
    settle(qtbot, window)
    return window.current


class TestDirectory:
    def test_finds_for_a_person_and_says_what_does_not_fit(self, qtbot, window, worker, services):
        screen = show(qtbot, window, "directory", worker.people.add(details=a_person()))
        qtbot.keyClicks(screen.questions.words, "beds")
        settle(qtbot, window)
        assert [one.service.name for one in screen.table.model.rows] == ["Beds", "Youth beds"]
        screen.questions.eligible.setChecked(True)
        settle(qtbot, window)
        assert [one.service.name for one in screen.table.model.rows] == ["Beds"]
        screen.questions.open_at.setText("saturday 9")
        settle(qtbot, window)
        assert len(screen.table.model.rows) == 1
        screen.questions.open_at.setText("whenever")
        settle(qtbot, window)
        assert "not understood" in screen.beside.text()
        assert unnamed(screen) == []

    def test_shows_names_whole_to_whom_refers_on_a_small_laptop(self, qtbot, window, worker, services):
        window.resize(1280, 720)
        table = show(qtbot, window, "new-referral", worker.people.add(details=a_person())).table
        bold = table.font()
        bold.setBold(True)
        needed = QFontMetrics(bold).horizontalAdvance("Withdrawal management")
        assert table.view.columnWidth(0) >= LEFT + needed

    def test_comes_by_tab_from_the_list_to_the_service_and_then_to_its_room(self, qtbot, window, services):
        window.resize(1440, 1000)
        screen = show(qtbot, window, "directory")
        screen.table.view.setFocus()
        stops = [one.accessibleName() for one in tabbed(window) if screen.isAncestorOf(one)]
        correct, room = (stops.index(name) for name in ("Correct  E", screen.room.accessibleName()))
        assert stops.index("Services") < correct < room

    def test_says_in_a_word_that_what_was_said_of_room_is_old(self, window, worker, services):
        beds = services[0]
        told = {0: "today", 1: "1 day ago", 13: "13 days old"}
        for days, age in told.items():
            one = replace(beds, capacity_available=2, capacity_on=TODAY - timedelta(days=days))
            assert room_words(one, window.desk) == ("2 free", age)

    def test_shows_what_fits_only_while_a_service_is_looked_for_somebody(
        self, qtbot, window, worker, services
    ):
        view = show(qtbot, window, "directory").table.view
        assert view.isColumnHidden(1) and not view.isColumnHidden(2)
        person_id = worker.people.add(details=a_person())
        view = show(qtbot, window, "directory", person_id).table.view
        assert not view.isColumnHidden(1) and view.columnWidth(1) > 0

    def test_confirms_in_two_keys(self, qtbot, window, worker, services):
        screen = show(qtbot, window, "directory")
        screen.table.view.setFocus()
        qtbot.keyClick(screen.table.view, Qt.Key.Key_Down)
        qtbot.keyClick(screen.table.view, Qt.Key.Key_C)
        settle(qtbot, window)
        confirmed = [one.name for one in worker.directory.find() if one.confirmed_on == TODAY]
        assert confirmed == [services[1].name]

    def test_writes_who_said_how_much_room_there_is(self, qtbot, window, worker, services):
        screen = show(qtbot, window, "directory")
        for text in ("many", "²"):
            screen.room.setText(text)
            qtbot.mouseClick(screen.save_room, Qt.MouseButton.LeftButton)
            assert screen.room_problem.text() == "Write a number, like 3."
        screen.room.setText("3")
        screen.said_by.setText("Ann, intake")
        qtbot.keyClick(screen.said_by, Qt.Key.Key_Return)
        settle(qtbot, window)
        one = worker.directory.get(service_id=services[0].id)
        assert (one.capacity_available, one.capacity_said_by) == (3, "Ann, intake")

    def test_saves_no_room_of_one_service_for_the_next(self, qtbot, window, worker, services):
        screen = show(qtbot, window, "directory")
        screen.table.go_to(screen.table.shown()[0])
        screen.room.setText("3")
        screen.said_by.setText("Ann, intake")
        window.desk.hub.changed.emit(worker.directory.confirm(service_id=services[2].id, version=1))
        settle(qtbot, window)
        assert screen.room.text() == "3", "read again, with the same one chosen"
        qtbot.keyClick(screen.table.view, Qt.Key.Key_Down)
        assert (screen.room.text(), screen.said_by.text()) == ("", "")

    def test_confirms_and_saves_room_after_a_colleague_did_so(self, qtbot, window, worker, services):
        """The same refusal came each time until somebody thought of F5, and stood there after the saving."""
        screen = show(qtbot, window, "directory")
        one = screen.table.current().service
        change = {"service_id": one.id, "version": one.version}
        worker.directory.set_capacity(available=1, said_by="Bo", **change)
        screen.room.setText("3")
        screen.said_by.setText("Ann, intake")
        for _twice in range(2):
            qtbot.keyClick(screen.said_by, Qt.Key.Key_Return)
            settle(qtbot, window)
        known = worker.directory.get(service_id=one.id)
        assert (known.capacity_available, known.capacity_said_by) == (3, "Ann, intake")
        assert window.banner.words.text() == f"{one.name}: 3 free, Ann, intake said so."
        qtbot.keyClick(screen.table.view, Qt.Key.Key_C)
        settle(qtbot, window)
        assert window.banner.words.text() == f"{one.name} is confirmed as of today."

    def test_corrects_a_service_and_keeps_hours_that_were_not_touched(self, qtbot, window, worker, services):
        screen = show(qtbot, window, "service", services[0].id)
        screen.city.setText("Springfield")
        screen.hours.appendPlainText("sun 9am-noonish")
        qtbot.mouseClick(screen.save, Qt.MouseButton.LeftButton)
        assert window.current is screen
        screen.hours.setPlainText("Sat 08:00-12:00\nsun 9am-1pm")
        qtbot.mouseClick(screen.save, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        one = worker.directory.get(service_id=services[0].id)
        assert one.city == "Springfield" and services[0].rules[0] in one.rules and len(one.rules) == 2
        assert window.current.name == "directory"

    def test_hands_out_a_list_in_spanish(self, qtbot, window, worker, services, tmp_path):
        screen = show(qtbot, window, "directory")
        qtbot.keyClick(screen.table.view, Qt.Key.Key_A)
        screen.save_list(tmp_path / "lugares.pdf", "es")
        settle(qtbot, window)
        assert (tmp_path / "lugares.pdf").read_bytes().startswith(b"%PDF")

    @pytest.mark.parametrize(
        "line", ["mon tue 9:00-17:00", "Sat 08:00-12:00", "every day 0:00-23:59", "fri 9am-5pm"]
    )
    def test_reads_hours_as_they_are_written(self, line):
        rule = read_hours(line)
        assert rule is not None and read_hours(hours_words(rule)) == rule

    @pytest.mark.parametrize("line", ["mornings", "mon", "mon 9-17-18", "mon 25:00-26:00"])
    def test_does_not_guess_hours(self, line):
        assert read_hours(line) is None


class TestConsents:
    def test_draws_a_signature_and_names_what_is_missing(self, qtbot, window, worker):
        person_id = worker.people.add(details=a_person())
        screen = show(qtbot, window, "new-consent", person_id)
        screen.kind.setCurrentIndex(1)
        screen.recipients.setText("Harbor")
        screen.signature.setCurrentIndex(1)
        for box in (*screen.kinds.values(), screen.revoke):
            box.setChecked(True)
        shown = [one.text() for one in screen.law.chips.findChildren(QLabel)]
        assert shown[-1] == "2 missing"
        pad = screen.pad
        qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 40))
        for x in (40, 80, 120):
            qtbot.mouseMove(pad, QPoint(x, 60))
        qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(120, 60))
        qtbot.mouseClick(screen.save, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        found = worker.consents.of_person(person_id=person_id)
        assert [one.details.signature for one in found] == [SignatureKind.DRAWN]
        with worker.context.read("test") as work:
            assert work.consents.signature(found[0].id).startswith(b"[[")

    def test_take_back_attach_and_print(self, qtbot, window, worker, tmp_path):
        person_id = worker.people.add(details=a_person())
        consent_id = worker.consents.record(person_id=person_id, details=a_consent())
        screen = show(qtbot, window, "consents", person_id)
        scan = tmp_path / "scan.pdf"
        scan.write_bytes(b"%PDF-1.7 scan")
        screen.attach(scan)
        settle(qtbot, window)
        screen.reason.setText("changed their mind")
        screen._revoke()
        settle(qtbot, window)
        screen.save_page(
            tmp_path / "letter.pdf",
            lambda to: worker.papers.revocation_letter(consent_id=consent_id, language=to),
        )
        settle(qtbot, window)
        assert worker.consents.of_person(person_id=person_id)[0].revoked_reason == "changed their mind"
        assert (tmp_path / "letter.pdf").exists() and unnamed(screen) == []
        (tmp_path / "scan.exe").write_bytes(b"MZ")
        screen.attach(tmp_path / "scan.exe")
        settle(qtbot, window)
        assert "scan.exe" in window.banner.words.text()
        with (tmp_path / "film.pdf").open("wb") as film:
            film.write(b"%PDF-1.7")
            film.truncate(400_000_000)
        tracemalloc.start()
        screen.attach(tmp_path / "film.pdf")
        settle(qtbot, window)
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert "film.pdf" in window.banner.words.text() and peak < 40_000_000
        with worker.context.read("test") as work:
            assert [name for name, _kind, _content in work.consents.attachments(consent_id)] == ["scan.pdf"]

    def test_that_end_soon_stand_on_one_list(self, qtbot, window, worker):
        person_id = worker.people.add(details=a_person())
        worker.consents.record(person_id=person_id, details=a_consent())
        screen = show(qtbot, window, "consents")
        assert len(screen.table.model.rows) == 1 and not screen.new.isEnabled()

    def test_forms_are_edited_by_who_may(self, qtbot, worker, admin):
        window = window_of(qtbot, admin)
        screen = show(qtbot, window, "forms")
        screen.form_choice.setCurrentIndex(screen.form_choice.findData("release"))
        settle(qtbot, window)
        screen.text.setPlainText("Hello {name}")
        qtbot.mouseClick(screen.save, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert "{" not in admin.forms.lines(form="release", language="en")[0].own
        screen.text.setPlainText("Our own title")
        qtbot.mouseClick(screen.save, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert admin.forms.lines(form="release", language="en")[0].own == "Our own title"
        assert screen.add_part.isHidden()
        window.close()

    def test_a_letter_is_added_written_with_its_page_beside_and_taken_away(self, qtbot, admin):
        window = window_of(qtbot, admin)
        screen = show(qtbot, window, "forms")
        qtbot.mouseClick(screen.add, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert "name" in screen.adding._errors["name"].text()
        screen.letter_name.setText("Winter shelter")
        qtbot.mouseClick(screen.add, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert screen.table.current().name == "own-winter-shelter_text"
        screen.text.setPlainText("A bed is free at {place}.")
        qtbot.waitUntil(lambda: screen.pages.count == 1)
        settle(qtbot, window)
        assert "grade" in screen.reads.text() and unnamed(window) == []
        if os.environ.get("CASEAPP_PICTURES"):
            window.grab().save(f"{os.environ['CASEAPP_PICTURES']}/new-letter.png")
        qtbot.mouseClick(screen.save, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        own = {one.name: one.own for one in admin.forms.lines(form="letters", language="en")}
        assert own["own-winter-shelter_text"] == "A bed is free at {place}."
        assert screen.back.text() == "Take this letter away"
        qtbot.mouseClick(screen.back, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert admin.forms.own_letters() == ()
        window.close()


class TestReferrals:
    @pytest.fixture
    def sent(self, worker, services):
        person_id = worker.people.add(details=a_person())
        one = worker.referrals.offer(
            person_id=person_id, need="bed", method=Method.PACKET, service_id=services[0].id
        )
        for step in (Step.ACCEPTED_BY_PERSON, Step.SENT):
            one = worker.referrals.take_step(
                referral_id=one.id, taken=LadderStep(step, TODAY, Proof.PERSON_SAID), version=one.version
            )
        return one

    def test_a_reply_is_entered_by_its_code(self, qtbot, window, worker, sent):
        screen = show(qtbot, window, "referrals")
        qtbot.keyClicks(screen.code, sent.reply_code.lower())
        screen.answer.setCurrentIndex(2)
        screen.reason.setCurrentIndex(1)
        qtbot.mouseClick(screen.enter, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        now = worker.referrals.get(referral_id=sent.id)
        assert (now.step, now.steps[-1].proof) == (Step.AGENCY_DECLINED, Proof.AGENCY_SAID)
        assert screen.code.text() == ""

    def test_says_no_code_but_the_words_of_the_lists(self, qtbot, window, worker, sent):
        worker.consents.record(person_id=sent.person_id, details=a_consent())
        worker.contacts.log(details=a_contact(sent.person_id, outcome=Outcome.NO_SHOW))
        declined = LadderStep(Step.AGENCY_DECLINED, TODAY, Proof.AGENCY_SAID, reason="no-contact")
        worker.referrals.take_step(referral_id=sent.id, taken=declined, version=sent.version)
        codes = (
            "no-contact",
            "no contact",
            "agency accepted",
            "accepted by person",
            "person said",
            "packet",
            "health risks",
            "no show",
        )
        shown = {}
        for place, subject in (
            ("referral", sent.id),
            ("person", sent.person_id),
            ("consents", sent.person_id),
            ("referrals", None),
        ):
            screen = show(qtbot, window, place, subject)
            fields = [one.itemText(at) for one in screen.findChildren(QComboBox) for at in range(one.count())]
            rows = [
                table.model.index(at, column).data() or ""
                for table in screen.findChildren(Table)
                for at in range(table.model.rowCount())
                for column in range(table.model.columnCount())
            ]
            shown[place] = [*words(screen), *fields, *rows]
            if pictures := os.environ.get("CASEAPP_PICTURES"):
                window.grab().save(f"{pictures}/words-{place}.png")
            said = {one.casefold() for one in shown[place]}
            assert not said.intersection(codes) and not any("-and-" in one for one in said), place
        assert {"Agency said no", "Packet sent", "The person said so"} <= {*shown["referral"]}
        for place in ("referral", "person"):
            assert any("Could not be reached" in one for one in shown[place]), place
        assert any("Did not come" in one or "did not come" in one for one in shown["person"])
        assert any("Name and birth date, " in one for one in shown["consents"])

    def test_a_long_note_of_a_step_wraps_and_widens_no_page(self, qtbot, window, worker, sent):
        note = "They said to ask again in two weeks, when the kennel is free and somebody is there. " * 4
        declined = LadderStep(Step.AGENCY_DECLINED, TODAY, Proof.AGENCY_SAID, reason="pets", note=note)
        worker.referrals.take_step(referral_id=sent.id, taken=declined, version=sent.version)
        screen = show(qtbot, window, "referral", sent.id)
        assert any(one.startswith("Pets, partner or belongings. They said") for one in words(screen))
        page = next(one for one in window.findChildren(QScrollArea) if one.accessibleName() == "Page")
        assert page.horizontalScrollBar().maximum() == 0

    def test_the_agency_s_page_carries_codes_and_no_names(self, qtbot, window, worker, sent, tmp_path):
        screen = show(qtbot, window, "referrals")
        screen.views.choose("chase")
        screen._on_view("chase")
        settle(qtbot, window)
        assert [one.to_name for one in screen.chase.agencies.model.rows] == ["Harbor"]
        screen.save_page(tmp_path / "page.pdf", "Harbor")
        settle(qtbot, window)
        import io

        from pypdf import PdfReader

        text = PdfReader(io.BytesIO((tmp_path / "page.pdf").read_bytes())).pages[0].extract_text()
        assert f"{sent.reply_code[:3]}-{sent.reply_code[3:]}" in text and "Okafor" not in text

    def test_every_count_opens_as_many_rows(self, qtbot, window, worker, sent):
        screen = show(qtbot, window, "referrals")
        screen.views.choose("figures")
        screen._on_view("figures")
        settle(qtbot, window)
        page = screen.figures
        for table in (page.funnel, page.aging):
            for place, one in enumerate(table.model.rows):
                table.view.selectRow(place)
                page._on_figure(one)
                assert len(page.rows.model.rows) == one.count
        group = page.groups.model.rows[0]
        for letter, rows in zip(
            "sadc", (group.sent, group.answered, group.declined, group.connected), strict=True
        ):
            page._on_letter(letter, group)
            assert list(page.rows.model.rows) == list(rows)

    def test_copy_asks_first(self, qtbot, window, worker, sent, signed_in):
        clipboard = QApplication.clipboard()
        clipboard.setText("before")
        screen = show(qtbot, window, "referrals")
        screen.table.copy()
        settle(qtbot, window)
        assert "Harbor, Beds" in clipboard.text()
        worker.referrals.offer(
            person_id=sent.person_id, need="detox", method=Method.SELF, place="Zeta", is_substance_use=True
        )
        screen.refresh()
        settle(qtbot, window)
        screen.table.view.selectRow([one.to_name for one in screen.table.model.rows].index("Zeta"))
        screen.table.copy()
        settle(qtbot, window)
        assert "Zeta" not in clipboard.text() and "substance use" in window.banner.words.text()

    def test_an_emergency_prints_only_with_its_facts(self, qtbot, window, worker, sent, tmp_path):
        screen = show(qtbot, window, "handoff", sent.id)
        screen.basis.setCurrentIndex(1)
        settle(qtbot, window)
        assert not screen.print_button.isEnabled() and "four facts" in screen.leaves.words.text()
        for field, text in (
            (screen.receiver, EMERGENCY.receiver),
            (screen.affiliation, "Hospital"),
            (screen.nature, "overdose"),
        ):
            field.setText(text)
        screen.refresh()
        settle(qtbot, window)
        assert screen.print_button.isEnabled()
        screen.save_to(tmp_path / "x.pdf")
        settle(qtbot, window)
        told = worker.papers.disclosures(person_id=sent.person_id)
        assert told[0].emergency.nature == "overdose" and (tmp_path / "x.pdf").exists()

    def test_an_appointment_becomes_a_follow_up_that_moves_with_it(self, worker, sent):
        for days in (2, 5):
            taken = LadderStep(
                Step.APPOINTMENT, TODAY, Proof.AGENCY_SAID, appointment_at=NOW + timedelta(days=days)
            )
            sent = worker.referrals.take_step(referral_id=sent.id, taken=taken, version=sent.version)
            planned = worker.follow_ups.planned(person_id=sent.person_id)
            assert [one.due_on for one in planned] == [TODAY + timedelta(days=days)]
        taken = LadderStep(Step.ATTENDED, TODAY, Proof.PAPER_SEEN)
        worker.referrals.take_step(referral_id=sent.id, taken=taken, version=sent.version)
        assert worker.follow_ups.planned(person_id=sent.person_id) == []


def test_the_list_of_ending_consents_says_whose_they_are_and_leads_there(qtbot, window, worker):
    """Taken back from a list without names it might have been anybody's."""
    people = [worker.people.add(details=a_person(name, "Reyes", points=())) for name in ("Ana", "Ben")]
    for days, person_id in enumerate(people, start=1):
        worker.consents.record(person_id=person_id, details=a_consent(expires_on=TODAY + timedelta(days)))
    window.show_place("consents", None)
    settle(qtbot, window)
    screen = window.current
    assert [one.person_name for one in screen.table.model.rows] == ["Ana Reyes", "Ben Reyes"]
    assert "Person" in titles(screen.table) and not buttons(window, "Take back")
    for person_id in people:
        assert [one.verb for one in journaled(worker, person_id)].count("consent.ending") == 1
    screen.table.view.selectRow(1)
    screen.table.view.setFocus()
    qtbot.keyClick(screen.table.view, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert len(screen.table.model.rows) == 1 and screen.beside.text() == "Ben Reyes"
    assert "Person" not in titles(screen.table) and buttons(window, "Take back")


def titles(table):
    head = table.view.horizontalHeader()
    return [
        table.model.columns[one].title for one in range(head.count()) if not table.view.isColumnHidden(one)
    ]


def test_a_sealed_person_stays_out_of_the_list_of_ending_consents(worker, signed_in):
    sealed = worker.people.add(details=a_person(is_restricted=True))
    worker.consents.record(person_id=sealed, details=a_consent())
    assert worker.consents.ending() and not services_as(signed_in, Role.SOCIAL_WORKER).consents.ending()
