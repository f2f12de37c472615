from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from caseapp.domain.calls import Model, NarrativePart, UnitResponse
from caseapp.domain.screening import Answer, CriterionDetails
from caseapp.ui.widgets.options import choose
from tests.builders import HOSTILE, NOW, a_call, a_person, an_encounter
from tests.ui.driving import CTRL, buttons, click, settle, unnamed, words

NO = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def call_id(worker):
    return worker.calls.add(call=a_call(received_at=NOW - timedelta(hours=2)))


@pytest.fixture
def screen(qtbot, window, call_id):
    window.show_place("calls", call_id)
    settle(qtbot, window)
    return window.current


def save(qtbot, window, part):
    inside = part.form.findChildren(QLineEdit)[0]
    inside.setFocus()
    qtbot.keyClick(inside, Qt.Key.Key_Return, CTRL)
    settle(qtbot, window)


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def press(qtbot, screen, letter):
    screen.table.view.setFocus()
    qtbot.keyClicks(screen.table.view, letter)


class TestParts:
    @pytest.mark.parametrize("letter", "fnsucp")
    def test_open_by_their_letter_and_close_by_escape_with_every_field_named(
        self, qtbot, window, screen, letter
    ):
        press(qtbot, screen, letter)
        settle(qtbot, window)
        part = screen.parts.by_key(letter)
        assert part.form is not None and unnamed(part) == []
        qtbot.keyClick(part.form.findChildren(QLineEdit)[0], Qt.Key.Key_Escape)
        assert part.form is None

    def test_facts_say_on_which_day_the_call_came_in(self, screen, worker, call_id):
        """Opened from a record of years, it said “12:00:00” and nothing of the day."""
        call = worker.calls.open(call_id=call_id).call
        local = call.received_at.astimezone(worker.context.zone)
        said = texts(screen.parts.facts)
        assert any(one.startswith(f"{local:%a} {local.day} {local:%b %H:%M:%S}") for one in said)

    def test_facts_are_saved_and_taken_back(self, qtbot, window, screen, worker, call_id):
        press(qtbot, screen, "f")
        part = screen.parts.facts
        part.form.field("place").setText(HOSTILE)
        part.form.field("dispatched_at").setText("0803")
        choose(part.form.field("source"), "team")
        save(qtbot, window, part)
        call = worker.calls.open(call_id=call_id).call
        assert (call.source, call.place) == ("team", " ".join(HOSTILE.split()))
        assert call.dispatched_at.hour == 16
        assert "Found by our team (proactive)" in texts(part)
        window.banner.undo()
        settle(qtbot, window)
        assert worker.calls.open(call_id=call_id).call.source == "911"

    def test_a_wrong_time_is_said_beside_its_field_as_it_is_left(
        self, qtbot, window, screen, worker, call_id
    ):
        press(qtbot, screen, "f")
        part = screen.parts.facts
        field = part.form.field("on_scene_at")
        for typed, said in (("half past", "is not a time"), ("2026-11-24 01:00", "lies before")):
            field.setText(typed)
            field.editingFinished.emit()
            assert said in field.accessibleDescription()
        save(qtbot, window, part)
        assert part.form is not None and said in field.accessibleDescription()
        field.setText("8:20")
        save(qtbot, window, part)
        assert part.form is None and worker.calls.open(call_id=call_id).call.on_scene_at is not None

    def test_an_entry_of_the_narrative_says_who_wrote_it(self, qtbot, window, screen, worker, call_id):
        press(qtbot, screen, "n")
        part = screen.parts.entries
        save(qtbot, window, part)
        assert "Write what happened" in part.form.field("text").accessibleDescription()
        part.form.findChildren(QPlainTextEdit)[0].setPlainText(HOSTILE)
        choose(part.form.field("part"), NarrativePart.DISPATCHER)
        save(qtbot, window, part)
        assert [one.text for one in worker.calls.open(call_id=call_id).call.notes] == [HOSTILE]
        assert HOSTILE in texts(part)

    def test_units_take_the_model_of_a_known_call_sign_and_ask_for_a_whole_back_up(
        self, qtbot, window, screen, worker, admin, call_id
    ):
        screen.parts.units.units = {"M1": Model.MOBILE_CRISIS}
        press(qtbot, screen, "u")
        part = screen.parts.units
        part.form.field("call_sign").setText("M1")
        choose(part.form.field("back_up_what"), "police")
        save(qtbot, window, part)
        assert "by whom and why" in part.form.field("back_up_asked_by").accessibleDescription()
        choose(part.form.field("back_up_asked_by"), "responder")
        choose(part.form.field("back_up_reason"), "weapon")
        save(qtbot, window, part)
        stored = worker.calls.open(call_id=call_id).call.responses
        assert (stored[1].model, stored[1].back_up.what) == (Model.MOBILE_CRISIS, "police")
        part._edit(1)
        part._remove()
        settle(qtbot, window)
        assert len(worker.calls.open(call_id=call_id).call.responses) == 1
        window.banner.undo()
        settle(qtbot, window)
        assert worker.calls.open(call_id=call_id).call.responses == stored

    def test_a_safety_check_without_an_answer_stands_out(self, qtbot, window, screen):
        press(qtbot, screen, "c")
        part = screen.parts.safety
        choose(part.form.field("answer"), "no-answer")
        save(qtbot, window, part)
        assert "1 not answered or in need" in texts(part)


