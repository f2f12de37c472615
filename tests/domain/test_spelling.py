"""Which words are looked up, and the agency's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.spelling import LONGEST, NotAWord, Spelling, check_spelling, words_of


def looked_up(text):
    return [one.text for one in words_of(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("went to the shelter", ["went", "to", "the", "shelter"]),
        ("Called. Left word with Maria Okafor.", ["Called", "Left", "word", "with"]),
        ("see a@b.org or https://x.org/y or 5mg x2", ["see", "or", "or"]),
        ("the EMS crew", ["the", "crew"]),
        ("don’t, he's", ["don’t", "he's"]),
        ("ride 😀 tomorow", ["ride", "tomorow"]),
        ("هو بخير today", ["today"]),
        ("a b", []),
        ("ok\nThen home", ["ok", "Then", "home"]),
        ("habló con señora", ["habló", "con", "señora"]),
    ],
)
def test_looks_up_words_and_no_names_numbers_or_addresses(text, words):
    assert looked_up(text) == words


@given(st.text(max_size=200))
def test_each_word_stands_where_it_is_said_to_stand(text):
    for one in words_of(text):
        assert text[one.start : one.start + len(one.text)] == one.text
        assert 1 < len(one.text) <= LONGEST


class TestAgencysWords:
    def test_are_kept_once_and_in_order(self):
        kept = Spelling(words=("zine",)).with_word("añade").with_word("zine").with_word("Kiosk’s")
        assert kept.words == ("añade", "Kiosk's", "zine")
        assert Spelling.of(kept.stored()) == kept

    @pytest.mark.parametrize("wrong", ["two words", "", "a1", "x" * 61, "a;b"])
    def test_are_single_words(self, wrong):
        with pytest.raises(NotAWord):
            check_spelling(Spelling(words=(wrong,)))

    def test_a_language_without_a_dictionary_is_left_out(self):
        assert Spelling.of({"languages": ["xx", "en"], "words": []}).languages == ("en",)
