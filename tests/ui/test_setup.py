"""Staff are added, changed, given another password and taken leave of; the agency is changed."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from caseapp.domain.access import Role, Scope
from caseapp.domain.calls import Model
from caseapp.domain.people import Alert
from caseapp.domain.units import ResponderDetails, UnitDetails
from caseapp.services import session
from caseapp.ui import way_out
from caseapp.ui.setup.agency_section import AgencySection
from caseapp.ui.setup.journal_section import JournalSection
from caseapp.ui.setup.keeping_section import KeepingSection
from caseapp.ui.setup.notes_section import NotesSection
from caseapp.ui.setup.scope_section import ScopeSection
from caseapp.ui.setup.staff_section import StaffSection
from caseapp.ui.setup.triage_section import TriageSection
from tests.builders import a_person, services_as
from tests.ui.driving import a_desk, click, settle, unnamed, words


@pytest.fixture
def window(qtbot, admin):
    made = a_desk(qtbot, admin)
    yield made
    made.close()


def members(services):
    return {one.details.login: one for one in services.staff.list_staff(only_active=False)}


def choose_member(qtbot, window, login):
    section = window.current.section
    place = [one.details.login for one in section.table.model.rows].index(login)
    view = section.table.view
    spot = view.visualRect(view.model().index(place, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)


class TestStaff:
    def add(self, qtbot, window, name, login, password=""):
        section = window.current.section
        qtbot.keyClicks(section.name_field, name)
        qtbot.keyClicks(section.login, login)
        qtbot.keyClicks(section.password, password)
        qtbot.mouseClick(section.save, Qt.MouseButton.LeftButton)
        settle(qtbot, window)

    def test_adds_changes_and_gives_another_password(self, qtbot, window, admin, database_file):
        self.add(qtbot, window, "Ruth Lindqvist", "ruth", "four other words now")
        self.add(qtbot, window, "Sol Ibarra", "sol")
        choose_member(qtbot, window, "ruth")
        section = window.current.section
        assert not section.login.isEnabled() and section.name_field.text() == "Ruth Lindqvist"
        section.supervisor.setCurrentText("Sol Ibarra")
        section.role.setCurrentText("Clinician")
        qtbot.keyClicks(section.password, "a new one of four words")
        qtbot.mouseClick(section.save, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        found = members(admin)["ruth"].details
        assert (found.role, found.supervisor_id) == (Role.CLINICIAN, members(admin)["sol"].id)
        opened = session.sign_in(database_file, login="ruth", password="a new one of four words")
        assert opened.context.actor.role is Role.CLINICIAN
        opened.close()

    def test_asks_before_somebody_leaves_and_takes_the_way_in(self, qtbot, window, admin):
        self.add(qtbot, window, "Ruth Lindqvist", "ruth", "four other words now")
        choose_member(qtbot, window, "ruth")
        section = window.current.section
        qtbot.mouseClick(section.leaves, Qt.MouseButton.LeftButton)
        assert section.sure.isVisible() and members(admin)["ruth"].is_active
        qtbot.mouseClick(section.stays, Qt.MouseButton.LeftButton)
        assert not section.sure.isVisible()
        qtbot.mouseClick(section.leaves, Qt.MouseButton.LeftButton)
        qtbot.mouseClick(section.sure, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert not members(admin)["ruth"].is_active and "ruth" not in str(section.table.model.rows)

    def test_says_beside_the_field_that_one_administrator_must_stay(self, qtbot, window):
        choose_member(qtbot, window, "alma")
        section = window.current.section
        section.role.setCurrentText("Auditor")
        qtbot.mouseClick(section.save, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert "last administrator" in section.role.accessibleDescription()


class TestAgency:
    def test_changes_what_stands_on_every_page(self, qtbot, window, admin):
        window.current.open_section(AgencySection)
        settle(qtbot, window)
        section = window.current.section
        section.phone.clear()
        qtbot.keyClicks(section.phone, "(541) 555-0177")
        section.zone.setText("Mars/Olympus")
        qtbot.mouseClick(section.save, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert "not a time zone" in section.zone.accessibleDescription()
        section.zone.setText("America/Denver")
        qtbot.mouseClick(section.save, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert (admin.staff.agency().phone, admin.staff.agency().time_zone) == (
            "(541) 555-0177",
            "America/Denver",
        )


class TestNotes:
    def test_says_whose_notes_are_signed_twice_and_which_words_are_right(self, qtbot, window, admin):
        window.current.open_section(NotesSection)
        settle(qtbot, window)
        section = window.current.section
        assert [role for role, box in section.boxes.items() if box.isChecked()] == [Role.PEER_SPECIALIST]
        qtbot.keyClick(section.boxes[Role.CLINICIAN], Qt.Key.Key_Space)
        qtbot.keyClick(section.keep, Qt.Key.Key_Space)
        settle(qtbot, window)
        assert admin.notes.cosigned_roles() == {Role.PEER_SPECIALIST, Role.CLINICIAN}
        qtbot.keyClicks(section.own, "two words")
        qtbot.keyClick(section.save, Qt.Key.Key_Space)
        settle(qtbot, window)
        assert "one word of letters" in section.own.accessibleDescription()
        section.own.setPlainText("zubnik")
        qtbot.keyClick(section.languages["en"], Qt.Key.Key_Space)
        qtbot.keyClick(section.save, Qt.Key.Key_Space)
        settle(qtbot, window)
        kept = admin.spelling.get()
        assert (kept.words, kept.languages) == (("zubnik",), ())


class TestUnits:
    def test_enter_opens_the_only_unit_and_the_only_responder(self, qtbot, window, admin):
        admin.units.add(details=UnitDetails("A1", "Response", Model.ALTERNATIVE, "Riverside", is_ours=True))
        admin.units.add_responder(details=ResponderDetails("Ada Moss", agency="Riverside"))
        for place, told in (("units", "A1"), ("responders", "Ada Moss")):
            window.show_place("setup", place)
            settle(qtbot, window)
            section = window.current.section
            section.table.view.setFocus()
            qtbot.keyClick(section.table.view, Qt.Key.Key_Return)
            assert section.panel.title.text() == told


class TestTriage:
    def test_rules_are_written_by_keys_and_wrong_hours_are_said_beside_them(self, qtbot, window, admin):
        window.current.open_section(TriageSection)
        settle(qtbot, window)
        section = window.current.section
        assert section.protocol.currentData() == "first-contact" and unnamed(section) == []
        section.within.selectAll()
        qtbot.keyClicks(section.within, "two days")
        qtbot.keyClick(section.save, Qt.Key.Key_Space)
        assert "whole number" in section.within.accessibleDescription()
        section.within.selectAll()
        qtbot.keyClicks(section.within, "72")
        qtbot.keyClick(section.repeat, Qt.Key.Key_Space)
        section.wishes.choose(("yes", "unknown"))
        section.protocol.setCurrentIndex(0)
        qtbot.keyClick(section.save, Qt.Key.Key_Space)
        settle(qtbot, window)
        rules = admin.triage.rules()
        assert (rules.within_hours, rules.repeat, rules.protocol) == (72, False, "")
        assert rules.wishes == {"yes", "unknown"}


class TestRights:
    def test_offers_an_auditor_nothing_that_would_be_refused(self, qtbot, signed_in):
        window = a_desk(qtbot, services_as(signed_in, Role.AUDITOR))
        assert not window.top.contact_button.isVisible() and not window.top.new_button.isVisible()
        assert "imports" not in window.navigation.names
        section = window.current.section
        assert not section.panel.isVisible() and section.table.model.rows
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert not window.contact_form.isVisible()
        window.close()


class TestRoom:
    NAME = "Maximiliana Alejandra Guadalupe de la Santísima Trinidad Montenegro y Villaseñor-Etxeberria"

    @pytest.mark.parametrize("size", [100, 200])
    def test_a_page_never_makes_the_window_larger_than_a_small_screen(self, qtbot, worker, size):
        alerts = (Alert("safety", "keeps a dog that does not like strangers " * 5),)
        person_id = worker.people.add(details=a_person(self.NAME, self.NAME, alerts=alerts))
        window = a_desk(qtbot, worker, size=size)
        window.resize(1280, 800)
        window.show_place("person", person_id)
        settle(qtbot, window)
        assert f"Safety: {alerts[0].text}" in words(window.current)
        for place, subject in (("person", person_id), ("imports", None), ("calls", None), ("today", None)):
            window.show_place(place, subject)
            settle(qtbot, window)
            assert window.minimumSizeHint().width() <= 1280, place
            assert (window.width(), window.height()) == (1280, 800), place
        window.close()


class TestScope:
    def test_a_program_is_added_and_given_to_somebody(self, qtbot, window, admin, signed_in):
        services_as(signed_in, Role.PEER_SPECIALIST)
        window.current.open_section(ScopeSection)
        section = window.current.section
        settle(qtbot, window)
        qtbot.keyClicks(section.name_field, "Street outreach")
        qtbot.keyClick(section.name_field, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert section.names.text() == "Street outreach"
        qtbot.keyClicks(section.name_field, "street outreach")
        qtbot.mouseClick(section.add, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert "There is a program called street outreach already." in words(section)
        window.current.open_section(StaffSection)
        settle(qtbot, window)
        login = next(one for one in members(admin) if one.startswith("peer"))
        choose_member(qtbot, window, login)
        programs = window.current.section.programs
        programs.setFocus()
        qtbot.keyClick(programs, Qt.Key.Key_Down)
        qtbot.keyClick(programs, Qt.Key.Key_Space)
        qtbot.mouseClick(window.current.section.save, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert members(admin)[login].details.programs == ("Street outreach",)

    def test_a_scope_is_chosen_for_a_role(self, qtbot, window, admin):
        window.current.open_section(ScopeSection)
        section = window.current.section
        settle(qtbot, window)
        field = section.choices[Role.PEER_SPECIALIST]
        assert field.currentData() is Scope.PROGRAM
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Home)
        qtbot.mouseClick(section.save, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert admin.staff.scopes()[Role.PEER_SPECIALIST] is Scope.OWN


class TestKeeping:
    def open(self, qtbot, window, kind):
        window.current.open_section(kind)
        settle(qtbot, window)
        return window.current.section

    def test_a_backup_is_made_tried_and_the_file_checked(self, qtbot, window, tmp_path, monkeypatch):
        section = self.open(qtbot, window, KeepingSection)
        assert "Last backup: never" in section.kept.text() and "Make a backup now" in section.kept.text()
        target = tmp_path / "copy.caseapp"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(target), ""))
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(target), ""))
        for one, said in (
            (section.make, "Copied and checked"),
            (section.try_one, "The backup would bring everything back"),
            (section.check, "All whole"),
        ):
            qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
            settle(qtbot, window)
            assert section.said.text().startswith(said) and one.isEnabled()
            assert window.current.isAncestorOf(window.focusWidget())
        assert "never" not in section.kept.text()
        qtbot.mouseClick(section.make, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert "is a database, or belongs to one" in section.said.text() and section.make.isEnabled()

    def test_a_check_can_be_stopped_and_others_are_asked_meanwhile(self, qtbot, window):
        section = self.open(qtbot, window, KeepingSection)
        begun, may_go_on, answered = threading.Event(), threading.Event(), []

        def slow(report):
            begun.set()
            may_go_on.wait(20)
            return report("", 1, 2)

        window.tasks.run_long("slow", slow, then=answered.append, failed=answered.append)
        qtbot.mouseClick(section.check, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(begun.is_set, timeout=5000)
        window.tasks.run(lambda: "asked", then=answered.append, failed=answered.append)
        qtbot.waitUntil(lambda: answered == ["asked"], timeout=5000)
        assert not section.check.isEnabled() and "cancel it" in section.said.text()
        window.tasks.cancel()
        may_go_on.set()
        settle(qtbot, window)
        assert section.said.text().startswith("Stopped.") and section.check.isEnabled()
        assert "Last check: never" in section.kept.text()

    def test_a_file_that_is_read_is_no_place_to_save(self, qtbot, window, tmp_path, monkeypatch):
        section, listed = self.open(qtbot, window, KeepingSection), tmp_path / "list.csv"
        listed.write_bytes(b"")
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(listed), ""))
        assert way_out.ask_where(section, "Pairs", "pairs.csv", "", read=(listed,)) is None
        assert "is a file that is read here" in section.said.text()
        assert way_out.ask_where(section, "Pairs", "pairs.csv", "") == listed

    def test_the_journal_is_read_by_kind_and_person(self, qtbot, window, worker):
        person_id = worker.people.add(details=a_person())
        section = self.open(qtbot, window, JournalSection)
        everything = len(section.table.shown())
        section.told.setFocus()
        qtbot.keyClick(section.told, Qt.Key.Key_Down)
        settle(qtbot, window)
        assert 0 < len(section.table.shown()) < everything
        window.show_place("person", person_id)
        settle(qtbot, window)
        click(qtbot, window, "Journal")
        settle(qtbot, window)
        section = window.current.section
        assert section.panel.title.text() == "Journal of James Okafor"
        section.table.view.selectRow(0)
        settle(qtbot, window)
        assert "person name added, family" in section.detail.text()
        assert "Okafor" not in section.detail.text() and "Words were left out" in section.detail.text()
        qtbot.mouseClick(section.everybody, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert section.panel.title.text() == "Journal"
