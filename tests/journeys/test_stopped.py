"""Who stops a command is told truly whether anything of it was saved, and nothing half-made remains."""

import argparse
import os
import signal
import subprocess
import sys
import time

import pytest

from caseapp.commands import Stopped, StoppedAfter, StoppedAfterImport, signed_in
from caseapp.system.messages import sentence_for
from tests import builders

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
EXPORT = "Incident Number,Call Received,Call Type,Address,Disposition,Unit\r\n"

LOADED = """
import os, runpy, signal, sys
class Stops:
    def find_spec(self, name, path=None, target=None):
        if name == "argon2":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stops())
runpy.run_module("caseapp", run_name="__main__")
"""
"""Stops the program by a real signal while it reads its modules in."""


@pytest.fixture(autouse=True)
def heard():
    """A run in the background ignores this signal, and so would whatever it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def options(database_file, tmp_path):
    password = tmp_path / "password"
    password.write_text(builders.PASSWORD)
    password.chmod(0o600)
    return argparse.Namespace(database=database_file, login="alma", password_file=password)


def stop():
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(1)


def import_calls(services, path):
    path.write_text(f"{EXPORT}26-1,2026-11-20 10:00,Welfare check,1 Oak Street,Assisted,A1\r\n")
    reading = services.imports.read_calls(path=path)
    return services.imports.import_calls(reading=reading, path=path)


def test_before_anything_is_saved(options):
    def command(services, _options):
        with services.context.write("test") as work:
            work.note("exported")
            stop()
            work.commit()

    with pytest.raises(Stopped) as caught:
        signed_in(command)(options)
    assert sentence_for(caught.value) == "Stopped. Nothing of it was saved."


def test_after_something_was_saved(options):
    def command(services, _options):
        services.people.add(details=builders.a_person())
        stop()

    with pytest.raises(StoppedAfter) as caught:
        signed_in(command)(options)
    assert "some of it was saved" in sentence_for(caught.value)


def test_after_an_import_was_saved_names_the_batch(options, tmp_path):
    made = []

    def command(services, _options):
        made.append(import_calls(services, tmp_path / "calls.csv").batch)
        stop()

    with pytest.raises(StoppedAfterImport) as caught:
        signed_in(command)(options)
    assert f"caseapp import undo {made[0]}" in sentence_for(caught.value)


def test_while_the_program_is_read_in():
    done = subprocess.run([sys.executable, "-c", LOADED, "--help"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Stopped. Nothing of it was saved.\n"


def test_a_making_that_was_killed_does_not_hold_the_name(tmp_path, options):
    made = tmp_path / "place" / "new.caseapp"
    made.parent.mkdir()
    words = ("--agency", "N", "--time-zone", "America/Denver", "--name", "A B", "--login", "ab")
    command = [sys.executable, "-m", "caseapp", "create", str(made), *words]
    command += ["--password-file", str(options.password_file)]
    began = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while not list(made.parent.rglob("new.caseapp.keys")) and began.poll() is None:
        time.sleep(0.005)
    began.kill()
    began.wait()
    assert not made.exists() and not list(made.parent.glob("new.caseapp*"))
    assert subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0
    assert {one.name for one in made.parent.glob("new.caseapp*")} == {
        "new.caseapp",
        "new.caseapp.keys",
        "new.caseapp.anchor",
    }
