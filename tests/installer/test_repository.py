"""What no other tool holds: the top level, the lock without hosts, small files, plain module names."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP = {
    "caseapp",
    "resources",
    "db",
    "tests",
    "installer",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
}
LOCKS = ("runtime.txt", "development.txt")


def tracked():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("this is not a checkout")
    return listed.stdout.splitlines()


def test_the_top_level_holds_nothing_else():
    assert {name.split("/")[0] for name in tracked() if not name.startswith(".")} <= TOP


def test_no_module_has_a_name_that_says_nothing():
    banned = {"utils", "helpers", "common", "manager", "misc"}
    assert not [name for name in tracked() if Path(name).stem in banned]


def test_no_file_grows_beyond_its_reason():
    long = {
        name: len((ROOT / name).read_text().splitlines())
        for name in tracked()
        if name.startswith("caseapp/") and name.endswith(".py")
    }
    assert not {name: count for name, count in long.items() if count > 460}


def test_no_test_is_imported_by_another():
    """What two of them use stands in a module beside them, so that either can be changed by itself."""
    imported = re.compile(r"^\s*(?:from|import) tests\b.*\btest_", re.MULTILINE)
    tests = [name for name in tracked() if name.startswith("tests/") and name.endswith(".py")]
    assert tests and not [name for name in tests if imported.search((ROOT / name).read_text())]


@pytest.mark.parametrize("lock", LOCKS)
class TestLock:
    def test_names_no_index_and_no_host(self, lock):
        content = (ROOT / "installer" / "requirements" / lock).read_text()
        assert not re.search(r"https?://|--index|--find-links|--trusted-host|file://", content)

    def test_pins_every_library_with_hashes(self, lock):
        content = (ROOT / "installer" / "requirements" / lock).read_text()
        blocks = [block for block in re.split(r"\n(?=[a-zA-Z])", content) if re.match(r"[a-zA-Z]", block)]
        assert len(blocks) > 20
        assert all("==" in block and "--hash=sha256:" in block for block in blocks)


def test_the_lock_holds_what_the_program_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = {re.split(r"[><=~]", one)[0].lower().replace("_", "-") for one in project["dependencies"]}
    content = (ROOT / "installer" / "requirements" / "runtime.txt").read_text().lower()
    assert all(re.search(rf"^{re.escape(name)}==", content, re.MULTILINE) for name in names)


def test_the_program_never_sleeps_and_uses_no_gpl_module():
    for name in tracked():
        if name.startswith("caseapp/") and name.endswith(".py"):
            content = (ROOT / name).read_text()
            assert "time.sleep(" not in content and "QtCharts" not in content and "QtGraphs" not in content
