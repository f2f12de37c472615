import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QPlainTextEdit,
    QPushButton,
)

from caseapp.domain.access import Role
from caseapp.domain.contacts import Channel
from caseapp.domain.directory import NewService
from caseapp.domain.people import Alert, PersonPlace
from caseapp.domain.referrals import Method
from caseapp.domain.shorthand import When
from caseapp.ui.places import PLACES
from caseapp.ui.widgets.table import Column, RowsModel
from tests.builders import TODAY, a_call, a_contact, a_person, an_encounter, services_as
from tests.ui.driving import a_window, buttons, click, settle, show_window, tabbed, unnamed, words


class TestEveryScreen:
    @pytest.mark.parametrize("place", [place.name for place in PLACES])
    def test_opens_empty_and_names_every_control(self, qtbot, window, place):
        window.show_place(place, None)
        settle(qtbot, window)
        assert window.current.name == place or place == "person"
        assert unnamed(window.current) == []
        assert not window.banner.isVisible()
        window.current.take_focus()
        reached = tabbed(window)
        groups = {one.group() for one in reached if isinstance(one, QAbstractButton)} - {None}
        buttons = window.current.action_box.findChildren(QAbstractButton)
        offered = [one for one in buttons if one.isVisible() and one.isEnabled()]
        missed = [one.text() for one in offered if one not in reached and one.group() not in groups]
        assert missed == [], "Tab leads to every action, or the arrows within one of several"

    @pytest.mark.parametrize("place", [place.name for place in PLACES if place.icon])
    def test_keeps_its_text_at_twice_the_size_in_a_small_window(self, qtbot, worker, place):
        window = a_window(qtbot, worker, theme="dark", percent=200)
        window.show_place(place, None)
        show_window(qtbot, window)
        assert window.grab().width() > 0
        window.close()


