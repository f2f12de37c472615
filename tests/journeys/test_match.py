"""`caseapp match` as a script calls it, on a list whose rows name themselves and on one whose rows do not."""

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
    assert (done.returncode, done.stdout.strip()) == (0, words)
    assert out.read_text().splitlines()[1].startswith(f"{named},0.99")
