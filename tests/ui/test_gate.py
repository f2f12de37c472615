"""The window at the gate and the process that holds the data, as a user meets them."""

import os
import signal
import subprocess

import pytest

from caseapp.ui.gate.process import DeskProcess
from caseapp.ui.gate.window import GateWindow
from caseapp.ui.theme import Look, load
from tests import builders


@pytest.fixture
def gate(qtbot, database_file):
    made = GateWindow(
        Look(load("light")), database=database_file, hint="", make_sample=lambda path: str(path)
    )
    qtbot.addWidget(made)
    made.show()
    yield made
    if made.process is not None:
        made.process.end()
    made.tasks.stop()


class TestSignIn:
    def test_says_that_the_password_is_wrong_and_takes_the_next_one(self, qtbot, gate):
        gate.login.setText("alma")
        gate.password.setText("not the password")
        gate._on_enter()
        qtbot.waitUntil(lambda: "not right" in gate.problem.text(), timeout=30_000)
        gate.password.setText(builders.PASSWORD)
        gate._on_enter()
        qtbot.waitUntil(lambda: not gate.isVisible(), timeout=30_000)
        assert gate.password.text() == "" and gate.problem.text() == ""

    def test_shows_first_steps_when_there_is_no_database(self, qtbot):
        gate = GateWindow(Look(load("light")), database=None, hint="", make_sample=lambda path: str(path))
        qtbot.addWidget(gate)
        gate.show()
        assert gate.pages.currentIndex() == 1 and gate.sample.isVisible()
        gate.tasks.stop()


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
class TestProcess:
    def test_takes_its_memory_with_it_when_it_is_locked_or_killed(self, qtbot, database_file):
        process = DeskProcess(database_file)
        seen = []
        process.opened.connect(lambda: seen.append("open"))
        process.closed.connect(lambda: seen.append("closed"))
        process.sign_in("alma", builders.PASSWORD)
        qtbot.waitUntil(lambda: seen == ["open"], timeout=30_000)
        number = process._process.processId()
        listed = subprocess.run(["ps", "-p", str(number), "-o", "args="], capture_output=True, text=True)
        assert builders.PASSWORD not in listed.stdout
        os.kill(number, signal.SIGKILL)
        qtbot.waitUntil(lambda: seen == ["open", "closed"], timeout=30_000)

    def test_ends_when_nobody_signs_in(self, qtbot, database_file):
        process = DeskProcess(database_file)
        process.end()
        assert process._process.state() == process._process.ProcessState.NotRunning
