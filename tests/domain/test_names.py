"""Names, phones and numbers meet however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from caseapp.domain.names import a_slip_apart, fold, number_signs, phone_digits, sound, tokens

words = st.text("abcdefghij", min_size=4, max_size=12)


@given(words, words)
def test_a_word_is_a_slip_apart_exactly_where_one_slip_makes_it(one, other):
    near = OSA.distance(one, other) == 1
    assert (other in a_slip_apart(one)) is near
    assert one not in a_slip_apart(one)


@pytest.mark.parametrize("word", ["", "ana", "x" * 10_000])
def test_short_and_endless_words_have_no_slips(word):
    assert a_slip_apart(word) == frozenset()


class TestNames:
    @pytest.mark.parametrize(
        ("one", "other"), [("Phượng", "phuong"), ("José", "JOSE"), ("Đặng", "dang"), ("Weiß", "weiss")]
    )
    def test_meet_without_accents(self, one, other):
        assert fold(one) == fold(other)

    @pytest.mark.parametrize(
        ("one", "other"), [("smith", "smyth"), ("stephen", "steven"), ("catherine", "katherine")]
    )
    def test_meet_by_sound(self, one, other):
        assert sound(one) == sound(other)

    @given(st.text())
    def test_give_folded_words_for_any_text(self, text):
        assert all(word == fold(word) for word in tokens(text))

    @pytest.mark.parametrize(
        ("text", "digits"),
        [
            ("+1 (541) 555-0142 x12", "5415550142"),
            ("541.555.0142", "5415550142"),
            ("911", ""),
            ("call me", ""),
        ],
    )
    def test_phones_in_any_format(self, text, digits):
        assert phone_digits(text) == digits

    @pytest.mark.parametrize("text", ["A-17", "a17", " á.17 ", "A/17"])
    def test_numbers_meet_without_their_signs(self, text):
        assert number_signs(text) == "a17"