class TestImportOfPeople:
    LIST = "ID,Name,DOB\n1,James Okafor,1976-03-02\n2,Ana Vega,1990-01-01\n3,,1991-01-01\n"

    def test_looks_first_then_imports_and_takes_back(self, qtbot, window, worker, tmp_path):
        worker.people.add(details=a_person())
        listed = tmp_path / "people.csv"
        listed.write_text(self.LIST)
        window.show_place("imports", None)
        settle(qtbot, window)
        screen = window.current
        screen.holds.setFocus()
        qtbot.keyClick(screen.holds, Qt.Key.Key_2)
        screen.read_file(listed)
        settle(qtbot, window)
        assert (screen.summary.new, screen.summary.look_known, screen.summary.rows_rejected) == (2, 1, 1)
        assert len(worker.people.recent()) == 1 and screen.rejects.isEnabled()
        qtbot.mouseClick(screen.go, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert len(worker.people.recent()) == 3 and screen.batches.current().kind == "people"
        go_on = threading.Event()
        window.tasks.run_long("Waiting", lambda _report: go_on.wait(9), then=lambda _: None, failed=print)
        qtbot.mouseClick(buttons(window, "Take back the chosen one")[0], Qt.MouseButton.LeftButton)
        assert window.status.stop.isVisible()
        window.status.stop.click()
        go_on.set()
        settle(qtbot, window)
        assert len(worker.people.recent()) == 3 and any(
            "Nothing was taken back" in one for one in words(window.banner)
        )
        click(qtbot, window, "Take back the chosen one")
        settle(qtbot, window)
        assert len(worker.people.recent()) == 1

    def test_says_why_rows_of_a_list_are_rejected(self, qtbot, window, tmp_path):
        """A list whose columns were mixed up had “4 columns known” and all rows rejected, without a word."""
        listed = tmp_path / "people.csv"
        rows = ("Ann,1980-02-03,Vale", "Bo,1981-02-03,Vale", "1982-02-03,Cy,Vale", ",,", "1983-02-03,,")
        listed.write_text("\n".join(("DOB,First Name,Last Name", *rows)))
        window.show_place("imports", None)
        settle(qtbot, window)
        screen = window.current
        qtbot.keyClick(screen.holds, Qt.Key.Key_2)
        screen.read_file(listed)
        settle(qtbot, window)
        (said,) = (one for one in words(screen) if one.startswith("Please look at"))
        assert "Row 2 and 1 more: birth date cannot be read." in said
        assert "Row 6: no name and no description." in said

    def test_lets_go_of_a_file_when_it_holds_something_else(self, qtbot, window, tmp_path):
        listed = tmp_path / "people.csv"
        listed.write_text(self.LIST)
        window.show_place("imports", None)
        settle(qtbot, window)
        screen = window.current
        qtbot.keyClick(screen.holds, Qt.Key.Key_2)
        screen.read_file(listed)
        qtbot.keyClick(screen.holds, Qt.Key.Key_1)
        settle(qtbot, window)
        assert screen.looked is None and not screen.go.isEnabled()
        screen.read_file(listed)
        settle(qtbot, window)
        assert any("were not recognised" in one for one in words(screen)) and screen.beside.text() == ""
        assert not window.banner.isVisible()
        qtbot.keyClick(screen.holds, Qt.Key.Key_2)
        assert not any("were not recognised" in one for one in words(screen))
        screen.read_file(listed)
        settle(qtbot, window)
        assert screen.summary.new and not any("were not recognised" in one for one in words(screen))


def search(qtbot, window, text):
    """Type in the search field and wait for the first answer."""
    qtbot.keyClicks(window.search, text)
    field = window.search
    qtbot.waitUntil(lambda: field.results is not None and field.results.isVisible(), timeout=5000)


class TestKeyboard:
    def test_goes_to_a_screen_and_back(self, qtbot, window):
        qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        assert window.current.name == "people"
        qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert window.current.name == "today"
        qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        assert window.current.name == "people"

    def test_goes_to_every_place_at_the_left_by_a_click_and_by_its_number(self, qtbot, window):
        for name, title in zip(window.navigation.names, window.navigation.titles, strict=True):
            click(qtbot, window, title)
            assert window.current.name == name
        for number, name in reversed(list(enumerate(window.navigation.names, start=1))[:9]):
            qtbot.keyClick(window, str(number), Qt.KeyboardModifier.ControlModifier)
            assert window.current.name == name
        settle(qtbot, window)

    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
    def test_shows_again_what_was_found_for_words_that_still_stand(self, qtbot, window, worker, key):
        person_id = worker.people.add(details=a_person("Dwayne", "Reyes"))
        window.search.start()
        qtbot.keyClicks(window.search, "reyes")
        qtbot.waitUntil(lambda: window.search.results is not None and window.search.results.isVisible())
        qtbot.keyClick(window.search, Qt.Key.Key_Escape)
        settle(qtbot, window)
        qtbot.keyClick(window.search, key)
        settle(qtbot, window)
        assert window.search.results.isVisible() and window.current.name == "today"
        qtbot.keyClick(window.search, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert window.current.person_in_view == person_id

    def test_finds_a_person_from_the_search_field(self, qtbot, window, worker):
        person_id = worker.people.add(details=a_person())
        qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        search(qtbot, window, "okaf ja")
        qtbot.keyClick(window.search, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert window.current.name == "person" and window.current.record.person.id == person_id

    def test_shows_what_takes_longer_after_the_first_people(self, qtbot, window, worker):
        """By "sage" a person is found at once, a service of that name a moment later; the mark stays."""
        worker.people.add(details=a_person("Sage", "Willow"))
        worker.people.add(details=a_person("Sage", "Alder"))
        worker.directory.add_organization(name="Harbor", services=(NewService("Sage House"),))
        search(qtbot, window, "sage")
        qtbot.keyClick(window.search, Qt.Key.Key_Down)
        settle(qtbot, window)
        shown = [window.search.results.item(row).text() for row in range(window.search.results.count())]
        assert [line.split("\n")[0] for line in shown] == ["Sage Alder", "Sage Willow", "Sage House"]
        assert window.search.results.currentRow() == 1

    def test_marks_nobody_instead_of_whom_the_whole_answer_leaves_out(self, qtbot, window, worker):
        for family in ("Willow", "Alder"):
            worker.people.add(details=a_person("Sage", family))
        search(qtbot, window, "sage")
        settle(qtbot, window)
        field = window.search
        first = [field.results.item(row).data(Qt.ItemDataRole.UserRole) for row in range(2)]
        field._show_whole("sage", first, first[1:])
        assert (field.results.count(), field.results.currentRow()) == (1, -1)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert window.current.name == "today"
        qtbot.keyClick(field, Qt.Key.Key_Down)
        assert field.results.currentRow() == 0

    def test_looks_for_nothing_once_it_is_left_before_it_began(self, qtbot, window, worker):
        worker.people.add(details=a_person())
        field = window.search
        qtbot.keyClicks(field, "okafor")
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        qtbot.wait(100)
        settle(qtbot, window)
        assert field.results is None or not field.results.isVisible()

    def test_shows_nothing_more_once_the_list_is_closed(self, qtbot, window, worker):
        worker.people.add(details=a_person())
        search(qtbot, window, "okafor")
        qtbot.keyClick(window.search, Qt.Key.Key_Escape)
        settle(qtbot, window)
        assert not window.search.results.isVisible()

    def test_logs_an_attempt_from_its_row_in_few_keys(self, qtbot, window, worker):
        person_id = worker.people.add(details=a_person())
        worker.follow_ups.schedule(person_id=person_id, what="Day 7", channel=Channel.PHONE, when=When(TODAY))
        window.show_place("today", None)
        settle(qtbot, window)
        table = window.current.table
        qtbot.keyClick(table.view, Qt.Key.Key_L)
        settle(qtbot, window)
        form = window.contact_form
        qtbot.keyClicks(form.outcome, "2")
        assert form.next_when.hasFocus() or not window.isActiveWindow()
        qtbot.keyClicks(form.next_when, "+1d")
        qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not form.isVisible(), timeout=5000)
        settle(qtbot, window)
        assert [one.attempts for one in worker.follow_ups.planned(person_id=person_id)] == [1]
        window.banner.undo()
        settle(qtbot, window)
        assert [one.attempts for one in worker.follow_ups.planned(person_id=person_id)] == [0]


class TestContactForm:
    def test_keeps_a_draft_and_brings_it_back_for_the_same_person_only(self, qtbot, window, worker):
        person_id = worker.people.add(details=a_person())
        other_id = worker.people.add(details=a_person("Ana", "Reyes", points=()))
        form = window.contact_form
        form.start(person_id)
        settle(qtbot, window)
        form.findChildren(QPlainTextEdit)[0].setPlainText("half a thought")
        form.keep_draft()
        settle(qtbot, window)
        for wanted, text in ((other_id, ""), (person_id, "half a thought")):
            form.hide()
            form.start(wanted)
            settle(qtbot, window)
            qtbot.wait(30)
            assert form.findChildren(QPlainTextEdit)[-1].toPlainText() == text

    def test_says_beside_the_field_what_is_missing(self, qtbot, window):
        form = window.contact_form
        form.start(None)
        settle(qtbot, window)
        qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
        assert form.problem.text() == "Choose at least one person."


class TestReferral:
    def test_knows_the_service_again_that_a_draft_had_chosen(self, qtbot, window, worker):
        person_id = worker.people.add(details=a_person())
        worker.directory.add_organization(name="Harbor", services=(NewService("Detox"),))
        content = {"place": "Harbor, Detox", "need": "a bed"}
        worker.drafts.keep(form="new-referral", person_id=person_id, content=content)
        window.show_place("new-referral", person_id)
        settle(qtbot, window)
        qtbot.mouseClick(window.current.save, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        referral = worker.referrals.open_ones()[0]
        assert referral.service_id == worker.directory.find()[0].id
        assert worker.drafts.get(form="new-referral", person_id=person_id) is None


class TestCalls:
    def test_opens_the_call_and_offers_nobody_when_nobody_is_likely(self, qtbot, window, worker):
        call_id = worker.calls.add(call=a_call())
        worker.encounters.add(call_id=call_id, details=an_encounter("Zed"))
        window.show_place("calls", call_id)
        settle(qtbot, window)
        assert window.current.bench.call.id == call_id
        assert unnamed(window.current) == []

    def test_counts_a_sealed_person_and_offers_nothing_to_do_with_them(self, qtbot, window, signed_in):
        keeper = services_as(signed_in, Role.SOCIAL_WORKER)
        person_id = keeper.people.add(details=a_person("Zzyzx", is_restricted=True))
        call_id = keeper.calls.add(call=a_call())
        keeper.encounters.add(call_id=call_id, details=an_encounter("Zzyzx"), person_id=person_id)
        window.show_place("calls", call_id)
        settle(qtbot, window)
        shown = [one.text() for one in window.current.findChildren(QLabel) if one.isVisible()]
        assert "Restricted person" in shown and not any("Zzyzx" in words for words in shown)
        offered = {one.text() for one in window.current.findChildren(QAbstractButton) if one.isVisible()}
        assert not offered & {"Open", "Log contact", "Undo link", "Use this person"}


def test_the_table_model_keeps_qts_rules(qtmodeltester):
    model = RowsModel((Column("Name", lambda one: one), Column("Length", lambda one: str(len(one)))))
    model.set_rows(["a", "bb"])
    qtmodeltester.check(model)


def test_a_person_is_shown_with_codes_in_the_words_of_the_agencys_lists(qtbot, window, worker):
    details = replace(a_person(), languages=("sign",), places=(PersonPlace("mail", "12 Oak Street"),))
    person_id = worker.people.add(details=details)
    window.show_place("person", person_id)
    settle(qtbot, window)
    assert "American Sign Language" in window.current.beside.text()
    assert "Mail is safe there" in words(window.current)
    window.show_place("people", None)
    settle(qtbot, window)
    table = window.current.table
    model = table.model
    shown = [model.index(0, place).data() for place in range(model.columnCount())]
    assert "American Sign Language" in shown


def test_the_empty_list_of_people_says_whether_nobody_is_there_or_nobody_was_found(qtbot, window):
    window.show_place("people", None)
    settle(qtbot, window)
    assert any(one.startswith("Nobody is on record yet.") for one in words(window.current))
    qtbot.keyClicks(window.current.words, "okafor")
    qtbot.wait(150)
    settle(qtbot, window)
    assert any(one.startswith("Nobody found.") for one in words(window.current))


def test_saves_no_new_person_where_the_one_to_change_is_not_open(qtbot, window, worker, signed_in):
    person_id = worker.people.add(details=a_person("Zyx", "Quine"))
    window.show_place("new-person", person_id)
    window.current.form.given.setText("Quick")
    window.current._save()
    settle(qtbot, window)
    assert window.current.form.given.text() == "Zyx"
    other = services_as(signed_in, Role.SUPERVISOR)
    sealed = other.people.open(person_id=person_id).person
    details = replace(sealed.details, is_restricted=True)
    other.people.change(person_id=person_id, details=details, version=sealed.version)
    window.show_place("new-person", person_id)
    settle(qtbot, window)
    assert not buttons(window.current, "Save") and "Zyx" not in window.current.form.given.text()
    window.current.form.given.setText("Quick")
    window.current._save()
    settle(qtbot, window)
    assert other.search.find(query="quick") == []
    window.show_place("new-person", None)
    settle(qtbot, window)
    assert buttons(window.current, "Save") and window.current.form.given.isVisible()


@pytest.mark.parametrize("place", ["person", "case"])
def test_shows_nothing_of_anybody_where_a_record_is_not_open(qtbot, window, worker, signed_in, place):
    other = services_as(signed_in, Role.SUPERVISOR)
    ids = []
    for name in ("Ana", "Zyx"):
        person_id = worker.people.add(details=a_person(name, "Quine", alerts=(Alert("safety", name),)))
        case_id = worker.cases.open_case(person_id=person_id, opened_from="self").id
        ids.append(person_id if place == "person" else case_id)
    sealed = other.people.open(person_id=person_id).person
    details = replace(sealed.details, is_restricted=True)
    other.people.change(person_id=person_id, details=details, version=sealed.version)
    for shown, count in ((ids[0], 1), (ids[1], 0), (ids[0], 1)):
        window.show_place(place, shown)
        settle(qtbot, window)
        said = words(window.current)
        assert any("Ana" in one for one in said) == bool(count)
        assert not any("Zyx" in one for one in said)
        assert (window.current.person_in_view is not None) == bool(count)
        assert bool(buttons(window.current, "Papers")) == bool(count)
    assert "named staff only" in window.banner.words.text()


def test_a_small_laptop_shows_whole_how_to_speak_with_a_person_and_one_way_to_log(qtbot, window, worker):
    details = a_person("Marisol", "De la Cruz", languages=("es", "en"), interpreter_needed=True)
    window.resize(1280, 720)
    window.show_place("person", worker.people.add(details=details))
    settle(qtbot, window)
    screen = window.current
    assert QLabel.text(screen.beside) == screen.beside.text(), "what stands beside the name is cut"
    assert "Interpreter needed" in words(screen)
    primary = [one for one in window.findChildren(QPushButton) if one.property("look") == "primary"]
    assert [one.accessibleName().split("  ")[0] for one in primary if one.isVisible()] == ["Log contact"]


def test_the_timeline_gives_no_hour_to_what_is_of_a_day_and_says_first_what_happened(qtbot, window, worker):
    """A step of a referral and a case opened this afternoon stood there at “Today 05:00”."""
    person_id = worker.people.add(details=a_person())
    worker.cases.open_case(person_id=person_id, opened_from="call")
    worker.referrals.offer(person_id=person_id, need="a bed", method=Method.PACKET, place="Harbor Detox")
    worker.follow_ups.schedule(person_id=person_id, what="Ride", channel=Channel.PHONE, when=When(TODAY))
    window.show_place("person", person_id)
    settle(qtbot, window)
    said = words(window.current.timeline)
    assert said.count("Today") == 3 and not [one for one in said if one.startswith("Today ")]
    assert "Offered: referral to Harbor Detox" in said and worker.context.actor.name in said


def test_comes_by_tab_through_the_timeline_before_what_stands_beside_it(qtbot, window, worker):
    person_id = worker.people.add(details=a_person())
    worker.contacts.log(details=a_contact(person_id))
    window.resize(1440, 1000)
    window.show_place("person", person_id)
    settle(qtbot, window)
    screen = window.current
    screen.timeline.words.setFocus()
    stops = tabbed(window)
    (opened,) = (
        one for one in buttons_in(screen.timeline) if one.accessibleName().startswith("Open contact")
    )
    beside = next(one for one in buttons_in(screen.relations) if one.accessibleName().startswith("Add"))
    assert stops.index(opened) < stops.index(beside)


def buttons_in(part):
    return [one for one in part.findChildren(QPushButton) if one.isVisible()]
