"""What the journeys share: the program called as a script would call it."""

import os

import pytest

from tests import builders, command


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
