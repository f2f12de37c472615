"""Contacts by keyboard on the real windows, with the keys counted."""

import os

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit

from caseapp.domain.access import Role
from caseapp.domain.contacts import Channel, NoteForm, NoteText, Outcome
from caseapp.domain.shorthand import When
from caseapp.ui.contacts.notes_screen import FIND, TO_COSIGN, TO_SIGN
from tests.builders import TODAY, a_contact, a_person, services_as
from tests.ui.driving import CTRL, Typist, click, settle, window_of, words

WORDS_A_MINUTE, LETTERS_A_WORD = 40, 5


def test_left_message_try_again_tomorrow_takes_at_most_eight_keys(qtbot, window, worker):
    person_id = worker.people.add(details=a_person())
    worker.follow_ups.schedule(person_id=person_id, what="Day 7", channel=Channel.PHONE, when=When(TODAY))
    window.show_place("today", None)
    settle(qtbot, window)
    window.current.table.view.setFocus()
    typist = Typist(qtbot, window)
    typist.press(Qt.Key.Key_L)
    typist.type("2")
    typist.type("+1d")
    typist.press(Qt.Key.Key_Return, CTRL)
    assert typist.keys <= 8
    planned = worker.follow_ups.planned(person_id=person_id)
    assert [(one.attempts, (one.due_on - TODAY).days) for one in planned] == [(1, 1)]
    assert not window.contact_form.isVisible()
    assert worker.notes.find(words="anything") == []


def test_a_peer_writes_a_contact_with_three_people_within_thirty_seconds_of_typing(qtbot, signed_in, admin):
    for given, family in (("James", "Okafor"), ("Ana", "Reyes"), ("Minh", "Nguyen"), ("Ana", "Vega")):
        admin.people.add(details=a_person(given, family, points=(), birth=None))
    window = window_of(qtbot, services_as(signed_in, Role.PEER_SPECIALIST))
    typist = Typist(qtbot, window)
    window.contact_form.facts.choose_form(NoteForm.PEER)
    typist.press(Qt.Key.Key_L, CTRL, target=window)
    for name in ("okaf", "reye", "nguy"):
        typist.type(name)
        typist.press(Qt.Key.Key_Return)
    assert window.contact_form.who.names == "James Okafor, Ana Reyes, Minh Nguyen"
    typist.press(Qt.Key.Key_Return)
    typist.type("1")
    window.contact_form.findChildren(QPlainTextEdit)[0].setFocus()
    typist.keys += 1
    typist.type("coffee at the camp, socks for all three")
    typist.press(Qt.Key.Key_Return, CTRL)
    assert typist.keys / (WORDS_A_MINUTE * LETTERS_A_WORD) * 60 < 30
    found = window.desk.services.notes.find(words="coffee socks")
    assert [len(one.person_ids) for one in found] == [3]
    window.close()


class TestWho:
    def test_offers_several_and_takes_the_first_with_enter_again(self, qtbot, window, worker):
        worker.people.add(details=a_person("Ana", "Reyes", points=()))
        worker.people.add(details=a_person("Ana", "Vega", points=()))
        form = window.contact_form
        form.start(None)
        typist = Typist(qtbot, window)
        typist.type("ana")
        typist.press(Qt.Key.Key_Return)
        assert form.who.ids == ()
        typist.press(Qt.Key.Key_Return)
        assert len(form.who.ids) == 1


