"""The one command that runs every check: none is left out, and none that fails is overlooked."""

import importlib.util
import sys
from pathlib import Path

import pytest

START = Path(__file__).resolve().parents[2] / "installer" / "start.py"


@pytest.fixture
def start(monkeypatch, tmp_path):
    spec = importlib.util.spec_from_file_location("start", START)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(module, "ROOT", tmp_path)
    return module


@pytest.mark.parametrize("failing", ["", "ruff check", "mypy", "pytest"])
def test_one_check_that_fails_fails_the_whole_and_the_others_run(start, monkeypatch, capfd, failing):
    def command(name):
        return ["-c", f"print('ran {name}'); raise SystemExit({int(name == failing)})"]

    assert len(start.CHECKS) == 3 and start.TYPES[-1] == "mypy" and "pytest" in start.TESTS
    monkeypatch.setattr(start, "CHECKS", {name: command(name) for name in start.CHECKS})
    monkeypatch.setattr(start, "TYPES", command("mypy"))
    monkeypatch.setattr(start, "TESTS", command("pytest"))
    assert start.run_tests() == int(bool(failing))
    out, told = capfd.readouterr()
    assert all(f"ran {name}" in out + told for name in (*start.CHECKS, "mypy", "pytest"))
    assert [line for line in told.splitlines() if "does not hold" in line] == (
        [f"--- {failing} does not hold"] if failing else []
    )
