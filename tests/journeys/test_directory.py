"""The directory by the command line: in, out, again, undone; hostile files refused with one sentence."""

import json
import shutil
import zipfile

import pytest

from tests.exchange.archives import a_link, a_zip
from tests.exchange.directory_editions import EXAMPLES, MIAMI, needs_examples


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "county"
    made.mkdir()
    for name, text in MIAMI.items():
        (made / name).write_text(text)
    return made


def test_comes_in_goes_out_and_is_known_again(run, folder, tmp_path):
    looked = json.loads(run("import", "directory", folder, "--dry-run", "--json").stdout)
    done = run("import", "directory", folder, "--json", "--rejects", tmp_path / "wrong.csv")
    facts = json.loads(done.stdout)
    assert done.returncode == 1 and facts["tables"] == looked["tables"] and looked["batch"] is None
    assert facts["tables"]["service"] == {"new": 2, "changed": 0, "same": 0, "rejected": 1, "problems": 4}
    assert {"table": "eligibility", "row": 3, "reason": "names no service", "rejected": True} in facts[
        "problems"
    ]
    assert (tmp_path / "wrong.csv").read_bytes().count(b"\r\n") == len(facts["problems"]) + 1
    out = tmp_path / "out.zip"
    assert run("export", "directory", out, "--json").returncode == 0
    again = run("import", "directory", out, "--json")
    assert again.returncode == 0
    assert all(one["new"] == one["changed"] == 0 for one in json.loads(again.stdout)["tables"].values())
    undone = run("import", "undo", facts["batch"], "--json")
    assert undone.returncode == 0 and json.loads(undone.stdout)["removed"] == 5


@needs_examples
def test_takes_every_example_of_the_standard(run, tmp_path):
    zipped = shutil.make_archive(str(tmp_path / "examples"), "zip", EXAMPLES / "csv")
    for path in (EXAMPLES / "csv", zipped, EXAMPLES / "service_full.json"):
        done = run("import", "directory", path, "--json")
        assert done.returncode == 0, done.stderr
        facts = json.loads(run("import", "directory", path, "--json").stdout)
        assert all(one["new"] == one["changed"] == one["rejected"] == 0 for one in facts["tables"].values())


def hostile(folder):
    yield "links.zip", a_link()
    yield "out.zip", a_zip(("../../services.csv", "id,name\n1,x\n"))
    yield "bomb.zip", a_zip(*((f"{n}.csv", bytes(16 * 1024 * 1024)) for n in range(10)))
    yield "deep.json", b"[" * 10_000 + b"]" * 10_000
    yield "deeper.json", b'{"id":' * 10_000
    yield "noise.zip", b"PK\x03\x04" + bytes(400)
    yield "quote.csv", b'id,name,organization_id\n1,"open,2\n' * 3
    yield "empty.csv", b""
    yield "xml.json", b"<!DOCTYPE lolz [<!ENTITY lol 'lol'>]><a>&lol;</a>"


def test_refuses_hostile_files_in_one_sentence_and_changes_nothing(run, tmp_path):
    before = run("export", "directory", tmp_path / "before.zip", "--json").stdout
    for name, content in hostile(tmp_path):
        file = tmp_path / name
        file.write_bytes(content)
        done = run("import", "directory", file)
        assert (done.returncode, done.stdout) == (2, ""), name
        assert len(done.stderr.splitlines()) == 1 and done.stderr.strip().endswith("."), name
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert run("import", "directory", tmp_path / "large.csv").returncode == 2
    assert run("import", "directory", tmp_path / "not there").returncode == 2
    after = json.loads(run("export", "directory", tmp_path / "after.zip", "--json").stdout)["tables"]
    assert after == json.loads(before)["tables"] and after["service"] == 0


def test_formulas_and_markup_stay_words(run, tmp_path):
    (tmp_path / "x.json").write_text(
        json.dumps(
            {
                "id": "s1",
                "name": "=HYPERLINK(1)",
                "status": "active",
                "description": "<img src=x>",
                "organization": {"id": "o1", "name": "<b>A & B</b>"},
            }
        )
    )
    assert run("import", "directory", tmp_path / "x.json").returncode == 0
    assert run("export", "directory", tmp_path / "out.zip").returncode == 0
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        services = archive.read("services.csv").decode()
    assert "'=HYPERLINK(1)" in services and ",=HYPERLINK" not in services
    again = json.loads(run("import", "directory", tmp_path / "out.zip", "--json").stdout)
    assert all(one["new"] == one["changed"] == 0 for one in again["tables"].values())