class TestScreening:
    @pytest.fixture
    def weapon(self, admin):
        return admin.screening.add(details=CriterionDetails("Weapon?", Answer.NO, date(2026, 1, 1)))

    def test_the_decision_follows_the_answers_and_asks_why_nobody_came(
        self, qtbot, window, weapon, worker, screen, call_id
    ):
        units = (UnitResponse("P1", Model.POLICE),)
        worker.calls.change_units(call_id=call_id, responses=units, version=1)
        screen.refresh()
        settle(qtbot, window)
        press(qtbot, screen, "s")
        part = screen.parts.screening
        choose(part.form.field("criterion0"), Answer.NO)
        assert part.form.field("eligible").currentData() == "yes"
        save(qtbot, window, part)
        assert "nobody of ours came" in part.form.field("not_served_reason").accessibleDescription()
        choose(part.form.field("not_served_reason"), "no-unit")
        save(qtbot, window, part)
        sheet = worker.calls.open(call_id=call_id).sheet
        assert (sheet.eligible, sheet.answers) == ("yes", {weapon: Answer.NO})
        assert "not served: no unit free" in texts(part)


class TestPeople:
    def test_somebody_is_added_with_what_happened_at_the_scene(self, qtbot, window, screen, worker, call_id):
        press(qtbot, screen, "p")
        part = screen.parts.add_met
        save(qtbot, window, part)
        assert "what the person looked like" in part.form.field("name").accessibleDescription()
        part.form.field("description").setText("tall, red parka")
        part.form.field("offers").findChildren(QLineEdit)[0].setText("shelter bed")
        choose(part.form.field("offers").findChildren(QComboBox)[0], "declined")
        choose(part.form.field("transported_by"), "police")
        save(qtbot, window, part)
        assert "Say where" in part.form.field("transported_to").accessibleDescription()
        choose(part.form.field("transported_to"), "jail")
        choose(part.form.field("involuntary_hold"), "officer")
        save(qtbot, window, part)
        details = worker.calls.open(call_id=call_id).people[0].encounter.details
        assert details.offers == (("shelter bed", "declined"),)
        assert (details.transported_to, details.transported_by) == ("jail", "police")
        assert "Placed by an officer" in texts(screen.parts.met[0])

    def test_what_is_typed_survives_a_change_elsewhere_and_blocks_another_call(
        self, qtbot, window, screen, worker, call_id
    ):
        other = worker.calls.add(call=a_call("26-9", received_at=NOW - timedelta(hours=1)))
        press(qtbot, screen, "f")
        part = screen.parts.facts
        part.form.field("priority").setText("1")
        worker.calls.change_units(call_id=call_id, responses=(), version=1)
        screen.refresh()
        settle(qtbot, window)
        screen.about(other)
        settle(qtbot, window)
        assert screen.bench.call.id == call_id and "is not saved" in window.banner.words.text()
        save(qtbot, window, part)
        assert worker.calls.open(call_id=call_id).call.priority == "1"

    def test_asks_only_about_what_both_wrote_meanwhile(self, qtbot, window, screen, worker, call_id):
        """Each save was refused until the form was closed, and with it went what was typed."""
        press(qtbot, screen, "f")
        part = screen.parts.facts
        part.form.field("priority").setText("1")
        part.form.field("disposition").setText("Assisted")
        call = worker.calls.open(call_id=call_id).call
        worker.calls.change(call=replace(call, priority="4", city="Riverside"))
        screen.refresh()
        settle(qtbot, window)
        save(qtbot, window, part)
        assert worker.calls.open(call_id=call_id).call.priority == "4"
        assert "wrote “4” here" in part.form._errors["priority"].text() and len(part.form._errors) == 1
        save(qtbot, window, part)
        call = worker.calls.open(call_id=call_id).call
        assert (call.priority, call.city, call.disposition) == ("1", "Riverside", "Assisted")
        assert part.form is None

    def test_puts_a_unit_beside_that_of_a_colleague_and_answers_beside_their_facts(
        self, qtbot, window, screen, worker, call_id
    ):
        """A second unit was refused for the first until its form was closed, and all of it typed again."""
        press(qtbot, screen, "u")
        part = screen.parts.units
        part.form.field("call_sign").setText("MC2")
        worker.calls.change_units(
            call_id=call_id, responses=(UnitResponse("MC1", Model.MOBILE_CRISIS),), version=1
        )
        save(qtbot, window, part)
        signs = [one.call_sign for one in worker.calls.open(call_id=call_id).call.responses]
        assert signs == ["MC1", "MC2"] and part.form is None
        press(qtbot, screen, "s")
        call = worker.calls.open(call_id=call_id).call
        worker.calls.change(call=replace(call, priority="4"))
        save(qtbot, window, screen.parts.screening)
        assert screen.parts.screening.form is None
        assert worker.calls.open(call_id=call_id).call.priority == "4"

    def test_saves_at_once_what_nobody_else_wrote_meanwhile(self, qtbot, window, screen, worker, call_id):
        press(qtbot, screen, "f")
        part = screen.parts.facts
        part.form.field("disposition").setText("Assisted")
        call = worker.calls.open(call_id=call_id).call
        worker.calls.change(call=replace(call, priority="4"))
        save(qtbot, window, part)
        call = worker.calls.open(call_id=call_id).call
        assert (call.priority, call.disposition) == ("4", "Assisted") and part.form is None

    def test_somebody_is_handed_to_triage_by_key_and_taken_back(self, qtbot, window, screen, worker, call_id):
        worker.encounters.add(call_id=call_id, details=an_encounter("Kim"))
        worker.triage.dismiss(encounter_id=worker.calls.open(call_id=call_id).people[0].encounter.id)
        screen.refresh()
        settle(qtbot, window)
        press(qtbot, screen, "t")
        settle(qtbot, window)
        assert len(worker.today.page().new) == 1
        window.banner.undo()
        settle(qtbot, window)
        assert worker.today.page().new == ()

    def test_somebody_new_waits_again_once_handing_them_over_is_taken_back(
        self, qtbot, window, screen, worker, call_id
    ):
        worker.encounters.add(call_id=call_id, details=an_encounter("Kim"))
        screen.refresh()
        settle(qtbot, window)
        assert len(worker.today.page().new) == 1
        press(qtbot, screen, "t")
        settle(qtbot, window)
        window.banner.undo()
        settle(qtbot, window)
        assert len(worker.today.page().new) == 1

    def at_a_call(self, qtbot, window, worker, *names):
        """James Okafor, and a call in view on which people of these names were met."""
        person_id = worker.people.add(details=a_person())
        call = worker.calls.add(call=a_call("26-5", received_at=NOW - timedelta(hours=3)))
        for name in names:
            worker.encounters.add(call_id=call, details=an_encounter(name))
        window.show_place("calls", call)
        settle(qtbot, window)
        return person_id, call

    def test_the_likely_person_is_linked_and_unlinked(self, qtbot, window, worker):
        person_id, call = self.at_a_call(qtbot, window, worker, "James Okafor")
        use = [one for one in window.current.findChildren(QPushButton) if one.text() == "Use this person"]
        qtbot.mouseClick(use[0], Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert worker.calls.open(call_id=call).people[0].encounter.person_id == person_id
        window.banner.undo()
        settle(qtbot, window)
        assert worker.calls.open(call_id=call).people[0].encounter.person_id is None

    def test_shows_who_it_is_once_a_colleague_said_so_meanwhile(self, qtbot, window, worker):
        """The undo was refused, and the call stood there as linked until F5, each press refused again."""
        person_id, call = self.at_a_call(qtbot, window, worker, "James Okafor")
        click(qtbot, window, "Use James Okafor")
        met = worker.calls.open(call_id=call).people[0].encounter.id
        worker.encounters.unlink(encounter_id=met, person_id=person_id)
        window.banner.undo()
        settle(qtbot, window)
        assert "shows who it is now" in window.banner.words.text()
        worker.encounters.link(encounter_id=met, person_id=person_id)
        click(qtbot, window, "Use James Okafor")
        assert "said meanwhile who this is" in window.banner.words.text()
        assert buttons(window, "Undo link") and not buttons(window, "Use James Okafor")

    def test_says_of_whom_it_offers_that_they_are_on_the_call_already(self, qtbot, window, worker):
        self.at_a_call(qtbot, window, worker, "James Okafor", "Jim Okafor")
        assert not any("is on this call already" in one.casefold() for one in words(window.current))
        click(qtbot, window, "Use James Okafor")
        assert any(one.startswith("Is on this call already.") for one in words(window.current))

    def test_whoever_links_by_a_key_goes_on_in_the_list_and_not_in_the_search_field(
        self, qtbot, window, worker
    ):
        self.at_a_call(qtbot, window, worker, "James Okafor")
        use = next(one for one in window.current.findChildren(QPushButton) if one.text() == "Use this person")
        use.setFocus()
        qtbot.keyClick(use, Qt.Key.Key_Space)
        settle(qtbot, window)
        assert window.current.table.view.hasFocus()
