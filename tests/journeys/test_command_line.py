"""The commands as a script would call them: exit status, JSON, one sentence when refused."""

import argparse
import json

import pytest

from caseapp import cli
from caseapp.domain.access import Role
from caseapp.domain.staff import StaffDetails
from tests import builders
from tests.town import FAMILIES, GIVEN

EXPORT = (
    "Incident Number,Call Received,Call Type,Address,Disposition,Unit\r\n"
    "26-1,2026-11-20 10:00,Welfare check,Oak St,Assisted,A1\r\n"
    "26-2,2026-11-20 11:00,Trespass,Plaza,Assisted,A1\r\n"
    ",2026-11-20 12:00,Noise,Plaza,Report,\r\n"
)


def facts(done):
    return json.loads(done.stdout)


def unexplained(parser):
    """Words of a command, and of those below it, of which its help says nothing."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from unexplained(below)
        elif not action.help:
            yield f"{parser.prog} {action.dest}"


def test_help_says_of_every_word_what_it_is():
    assert list(unexplained(cli.every_command())) == []


class TestImport:
    def test_counts_writes_and_takes_back(self, run, tmp_path):
        export, rejects = tmp_path / "calls.csv", tmp_path / "rejects.csv"
        export.write_text(EXPORT)
        dry = run("import", "calls", export, "--dry-run", "--json")
        assert (dry.returncode, facts(dry)["calls_new"], facts(dry)["batch"]) == (1, 2, None)
        assert not facts(dry)["is_known"] and facts(dry)["fields"]["number"] == ["Incident Number"]
        bare = tmp_path / "bare.csv"
        bare.write_text(EXPORT.partition("\n")[2])
        told = run("import", "calls", bare, "--dry-run").stdout
        assert "number: column 1\n" in told and "Please look at: The file has no header" in told
        first = run("import", "calls", export, "--json", "--rejects", rejects)
        assert (first.returncode, facts(first)["rows_rejected"]) == (1, 1)
        assert "no call number" in rejects.read_text(encoding="utf-8-sig")
        again = facts(run("import", "calls", export, "--json"))
        assert (again["calls_new"], again["calls_changed"], again["calls_same"]) == (0, 0, 2)
        out = tmp_path / "out.csv"
        assert facts(run("export", "calls", out, "--json"))["rows"] == 2
        assert "26-1,2026-11-20T10:00:00-08:00,Welfare check,Oak St,Assisted,2" in out.read_text(
            encoding="utf-8-sig"
        )
        assert run("import", "undo", facts(first)["batch"]).returncode == 0
        told = run("import", "calls", export).stdout.strip().partition(" To take it back: caseapp ")[2]
        assert run(*told.split()).returncode == 0
        assert run("import", "undo", facts(first)["batch"]).returncode == 2

    @pytest.mark.parametrize("content", [b"", b"nothing here", b"PK\x03\x04broken"])
    def test_refuses_a_file_it_cannot_read_with_one_sentence(self, run, tmp_path, content):
        export = tmp_path / "calls.csv"
        export.write_bytes(content)
        done = run("import", "calls", export)
        assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1 and not done.stdout


PEOPLE = (
    "Client ID,First Name,Last Name,DOB,Phone\r\n"
    "1,Marisol,Ibarra,1984-02-03,(541) 555-0161\r\n"
    "2,Dwayne,Kettler,1971-12-30,\r\n"
    "3,Quentin,Lovell,2031-01-01,\r\n"
)


class TestImportPeople:
    def test_counts_writes_mends_and_takes_back(self, run, tmp_path):
        listed, rejects = tmp_path / "people.csv", tmp_path / "rejects.csv"
        listed.write_text(PEOPLE)
        dry = run("import", "people", listed, "--dry-run", "--json")
        assert (dry.returncode, facts(dry)["people_new"], facts(dry)["batch"]) == (1, 2, None)
        assert facts(dry)["columns"]["read"]["family"] == ["Last Name"]
        assert run("import", "people", listed, "--dry-run").stdout.startswith(
            "people.csv was read as: Number in the list: Client ID; First name: First Name; "
        )
        first = run("import", "people", listed, "--json", "--rejects", rejects)
        told = facts(first)
        assert first.returncode == 1 and told["rows"] == 3
        assert {
            name: told[name] for name in ("people_new", "rows_rejected", "rows_skipped", "look_known")
        } == {
            "people_new": 2,
            "rows_rejected": 1,
            "rows_skipped": {},
            "look_known": 0,
        }
        mended = rejects.read_text(encoding="utf-8-sig").replace("2031", "1931")
        rejects.write_text(mended, encoding="utf-8-sig")
        second = run("import", "people", rejects, "--json")
        assert (second.returncode, facts(second)["people_new"]) == (0, 1)
        listed.write_text(PEOPLE.replace("2031", "1931").replace("0161", "0162"))
        later = facts(run("import", "people", listed, "--json"))
        assert (later["people_new"], later["people_changed"], later["people_same"]) == (0, 1, 2)
        assert run("import", "undo", later["batch"]).stdout.strip() == "Taken back."
        undone = run("import", "undo", told["batch"], "--json")
        assert (undone.returncode, facts(undone)["removed"], facts(undone)["stayed"]) == (0, 2, 0)
        assert run("import", "undo", told["batch"]).returncode == 2
        assert facts(run("verify", "--json"))["ok"]

    def test_says_one_row_as_one_and_what_was_noticed(self, run, tmp_path):
        listed = tmp_path / "people.csv"
        listed.write_text("Name,Gender\r\nWilhelmina Kettler,dragon\r\n")
        columns, _, said = run("import", "people", listed, "--dry-run").stdout.partition("\n")
        assert columns == "people.csv was read as: Name: Name; Gender: Gender."
        assert said.startswith(
            "1 row: 1 person new, 0 changed, 0 same, 0 rows rejected; 0 of the new look like"
        )
        assert said.strip().endswith("Noticed: 1 gender not understood.")

    @pytest.mark.parametrize(
        "content",
        [b"", b"nothing here", b"PK\x03\x04broken", b"Kettler,Oak\r\nLovell,Elm\r\n", b'Name\r\n"Kettler'],
    )
    def test_refuses_a_file_it_cannot_read_and_names_nobody(self, run, tmp_path, content):
        listed = tmp_path / "people.csv"
        listed.write_bytes(content)
        done = run("import", "people", listed)
        assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1 and not done.stdout
        assert "Kettler" not in done.stderr

    def test_says_nothing_of_anybody_while_it_works(self, run, tmp_path):
        listed = tmp_path / "people.csv"
        listed.write_text(PEOPLE)
        for _time in range(2):
            done = run("import", "people", listed)
            assert not any(
                word in done.stdout + done.stderr for word in ("Kettler", "Lovell", "1984", "0161")
            )

    def test_is_refused_without_the_right(self, run, tmp_path, database_file):
        opened = builders.open_as_administrator(database_file)
        details = StaffDetails("Ike Farrow", "audit", Role.AUDITOR)
        builders.services_of(opened).staff.add(details=details, password=builders.PASSWORD)
        opened.close()
        listed = tmp_path / "people.csv"
        listed.write_text(PEOPLE)
        done = run("import", "people", listed, CASEAPP_LOGIN="audit")
        assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1 and not done.stdout


class TestFile:
    def test_verifies_backs_up_and_restores(self, run, tmp_path):
        verified = run("verify", "--json")
        assert verified.returncode == 0 and facts(verified)["ok"] and facts(verified)["problems"] == []
        assert set(facts(verified)["checked"]) == {"pages", "rows", "journal_entries", "index_entries"}
        backup, back = tmp_path / "b.caseapp", tmp_path / "back.caseapp"
        assert run("backup", backup).returncode == 0
        assert run("restore", backup, "--to", back).returncode == 0
        assert run("verify", "--database", back).returncode == 0
        assert run("restore", backup, "--to", back).returncode == 2

    def test_creates_with_a_recovery_sheet(self, run, tmp_path):
        password = tmp_path / "password"
        words = [
            "create",
            tmp_path / "n.caseapp",
            "--agency",
            "A",
            "--time-zone",
            "America/Denver",
            "--name",
            "Ana Reyes",
            "--login",
            "ana",
        ]
        done = run(*words, "--password-file", password, "--recovery-out", tmp_path / "sheet.pdf", "--json")
        assert done.returncode == 0 and (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
        assert run("verify", "--database", tmp_path / "n.caseapp", "--login", "ana").returncode == 0

    def test_says_that_a_damaged_file_is_damaged(self, run, database_file):
        content = bytearray(database_file.read_bytes())
        content[len(content) // 2] ^= 1
        database_file.write_bytes(content)
        assert run("verify").returncode == 3


class TestRefusals:
    def test_name_the_next_step(self, run, tmp_path, database_file):
        open_file = tmp_path / "open"
        open_file.write_text(builders.PASSWORD)
        open_file.chmod(0o644)
        wrong = tmp_path / "wrong"
        wrong.write_text("not the password")
        wrong.chmod(0o600)
        text = tmp_path / "text.caseapp"
        text.write_text("just words\n" * 900)
        for changes, words in (
            ({"CASEAPP_PASSWORD_FILE": str(open_file)}, "chmod 600"),
            ({"CASEAPP_PASSWORD_FILE": str(wrong)}, "not right"),
            ({"CASEAPP_DATABASE": str(text)}, "not a caseapp database"),
            ({"CASEAPP_DATABASE": str(tmp_path / "none")}, "no file"),
            ({"CASEAPP_LOGIN": ""}, "--login"),
        ):
            done = run("verify", **changes)
            assert done.returncode == 2 and words in done.stderr and not done.stdout


def test_makes_the_sample_agency_and_prints_its_handoff(run, tmp_path):
    sample, password = tmp_path / "s.caseapp", tmp_path / "p"
    password.write_text("riverside sample")
    password.chmod(0o600)
    assert run("demo", "--people", "40", "--file", sample, "--no-desk").returncode == 0
    account = {
        "CASEAPP_DATABASE": str(sample),
        "CASEAPP_LOGIN": "dana",
        "CASEAPP_PASSWORD_FILE": str(password),
    }
    supervisor = {**account, "CASEAPP_LOGIN": "lstone"}
    assert facts(run("verify", "--json", **supervisor))["ok"]
    assert run("verify", **account).returncode == 2
    from caseapp.services import session
    from caseapp.services.desk import build_services

    opened = session.sign_in(sample, login="dana", password="riverside sample")
    services = build_services(opened)
    allowed = [
        one
        for one in services.referrals.open_ones()
        if services.handoff.preview(referral_id=one.id).ruling.may_leave
    ]
    refused = [
        one
        for one in services.referrals.open_ones()
        if not services.handoff.preview(referral_id=one.id).ruling.may_leave
    ]
    opened.close()
    if allowed:
        done = run(
            "print", "handoff", "--referral", allowed[0].reply_code, "--out", tmp_path / "h.pdf", **account
        )
        assert done.returncode == 0 and (tmp_path / "h.pdf").read_bytes().startswith(b"%PDF")
    if refused:
        done = run("print", "handoff", "--referral", refused[0].id, "--out", tmp_path / "no.pdf", **account)
        assert done.returncode == 2 and not (tmp_path / "no.pdf").exists()
    assert allowed or refused


class TestReview:
    def test_looks_and_links_the_certain_ones(self, run, tmp_path):
        listed = tmp_path / "people.csv"
        rows = [
            f"{n},{GIVEN[n % 15]},{FAMILIES[n * 5 % 12]},19{40 + n}-{n * 7 % 12 + 1:02d}-{n * 11 % 28 + 1:02d},,"
            for n in range(20)
        ]
        twice = "{},James Amadi,Okafor,1976-03-02,541 555 0142,12 Birch Ave"
        lines = [
            "Client ID,First Name,Last Name,DOB,Phone,Address",
            *rows,
            twice.format("a"),
            twice.format("b"),
        ]
        listed.write_text("\r\n".join(lines))
        assert run("import", "people", listed).returncode == 0
        found = facts(run("review", "--json"))
        assert (found["records"], found["linked"]) == (22, 0) and found["pairs"] >= found["certain"] == 1
        linked = facts(run("review", "--link-certain", "--json"))
        assert (linked["linked"], linked["certain"]) == (1, 0) and linked["pairs"] == found["pairs"] - 1
        again = run("review", "--json")
        assert facts(again)["pairs"] == linked["pairs"] and "Okafor" not in again.stdout + again.stderr
