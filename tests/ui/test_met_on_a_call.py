"""On a call, whoever was met is written as told, and linked to whom it may be, key by key."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from caseapp.domain.access import Role
from caseapp.domain.births import Birth, Precision
from caseapp.domain.people import PersonKind
from caseapp.ui.calls.who_panel import KEEP_AFTER, WhoPanel
from tests.builders import a_call, a_person, an_encounter, services_as
from tests.ui.driving import buttons, click, settle, typed, unnamed, window_of, words


def said_of(worker, window):
    return worker.calls.open(call_id=window.current.bench.call.id).people[0].encounter.details.stated


class TestOnACall:
    @pytest.fixture
    def met(self, qtbot, window, worker, town):
        call = worker.calls.add(call=a_call())
        encounter_id = worker.encounters.add(call_id=call, details=an_encounter("Jimmy"))
        window.show_place("calls", call)
        settle(qtbot, window)
        return encounter_id

    def panel(self, window):
        return window.current.findChildren(WhoPanel)[-1]

    def test_asks_again_with_each_key_and_links_the_first_with_enter(self, qtbot, window, worker, met, town):
        panel = self.panel(window)
        assert panel.name_field.text() == "Jimmy" and unnamed(panel) == []
        typed(qtbot, window, panel.phone, "541 555 0142")
        assert any("Same phone." in one for one in words(panel.found))
        qtbot.keyClick(panel.phone, Qt.Key.Key_Return)
        settle(qtbot, window)
        bench = worker.calls.open(call_id=window.current.bench.call.id)
        assert bench.people[0].encounter.person_id in town[0]
        assert bench.people[0].encounter.details.stated.phone == "541 555 0142"

    def test_links_nobody_with_enter_who_was_offered_for_other_words(self, qtbot, window, worker, met, town):
        panel = self.panel(window)
        typed(qtbot, window, panel.phone, "541 555 0142")
        assert panel.found.offered
        panel.name_field.setText("")
        panel.phone.setText("")
        qtbot.keyClicks(panel.name_field, "Xiomara")
        qtbot.keyClick(panel.name_field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not panel.found.offered)
        settle(qtbot, window)
        assert worker.calls.open(call_id=window.current.bench.call.id).people[0].encounter.person_id is None

    def test_takes_nobody_unlikely_with_one_enter(self, qtbot, window, worker, met):
        """Who was one in twenty likely had the default, and was linked by the Enter that ended the typing."""
        for year in (1950, 1960, 1970, 1980):
            birth = Birth(date(year, 3, 2))
            worker.people.add(details=a_person("Ama", "Boateng", birth=birth, points=()))
        panel = self.panel(window)
        panel.name_field.clear()
        typed(qtbot, window, panel.name_field, "Ama Boateng")
        (first, *_others) = panel.found.offered
        assert first.probability < 0.5
        qtbot.keyClick(panel.name_field, Qt.Key.Key_Return)
        settle(qtbot, window)
        call_id = window.current.bench.call.id
        assert worker.calls.open(call_id=call_id).people[0].encounter.person_id is None
        assert window.focusWidget().accessibleName() == "Use Ama Boateng"
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
        settle(qtbot, window)
        assert worker.calls.open(call_id=call_id).people[0].encounter.person_id == first.person_id

    def test_a_double_click_takes_one_person_and_can_be_taken_back(self, qtbot, window, worker, met, town):
        panel = self.panel(window)
        typed(qtbot, window, panel.phone, "541 555 0142")
        use = buttons(window, f"Use {panel.found.offered[0].name}")[0]
        for _time in range(2):
            use.click()
        settle(qtbot, window)
        assert window.banner.words.text().startswith("Linked with ")
        window.banner.undo()
        settle(qtbot, window)
        assert worker.calls.open(call_id=window.current.bench.call.id).people[0].encounter.person_id is None

    def test_keeps_what_was_said_without_being_asked(self, qtbot, window, worker, met):
        typed(qtbot, window, self.panel(window).looks, "red parka")
        qtbot.wait(KEEP_AFTER + 100)
        settle(qtbot, window)
        said = worker.calls.open(call_id=window.current.bench.call.id).people[0].encounter.details.stated
        assert (said.name, said.description) == ("Jimmy", "red parka")

    def test_keeps_what_a_colleague_writes_of_the_same_person_meanwhile(self, qtbot, window, worker, met):
        panel, call_id = self.panel(window), window.current.bench.call.id
        theirs = worker.calls.open(call_id=call_id).people[0].encounter
        said = replace(theirs.details.stated, name="Jimmy Fisher", phone="541 555 0199")
        told = replace(theirs.details, stated=said, what_was_done="gave water")
        worker.encounters.change(read=theirs, details=told)
        for more in ("red parka", ", a dog"):
            typed(qtbot, window, panel.looks, more)
            qtbot.wait(KEEP_AFTER + 100)
            settle(qtbot, window)
        kept = worker.calls.open(call_id=call_id).people[0].encounter.details
        assert kept.stated == replace(said, description="red parka, a dog")
        assert kept.what_was_done == "gave water" and not window.banner.isVisible()
        assert (panel.name_field.text(), panel.looks.text()) == ("Jimmy Fisher", "red parka, a dog")
        click(qtbot, window, "Edit: Who is it?")
        click(qtbot, window, "Save  Ctrl+Enter")
        assert worker.calls.open(call_id=call_id).people[0].encounter.details == kept

    def test_says_what_a_colleague_wrote_into_the_same_field(self, qtbot, window, worker, met):
        panel, call_id = self.panel(window), window.current.bench.call.id
        read = worker.calls.open(call_id=call_id).people[0].encounter.details.stated
        worker.encounters.say_who(
            encounter_id=met, before=read, said=replace(read, description="green shoes")
        )
        typed(qtbot, window, panel.looks, "red parka")
        qtbot.wait(KEEP_AFTER + 100)
        settle(qtbot, window)
        assert (
            worker.calls.open(call_id=call_id).people[0].encounter.details.stated.description == "red parka"
        )
        assert "“green shoes”" in window.banner.words.text()

    def test_goes_on_keeping_after_nothing_stood_there_for_a_while(self, qtbot, window, worker, met):
        panel = self.panel(window)
        panel.name_field.setText("")
        qtbot.wait(KEEP_AFTER + 100)
        settle(qtbot, window)
        assert panel.is_typed_in
        typed(qtbot, window, panel.name_field, "James")
        qtbot.wait(KEEP_AFTER + 100)
        settle(qtbot, window)
        said = worker.calls.open(call_id=window.current.bench.call.id).people[0].encounter.details.stated
        assert said.name == "James"

    def test_who_may_only_look_is_offered_no_change(self, qtbot, window, worker, signed_in, met, town):
        call_id, person_id = window.current.bench.call.id, town[0][0]
        made = window_of(qtbot, services_as(signed_in, Role.AUDITOR))
        offers = {"Look further", "Log contact", "Schedule", "Refer", "Edit", "Import", "New person"}
        begins = ("Edit", "Add", "Use ", "Hand to", "Screen:", "Safety note", "Undo link", "Unknown person")
        for linked in (False, True):
            if linked:
                worker.encounters.link(encounter_id=met, person_id=person_id)
            for place, subject in (("calls", call_id), ("person", person_id), ("people", None)):
                made.show_place(place, subject)
                settle(qtbot, made)
                buttons_shown = [one for one in made.current.findChildren(QAbstractButton) if one.isVisible()]
                said = {one.accessibleName() for one in buttons_shown} - {"Unknown persons"}
                assert not said & offers and not [one for one in said if one.startswith(begins)]
        made.show_place("calls", call_id)
        settle(qtbot, made)
        for part in (*made.current.parts.parts, made.current.parts.add_met, *made.current.parts.met):
            part.open_form()
            assert part.form is None
        made.current.parts.met[0].hand_to_triage()
        settle(qtbot, made)
        assert made.banner.words.text() == "" and made.current.parts.met
        made.close()

    @pytest.mark.parametrize(
        "field, kept, text",
        [("birth", "5/12/1980", "13/45/1980"), ("birth", "5/12/1980", "5/12/2980"), ("age", "50", "old")],
    )
    def test_says_what_is_no_date_or_age_and_keeps_what_was_told_before(
        self, qtbot, window, worker, met, field, kept, text
    ):
        panel, form = self.panel(window), self.panel(window).form
        typed(qtbot, window, form.field(field), kept)
        panel.keep()
        settle(qtbot, window)
        stood = said_of(worker, window)
        assert stood.age == 50 or stood.birth == Birth(date(1980, 5, 12))
        form.field(field).clear()
        typed(qtbot, window, form.field(field), text)
        click(qtbot, window, "New person")
        assert window.current.name == "calls" and form.field(field).accessibleDescription()
        assert form.field(field).text() == text and said_of(worker, window) == stood
        click(qtbot, window, "Edit: Who is it?")
        edited = next(one for one in window.current.parts.met if one.form is not None).form
        edited.field(field).setText(text)
        click(qtbot, window, "Save  Ctrl+Enter")
        assert edited.field(field).accessibleDescription() and said_of(worker, window) == stood

    @pytest.mark.parametrize(
        ("typed_in", "birth"),
        [
            ("1976", Birth(date(1976, 1, 1), Precision.YEAR)),
            ("Mar 1976", Birth(date(1976, 3, 1), Precision.MONTH)),
            ("about 1976", Birth(date(1976, 1, 1), Precision.ESTIMATED)),
            ("5/12/30", Birth(date(1930, 5, 12))),
        ],
    )
    def test_takes_as_much_of_a_birth_as_was_told(self, qtbot, window, worker, met, typed_in, birth):
        """The year alone was no date here, and the 1930 of an old man was 2030."""
        call_id, panel = window.current.bench.call.id, self.panel(window)
        panel.name_field.clear()
        typed(qtbot, window, panel.name_field, "Ottilie")
        typed(qtbot, window, panel.birth, typed_in)
        panel.keep()
        settle(qtbot, window)
        assert said_of(worker, window).birth == birth and not panel.birth.accessibleDescription()
        window.show_place("today", None)
        settle(qtbot, window)
        window.show_place("calls", call_id)
        settle(qtbot, window)
        shown = self.panel(window).birth.text()
        assert shown == (birth.on.isoformat() if birth.precision is Precision.DAY else typed_in)
        click(qtbot, window, "Edit: Who is it?")
        edited = next(one for one in window.current.parts.met if one.form is not None).form
        assert edited.field("birth").text() == shown
        click(qtbot, window, "Save  Ctrl+Enter")
        assert said_of(worker, window).birth == birth
        click(qtbot, window, "New person")
        (hit,) = worker.search.find(query="Ottilie")
        assert worker.people.open(person_id=hit.record_id).person.details.birth == birth

    def test_no_age_is_read_out_of_thousands_of_digits(self, qtbot, window, met):
        panel = self.panel(window)
        for text in ("1" * 5_000, "²"):
            typed(qtbot, window, panel.age, text)
            assert panel.said().age is None
        click(qtbot, window, "Edit: Who is it?")
        form = next(one for one in window.current.parts.met if one.form is not None).form
        form.field("age").setText("1" * 5_000)
        click(qtbot, window, "Save  Ctrl+Enter")
        assert form.field("age").accessibleDescription()

    def test_counts_unknown_persons_seen_here_and_opens_exactly_them(self, qtbot, window, worker, met):
        panel = self.panel(window)
        typed(qtbot, window, panel.looks, "red parka")
        click(qtbot, window, "Unknown person")
        unknown = window.current.record.person
        assert unknown.details.kind is PersonKind.UNKNOWN and "red parka" in unknown.display_name
        other = worker.calls.add(call=a_call("2", place="Mill St"))
        away = worker.encounters.add(call_id=other, details=an_encounter("nobody knows"))
        elsewhere = a_person(kind=PersonKind.UNKNOWN, names=(), description="green hat", points=())
        worker.encounters.link_new(encounter_id=away, details=elsewhere)
        window.show_place("calls", worker.search.find(query="26-118204")[-1].record_id)
        settle(qtbot, window)
        click(qtbot, window, "1 unknown person seen here")
        screen = window.current
        assert screen.name == "unknown" and [one.id for one in screen.table.model.rows] == [unknown.id]
        row = screen.table.model.rows[0]
        assert (row.calls, row.places) == (1, ("Lincoln Park",)) and unnamed(screen) == []
        click(qtbot, window, "All places")
        assert len(screen.table.model.rows) == 2 and screen.beside.text() == "2 without a name"
        ruth = worker.people.add(details=a_person("Ruth", "Vega"))
        worker.links.link(left_id=unknown.id, right_id=ruth, reason="identified")
        screen.refresh()
        settle(qtbot, window)
        assert [one.name for one in screen.table.model.rows] == ["green hat"]
