"""What the journeys share: the program called as a script would call it."""

import os
import subprocess
import sys

import pytest

from tests import builders


@pytest.fixture
def run(database_file, tmp_path):
    """Calls a command on the agency as its administrator; a traceback fails the test."""
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
        command = [sys.executable, "-W", "error", "-m", "caseapp", *map(str, arguments)]
        done = subprocess.run(
            command, env={**environment, **changes}, capture_output=True, text=True, **(how or {})
        )
        assert "Traceback" not in done.stderr
        return done

    return call
