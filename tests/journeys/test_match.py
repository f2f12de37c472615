"""`caseapp match` as a script calls it, on a list whose rows name themselves and on one whose rows do not."""

import json

import pytest

ROWS = "{},James,Okafor,1976-03-02\r\n{},Jim,Okafor,03/02/1976\r\n9,Ana,Vega,1990-01-01\r\n"


@pytest.mark.parametrize(
    ("ids", "named", "words"),
    [
        (("a", "b"), "a,b", "1 pair in 1 group. Wrote pairs.csv."),
        (
            ("a", "a"),
            "2,3",
            "1 pair in 1 group. Rows are named by their numbers: “id” is empty or the same in several. "
            "Wrote pairs.csv.",
        ),
    ],
)
def test_names_the_rows_of_a_pair_and_says_when_it_cannot_by_the_column_asked_for(
    run, tmp_path, ids, named, words
):
    people, out = tmp_path / "people.csv", tmp_path / "pairs.csv"
    people.write_text("id,first name,last name,dob\r\n" + ROWS.format(*ids))
    done = run("match", people, "--id", "id", "--out", out)
    assert (done.returncode, done.stdout.splitlines()[1:]) == (0, [words])
    assert out.read_text().splitlines()[1].startswith(f"{named},0.99")


def test_says_how_each_list_was_understood_and_what_was_not_read(run, tmp_path):
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    ours.write_text("Client Name,DOB,Shoe size\r\n" + '"Okafor, James",1976-03-02,9\r\n')
    theirs.write_text("first,last,SSN\r\nJim,Okafor,\r\n")
    asked = ("match", ours, theirs, "--out", tmp_path / "pairs.csv")
    assert run(*asked).stdout.splitlines()[:2] == [
        "ours.csv was read as: Name: Client Name; Birth date: DOB; Not read: Shoe size.",
        "theirs.csv was read as: First name: first; Last name: last; Social security number: SSN.",
    ]
    told = json.loads(run(*asked, "--json").stdout)["columns"]
    assert [(one["file"], one["not_read"]) for one in told] == [
        ("ours.csv", ["Shoe size"]),
        ("theirs.csv", []),
    ]
    assert told[1]["read"] == {"given": ["first"], "family": ["last"], "ssn": ["SSN"]}
