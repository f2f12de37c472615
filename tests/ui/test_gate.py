"""The window at the gate and the process that holds the data, as a user meets them."""

import os
import signal
import subprocess

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from caseapp.domain.access import Role
from caseapp.domain.staff import Agency, StaffDetails
from caseapp.services import creation, session, stages
from caseapp.store import engine
from caseapp.system import anchor, keys, recovery
from caseapp.ui.gate.process import DeskProcess
from caseapp.ui.gate.window import GateWindow
from caseapp.ui.theme import Look, load
from tests import builders
from tests.migrations.steps import go_down


@pytest.fixture
def older(database_file):
    """A file as the edition of revision 0004 left it."""
    opened = builders.open_as_administrator(database_file)
    with engine.writing(opened.context.database.engine).begin() as connection:
        go_down(connection, "0004")
    opened.close()


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


class TestOlderFile:
    def test_shows_what_is_done_while_it_is_brought_up_to_date(self, qtbot, older, gate):
        seen = []
        gate.process.progressed.connect(
            lambda *_step: seen.append((gate.older_file.words.text(), gate.older_file.bar.value()))
        )
        assert not gate.older_file.isVisible()
        gate.login.setText("alma")
        gate.password.setText(builders.PASSWORD)
        gate._on_enter()
        qtbot.waitUntil(gate.older_file.isVisible, timeout=30_000)
        assert not any(one.isEnabled() for one in (gate.enter, gate.other, gate.lost, gate.password))
        qtbot.waitUntil(lambda: not gate.isVisible(), timeout=30_000)
        said, values = [words for words, _value in seen], [value for _words, value in seen]
        assert said[0] == "Copying the file aside ..." and said[-1].startswith("Writing what the search")
        assert values == sorted(values) and values[0] < values[-1] == stages.SCALE
        assert gate.other.isEnabled() and gate.older_file.isHidden() and gate.login.isEnabled()


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


@pytest.fixture(scope="module")
def with_sheet(tmp_path_factory):
    """A database and its printed recovery key."""
    path = tmp_path_factory.mktemp("sheet") / "agency.caseapp"
    agency = Agency(name="Riverside Follow-up", time_zone="America/Los_Angeles")
    administrator = StaffDetails("Alma Reyes", "alma", Role.ADMINISTRATOR)
    return path, creation.create(
        path, agency=agency, administrator=administrator, password=builders.PASSWORD, cost=keys.LOWEST_COST
    )


class TestRecoveryKey:
    NEW = "another four words"

    @pytest.fixture
    def page(self, qtbot, gate, with_sheet, database_file):
        builders.copy_database(with_sheet[0], database_file)
        qtbot.mouseClick(named(gate, "Use the recovery key"), Qt.MouseButton.LeftButton)
        return gate.recovery

    def fill(self, qtbot, page, *texts):
        for field, text in zip((page.login, page.key, page.password, page.again), texts, strict=True):
            field.clear()
            qtbot.keyClicks(field, text)
        qtbot.mouseClick(page.enter, Qt.MouseButton.LeftButton)

    def test_signs_in_with_a_new_password_and_leaves_nothing_typed(
        self, qtbot, gate, page, with_sheet, database_file
    ):
        self.fill(qtbot, page, "alma", with_sheet[1].lower(), self.NEW, self.NEW)
        qtbot.waitUntil(lambda: not gate.isVisible(), timeout=30_000)
        assert not any(one.text() for one in (page.login, page.key, page.password, page.again))
        assert gate.pages.currentIndex() == 0
        session.sign_in(database_file, login="alma", password=self.NEW).close()
        with pytest.raises(keys.WrongPassword):
            session.sign_in(database_file, login="alma", password=builders.PASSWORD)

    @pytest.mark.parametrize(
        ("login", "is_right_key", "words"),
        [("alma", False, "does not open this database"), ("nobody", True, "Nobody signs in")],
    )
    def test_says_why_it_is_refused_and_changes_nothing(
        self, qtbot, page, with_sheet, database_file, login, is_right_key, words
    ):
        before = content(database_file)
        key = with_sheet[1] if is_right_key else recovery.new()
        self.fill(qtbot, page, login, key, self.NEW, self.NEW)
        qtbot.waitUntil(lambda: words in page.problem.text(), timeout=30_000)
        assert page.enter.isEnabled() and page.key.text() == key
        assert content(database_file) == before
        session.sign_in(database_file, login="alma", password=builders.PASSWORD).close()

    @pytest.mark.parametrize(
        ("changed", "field", "words"),
        [
            ({0: " "}, "login", "Write the sign-in name"),
            ({1: "ABCDEF"}, "key", "wrong letter somewhere"),
            ({2: "short", 3: "short"}, "password", "at least 10 characters"),
            ({3: "another word"}, "again", "differ"),
        ],
    )
    def test_says_beside_the_field_what_is_wrong_before_anything_is_asked(
        self, qtbot, page, with_sheet, changed, field, words
    ):
        asked = []
        page.asked.connect(lambda *given: asked.append(given))
        right = ["alma", with_sheet[1], self.NEW, self.NEW]
        self.fill(qtbot, page, *[changed.get(place, text) for place, text in enumerate(right)])
        assert words in page.form._errors[field].text() and not asked

    def test_forgets_what_was_typed_on_the_way_back(self, qtbot, gate, page):
        qtbot.keyClicks(page.key, "ABCDEF")
        qtbot.mouseClick(named(page, "Back"), Qt.MouseButton.LeftButton)
        assert gate.pages.currentIndex() == 0 and page.key.text() == ""


def named(window, words):
    return next(one for one in window.findChildren(QPushButton) if one.text() == words and one.isVisible())


def content(path):
    return [one.read_bytes() for one in (path, keys.key_file(path), anchor.anchor_file(path))]


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
