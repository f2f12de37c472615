"""What the words of a call type speak for, and the data file that says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.call_types import LearnedWords, Phrases, features, suggest
from caseapp.services.call_types import LIST, learned_words, own_phrases
from caseapp.system.paths import database_assets, resource
from db.call_types import Sorted, learn, read, write
from tests.benchmarks.scoring import macro_f1


@given(st.text(max_size=40))
def test_shares_add_up_and_a_proposal_is_in_our_list(text):
    shares = learned_words().shares(text)
    assert not shares or sum(share for share, _name in shares) == pytest.approx(1)
    found = suggest(text, learned_words(), own_phrases())
    assert found is None or 0 < found.confidence <= 1


def test_every_category_of_the_data_file_is_one_of_ours():
    seed = database_assets("seed", f"{LIST}.csv").read_text(encoding="utf-8").splitlines()[1:]
    codes = {line.split(",")[0] for line in seed}
    phrases = own_phrases()
    assert {*phrases.ours, *phrases.learned.values(), "other"} <= codes
    assert set(phrases.learned) <= set(learned_words().categories)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("PERSON IN BEHAVIORAL/EMOTIONAL CRISIS", "mental-health"),
        ("SUICIDE THREAT", "suicide"),
        ("Check Welfare", "welfare-check"),
        ("Unwanted Subject", "trespass"),
        ("NOISE COMPLAINT", "disorder"),
        ("Domestic Dispute", "family"),
        ("AUTO THEFT", "other"),
    ],
)
def test_proposes_what_the_words_say(text, category):
    found = suggest(text, learned_words(), own_phrases())
    assert found.category == category and found.why


def test_says_nothing_of_words_never_met():
    assert suggest("qqzzx", LearnedWords((), {}), Phrases()) is None


def test_learns_from_sorted_types_and_writes_what_it_learned(tmp_path):
    file = tmp_path / "map.csv"
    rows = [
        ("A", "LOUD NOISE", "Noise "),
        ("A", "THEFT AUTO", "Theft"),
        ("B", "NOISE", "Noise"),
        ("B", "THEFT", "Theft"),
    ]
    lines = ["City,Column_name,Field 1,Count,Category,x", *(f"{c},x,{t},1,{k}," for c, t, k in rows)]
    file.write_text("\n".join([*lines, "A,x,GAP,1,,"]), encoding="utf-8")
    examples = read(file)
    assert Sorted("A", "LOUD NOISE", "Noise") in examples and len(examples) == 4
    found = learn(examples)
    assert found.shares("noise downtown")[0][1] == "Noise" and found.shares("theft")[0][1] == "Theft"
    write(found, tmp_path / "words.csv")
    text = (tmp_path / "words.csv").read_text(encoding="utf-8")
    assert "MIT" in text.splitlines()[0] and "noise,Noise," in text


def test_the_data_file_names_its_source():
    first = resource("recogniser", "call-type-words.csv").read_text(encoding="utf-8").splitlines()[0]
    assert "Vera" in first and "MIT" in first


def test_macro_f1_counts_each_category_alike():
    assert macro_f1([("a", "a"), ("a", "a"), ("b", "a")]) == pytest.approx((0.8 + 0) / 2)
    assert macro_f1([]) == 0.0 and features("Fight, fight!") == ["fight", "fight fight"]
