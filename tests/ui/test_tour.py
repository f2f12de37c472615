"""The tour is the program's own end-to-end test: real windows, real events, real files."""

import json
import os
import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.early


def run_tour(folder, *prefix, platform, people=200):
    environment = {**os.environ, "QT_QPA_PLATFORM": platform}
    command = [
        *prefix,
        sys.executable,
        "-W",
        "error",
        "-m",
        "caseapp",
        "tour",
        str(folder),
        "--theme",
        "light",
        "--people",
        str(people),
    ]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    return done, json.loads((folder / "tour.json").read_text())


def check(done, report, folder):
    assert done.returncode == 0, report["steps"][-1]
    assert report["ok"] and len(report["steps"]) >= 20
    assert all(
        step["asserted"] and (folder / step["picture"]).stat().st_size > 5000 for step in report["steps"]
    )
    assert (folder / "handoff-light.pdf").read_bytes().startswith(b"%PDF")
    assert "Traceback" not in done.stderr and not list(folder.glob(".tour-*"))


def test_walks_the_main_job_without_a_display(tmp_path):
    done, report = run_tour(tmp_path / "tour", platform="offscreen")
    check(done, report, tmp_path / "tour")


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="there is no Xvfb on this machine")
def test_walks_the_main_job_on_a_real_display(tmp_path):
    folder = tmp_path / "Señora Núñez"
    done, report = run_tour(folder, "xvfb-run", "-a", platform="xcb", people=60)
    check(done, report, folder)
