"""A drive in the network answers slowly: nobody is shown for somebody else meanwhile."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import delete

from caseapp.domain.contacts import NoteText
from caseapp.domain.people import Alert
from caseapp.domain.referrals import Method
from caseapp.domain.triage import State
from caseapp.store.tables.calls import CallRow, EncounterRow, ResponseRow
from caseapp.ui.people.parting_screen import Pair
from caseapp.ui.screen import SLOW_AFTER
from tests.builders import a_call, a_consent, a_contact, a_person, an_encounter
from tests.ui.driving import settle, words


@pytest.fixture
def hold(window):
    """What keeps every answer waiting until the value that it returns is set."""
    goes_on = threading.Event()

    def begin():
        window.tasks.run(lambda: goes_on.wait(20), then=bool, failed=bool)
        return goes_on

    yield begin
    goes_on.set()


def ways_to_open(worker, name):
    """Somebody with a case, a contact and a referral, by the screen that shows each."""
    alert = Alert("safety", "Dog bites")
    person_id = worker.people.add(details=a_person(name, "Vega", alerts=(alert,)))
    case = worker.cases.open_case(person_id=person_id, opened_from="call")
    contact = worker.contacts.log(details=a_contact(person_id, note=NoteText(parts={"Note": f"{name}, 555"})))
    referral = worker.referrals.offer(
        person_id=person_id, place=f"Harbor for {name}", need="a bed", method=Method.SELF
    )
    return {"person": person_id, "case": case.id, "contact": contact.contact_id, "referral": referral.id}


@pytest.mark.parametrize("place", ["person", "case", "contact", "referral"])
def test_nobody_else_is_shown_while_somebody_is_read(qtbot, window, worker, hold, place):
    ruth, walter = (ways_to_open(worker, name)[place] for name in ("Ruth", "Walter"))
    window.show_place(place, ruth)
    settle(qtbot, window)
    screen = window.current
    assert "Ruth Vega" in " ".join(words(screen))
    goes_on = hold()
    window.show_place(place, walter)
    qtbot.wait(SLOW_AFTER + 200)
    said = " ".join(words(screen))
    assert screen.title.text() == "Reading…" and screen.action_box.isHidden()
    assert "Ruth" not in said and "555" not in said and "Dog bites" not in said
    goes_on.set()
    settle(qtbot, window)
    assert "Walter Vega" in " ".join(words(screen)) and screen.action_box.isVisible()
    focus = QApplication.focusWidget()
    assert focus is screen or screen.isAncestorOf(focus)


@pytest.mark.parametrize("place", ["schedule", "papers", "new-case", "new-consent", "assessments"])
def test_says_that_it_reads_whom_a_form_is_for(qtbot, window, worker, hold, place):
    """The form for somebody stood there without a word of whom, and papers with the pages of another."""
    ruth, walter = (ways_to_open(worker, name)["person"] for name in ("Ruth", "Walter"))
    window.show_place(place, ruth)
    settle(qtbot, window)
    screen = window.current
    assert "Ruth Vega" in screen.beside.text() or "Ruth Vega" in screen.title.text()
    goes_on = hold()
    window.show_place(place, walter)
    qtbot.wait(SLOW_AFTER + 200)
    assert screen.beside.text() == "Reading…"
    if place == "papers":
        assert not screen.print_button.isEnabled() and screen.preview is None
    goes_on.set()
    settle(qtbot, window)
    assert screen.beside.text() == "Walter Vega"


def test_consents_of_one_are_not_shown_for_another_who_is_read(qtbot, window, worker, hold):
    ruth, walter = (ways_to_open(worker, name)["person"] for name in ("Ruth", "Walter"))
    worker.consents.record(person_id=ruth, details=a_consent())
    window.show_place("consents", ruth)
    settle(qtbot, window)
    screen = window.current
    screen.reason.setText("moved away")
    goes_on = hold()
    window.show_place("consents", walter)
    qtbot.wait(SLOW_AFTER + 200)
    assert screen.title.text() == "Reading…" and not screen.table.isVisible() and not screen.reason.text()
    goes_on.set()
    settle(qtbot, window)
    assert (screen.title.text(), screen.beside.text()) == ("Consents", "Walter Vega")
    assert screen.table.isVisible() and screen.table.shown() == [] and screen.left.isVisible()
    window.show_place("consents", None)
    settle(qtbot, window)
    assert screen.beside.text() == "that end within 30 days" and not screen.left.isVisible()


def test_no_pair_stands_there_while_another_is_read_to_be_unlinked(qtbot, window, worker, hold):
    pairs = []
    for names in (("Ruth", "Ruthie"), ("Walter", "Walt")):
        left, right = (ways_to_open(worker, name)["person"] for name in names)
        worker.links.link(left_id=left, right_id=right, reason="same phone")
        pairs.append(Pair(left, right))
    window.show_place("parting", pairs[0])
    settle(qtbot, window)
    screen = window.current
    assert "Ruth" in " ".join(words(screen))
    goes_on = hold()
    window.show_place("parting", pairs[1])
    qtbot.wait(SLOW_AFTER + 200)
    assert screen.title.text() == "Reading…" and "Ruth" not in " ".join(words(screen))
    goes_on.set()
    settle(qtbot, window)
    assert screen.title.text() == "Unlink two records" and "Walter" in " ".join(words(screen))
    assert QApplication.focusWidget() is screen.go


def test_nothing_is_typed_into_the_form_of_somebody_who_is_not_read_yet(qtbot, window, worker, hold):
    """Letters typed into the empty form were gone once the record came."""
    ruth = ways_to_open(worker, "Ruth")["person"]
    goes_on = hold()
    window.show_place("new-person", ruth)
    qtbot.wait(SLOW_AFTER + 200)
    screen = window.current
    assert screen.title.text() == "Reading…" and not screen.form.isVisible()
    goes_on.set()
    settle(qtbot, window)
    assert screen.title.text() == "Edit person" and screen.form.given.text() == "Ruth"
    assert QApplication.focusWidget() is screen.form.given


def test_neither_pages_nor_answers_of_one_are_shown_for_another(qtbot, window, worker, hold):
    one, other = (ways_to_open(worker, name) for name in ("Ruth", "Walter"))
    worker.assessments.record(
        person_id=one["person"], instrument="safety-plan", answers={"signs": "no sleep"}
    )
    window.show_place("assessments", one["person"])
    settle(qtbot, window)
    assert any("Safety plan" in text for text in words(window.current.past))
    window.show_place("handoff", one["referral"])
    settle(qtbot, window)
    screen = window.current
    assert screen.preview is not None
    goes_on = hold()
    window.show_place("handoff", other["referral"])
    assert screen.preview is None and "Reading…" in words(screen) and not screen.print_button.isEnabled()
    window.show_place("assessments", other["person"])
    assert not any("Safety plan" in text for text in words(window.current.past))
    goes_on.set()
    settle(qtbot, window)


def calls_of_two(qtbot, window, worker):
    for number, name in enumerate(("Ruth Vega", "Walter Vega")):
        call_id = worker.calls.add(call=a_call(f"26-{number}"))
        worker.encounters.add(call_id=call_id, details=an_encounter(name))
    window.show_place("calls", None)
    settle(qtbot, window)
    return window.current


def test_no_person_of_one_call_is_handed_on_while_another_call_is_read(qtbot, window, worker, hold):
    """The row of the next call was marked, and T handed on whoever was met on the one before."""
    screen = calls_of_two(qtbot, window, worker)
    shown = screen.bench.call.id
    goes_on = hold()
    screen.table.view.setFocus()
    qtbot.keyClick(screen.table.view, Qt.Key.Key_Down)
    qtbot.keyClicks(screen.table.view, "t")
    qtbot.wait(SLOW_AFTER + 200)
    assert not screen.parts.people_column.isVisible() and not screen.parts.call_column.isVisible()
    goes_on.set()
    settle(qtbot, window)
    assert screen.bench.call.id != shown and screen.parts.people_column.isVisible()
    assert {one.state for one in worker.triage.waiting()} == {State.NEW}


@pytest.fixture
def two_calls(qtbot, window, worker):
    """The list of two calls, the first of them in view with its facts open as a form."""
    screen = calls_of_two(qtbot, window, worker)
    screen.table.mark(0)
    settle(qtbot, window)
    screen.parts.facts.open_form()
    screen.table.view.setFocus()
    qtbot.wait(SLOW_AFTER)
    return screen


def to_the_other(qtbot, screen):
    qtbot.keyClick(screen.table.view, Qt.Key.Key_Down)


def test_a_refused_save_is_told_before_another_call_is_shown(qtbot, window, worker, hold, two_calls):
    """The next call took its place, and nobody was told that the first had not been saved."""
    shown, part = two_calls.bench.call, two_calls.parts.facts
    worker.calls.change(call=replace(worker.calls.open(call_id=shown.id).call, priority="4"))
    part.form.field("priority").setText("1")
    goes_on = hold()
    part.save()
    to_the_other(qtbot, two_calls)
    assert window.banner.words.text() == f"Call {shown.number} is being saved. Go on once that is done."
    qtbot.wait(SLOW_AFTER + 200)
    goes_on.set()
    settle(qtbot, window)
    assert two_calls.bench.call.id == shown.id == two_calls.table.current().id
    assert "wrote “4” here" in part.form._errors["priority"].text()
    assert two_calls.parts.people_column.isVisible()


def test_what_is_typed_while_another_call_is_read_is_neither_hidden_nor_lost(qtbot, window, hold, two_calls):
    shown, part = two_calls.bench.call.id, two_calls.parts.facts
    goes_on = hold()
    to_the_other(qtbot, two_calls)
    part.form.field("priority").setText("1")
    qtbot.wait(SLOW_AFTER + 200)
    assert two_calls.parts.call_column.isVisible() and "is not saved" in window.banner.words.text()
    goes_on.set()
    settle(qtbot, window)
    assert two_calls.bench.call.id == shown == two_calls.table.current().id
    assert part.form.field("priority").text() == "1"


def test_says_that_a_call_is_read_and_stays_with_the_one_that_is_gone_back_to(qtbot, window, hold, two_calls):
    goes_on = hold()
    to_the_other(qtbot, two_calls)
    qtbot.keyClick(two_calls.table.view, Qt.Key.Key_Up)
    qtbot.wait(SLOW_AFTER + 200)
    assert two_calls.parts.call_column.isVisible()
    to_the_other(qtbot, two_calls)
    qtbot.wait(SLOW_AFTER + 200)
    assert two_calls.parts.call_column.isHidden() and two_calls.beside.text() == "Reading…"
    goes_on.set()
    settle(qtbot, window)
    assert two_calls.parts.call_column.isVisible() and two_calls.beside.text().startswith("2 calls")


def test_a_call_that_was_taken_back_meanwhile_is_said_and_the_way_back_is_open(
    qtbot, window, worker, two_calls
):
    shown, gone = two_calls.bench.call.id, two_calls.table.pages.rows[1].id
    with worker.context.write("test") as work:
        work._session.execute(delete(EncounterRow).where(EncounterRow.call_id == gone))
        work._session.execute(delete(ResponseRow).where(ResponseRow.call_id == gone))
        work._session.execute(delete(CallRow).where(CallRow.id == gone))
        work.commit()
    to_the_other(qtbot, two_calls)
    settle(qtbot, window)
    assert two_calls.parts.call_column.isHidden() and window.banner.isVisible()
    qtbot.wait(SLOW_AFTER)
    qtbot.keyClick(two_calls.table.view, Qt.Key.Key_Up)
    settle(qtbot, window)
    assert two_calls.bench.call.id == shown and two_calls.parts.call_column.isVisible()


def test_a_key_signs_no_note_that_is_not_read_yet(qtbot, window, worker, hold):
    ruth, walter = (ways_to_open(worker, name)["contact"] for name in ("Ruth", "Walter"))
    window.show_place("contact", ruth)
    settle(qtbot, window)
    screen = window.current
    goes_on = hold()
    window.show_place("contact", walter)
    screen._sign()
    screen.addendum.setPlainText("It was Tuesday.")
    screen._add_addendum()
    goes_on.set()
    settle(qtbot, window)
    assert len(worker.notes.to_sign()) == 2 and "It was Tuesday." not in " ".join(words(screen))
