"""A lock, asked for or by itself, keeps what was typed; the file is read again after it."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit, QPushButton

from caseapp.domain.access import Role
from caseapp.domain.contacts import Channel, NoteForm
from caseapp.domain.drafts import TypedContact
from caseapp.domain.shorthand import When
from caseapp.domain.staff import StaffDetails
from caseapp.store.unit_of_work import Author
from caseapp.ui.appearance import lock_after
from caseapp.ui.idle import LOCK_AFTER
from caseapp.ui.main_window import MainWindow
from caseapp.ui.people.consent_screen import ConsentFor
from caseapp.ui.places import PLACES
from caseapp.ui.theme import Look, load
from caseapp.ui.widgets.form import Form
from caseapp.ui.window_state import WindowState
from tests import builders
from tests.builders import NOW, TODAY, a_contact, a_person
from tests.ui.driving import click, settle


@pytest.fixture
def look(tmp_path):
    return Look(load("light"), state=WindowState(tmp_path / "window.ini"))


@pytest.fixture
def window(qtbot, worker, look):
    look.apply(QApplication.instance())
    made = a_window(qtbot, worker, look)
    yield made
    made.close()


def a_window(qtbot, worker, look):
    made = MainWindow(worker, look, PLACES, database="agency.caseapp", agency="Riverside Follow-up")
    made.lock_requested.connect(made.close)
    qtbot.addWidget(made)
    made.show()
    settle(qtbot, made)
    return made


def draft_on_file(path, staff_id, person_id):
    """What a later sign-in finds, read through a new opening of the file."""
    opened = builders.open_as_administrator(path)
    try:
        with opened.context.database.read(Author(staff_id, "test", NOW)) as work:
            return work.drafts.get(staff_id, "contact", person_id)
    finally:
        opened.close()


def a_note(window):
    return [one for one in window.contact_form.findChildren(QPlainTextEdit) if one.isVisible()][0]


class TestLock:
    def test_writes_the_draft_before_it_ends_although_other_work_waits(
        self, qtbot, window, worker, database_file
    ):
        person_id = worker.people.add(details=a_person())
        window.contact_form.start(person_id)
        settle(qtbot, window)
        for _count in range(5):
            window.tasks.run(lambda: time.sleep(0.1), then=id, failed=id)
        qtbot.keyClicks(a_note(window), "half a thought")
        qtbot.keyClick(
            window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
        assert not window.isVisible() and not window.contact_form._wait.isActive()
        found = draft_on_file(database_file, worker.context.actor.staff_id, person_id)
        assert found.content["notes"] == {"Note": "half a thought"}

    def test_keeps_no_draft_of_what_is_just_being_saved(self, qtbot, window, worker, database_file):
        person_id = worker.people.add(details=a_person())
        window.contact_form.start(person_id)
        settle(qtbot, window)
        qtbot.keyClicks(a_note(window), "a whole thought")
        qtbot.keyClicks(window.contact_form.outcome, "1")
        qtbot.mouseClick(window.contact_form.save, Qt.MouseButton.LeftButton)
        window.close()
        assert draft_on_file(database_file, worker.context.actor.staff_id, person_id) is None
        timeline = worker.people.open(person_id=person_id).timeline
        assert [one.text for one in timeline if one.kind.value == "contact"] == ["a whole thought"]

    def test_keeps_the_words_of_a_save_that_is_refused(self, qtbot, window, worker, database_file):
        person_id = worker.people.add(details=a_person())
        window.contact_form.start(person_id)
        settle(qtbot, window)
        form = window.contact_form
        qtbot.keyClicks(a_note(window), "a whole thought")
        qtbot.keyClicks(form.outcome, "1")
        form.next_what.clear()
        qtbot.keyClicks(form.next_when, "tomorrow")
        qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
        window.close()
        found = draft_on_file(database_file, worker.context.actor.staff_id, person_id)
        assert found.content["notes"] == {"Note": "a whole thought"}

    def test_brings_everything_back_from_today_after_the_next_sign_in(self, qtbot, window, worker, look):
        person_id = worker.people.add(details=a_person())
        other_id = worker.people.add(details=a_person("Ana", "Reyes", points=()))
        when = When(TODAY)
        worker.follow_ups.schedule(person_id=person_id, what="Day 7", channel=Channel.VISIT, when=when)
        follow_up = worker.follow_ups.planned(person_id=person_id)[0]
        form = window.contact_form
        form.start(person_id, follow_up=follow_up)
        settle(qtbot, window)
        form.who.add(worker.people.open(person_id=other_id).person)
        form.facts.choose_form(NoteForm.PEER)
        settle(qtbot, window)
        qtbot.keyClicks(a_note(window), "half a thought")
        qtbot.keyClicks(form.outcome, "2")
        form.facts.minutes.setValue(25)
        assert form.facts.minutes.lineEdit().width() > 40, "the minutes are not to be seen"
        qtbot.keyClicks(form.next_when, "+3d")
        before = form.as_typed()
        window.lock_requested.emit()
        again = a_window(qtbot, worker, look)
        again.show_place("today", None)
        settle(qtbot, again)
        go_on = next(one for one in again.current.findChildren(QPushButton) if one.text() == "Go on")
        qtbot.mouseClick(go_on, Qt.MouseButton.LeftButton)
        settle(qtbot, again)
        assert again.contact_form.as_typed() == before
        assert before.minutes == 25 and before.form == "peer" and len(before.people) == 2
        assert before.follow_up == str(follow_up.id)
        again.close()


def gone_on(qtbot, window, worker, look, what):
    """The next sign-in after a lock, where one goes on with what Today lists."""
    window.lock_requested.emit()
    again = a_window(qtbot, worker, look)
    again.show_place("today", None)
    settle(qtbot, again)
    click(qtbot, again, f"Go on with {what}")
    return again


class TestDraft:
    def test_goes_from_nobody_to_the_person_who_is_named(self, qtbot, window, worker):
        person_id = worker.people.add(details=a_person())
        form = window.contact_form
        form.start(None)
        settle(qtbot, window)
        qtbot.keyClicks(a_note(window), "who was it")
        form.keep_draft()
        settle(qtbot, window)
        assert worker.drafts.get(form="contact", person_id=None)
        form.who.add(worker.people.open(person_id=person_id).person)
        form.keep_draft()
        settle(qtbot, window)
        assert worker.drafts.get(form="contact", person_id=None) is None and worker.drafts.get(
            form="contact", person_id=person_id
        )

    def test_of_an_older_edition_is_read_as_far_as_it_goes(self):
        typed = TypedContact.of({"notes": {"Note": "x"}, "outcome": "levitated", "more": 1})
        assert typed == TypedContact(notes={"Note": "x"})
        assert TypedContact.of(typed.content()) == typed

    def test_loses_no_word_when_the_form_of_the_note_changes(self, qtbot, window):
        form = window.contact_form
        form.start(None)
        qtbot.keyClicks(a_note(window), "half a thought")
        for kind in (NoteForm.SOAP, NoteForm.PEER, NoteForm.PLAIN):
            form.facts.choose_form(kind)
            assert "half a thought" in form.notes.texts().values()

    def test_of_an_addendum_is_that_of_its_note_and_goes_when_it_is_added(self, qtbot, window, worker, look):
        person_id = worker.people.add(details=a_person())
        one, other = (worker.contacts.log(details=a_contact(person_id)).contact_id for _ in "ab")
        window.show_place("contact", one)
        settle(qtbot, window)
        qtbot.keyClicks(window.current.addendum, "It was Tuesday.")
        window.show_place("contact", other)
        settle(qtbot, window)
        assert window.current.addendum.toPlainText() == ""
        again = gone_on(qtbot, window, worker, look, "addendum of James Okafor")
        screen = again.current
        assert (screen.contact_id, screen.addendum.toPlainText()) == (one, "It was Tuesday.")
        click(qtbot, again, "Add addendum")
        assert screen.addendum.toPlainText() == "" and worker.today.page().drafts == ()
        again.close()

    def test_of_a_contact_that_is_written_anew_goes_on_in_its_form(self, qtbot, window, worker, look):
        person_id = worker.people.add(details=a_person())
        one, other = (worker.contacts.log(details=a_contact(person_id)).contact_id for _ in "ab")
        window.show_place("contact", one)
        settle(qtbot, window)
        window.current.edit()
        settle(qtbot, window)
        qtbot.keyClicks(window.current.form.place, "the library")
        window.show_place("contact", other)
        settle(qtbot, window)
        assert window.current.form is None
        again = gone_on(qtbot, window, worker, look, "change of a contact of James Okafor")
        screen = again.current
        assert screen.contact_id == one and screen.form.place.text() == "the library"
        click(qtbot, again, "Save  Ctrl+Enter")
        assert worker.notes.open(contact_id=one).contact.details.place == "the library"
        assert worker.today.page().drafts == ()
        screen.edit()
        settle(qtbot, again)
        qtbot.keyClicks(screen.form.place, "not there")
        click(qtbot, again, "Do not change")
        again.show_place("today", None)
        settle(qtbot, again)
        assert worker.today.page().drafts == ()
        again.close()


FORMS = [
    ("new-person", False, {"given": "Half", "description": "a thought", "unknown": True}),
    ("new-person", True, {"place": "the plaza", "hush": True}),
    ("schedule", True, {"what": "Ride to", "when": "+3d", "channel": "Visit"}),
    ("new-referral", True, {"place": "Harbor", "need": "a bed", "why": "cold nights"}),
    ("new-consent", True, {"recipients": "Harbor", "calls": True, "revoke": True}),
]


class TestForms:
    def opened(self, qtbot, window, name, person_id):
        window.show_place(name, person_id)
        settle(qtbot, window)
        qtbot.wait(20)
        return window.current

    def typed(self, form, texts):
        for key, value in texts.items():
            field = form._fields[key]
            if isinstance(value, bool):
                field.setChecked(value)
            elif isinstance(field, QComboBox):
                field.setCurrentIndex(field.findText(value))
            else:
                field.setFocus()
                QTest.keyClicks(field, value)

    @pytest.mark.parametrize(("name", "is_somebodys", "texts"), FORMS)
    def test_go_on_where_a_lock_cut_them_short(self, qtbot, window, worker, look, name, is_somebodys, texts):
        known = worker.people.add(details=a_person("Ana", "Reyes"))
        person_id = known if is_somebodys else None
        screen = self.opened(qtbot, window, name, person_id)
        self.typed(screen.form, texts)
        before = screen.form.values()
        window.lock_requested.emit()
        again = a_window(qtbot, worker, look)
        again.show_place("today", None)
        settle(qtbot, again)
        go_on = next(one for one in again.current.findChildren(QPushButton) if one.text() == "Go on")
        qtbot.mouseClick(go_on, Qt.MouseButton.LeftButton)
        settle(qtbot, again)
        assert again.current.name == name and again.current.form.values() == before
        assert again.current.draft.bar.isVisible() and "restored" in again.current.draft.words.text()
        other = self.opened(qtbot, again, name, worker.people.add(details=a_person("Lee", "Chan")))
        assert not any(texts[key] == value for key, value in other.form.values().items() if key in texts)
        again.close()

    def test_bring_a_new_record_back_whole_whatever_it_opens_with_later(self, qtbot, window, worker):
        person_id = worker.people.add(details=a_person("Ana", "Reyes"))
        harbor, jail = (
            ConsentFor(person_id, name, ("person", person_id)) for name in ("Harbor Clinic", "County Jail")
        )
        screen = self.opened(qtbot, window, "new-consent", harbor)
        self.typed(screen.form, {"calls": True})
        begun = screen.form.values()
        assert begun["recipients"] == "Harbor Clinic" and begun["starts"] == TODAY.isoformat()
        window.show_place("today", None)
        settle(qtbot, window)
        worker.context.now.at += timedelta(days=1)
        screen = self.opened(qtbot, window, "new-consent", jail)
        assert screen.draft.bar.isVisible() and screen.form.values() == begun

    def test_leave_no_draft_once_they_are_saved(self, qtbot, window, worker):
        person_id = worker.people.add(details=a_person())
        screen = self.opened(qtbot, window, "schedule", person_id)
        self.typed(screen.form, {"what": "Ride", "when": "+3d"})
        assert screen.owner.currentData() == worker.context.actor.staff_id
        screen.keep_draft()
        settle(qtbot, window)
        assert worker.drafts.get(form="schedule", person_id=person_id)
        qtbot.mouseClick(screen.save, Qt.MouseButton.LeftButton)
        window.close()
        assert worker.drafts.get(form="schedule", person_id=person_id) is None
        assert len(worker.follow_ups.planned(person_id=person_id)) == 1

    def test_keep_their_words_when_the_save_is_refused(self, qtbot, window, worker):
        screen = self.opened(qtbot, window, "new-person", None)
        self.typed(screen.form, {"pronouns": "they"})
        qtbot.mouseClick(screen.save, Qt.MouseButton.LeftButton)
        window.close()
        assert worker.drafts.get(form="new-person", person_id=None).content["pronouns"] == "they"

    def test_start_anew_when_the_user_says_so(self, qtbot, window, worker):
        worker.drafts.keep(form="new-person", person_id=None, content={"given": "Stale"})
        screen = self.opened(qtbot, window, "new-person", None)
        assert screen.form.given.text() == "Stale"
        anew = next(one for one in screen.findChildren(QPushButton) if one.text() == "Start anew")
        qtbot.mouseClick(anew, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert screen.form.given.text() == "" and not screen.draft.bar.isVisible()
        assert worker.drafts.get(form="new-person", person_id=None) is None

    def test_keep_no_password(self, qtbot, admin, look):
        form = Form(1)
        qtbot.addWidget(form)
        form.text("password", "Password", is_secret=True).setText("secret words")
        assert form.values() == {}

    def test_keep_nothing_of_the_filling_in_between(self, qtbot, window, worker):
        first = worker.people.add(details=a_person("Ana", "Reyes"))
        second = worker.people.add(details=a_person("Lee", "Chan"))
        for person_id in (first, second, first):
            screen = self.opened(qtbot, window, "new-person", person_id)
        screen.keep_draft()
        settle(qtbot, window)
        for person_id in (first, second, None):
            assert worker.drafts.get(form="new-person", person_id=person_id) is None


class TestIdle:
    def test_locks_the_desk_with_a_sentence_before_and_keeps_the_draft(
        self, qtbot, window, worker, database_file
    ):
        person_id = worker.people.add(details=a_person())
        window.contact_form.start(person_id)
        settle(qtbot, window)
        qtbot.keyClicks(a_note(window), "half a thought")
        window.idle.after, window.idle.warning = 1.2, 1.0
        window.idle._tick.setInterval(50)
        qtbot.waitUntil(window.lock_warning.isVisible, timeout=5000)
        assert "locks in 1 second" in window.lock_warning.words.text()
        assert "kept" in window.lock_warning.words.text()
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
        found = draft_on_file(database_file, worker.context.actor.staff_id, person_id)
        assert found.content["notes"] == {"Note": "half a thought"}

    def test_takes_the_warning_away_when_a_key_is_pressed(self, qtbot, window):
        window.idle._is_warned = True
        window._on_idle(30)
        assert window.lock_warning.isVisible()
        window.idle._watch_windows()
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
        assert not window.lock_warning.isVisible()

    def test_keeps_the_minutes_on_this_machine(self, qtbot, window, look):
        assert window.idle.after == 600
        action = next(one for one in window.top.appearance.actions() if one.text() == "Lock after 5 minutes")
        action.trigger()
        assert window.idle.after == 300 and lock_after(look.state) == 5
        look.state.write("lock-after", "9999")
        assert lock_after(look.state) == 10
        assert max(LOCK_AFTER) == 15


SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit
from caseapp import app

make, end = app.desk_window, sys.argv[2]

def driven(signed_in, look):
    window = make(signed_in, look)

    def type_something():
        window.contact_form.start(None)
        QTest.keyClicks(window.contact_form.findChildren(QPlainTextEdit)[0], "typed before the end")
        if end == "lock":
            QTimer.singleShot(200, window.lock_requested.emit)
            QFileDialog(window).exec()
        else:
            window.windowHandle().close()

    QTimer.singleShot(200, type_something)
    return window

app.desk_window = driven
sys.exit(app.run_desk_process(Path(sys.argv[1])))
"""


@pytest.mark.parametrize(("end", "states"), [("lock", ["open", "locked"]), ("close", ["open"])])
def test_the_process_ends_by_itself_and_the_draft_is_on_file(database_file, tmp_path, end, states):
    """With a dialog open at the lock, which waits for an answer that nobody gives."""
    opened = builders.open_as_administrator(database_file)
    services = builders.services_of(opened)
    details = StaffDetails("Rowan Shaw", "rowan", Role.SOCIAL_WORKER)
    staff_id = services.staff.add(details=details, password=builders.PASSWORD)
    opened.close()
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path), "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(database_file), end],
        input=f'{{"login": "rowan", "password": "{builders.PASSWORD}"}}\n',
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert [line.split('"')[3] for line in done.stdout.splitlines()] == states
    assert draft_on_file(database_file, staff_id, None).content["notes"] == {"Note": "typed before the end"}
    assert not database_file.with_name(database_file.name + "-wal").exists()
