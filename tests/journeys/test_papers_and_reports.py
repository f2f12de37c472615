"""Papers and reports as a schedule would make them."""

import json

from tests import builders
from tests.builders import a_person


class TestReports:
    def test_are_made_of_a_named_period_into_a_file_of_its_days(self, run, tmp_path):
        out = tmp_path / "council {from} {to}.pdf"
        done = run("report", "make", "council", "--period", "last-month", "--out", out, "--json")
        assert done.returncode == 0
        name = json.loads(done.stdout)["file"]
        assert name.startswith("council 20") and (tmp_path / name).read_bytes().startswith(b"%PDF")

    def test_are_compared_and_parted_as_asked(self, run, tmp_path):
        out = tmp_path / "out.csv"
        wanted = ("--compare", "before", "--compare", "last-year", "--parted-by", "month")
        days = ("--from", "2026-10-01", "--to", "2026-10-31")
        assert run("report", "outcomes", *days, *wanted, "--out", out).returncode == 0
        assert "same period last year" in out.read_text(encoding="utf-8-sig")

    def test_are_the_same_under_a_locale_with_commas(self, run, tmp_path):
        days = ("--from", "2026-10-01", "--to", "2026-10-31")
        for name, changes in (("a.csv", {}), ("b.csv", {"LC_ALL": "de_DE.UTF-8"})):
            done = run("report", "outcomes", *days, "--out", tmp_path / name, how={}, **changes)
            assert done.returncode == 0
        assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()

    def test_are_refused_with_a_sentence_for_days_that_make_no_report(self, run, tmp_path):
        out = tmp_path / "out.json"
        for words in (
            ("--period", "last-month", "--from", "2026-10-01"),
            ("--from", "2026-10-01"),
            ("--from", "0001-01-01", "--to", "0001-02-01"),
        ):
            done = run("report", "outcomes", *words, "--out", out)
            assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1
        assert not out.exists()


class TestPapers:
    def test_are_printed_by_the_same_rules_as_at_the_desk(self, run, database_file, tmp_path):
        opened = builders.open_as_administrator(database_file)
        person_id = builders.services_of(opened).people.add(details=a_person())
        opened.close()
        person = ("--person", person_id)
        sheet = run("print", "facesheet", *person, "--out", tmp_path / "sheet.pdf", "--json")
        assert sheet.returncode == 0 and json.loads(sheet.stdout)["disclosure"] is None
        letter = run(
            "print", "letter-caring", *person, "--language", "es", "--out", tmp_path / "es.pdf", "--json"
        )
        assert json.loads(letter.stdout)["disclosure"]
        assert run("print", "next-steps", *person, "--out", tmp_path / "card.pdf").returncode == 2
        other = ("--for", "consent", "--recipient", "Mill Clinic", "--out", tmp_path / "other.pdf")
        assert run("print", "facesheet", *person, *other).returncode == 2
        assert run("print", "blank", "contact", "--out", tmp_path / "blank.pdf").returncode == 0
        assert {one.name for one in tmp_path.glob("*.pdf")} == {"sheet.pdf", "es.pdf", "blank.pdf"}
