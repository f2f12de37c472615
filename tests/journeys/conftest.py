"""What the journeys share: the program called as a script would call it, and windows that never wait."""

import os

import pytest

from caseapp.domain.access import Role
from tests import builders, command
from tests.journeys.by_keys import Desks, Keys
from tests.ui.conftest import no_window_waits  # noqa: F401


@pytest.fixture
def run(database_file, tmp_path):
    """Calls a command on the agency as its administrator; a traceback fails the test.

    With `how` it runs in an interpreter of its own, started as that says.
    """
    password = tmp_path / "password"
    password.write_text(builders.PASSWORD)
    password.chmod(0o600)
    environment = {
        **os.environ,
        "CASEAPP_DATABASE": str(database_file),
        "CASEAPP_LOGIN": "alma",
        "CASEAPP_PASSWORD_FILE": str(password),
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }

    def call(*arguments, how=None, **changes):
        words, changed = [str(one) for one in arguments], {**environment, **changes}
        done = command.call(words, changed) if how is None else command.interpret(words, changed, **how)
        assert "Traceback" not in done.stderr
        return done

    return call


@pytest.fixture(scope="module")
def desks(qapp, made_database, tmp_path_factory):
    """One open file for a module, with a window for each role; every journey brings its own people."""
    path = builders.copy_database(made_database, tmp_path_factory.mktemp("desks") / "agency.caseapp")
    made = Desks(path)
    yield made
    made.close()


@pytest.fixture
def at_desk(qtbot, desks):
    """The keys of the window of a role."""

    def sit_down(role=Role.SOCIAL_WORKER):
        window = desks.window(role)
        keys = Keys(qtbot, window, window.desk.services)
        keys.settle()
        return keys

    return sit_down