class TestForm:
    def test_same_as_last_repeats_the_facts_and_not_the_words(self, qtbot, window, worker):
        first = worker.people.add(details=a_person())
        second = worker.people.add(details=a_person("Ana", "Reyes"))
        last = a_contact(
            first,
            second,
            channel=Channel.VISIT,
            minutes=40,
            travel_minutes=15,
            place="Camp by the river",
            items=("socks", "water"),
            note=NoteText(NoteForm.PEER, {"What we did": "talked"}, written_together=True),
        )
        worker.contacts.log(details=last)
        form = window.contact_form
        form.start(first)
        settle(qtbot, window)
        typist = Typist(qtbot, window)
        typist.press(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
        typist.press(Qt.Key.Key_Return, CTRL)
        new = worker.contacts.same_as_last(person_id=first).details
        assert new.at != last.at and new.note.text == ""
        assert (new.channel, new.minutes, new.travel_minutes, new.place, new.items) == (
            Channel.VISIT,
            40,
            15,
            "Camp by the river",
            ("socks", "water"),
        )
        assert set(new.person_ids) == {first, second} and new.outcome is Outcome.REACHED

    def test_a_past_time_makes_a_late_entry_and_a_wrong_one_is_said_beside_it(self, qtbot, window, worker):
        person_id = worker.people.add(details=a_person())
        form = window.contact_form
        form.start(person_id)
        settle(qtbot, window)
        typist = Typist(qtbot, window)
        typist.type("1")
        form.facts.at.setText("sometime")
        typist.press(Qt.Key.Key_Return, CTRL)
        assert "sometime" in form.problem.text() and form.isVisible()
        form.facts.at.setText("-3d")
        assert form.facts.read_as.text().startswith("Sat 21 Nov")
        typist.press(Qt.Key.Key_Return, CTRL)
        assert worker.contacts.same_as_last(person_id=person_id).is_late_entry

    def test_keeps_every_field_in_the_draft(self, qtbot, window, worker):
        person_id = worker.people.add(details=a_person())
        form = window.contact_form
        form.start(person_id)
        settle(qtbot, window)
        form.facts.place.setText("Library")
        form.facts.items.setText("socks, water")
        form.facts.at.setText("yesterday 15")
        form.facts.substance.setChecked(True)
        form.keep_draft()
        settle(qtbot, window)
        form.hide()
        form.start(person_id)
        settle(qtbot, window)
        kept = (form.facts.place.text(), form.facts.items.text(), form.facts.at.text())
        assert kept == ("Library", "socks, water", "yesterday 15") and form.facts.substance.isChecked()

    def test_goes_on_keeping_drafts_while_somebody_types_without_a_pause(self, qtbot, window, worker):
        person_id = worker.people.add(details=a_person())
        form = window.contact_form
        form.start(person_id)
        settle(qtbot, window)
        form._wait.setInterval(30)
        note = form.findChildren(QPlainTextEdit)[0]
        for _key in range(40):
            qtbot.keyClicks(note, "x")
            qtbot.wait(5)
            if draft := worker.drafts.get(form="contact", person_id=person_id):
                break
        assert draft is not None and "x" in draft.content["notes"]["Note"]


class TestNotes:
    def test_are_signed_by_key_from_the_list_and_added_to_after(self, qtbot, window, worker):
        person_id = worker.people.add(details=a_person())
        made = worker.contacts.log(details=a_contact(person_id)).contact_id
        window.show_place("notes", TO_SIGN)
        settle(qtbot, window)
        typist = Typist(qtbot, window)
        typist.press(Qt.Key.Key_S, target=window.current.waiting.view)
        assert worker.notes.to_sign() == []
        window.show_place("contact", made)
        settle(qtbot, window)
        screen = window.current
        assert not screen.sign.isVisible() and not screen.change.isVisible()
        screen.addendum.setPlainText("It was Tuesday.")
        screen._add_addendum()
        settle(qtbot, window)
        assert "It was Tuesday." in words(screen)

    def test_say_over_the_list_what_it_holds_and_which_keys_do_something_there(self, qtbot, window, worker):
        for kind, title, keys in ((FIND, "Notes found", "Enter open"), (TO_SIGN, "Notes to sign", "S sign")):
            window.show_place("notes", kind)
            settle(qtbot, window)
            said = words(window.current.panel)
            assert title in said and any(keys in one for one in said)
            assert any("S sign" in one for one in said) == (kind == TO_SIGN)

    def test_are_looked_for_and_journaled_once_the_words_are_typed(self, qtbot, window, worker):
        """Each letter was a search of its own, and each would stand in the history of whom it showed."""
        note = NoteText(parts={"Note": "walrus"})
        worker.contacts.log(details=a_contact(worker.people.add(details=a_person()), note=note))
        window.show_place("notes", FIND)
        settle(qtbot, window)
        screen, before = window.current, worker.context.database.head().seq
        qtbot.keyClicks(screen.words, "walrus")
        qtbot.waitUntil(lambda: bool(screen.found.model.rows), timeout=5_000)
        assert worker.context.database.head().seq == before + 1
        qtbot.keyClick(screen.words, Qt.Key.Key_Backspace)
        qtbot.keyClick(screen.words, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert screen.found.view.hasFocus() and worker.context.database.head().seq == before + 2

    def test_of_a_peer_are_cosigned_by_the_supervisor(self, qtbot, signed_in, admin):
        person_id = admin.people.add(details=a_person())
        peer = services_as(signed_in, Role.PEER_SPECIALIST)
        made = peer.contacts.log(details=a_contact(person_id)).contact_id
        peer.notes.sign(contact_id=made)
        window = window_of(qtbot, services_as(signed_in, Role.SUPERVISOR))
        window.show_place("notes", TO_COSIGN)
        settle(qtbot, window)
        typist = Typist(qtbot, window)
        typist.press(Qt.Key.Key_Return, target=window.current.waiting.view)
        assert window.current.cosign.isVisible()
        typist.press(Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier, target=window)
        assert peer.notes.open(contact_id=made).contact.cosigned_by == "Supervisor"
        window.close()


def test_what_is_chosen_reads_the_same_on_the_timeline(qtbot, window, worker):
    person_id = worker.people.add(details=a_person())
    window.show_place("person", person_id)
    settle(qtbot, window)
    window.log_contact(person_id)
    settle(qtbot, window)
    form = window.contact_form
    form.facts.channel.setCurrentText("At our office")
    click(qtbot, window, "Did not come")
    if pictures := os.environ.get("CASEAPP_PICTURES"):
        window.grab().save(f"{pictures}/contact-form.png")
    form.save.click()
    settle(qtbot, window)
    assert any(one.startswith("At our office, did not come") for one in words(window))


@pytest.mark.parametrize("name", ["expand", "words"])
def test_the_timeline_shows_a_long_note_whole_when_asked(qtbot, window, worker, name):
    person_id = worker.people.add(details=a_person())
    worker.contacts.log(details=a_contact(person_id, note=NoteText(parts={"Note": "word " * 400 + "END"})))
    window.show_place("person", person_id)
    settle(qtbot, window)
    timeline = window.current.timeline
    assert not any("END" in one for one in words(timeline))
    if name == "expand":
        timeline.expand.setChecked(True)
    else:
        timeline.words.setText("END")
    settle(qtbot, window)
    assert any("END" in one for one in words(timeline))


def test_notes_that_the_timeline_shows_are_printed_together(qtbot, window, worker, monkeypatch, tmp_path):
    person_id = worker.people.add(details=a_person())
    for text in ("first visit to the park", "second visit to the park", "phone call"):
        worker.contacts.log(details=a_contact(person_id, note=NoteText(parts={"Note": text})))
    window.show_place("person", person_id)
    settle(qtbot, window)
    timeline = window.current.timeline
    qtbot.keyClicks(timeline.words, "park")
    path = tmp_path / "notes.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(path), ""))
    qtbot.keyClick(timeline.print, Qt.Key.Key_Space)
    settle(qtbot, window)
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert "first visit" in text and "second visit" in text and "phone call" not in text
    assert len(worker.papers.disclosures(person_id=person_id)) == 1
    timeline.words.setText("nothing like this")
    assert not timeline.print.isEnabled()
