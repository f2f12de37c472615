"""The day of a social worker by real keys and the mouse, and a process that is killed while a note is typed."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from caseapp.domain.access import Role
from caseapp.domain.staff import StaffDetails
from caseapp.store.unit_of_work import Author
from tests import builders
from tests.builders import NOW, TODAY, a_call, a_person, an_encounter
from tests.ui.driving import CTRL, Typist, settle, window_of

LOST_AT_MOST = 2.0
"""Seconds of typing that a killed process may lose."""

TYPING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from caseapp import app

make = app.desk_window

def driven(signed_in, look):
    window = make(signed_in, look)
    typed = []

    def key():
        letter = "abcdefghijklmnopqrstuvwxyz "[len(typed) % 27]
        QTest.keyClicks(window.contact_form.findChildren(QPlainTextEdit)[0], letter)
        typed.append(letter)
        print("typed", len(typed), flush=True)

    def start():
        window.contact_form.start(None)
        window.typing.start(50)

    window.typing = QTimer(window)
    window.typing.timeout.connect(key)
    QTimer.singleShot(200, start)
    return window

app.desk_window = driven
sys.exit(app.run_desk_process(Path(sys.argv[1])))
"""


@pytest.fixture
def window(qtbot, worker):
    made = window_of(qtbot, worker)
    qtbot.waitUntil(made.isActiveWindow, timeout=5_000)
    yield made
    made.close()


@pytest.fixture
def person_id(worker):
    return worker.people.add(details=a_person())


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize("seconds", [3.1, 4.4])
def test_a_process_killed_while_a_note_is_typed_loses_two_seconds_at_most(database_file, tmp_path, seconds):
    opened = builders.open_as_administrator(database_file)
    details = StaffDetails("Rowan Shaw", "rowan", Role.SOCIAL_WORKER)
    staff_id = builders.services_of(opened).staff.add(details=details, password=builders.PASSWORD)
    opened.close()
    process = subprocess.Popen(
        [sys.executable, "-c", TYPING, str(database_file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path), "PYTHONPATH": str(Path.cwd())},
    )
    process.stdin.write(f'{{"login": "rowan", "password": "{builders.PASSWORD}"}}\n')
    process.stdin.close()
    typed = typed_until(process, seconds)
    killed = time.monotonic()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    opened = builders.open_as_administrator(database_file)
    with opened.context.database.read(Author(staff_id, "test", NOW)) as work:
        draft = work.drafts.get(staff_id, "contact", None)
    assert builders.services_of(opened).maintenance.verify().ok
    opened.close()
    kept = draft.content["notes"]["Note"]
    letters = "abcdefghijklmnopqrstuvwxyz "
    assert kept == "".join(letters[place % 27] for place in range(len(kept)))
    due = sum(at <= killed - LOST_AT_MOST for at in typed)
    assert due > 10 and len(kept) >= due, f"{len(kept)} of {len(typed)} letters kept, {due} were due"


def typed_until(process, seconds):
    """When each letter was typed, until so many seconds after the first."""
    typed = []
    for line in process.stdout:
        if line.startswith("typed"):
            typed.append(time.monotonic())
            if typed[-1] - typed[0] > seconds:
                break
    return typed


def test_from_triage_to_the_next_attempt_by_keys_and_back_by_ctrl_z(qtbot, window, worker, person_id):
    call_id = worker.calls.add(call=a_call(received_at=NOW - timedelta(hours=5)))
    worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=person_id)
    window.show_place("triage", None)
    settle(qtbot, window)
    window.current.table.view.setFocus()
    typist = Typist(qtbot, window)
    typist.press(Qt.Key.Key_T)
    (step,) = worker.follow_ups.planned()
    assert step.run_id is not None and worker.cases.caseload(only_mine=True)
    window.show_place("today", None)
    settle(qtbot, window)
    window.current.table.view.setFocus()
    typist = Typist(qtbot, window)
    typist.press(Qt.Key.Key_L)
    typist.press(Qt.Key.Key_2)
    typist.press(Qt.Key.Key_Return, CTRL)
    (after,) = worker.follow_ups.planned()
    assert (after.attempts, after.due_on, after.channel) == (1, TODAY + timedelta(days=1), "phone")
    assert window.focusWidget() is window.current.table.view and typist.keys == 3
    typist.press(Qt.Key.Key_Z, CTRL)
    (back,) = worker.follow_ups.planned()
    assert (back.attempts, back.due_at) == (0, step.due_at)


def test_ctrl_z_in_a_note_takes_back_typing_and_not_the_last_save(qtbot, window, worker, person_id):
    window.log_contact(person_id)
    settle(qtbot, window)
    typist = Typist(qtbot, window)
    typist.press(Qt.Key.Key_1)
    typist.press(Qt.Key.Key_Return, CTRL)
    assert worker.contacts.same_as_last(person_id=person_id) is not None
    window.log_contact(person_id)
    settle(qtbot, window)
    note = window.contact_form.notes.findChildren(QPlainTextEdit)[0]
    note.setFocus()
    qtbot.keyClicks(note, "to be undone")
    qtbot.keyClick(note, Qt.Key.Key_Z, CTRL)
    settle(qtbot, window)
    assert note.toPlainText() == "" and worker.contacts.same_as_last(person_id=person_id) is not None
